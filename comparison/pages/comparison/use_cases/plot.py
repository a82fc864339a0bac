"""The use cases as one plot: who leads in each and by how much, from a zero line, and a mark for
what each source advises.

Where only two options ever lead, the zero line lies between them and each has a side; else it is on
the left, and each line names its leader. One scale ends at the longest leads, for all lines.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from comparison.core.decision import SLIGHT
from comparison.core.document.schema import Source
from comparison.core.rounding import percent
from comparison.pages.comparison.use_cases.advice import left_out_of, of_option
from comparison.pages.comparison.use_cases.leaders import (
    UseCaseRow,
    cases_by_leader,
    counted_by_leader,
    use_case_rows,
)
from comparison.pages.comparison.use_cases.places import (
    Dot,
    FamilyPicture,
    Scale,
    dot_of,
    picture_of,
    scale_of,
)
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.standing import CasesByLeader, Standing
from comparison.pages.statements import SourceLine

MOST_COLUMNS = 8  # sources with a column of marks; more are counted instead
MOST_OPEN = 12  # lines that are shown at once

SEVERAL, AGAINST, SILENT = "several", "against", "silent"


@dataclass(frozen=True, slots=True)
class AdviceMark:
    """What one source advises for a use case, as a mark."""

    kind: str  # option, several (or another than those compared), against, silent
    option: OptionName | None  # the one that is advised, or advised against; None for another
    names: tuple[str, ...] = ()  # where it is not one that is compared: all that are meant


@dataclass(frozen=True, slots=True)
class Advisers:
    """The sources that advise the same for a use case."""

    mark: AdviceMark  # what they advise
    numbers: tuple[int, ...]  # of the sources, as references show them


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One use case in the plot."""

    slug: str  # of the use case
    name: str  # as readers are told it
    standing: Standing  # who leads with its presets alone
    dot: Dot | None  # None where there is no lead to draw: then words say why
    marks: tuple[AdviceMark, ...]  # one for each source that counts; empty for many sources
    advisers: tuple[Advisers, ...]  # the same in groups, without the silent ones; most first
    speaking: int  # sources that advise anything for it
    left_out: int  # sources that do so and that the reader leaves out
    contradicted: bool  # more than half of those advise another option than the one that leads

    @property
    def most(self) -> tuple[Advisers, ...]:
        """The largest of the groups; several are of one size."""
        return tuple(
            advisers
            for advisers in self.advisers
            if len(advisers.numbers) == len(self.advisers[0].numbers)
        )


@dataclass(frozen=True, slots=True)
class CaseFamily:
    """Use cases that are shown together, by their lead."""

    name: str  # empty where the cases have no family
    # from the first option's longest lead to the second one's; in a plot of one side by leader,
    # toss-ups and ties after those
    lines: tuple[CaseLine, ...]
    picture: FamilyPicture  # all its results in one
    by_leader: CasesByLeader  # its cases by who leads
    open: bool  # its lines are shown at first


@dataclass(frozen=True, slots=True)
class UseCasePlot:
    """All use cases as one plot."""

    families: tuple[CaseFamily, ...]  # in editorial order
    sides: tuple[OptionName, ...]  # the two that the zero line stands between, or none
    zero: str  # place of the zero line, percent of the plot's width
    # points of the longest lead on the left and on the right, where the scale ends; empty without
    reach: tuple[str, str]
    slots: tuple[str, ...]  # shapes of those that lead in any case
    advised: tuple[OptionName, ...]  # options that some mark stands for
    sources: tuple[SourceLine, ...]  # those with a column of marks; empty where they are many
    by_leader: CasesByLeader  # all cases by who leads
    contradicted: int  # use cases for which most sources advise another option
    led_from: str  # re-runs of 100 in which the first has to come first, else it is a toss-up
    start: str  # slug of the use case that counts until one is chosen; empty where none does


@kept_with_release
def use_case_plot(scored: ScoredRelease) -> UseCasePlot:
    """Return the plot of all use cases. Kept with the scored release."""
    rows = use_case_rows(scored)
    sides = sides_of(rows, scored.option_names)
    scale = scale_of(rows, sides)
    lines = {row.slug: _line(scored, row, sides, scale) for row in rows}
    marks = [mark for line in lines.values() for mark in _marks_of(line)]
    return UseCasePlot(
        families=_families(rows, lines, sides, round(scale.zero) if sides else None),
        sides=sides,
        zero=f"{scale.zero:.0f}",
        reach=scale.reach(),
        slots=tuple(
            sorted(
                {line.dot.option.slot for line in lines.values() if line.dot and line.dot.option}
            )
        ),
        advised=tuple(
            option for option in scored.option_names if AdviceMark("option", option) in marks
        ),
        sources=_columns(scored),
        by_leader=cases_by_leader(scored),
        contradicted=sum(line.contradicted for line in lines.values()),
        led_from=percent(SLIGHT),
        start=scored.document.default_use_case or "",
    )


def sides_of(rows: Sequence[UseCaseRow], options: Sequence[OptionName]) -> tuple[OptionName, ...]:
    """Return the two options that a zero line can stand between, in editorial order, or none: the
    two that are compared, or of several the only two that lead or contend in any case.
    """
    ahead = {option for row in rows for option in (*row.standing.leaders, *row.standing.between)}
    sides = [option for option in options if len(options) == 2 or option in ahead]
    return tuple(sides) if len(sides) == 2 else ()


