"""Why the leader leads: its margin over the runner-up, taken apart by criterion.

Every part is importance share times difference in points, so the parts add up to the margin and a
reader can check it by hand. Refuses to round, to drop small parts, and to say in words what a part
means. Others import it through the package.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from math import fsum
from typing import NamedTuple

from comparison.core.decision.matrix import Matrix
from comparison.core.decision.ranking import EPS


class Part(NamedTuple):
    """One criterion's part in a margin; a tuple because one is made per criterion and request."""

    criterion: str
    group: str
    value: float  # points of the overall score; above 0 it speaks for the leader
    leader_score: float  # 0..10 as counted: the neutral value where assumed
    rival_score: float
    leader_assumed: bool  # the score is unknown, so the neutral value was counted
    rival_assumed: bool


# Part._make without its check, which would cost as much as the rest of a margin
_part = partial(tuple.__new__, Part)


@dataclass(frozen=True, slots=True)
class Margin:
    """The lead of one option over another, in points, with everything it is made of."""

    leader: str
    rival: str
    value: float  # leader's score minus rival's
    parts: tuple[Part, ...]  # every active criterion, in editorial order
    # group, sum of its parts; groups with an active criterion
    subtotals: tuple[tuple[str, float], ...]

    def parts_for(self) -> tuple[Part, ...]:
        """Return the parts that speak for the leader, largest first, equals in editorial order."""
        return tuple(
            sorted((part for part in self.parts if part.value > 0), key=lambda part: -part.value)
        )

    def parts_against(self) -> tuple[Part, ...]:
        """Return the parts that speak for the rival, largest first, equals in editorial order."""
        return tuple(
            sorted((part for part in self.parts if part.value < 0), key=lambda part: part.value)
        )

    def enough(self) -> tuple[Part, ...]:
        """Return the fewest parts for the leader that together outweigh everything against it.

        Largest first. One part if nothing speaks against the leader.
        """
        parts = self.parts_for()
        against = -fsum(part.value for part in self.parts_against())
        for count in range(1, len(parts)):
            if fsum(part.value for part in parts[:count]) > against + EPS:
                return parts[:count]
        return parts


def margin_between(
    matrix: Matrix,
    importances: Sequence[float],
    total: float,
    leader: int,
    rival: int,
    value: float,
) -> Margin:
    """Return the margin of the option at one position over the option at another.

    importances: n numbers 0..5; total: their sum, more than 0; value: the difference of the overall
    scores.
    """
    ahead, behind = matrix.rows[leader], matrix.rows[rival]
    values = [
        importance * (leads - trails) / total
        for importance, leads, trails in zip(
            importances, ahead.counted, behind.counted, strict=True
        )
    ]
    scores, unknown = (ahead.counted, behind.counted), (ahead.unknown, behind.unknown)
    columns = zip(matrix.criteria, matrix.groups, values, *scores, *unknown, strict=True)
    parts = tuple(map(_part, compress(columns, importances)))
    by_group: dict[str, list[float]] = {}
    for part in parts:
        by_group.setdefault(part.group, []).append(part.value)
    return Margin(
        leader=matrix.options[leader],
        rival=matrix.options[rival],
        value=value,
        parts=parts,
        subtotals=tuple([(group, fsum(values)) for group, values in by_group.items()]),
    )
