"""Who leads under importances that differ in a few places from those a table was decided under.

`decide` adds up every row anew. Here most rows are passed over, because what they would add up to
is known well enough to say that they cannot lead; those that might are added up as ever. So the
answer is `decide`'s to the last tie. Others import it through the package.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from operator import mul

from comparison.core.decision.decide import decide
from comparison.core.decision.matrix import (
    MOST_IMPORTANCE,
    Matrix,
    checked_importances,
    number,
    place,
)
from comparison.core.decision.ranking import (
    MustHave,
    check_must_haves,
    standings,
    tally,
    tie_groups,
)

# Points: a row is passed over that is further behind. What is added up in steps is wrong by less
# than a millionth of it, and a tie is a thousandth of it wide.
FAR = 1e-6
FEW = 1e-3  # importances that sum to less are too few to be added up in steps


class Leading:
    """Who leads a table, under importances near some that are given once."""

    def __init__(
        self, matrix: Matrix, importances: Mapping[str, float], must_haves: Iterable[MustHave] = ()
    ) -> None:
        """importances, must_haves: as `decide` takes them. ValueError as there."""
        self.matrix, self.must_haves = matrix, tuple(must_haves)
        self.active = checked_importances(matrix, importances)
        standing = standings(matrix, check_must_haves(matrix, self.must_haves))
        tiers = (
            [row for row, state in enumerate(standing) if state == tier]
            for tier in ("verified", "unverified")
        )
        self.ranked = next((tier for tier in tiers if tier), [])
        self.sums = [fsum(map(mul, self.active, matrix.rows[row].counted)) for row in self.ranked]
        self.total = fsum(self.active)

    def leaders(self, importances: Mapping[str, float]) -> tuple[str, ...]:
        """Return who leads, in editorial order: `decide(...).leaders` of the same importances."""
        active = checked_importances(self.matrix, importances)
        moved = [
            (column, now - before)
            for column, (before, now) in enumerate(zip(self.active, active, strict=True))
            if now != before
        ]
        rows = self.matrix.rows
        about = [
            known + sum([by * rows[row].counted[column] for column, by in moved])
            for row, known in zip(self.ranked, self.sums, strict=True)
        ]
        return self._leaders(active, fsum(active), self.ranked, about)

    def leaders_over(self, criterion: str, importances: Sequence[float]) -> list[tuple[str, ...]]:
        """Return the same for each of some importances, 0..5, of one criterion alone."""
        column = place(self.matrix.criterion_at, criterion, "criterion", "importances")
        steps = [
            number(importance, MOST_IMPORTANCE, "importances", criterion)
            for importance in importances
        ]
        before = self.active[column]
        values = [self.matrix.rows[row].counted[column] for row in self.ranked]
        ends = [
            [known + by * x for known, x in zip(self.sums, values, strict=True)]
            for by in (min(steps) - before, max(steps) - before)
        ]
        near = self._near(*ends)
        if len(near) == 1 and self.total - before + min(steps) > FEW:
            return [(self.matrix.options[self.ranked[near[0]]],)] * len(steps)
        rows, active, leaders = [self.ranked[place] for place in near], list(self.active), []
        for now in steps:
            active[column], by = now, now - before
            about = [self.sums[place] + by * values[place] for place in near]
            leaders.append(self._leaders(active, self.total + by, rows, about))
        return leaders

    def _near(self, lows: Sequence[float], highs: Sequence[float]) -> list[int]:
        """Return the places of those ranked that may lead between two ends: what rows add up to
        changes evenly from one to the other, so whoever is far behind another at both is so
        between.
        """
        far = FAR * (self.total + MOST_IMPORTANCE)
        first = max(range(len(lows)), key=self.sums.__getitem__, default=None)
        if first is None:
            return []
        least = (lows[first] - far, highs[first] - far)
        return [
            place
            for place, (low, high) in enumerate(zip(lows, highs, strict=True))
            if low >= least[0] or high >= least[1]
        ]

    def _leaders(
        self,
        active: Sequence[float],
        total: float,
        ranked: Sequence[int],
        about: Sequence[float],
    ) -> tuple[str, ...]:
        """total: the sum of the importances, nearly; ranked: the rows that may lead; about: what
        they add up to, nearly.
        """
        if total < FEW or not ranked:
            importances = dict(zip(self.matrix.criteria, active, strict=True))
            return decide(
                self.matrix, importances, must_haves=self.must_haves, detail=False
            ).leaders
        rows = self.matrix.rows
        least = max(about) - FAR * total
        might = [row for row, sum_ in zip(ranked, about, strict=True) if sum_ >= least]
        if len(might) == 1:
            return (self.matrix.options[might[0]],)
        points, exactly = [0.0] * len(rows), fsum(active)
        for row in might:
            points[row] = tally(rows[row], active, exactly, self.matrix.neutral).score
        return tuple([self.matrix.options[row] for row in tie_groups(might, points)[0]])
