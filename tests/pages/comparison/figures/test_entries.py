"""Figures beside each other: a ratio where the circumstances are the same, and none where they are
not; and how they are opened one by one.
"""

import re

import pytest

from comparison.core.document.schema import Quantity
from comparison.pages.comparison.figures.runs import _amount
from tests import worlds
from tests.tools import PROSE, Page, html, publish, words_of

pytestmark = pytest.mark.django_db
RATE, TIME = "requests/s", "ms"


def run_of(slug, source, *figures, **quantities):
    """Return a test of one source. figures: whole ones; quantities: rates by option."""
    rates = [figure(option, quantity) for option, quantity in quantities.items()]
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": f"Run {slug}",
        "figures": [*figures, *rates],
    }


def figure(option, quantity, metric="throughput", statistic="mean", slug="", **more):
    return {
        "slug": slug or f"{option}-{metric}-{statistic}",
        "option": option,
        "metric": metric,
        "statistic": statistic,
        "quantity": quantity,
        "place": "Line 3",
    } | more


def number(low, unit=RATE, **more):
    return {"spelling": f"{low:,}", "low": low, "unit": unit} | more


def shown(*runs, slug="throughput", **changes):
    """Return one figure of the page with all of them."""
    publish(runs=list(runs), **changes)
    return Page(Page(html("/tiny/figures/")).outer(f"fig-{slug}"))


def groups(figure):
    """Return the words of each test."""
    return [words_of(figure.html[e["from"] : e["to"]]) for e in figure.find("tbody")]


def places(figure, kind="claimed"):
    """Return where marks stand, from left to right of the axis."""
    return re.findall(rf'<svg x="([\d.]+)%" y="11"[^>]*>\s*<path\s[^>]*class="{kind}"', figure.html)


# --- numbers and ratios ---------------------------------------------------------------------------


def test_two_plain_numbers_of_one_run_have_a_ratio():
    (words,) = groups(shown(run_of("a", "first", ada=number(2000), bob=number(500))))
    assert "Ada 2,000" in words
    assert "4.00×" in words


def test_numbers_of_two_runs_have_none():
    figure = shown(run_of("a", "first", ada=number(2000)), run_of("b", "second", bob=number(500)))
    assert len(groups(figure)) == 2
    assert "×" not in figure.text
    assert "not ranked against one another" in figure.text


@pytest.mark.parametrize(
    "other",
    [
        {"spelling": "400-600", "form": "range", "low": 400, "high": 600, "unit": RATE},
        {"spelling": "500+", "form": "at-least", "low": 500, "unit": RATE},
        {"spelling": "up to 500", "form": "at-most", "high": 500, "unit": RATE},
        {"spelling": "hundreds", "form": "verbal"},
        number(500, open_ended=True),
    ],
    ids=["range", "lower bound", "upper bound", "words", "open"],
)
def test_a_range_a_bound_and_words_stay_as_the_source_prints_them_without_a_ratio(other):
    (words,) = groups(shown(run_of("a", "first", ada=number(2000), bob=other)))
    assert other["spelling"] in words
    assert "×" not in words


def test_mean_and_percentile_are_not_compared():
    run = run_of(
        "a",
        "first",
        figure("ada", number(20, TIME), "latency"),
        figure("bob", number(80, TIME), "latency", "p95"),
        figure("bob", number(99, TIME), "latency", "p99"),
    )
    (words,) = groups(shown(run, slug="latency"))
    assert "×" not in words
    assert "95th percentile 80" in words
    assert "99th percentile 99" in words


def test_a_95th_percentile_stands_beside_the_mean_of_the_same_subject():
    run = run_of(
        "a",
        "first",
        figure("ada", number(20, TIME), "latency"),
        figure("ada", number(70, TIME), "latency", "p95"),
    )
    page = shown(run, slug="latency")
    assert len(page.find("line", **{"class": "whisker"})) == 1
    assert "Ada 20 95th percentile 70" in groups(page)[0]


def test_every_subject_of_a_run_has_a_line_and_a_mark_and_nobody_a_ratio():
    run = run_of(
        "a",
        "first",
        figure("ada", number(2000)),
        figure("bob", number(100), slug="slow", subject="Bob slow"),
        figure("bob", number(5000), slug="quick", subject="quick as Bob"),
    )
    page = shown(run)
    (words,) = groups(page)
    assert [part in words for part in ("Ada 2,000", "Bob slow 100", "Bob quick as Bob 5,000")] == [
        True
    ] * 3
    assert "×" not in words
    assert len(places(page)) == 3
    assert "Bob has the most in the one test that gives both" in page.text


