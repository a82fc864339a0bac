"""The numbers that cells state."""

import pytest

from comparison.core.table.values.amounts import amount_of, rating_of


@pytest.mark.parametrize(
    ("text", "form", "low", "high", "unit"),
    [
        ("12", "point", 12, None, ""),
        ("12,5 ms", "point", 12.5, None, "ms"),
        ("1,234.5 ms", "point", 1234.5, None, "ms"),
        ("10 000 requests", "point", 10_000, None, "requests"),
        ("3k req/s", "point", 3000, None, "req/s"),
        ("1.2M", "point", 1.2e6, None, ""),
        ("512MB", "point", 512, None, "MB"),
        ("5-20k req/s", "range", 5000, 20_000, "req/s"),
        ("$5-10/mo", "range", 5, 10, "$/mo"),
        ("$5 - $10", "range", 5, 10, "$"),
        ("5 ms - 10 ms", "range", 5, 10, "ms"),
        ("5% – 10%", "range", 5, 10, "%"),
        ("0.06 - 11", "range", 0.06, 11, ""),
        ("100+ GB", "at-least", 100, None, "GB"),
        ("from €3 per month", "at-least", 3, None, "€ per month"),
        ("<20ms", "at-most", None, 20, "ms"),
        ("up to 5 users", "at-most", None, 5, "users"),
        ("-3 dB", "point", -3, None, "dB"),
        ("12 ms (p99)", "point", 12, None, "ms"),
        ("57 %", "point", 57, None, "%"),
        ("unlimited", "verbal", None, None, ""),
    ],
)
def test_a_number_a_range_or_a_bound_is_read_with_its_unit(text, form, low, high, unit):
    amount = amount_of(text)
    ends = amount.lows[0] if amount.lows else None, amount.highs[0] if amount.highs else None
    assert (amount.form, *ends, amount.unit) == (form, low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        *("1.2.3", "2021-03-04", "2019/10", "Jan 2020", "v2", "MIT", "3, 7, 12", "yes"),
        *("9e999", "9" * 400, "10⁹⁹⁹"),
        *("Python 3.11", "25MB + 15MB", "10:30", "5 backends: a, b", "1200 of the 5000 rows"),
    ],
)
def test_a_version_a_day_or_a_sentence_is_no_amount(text):
    assert amount_of(text) is None


def test_a_point_between_thousands_is_kept_in_both_meanings():
    assert amount_of("1.500").lows == (1.5, 1500)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("8/10", 8), ("4/5", 8), ("85/100", 8.5), ("★★★☆☆", 6), ("⭐⭐⭐⭐⭐", 10), ("12/10", None)],
)
def test_a_mark_is_read_out_of_ten(text, mark):
    assert rating_of(text) == mark
