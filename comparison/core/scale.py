"""What a value means on a criterion's scale, in points from 0 to 10: of a rating, of support, of a
quantity between its anchors.

Ranges and bounds stay what they are: they leave a piece of the scale. Whose value it is, and
whether it is believed, is evidence.py's question.
"""

from math import inf, log10
from typing import NamedTuple

from comparison.core.document.schema import (
    Cell,
    Claim,
    Criterion,
    Kind,
    Quantity,
    QuantityForm,
    Support,
)

POINTS_OF_SUPPORT = {Support.YES: 10.0, Support.PARTLY: 5.0, Support.NO: 0.0}
# What a source writes where there is no limit. The whole spelling has to be one of these, alone or
# before the unit.
UNLIMITED = frozenset(
    {
        "unlimited",
        "no limit",
        "no limits",
        "none (no limit)",
        "not limited",
        "without limit",
        "without limits",
        "limitless",
    }
    | {
        "unbounded",
        "no cap",
        "uncapped",
        "no maximum",
        "no upper limit",
        "infinite",
        "infinity",
        "∞",
    }
)


class Ends(NamedTuple):
    """What 0 and 10 points mean, in words; empty where nobody has written it."""

    low: str
    high: str


class Reach(NamedTuple):
    """Between which scores one lies, in 0..10 points; both are the same where it is known."""

    low: float
    high: float


def reach_of(criterion: Criterion, holder: Cell | Claim) -> Reach | None:
    """Return between which scores a cell's or claim's value lies on the criterion, or None where it
    says nothing of them.

    A rating is its own score; yes, partly and no are 10, 5 and 0. A quantity runs straight between
    the two anchors and stays at the nearer end outside them; on a logarithmic scale its logarithm
    does, and 0 and less lie beyond the smaller anchor. So a bound beyond an anchor, or "unlimited",
    settles the score ("2,000 or more" where 1,000 means 10), and another, or a range, leaves a
    piece of the scale: averaging its ends would invent a score. A number in another unit than the
    criterion's says nothing: it is never converted. A text has no scores.
    """
    match criterion.kind:
        case Kind.RATING:
            return None if holder.score is None else Reach(holder.score, holder.score)
        case Kind.SUPPORT:
            return (
                Reach(POINTS_OF_SUPPORT[holder.support], POINTS_OF_SUPPORT[holder.support])
                if holder.support
                else None
            )
        case Kind.QUANTITY:
            return _between_anchors(criterion, holder.quantity) if holder.quantity else None
        case Kind.TEXT:
            return None


def ends_in_words(criterion: Criterion) -> Ends:
    """Return what the ends of a criterion's scale mean. Support and a quantity say it themselves; a
    rating's scale means only what somebody wrote.
    """
    low, high = "", ""
    if criterion.kind is Kind.SUPPORT:
        low, high = Support.NO.value, Support.YES.value
    elif criterion.kind is Kind.QUANTITY:
        anchors = (criterion.anchor_low, criterion.anchor_high)
        low, high = (f"{anchor:,.12g} {criterion.unit}" for anchor in anchors)
    return Ends(criterion.scale_low or low, criterion.scale_high or high)


def _between_anchors(criterion: Criterion, quantity: Quantity) -> Reach | None:
    low, high, ends = criterion.anchor_low, criterion.anchor_high, _ends(criterion, quantity)
    if (
        low is None
        or high is None
        or ends is None
        or low == high  # no scale between them; publishing refuses it
        or quantity.unit not in (criterion.unit, *_unitless(quantity))
    ):
        return None
    if criterion.is_logarithmic:
        low, high, ends = log10(low), log10(high), (_logarithm(ends[0]), _logarithm(ends[1]))
    first, last = sorted(
        round(min(10.0, max(0.0, 10 * (end - low) / (high - low))), 1) for end in ends
    )
    return None if (first, last) == (0.0, 10.0) else Reach(first, last)


def _logarithm(number: float) -> float:
    return log10(number) if number > 0 else -inf


def _unitless(quantity: Quantity) -> tuple[None, ...]:
    """Words alone, such as "unlimited", need no unit."""
    return (None,) if quantity.form is QuantityForm.VERBAL else ()


def _ends(criterion: Criterion, quantity: Quantity) -> tuple[float, float] | None:
    """Return the least and the greatest number that a quantity can be, in its unit; None for words
    that are no number.
    """
    low = -inf if quantity.low is None else quantity.low
    high = inf if quantity.high is None else quantity.high
    match quantity.form:
        case QuantityForm.POINT if not quantity.open_ended:
            return low, low
        case QuantityForm.VERBAL:
            return (inf, inf) if _is_unlimited(quantity.spelling, criterion.unit) else None
        case QuantityForm.RANGE if quantity.open_ended:
            return low, inf
        case _:
            return low, high


def _is_unlimited(spelling: str, unit: str | None) -> bool:
    words = " ".join(spelling.casefold().rstrip(".").split())
    one = (unit or "").casefold().removesuffix("s")
    return any(words.removesuffix(f" {counted}") in UNLIMITED for counted in (one, f"{one}s"))
