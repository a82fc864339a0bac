"""A quantity's numbers fit its spelling: another number, form or currency is refused, whatever can be meant is taken."""

import pytest

from comparison.core.spelling.numbers import contradiction, numbers_of

FORMS = {"p": "point", "r": "range", "+": "at-least", "-": "at-most", "v": "verbal"}


def said(spelling, form, low=None, high=None, unit="x", open_ended=False):
    return contradiction(spelling, FORMS[form], low, high, unit, open_ended)


FITS = [
    # as the site's own sources print them
    ("3,000+", "+", 3000),
    ("over 3,000", "+", 3000),
    ("50,000-100,000+", "r", 50_000, 100_000, "requests/s", True),
    ("5,000-20,000", "r", 5000, 20_000),
    ("~20,000+", "+", 20_000),
    ("a few hundred to a couple of thousand", "v", 300, 2000),
    ("2.37x", "p", 2.37),
    ("57%", "p", 57, None, "%"),
    ("3-5x", "r", 3, 5),
    ("eight", "p", 8, None, "factors"),
    ("₹3,000-8,000", "r", 3000, 8000, "INR"),
    ("2-4 weeks", "r", 2, 4, "weeks"),
    ("2 billion+", "+", 2e9, None, "users"),
    ("95 million", "p", 95e6, None, "photos"),
    ("400+ million", "+", 400e6, None, "users"),
    ("pulled ahead", "v"),
    ("around 65,000", "p", 65_000, None, "stars"),
    ("3.13", "p", 13, None, "minor version of Python 3"),
    ("1.016ms", "p", 1.016, None, "ms"),
    ("thousands of dollars", "v"),
    ("2847", "p", 2847),
    ("0", "p", 0, None, "packages"),
    # other ways to write the same
    ("14,999", "p", 14_999),
    ("14 501", "p", 14_501),
    ("14\u202f501", "p", 14_501),
    ("14'501", "p", 14_501),
    ("14.501", "p", 14_501),
    ("1,00,000", "p", 100_000),
    ("1,234.5", "p", 1234.5),
    ("1.234,5", "p", 1234.5),
    ("1,5", "p", 1.5),
    ("1,5 million", "p", 1.5e6),
    ("0,507 ms", "p", 0.507, None, "ms"),
    (".5", "p", 0.5),
    ("1.2k", "p", 1200),
    ("10K req/s", "p", 10_000, None, "requests/s"),
    ("3M", "p", 3e6),
    ("3 M downloads", "p", 3e6),
    ("245 M", "p", 245, None, "MB"),
    ("2bn", "p", 2e9),
    ("4 lakh", "p", 400_000),
    ("1.5 crore", "p", 15e6),
    ("3 hundred thousand", "p", 300_000),
    ("5-20k", "r", 5000, 20_000),
    ("5k to 20k", "r", 5000, 20_000),
    ("5–20 million", "r", 5e6, 20e6),
    ("95 million", "p", 95, None, "million photos"),
    ("12k", "p", 12, None, "k requests"),
    ("1e6", "p", 1e6),
    ("1.2E-3", "p", 0.0012),
    ("10^6", "v"),
    ("1.2 × 10^5", "p", 120_000),
    ("1.2x10⁵", "p", 120_000),
    ("35 ms", "p", 35, None, "ms"),
    ("35 ms", "p", 0.035, None, "s"),
    ("0.5 s", "p", 500, None, "ms"),
    ("1.5 seconds", "p", 1500, None, "ms"),
    ("2 hours", "p", 120, None, "minutes"),
    ("1h 30m", "p", 1.5, None, "hours"),
    ("1 h 30 min", "p", 90, None, "min"),
    ("1:30", "p", 90, None, "s"),
    ("200-300 ms", "r", 0.2, 0.3, "s"),
    ("6 months", "p", 0.5, None, "years"),
    ("1 GB", "p", 1024, None, "MB"),
    ("1.5 GiB", "p", 1536, None, "MiB"),
    ("-5 °C", "p", -5, None, "°C"),
    ("−5", "p", -5),
    ("-10 to -5", "r", -10, -5),
    ("3/4", "p", 0.75),
    ("1 in 5", "p", 20, None, "%"),
    ("57% faster", "p", 1.57),
    ("100 ± 5", "r", 95, 105),
    ("2 x 4 vCPU", "p", 8, None, "vCPU"),
    ("half", "p", 0.5),
    ("twice as fast", "p", 2),
    ("under 10 ms", "-", None, 10, "ms"),
    ("2,000 or more", "+", 2000),
    ("at least 5", "+", 5),
    ("≥ 99.9 %", "+", 99.9, None, "%"),
    ("≤5", "-", None, 5),
    ("<1", "-", None, 1),
    ("up to 74k", "-", None, 74_000),
    ("up to 100", "r", 0, 100),
    ("no more than 5", "-", None, 5),
    ("not less than 5", "+", 5),
    ("2,000+", "p", 2000, None, "x", True),
    ("between 3 and 5", "r", 3, 5),
    ("3 to 5", "r", 3, 5),
    ("3…5", "r", 3, 5),
    ("from $5 to $9", "r", 5, 9, "USD"),
    ("$3,000", "p", 3000, None, "CAD"),
    ("5 of 10", "p", 5),
    ("about twenty-five", "p", 25),
    ("two million", "p", 2e6),
    ("a hundred", "p", 100),
    ("several", "p", 7),
    ("unlimited", "v"),
    ("hundreds", "v", 300),
    ("several 1,000", "p", 5000),
    ("2,000 req/s on 4 vCPU", "p", 2000),
    ("p95 of 120 ms", "p", 120, None, "ms"),
    ("cut from 300 ms to 120 ms", "p", 120, None, "ms"),
    ("2024-01", "p", 2024),
    ("-", "p", 4),
    ("one of the fastest", "v", 9),
    ("a few hundred in version 2", "v", 300),
    ("3,000", "v"),
    ("Python3", "p", 7),
    ("0-60 in 3.2 s", "p", 3.2, None, "s"),
    # in words, in other countries and scripts
    ("one hundred and twenty", "p", 120),
    ("one thousand two hundred", "p", 1200),
    ("two to three weeks", "r", 2, 3, "weeks"),
    ("two or three", "r", 2, 3),
    ("5 to ten", "r", 5, 10),
    ("two thirds", "p", 66.7, None, "%"),
    ("five nines", "p", 99.999, None, "%"),
    ("Free for up to 5 users", "p", 0, None, "USD"),
    ("none (3 optional ones)", "p", 0),
    ("３，０００", "p", 3000),
    ("٣٠٠٠", "p", 3000),
    ("5万", "p", 50_000),
    ("2 млн", "p", 2e6),
    ("३ हज़ार", "p", 3000),
    ("3 Mrd. €", "p", 3e9, None, "EUR"),
    ("₹5L", "p", 500_000, None, "INR"),
    ("€5 (about $6)", "p", 5, None, "EUR"),
    ("$6 (5 €)", "p", 6, None, "USD"),
    ("99 ¢", "p", 0.99, None, "USD"),
    # fractions, powers, times
    ("1/3", "p", 0.33),
    ("1:3", "p", 0.333),
    ("1 in 3", "p", 33.3, None, "%"),
    ("1½ hours", "p", 1.5, None, "hours"),
    ("2 ½", "p", 2.5),
    ("1 1/2", "p", 1.5),
    ("10^6", "p", 1e6),
    ("10⁶", "p", 1e6),
    ("10⁻³", "p", 0.001),
    ("2^10", "p", 1024),
    ("- 5", "p", -5),
    ("1,200¹", "p", 1200),
    ("4096 MB", "p", 4.096, None, "GB RAM"),
    ("1h30", "p", 90, None, "min"),
    ("1min30", "p", 90, None, "s"),
    ("5' 30\"", "p", 330, None, "s"),
    ("1:02:03", "p", 3723, None, "s"),
    ("2..3", "r", 2, 3),
    ("5.2.1", "p", 5.2),
    # in the quantity's unit
    ("up to 1 Gbit/s", "-", None, 1000, "Mbit/s"),
    ("1 Gbps", "p", 1000, None, "Mbps"),
    ("3 GHz", "p", 3000, None, "MHz"),
    ("0.7 mm", "p", 700, None, "µm"),
    ("1.2 kg", "p", 1200, None, "g"),
    ("512 MB", "p", 0.512, None, "GB"),
    ("6 weeks", "p", 1.5, None, "months"),
    ("one week", "p", 7, None, "days"),
    ("1 request/s", "p", 60, None, "requests/min"),
    ("$60/year", "p", 5, None, "USD per month"),
    ("$0.20 per 1M", "p", 200, None, "USD per billion requests"),
    ("0.999", "p", 99.9, None, "%"),
    ("4x", "p", 400, None, "%"),
    ("70-80%", "r", 0.7, 0.8),
    ("15% slower", "p", -15, None, "%"),
]


