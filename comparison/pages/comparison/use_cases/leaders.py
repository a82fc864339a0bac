"""The use cases: who leads in each, how firmly, and who in how many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from comparison.core.document.schema import UseCase
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.standing import CasesByLeader, LedCases, Standing
from comparison.pages.view import view_of


@dataclass(frozen=True, slots=True)
class UseCaseRow:
    """One use case with its own presets alone, and what comes of them."""

    slug: str  # of the use case
    name: str  # as readers are told it
    family: str  # that it belongs to; empty without one
    standing: Standing  # who leads
    lead: float  # points of the leader over the next; 0 for a tie, or without a rival
    query: str  # the selection whose result that is


@kept_with_release
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


@kept_with_release
def use_case_rows(scored: ScoredRelease) -> tuple[UseCaseRow, ...]:
    """Return every use case, each with its own presets alone. Kept with the scored release."""
    return tuple(_row(scored, use) for use in scored.document.use_cases)


def _row(scored: ScoredRelease, use: UseCase) -> UseCaseRow:
    view = view_of(scored, scored.selection_of(use.slug), flips=False)
    first, second = view.decision.options[:2] if view.decision.margin else (None, None)
    return UseCaseRow(
        slug=use.slug,
        name=use.name,
        family=use.family or "",
        standing=view.standing,
        lead=(first.score or 0) - (second.score or 0) if first and second else 0,
        query=view.query,
    )
