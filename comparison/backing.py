"""Reading -> what stands behind each known score, as the grade of the evidence needs it.

Ages are counted to the day when the sources were last read, not to today: a release never changes with the clock.
"""

from datetime import date
from typing import TYPE_CHECKING

from comparison.core.decision import Backing
from comparison.core.evidence import AGAINST, SUPPORTS, stance_of

if TYPE_CHECKING:
    from comparison.reading import Reading


def backing_of(reading: "Reading") -> dict[tuple[str, str], Backing]:
    """Return the backing of every cell whose score is known, by criterion and option."""
    last = max((source.read_on for source in reading.document.sources), default=None)
    found = {}
    for at, cell in reading.evidence.cells.items():
        if cell.score is None:
            continue
        criterion = reading.criteria[at[0]]
        own = criterion.cells.get(at[1])
        check = own.checked if own and cell.basis == "editor" else None
        backers = [source for source, claim in cell.claims if stance_of(criterion, [claim], cell.reach) == SUPPORTS]
        said = [check.read_on.isoformat()] if check else [s.published for s in backers if s.published != "undated"]
        found[at] = Backing(
            checked=check is not None,
            support=cell.support,
            against=cell.against,
            harsh=sum(claim.finding in AGAINST for _, claim in cell.claims),
            age=_months_between(max(said), last) if said and last else None,
            interested=bool(backers) and all(source.is_commercial for source in backers),
        )
    return found


def _months_between(published: str, last: date) -> int:
    """Return the whole months from a day, month or year to a day; what is only known to the year began with it."""
    year, month = int(published[:4]), int(published[5:7] or 1)
    return max(0, 12 * (last.year - year) + last.month - month)
