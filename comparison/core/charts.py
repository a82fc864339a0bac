"""From numbers to the coordinates of a plot, as text in percent of the plot's width.

Text with a dot and two decimals ("22.27"; the template adds the % sign), rounded here, so that no
locale can put a comma into an SVG. Heights and the sizes of marks are pixels and belong to the
templates. Refuses to choose colours, to word, to write markup, and to move a value that does not
fit: that is an error, not a mark at the edge, because a mark in the wrong place is a wrong claim.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Literal, NamedTuple

LEFT, RIGHT = 3.0, 97.0  # percent; the first and last tick, with room for half a mark beside them
SPINE = 50.0  # percent; where contribution bars start
MOST_POINTS = 10.0
MOST_STEPS = 5  # of a linear axis
NICE = (1, 2, 5)


class Bar(NamedTuple):
    """A horizontal bar, in percent."""

    x: str  # its left edge
    width: str  # of it


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    value: float  # in the unit of the axis
    x: str  # percent of the axis


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from low to high, drawn from 3 to 97 percent: one axis for all rows of a figure."""

    kind: Literal["log", "linear"]
    low: float
    high: float
    ticks: tuple[Tick, ...]  # rising


@dataclass(frozen=True, slots=True)
class Mark:
    """How one quantity is drawn: a mark at x, or a pill from x to end; with an arrow where it is
    open.
    """

    kind: Literal["point", "range", "lower-bound", "upper-bound"]
    x: str  # percent; left edge of a range
    end: str  # percent; right edge of a range, else the same as x
    width: str  # percent; "0.00" unless a range
    # arrow to the right at end ("or more"); for an upper bound to the left at x ("up to")
    is_open: bool


@dataclass(frozen=True, slots=True)
class Whisker:
    """A thin line between two values, in percent."""

    x1: str
    x2: str


def score_bar(score: float) -> str:
    """Return the width, in percent, of a bar for 0..10 points. ValueError outside."""
    return _text(_share_of_ten(score))


def score_range(low: float, high: float) -> Bar:
    """Return the bar between two scores of 0..10 points. ValueError outside, or if low is above
    high.
    """
    _check_order(low, high)
    return _bar(_share_of_ten(low), _share_of_ten(high))


def contribution_bars(values: Sequence[float]) -> list[Bar]:
    """Return one bar per value, drawn from the spine at 50 percent.

    values: signed; negative = slot A = to the left, positive = slot B = to the right. The largest
    absolute value fills its half, the others are in proportion; a zero, and every value if all are
    zero, has no width.
    """
    for value in values:
        _check_finite(value)
    largest = max(map(abs, values), default=0.0) or 1.0
    ends = [SPINE + SPINE * (value / largest) for value in values]
    return [_bar(min(SPINE, end), max(SPINE, end)) for end in ends]


def log_axis(lows_and_highs: Iterable[float | None]) -> Axis:
    """Return a logarithmic axis that holds all the numbers; its ends are 1, 2 or 5 times a power of
    ten.

    lows_and_highs: everything that will be drawn on it, in any order; None (an open end) is passed
    over. Ticks at 1, 2 and 5 of each decade up to two decades, beyond that at each power of ten. A
    single value that is itself such an end gets a step to either side. ValueError: no number, zero
    or below, not finite.
    """
    numbers = _numbers(lows_and_highs)
    if numbers[0] <= 0:
        raise ValueError(
            f"{numbers[0]:g} has no place on a logarithmic axis: only numbers above 0 have"
        )
    first, last = floor(log10(numbers[0])) - 1, floor(log10(numbers[-1])) + 1
    steps = [_decimal(nice, power) for power in range(first, last + 1) for nice in NICE]
    below = max(index for index, step in enumerate(steps) if step <= numbers[0])
    above = min(index for index, step in enumerate(steps) if step >= numbers[-1])
    if below == above:
        below, above = below - 1, above + 1
    low, high = steps[below], steps[above]
    is_wide = above - below > 2 * len(NICE)
    shown = range(below, above + 1)
    values = [steps[index] for index in shown if not is_wide or index % len(NICE) == 0]
    return _axis("log", low, high, values)


