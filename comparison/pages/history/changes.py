"""What changed from release to release: the list of releases, and the changes between two
of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from comparison.core.document.change_words import Called, as_text
from comparison.core.document.diff import KINDS, WHOLE, Change, FieldChange, count, diff
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NameKind
from comparison.core.selection import Note, Selection
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.use_cases.leaders import use_case_rows
from comparison.pages.history.link_age import compared
from comparison.pages.scored_release import score
from comparison.pages.standing import Standing
from comparison.pages.view import View
from comparison.publishing import published_lists
from comparison.publishing.releases import Published, withheld_numbers
from comparison.rendering.addresses import Home, joined

PER_PAGE = 50  # releases in a list
MOST_SHOWN = 1000  # changes on one page; the rest is counted
LINE = ("number", "editor", "note", "published_at", "changed")
ORDER = (
    WHOLE,
    "cell",
    "criterion",
    "option",
    "claim",
    "source",
    "figure",
    "use-case",
    *KINDS.values(),
)
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


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in the list of changes."""

    number: int  # of the release
    published: date  # the day it came out
    editor: str  # who published it
    note: str  # what the editor says is different
    counts: tuple[tuple[str, str, int], ...]  # kind of thing, how it changed, how many
    first: bool  # there is none before it
    address: str  # of what changed since the release before that can be read; empty without one


@dataclass(frozen=True, kw_only=True)
class ReleasesPage(Head):
    """The list of releases."""

    lines: tuple[ReleaseLine, ...]  # newest first
    # address of those before the last line, with the selection; empty where there are none
    older: str
    is_beginning: bool  # the list begins at the release that is shown, not at an earlier one
    # number and address of those that are withheld, newest first; the address says why
    withheld: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    name: str  # of the field, as the document calls it
    before: str  # empty: not said
    after: str  # empty: not said


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that differs between two releases."""

    kind: str  # of thing: "cell", "use-case"
    how: str  # added, removed, changed, renamed
    name: str  # of the thing
    fields: tuple[FieldLine, ...]  # in which it differs


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes that belong together: those of one criterion, one source, one run, or one kind of
    thing.
    """

    part: str  # criteria, sources, figures, cases, other
    name: str  # of the criterion, source or run; empty where the changes share none
    changes: tuple[ChangeLine, ...]  # in the order in which they were found


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """A use case's result in the older and the newer release; None where that release has no such
    case.
    """

    name: str  # as the newer release calls it, or the older one where it is gone
    slugs: tuple[str, str]  # in the older and the newer release; empty where that has no such case
    before: Standing | None  # None where the older release has no such case
    after: Standing | None  # None where the newer release has no such case
    moved: bool  # the result or its margin is another one


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Head):
    """What changed between two releases."""

    before: ReleaseLine  # the older release
    after: ReleaseLine  # the newer release
    between: int  # releases that lie between the two
    notes_between: str  # address of the list with their notes, with the selection
    counts: tuple[tuple[str, str, int], ...]  # kind of thing, how it changed, how many
    # those of the newer release in its order, then those that are gone
    cases: tuple[CaseEffect, ...]
    groups: tuple[ChangeGroup, ...]  # part by part
    left_out: int  # changes beyond the first ones, which are counted only


def span_of(text: str, newest: int) -> tuple[int, int] | Note:
    """Return the two numbers of "3..7", the smaller first; or a note that says why there is nothing
    to compare.

    newest: the last release that may be named.
    """
    span = _SPAN.fullmatch(text)
    if not span:
        return Note("span-unreadable")
    first, last = sorted(int(number) for number in span.groups())
    for number in (first, last):
        if not 0 < number <= newest:
            return Note("span-unpublished", value=str(number))
    return Note("span-same", value=str(first)) if first == last else (first, last)


def is_backward(text: str) -> bool:
    """Say whether a readable span names the newer release first."""
    span = _SPAN.fullmatch(text)
    return span is not None and int(span[1]) > int(span[2])


def releases_page(view: View, before: str = "") -> ReleasesPage:
    """Return a comparison's releases up to the one that is shown, newest first.

    before: from an address, list only those before this number; anything else is ignored.
    """
    release, home = view.scored.release, view.scored.home
    last = release.number
    if before.isascii() and before.isdigit() and len(before) < 9:
        last = max(1, min(last, int(before) - 1))
    rows = published_lists.releases_of(release, last + 1, PER_PAGE + 1)
    lines = tuple(release_line(row, home, view.query) for row in rows[:PER_PAGE])
    return ReleasesPage(
        **vars(head_of(view)),
        lines=lines,
        older=_list_before(view, lines[-1].number) if len(rows) > PER_PAGE else "",
        is_beginning=last == release.number,
        withheld=tuple(
            (number, Home(home.slug, str(number)).path)
            for number in sorted(withheld_numbers(release), reverse=True)
        ),
    )


