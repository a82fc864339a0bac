"""No overall score passes the ends of the scale, where floating point would: a chart refuses what
does not fit its axis.
"""

from itertools import product
from math import fsum

import pytest

from comparison.core.decision import build, decide
from tests import worlds
from tests.tools import html, results
from tests.worlds.score_rows import world

TENTHS = (0.1, 0.1, 0.7)  # importances: tens on all three add up to more than 10 times their sum
# importances: with a 10 on the first and gaps on the others, 10/13 + 10 × 12/13 is above 10
BY_ONE_DIGIT = (1, 5, 5, 2)


def bounds_of(importances, scores, neutral=5.0, **between):
    criteria = [f"c{number}" for number in range(len(importances))]
    rows = {"a": dict(zip(criteria, scores, strict=True)), "b": dict.fromkeys(criteria, 1)}
    matrix = build(rows, criteria, rows, neutral=neutral, bounds={"a": between})
    decision = decide(matrix, dict(zip(criteria, importances, strict=True)))
    return next(ranked for ranked in decision.options if ranked.option == "a")


def test_floating_point_passes_the_end_of_the_scale_for_these_importances():
    known, *unknown = BY_ONE_DIGIT
    total = sum(BY_ONE_DIGIT)
    assert 10.0 * known / total + 10.0 * (sum(unknown) / total) > 10
    assert fsum(importance * 10.0 for importance in TENTHS) / fsum(TENTHS) > 10


@pytest.mark.parametrize("neutral", [0.0, 5.0, 10.0])
def test_the_highest_that_an_option_can_be_is_ten_and_no_more(neutral):
    ranked = bounds_of(BY_ONE_DIGIT, (10, None, None, None), neutral)
    assert 0 <= ranked.low <= ranked.score <= ranked.high == 10
    assert ranked.known_mean == 10


def test_tens_everywhere_are_a_ten_whatever_the_importances():
    for importances in product([tenth / 10 for tenth in range(1, 30, 2)], repeat=3):
        assert bounds_of(importances, (10, 10, 10)).score <= 10, importances


def test_tens_on_all_that_is_known_have_a_mean_of_ten():
    assert bounds_of((*TENTHS, 1), (10, 10, 10, None)).known_mean == 10


def test_an_unknown_score_that_can_only_be_a_ten_makes_no_more_of_them():
    ranked = bounds_of(TENTHS, (10, 10, None), c2=(10, 10))
    assert (ranked.low, ranked.score, ranked.high) == (10, 10, 10)


def test_noughts_everywhere_are_a_nought_without_a_sign():
    ranked = bounds_of((0.1, 0.2, 0.7), (-0.0, 0, None), neutral=0.0)
    assert [str(points) for points in (ranked.score, ranked.low, ranked.known_mean)] == [
        "0.0",
        "0.0",
        "0.0",
    ]


@pytest.mark.django_db
def test_a_page_whose_bounds_end_at_ten_is_drawn():
    worlds.publish(world(one=[10, 1], two=[None, 1], three=[None, 1], four=[None, 1]))
    query = "&".join(
        [
            "w="
            + ",".join(
                f"{c}:{w}"
                for c, w in zip(("one", "two", "three", "four"), BY_ONE_DIGIT, strict=True)
            )
        ]
    )
    assert "between 0.8 and 10.0 with its gaps" in results(f"/tiny/?{query}")
    html(f"/tiny/embed/?{query}")
