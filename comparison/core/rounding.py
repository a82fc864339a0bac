"""Numbers -> numbers as they are shown, rounded: parts that still add up, and scores that are the
same wherever they stand. Never words."""

from collections.abc import Sequence
from math import floor, fsum

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


def points(value: float) -> str:
    """Return a lead with one decimal; one that would look like none is "less than 0.1"."""
    shown = f"{value:.1f}"
    return "less than 0.1" if value > TIED and not float(shown) else shown


def one_decimal(score: float | None) -> str:
    """Return an overall score as it is shown; empty where there is none."""
    return "" if score is None else f"{score:.1f}"


def two_decimals_where_needed(high: float, low: float) -> str:
    """Return two scores as "7.04 to 6.86" where their lead, with one decimal, is not what lies
    between them with one decimal (7.0, 6.9 and 0.2); empty where it is.

    Each of the three is rounded for itself, so that a score is the same number wherever it is
    shown.
    """
    between = round(high, 1) - round(low, 1)
    if abs(between - round(high - low, 1)) < TIED:
        return ""
    return f"{high:.2f} to {low:.2f}"