# --- units ----------------------------------------------------------------------------------------


def test_the_unit_stands_once_and_in_a_cell_only_where_it_is_another_one():
    run = run_of(
        "a",
        "first",
        figure("ada", number(20, TIME), "latency"),
        figure("bob", number(2, "s"), "latency"),
        figure("cyd", number(7, TIME, spelling="7.001ms"), "latency"),
    )
    page = shown(run, slug="latency")
    (words,) = groups(page)
    assert [cell["from"] for cell in page.find("td", **{"class": "number"})]
    assert re.findall(r"(?:Ada|Bob|Cyd) (\S+(?: s)?)", words) == ["20", "2 s", "7.001"]


def test_figures_in_other_units_of_a_kind_share_an_axis():
    times = [number(20, TIME), number(0.02, "s")]
    run = run_of(
        "a", "first", *(figure(o, t, "latency") for o, t in zip(("ada", "bob"), times, strict=True))
    )
    first, second = places(shown(run, slug="latency"))
    assert first == second


def test_what_cannot_be_converted_is_a_figure_of_its_own():
    publish(
        runs=[
            run_of("a", "first", ada=number(2000), bob=number(500)),
            run_of("b", "first", ada=number(7, "messages/s"), bob=number(9, "messages/s")),
        ]
    )
    page = Page(html("/tiny/figures/"))
    assert "Run b" not in words_of(page.outer("fig-throughput"))
    assert words_of(page.outer("fig-throughput-2")).startswith(
        "Which has the highest throughput (messages/s)? Bob has"
    )


def test_search_does_not_repeat_the_unit_of_a_spelling():
    timed = figure("ada", number(8.8, TIME, spelling="8.8ms"), "latency")
    publish(runs=[run_of("a", "first", timed)])
    words = words_of(html("/tiny/search/?find=8.8"))
    assert "8.8ms" in words
    assert "8.8ms ms" not in words


# --- claims and contradictions --------------------------------------------------------------------

CLAIM = {
    "slug": "headline",
    "source": "first",
    "kind": "ratio-range",
    "statement": "Ada is 6-9x faster.",
    "stated": {"spelling": "6-9x", "form": "range", "low": 6, "high": 9, "unit": "x"},
    "place": "Line 9",
}


def claimed(**changes):
    runs = [
        run_of("a", "first", ada=number(2000), bob=number(500)),
        run_of("b", "second", ada=number(3000), bob=number(1000)),
    ]
    return shown(*runs, slug="times", derived_figures=[CLAIM | changes])


def test_a_claimed_factor_is_a_question_with_the_sources_own_pairs_as_its_finding():
    figure = claimed()
    assert "How many times faster is Ada than Bob?" in words_of(figure.html)
    assert "pairs of figures give 3.00 to 4.00 times; they claim 6-9x." in words_of(figure.html)
    claim, first, second = groups(figure)
    assert "Ada is 6-9x faster." in claim
    assert "Run a, throughput: 4.00×" in first
    assert "Run b, throughput: 3.00×" in second


def test_the_shaded_band_spans_the_pairs_and_the_claim_stands_where_it_says():
    figure = claimed()
    (band,) = figure.find("rect", **{"class": "band"})
    (claim,) = figure.find("rect", **{"class": "claimed"})
    pairs = sorted(map(float, places(figure)))
    left, width = (float(band[key].rstrip("%")) for key in ("x", "width"))
    assert [left, left + width] == pytest.approx(pairs, abs=0.02)
    assert float(claim["x"].rstrip("%")) > pairs[-1]  # 6 is right of 4


def test_a_contradiction_stands_at_its_figure_once():
    figure = claimed()
    assert len(figure.find("p", **{"class": "note"})) == 1
    assert "States 6-9x; its own pairs of figures give 4.00× to 4.00×." in groups(figure)[0]


