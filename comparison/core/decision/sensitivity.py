"""What would change the leader: exact answers, because the model is linear in every importance.

With leader a, rivals b, importances w, their sum W, scores as counted x, d_b = x_a - x_b and D_b =
sum_j w_j d_bj, the lead in weighted points:
- moving importance j to w' turns D_b into D_b + (w' - w_j) d_bj, so b draws level at w_j - D_b /
d_bj;
- switching j off gains b w_j d_bj, switching it on at its kept importance v gains -v d_bj, and
gains add up, so taking the
  largest first gives the fewest switches; so it is with steps, one of which gains |d_bj|;
- importances that are all wrong by the share t at once, each in the worst direction, cost the
leader t sum_j w_j |d_bj|. The leader changes when another option is ahead by more than EPS.
Reaching a tie does not change it; emptying the selection does not either, as nobody leads then.

One criterion can move a lead by at most 5 × 10 weighted points, so most rivals of a large table are
never looked at. Others import it through the package. Sources: Mareschal 1988, Weight stability
intervals in multicriteria decision aid; Triantaphyllou & Sanchez 1997, A sensitivity analysis
approach for some deterministic multi-criteria decision-making methods; Wolters & Mareschal 1995,
Novel types of sensitivity analysis for additive MCDM methods (several weights at once).
"""

from collections.abc import Mapping, Sequence
from math import ceil, dist, floor, fsum, hypot, inf
from operator import attrgetter, mul, sub
from typing import NamedTuple

from comparison.core.decision.matrix import MOST_IMPORTANCE, MOST_POINTS, Matrix
from comparison.core.decision.ranking import EPS

MOST_SWITCHES = 3  # more than these at once tell a reader nothing
MOST_MOVED = MOST_IMPORTANCE * MOST_POINTS  # weighted points by which one criterion can move a lead


class Flip(NamedTuple):
    """One criterion's importance moved, all else left alone, and who leads then."""

    criterion: str
    now: float  # importance 0..5; 0 = off
    then: float
    leaders: tuple[str, ...]  # never the present leader
    lead: float  # points by which they are ahead of it


class SwitchSet(NamedTuple):
    """Criteria to switch together, largest gain first, and who leads then."""

    # criterion, importance now, importance then; 0 = off
    switches: tuple[tuple[str, float, float], ...]
    leaders: tuple[str, ...]
    lead: float  # points by which they are ahead of the present leader


class Flips(NamedTuple):
    """What would dethrone a sole leader with rivals, and what would not."""

    # every criterion, lowest and highest importance that keep the leader
    intervals: tuple[tuple[str, float, float], ...]
    # the least move of one importance to a whole number that dethrones it; None = there is none
    nearest: Flip | None
    switches: tuple[Flip, ...]  # every single switch that dethrones it, in editorial order
    # the fewest switches that together dethrone it; None = it takes more than three, or none can
    smallest: SwitchSet | None
    # the fewest moves of an importance by one that together dethrone it; None = it cannot be done
    steps: int | None
    # 0..1, the share by which all importances may be wrong at once; 1 = it is nowhere behind a
    # rival
    tolerance: float


class Duel:
    """One option against one rival. The differences are worked out when asked for: most rivals are
    too far away to matter.
    """

    __slots__ = ("_apart", "lead", "own", "rival", "their")

    def __init__(
        self,
        importances: Sequence[float],
        lead: float,
        rival: int,
        own: Sequence[float],
        their: Sequence[float],
    ) -> None:
        self.rival = rival  # position of the option
        self.own, self.their = own, their  # n scores each, as they count
        self._apart: list[float] | None = None
        # Overall scores have been divided; what is close is added up again, so that edges are as
        # round as the scores are. weighted points
        self.lead = fsum(map(mul, importances, self.apart)) if lead < MOST_MOVED else lead

    @property
    def apart(self) -> list[float]:
        """Return n differences in points, above 0 where the option is better than the rival."""
        if self._apart is None:
            self._apart = list(map(sub, self.own, self.their))
        return self._apart


