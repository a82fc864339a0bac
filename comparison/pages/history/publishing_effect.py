"""What readers will notice once a draft is published: whose verdict is another one, how many of
many readers get another leader, which links that were passed on will say that something has moved,
and which cells will be silent.

It is told from the very records that readers' own pages are made of, so that it is what they see.
Never knows an editor or a form.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparison.core.document.near_names import near_names
from comparison.core.document.schema import Document
from comparison.core.document.slugs import NameKind, Names
from comparison.core.rounding import percent
from comparison.core.selection import Selection, canonical, parse
from comparison.pages.comparison.answer.altered_lines import AlteredLine, altered_lines_of
from comparison.pages.history.changes import CaseEffect, case_effects
from comparison.pages.history.link_age import ageing, compared
from comparison.pages.history.sampled_readers import sampled_queries
from comparison.pages.scored_release import ScoredRelease, score
from comparison.pages.standing import Standing
from comparison.pages.view import view_of
from comparison.publishing.releases import Published
from comparison.rendering.addresses import Home
from comparison.rendering.jinja import render

OPENING = "The page as it opens"
MOST_LINKS = 40  # that are looked at, those opened most often first
MOST_ALTERED = 4  # things that a link leaves out or changes
MOST_NAMED = 3  # of the criteria or options of one line


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A selection that was passed on lately, and will be told that something has moved."""

    address: str  # of the page under it, as readers see it now
    words: str  # what it selects: "IoT data: ORM 4 instead of 3"
    opened: int  # how often, lately
    moved: bool  # who leads, or how firmly, is another one; else only what the result rests on
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Selected:
    """What a link selects."""

    use_case: str  # its name; empty where none is chosen
    lines: tuple[AlteredLine, ...]  # what is left out and changed, the first of it
    of_sources: int  # how many sources there are
    left_out: int  # how much more is left out and changed


@dataclass(frozen=True, slots=True)
class SilentCells:
    """Cells of which nobody will know a score, and of which somebody knew one, or which were not
    there.
    """

    name: str  # of the option, or of the criterion, that they share
    of: tuple[str, ...]  # the first of the others' names
    left_out: int  # how many more there are


@dataclass(frozen=True, slots=True)
class NearCriterion:
    """New claims that may stand under the wrong criterion."""

    criterion: str  # its name
    near: tuple[str, ...]  # the names of those it may be taken for
    claims: tuple[tuple[str, str], ...]  # slugs of source and claim


@dataclass(frozen=True, slots=True)
class Effect:
    """What readers will notice."""

    flips: tuple[CaseEffect, ...]  # use cases where who leads, or how firmly, is another one
    margins: int  # use cases where only the margin is another one
    cases: int  # use cases that both have
    readers: int  # that were sampled
    readers_moved: int  # those of them who get another leader
    links: tuple[SharedLink, ...]  # those opened most often first
    links_asked: int  # how many were looked at

    @property
    def percent(self) -> str:
        """Return how many of a hundred readers get another leader."""
        return percent(self.readers_moved / self.readers) if self.readers else "0"


def effect(before: Published, after: Published, shared: Sequence[tuple[str, int]]) -> Effect:
    """Return what readers of one release will notice when another one takes its place.

    shared: queries of links that were passed on, and how often each was opened.
    """
    names = after.document.names
    cases = (*_opening(before, after), *case_effects(before, after))
    both = [case for case in cases if case.before and case.after]
    flips = tuple(case for case in both if is_flip(case, names))
    queries = sampled_queries(before.document)
    return Effect(
        flips=flips,
        margins=sum(case.moved for case in both) - len(flips),
        cases=len(both),
        readers=len(queries),
        readers_moved=sum(
            _leaders(before, query, names) != _leaders(after, query, names) for query in queries
        ),
        links=tuple(_links(before, after, shared[:MOST_LINKS])),
        links_asked=len(shared[:MOST_LINKS]),
    )


def is_flip(case: CaseEffect, names: Names) -> bool:
    """Return whether who leads, or how firmly, is another one. names: of the newer release."""
    if case.before is None or case.after is None:
        return False
    was, now = compared(case.before, names), compared(case.after, names)
    return (was[0], was[1], was[3]) != (now[0], now[1], now[3])


def in_short(standing: Standing) -> str:
    """Return who leads, and how firmly, in the words that readers are told it with, as plain
    text.
    """
    words = render("history/standing.txt", standing=standing)
    return " ".join(words.unescape().split())