def test_a_run_that_contradicts_itself_says_so_once_for_all_options():
    run = run_of(
        "a",
        "first",
        *(figure(option, number(100), "throughput") for option in ("ada", "bob")),
        *(figure(option, number(100, TIME), "latency") for option in ("ada", "bob")),
    ) | {"concurrency": "500 at once"}
    page = shown(run)
    (note,) = page.find("p", **{"class": "note"})
    assert words_of(page.html[note["from"] : note["to"]]) == (
        "1 Says 500 at once; its own numbers mean about 10 at once (Ada: 100 answers a second at "
        "100 ms each) and 10 (Bob: 100 answers a second at 100 ms each)."
    )
    assert not Page(Page(html("/tiny/figures/")).outer("fig-latency")).find(
        "p", **{"class": "note"}
    )


def test_what_a_source_computed_stands_beside_what_its_figures_give():
    worlds.publish(worlds.full_tree(prose=PROSE))
    words = words_of(Page(html("/full/figures/")).outer("fig-derived"))
    assert "57.8 %" in words
    assert "2.37×" in words
    assert "118" in words


# --- on the comparison's page ---------------------------------------------------------------------


def test_a_distrusted_sources_figures_are_left_out():
    publish()
    assert "The walk" in html("/tiny/")
    assert "The walk" not in html("/tiny/?distrust=first")
    assert "The walk" not in html("/tiny/figures/?distrust=first")


def test_the_first_figure_is_open_and_the_others_bring_their_plot_when_they_are_opened():
    worlds.publish(worlds.full_tree(prose=PROSE))
    page = Page(Page(html("/full/")).outer("figures"))
    assert [e["id"] for e in page.find("figure")] == ["fig-times"]
    folds = page.find("details", **{"class": "fold"})
    slugs = [fold["id"].removeprefix("figure-") for fold in folds]
    assert slugs == ["throughput", "latency", "memory", "derived"]
    whole = Page(html("/full/figures/"))
    for slug, fold in zip(slugs, folds, strict=True):
        assert "open" not in fold
        assert fold["data-hx-get"] == f"/full/-/figure/{slug}/"
        assert f"/full/figures/#fig-{slug}" in [
            e["href"] for e in Page(page.outer(fold["id"])).find("a")
        ]
        region = words_of(html(f"/full/-/figure/{slug}/"))
        assert region in words_of(whole.outer(f"fig-{slug}"))


def test_a_figure_that_is_not_there_is_said_and_the_comparison_shown():
    publish()
    assert "Ada, Bob or Cyd?" in html("/tiny/-/figure/none/")


def test_of_a_long_figure_the_first_tests_are_shown_and_the_others_counted():
    tests = [
        run_of(f"n{place}", "first", ada=number(20), bob=number(10), cyd=number(30))
        for place in range(6)
    ]
    assert len(groups(shown(*tests))) == 6
    first = Page(Page(html("/tiny/")).outer("fig-throughput"))
    assert len(groups(first)) == 4
    assert "2 more tests" in words_of(first.html)


def test_how_figures_are_read_stands_on_their_page():
    publish()
    assert "Nothing was measured by us." in words_of(html("/tiny/figures/"))


def test_without_figures_there_is_no_page_of_them():
    publish(runs=[], derived_figures=[])
    assert "/tiny/figures/" not in html("/tiny/")
    assert "Ada, Bob or Cyd?" in html("/tiny/figures/")


def test_thousands_are_set_apart_however_a_source_prints_them():
    printed = number(51051) | {"spelling": "51051"}
    parts = number(9786.627, unit="ms") | {"spelling": "9786.627ms"}
    (words,) = groups(shown(run_of("a", "first", ada=printed, bob=number(2000.5))))
    assert "Ada 51,051" in words
    assert "Bob 2,000.5" in words
    assert _amount(Quantity.model_validate(parts), "ms") == "9,786.627"


@pytest.mark.parametrize(
    ("spelling", "unit", "amount"),
    [
        ("8.791ms", "ms", "8.791"),
        ("8.791 ms", "ms", "8.791"),
        ("~ 12 ms", "ms", "~ 12"),
        ("8.791", "ms", "8.791"),
        ("8.791ms", "s", "8.791ms"),  # the column is in another unit
        ("8ms to 9ms", "ms", "8ms to 9ms"),  # said twice: left as its source prints it
    ],
)
def test_the_unit_of_a_figure_is_said_once_at_its_head(spelling, unit, amount):
    quantity = Quantity.model_validate(number(8.791, unit="ms") | {"spelling": spelling})
    assert _amount(quantity, unit) == amount