def _list_before(view: View, number: int) -> str:
    """Return the address of the list of releases before one."""
    query = joined(f"before={number}", view.query)
    return view.scored.home.address_of("changes", query=query)


def release_line(
    row: Mapping[str, Any], home: Home, query: str = "", origin: str = ""
) -> ReleaseLine:
    """Return one release as a line. row: what `LINE` names, of it. query: the selection that
    its address keeps. origin: scheme and host, where the line leaves the site.
    """
    number, published_at = row["number"], row["published_at"]
    assert isinstance(published_at, datetime)
    before = published_lists.number_before(home.slug, number)
    return ReleaseLine(
        number=number,
        published=published_at.date(),
        editor=row["editor"],
        note=row["note"],
        counts=_counts(row["changed"] or {}),
        first=number == 1,
        address=home.address_of(
            "changes_between", span=f"{before}..{number}", query=query, origin=origin
        )
        if before
        else "",
    )


def _counts(changed: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (kind, how, changed[kind][how])
        for kind in dict.fromkeys((*ORDER, *changed))
        for how in ("changed", "added", "removed", "renamed")
        if how in changed.get(kind, {})
    )


def changes_page(view: View, before: Published, after: Published) -> ChangesPage:
    """Return everything that changed from one release to a later one, and what that did to each use
    case's result.
    """
    changes, home = diff(before.document, after.document), view.scored.home
    return ChangesPage(
        **vars(head_of(view)),
        before=_line_of(before, home),
        after=_line_of(after, home),
        between=after.number - before.number - 1,
        notes_between=_list_before(view, after.number),
        counts=_counts(count(changes)),
        cases=case_effects(before, after),
        groups=_groups(changes[:MOST_SHOWN], before.document, after.document),
        left_out=max(0, len(changes) - MOST_SHOWN),
    )


def _line_of(release: Published, home: Home) -> ReleaseLine:
    return release_line({name: getattr(release, name, None) for name in LINE}, home)


def case_effects(before: Published, after: Published) -> tuple[CaseEffect, ...]:
    """Return each use case's result in both releases: those of the newer in its order, then those
    that are gone.
    """
    names = after.document.names
    then = {
        names.present(NameKind.USE_CASE, use.slug): (use.slug, use.name)
        for use in before.document.use_cases
    }
    standings_then, standings_now = _standings(before), _standings(after)
    effects = []
    for use in after.document.use_cases:
        old = standings_then[then[use.slug][0]] if use.slug in then else None
        new = standings_now[use.slug]
        slugs = then[use.slug][0] if use.slug in then else "", use.slug
        effects.append(
            CaseEffect(
                use.name, slugs, old, new, _as_called_now(old, after) != _as_called_now(new, after)
            )
        )
    gone = [pair for slug, pair in then.items() if slug not in names.use_cases]
    return (
        *effects,
        *(CaseEffect(name, (slug, ""), standings_then[slug], None, True) for slug, name in gone),
    )


def _standings(release: Published) -> dict[str, Standing]:
    return {row.slug: row.standing for row in use_case_rows(score(release, Selection()))}


def _as_called_now(shown: Standing | None, after: Published) -> object:
    """Return what a decision says, with options as they are called in the newer release."""
    return shown and compared(shown, after.document.names)


def _groups(
    changes: Iterable[Change], before: Document, after: Document
) -> tuple[ChangeGroup, ...]:
    """Return the changes by criterion, source, run or kind, part by part, each group in the order
    of its first change.
    """
    names = Called(before, after)
    groups: dict[tuple[str, str], list[ChangeLine]] = {}
    for change in changes:
        part = PART_OF.get(change.kind, "other")
        home = names.home(change) if part in ("criteria", "sources", "figures") else ""
        lines = groups.setdefault((part, home), [])
        lines.append(
            ChangeLine(
                change.kind, change.how, names.of(change), tuple(_field(f) for f in change.fields)
            )
        )
    return tuple(
        ChangeGroup(part, home, tuple(lines))
        for ordered in PARTS
        for (part, home), lines in groups.items()
        if part == ordered
    )


def _field(change: FieldChange) -> FieldLine:
    return FieldLine(change.name, as_text(change.before), as_text(change.after))
