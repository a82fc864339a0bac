"""Coordinates of plots: where marks stand, how axes are chosen, what is refused."""

import math
from dataclasses import astuple

import pytest

from comparison.core.charts import (
    Axis,
    Bar,
    Mark,
    Whisker,
    contribution_bars,
    linear_axis,
    log_axis,
    plot_mark,
    position,
    score_bar,
    score_range,
    stacked,
    whisker,
)

Quantity = tuple[float | None, float | None, bool]

FACTORS = log_axis([1, 100])
WEEKS = linear_axis([2, 4, 8])


def ticks(axis: Axis) -> list[float]:
    return [tick.value for tick in axis.ticks]


def texts(value: object) -> list[str]:
    """All texts inside nested tuples."""
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_a_score_fills_its_tenth_of_the_bar() -> None:
    assert [score_bar(score) for score in (0, 6.98, 10)] == ["0.00", "69.80", "100.00"]


def test_a_score_range_reaches_from_low_to_high() -> None:
    assert score_range(6.941, 7.529) == Bar("69.41", "5.88")
    assert score_range(5, 5) == Bar("50.00", "0.00")
    assert score_range(0, 10) == Bar("0.00", "100.00")


@pytest.mark.parametrize("score", [-0.1, 10.1, math.nan, math.inf])
def test_a_score_outside_its_scale_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="not a score from 0 to 10"):
        score_bar(score)
    with pytest.raises(ValueError, match=r"not a score|backwards"):
        score_range(score, 10)


def test_a_score_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="backwards"):
        score_range(7, 6)


def test_contributions_to_the_left_are_negative_and_the_largest_fills_its_half() -> None:
    assert contribution_bars([-1.2, 0.6, 0, -0.4]) == [
        Bar("0.00", "50.00"),
        Bar("50.00", "25.00"),
        Bar("50.00", "0.00"),
        Bar("33.33", "16.67"),
    ]


def test_contributions_that_are_all_zero_have_no_width() -> None:
    assert contribution_bars([0, -0.0]) == [Bar("50.00", "0.00")] * 2
    assert contribution_bars([]) == []


def test_every_contribution_bar_touches_the_spine() -> None:
    for bar in contribution_bars([value / 7 for value in range(-20, 21)]):
        left, width = float(bar.x), float(bar.width)
        assert left == 50 or left + width == pytest.approx(50, abs=1e-9)


def test_an_endless_contribution_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        contribution_bars([1, math.inf])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([1.57, 100], [1, 2, 5, 10, 20, 50, 100], id="two-decades"),
        pytest.param([35, 83, 140], [20, 50, 100, 200], id="under-one-decade"),
        pytest.param([300, 100_000], [1000, 10_000, 100_000], id="wide-shows-decades"),
        pytest.param([0.03, 0.2], [0.02, 0.05, 0.1, 0.2], id="below-one"),
        pytest.param([3], [2, 5], id="one-value-between-steps"),
        pytest.param([5], [2, 5, 10], id="one-value-on-a-step"),
        pytest.param([1000, 1000], [500, 1000, 2000], id="equal-values"),
        pytest.param([None, 20, None], [10, 20, 50], id="open-ends-are-passed-over"),
    ],
)
def test_a_log_axis_has_ticks_at_one_two_five(
    values: list[float | None], expected: list[float]
) -> None:
    assert ticks(log_axis(values)) == expected


def test_a_wide_log_axis_still_holds_its_lowest_number() -> None:
    axis = log_axis([100_000, 300])
    assert (axis.low, axis.high) == (200, 100_000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([2, 4, 8], [0, 2, 4, 6, 8], id="weeks"),
        pytest.param([1000, 12_000, 20_000], [0, 5000, 10_000, 15_000, 20_000], id="money"),
        pytest.param([0.3], [0, 0.1, 0.2, 0.3], id="tenths-stay-tenths"),
        pytest.param([12, None], [0, 5, 10, 15], id="rounded-up"),
        pytest.param([1], [0, 0.2, 0.4, 0.6, 0.8, 1], id="one"),
        pytest.param([0, 0], [0, 0.2, 0.4, 0.6, 0.8, 1], id="all-zero"),
    ],
)
def test_a_linear_axis_starts_at_zero(values: list[float | None], expected: list[float]) -> None:
    assert ticks(linear_axis(values)) == expected


@pytest.mark.parametrize("axis", [FACTORS, WEEKS, log_axis([7]), linear_axis([0.07])])
def test_an_axis_runs_from_three_to_ninety_seven_percent(axis: Axis) -> None:
    assert (axis.ticks[0].x, axis.ticks[-1].x) == ("3.00", "97.00")
    assert (position(axis, axis.low), position(axis, axis.high)) == ("3.00", "97.00")


@pytest.mark.parametrize("digits", [1, 1.001, 1.999, 2, 3, 4.999, 5, 5.001, 9.999])
def test_an_axis_holds_the_numbers_it_was_made_for(digits: float) -> None:
    for value in (digits * 10.0**exponent for exponent in range(-12, 16)):
        for axis in (log_axis([value]), log_axis([value, value * 30]), linear_axis([value])):
            assert axis.low <= value <= axis.high
            assert 3 <= float(position(axis, value)) <= 97
            assert 2 <= len(axis.ticks) <= 7


