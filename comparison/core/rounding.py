"""Numbers -> numbers that still add up when they are shown rounded. Never words."""

from collections.abc import Sequence
from math import floor, fsum


def adding_up(values: Sequence[float], digits: int = 2) -> list[float]:
    """Return the values rounded so that they add up to their rounded sum: what a reader sees can be re-added by hand.

    Each value moves by less than one unit of the last digit; the largest remainders are rounded up first, equal ones in
    order. Source: Hamilton's method (largest remainder), as for seats in proportion to votes.
    """
    unit = 10**digits
    scaled = [value * unit for value in values]
    whole = [floor(value + 1e-9) for value in scaled]
    missing = round(round(fsum(values), digits) * unit) - sum(whole)
    by_remainder = sorted(range(len(scaled)), key=lambda at: whole[at] - scaled[at])
    for at in by_remainder[: max(0, missing)]:
        whole[at] += 1
    return [value / unit for value in whole]


def number(score: float | None) -> str:
    """Return a score as it is shown: without a needless zero, empty where it is unknown."""
    return "" if score is None else f"{score:.10g}"


def digits_that_agree(high: float, low: float, most: int = 4) -> int:
    """Return how many decimals two scores need, so that their shown difference is the difference of what is shown.

    At least one; more where rounding would make two unlike scores look equal or their margin look wrong.
    """
    for digits in range(1, most):
        shown = round(round(high, digits) - round(low, digits), digits)
        if shown == round(high - low, digits) and (shown != 0 or high - low < 1e-9):
            return digits
    return most
