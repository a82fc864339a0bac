"""What is shown rounded still adds up."""

import random
from math import fsum

import pytest

from comparison.core.rounding import adding_up, digits_that_agree


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
    ("high", "low", "digits"),
    [
        (7.0, 6.0, 1),
        (7.0, 7.0, 1),
        (7.04, 7.0, 2),  # one digit would show them equal
        (7.24, 7.16, 2),  # 7.2 and 7.2
        (7.26, 7.14, 2),  # 7.3 and 7.1 would be 0.2 apart, and they are 0.12
        (7.001, 7.0, 3),
        (7.00001, 7.0, 4),
    ],
)
def test_scores_get_as_many_digits_as_their_difference_needs(high, low, digits):
    assert digits_that_agree(high, low) == digits


def test_the_shown_difference_is_the_difference_of_what_is_shown():
    chance = random.Random(5)
    for _ in range(3000):
        low, high = sorted((round(chance.uniform(0, 10), 3), round(chance.uniform(0, 10), 3)))
        digits = digits_that_agree(high, low)
        if digits < 4:
            assert f"{round(high, digits) - round(low, digits):.{digits}f}" == f"{high - low:.{digits}f}"
            assert high == low or round(high, digits) != round(low, digits)
