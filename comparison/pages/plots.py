"""Marks and axes of plots, as templates draw them: the coordinates of `core/charts.py` with whose
they are. Numbers stay beside their marks in words; a plot only shows where they lie.
"""

from dataclasses import dataclass

from comparison.core import charts
from comparison.core.document.schema import Quantity, QuantityForm
from comparison.pages.option_marks import OptionName

MOST_TICKS = 4  # on a narrow screen


@dataclass(frozen=True, slots=True)
class PlotTick:
    """A labelled place on an axis, in percent."""

    value: float  # what stands there
    x: str  # percent
    is_minor: bool  # not labelled where the plot is narrow


@dataclass(frozen=True, slots=True)
class PlotMark:
    """One mark on a line of a plot, in percent of its width."""

    option: OptionName | None  # whose it is; None: nobody's in particular
    kind: str  # point, range, lower-bound, upper-bound
    x: str  # the left end of a range, else the mark
    end: str  # the right end of a range, else as x
    width: str  # of a range
    middle: str  # where the shape stands: in the middle of a range
    is_open: bool  # it goes on beyond its end
    whisker: str  # where it ends; empty without one
    is_solid: bool  # measured here, not claimed


def ticks_of(axis: charts.Axis) -> tuple[PlotTick, ...]:
    """Return an axis' ticks. Of many on a logarithmic one those at powers of ten are left where it
    is narrow, on a linear one every other.
    """
    are_many = len(axis.ticks) > MOST_TICKS
    return tuple(
        PlotTick(
            tick.value,
            tick.x,
            are_many and (place % 2 == 1 if axis.kind == "linear" else not _is_power(tick.value)),
        )
        for place, tick in enumerate(axis.ticks)
    )


def _is_power(value: float) -> bool:
    return f"{value:e}".startswith("1.000000e")


def plot_mark(
    axis: charts.Axis,
    option: OptionName | None,
    ends: tuple[float | None, float | None],
    *,
    is_open: bool = False,
    whisker: str = "",
    is_solid: bool = False,
) -> PlotMark:
    """Return the mark of a number, a range or a bound. ends: low and high, as `charts.plot_mark`
    takes them.
    """
    mark = charts.plot_mark(axis, *ends, is_open)
    return PlotMark(
        option=option,
        kind=mark.kind,
        x=mark.x,
        end=mark.end,
        width=mark.width,
        middle=f"{(float(mark.x) + float(mark.end)) / 2:.2f}",
        is_open=mark.is_open,
        whisker=whisker,
        is_solid=is_solid,
    )


def is_open(quantity: Quantity) -> bool:
    """Say whether a source leaves the upper end open: "20,000 or more"."""
    return quantity.open_ended or quantity.form is QuantityForm.LOWER_BOUND
