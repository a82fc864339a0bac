"""What is shown rounded still adds up."""

import random
from math import fsum

import pytest

from comparison.core.rounding import (
    adding_up,
    lead,
    percent,
    points,
)


@pytest.mark.parametrize(
    ("values", "digits", "shown"),
    [
        ([], 2, []),
        ([1.0], 2, [1.0]),
        ([1 / 3, 1 / 3, 1 / 3], 2, [0.34, 0.33, 0.33]),
        ([0.005, 0.005], 2, [0.01, 0.0]),
        ([2.5, 3.5], 0, [3.0, 3.0]),
        ([-1 / 3, -1 / 3, -1 / 3], 2, [-0.33, -0.33, -0.34]),
        ([0.7, -0.2], 1, [0.7, -0.2]),
        ([0.0111, 0.0149], 2, [0.01, 0.02]),  # the larger remainder is rounded up
        ([0.1, 0.2, 0.3], 1, [0.1, 0.2, 0.3]),
        ([2.675], 2, [2.67]),  # as it is printed, although times 100 it is exactly 267.5
    ],
    ids=lambda value: str(value)[:30],
)
def test_values_are_rounded_so_that_they_add_up(values, digits, shown):
    assert adding_up(values, digits) == shown


def test_the_sum_of_what_is_shown_is_the_sum_as_it_is_shown():
    chance = random.Random(3)
    for _ in range(2000):
        digits = chance.randrange(4)
        values = [chance.uniform(-3, 3) for _ in range(chance.randrange(1, 40))]
        shown = adding_up(values, digits)
        assert f"{fsum(shown):.{digits}f}".lstrip("-") == f"{fsum(values):.{digits}f}".lstrip("-")
        assert all(abs(a - b) < 10**-digits + 1e-9 for a, b in zip(values, shown, strict=True))
        assert all(f"{value:.{digits}f}" == f"{round(value, digits):.{digits}f}" for value in shown)


def test_halves_of_a_digit_are_rounded_as_they_are_printed():
    for hundredths in range(1, 2000):
        value = hundredths / 1000
        assert f"{adding_up([value])[0]:.2f}" == f"{value:.2f}"


@pytest.mark.parametrize(
    ("high", "low", "shown"),
    [
        (7.0, 6.0, ("7.0", "6.0", "1.0", 1)),
        (7.0, 7.0, ("7.0", "7.0", "0.0", 1)),
        (7.04, 7.0, ("7.0", "7.0", "less than 0.1", 1)),
        (7.24, 7.16, ("7.24", "7.16", "0.08", 2)),  # 7.2 and 7.2, and 0.1
        (7.26, 7.14, ("7.26", "7.14", "0.12", 2)),  # 7.3 and 7.1, and 0.1
        (7.06, 7.04, ("7.06", "7.04", "0.02", 2)),  # 7.1 and 7.0, and less than 0.1
        (7.0501, 7.0499, ("7.05", "7.05", "less than 0.01", 2)),
        (7.0634, 6.7267, ("7.06", "6.72", "0.34", 2)),  # 6.73 would be 0.33 apart
        (7 + 1e-10, 7.0, ("7.0", "7.0", "0.0", 1)),
    ],
)
def test_a_lead_can_be_worked_out_again_from_what_is_shown(high, low, shown):
    assert lead(high, low) == shown


def test_the_shown_difference_is_the_difference_of_what_is_shown():
    chance = random.Random(5)
    for _ in range(3000):
        low, high = sorted((chance.uniform(0, 10), chance.uniform(0, 10)))
        shown = lead(high, low)
        margin = 0 if shown.margin.startswith("less") else float(shown.margin)
        assert round(float(shown.high) - float(shown.low), shown.digits) == margin
        assert abs(margin - (high - low)) <= 0.05 + 1e-9
        assert abs(float(shown.high) - high) <= 0.05 + 1e-9
        # a score is rounded for itself wherever one decimal will do, and else by a hundredth
        assert abs(float(shown.low) - low) <= (0.05 if shown.digits == 1 else 0.01) + 1e-9


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.34, "0.3"), (0.06, "0.1"), (0.04, "less than 0.1"), (0.0004, "less than 0.1"), (0, "0.0")],
)
def test_a_lead_never_looks_like_none(value, shown):
    assert points(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "0"),
        (0.004, "less than 1"),
        (0.01, "1"),
        (0.874, "87"),
        (0.994, "99"),
        (0.996, "more than 99"),
        (1 - 1e-12, "100"),
        (1, "100"),
    ],
)
def test_only_all_is_a_hundred_percent_and_only_nothing_is_none(share, shown):
    assert percent(share) == shown
