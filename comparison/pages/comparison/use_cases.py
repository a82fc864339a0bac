"""The use cases as a table: who leads in each, how firmly, and what the sources advise."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from comparison.core.document.schema import Choice, Source, Strength, UseCase
from comparison.pages.scored_release import KEPT, ScoredRelease
from comparison.pages.standing import CasesByLeader, LedCases, Standing
from comparison.pages.statements import SourceLine
from comparison.pages.view import view_of


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What one source advises for a use case; advice that differs only in its condition is one
    line.
    """

    source: SourceLine  # that advises it
    choices: tuple[str, ...]  # names of what is advised
    slots: tuple[str, ...]  # of their colours
    against: bool  # it advises against them
    conditions: tuple[str, ...]  # under which it holds; empty where it always does


@dataclass(frozen=True, slots=True)
class UseCaseRow:
    slug: str  # of the use case
    name: str  # as readers are told it
    description: str  # what somebody in this case needs
    standing: Standing  # who leads with its presets alone
    query: str  # the selection whose result that is
    advice: tuple[AdviceLine, ...]  # of the sources
    silent: int  # sources that advise nothing


@lru_cache(maxsize=KEPT)
def cases_by_leader(scored: ScoredRelease) -> CasesByLeader:
    """Return who leads in how many of all use cases. Kept with the scored release."""
    return counted_by_leader(row.standing for row in use_case_rows(scored))


def counted_by_leader(standings: Iterable[Standing]) -> CasesByLeader:
    """Return who leads in how many of some results; of equal counts the first in editorial order
    comes first.
    """
    results = list(standings)
    toss_ups = sum(bool(result.between) for result in results)
    ties = sum(result.state == "tie" for result in results)
    counts = Counter(
        result.leaders[0] for result in results if result.state == "leader" and not result.between
    )
    most_first = sorted(counts, key=lambda option: (-counts[option], option.number))
    return CasesByLeader(
        led=tuple(LedCases(option, counts[option]) for option in most_first),
        toss_ups=toss_ups,
        ties=ties,
        undecided=len(results) - toss_ups - ties - counts.total(),
    )


@lru_cache(maxsize=KEPT)
def use_case_rows(scored: ScoredRelease) -> tuple[UseCaseRow, ...]:
    """Return every use case, each with its own presets alone. Kept with the scored release."""
    return tuple(_row(scored, use) for use in scored.document.use_cases)


def _row(scored: ScoredRelease, use: UseCase) -> UseCaseRow:
    view = view_of(scored, scored.selection_of(use.slug), flips=False)
    names = {thing.slug: thing.name for thing in scored.document.components} | {
        option.slug: option.name for option in scored.document.options
    }
    advice = tuple(
        line
        for source in scored.document.sources
        if source.slug not in scored.distrust
        for line in _advice_of(scored, source, use.slug, names)
    )
    return UseCaseRow(
        slug=use.slug,
        name=use.name,
        description=use.description,
        standing=view.standing,
        query=view.query,
        advice=advice,
        silent=len(scored.document.sources) - len({line.source.slug for line in advice}),
    )


def _advice_of(
    scored: ScoredRelease, source: Source, use_case: str, names: Mapping[str, str]
) -> list[AdviceLine]:
    """Return what a source advises for a case; advice that differs only in its condition is one
    line.
    """
    lines: dict[tuple[tuple[str, ...], bool], AdviceLine] = {}
    for advice in source.advice:
        if advice.use_case == use_case:
            is_against = advice.strength is Strength.ADVISED_AGAINST
            choices = tuple(_in_words(choice, names) for choice in advice.choices)
            line = lines.get((choices, is_against)) or AdviceLine(
                source=scored.source_by_slug[source.slug],
                choices=choices,
                slots=tuple(
                    scored.named[choice.option].slot if choice.option in scored.named else "n"
                    for choice in advice.choices
                ),
                against=is_against,
                conditions=(),
            )
            conditions = (
                (*line.conditions, advice.condition) if advice.condition else line.conditions
            )
            lines[choices, is_against] = replace(line, conditions=conditions)
    return list(lines.values())


def _in_words(choice: Choice, names: Mapping[str, str]) -> str:
    chosen = ([choice.option] if choice.option else []) + list(choice.components)
    return " + ".join(names[slug] for slug in chosen)
