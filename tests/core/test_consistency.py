"""What a source's own numbers say against it: each rule objects where both cannot be right, and is
silent everywhere else.
"""

import pytest

from comparison.core.consistency import Recomputed, Rule, objections, pair_of, ratio_of, recompute
from comparison.core.document.schema import Document
from tests import worlds


def world(**changes):
    return Document.model_validate(worlds.tiny_tree(**({"runs": []} | changes)))


def number(low, unit="ms", **more):
    return {"spelling": f"{low:,}", "low": low, "unit": unit} | more


def between(low, high, unit="ms", **more):
    return {
        "spelling": f"{low}-{high}",
        "form": "range",
        "low": low,
        "high": high,
        "unit": unit,
    } | more


def at_least(low, unit="ms"):
    return {"spelling": f"{low}+", "form": "at-least", "low": low, "unit": unit}


WORDS = {"spelling": "a great many", "form": "verbal"}


def figure(option, quantity, *, metric="latency", statistic="mean", **more):
    base = {
        "slug": f"{option}-{metric}-{statistic}",
        "option": option,
        "metric": metric,
        "statistic": statistic,
    }
    return base | {"quantity": quantity, "place": f"{metric} of {option}"} | more


def rate(option, quantity, **more):
    return figure(option, quantity, metric="throughput", statistic="not-given", **more)


def run(*figures, slug="round", source="first", **more):
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": "A walk",
        "figures": list(figures),
    } | more


def derived(kind, stated, **more):
    base = {
        "slug": "said",
        "source": "first",
        "kind": kind,
        "statement": "Said.",
        "stated": stated,
        "place": "Line 9",
    }
    return base | more


def rules_in(document):
    return [objection.rule for objection in objections(document)]


def only(document):
    (objection,) = objections(document)
    return objection


def found_again(document):
    return recompute(document, document.derived_figures[0])


def test_a_source_that_never_contradicts_itself_meets_no_objection():
    assert objections(worlds.tiny()) == ()


def test_objections_stand_in_the_order_of_the_documents_lists():
    assert [(objection.rule, objection.subject) for objection in objections(worlds.full())] == [
        (Rule.COUNT, ("derived_figures", "eight")),
        (Rule.OVERTAKING, ("derived_figures", "ahead")),
        (Rule.HEADING, ("runs", "agency-again")),
    ]


# --- a ratio, percentage or sum of figures --------------------------------------------------------


def computed(
    kind,
    stated,
    first=None,
    second=None,
    names=("round/ada-latency-mean", "round/bob-latency-mean"),
):
    """Return a world in which a source takes 83 and 35 ms, or two other quantities, and says what
    it computed from them.
    """
    figures = figure("ada", first or number(83)), figure("bob", second or number(35))
    return world(runs=[run(*figures)], derived_figures=[derived(kind, stated, figures=list(names))])


def test_a_ratio_that_its_figures_do_not_give_is_objected_to():
    found = only(computed("ratio", number(2.5, "x", spelling="2.5x faster")))
    assert (found.rule, found.source, found.subject) == (
        Rule.DERIVED,
        "first",
        ("derived_figures", "said"),
    )
    assert (found.place, found.stated, found.unit, found.options) == (
        "Line 9",
        "2.5x faster",
        "×",
        (),
    )
    assert found.numbers == pytest.approx((2.3714,), abs=1e-4)


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


# --- a headline range and the source's own pairs --------------------------------------------------


def headlined(*runs, stated=None, **changes):
    """Return a world in which a source promises 3-5x, or something else, above its runs."""
    return world(
        runs=list(runs),
        derived_figures=[derived("ratio-range", stated or between(3, 5, "x"))],
        **changes,
    )


def pair(first, second, slug="round", **more):
    return run(figure("ada", number(first)), figure("bob", number(second)), slug=slug, **more)


def test_a_range_that_the_sources_own_pairs_leave_is_objected_to():
    found = only(headlined(pair(10, 40), pair(90, 45, slug="second-round")))
    assert (found.rule, found.subject, found.stated) == (
        Rule.PAIRS,
        ("derived_figures", "said"),
        "3-5",
    )
    assert (found.numbers, found.unit, found.place) == ((2, 4), "×", "Line 9")


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


# --- so many announced ----------------------------------------------------------------------------


def announced(stated, given):
    points = [
        {
            "slug": f"p{at}",
            "source": "first",
            "place": f"Line {at}",
            "topic": "practice",
            "text": "Mind it.",
        }
        for at in range(given)
    ]
    return world(
        points=points,
        derived_figures=[derived("count", stated, points=[point["slug"] for point in points])],
    )


@pytest.mark.parametrize("given", [1, 7, 9])
def test_fewer_or_more_than_announced_are_objected_to(given):
    found = only(announced(number(8, "factors", spelling="eight"), given))
    assert (found.rule, found.subject, found.stated) == (
        Rule.COUNT,
        ("derived_figures", "said"),
        "eight",
    )
    assert (found.numbers, found.unit) == ((given,), "factors")