def _opening(before: Published, after: Published) -> Iterator[CaseEffect]:
    """Yield the result of the page as it opens, where that is not a use case's."""
    if before.document.default_use_case and after.document.default_use_case:
        return
    was, now = _standing(before), _standing(after)
    names = after.document.names
    yield CaseEffect(OPENING, ("", ""), was, now, compared(was, names) != compared(now, names))


def _standing(release: Published) -> Standing:
    selection = canonical(release.document, Selection())
    return view_of(score(release, selection), selection, flips=False).standing


def _leaders(release: Published, query: str, names: Names) -> tuple[str, ...]:
    """Return who leads under a query, as they are called in the newer release."""
    selection, _ = parse(release.document, query)
    decision = view_of(score(release, selection), selection, detail=False, flips=False).decision
    return tuple(sorted(names.present(NameKind.OPTION, slug) for slug in decision.leaders))


def _links(
    before: Published, after: Published, shared: Sequence[tuple[str, int]]
) -> Iterator[SharedLink]:
    for query, opened in shared:
        age = ageing(before, after, query, before.slug)
        if age:
            address = Home(before.slug).address_of("comparison", query=query)
            words = selected_in_words(before, query)
            yield SharedLink(address, words, opened, age.decision_moved, age.before, age.after)


def selected_in_words(release: Published, query: str) -> str:
    """Return what a query selects of a release, as plain text: the use case, then each thing that
    is left out or changed, in the words of the page itself.
    """
    selection, _ = parse(release.document, query)
    view = view_of(score(release, selection), selection, flips=False)
    lines = altered_lines_of(view)
    names = {case.slug: case.name for case in release.document.use_cases}
    selected = Selected(
        use_case=names.get(view.chosen_use_case or "", ""),
        lines=lines[:MOST_ALTERED],
        of_sources=view.altered.of_sources,
        left_out=len(lines[MOST_ALTERED:]),
    )
    words = render("history/selected.txt", selected=selected)
    return " ".join(words.unescape().split()) or OPENING


def silent_cells(before: Published | None, after: Published) -> tuple[SilentCells, ...]:
    """Return the cells that will be silent and were not, by option or by criterion, whichever are
    fewer.
    """
    names = after.document.names
    now = score(after, canonical(after.document, Selection()))
    was = score(before, canonical(before.document, Selection())) if before else None
    had = {
        (names.present(NameKind.CRITERION, criterion), names.present(NameKind.OPTION, option))
        for criterion, option in (_silent(was) if was else ())
    }
    new = [place for place in _silent(now) if place not in had]
    criteria = {slug: criterion.name for slug, criterion in now.criteria.items()}
    options = {slug: option.name for slug, option in now.named.items()}
    of_criterion: dict[str, list[str]] = defaultdict(list)
    of_option: dict[str, list[str]] = defaultdict(list)
    for criterion, option in new:
        of_criterion[criteria[criterion]].append(options[option])
        of_option[options[option]].append(criteria[criterion])
    fewer = of_option if len(of_option) < len(of_criterion) else of_criterion
    return tuple(
        SilentCells(name, tuple(others[:MOST_NAMED]), max(0, len(others) - MOST_NAMED))
        for name, others in fewer.items()
    )


def _silent(scored: ScoredRelease) -> Iterator[tuple[str, str]]:
    """Yield the cells, by criterion and option, of which no score is known although there can be
    one.
    """
    for slug, criterion in scored.criteria.items():
        for option in scored.named if criterion.is_scored else ():
            cell = criterion.cells.get(option)
            if scored.evidence.scores[option][slug] is None and (cell is None or cell.applies):
                yield slug, option


def near_criteria(before: Document | None, after: Document) -> tuple[NearCriterion, ...]:
    """Return the criteria under which there are new claims, and whose names may be taken for
    another's.
    """
    names = {criterion.slug: criterion.name for criterion in after.criteria}
    had = {
        (source.slug, claim.slug): claim.criterion
        for source in (before.sources if before else ())
        for claim in source.claims
    }
    filed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source in after.sources:
        for claim in source.claims:
            place = source.slug, claim.slug
            if claim.criterion and had.get(place) != claim.criterion:
                filed[claim.criterion].append(place)
    return tuple(
        NearCriterion(names[slug], near, tuple(claims))
        for slug, claims in filed.items()
        if (near := near_names(names[slug], names.values()))
    )
