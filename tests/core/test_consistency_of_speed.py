"""What a source says of who is faster, by how much and under which load, held against its own
figures.
"""

import pytest

from comparison.core.consistency import Recomputed, Rule, objections, pair_of, ratio_of
from tests.figures import (
    RATE,
    TIME,
    WORDS,
    at_least,
    between,
    figure,
    found_again,
    headlined,
    number,
    only,
    overtaken,
    pair,
    rate,
    rules_in,
    run,
    under_way,
)

# --- a headline range and the source's own pairs --------------------------------------------------


def test_a_range_that_the_sources_own_pairs_leave_is_objected_to():
    objection = only(headlined(pair(10, 40), pair(90, 45, slug="second-round")))
    assert (objection.rule, objection.subject, objection.stated) == (
        Rule.PAIRS,
        ("derived_figures", "said"),
        "3-5",
    )
    assert (objection.numbers, objection.unit, objection.place) == ((2, 4), "×", "Line 9")


@pytest.mark.parametrize(
    ("second", "agrees"),
    [(40, True), (30, True), (50, True), (29, True), (51, True), (24, False), (56, False)],
    ids=[
        "inside",
        "lower end",
        "upper end",
        "rounds up to it",
        "rounds down to it",
        "below",
        "above",
    ],
)
def test_both_ends_of_the_range_belong_to_it(second, agrees):
    document = headlined(pair(10, second))
    assert found_again(document).agrees is agrees
    assert rules_in(document) == ([] if agrees else [Rule.PAIRS])


def test_pairs_of_another_source_say_nothing_about_this_one():
    document = headlined(pair(10, 90, source="second"))
    assert (found_again(document), objections(document)) == (Recomputed(), ())


def test_memory_is_no_speed():
    heavy = run(
        *(
            figure(option, number(low, "MB"), metric="memory")
            for option, low in (("ada", 10), ("bob", 90))
        )
    )
    assert found_again(headlined(heavy)) == Recomputed()
    assert found_again(headlined(heavy, pair(10, 40, slug="second-round"))).numbers == (4, 4)


def test_rates_and_times_of_one_run_are_two_pairs():
    both = run(
        *pair(10, 40)["figures"], rate("ada", number(70, "/s")), rate("bob", number(10, "/s"))
    )
    assert found_again(headlined(both)).numbers == (4, 7)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(between(10, 20), number(90), id="a range"),
        pytest.param(at_least(10), number(90), id="at least"),
        pytest.param(number(10, open_ended=True), number(90), id="open-ended"),
        pytest.param(WORDS, number(90), id="words"),
        pytest.param(number(10, "s"), number(90), id="another unit"),
        pytest.param(number(0), number(90), id="nought"),
    ],
)
def test_a_pair_takes_two_plain_numbers_of_one_unit(first, second):
    document = headlined(run(figure("ada", first), figure("bob", second)))
    figures = document.runs[0].figures
    assert ratio_of(figures[0].quantity, figures[1].quantity) is None
    assert ratio_of(figures[1].quantity, figures[0].quantity) is None
    assert objections(document) == ()


def test_an_approximate_number_is_still_a_plain_one():
    approximate = run(figure("ada", number(10, approximate=True)), figure("bob", number(90)))
    assert rules_in(headlined(approximate)) == [Rule.PAIRS]


def test_a_percentile_beside_a_mean_makes_no_pair_of_its_own():
    beside = run(
        *pair(10, 40)["figures"],
        *(figure(o, number(low), statistic="p95") for o, low in (("ada", 20), ("bob", 180))),
    )
    assert found_again(headlined(beside)).numbers == (4, 4)
    assert found_again(headlined(beside | {"figures": beside["figures"][::-1]})).numbers == (4, 4)
    assert found_again(headlined(beside | {"figures": beside["figures"][2:]})) == Recomputed()


def test_a_mean_and_a_percentile_are_no_pair():
    for statistic in ("p50", "p95", "p99"):
        mixed = run(figure("ada", number(10)), figure("bob", number(90), statistic=statistic))
        assert objections(headlined(mixed)) == ()
        assert pair_of(list(headlined(mixed).runs[0].figures), ("ada", "bob")) is None


def test_where_a_side_has_several_subjects_there_is_no_pair():
    several = run(
        *pair(10, 40)["figures"], figure("bob", number(90), slug="bob-again", subject="the other")
    )
    assert found_again(headlined(several)) == Recomputed()
    assert pair_of(list(headlined(several).runs[0].figures), ("ada", "bob")) is None


def test_a_pair_is_of_the_first_two_options():
    three = run(*pair(10, 40)["figures"], figure("cyd", number(900)))
    assert found_again(headlined(three)).numbers == (4, 4)
    without_bob = run(figure("ada", number(10)), figure("cyd", number(900)))
    assert found_again(headlined(without_bob)) == Recomputed()


@pytest.mark.parametrize(
    "stated", [number(3, "x"), at_least(3, "x"), WORDS], ids=["a point", "at least", "words"]
)
def test_only_a_range_has_two_ends_to_leave(stated):
    document = headlined(pair(10, 90), stated=stated)
    assert (found_again(document), objections(document)) == (Recomputed(), ())


# --- said to be ahead -----------------------------------------------------------------------------


