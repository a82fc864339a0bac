"""What a source's own numbers say against it: each rule objects where both cannot be right, and is
silent everywhere else.
"""

import pytest

from comparison.core.consistency import Recomputed, Rule, objections, recompute
from tests import worlds
from tests.figures import (
    RATE,
    TIME,
    WORDS,
    announced,
    at_least,
    between,
    billed,
    computed,
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
    world,
)


def test_a_source_that_never_contradicts_itself_meets_no_objection():
    assert objections(worlds.tiny()) == ()


def test_objections_stand_in_the_order_of_the_documents_lists():
    assert [(objection.rule, objection.subject) for objection in objections(worlds.full())] == [
        (Rule.COUNT, ("derived_figures", "eight")),
        (Rule.OVERTAKING, ("derived_figures", "ahead")),
        (Rule.HEADING, ("runs", "agency-again")),
    ]


# --- under another heading ------------------------------------------------------------------------


def test_a_figure_under_a_heading_on_another_metric_is_objected_to():
    objection = only(
        world(runs=[run(rate("ada", RATE, filed_under="latency"), figure("ada", TIME))])
    )
    assert (objection.rule, objection.source, objection.subject) == (
        Rule.HEADING,
        "first",
        ("runs", "round"),
    )
    assert (objection.stated, objection.unit, objection.numbers) == ("latency", "throughput", ())
    assert (objection.place, objection.options) == ("throughput of ada", ("ada",))


def test_figures_under_one_wrong_heading_are_objected_to_once():
    misfiled = [rate(option, RATE, filed_under="latency") for option in ("ada", "bob")]
    assert only(world(runs=[run(*misfiled)])).options == ("ada", "bob")


def test_a_figure_under_its_own_heading_or_none_is_not_objected_to():
    assert (
        objections(
            world(runs=[run(rate("ada", RATE, filed_under="throughput"), figure("ada", TIME))])
        )
        == ()
    )


# --- the real content -----------------------------------------------------------------------------


@pytest.fixture
def real():
    return worlds.content("fastapi-vs-django")


def of_rule(document, rule):
    return [
        (objection.source, objection.subject[1], objection.options)
        for objection in objections(document)
        if objection.rule is rule
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.DERIVED, []),
        (Rule.PAIRS, [("ai-consultancy", "headline-range", ())]),
        (Rule.TOTAL, []),
        (
            Rule.CONCURRENCY,
            [("ai-consultancy", "ai-consultancy-load-test", ("fastapi", "django"))],
        ),
        (Rule.OVERTAKING, [("vibe-connect", "vc-pulled-ahead", ("fastapi", "django"))]),
        (Rule.COUNT, [("capsquery", "cq-eight-factors", ())]),
        (
            Rule.HEADING,
            [
                ("ai-consultancy", "ai-consultancy-headline-concurrent", ("fastapi", "django")),
            ],
        ),
    ],
    ids=lambda value: value.value if isinstance(value, Rule) else "",
)
def test_each_rule_objects_to_the_source_that_commits_it(real, rule, expected):
    assert of_rule(real, rule) == expected


def test_two_sources_have_no_objection_against_them(real):
    against = {objection.source for objection in objections(real)}
    assert {source.slug for source in real.sources} - against == {"comparison-site", "practitioner"}


def test_what_is_objected_to_says_what_the_sources_own_numbers_give(real):
    numbers = {
        (objection.rule, objection.options): objection.numbers for objection in objections(real)
    }
    assert numbers[Rule.PAIRS, ()] == pytest.approx((298 / 156, 4))
    assert numbers[Rule.COUNT, ()] == (5,)
    assert numbers[Rule.OVERTAKING, ("fastapi", "django")] == (65_000, 74_000)
    assert numbers[Rule.CONCURRENCY, ("fastapi", "django")] == pytest.approx(
        (2847, 0.035, 99.645, 1203, 0.083, 99.849)
    )


def test_the_real_sums_and_percentages_agree(real):
    agreeing = [derived.slug for derived in real.derived_figures if recompute(real, derived).agrees]
    assert agreeing == ["throughput-ratio", "response-time-less", "memory-less"]


# --- where both can be right, nothing is objected to ----------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            computed("ratio", at_least(2, "x"), number(83), number(20)),
            id="over 2x, and it is 4.15x",
        ),
        pytest.param(
            computed("ratio", number(4, "x"), at_least(83), number(35)), id="a ratio of 83+ and 35"
        ),
        pytest.param(
            computed("ratio", number(4, "x"), between(83, 140), number(35)),
            id="a ratio of 83-140 and 35",
        ),
        pytest.param(
            computed("ratio", between(2, 5, "x"), number(83), number(20)),
            id="2-5x, and it is 4.15x",
        ),
        pytest.param(announced(at_least(8, "factors"), 9), id="eight or more, and nine are given"),
        pytest.param(
            overtaken(at_least(65_000, "stars"), number(74_000, "stars")),
            id="65,000+ against 74,000",
        ),
        pytest.param(
            headlined(pair(10, 60), stated=between(3, 5, "x", open_ended=True)),
            id="3-5x or more, and it is 6x",
        ),
        pytest.param(
            billed(number(5, "INR", open_ended=True), total=number(9, "INR")),
            id="a line of 5 or more",
        ),
        pytest.param(
            billed(number(9, "INR"), total=number(5, "INR", open_ended=True)),
            id="a total of 5 or more",
        ),
        pytest.param(
            under_way(rate("ada", number(100, "requests/s", open_ended=True)), figure("ada", TIME)),
            id="a rate of 100 or more",
        ),
    ],
)
def test_an_open_ended_quantity_refutes_nothing_that_it_allows(document):
    assert objections(document) == ()


def test_a_sum_with_a_figure_in_words_is_unknown():
    assert objections(computed("total", number(118), second=WORDS)) == ()


def test_figures_of_two_units_have_no_ratio():
    assert (
        found_again(computed("ratio", number(2.37, "x"), number(0.083, "s"), number(35)))
        == Recomputed()
    )


def test_a_printed_nought_is_a_digit():
    assert rules_in(computed("ratio", number(2.0, "x", spelling="2.0x"), number(98))) == [
        Rule.DERIVED
    ]


def test_a_large_number_has_no_more_decimals_than_it_prints():
    assert (
        objections(computed("ratio", number(1_234_567, "x"), number(1_234_567.4), number(1))) == ()
    )


def test_a_concurrency_is_objected_to_where_its_rate_stands():
    heavy = figure("ada", number(90, "MB"), metric="memory")
    assert (
        only(under_way(heavy, rate("ada", RATE), figure("ada", TIME))).place == "throughput of ada"
    )
