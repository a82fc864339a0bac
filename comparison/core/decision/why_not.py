"""Why an option does not lead: what keeps it out, what it lacks against the leader, and which
single change would do.

The same half-lines that keep a leader in its place (`sensitivity.py`), taken from the option's side
and intersected over all
its rivals: importance j alone puts it first where no other option of its tier is ahead. Refuses to
word and to suggest what a reader ought to change.
"""

from math import ceil, floor
from typing import NamedTuple

from comparison.core.decision.margin import Margin, margin_between
from comparison.core.decision.matrix import MOST_IMPORTANCE, Matrix, place
from comparison.core.decision.ranking import EPS, Standing
from comparison.core.decision.result import Decision
from comparison.core.decision.sensitivity import Race


class Opening(NamedTuple):
    """One criterion whose importance alone can put the option first."""

    criterion: str
    now: float  # importance 0..5; 0 = off
    low: float  # between low and high nobody is ahead of the option; at an edge inside 0..5 it ties
    high: float
    # the nearest whole importance with which it, and not a present leader, is first; None = there
    # is none
    whole: float | None


class WhyNot(NamedTuple):
    """Why one option does not lead."""

    option: str
    state: Standing
    # whom it is compared with: the first leader in editorial order; None if nobody leads
    leader: str | None
    # of that leader over the option, below 0 if must-haves alone hold the option back; None as
    # above
    margin: Margin | None
    failed: tuple[str, ...]  # must-haves that exclude it
    # must-haves that are not known to be met; they hold it back while another option meets all
    open: tuple[str, ...]
    # in editorial order; empty = no single change of an importance is enough
    openings: tuple[Opening, ...]


def why_not(matrix: Matrix, decision: Decision, option: str) -> WhyNot:
    """Return why an option does not lead in a decision on the same matrix.

    For one that leads, and for an unrated one, margin is None and there are no openings. There are
    none either for an excluded one, and for an unverified one while a verified one leads: no
    importance changes a must-have. ValueError: unknown option.
    """
    row = place(matrix.option_at, option, "option", "why not")
    ranked = {one.option: one for one in decision.options}
    own = ranked[option]
    leads = option in decision.leaders
    leader = None if leads else next(iter(decision.leaders), None)
    margin = margin_over(matrix, decision, option)
    openings: tuple[Opening, ...] = ()
    if margin is not None and own.state == ranked[margin.leader].state:
        points = [ranked[name].score or 0.0 for name in matrix.options]
        tier = (one.option for one in decision.options if one.state == own.state)
        rivals = [matrix.option_at[rival] for rival in tier if rival != option]
        importances = importances_of(matrix, decision)
        openings = _openings(
            Race(matrix, importances, decision.total_importance, points, row, rivals),
            decision.leaders,
        )
    return WhyNot(
        option=option,
        state=own.state,
        leader=leader,
        margin=margin,
        failed=dict(decision.failed).get(option, ()),
        open=dict(decision.open).get(option, ()),
        openings=openings,
    )


def margin_over(matrix: Matrix, decision: Decision, option: str) -> Margin | None:
    """Return the margin of the first leader over any other option, below 0 if must-haves alone hold
    that one back; None where nobody leads, the option does, or it has no score.
    """
    leader = next(iter(decision.leaders), None)
    scores = {one.option: one.score for one in decision.options}
    ahead, behind = scores.get(leader or ""), scores[option]
    if leader is None or option in decision.leaders or ahead is None or behind is None:
        return None
    return margin_between(
        matrix,
        importances_of(matrix, decision),
        decision.total_importance,
        matrix.option_at[leader],
        matrix.option_at[option],
        ahead - behind,
    )


def importances_of(matrix: Matrix, decision: Decision) -> list[float]:
    """Return the importance of every criterion in a decision, 0 where it is off."""
    active = dict(decision.importances)
    return [active.get(criterion, 0.0) for criterion in matrix.criteria]


def _openings(race: Race, leaders: tuple[str, ...]) -> tuple[Opening, ...]:
    """Return every criterion whose importance alone can put the option of a race first; leaders:
    who leads now.
    """
    lows, highs = race.intervals()
    openings = (
        Opening(
            criterion, race.importances[column], low, high, _whole(race, leaders, column, low, high)
        )
        for column, (criterion, low, high) in enumerate(
            zip(race.matrix.criteria, lows, highs, strict=True)
        )
        if high - low > -EPS
    )
    # a single importance is enough, where it is one that a reader can set: first beside another
    return tuple(
        opening
        for opening in openings
        if opening.high - opening.low > EPS or opening.whole is not None
    )


def _whole(
    race: Race, leaders: tuple[str, ...], column: int, low: float, high: float
) -> float | None:
    now = race.importances[column]
    inside = (
        float(whole) for whole in range(floor(low), ceil(high) + 1) if 0 <= whole <= MOST_IMPORTANCE
    )
    for then in sorted(inside, key=lambda whole: abs(whole - now)):
        after, _ = race.after({column: then})
        if race.matrix.options[race.option] in after and set(leaders).isdisjoint(after):
            return then
    return None