def test_being_ahead_with_the_smaller_number_is_objected_to():
    objection = only(overtaken(number(65_000, "stars", approximate=True), number(74_000, "stars")))
    assert (objection.rule, objection.subject, objection.stated) == (
        Rule.OVERTAKING,
        ("derived_figures", "said"),
        "overtaken",
    )
    assert (objection.numbers, objection.unit, objection.options) == (
        (65_000, 74_000),
        "stars",
        ("ada", "bob"),
    )


def test_being_ahead_with_the_larger_number_is_not_objected_to():
    document = overtaken(number(74_001, "stars"), number(74_000, "stars"))
    assert found_again(document).agrees is True
    assert objections(document) == ()


@pytest.mark.parametrize(
    ("second", "more"),
    [
        pytest.param(number(74, "thousand stars"), {}, id="another unit"),
        pytest.param(number(74_000, "stars"), {"metric": "Downloads"}, id="another metric"),
        pytest.param(WORDS, {}, id="words"),
        pytest.param(
            {"spelling": "up to 74k", "form": "at-most", "high": 74_000, "unit": "stars"},
            {},
            id="at most",
        ),
    ],
)
def test_what_cannot_be_compared_refutes_nothing(second, more):
    document = overtaken(number(65_000, "stars"), second, **more)
    assert (found_again(document), objections(document)) == (Recomputed(), ())


# --- requests under way ---------------------------------------------------------------------------


def test_a_concurrency_that_throughput_times_latency_does_not_give_is_objected_to():
    objection = only(
        under_way(
            rate("ada", number(2847, "requests/s")),
            figure("ada", number(35)),
            concurrency="1,000 at once",
        )
    )
    assert (objection.rule, objection.source, objection.subject) == (
        Rule.CONCURRENCY,
        "first",
        ("runs", "round"),
    )
    assert (objection.stated, objection.place, objection.options) == (
        "1,000 at once",
        "throughput of ada",
        ("ada",),
    )
    assert objection.numbers == pytest.approx((2847, 0.035, 99.645))


@pytest.mark.parametrize(
    ("concurrency", "silent"),
    [
        ("10", True),
        ("20", True),
        ("5", True),
        ("21", False),
        ("4", False),
        ("10,000", False),
        ("c=12", True),
    ],
)
def test_a_factor_of_two_is_still_the_same_concurrency(concurrency, silent):
    document = under_way(rate("ada", RATE), figure("ada", TIME), concurrency=concurrency)
    assert rules_in(document) == ([] if silent else [Rule.CONCURRENCY])


@pytest.mark.parametrize(
    ("low", "unit"), [(0.1, "s"), (100, "ms"), (100_000, "µs"), (100_000, "us")]
)
def test_times_are_taken_in_seconds(low, unit):
    figures = rate("ada", RATE), figure("ada", number(low, unit))
    assert objections(under_way(*figures, concurrency="10")) == ()
    assert only(under_way(*figures)).numbers == pytest.approx((100, 0.1, 10))


def test_a_run_is_objected_to_once_with_the_numbers_of_every_option_that_does_not_fit():
    figures = [
        *(rate(o, RATE) for o in ("ada", "bob", "cyd")),
        *(figure(o, time) for o, time in (("ada", TIME), ("bob", number(9_000)), ("cyd", TIME))),
    ]
    objection = only(under_way(*figures, concurrency="900"))
    assert objection.options == ("ada", "cyd")
    assert objection.numbers == pytest.approx((100, 0.1, 10, 100, 0.1, 10))


@pytest.mark.parametrize("statistic", ["p50", "p95", "p99", "not-given"])
def test_littles_law_takes_means_only(statistic):
    tail = figure("ada", number(100), statistic=statistic)
    assert objections(under_way(rate("ada", RATE), tail)) == ()
    assert objections(under_way(rate("ada", RATE), tail, figure("ada", number(1000)))) == ()
    assert objections(under_way(rate("ada", RATE), figure("ada", number(1000)), tail)) == ()


@pytest.mark.parametrize(
    ("throughput", "latency"),
    [
        pytest.param(None, TIME, id="no rate"),
        pytest.param(RATE, None, id="no time"),
        pytest.param(WORDS, TIME, id="a rate in words"),
        pytest.param(RATE, WORDS, id="a time in words, without unit"),
        pytest.param(at_least(100, "requests/s"), TIME, id="at least so many"),
        pytest.param(between(100, 200, "requests/s"), TIME, id="a range of rates"),
        pytest.param(RATE, between(100, 200), id="a range of times"),
        pytest.param(number(100, "requests/min"), TIME, id="a rate not by the second"),
        pytest.param(RATE, number(100, "ticks"), id="a time in no known unit"),
        pytest.param(number(0, "requests/s"), TIME, id="nought"),
    ],
)
def test_what_is_no_plain_rate_and_time_says_nothing_about_concurrency(throughput, latency):
    figures = [rate("ada", throughput)] if throughput else []
    assert objections(under_way(*figures, *([figure("ada", latency)] if latency else []))) == ()


@pytest.mark.parametrize("concurrency", [None, "many at once", "0"])
def test_a_concurrency_without_number_contradicts_nothing(concurrency):
    assert (
        objections(under_way(rate("ada", RATE), figure("ada", TIME), concurrency=concurrency)) == ()
    )
