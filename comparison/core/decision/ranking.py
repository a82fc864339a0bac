"""Overall scores, must-haves, tiers and ranks.

An overall score is the importance-weighted mean of fixed 0..10 scores, so it depends on nothing but
its own row and the reader. Refuses to rescale by the options present (that is what makes rankings
reverse when a loser leaves), to let a must-have change a score, and to break a tie. Others import
it through the package.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from math import fsum
from operator import mul
from typing import Literal, NamedTuple

from comparison.core.decision.matrix import MOST_POINTS, Matrix, Row, number, place

EPS = 1e-9  # points; overall scores no further apart than this are equal

Standing = Literal["verified", "unverified", "excluded", "unrated"]
# Of a leader without a rival in its tier, by who else is left: nobody, because all others are
# excluded or not in the table; ranked options of which it is not known whether they have every
# must-have; options without any known score. The last for a leader without one, too: of its scores,
# only bounds are known.
Alone = Literal[
    "only option left", "only one verified", "only one with scores", "only one with bounds"
]


@dataclass(frozen=True, slots=True)
class MustHave:
    """A must-have: the score on this criterion must be known and at least the minimum."""

    id: str
    criterion: str  # need not be active
    minimum: float  # 0..10 points


class Ranked(NamedTuple):
    """One option's overall score and place. Points are 0..10; None = there is no such number."""

    option: str
    rank: int | None  # 1 = best; equal scores share it (1, 1, 3); None if excluded or unrated
    score: float | None  # None if unrated, or if no criterion is active
    # the score if every unknown cell were as low as it can be: 0, or its lower bound
    low: float | None
    # the score if every unknown cell were as high as it can be: 10, or its upper bound
    high: float | None
    coverage: float  # 0..1, share of the importance that rests on known scores
    known_mean: float | None  # mean over the known cells alone; None if none of them is active
    state: Standing


class Tally(NamedTuple):
    """What one row adds up to, in points; a tuple because one is made per option and request."""

    score: float
    low: float
    high: float
    coverage: float
    known_mean: float | None


@dataclass(frozen=True, slots=True)
class Unmet:
    """Ids of the must-haves each option failed, and of those still open because the score is
    unknown.
    """

    failed: tuple[tuple[str, ...], ...]  # m, in the order of the must-haves
    open: tuple[tuple[str, ...], ...]  # m


def tally(row: Row, importances: Sequence[float], total: float, neutral: float) -> Tally:
    """Return the overall score of one row with its bounds, as `decide.py` defines them.

    importances: n numbers 0..5; total: their sum, more than 0.
    fsum rounds once, so the order of criteria cannot change a digit; min() takes back a last digit
    above 10.
    """
    known_part = fsum(map(mul, importances, row.lowest))
    low = min(MOST_POINTS, known_part / total)
    if row.is_complete:
        return Tally(low, low, low, 1.0, low)
    known_total = fsum(compress(importances, row.known))
    known_mean = min(MOST_POINTS, known_part / known_total) if known_total else None
    if row.bounded:
        least, counted, most = (
            min(MOST_POINTS, fsum(map(mul, importances, points)) / total)
            for points in (row.least, row.counted, row.most)
        )
        return Tally(counted, least, most, known_total / total, known_mean)
    gap = fsum([importances[column] for column in row.gaps]) / total
    return Tally(
        score=min(MOST_POINTS, low + neutral * gap),
        low=low,
        high=min(MOST_POINTS, low + MOST_POINTS * gap),
        coverage=known_total / total,
        known_mean=known_mean,
    )


def check_must_haves(matrix: Matrix, must_haves: Iterable[MustHave]) -> Unmet:
    """Return what each option failed and what is open.

    A known score equal to the minimum meets it; an unknown one whose bounds lie on one side of the
    minimum settles it, too. ValueError: unknown criterion, repeated id, bad minimum.
    """
    must_haves = tuple(must_haves)
    if not must_haves:
        none = ((),) * len(matrix.options)
        return Unmet(none, none)
    failed: list[list[str]] = [[] for _ in matrix.options]
    still_open: list[list[str]] = [[] for _ in matrix.options]
    seen: set[str] = set()
    for must_have in must_haves:
        if must_have.id in seen:
            raise ValueError(f"must-have {must_have.id!r} is listed twice")
        seen.add(must_have.id)
        column = place(
            matrix.criterion_at,
            must_have.criterion,
            "criterion",
            f"must-have {must_have.id!r}",
        )
        minimum = number(must_have.minimum, MOST_POINTS, f"must-have {must_have.id!r}", "minimum")
        for option, row in enumerate(matrix.rows):
            if row.most[column] < minimum and (row.known[column] or matrix.bounds[option][column]):
                failed[option].append(must_have.id)
            elif row.least[column] < minimum or not (
                row.known[column] or matrix.bounds[option][column]
            ):
                still_open[option].append(must_have.id)
    return Unmet(tuple(map(tuple, failed)), tuple(map(tuple, still_open)))


def standings(matrix: Matrix, unmet: Unmet) -> list[Standing]:
    """Return the standing of each option. An unrated option cannot fail, because it has no known
    score.
    """
    states: list[Standing] = []
    for row, failed, still_open in zip(matrix.rows, unmet.failed, unmet.open, strict=True):
        if not row.is_rated:
            states.append("unrated")
        elif failed:
            states.append("excluded")
        else:
            states.append("unverified" if still_open else "verified")
    return states


def alone(standing: Sequence[Standing], leader: Row) -> Alone:
    """Return what to call a leader without a rival in its tier: other options that are left must
    not seem excluded.
    """
    if standing.count("verified") + standing.count("unverified") > 1:
        return "only one verified"
    if "unrated" not in standing:
        return "only option left"
    return "only one with scores" if any(leader.known) else "only one with bounds"


def tie_groups(options: Iterable[int], points: Sequence[float]) -> list[list[int]]:
    """Return positions of options in groups that share a rank, best group first.

    points: the number to rank by, for each position. A group starts at its best number and spans at
    most EPS, so a chain of small steps cannot tie the first with the last. Inside a group:
    editorial order.
    """
    groups: list[list[int]] = []
    best = 0.0
    for option in sorted(options, key=points.__getitem__, reverse=True):
        if groups and best - points[option] <= EPS:
            groups[-1].append(option)
        else:
            groups.append([option])
            best = points[option]
    return [sorted(group) for group in groups]
