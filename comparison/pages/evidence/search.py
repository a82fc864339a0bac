"""Words -> the places of a comparison that hold them: each has to begin a word there."""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import parse_qsl

from markupsafe import Markup, escape

from comparison.core.spelling.words import begun, holds
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.matrix.fragments import PLACE, fill_in
from comparison.pages.evidence.findable import ROW, Entry, entries_of
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.statements import SourceLine
from comparison.pages.view import View
from comparison.publishing import releases
from comparison.publishing.kept_in_memory import KeptInMemory
from comparison.rendering.addresses import with_query
from comparison.rendering.jinja import render

MOST_HITS = 100
OF_THE_TABLE = frozenset(
    {"Criteria", "Cells", "Claims"}
)  # kinds that the matrix's own search finds
A_ROW = re.compile(f"{2 * PLACE}{ROW}([a-z0-9-]+)")  # an address that is left open
SEARCHES = 2_000_000  # bytes of what was found of a release before: about a hundred searches
AROUND = 70  # characters of a text shown on either side of the first word found


class Hit(NamedTuple):
    """One place where the words that were looked for stand."""

    title: str  # what it is a part of
    text: Markup  # the part of it where the words stand, which are marked
    place: str  # in the source
    source: SourceLine | None  # None where no source says it
    address: str  # with a place for the reader's selection, and the place on that page


class Found(NamedTuple):
    """What is found, whatever the reader's selection is."""

    total: int  # places that hold all of the words, with those that are not shown
    # the first of them, by kind, as HTML with places for the reader's selection; as bytes, because
    # one sign beyond Latin doubles what a text takes
    hits: bytes


@dataclass(frozen=True, kw_only=True)
class SearchPage(Head):
    """What was looked for, and where it stands."""

    words: str  # that were looked for; empty where nothing was
    total: int  # places that hold all of them, with those that are not shown
    hits: Markup  # the first of them, by kind
    carried: tuple[tuple[str, str], ...]  # keys and values by which the form keeps the selection


def search_page(view: View, words: str) -> SearchPage:
    """Return where all of the words stand, by kind, whole words first, then in the order of the
    page; at most MOST_HITS of them, in addresses that keep the selection.
    """
    head, found = head_of(view), _found(view.scored, tuple(words.casefold().split()))

    def row_address(row: re.Match[str]) -> str:
        return escape(head.row_address(row[1]))

    hits = A_ROW.sub(row_address, fill_in(found.hits.decode(), view.query))
    return SearchPage(
        **vars(head),
        words=words,
        total=found.total,
        hits=Markup(hits),  # noqa: S704  (rendered by a template, and an address that is escaped)
        carried=tuple(parse_qsl(view.query)),
    )


def _found(scored: ScoredRelease, words: tuple[str, ...]) -> Found:
    """Return what is found, from memory where the same words were looked for a while ago."""
    kept: Found | None = _searches(scored).get(words)
    if kept is None:
        total, first = _first_holding(scored, words)
        html = render("evidence/hits.html", hits=first, home=scored.home, place=PLACE)
        hits = html.encode()
        size = sys.getsizeof(hits) + sum(map(sys.getsizeof, words))
        kept = _searches(scored).put(words, Found(total, hits), size)
    return kept


@kept_with_release
def _searches(scored: ScoredRelease) -> KeptInMemory:
    releases.memory.kept.grow(scored, SEARCHES)
    return KeptInMemory(SEARCHES)


def _first_holding(scored: ScoredRelease, words: Sequence[str]) -> tuple[int, dict[str, list[Hit]]]:
    """Return how many entries hold all of the words, and the first of them by kind."""
    entries = _holding(scored, words)
    beginnings = _beginnings(words)
    whole = [re.compile(begun(word) + r"\b") for word in words]
    first = sorted(entries, key=lambda entry: not all(word.search(entry.folded) for word in whole))[
        :MOST_HITS
    ]
    shown = set(map(id, first))
    by_kind: dict[str, list[Hit]] = {entry.kind: [] for entry in entries if id(entry) in shown}
    for entry in first:
        hit = Hit(
            entry.title,
            _marked(_around(entry.text, beginnings), beginnings),
            entry.place,
            entry.source,
            _address(entry),
        )
        by_kind[entry.kind].append(hit)
    return len(entries), by_kind


def _address(entry: Entry) -> str:
    """Return where an entry stands, with a place for the reader's selection; a row that is not
    among those shown stands on the page with every row, so all of its address is left open.
    """
    if entry.anchor.startswith(ROW):
        return 2 * PLACE + entry.anchor
    return with_query(entry.page, PLACE) + entry.anchor


def places_outside_the_table(scored: ScoredRelease, words: str) -> int:
    """Return how many places hold all of the words and are no part of the matrix or of the evidence
    behind it.
    """
    searched = words.casefold().split()
    return sum(entry.kind not in OF_THE_TABLE for entry in _holding(scored, searched))


def _holding(scored: ScoredRelease, words: Sequence[str]) -> list[Entry]:
    """Return the entries that hold all of the words, which are in small letters; none where there
    is no word.

    The longest word is looked for in all texts at once, and only where it stands the others are.
    """
    if not words:
        return []
    entries, begins, text = _in_one(scored)
    word, found, place = max(words, key=len), [], -1
    while (place := text.find(word, place + 1)) >= 0:
        position = bisect_right(begins, place) - 1
        if holds(entries[position].folded, words):
            found.append(entries[position])
        place = begins[position] + len(entries[position].folded)
    return found


@kept_with_release
def _in_one(scored: ScoredRelease) -> tuple[tuple[Entry, ...], list[int], str]:
    """Return the entries, where each begins in the text of all, and that text; kept with the scored
    release.
    """
    entries = entries_of(scored)
    lengths = [len(entry.folded) + 1 for entry in entries]
    text = "\n".join([entry.folded for entry in entries])
    releases.memory.kept.grow(scored, sys.getsizeof(text) + 40 * len(entries))
    return entries, list(accumulate(lengths, initial=0)), text


def _beginnings(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(begun, longest_first)) or "(?!)", re.IGNORECASE)


def _around(text: str, words: re.Pattern[str]) -> str:
    """Return the part of a long text where the first of the words stands, cut between words."""
    if len(text) <= 3 * AROUND:
        return text
    first = words.search(text)
    start = max(0, (first.start() if first else 0) - AROUND)
    end = start + 3 * AROUND
    if start:
        start = text.find(" ", start, start + AROUND) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + AROUND)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _marked(text: str, words: re.Pattern[str]) -> Markup:
    """Return a text as HTML in which the words that were looked for are marked."""
    pieces, end = [], 0
    for hit in words.finditer(text):
        pieces += [escape(text[end : hit.start()]), Markup("<mark>{}</mark>").format(hit[0])]
        end = hit.end()
    return Markup("").join([*pieces, escape(text[end:])])