@pytest.mark.parametrize("value", [0, -3])
def test_a_log_axis_refuses_zero_and_below_in_words(value: float) -> None:
    with pytest.raises(ValueError, match=f"{value} has no place on a logarithmic axis"):
        log_axis([5, value])


def test_an_axis_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(ValueError, match="-1 has no place on an axis that starts at 0"):
        linear_axis([-1, 3])
    for axis in (log_axis, linear_axis):
        with pytest.raises(ValueError, match="at least one number"):
            axis([None])
        with pytest.raises(ValueError, match="cannot be drawn"):
            axis([1, math.inf])
        with pytest.raises(ValueError, match="cannot be drawn"):
            axis([math.nan])


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(
            (2.57, 2.57, False), Mark("point", "22.27", "22.27", "0.00", False), id="point"
        ),
        pytest.param(
            (2.57, None, False), Mark("point", "22.27", "22.27", "0.00", False), id="one-end-given"
        ),
        pytest.param((3, 5, False), Mark("range", "25.42", "35.85", "10.43", False), id="range"),
        pytest.param(
            (2.5, 20, True), Mark("range", "21.70", "64.15", "42.45", True), id="open-range"
        ),
        pytest.param(
            (10, None, True), Mark("lower-bound", "50.00", "50.00", "0.00", True), id="or-more"
        ),
        pytest.param(
            (10, 10, True), Mark("lower-bound", "50.00", "50.00", "0.00", True), id="equal-or-more"
        ),
        pytest.param(
            (None, 10, False), Mark("upper-bound", "50.00", "50.00", "0.00", True), id="up-to"
        ),
    ],
)
def test_a_quantity_is_drawn_as_what_it_is(quantity: Quantity, expected: Mark) -> None:
    assert plot_mark(FACTORS, *quantity) == expected


def test_a_zero_stands_at_the_start_of_a_linear_axis() -> None:
    assert plot_mark(WEEKS, 0, 4).x == "3.00"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        pytest.param(0.5, 5, "0.5 is not on the axis from 1 to 100", id="below"),
        pytest.param(5, 200, "200 is not on the axis from 1 to 100", id="above"),
        pytest.param(0, 5, "0 is not on the axis", id="zero-on-a-log-axis"),
        pytest.param(-1, None, "-1 is not on the axis", id="negative"),
        pytest.param(math.nan, None, "nan is not on the axis", id="not-a-number"),
        pytest.param(5, 3, "runs backwards", id="backwards"),
        pytest.param(None, None, "without a value", id="verbal-only"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_not_moved(
    low: float | None,
    high: float | None,
    words: str,
) -> None:
    with pytest.raises(ValueError, match=words):
        plot_mark(FACTORS, low, high)


def test_a_whisker_runs_between_two_values() -> None:
    assert whisker(WEEKS, 2, 4) == Whisker("26.50", "50.00")
    assert whisker(WEEKS, 2, 2) == Whisker("26.50", "26.50")
    with pytest.raises(ValueError, match="runs backwards"):
        whisker(WEEKS, 4, 2)
    with pytest.raises(ValueError, match="not on the axis"):
        whisker(WEEKS, 2, 9)


def test_a_range_ends_exactly_where_a_point_of_its_upper_value_stands() -> None:
    for low, high in [(1.5, 3), (2.5, 20), (1, 100), (7, 7.001)]:
        mark = plot_mark(FACTORS, low, high)
        assert mark.end == plot_mark(FACTORS, high, None).x
        assert float(mark.x) + float(mark.width) == pytest.approx(float(mark.end), abs=1e-9)


def test_coordinates_are_plain_decimals_without_a_comma() -> None:
    wide = log_axis([1e-3, 1e9])
    drawn = (
        score_bar(1 / 3),
        tuple(score_range(1, 2)),
        tuple(tuple(bar) for bar in contribution_bars([-1e9, 1e-12, 5e8])),
        tuple(tick.x for axis in (wide, WEEKS) for tick in axis.ticks),
        astuple(plot_mark(wide, 1234.5, 1_000_000, open_ended=True))[1:],
        astuple(whisker(wide, 1000, 2000)),
    )
    assert len(texts(drawn)) > 20
    for text in texts(drawn):
        whole, dot, decimals = text.partition(".")
        assert dot == "."
        assert whole.isascii()
        assert whole.isdigit()
        assert len(decimals) == 2
        assert decimals.isdigit()


def test_stacked_bars_begin_where_the_one_before_ends() -> None:
    axis = linear_axis([20])
    bars = stacked(axis, [5, 0, 10])
    assert [(bar.x, bar.width) for bar in bars] == [
        ("3.00", "23.50"),
        ("26.50", "0.00"),
        ("26.50", "47.00"),
    ]


def test_a_stack_higher_than_its_axis_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the axis"):
        stacked(linear_axis([20]), [15, 6])