def _families(
    rows: Sequence[UseCaseRow],
    lines: Mapping[str, CaseLine],
    sides: Sequence[OptionName],
    zero: int | None,
) -> tuple[CaseFamily, ...]:
    """Return the cases in their families; those without one come last, and where there is no family
    at all, the first dozen are shown at once.
    """
    names = list(dict.fromkeys(row.family for row in rows if row.family))
    ordered = in_order(rows, sides)
    groups = [(name, [row for row in ordered if row.family == name]) for name in names]
    rest = [row for row in ordered if not row.family]
    if names and rest:
        groups.append(("Other cases", rest))
    elif rest:
        groups += [("", rest[:MOST_OPEN]), (f"{len(rest) - MOST_OPEN} more", rest[MOST_OPEN:])]
    shown = 0
    families: list[CaseFamily] = []
    for name, group in groups:
        if group:
            shown += len(group)
            is_open = not families or shown <= MOST_OPEN
            families.append(_family(name, [lines[row.slug] for row in group], zero, is_open))
    return tuple(families)


def in_order(rows: Iterable[UseCaseRow], sides: Sequence[OptionName]) -> list[UseCaseRow]:
    """Return the cases by their lead: from the first side's longest to the second one's, or without
    sides by leader, the longest first.
    """
    return sorted(rows, key=lambda row: _place(row, sides))


def _place(row: UseCaseRow, sides: Sequence[OptionName]) -> tuple[int, float]:
    """Return where a case stands in the order of the plot: a leader without any rival is farthest
    out, and a case that nobody leads in comes last. In a plot of one side toss-ups and ties, which
    name no leader, come after those that do.
    """
    standing = row.standing
    leader = standing.leaders[0] if standing.leaders else None
    if leader is None:
        return (1_000, 0)
    lead = row.lead if standing.margin or standing.state == "tie" else inf
    if sides:
        return (0, lead if leader == sides[1] else -lead)
    return (999 if standing.between or standing.state == "tie" else leader.number, -lead)


def _family(name: str, lines: Sequence[CaseLine], zero: int | None, is_open: bool) -> CaseFamily:
    return CaseFamily(
        name=name,
        lines=tuple(lines),
        picture=picture_of([line.dot for line in lines if line.dot], zero),
        by_leader=counted_by_leader(line.standing for line in lines),
        open=is_open,
    )


def _line(
    scored: ScoredRelease, row: UseCaseRow, sides: Sequence[OptionName], scale: Scale
) -> CaseLine:
    counted = [source for source in scored.document.sources if source.slug not in scored.distrust]
    of_source = {source.slug: advice_mark(scored, source, row.slug, sides) for source in counted}
    groups: dict[AdviceMark, list[int]] = {}
    for slug, mark in of_source.items():
        if mark.kind != SILENT:
            groups.setdefault(mark, []).append(scored.source_by_slug[slug].number)
    advisers = sorted(groups.items(), key=lambda group: -len(group[1]))
    return CaseLine(
        slug=row.slug,
        name=row.name,
        standing=row.standing,
        dot=dot_of(row, sides, scale),
        marks=tuple(of_source.values()) if _columns(scored) else (),
        advisers=tuple(Advisers(mark, tuple(numbers)) for mark, numbers in advisers),
        speaking=sum(len(numbers) for numbers in groups.values()),
        left_out=left_out_of(scored, row.slug),
        contradicted=is_contradicted(
            row.standing,
            [of_option(scored.document, source, row.slug) for source in counted],
        ),
    )


def _columns(scored: ScoredRelease) -> tuple[SourceLine, ...]:
    """Return the sources that have a column of marks: all that count, or none where there are too
    many of them.
    """
    counted = tuple(source for source in scored.sources if source.trusted)
    return counted if len(counted) <= MOST_COLUMNS else ()


def _marks_of(line: CaseLine) -> list[AdviceMark]:
    return [group.mark for group in line.advisers]


# --- what a source advises --------------------------------------------------------------------


def advice_mark(
    scored: ScoredRelease, source: Source, use_case: str, sides: Sequence[OptionName]
) -> AdviceMark:
    """Return the mark of what a source advises. sides: in a plot with two sides, no other option
    has a mark of its own.
    """
    options = of_option(scored.document, source, use_case)
    if options is None:
        return AdviceMark(SILENT, None)
    if not options:
        (against, *others) = of_option(scored.document, source, use_case, against=True) or ("",)
        if others or against not in scored.named:
            return AdviceMark(AGAINST, None, _names(scored, {against, *others}))
        return AdviceMark(AGAINST, scored.named[against])
    marked = {option.slug: option for option in sides or scored.option_names}
    (first, *others) = options
    if others or first not in marked:
        return AdviceMark(SEVERAL, None, _names(scored, options))
    return AdviceMark("option", marked[first])


def _names(scored: ScoredRelease, slugs: Collection[str]) -> tuple[str, ...]:
    """Return options by name, in editorial order, and last what belongs to none of them."""
    names = [
        option.name if option.slug in scored.named else f"{option.name} (not compared)"
        for option in scored.document.options
        if option.slug in slugs
    ]
    return (*names, "something else") if "" in slugs else tuple(names)


def is_contradicted(standing: Standing, advised: Sequence[frozenset[str] | None]) -> bool:
    """Return whether more than half of the sources that speak of a case advise other options than
    the one that leads. Nothing is contradicted where nobody is ahead.

    advised: what each source advises, as `of_option` says it.
    """
    if standing.state != "leader" or standing.between:
        return False
    leader = standing.leaders[0].slug
    speaking = [options for options in advised if options is not None]
    # what belongs to no option that is compared speaks for none of them
    others = [options for options in speaking if options and not options & {leader, ""}]
    return 2 * len(others) > len(speaking)
