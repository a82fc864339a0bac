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

    def leaders(self, importances: Mapping[str, float]) -> tuple[str, ...]:
        """Return who leads, in editorial order: `decide(...).leaders` of the same importances."""
        active = checked_importances(self.matrix, importances)
        moved = [
            (column, now - before)
            for column, (before, now) in enumerate(zip(self.active, active, strict=True))
            if now != before
        ]
        rows = self.matrix.rows
        return self._leaders(
            active,
            [
                known + sum([by * rows[row].counted[column] for column, by in moved])
                for row, known in zip(self.ranked, self.sums, strict=True)
            ],
        )

    def leaders_at(self, criterion: str, importance: float) -> tuple[str, ...]:
        """Return the same where one criterion alone has another importance, 0..5."""
        column = place(self.matrix.criterion_at, criterion, "criterion", "importances")
        now = number(importance, MOST_IMPORTANCE, "importances", criterion)
        by, active = now - self.active[column], list(self.active)
        active[column] = now
        column_of_ranked = [self.matrix.rows[row].counted[column] for row in self.ranked]
        return self._leaders(
            active, [known + by * x for known, x in zip(self.sums, column_of_ranked, strict=True)]
        )

    def _leaders(self, active: Sequence[float], about: Sequence[float]) -> tuple[str, ...]:
        """about: what the rows in `ranked` add up to, nearly."""
        total = fsum(active)
        if total < FEW or not self.ranked:
            importances = dict(zip(self.matrix.criteria, active, strict=True))
            return decide(
                self.matrix, importances, must_haves=self.must_haves, detail=False
            ).leaders
        rows = self.matrix.rows
        least = max(about) - FAR * total
        might = [row for row, sum_ in zip(self.ranked, about, strict=True) if sum_ >= least]
        if len(might) == 1:
            return (self.matrix.options[might[0]],)
        points = [0.0] * len(rows)
        for row in might:
            points[row] = tally(rows[row], active, total, self.matrix.neutral).score
        return tuple([self.matrix.options[row] for row in tie_groups(might, points)[0]])
