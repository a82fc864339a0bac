"""The numbers that a spelling states."""

from comparison.core.spelling.numbers import numbers_of


def test_numbers_are_read_in_their_order():
    assert [set(number.values) for number in numbers_of("5,000-20,000 of 1.2k")] == [
        {5000},
        {20_000},
        {1200},
    ]