@pytest.mark.parametrize("case", FITS, ids=lambda case: f"{case[0]} as {case[1:]}")
def test_whatever_a_spelling_can_mean_is_taken(case):
    assert said(*case) is None


CONTRADICTS = [
    ("14,999", "p", 3000, None, "x", False, "low"),
    ("3,000", "p", 3, None, "x", False, "low"),
    ("1.2k", "p", 1.2, None, "x", False, "low"),
    ("3M", "p", 3, None, "downloads", False, "low"),
    ("2 million", "p", 2, None, "users", False, "low"),
    ("4 lakh", "p", 4, None, "INR", False, "low"),
    ("0.7 mm", "p", 70, None, "µm", False, "low"),
    ("1 Gbit/s", "p", 100, None, "Mbit/s", False, "low"),
    ("5 users", "p", 50, None, "g", False, "low"),
    ("6 weeks", "p", 3, None, "months", False, "low"),
    ("6 months", "p", 7, None, "months", False, "low"),
    ("1 request/s", "p", 6, None, "requests/min", False, "low"),
    ("$60/year", "p", 5, None, "USD", False, "low"),
    ("one hundred and twenty", "p", 102, None, "x", False, "low"),
    ("two to three weeks", "p", 2, None, "weeks", False, "form"),
    ("two to three weeks", "r", 2, 4, "weeks", False, "high"),
    ("some 14,999", "p", 3000, None, "x", False, "low"),
    ("14,999 in the free plan", "p", 3000, None, "x", False, "low"),
    ("free up to 100", "-", None, 1000, "x", False, "high"),
    ("３，０００", "p", 3, None, "x", False, "low"),
    ("3 Mrd. €", "p", 3e6, None, "EUR", False, "low"),
    ("1/3", "p", 0.5, None, "x", False, "low"),
    ("10^6", "p", 1e5, None, "x", False, "low"),
    ("1½ hours", "p", 2, None, "hours", False, "low"),
    ("1h30", "p", 80, None, "min", False, "low"),
    ("15% faster", "p", 51, None, "%", False, "low"),
    ("15% slower", "p", -51, None, "%", False, "low"),
    ("0.999", "p", 9.99, None, "%", False, "low"),
    ("€5 (about £4)", "p", 6, None, "USD", False, "unit"),
    ("eight", "p", 9, None, "factors", False, "low"),
    ("~20,000+", "+", 2000, None, "x", False, "low"),
    ("35 ms", "p", 35, None, "s", False, "low"),
    ("0.5 s", "p", 0.5, None, "ms", False, "low"),
    ("200-300 ms", "r", 200, 300, "s", False, "low"),
    ("5-20k", "r", 5000, 20, "x", False, "high"),
    ("3-5x", "r", 3, 50, "x", False, "high"),
    ("5-20", "r", 4, 20, "x", False, "low"),
    ("up to 100", "-", None, 1000, "x", False, "high"),
    ("1e6", "p", 1e5, None, "x", False, "low"),
    ("57%", "p", 75, None, "%", False, "low"),
    ("14 501", "p", 501, None, "x", False, "low"),
    ("14,999", "v", 3000, None, None, False, "low"),
    ("1,5", "p", 15, None, "x", False, "low"),
    ("3-5x", "p", 3, None, "x", False, "form"),
    ("5,000-20,000", "p", 5000, None, "x", False, "form"),
    ("between 3 and 5", "p", 3, None, "x", False, "form"),
    ("₹3,000-8,000", "+", 3000, None, "INR", False, "form"),
    ("3 to 5", "-", None, 5, "x", False, "form"),
    ("from $5 to $9", "p", 5, None, "USD", False, "form"),
    ("~3–5 weeks", "p", 3, None, "weeks", False, "form"),
    ("2,000 or more", "-", None, 2000, "x", False, "form"),
    ("3,000+", "-", None, 3000, "x", False, "form"),
    ("3,000+", "p", 3000, None, "x", False, "form"),
    ("at least 5", "p", 5, None, "x", False, "form"),
    ("under 10 ms", "+", 10, None, "ms", False, "form"),
    ("up to 74k", "p", 74_000, None, "x", False, "form"),
    ("≤ 5", "+", 5, None, "x", False, "form"),
    ("no more than 5", "+", 5, None, "x", False, "form"),
    ("not less than 5", "-", None, 5, "x", False, "form"),
    ("2 billion+", "-", None, 2e9, "users", False, "form"),
    ("$3,000", "p", 3000, None, "INR", False, "unit"),
    ("€5", "p", 5, None, "USD", False, "unit"),
    ("USD 5", "p", 5, None, "EUR", False, "unit"),
]


@pytest.mark.parametrize("case", CONTRADICTS, ids=lambda case: f"{case[0]} as {case[1:]}")
def test_what_contradicts_the_spelling_is_said_of_its_field(case):
    *quantity, field = case
    found = said(*quantity)
    assert found is not None
    assert found[0] == field


def test_the_words_name_both_numbers_and_what_to_do():
    assert said("14,999", "p", 3000) == (
        "low",
        "3,000 is not what the spelling says, which is 14,999: mend the one that is wrong",
    )
    words = "point is not what the spelling says, which is a range, 3 to 5: choose range, with both ends"
    assert said("3-5x", "p", 3) == ("form", words)


def test_numbers_are_read_in_their_order():
    assert [set(number.values) for number in numbers_of("5,000-20,000 of 1.2k")] == [{5000}, {20_000}, {1200}]


@pytest.mark.parametrize(
    "spelling", ["1e400", "1e-400", "10^99", "10⁹⁹⁹⁹", "0^-5", "10⁻", "²", "9" * 300, "1 x 10^99 million", "½½", "1-" * 150]
)
def test_no_spelling_ends_in_an_error(spelling):
    for form in FORMS:
        assert said(spelling, form, 1.0) is None or len(said(spelling, form, 1.0)) == 2
