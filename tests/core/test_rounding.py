"""What is shown rounded still adds up."""

import random
from math import fsum

import pytest

from comparison.core.rounding import (
    adding_up,
    one_decimal,
    percent,
    points,
    two_decimals_where_needed,
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
    ("high", "low", "scores"),
    [
        (7.0, 6.0, ""),
        (7.0, 7.0, ""),
        (7.04, 7.0, ""),  # 7.0 and 7.0, less than 0.1
        (7.24, 7.16, "7.24 to 7.16"),  # 7.2 and 7.2, and 0.1
        (7.26, 7.14, "7.26 to 7.14"),  # 7.3 and 7.1, and 0.1
        (7.06, 7.04, "7.06 to 7.04"),  # 7.1 and 7.0, and less than 0.1
        (7.0634, 6.7267, "7.06 to 6.73"),  # 7.1 and 6.7, and 0.3
        (7 + 1e-10, 7.0, ""),
    ],
)
def test_two_scores_have_two_decimals_where_one_would_belie_their_lead(high, low, scores):
    assert two_decimals_where_needed(high, low) == scores


def test_a_score_is_rounded_for_itself():
    assert [one_decimal(score) for score in (6.86, 7.04, 10, None)] == ["6.9", "7.0", "10.0", ""]


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
