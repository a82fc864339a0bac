"""Releases -> the list of changes, and what changed between two of them, in the order in which a reader would ask.

Never words: templates do. Never works out a difference: `core/diff.py` does. What is gone is called by its last name.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from comparison import since
from comparison.ageing import compared
from comparison.core.decision import decide
from comparison.core.document.diff import KINDS, WHOLE, Change, FieldChange, count, diff
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NameKind
from comparison.core.selection import Note, Selection, settings
from comparison.models import Release
from comparison.publishing.releases import Published
from comparison.reading import read
from comparison.standing import Standing, standing

PER_PAGE = 50  # releases in a list
MOST_SHOWN = 1000  # changes on one page; the rest is counted
LINE = ("number", "editor", "note", "published_at", "changed")
ORDER = (WHOLE, "cell", "criterion", "option", "claim", "source", "figure", "use-case", *KINDS.values())
PART_OF = {
    "cell": "criteria",
    "criterion": "criteria",
    "source": "sources",
    "claim": "sources",
    "advice": "sources",
    "verdict": "sources",
    "run": "figures",
    "figure": "figures",
    "derived-figure": "figures",
    "use-case": "cases",
}
PARTS = ("criteria", "sources", "figures", "cases", "other")
_SPAN = re.compile(r"(\d{1,8})\.\.(\d{1,8})", re.ASCII)


# --- which two ---------------------------------------------------------------------------------------------------------


def span_of(text: str, newest: int) -> tuple[int, int] | Note:
    """Return the two numbers of "3..7", the smaller first; or a note that says why there is nothing to compare.

    newest: the last release that may be named.
    """
    found = _SPAN.fullmatch(text)
    if not found:
        return Note("span-unreadable")
    first, last = sorted(int(number) for number in found.groups())
    for number in (first, last):
        if not 0 < number <= newest:
            return Note("span-unpublished", value=str(number))
    return Note("span-same", value=str(first)) if first == last else (first, last)


def is_backward(text: str) -> bool:
    """Say whether a readable span names the newer release first."""
    found = _SPAN.fullmatch(text)
    return bool(found) and int(found[1]) > int(found[2])  # type: ignore[index]


# --- the list ----------------------------------------------------------------------------------------------------------


def releases_page(release: Published, base: str, before: str = "") -> since.ReleasesPage:
    """Return a comparison's releases up to one, newest first; one query.

    base: the comparison's path. before: from an address, list only those before this number; anything else is ignored.
    """
    last = release.number
    if before.isascii() and before.isdigit() and len(before) < 9:
        last = max(1, min(last, int(before) - 1))
    slugs = (release.slug, *release.document.names.former)
    found = Release.objects.filter(slug__in=slugs, number__lte=last).order_by("-number").values(*LINE)[: PER_PAGE + 1]
    rows = list(found)
    lines = tuple(release_line(row, base) for row in rows[:PER_PAGE])
    older = f"{base}changes/?before={lines[-1].number}" if len(rows) > PER_PAGE else ""
    return since.ReleasesPage(lines, older, last == release.number)


def release_line(row: Mapping[str, Any], base: str) -> since.ReleaseLine:
    """Return one stored release as a line. row: the columns of `LINE`."""
    number, published_at = row["number"], row["published_at"]
    assert isinstance(published_at, datetime)
    return since.ReleaseLine(
        number=number,
        published=published_at.date(),
        editor=row["editor"],
        note=row["note"],
        counts=_counts(row["changed"] or {}),
        first=number == 1,
        address=f"{base}changes/{number - 1}..{number}/" if number > 1 else "",
    )


def _counts(changed: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (kind, how, changed[kind][how])
        for kind in dict.fromkeys((*ORDER, *changed))
        for how in ("changed", "added", "removed", "renamed")
        if how in changed.get(kind, {})
    )


# --- two releases ------------------------------------------------------------------------------------------------------


def changes_page(before: Published, after: Published, base: str) -> since.ChangesPage:
    """Return everything that changed from one release to a later one, and what that did to each use case's verdict."""
    found = diff(before.document, after.document)
    return since.ChangesPage(
        before=_line_of(before, base),
        after=_line_of(after, base),
        between=after.number - before.number - 1,
        counts=_counts(count(found)),
        cases=case_effects(before, after),
        groups=_groups(found[:MOST_SHOWN], before.document, after.document),
        left_out=max(0, len(found) - MOST_SHOWN),
    )


