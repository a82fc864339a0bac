"""Ratios, sums and counts that a source states, worked out again from its own figures."""

import pytest

from comparison.core.consistency import Recomputed, Rule, objections
from tests.figures import (
    WORDS,
    announced,
    at_least,
    between,
    billed,
    computed,
    found_again,
    number,
    only,
    rules_in,
)

# --- a ratio, percentage or sum of figures --------------------------------------------------------


def test_a_ratio_that_its_figures_do_not_give_is_objected_to():
    objection = only(computed("ratio", number(2.5, "x", spelling="2.5x faster")))
    assert (objection.rule, objection.source, objection.subject) == (
        Rule.DERIVED,
        "first",
        ("derived_figures", "said"),
    )
    assert (objection.place, objection.stated, objection.unit, objection.options) == (
        "Line 9",
        "2.5x faster",
        "×",
        (),
    )
    assert objection.numbers == pytest.approx((2.3714,), abs=1e-4)


@pytest.mark.parametrize(
    ("kind", "low", "agrees"),
    [
        pytest.param("ratio", 2.37, True, id="2.3714 cut off"),
        pytest.param("ratio", 2.38, True, id="2.3714 rounded up"),
        pytest.param("ratio", 2.4, True, id="one decimal, rounded"),
        pytest.param("ratio", 2.3, True, id="one decimal, cut off"),
        pytest.param("ratio", 2, True, id="no decimal"),
        pytest.param("ratio", 3, True, id="no decimal, rounded up"),
        pytest.param("ratio", 2.36, False, id="one hundredth too few"),
        pytest.param("ratio", 2.39, False, id="one hundredth too many"),
        pytest.param("ratio", 2.2, False, id="one tenth too few"),
        pytest.param("ratio", 4, False, id="one too many"),
        pytest.param("percent-less", 57, True, id="57.8 percent cut off"),
        pytest.param("percent-less", 58, True, id="57.8 percent rounded"),
        pytest.param("percent-less", 56, False, id="one percent too few"),
        pytest.param("percent-less", 59, False, id="one percent too many"),
        pytest.param("percent-less", 137, False, id="percent more instead of less"),
        pytest.param("total", 118, True, id="sum"),
        pytest.param("total", 117.5, False, id="sum, off by more than its last digit"),
        pytest.param("total", 119, False, id="sum, one off"),
    ],
)
def test_rounding_and_cutting_off_are_both_allowed(kind, low, agrees):
    document = computed(kind, number(low, "x"))
    assert found_again(document).agrees is agrees
    assert rules_in(document) == ([] if agrees else [Rule.DERIVED])


def test_the_order_of_the_figures_does_not_matter():
    swapped = computed("ratio", number(2.37, "x"), number(35), number(83))
    assert found_again(swapped) == found_again(computed("ratio", number(2.37, "x")))


@pytest.mark.parametrize("kind", ["ratio", "percent-less", "total"])
def test_a_derived_figure_in_words_is_computed_but_not_objected_to(kind):
    document = computed(kind, WORDS)
    assert found_again(document).agrees in (None, True)
    assert objections(document) == ()


@pytest.mark.parametrize("kind", ["ratio", "percent-less"])
def test_one_figure_alone_gives_no_ratio(kind):
    document = computed(kind, number(99, "x"), names=["round/ada-latency-mean"])
    assert (found_again(document), objections(document)) == (Recomputed(), ())


@pytest.mark.parametrize("kind", ["ratio", "percent-less", "total"])
def test_without_figures_there_is_nothing_to_compute(kind):
    document = computed(kind, number(99, "x"), names=[])
    assert (found_again(document), objections(document)) == (Recomputed(), ())


def test_a_figure_in_words_alone_gives_no_ratio():
    document = computed("ratio", number(9, "x"), first=WORDS)
    assert (found_again(document), objections(document)) == (Recomputed(), ())


# --- so many announced ----------------------------------------------------------------------------


@pytest.mark.parametrize("given", [1, 7, 9])
def test_fewer_or_more_than_announced_are_objected_to(given):
    objection = only(announced(number(8, "factors", spelling="eight"), given))
    assert (objection.rule, objection.subject, objection.stated) == (
        Rule.COUNT,
        ("derived_figures", "said"),
        "eight",
    )
    assert (objection.numbers, objection.unit) == ((given,), "factors")


def test_as_many_as_announced_are_not_objected_to():
    document = announced(number(8, "factors"), 8)
    assert found_again(document) == Recomputed((8,), "factors", True)
    assert objections(document) == ()


def test_several_announced_in_words_can_be_any_number():
    document = announced(WORDS, 3)
    assert found_again(document) == Recomputed((3,), "", None)
    assert objections(document) == ()


# --- totals of costs ------------------------------------------------------------------------------


RUPEES = between(3000, 8000, "INR"), between(2000, 5000, "INR"), between(1000, 3000, "INR")


def test_a_total_that_its_lines_do_not_give_is_objected_to():
    objection = only(billed(*RUPEES, total=between(6000, 15_000, "INR", spelling="₹6,000-15,000")))
    assert (objection.rule, objection.source, objection.subject) == (
        Rule.TOTAL,
        "first",
        ("costs", "total"),
    )
    assert (objection.stated, objection.place, objection.options) == (
        "₹6,000-15,000",
        "Last",
        ("ada",),
    )
    assert (objection.numbers, objection.unit) == ((6000, 16_000), "INR")


@pytest.mark.parametrize(
    ("total", "silent"),
    [
        pytest.param(between(6000, 16_000, "INR"), True, id="the sum"),
        pytest.param(between(6000.4, 15_999.5, "INR"), False, id="off by more than its last digit"),
        pytest.param(between(6001, 16_000, "INR"), False, id="low end one off"),
        pytest.param(between(6000, 15_999, "INR"), False, id="high end one off"),
        pytest.param(number(6000, "INR"), False, id="a point for a range"),
        pytest.param(at_least(7000, "INR"), True, id="at least"),
        pytest.param(WORDS, True, id="words"),
    ],
)
def test_a_total_is_held_against_both_ends_of_the_sum(total, silent):
    assert rules_in(billed(*RUPEES, total=total)) == ([] if silent else [Rule.TOTAL])


def test_plain_numbers_and_ranges_add_up():
    assert objections(billed(number(500, "INR"), RUPEES[0], total=between(3500, 8500, "INR"))) == ()
    assert only(
        billed(number(500, "INR"), number(20, "INR"), total=number(530, "INR"))
    ).numbers == (520, 520)


@pytest.mark.parametrize(
    "unknown",
    [
        WORDS,
        at_least(3000, "INR"),
        {"spelling": "below 9", "form": "at-most", "high": 9, "unit": "INR"},
    ],
    ids=["words", "at least", "at most"],
)
def test_a_line_without_a_number_leaves_the_sum_unknown(unknown):
    assert rules_in(billed(*RUPEES, total=number(1, "INR"))) == [Rule.TOTAL]
    assert objections(billed(*RUPEES, unknown, total=number(1, "INR"))) == ()


def test_a_total_without_lines_is_taken_as_it_is():
    assert objections(billed(total=number(1, "INR"))) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"source": "second"},
        {"option": "bob"},
        {"currency": "USD"},
        {"period": "year"},
        {"audience": "large firms"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_only_lines_of_one_bill_are_added_up(other):
    assert objections(billed(*RUPEES, total=number(1, "INR"), **other)) == ()
