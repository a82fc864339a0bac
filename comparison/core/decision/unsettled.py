"""Which disputes could move a result: that sources disagree about a criterion matters to a reader
only where another reading of its scores would put another option first.

Refuses to say who is right, and to grade a dispute: what kind it is belongs to the evidence. Others
import it through the package.
"""

from collections.abc import Collection

from comparison.core.decision.matrix import Matrix
from comparison.core.decision.ranking import EPS
from comparison.core.decision.result import Decision

# points: the leader's score falls from 10 to 0, and the rival's rises from 0 to 10
MOST_MOVED = 20.0


def unsettled(matrix: Matrix, decision: Decision, disputed: Collection[str]) -> tuple[str, ...]:
    """Return those of the disputed criteria on which the leader could lose its lead, in editorial
    order.

    A criterion is one of them if the leader is no longer ahead of some rival of its tier where the
    leader's score falls and the rival's rises by as much as each may be off, or where the criterion
    is left out. Of a tie every criterion that counts is one on which some score may be off. Empty
    where nobody leads, or nobody is beside the leader.
    """
    first = next((option for option in decision.options if option.rank == 1), None)
    if first is None or first.score is None:
        return ()
    rivals = [
        (matrix.option_at[other.option], first.score - other.score)
        for other in decision.options
        if other is not first
        and other.rank is not None
        and other.score is not None
        and other.state == first.state
    ]
    leader = matrix.option_at[first.option]
    return tuple(
        criterion
        for criterion, importance in decision.importances
        if criterion in disputed
        and any(
            _turns(matrix, matrix.criterion_at[criterion], leader, rival, lead, share)
            for share in (importance / decision.total_importance,)
            for rival, lead in rivals
            if share * MOST_MOVED >= lead - EPS
        )
    )


def _turns(matrix: Matrix, column: int, leader: int, rival: int, lead: float, share: float) -> bool:
    """Say whether one criterion could take a lead in points away. share: 0..1, its weight."""
    ahead, behind, spread = matrix.rows[leader], matrix.rows[rival], matrix.spread
    own, their = ahead.counted[column], behind.counted[column]
    lowest, highest = ahead.least[column], behind.most[column]
    if ahead.known[column]:
        lowest = max(0.0, own - spread[leader][column])
    if behind.known[column]:
        highest = min(10.0, their + spread[rival][column])
    moves = max((own - lowest) + (highest - their), own - their)
    return moves > EPS and share * moves >= lead - EPS