def _line_of(release: Published, base: str) -> since.ReleaseLine:
    return release_line({name: getattr(release, name, None) for name in LINE}, base)


def case_effects(before: Published, after: Published) -> tuple[since.CaseEffect, ...]:
    """Return each use case's verdict in both releases: those of the newer in its order, then those that are gone."""
    names = after.document.names
    then = {names.present(NameKind.USE_CASE, use.slug): (use.slug, use.name) for use in before.document.use_cases}
    effects = []
    for use in after.document.use_cases:
        old = _standing(before, then[use.slug][0]) if use.slug in then else None
        new = _standing(after, use.slug)
        slugs = then[use.slug][0] if use.slug in then else "", use.slug
        effects.append(since.CaseEffect(use.name, slugs, old, new, _told(old, after) != _told(new, after)))
    gone = [pair for slug, pair in then.items() if slug not in names.use_cases]
    return (*effects, *(since.CaseEffect(name, (slug, ""), _standing(before, slug), None, True) for slug, name in gone))


def _standing(release: Published, use: str) -> Standing:
    reading = read(release, Selection())
    asked = settings(release.document, Selection(use=use))
    return standing(reading.named, decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False))


def _told(shown: Standing | None, after: Published) -> object:
    """Return what a verdict says, with options as they are called in the newer release."""
    return shown and compared(shown, after.document.names)


# --- groups ------------------------------------------------------------------------------------------------------------


def _groups(found: Iterable[Change], before: Document, after: Document) -> tuple[since.ChangeGroup, ...]:
    """Return the changes by criterion, source, run or kind, part by part, each group in the order of its first change."""
    names = _Called(before, after)
    groups: dict[tuple[str, str], list[since.ChangeLine]] = {}
    for change in found:
        part = PART_OF.get(change.kind, "other")
        home = names.home(change) if part in ("criteria", "sources", "figures") else ""
        lines = groups.setdefault((part, home), [])
        lines.append(since.ChangeLine(change.kind, change.how, names.of(change), tuple(_field(f) for f in change.fields)))
    return tuple(
        since.ChangeGroup(part, home, tuple(lines))
        for wanted in PARTS
        for (part, home), lines in groups.items()
        if part == wanted
    )


class _Called:
    """What the things of two documents are called: as in the newer one, else as in the older."""

    def __init__(self, before: Document, after: Document) -> None:
        self.names: dict[tuple[str, str], str] = {}
        for document in (before, after):
            for field, kind in KINDS.items():
                for thing in getattr(document, field):
                    if not isinstance(thing, str):
                        words = (getattr(thing, name, None) for name in ("name", "title", "text", "question", "topic"))
                        self.names[kind, thing.slug] = next((word for word in words if word), thing.slug)

    def home(self, change: Change) -> str:
        """Return the name of the criterion, source or run that a change belongs to; empty where it belongs to none."""
        outer = {"cell": "criterion", "claim": "source", "advice": "source", "verdict": "source", "figure": "run"}
        kind = outer.get(change.kind, change.kind)
        return "" if kind == "derived-figure" else self.names.get((kind, change.path[0]), change.path[0])

    def of(self, change: Change) -> str:
        """Return the name of the thing that changed, without the name of its home."""
        if not change.path:
            return ""
        slug = change.path[-1]
        kind = "option" if change.kind == "cell" else change.kind
        return self.names.get((kind, slug), slug)


def _field(change: FieldChange) -> since.FieldLine:
    return since.FieldLine(change.name, _shown(change.before), _shown(change.after))


def _shown(value: Any) -> str:
    """Return a plain value as one text: a list's items after one another, a value object by what it says."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(_shown(item) for item in value)
        case dict():
            return ", ".join(_shown(item) for item in value.values())
        case _:
            return str(value)