def linear_axis(lows_and_highs: Iterable[float | None]) -> Axis:
    """Return a linear axis from 0 that holds all the numbers, with at most five steps of 1, 2 or 5
    × 10^k.

    lows_and_highs: as for `log_axis`. From 0 to 1 if all are 0. ValueError: no number, below 0, not
    finite.
    """
    numbers = _numbers(lows_and_highs)
    if numbers[0] < 0:
        raise ValueError(f"{numbers[0]:g} has no place on an axis that starts at 0")
    top = numbers[-1] or 1.0
    first = floor(log10(top)) - 1
    widths = [(nice, power) for power in range(first, first + 3) for nice in NICE]
    nice, power = next(
        width for width in widths if _decimal(MOST_STEPS * width[0], width[1]) >= top
    )
    count = next(
        count for count in range(1, MOST_STEPS + 1) if _decimal(nice * count, power) >= top
    )
    values = [_decimal(nice * step, power) for step in range(count + 1)]
    return _axis("linear", 0.0, values[-1], values)


def position(axis: Axis, value: float) -> str:
    """Return where the value stands, in percent of the width. ValueError if it is off the axis."""
    return _text(_percent(axis, value))


def plot_mark(axis: Axis, low: float | None, high: float | None, open_ended: bool = False) -> Mark:
    """Return how a quantity is drawn.

    low and high: the ends; equal, or high None, for a single value; low None for "up to high".
    open_ended: the source says "or more": an arrow after the value or the range.
    ValueError: both None, low above high, or a value that is not on the axis.
    """
    if low is None:
        if high is None:
            raise ValueError("a quantity without a value cannot be drawn")
        x = position(axis, high)
        return Mark("upper-bound", x, x, _text(0.0), is_open=True)
    if high is None or high == low:
        x = position(axis, low)
        return Mark("lower-bound" if open_ended else "point", x, x, _text(0.0), is_open=open_ended)
    _check_order(low, high)
    left, right = _percent(axis, low), _percent(axis, high)
    bar = _bar(left, right)
    return Mark("range", bar.x, _text(right), bar.width, is_open=open_ended)


def stacked(axis: Axis, lengths: Sequence[float]) -> list[Bar]:
    """Return one bar per length, each beginning where the one before it ends; the first at the
    beginning of a linear axis. ValueError if one is below 0, or their sum is off the axis.
    """
    bars, start = [], 0.0
    for length in lengths:
        bars.append(stretch(axis, start, start + length))
        start += length
    return bars


def stretch(axis: Axis, start: float, end: float) -> Bar:
    """Return the bar from one value to another. ValueError if end is below start or either is not
    on the axis.
    """
    _check_order(start, end)
    return _bar(_percent(axis, start), _percent(axis, end))


def whisker(axis: Axis, start: float, end: float) -> Whisker:
    """Return the line from one value, such as a mean, to another, such as the 95th percentile.

    ValueError if end is below start or either is not on the axis.
    """
    _check_order(start, end)
    return Whisker(position(axis, start), position(axis, end))


def _axis(kind: Literal["log", "linear"], low: float, high: float, values: Sequence[float]) -> Axis:
    bare = Axis(kind, low, high, ())
    return Axis(kind, low, high, tuple(Tick(value, position(bare, value)) for value in values))


def _percent(axis: Axis, value: float) -> float:
    if not axis.low <= value <= axis.high:
        raise ValueError(f"{value:g} is not on the axis from {axis.low:g} to {axis.high:g}")
    if axis.kind == "log":
        share = (log10(value) - log10(axis.low)) / (log10(axis.high) - log10(axis.low))
    else:
        share = (value - axis.low) / (axis.high - axis.low)
    return LEFT + (RIGHT - LEFT) * share


def _bar(left: float, right: float) -> Bar:
    # Both edges are rounded before they are subtracted, so that x + width ends exactly where a tick
    # stands.
    return Bar(_text(left), _text(round(right, 2) - round(left, 2)))


def _text(percent: float) -> str:
    return f"{percent:z.2f}"  # z: never "-0.00"


def _decimal(digits: int, power: int) -> float:
    # Read as text: 3 * 0.1 is 0.30000000000000004, "3e-1" is 0.3.
    return float(f"{digits}e{power}")


def _numbers(values: Iterable[float | None]) -> list[float]:
    numbers = sorted(value for value in values if value is not None)
    if not numbers:
        raise ValueError("an axis needs at least one number")
    for number in numbers:
        _check_finite(number)
    return numbers


def _share_of_ten(score: float) -> float:
    if not 0 <= score <= MOST_POINTS:
        raise ValueError(f"{score:g} is not a score from 0 to 10")
    return 100 * score / MOST_POINTS


def _check_order(low: float, high: float) -> None:
    if low > high:
        raise ValueError(f"the range from {low:g} to {high:g} runs backwards")


def _check_finite(value: float) -> None:
    if not isfinite(value):
        raise ValueError(f"{value:g} cannot be drawn")