class Race:
    """One option against all its rivals, under importances that may be moved."""

    def __init__(
        self,
        matrix: Matrix,
        importances: Sequence[float],
        total: float,
        points: Sequence[float],
        option: int,
        rivals: Sequence[int],
    ) -> None:
        """Take n importances 0..5, their sum, every option's overall score, and positions of
        options; rivals by rank.
        """
        self.matrix, self.importances, self.total, self.option = matrix, importances, total, option
        own, rows = matrix.rows[option].counted, matrix.rows
        self.duels = [  # by rank, which means that leads grow
            Duel(
                importances,
                total * (points[option] - points[rival]),
                rival,
                own,
                rows[rival].counted,
            )
            for rival in rivals
        ]

    def intervals(self) -> tuple[list[float], list[float]]:
        """Return the lowest and the highest importance of each criterion at which no rival is
        ahead, all else left alone.

        Meant for an option that can be first there: where the highest is below the lowest, there is
        no such importance.
        """
        lows, highs = [0.0] * len(self.importances), [MOST_IMPORTANCE] * len(self.importances)
        for duel in self.duels:
            lead = duel.lead
            if lead > MOST_MOVED:
                break
            is_behind = lead < -EPS * self.total
            for column, (importance, difference) in enumerate(
                zip(self.importances, duel.apart, strict=True)
            ):
                if difference > 0:
                    edge = importance - lead / difference
                    if edge > lows[column]:
                        lows[column] = edge
                elif difference < 0:
                    edge = importance - lead / difference
                    if edge < highs[column]:
                        highs[column] = edge
                elif is_behind:  # both count alike here, so no importance lets the option catch up
                    lows[column] = inf
        return lows, highs

    def after(self, moves: Mapping[int, float]) -> tuple[tuple[str, ...], float]:
        """Return who leads once importances have moved, in editorial order, and how many points it
        is ahead of this option.

        moves: position of a criterion -> its new importance. Nobody leads once none is left.
        """
        by = [(column, then - self.importances[column]) for column, then in moves.items()]
        total = fsum((self.total, *[moved for _, moved in by]))
        if total <= EPS * self.total:
            return (), 0.0
        reach = MOST_POINTS * sum([abs(moved) for _, moved in by])
        leads = [(0.0, self.option)]
        for duel in self.duels:
            # neither it nor those that rank after it can come past this option
            if duel.lead > reach:
                break
            apart = duel.apart
            leads.append(
                (
                    -(duel.lead + sum([moved * apart[column] for column, moved in by])) / total,
                    duel.rival,
                )
            )
        best, _ = max(leads)
        leaders = sorted([option for lead, option in leads if best - lead <= EPS])
        return tuple([self.matrix.options[option] for option in leaders]), best


def what_would_change(race: Race, dormant: Sequence[float]) -> Flips:
    """Return what would dethrone the option of a race, which leads alone, by more than EPS.

    dormant: n importances that criteria which are off would have if switched on; 0 = there is no
    such switch.
    """
    lows, highs = race.intervals()
    edges = [
        (column, low, high)
        for column, (low, high) in enumerate(zip(lows, highs, strict=True))
        if low > 0 or high < MOST_IMPORTANCE
    ]
    switches = _single_switches(race, dormant, edges)
    return Flips(
        intervals=tuple(zip(race.matrix.criteria, lows, highs, strict=True)),
        nearest=_nearest(race, edges),
        switches=switches,
        smallest=_largest_of(switches) or _smallest_set(race, dormant),
        steps=_steps(race),
        tolerance=_tolerance(race),
    )


def _flip(race: Race, column: int, then: float) -> Flip | None:
    """Return the move of one importance if it dethrones the leader, and None if that still leads,
    alone or tied.
    """
    leaders, lead = race.after({column: then})
    return (
        Flip(race.matrix.criteria[column], race.importances[column], then, leaders, lead)
        if lead > EPS
        else None
    )