def test_as_many_as_announced_are_not_objected_to():
    document = announced(number(8, "factors"), 8)
    assert found_again(document) == Recomputed((8,), "factors", True)
    assert objections(document) == ()


def test_several_announced_in_words_can_be_any_number():
    document = announced(WORDS, 3)
    assert found_again(document) == Recomputed((3,), "", None)
    assert objections(document) == ()


# --- said to be ahead -----------------------------------------------------------------------------


def overtaken(first, second, **more_of_second):
    """Return a world in which Ada is said to have overtaken Bob, with a line of popularity for
    each.
    """
    line = {"source": "first", "place": "Line 8", "metric": "Stars", "as_of": "2023"}
    lines = [
        line | {"slug": "stars-ada", "option": "ada", "quantity": first},
        line | {"slug": "stars-bob", "option": "bob", "quantity": second} | more_of_second,
    ]
    ahead = derived(
        "overtaking",
        {"spelling": "overtaken", "form": "verbal"},
        popularity=["stars-ada", "stars-bob"],
    )
    return world(popularity=lines, derived_figures=[ahead])


def test_being_ahead_with_the_smaller_number_is_objected_to():
    found = only(overtaken(number(65_000, "stars", approximate=True), number(74_000, "stars")))
    assert (found.rule, found.subject, found.stated) == (
        Rule.OVERTAKING,
        ("derived_figures", "said"),
        "overtaken",
    )
    assert (found.numbers, found.unit, found.options) == ((65_000, 74_000), "stars", ("ada", "bob"))


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


# --- totals of costs ------------------------------------------------------------------------------


def billed(*amounts, total=None, **of_total):
    """Return a world with a bill of these lines, in rupees a month, and a total that the source
    states.
    """
    common = {"source": "first", "option": "ada", "currency": "INR", "period": "month"}
    lines = [
        common
        | {"slug": f"line-{at}", "item": f"Line {at}", "amount": amount, "place": f"Row {at}"}
        for at, amount in enumerate(amounts)
    ]
    if total:
        lines.append(
            common
            | {"slug": "total", "item": "Total", "amount": total, "place": "Last", "is_total": True}
            | of_total
        )
    return world(costs=lines)


RUPEES = between(3000, 8000, "INR"), between(2000, 5000, "INR"), between(1000, 3000, "INR")


def test_a_total_that_its_lines_do_not_give_is_objected_to():
    found = only(billed(*RUPEES, total=between(6000, 15_000, "INR", spelling="₹6,000-15,000")))
    assert (found.rule, found.source, found.subject) == (Rule.TOTAL, "first", ("costs", "total"))
    assert (found.stated, found.place, found.options) == ("₹6,000-15,000", "Last", ("ada",))
    assert (found.numbers, found.unit) == ((6000, 16_000), "INR")


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


# --- requests under way ---------------------------------------------------------------------------


def under_way(*figures, concurrency="100 at once"):
    return world(runs=[run(*figures, **({"concurrency": concurrency} if concurrency else {}))])


RATE, TIME = number(100, "requests/s"), number(100)  # ten under way


def test_a_concurrency_that_throughput_times_latency_does_not_give_is_objected_to():
    found = only(
        under_way(
            rate("ada", number(2847, "requests/s")),
            figure("ada", number(35)),
            concurrency="1,000 at once",
        )
    )
    assert (found.rule, found.source, found.subject) == (
        Rule.CONCURRENCY,
        "first",
        ("runs", "round"),
    )
    assert (found.stated, found.place, found.options) == (
        "1,000 at once",
        "throughput of ada",
        ("ada",),
    )
    assert found.numbers == pytest.approx((2847, 0.035, 99.645))


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
    found = only(under_way(*figures, concurrency="900"))
    assert found.options == ("ada", "cyd")
    assert found.numbers == pytest.approx((100, 0.1, 10, 100, 0.1, 10))


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


# --- under another heading ------------------------------------------------------------------------


def test_a_figure_under_a_heading_on_another_metric_is_objected_to():
    found = only(world(runs=[run(rate("ada", RATE, filed_under="latency"), figure("ada", TIME))]))
    assert (found.rule, found.source, found.subject) == (
        Rule.HEADING,
        "first",
        ("runs", "round"),
    )
    assert (found.stated, found.unit, found.numbers) == ("latency", "throughput", ())
    assert (found.place, found.options) == ("throughput of ada", ("ada",))


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
        (found.source, found.subject[1], found.options)
        for found in objections(document)
        if found.rule is rule
    ]


@pytest.mark.parametrize(
    ("rule", "found"),
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
def test_each_rule_objects_to_the_source_that_commits_it(real, rule, found):
    assert of_rule(real, rule) == found


def test_two_sources_have_no_objection_against_them(real):
    against = {found.source for found in objections(real)}
    assert {source.slug for source in real.sources} - against == {"comparison-site", "practitioner"}


def test_what_is_objected_to_says_what_the_sources_own_numbers_give(real):
    numbers = {(found.rule, found.options): found.numbers for found in objections(real)}
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
