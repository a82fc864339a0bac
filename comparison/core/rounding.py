"""Numbers -> numbers that still add up when they are shown rounded. Never words."""

from collections.abc import Sequence
from math import floor, fsum
from typing import NamedTuple

TIED = 1e-9  # points; what lies no further apart is equal


def adding_up(values: Sequence[float], digits: int = 2) -> list[float]:
    """Return the values rounded so that they add up to their rounded sum: what a reader sees can be
    re-added by hand.

    Each value moves by less than one unit of the last digit; the largest remainders are rounded up
    first, equal ones in order. Source: Hamilton's method (largest remainder), as for seats in
    proportion to votes.
    """
    unit = 10**digits
    scaled = [value * unit for value in values]
    whole = [floor(value + 1e-9) for value in scaled]
    missing = round(round(fsum(values), digits) * unit) - sum(whole)
    by_remainder = sorted(range(len(scaled)), key=lambda index: whole[index] - scaled[index])
    for index in by_remainder[: max(0, missing)]:
        whole[index] += 1
    return [value / unit for value in whole]


def number(score: float | None) -> str:
    """Return a score as it is shown: without a needless zero, empty where it is unknown."""
    return "" if score is None else f"{score:.10g}"


def span(bounds: tuple[float, float] | None) -> str:
    """Return the bounds of an unknown score as they are shown, "5–10"; empty without any."""
    return "" if bounds is None else f"{number(bounds[0])}\N{EN DASH}{number(bounds[1])}"


def percent(share: float) -> str:
    """Return a share of 0..1 in whole percent; nearly all is never 100, and next to nothing never
    0.
    """
    if 0.995 <= share < 1 - 1e-9:
        return "more than 99"
    return "less than 1" if 0 < share < 0.01 else f"{100 * share:.0f}"


def points(value: float, digits: int = 1) -> str:
    """Return a lead with one decimal, or with more; one that would look like none is "less than
    0.1".
    """
    shown = f"{value:.{digits}f}"
    return f"less than {10**-digits:.{digits}f}" if value > TIED and not float(shown) else shown


class Lead(NamedTuple):
    """Two scores and the difference between them, as they are shown."""

    high: str
    low: str
    margin: str
    digits: int  # decimals of all three, and of every score beside them


def lead(high: float, low: float) -> Lead:
    """Return two scores and their difference, with one decimal where what is shown can be worked
    out again: 7.0, 6.0 and 1.0. Where it cannot (7.04, 6.86 and 0.18 would be 7.0, 6.9 and 0.2)
    all have two, and the lower score is the higher one less the difference.
    """
    margin, top = round(high - low, 1), round(high, 1)
    if abs(top - round(low, 1) - margin) < TIED:
        return Lead(f"{top:.1f}", f"{low:.1f}", points(high - low), 1)
    margin, top = round(high - low, 2), round(high, 2)
    return Lead(f"{top:.2f}", f"{top - margin:.2f}", points(high - low, 2), 2)
