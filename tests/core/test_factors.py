"""How many times one option is ahead: pairs of one run, claims of the sources that count."""

import pytest

from comparison.core.document.schema import Document
from comparison.core.factors import Subject, factors
from tests import worlds

OPTIONS = ("ada", "bob", "cyd")


def number(low, unit="ms", **more):
    return {"spelling": f"{low:,}", "low": low, "unit": unit} | more


def figure(option, low, metric="latency", **more):
    unit = {"latency": "ms", "throughput": "requests/s", "memory": "MB"}[metric]
    return {
        "slug": f"{option}-{metric}",
        "option": option,
        "metric": metric,
        "quantity": number(low, unit),
        "place": "Line 3",
    } | more


def run(slug, *figures, source="first"):
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": slug,
        "figures": list(figures),
    }


def claim(kind="ratio-range", source="first", **more):
    stated = {"spelling": "3-5x", "form": "range", "low": 3, "high": 5, "unit": "x"}
    return {
        "slug": f"claim-{kind}-{source}",
        "source": source,
        "kind": kind,
        "statement": "Faster.",
        "stated": stated,
        "place": "Line 9",
    } | more


def world(*runs, claims=None):
    derived = [claim()] if claims is None else list(claims)
    tree = worlds.tiny_tree(runs=list(runs), derived_figures=derived)
    return Document.model_validate(tree)


def only(document, **more):
    (one,) = factors(document, OPTIONS, **more)
    return one


RATES_AND_TIMES = run(
    "a",
    figure("ada", 2000, "throughput"),
    figure("bob", 500, "throughput"),
    figure("ada", 40),
    figure("bob", 100),
)


def test_more_answers_and_less_time_are_both_faster():
    one = only(world(RATES_AND_TIMES))
    assert (one.subject, one.ahead, one.behind) == (Subject.SPEED, "ada", "bob")
    assert [pair.factor for pair in one.pairs] == [4, 2.5]


def test_factors_are_of_the_option_that_is_ahead_more_often():
    slow, slower = (run(slug, figure("ada", 80), figure("bob", 20)) for slug in "bc")
    one = only(world(RATES_AND_TIMES, slow, slower, run("d", figure("ada", 90), figure("bob", 30))))
    assert (one.ahead, one.behind) == ("bob", "ada")
    assert [pair.factor for pair in one.pairs] == pytest.approx([0.25, 0.4, 4, 4, 3])


def test_nothing_is_divided_across_runs():
    apart = run("a", figure("ada", 2000, "throughput")), run("b", figure("bob", 500, "throughput"))
    assert factors(world(*apart), OPTIONS) == ()


def test_of_several_subjects_none_makes_a_pair():
    twice = run("a", *RATES_AND_TIMES["figures"], figure("bob", 50, slug="again", subject="Other"))
    assert [pair.metric.value for pair in only(world(twice)).pairs] == ["throughput"]


def test_without_a_claim_there_is_no_question():
    assert factors(world(RATES_AND_TIMES, claims=()), OPTIONS) == ()


def test_a_source_that_is_left_out_claims_nothing_and_measures_nothing():
    second = claim(source="second")
    document = world(
        RATES_AND_TIMES,
        run("b", figure("ada", 10), figure("bob", 60), source="second"),
        claims=(claim(), second),
    )
    one = only(document, distrust={"first"})
    assert [claimed.derived.source for claimed in one.claims] == ["second"]
    assert [pair.factor for pair in one.pairs] == [6]
    assert factors(document, OPTIONS, distrust={"first", "second"}) == ()


def test_options_that_are_not_compared_have_no_factor():
    assert factors(world(RATES_AND_TIMES), ("ada", "cyd")) == ()


def test_a_percentage_less_is_a_factor_too_and_ranges_come_first():
    # 60 % less than 100 ms is 40 ms, and 100 / 40 = 2.5
    less = claim("percent-less", stated=number(60, "%"), figures=["a/bob-latency", "a/ada-latency"])
    one = only(world(RATES_AND_TIMES, claims=(less, claim())))
    assert [(claimed.derived.kind.value, claimed.low, claimed.high) for claimed in one.claims] == [
        ("ratio-range", 3, 5),
        ("percent-less", pytest.approx(2.5), pytest.approx(2.5)),
    ]


def test_a_hundred_percent_less_is_no_factor():
    less = claim(
        "percent-less", stated=number(100, "%"), figures=["a/bob-latency", "a/ada-latency"]
    )
    one = only(world(RATES_AND_TIMES, claims=(claim(), less)))
    assert (one.claims[1].low, one.claims[1].high) == (None, None)


def test_memory_is_a_question_of_its_own():
    heavy = run("m", figure("ada", 300, "memory"), figure("bob", 100, "memory"))
    ratio = claim("ratio", stated=number(3, "x"), figures=["m/ada-memory", "m/bob-memory"])
    one = only(world(RATES_AND_TIMES, heavy, claims=(ratio,)))
    assert (one.subject, one.ahead, [pair.factor for pair in one.pairs]) == (
        Subject.MEMORY,
        "bob",
        [3],
    )


def test_the_real_pairs_span_another_range_than_the_one_that_is_claimed():
    document = worlds.content("fastapi-vs-django")
    (one,) = factors(document, [option.slug for option in document.options])
    spans = sorted(pair.factor for pair in one.pairs)
    assert (one.ahead, one.behind, len(spans)) == ("fastapi", "django", 7)
    assert (spans[0], spans[-1]) == (pytest.approx(298 / 156), pytest.approx(4.8 / 1.2))
    assert [claimed.derived.stated.spelling for claimed in one.claims] == ["3-5x", "2.37x", "57%"]
