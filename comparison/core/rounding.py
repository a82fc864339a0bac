"""Numbers -> numbers that still add up when they are shown rounded. Never words."""

from collections.abc import Sequence
from math import floor, fsum
from typing import NamedTuple


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


def points(value: float) -> str:
    """Return a lead with one decimal, or with as many, up to three, as it takes not to look like
    none.
    """
    return next(
        (shown for digits in (1, 2, 3) if float(shown := f"{value:.{digits}f}") > 0),
        "0.001" if value > 0 else "0.0",
    )


class Lead(NamedTuple):
    """Two scores and the difference between them, as they are shown: the shown difference is that
    of the shown scores.
    """

    high: str
    low: str
    margin: str
    digits: int


def lead(high: float, low: float) -> Lead:
    """Return two scores and their difference with one decimal, or with two where one would
    contradict the difference.

    The lower score is then the higher one minus the difference, so that it moves by less than one
    unit of the last digit. More decimals only where two would show unlike scores as equal: 3, at
    most 4.
    """
    difference = high - low
    digits = 1
    if round(round(high, 1) - round(low, 1), 1) != round(difference, 1) or (
        difference > 1e-9 and not round(difference, 1)
    ):
        digits = next((more for more in (2, 3) if round(difference, more)), 4)
    top, margin = round(high, digits), round(difference, digits)
    return Lead(f"{top:.{digits}f}", f"{top - margin:.{digits}f}", f"{margin:.{digits}f}", digits)