def _nearest(race: Race, edges: Sequence[tuple[int, float, float]]) -> Flip | None:
    """Try whole importances from the edges of the intervals outwards. At the edge itself, give or
    take EPS, there is a tie.
    """
    tried = []
    for column, low, high in edges:
        now = race.importances[column]
        if low > 0:
            below = ceil(low - EPS) - 1
            tried += [(now - then, column, then) for then in (below, below - 1) if then >= 0]
        if high < MOST_IMPORTANCE:
            above = floor(high + EPS) + 1
            tried += [
                (then - now, column, then) for then in (above, above + 1) if then <= MOST_IMPORTANCE
            ]
    return next(
        (flip for _, column, then in sorted(tried) if (flip := _flip(race, column, float(then)))),
        None,
    )


def _single_switches(
    race: Race, dormant: Sequence[float], edges: Sequence[tuple[int, float, float]]
) -> tuple[Flip, ...]:
    """A switch dethrones the leader only if the importance that it leads to lies outside the
    interval.
    """
    flips = []
    for column, low, high in edges:
        then = 0.0 if race.importances[column] else dormant[column]
        if (then < low or then > high) and (flip := _flip(race, column, then)):
            flips.append(flip)
    return tuple(flips)


def _largest_of(switches: Sequence[Flip]) -> SwitchSet | None:
    """Where one switch is enough, the one with the largest lead; of equal ones the first."""
    if not switches:
        return None
    criterion, now, then, leaders, lead = max(switches, key=attrgetter("lead"))
    return SwitchSet(((criterion, now, then),), leaders, lead)


def _smallest_set(race: Race, dormant: Sequence[float]) -> SwitchSet | None:
    """Take the fewest over all rivals; of equally few the largest lead, then the rival of higher
    rank.
    """
    # by the switch, from W
    removed = [now or -kept for now, kept in zip(race.importances, dormant, strict=True)]
    fewest, best_lead = MOST_SWITCHES, 0.0
    best: list[int] = []
    for duel in race.duels:
        if duel.lead >= fewest * MOST_MOVED:
            break
        gains = list(map(mul, removed, duel.apart))
        if fewest * max(gains) <= duel.lead:
            continue
        gained, total = 0.0, race.total
        largest = sorted(range(len(gains)), key=gains.__getitem__, reverse=True)[:fewest]
        for count, column in enumerate(largest, start=1):
            gained += gains[column]
            total -= removed[column]
            if gained - duel.lead > EPS * total > 0:  # else a tie, or nothing is left on
                lead = (gained - duel.lead) / total
                if not best or count < fewest or lead > best_lead + EPS:
                    fewest, best_lead, best = count, lead, largest[:count]
                break
    if not best:
        return None
    moves = {column: 0.0 if race.importances[column] else dormant[column] for column in best}
    switches = tuple(
        (race.matrix.criteria[column], race.importances[column], then)
        for column, then in moves.items()
    )
    return SwitchSet(switches, *race.after(moves))


def _steps(race: Race) -> int | None:
    fewest: int | None = None
    for duel in race.duels:
        if fewest is not None and duel.lead >= fewest * MOST_POINTS:
            break
        apart, missing, count = duel.apart, duel.lead + EPS * race.total, 0
        sizes = list(map(abs, apart))
        for column in sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True):
            gain, importance = sizes[column], race.importances[column]
            if not gain or (fewest is not None and count >= fewest):
                break
            room = floor(importance if apart[column] > 0 else MOST_IMPORTANCE - importance)
            if room * gain > missing:
                count += floor(missing / gain) + 1
                fewest = count if fewest is None else min(fewest, count)
                break
            count += room
            missing -= room * gain
    return fewest


def _tolerance(race: Race) -> float:
    length = hypot(*race.importances)
    smallest = 1.0
    for duel in race.duels:
        # By Cauchy and Schwarz the sum below is no more than this product, which is quicker to
        # find.
        if duel.lead < smallest * length * dist(duel.own, duel.their):
            smallest = min(
                smallest, duel.lead / fsum(map(mul, race.importances, map(abs, duel.apart)))
            )
    return smallest
