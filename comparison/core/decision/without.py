"""How surely a leader leads once one of the other options is taken away.

No score depends on another option, so that nearly all that leave change nothing but the chance that
the leader still comes first (`confidence.py`), which loses their term. Refuses to say anything
where more than that would change: then the table without the option is decided anew. Others import
it through the package.
"""

from typing import NamedTuple

from comparison.core.decision.confidence import Label, chances_without, label_of
from comparison.core.decision.matrix import Matrix
from comparison.core.decision.result import Decision
from comparison.core.decision.why_not import importances_of


class LeadWithout(NamedTuple):
    """How surely the same leader leads over the same runner-up, without one option."""

    label: Label
    contenders: tuple[str, ...]  # the rivals left whose chance is 0.20 or more, in order of rank


def leads_without(matrix: Matrix, decision: Decision) -> dict[str, LeadWithout]:
    """Return how surely the leader leads without each of the options that may leave without
    anything else of its lead changing: all but itself, who shares the rank after it, and who leads
    on known scores alone. Empty without a sole leader that has a rival.

    decision: one with detail, on the same matrix.
    """
    sure = decision.confidence
    if sure is None:
        return {}
    leader, second, *_ = decision.options
    rivals = [ranked for ranked in decision.options[1:] if ranked.state == leader.state]
    seconds = [ranked for ranked in rivals if ranked.rank == second.rank]
    staying = {leader.option, *decision.known_leaders, *(ranked.option for ranked in seconds)}
    coverage = min(ranked.coverage for ranked in (leader, *seconds))
    chances = dict.fromkeys(matrix.options, sure.chance)  # of another tier: it is no rival
    if len(rivals) > 1:
        chances |= _chances(matrix, decision, [ranked.option for ranked in rivals])
    return {
        option: LeadWithout(
            label_of(
                chance,
                coverage,
                unverified=leader.state == "unverified",
                gaps_matter=decision.gaps_matter,
            )[0],
            tuple([contender for contender in sure.contenders if contender != option]),
        )
        for option, chance in chances.items()
        if option not in staying
    }


def _chances(matrix: Matrix, decision: Decision, rivals: list[str]) -> dict[str, float]:
    """Return the chance that the leader still comes first without each of its rivals."""
    scores = {ranked.option: ranked.score or 0.0 for ranked in decision.options}
    chances = chances_without(
        matrix,
        importances_of(matrix, decision),
        decision.total_importance,
        [scores[option] for option in matrix.options],
        matrix.option_at[decision.leaders[0]],
        [matrix.option_at[rival] for rival in rivals],
    )
    return dict(zip(rivals, chances, strict=True))
