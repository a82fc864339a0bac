"""Figures beside each other: a ratio where the circumstances are the same, and none where they are
not.
"""

import pytest

from comparison.publishing import publish as publishing
from tests import worlds
from tests.tools import (
    PROSE,
    Page,
    html,
    publish,
    words_of,
)

pytestmark = pytest.mark.django_db


def figures(**changes):
    publish(**changes)
    page = Page(html("/tiny/"))
    return [
        words_of(page.html[e["from"] : e["to"]])
        for e in page.find("tr")
        if 'class="reference"' in page.html[e["from"] : e["to"]]
        and 'class="track"' in page.html[e["from"] : e["to"]]
    ]


def run_of(slug, source, **quantities):
    return {
        "slug": slug,
        "source": source,
        "workload": "walk",
        "name": f"Run {slug}",
        "figures": [
            {
                "slug": option,
                "option": option,
                "metric": "throughput",
                "statistic": "mean",
                "quantity": quantity,
                "place": "Line 3",
            }
            for option, quantity in quantities.items()
        ],
    }


def number(low, **more):
    return {"spelling": f"{low:,}", "low": low, "unit": "requests/s"} | more


def test_two_plain_numbers_of_one_run_have_a_ratio():
    (row,) = figures(runs=[run_of("a", "first", ada=number(2000), bob=number(500))])
    assert "2,000" in row
    assert "4.00×" in row


def test_numbers_of_two_runs_have_none():
    rows = figures(
        runs=[run_of("a", "first", ada=number(2000)), run_of("b", "second", bob=number(500))]
    )
    assert len(rows) == 2
    assert not [row for row in rows if "×" in row]
    assert "rows are not ranked against one another" in html("/tiny/")


@pytest.mark.parametrize(
    "other",
    [
        {"spelling": "400-600", "form": "range", "low": 400, "high": 600, "unit": "requests/s"},
        {"spelling": "500+", "form": "at-least", "low": 500, "unit": "requests/s"},
        {"spelling": "up to 500", "form": "at-most", "high": 500, "unit": "requests/s"},
        {"spelling": "hundreds", "form": "verbal"},
        number(500, open_ended=True),
        number(500, unit="requests/min"),
    ],
    ids=["range", "lower bound", "upper bound", "words", "open", "another unit"],
)
def test_a_range_a_bound_and_words_stay_as_the_source_prints_them_without_a_ratio(other):
    (row,) = figures(runs=[run_of("a", "first", ada=number(2000), bob=other)])
    assert other["spelling"] in row
    assert "×" not in row


def test_mean_and_percentile_are_not_compared():
    run = run_of("a", "first", ada=number(20, unit="ms"), bob=number(80, unit="ms"))
    run["figures"][1]["statistic"] = "p95"
    for figure in run["figures"]:
        figure["metric"] = "latency"
    (row,) = figures(runs=[run])
    assert "×" not in row
    assert "95th percentile" in row


def test_a_distrusted_sources_figures_are_left_out():
    publish()
    assert "The walk" in html("/tiny/")
    assert "The walk" not in html("/tiny/?distrust=first")


def test_what_a_source_computed_stands_beside_what_its_figures_give():
    publishing.publish(worlds.draft(worlds.full_tree(prose=PROSE)), "eve", "Now.")
    words = words_of(Page(html("/full/")).outer("fig-derived"))
    assert "57.8 %" in words
    assert "2.37×" in words
    assert "118" in words
