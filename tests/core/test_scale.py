"""What a value means on a criterion's scale, in points."""

import pytest

from comparison.core.document.schema import Cell, Claim
from comparison.core.evidence import MENTIONS, SUPPORTS
from comparison.core.scale import reach_of
from tests.claims import DELAY, SPEED, SUPPORT, behind, claim, criterion

MANY = {"spelling": "x", "unit": "req/s"}
LONG = {"spelling": "x", "unit": "ms"}


@pytest.mark.parametrize(("word", "points"), [("yes", 10), ("partly", 5), ("no", 0)])
def test_support_is_ten_five_or_nought(word, points):
    assert reach_of(criterion(**SUPPORT), Cell(text="x", support=word)) == (points, points)
    assert behind({"support": word}, kind=SUPPORT).score == points


def test_no_word_of_support_is_unknown():
    assert reach_of(criterion(**SUPPORT), Cell(text="x")) is None


def test_two_anchors_that_are_the_same_make_no_scale():
    same = criterion(**DELAY | {"anchor_low": 5, "anchor_high": 5})
    assert reach_of(same, Cell(text="x", quantity=LONG | {"low": 5})) is None


@pytest.mark.parametrize(
    ("kind", "low", "points"),
    [
        (SPEED, 0, 0),
        (SPEED, 250, 2.5),
        (SPEED, 333, 3.3),
        (SPEED, 1000, 10),
        (SPEED, 5000, 10),
        (SPEED, -3, 0),
        (DELAY, 0, 10),
        (DELAY, 35, 6.5),
        (DELAY, 100, 0),
        (DELAY, 900, 0),
    ],
)
def test_a_quantity_runs_straight_between_its_anchors(kind, low, points):
    quantity = {"spelling": str(low), "low": low, "unit": kind["unit"]}
    cell = Cell.model_validate({"text": "x", "quantity": quantity})
    assert reach_of(criterion(**kind), cell) == (points, points)


@pytest.mark.parametrize(
    "quantity",
    [
        pytest.param({"form": "range", "low": 200, "high": 400, "unit": "req/s"}, id="range"),
        pytest.param({"form": "at-least", "low": 200, "unit": "req/s"}, id="lower bound"),
        pytest.param({"form": "at-most", "high": 200, "unit": "req/s"}, id="upper bound"),
        pytest.param({"form": "verbal"}, id="verbal"),
        pytest.param({"form": "verbal", "low": 200, "unit": "req/s"}, id="verbal with a number"),
        pytest.param({"low": 200, "unit": "req/min"}, id="another unit"),
    ],
)
def test_a_range_a_bound_words_and_other_units_have_no_points(quantity):
    evidence = behind(None, [[{"quantity": {"spelling": "x"} | quantity}]], kind=SPEED)
    # it backs its own bounds
    assert (evidence.score, evidence.stances) == (None, (SUPPORTS if evidence.reach else MENTIONS,))


@pytest.mark.parametrize(
    ("kind", "quantity", "reach"),
    [
        pytest.param(
            SPEED,
            MANY | {"form": "at-least", "low": 2000},
            (10, 10),
            id="at least more than the good anchor",
        ),
        pytest.param(
            SPEED, MANY | {"form": "at-least", "low": 500}, (5, 10), id="at least half of it"
        ),
        pytest.param(SPEED, MANY | {"form": "at-least", "low": 0}, None, id="at least nothing"),
        pytest.param(
            SPEED, MANY | {"form": "at-most", "high": 0}, (0, 0), id="at most the bad anchor"
        ),
        pytest.param(SPEED, MANY | {"form": "at-most", "high": 300}, (0, 3), id="at most some"),
        pytest.param(
            SPEED, MANY | {"form": "range", "low": 200, "high": 400}, (2, 4), id="a range"
        ),
        pytest.param(
            SPEED,
            MANY | {"form": "range", "low": 2000, "high": 4000},
            (10, 10),
            id="a range beyond the good anchor",
        ),
        pytest.param(
            SPEED,
            MANY | {"form": "range", "low": -9, "high": -3},
            (0, 0),
            id="a range beyond the bad anchor",
        ),
        pytest.param(
            SPEED,
            MANY | {"form": "range", "low": 200, "high": 400, "open_ended": True},
            (2, 10),
            id="an open range",
        ),
        pytest.param(SPEED, MANY | {"low": 500, "open_ended": True}, (5, 10), id="an open point"),
        pytest.param(SPEED, MANY | {"low": 500, "approximate": True}, (5, 5), id="about a number"),
        pytest.param(
            DELAY,
            LONG | {"form": "at-most", "high": 0},
            (10, 10),
            id="less is better: at most the good anchor",
        ),
        pytest.param(
            DELAY,
            LONG | {"form": "at-most", "high": 40},
            (6, 10),
            id="less is better: at most some",
        ),
        pytest.param(
            DELAY,
            LONG | {"form": "at-least", "low": 500},
            (0, 0),
            id="less is better: at least more than the bad anchor",
        ),
        pytest.param(
            DELAY,
            LONG | {"form": "at-least", "low": 40},
            (0, 6),
            id="less is better: at least some",
        ),
        pytest.param(
            DELAY,
            LONG | {"form": "range", "low": 30, "high": 40},
            (6, 7),
            id="less is better: a range",
        ),
        pytest.param(SPEED, {"spelling": "Unlimited", "form": "verbal"}, (10, 10), id="unlimited"),
        pytest.param(SPEED, {"spelling": "no limit.", "form": "verbal"}, (10, 10), id="no limit"),
        pytest.param(SPEED, {"spelling": "∞", "form": "verbal"}, (10, 10), id="infinite"),
        pytest.param(
            SPEED,
            {"spelling": "Unlimited req/s", "form": "verbal"},
            (10, 10),
            id="unlimited, with the unit",
        ),
        pytest.param(
            SPEED | {"unit": "user"},
            {"spelling": "unlimited users", "form": "verbal"},
            (10, 10),
            id="unlimited, plural",
        ),
        pytest.param(
            SPEED,
            {"spelling": "unlimited users", "form": "verbal"},
            None,
            id="unlimited, of something else",
        ),
        pytest.param(
            SPEED, {"spelling": "none", "form": "verbal"}, None, id="none may be nothing at all"
        ),
        pytest.param(
            SPEED,
            {"spelling": "Unlimited*", "form": "verbal"},
            None,
            id="unlimited, with a footnote that limits it",
        ),
        pytest.param(
            DELAY,
            {"spelling": "unlimited", "form": "verbal"},
            (0, 0),
            id="less is better: unlimited is the worst",
        ),
        pytest.param(
            SPEED,
            {"spelling": "unlimited", "form": "verbal", "unit": "req/min"},
            None,
            id="unlimited in another unit",
        ),
        pytest.param(
            SPEED,
            {"spelling": "unlimited for those who pay", "form": "verbal"},
            None,
            id="unlimited, but",
        ),
        pytest.param(SPEED, {"spelling": "thousands", "form": "verbal"}, None, id="other words"),
        pytest.param(
            SPEED,
            MANY | {"form": "at-least", "low": 2000, "unit": "req/min"},
            None,
            id="another unit",
        ),
    ],
)
def test_a_quantity_reaches_over_the_part_of_the_scale_that_it_leaves_open(kind, quantity, reach):
    cell = Cell.model_validate({"text": "x", "quantity": quantity})
    assert reach_of(criterion(**kind), cell) == reach
    assert reach_of(criterion(**kind), Claim.model_validate(claim(quantity=quantity))) == reach


INCOME = SPEED | {"unit": "$", "anchor_low": 100, "anchor_high": 75_000, "scale": "logarithmic"}
WAIT = DELAY | {"anchor_low": 1000, "anchor_high": 1, "scale": "logarithmic"}


def test_a_logarithmic_scale_gives_the_income_index_of_the_human_development_report():
    """(ln 3,829 - ln 100) / (ln 75,000 - ln 100) = 0.5506: UNDP, Human Development Report 2020,
    technical note 1.
    """
    cell = Cell.model_validate({"text": "x", "quantity": MANY | {"low": 3829, "unit": "$"}})
    assert reach_of(criterion(**INCOME), cell) == (5.5, 5.5)


@pytest.mark.parametrize(
    ("quantity", "reach"),
    [
        pytest.param({"low": 1}, (10, 10), id="the good anchor"),
        pytest.param({"low": 10}, (6.7, 6.7), id="a third of the way"),
        pytest.param({"low": 100}, (3.3, 3.3), id="two thirds"),
        pytest.param({"low": 5000}, (0, 0), id="beyond the bad anchor"),
        pytest.param({"low": 0}, (10, 10), id="nothing lies beyond the good anchor"),
        pytest.param({"low": -3}, (10, 10), id="less than nothing"),
        pytest.param({"form": "range", "low": 10, "high": 100}, (3.3, 6.7), id="a range"),
        pytest.param({"form": "range", "low": 0, "high": 100}, (3.3, 10), id="a range from 0"),
        pytest.param({"form": "at-least", "low": 100}, (0, 3.3), id="at least"),
        pytest.param({"form": "at-most", "high": 10}, (6.7, 10), id="at most"),
        pytest.param({"form": "at-most", "high": 0.5}, (10, 10), id="at most the good anchor"),
        pytest.param({"low": 100, "open_ended": True}, (0, 3.3), id="an open point"),
        pytest.param({"spelling": "unlimited", "form": "verbal"}, (0, 0), id="unlimited"),
    ],
)
def test_a_logarithmic_scale_is_linear_in_the_logarithm(quantity, reach):
    cell = Cell.model_validate({"text": "x", "quantity": LONG | quantity})
    assert reach_of(criterion(**WAIT), cell) == reach


def test_claims_that_narrow_an_editors_bound_are_taken_where_one_end_is_the_same():
    def at_least(low):
        return {"quantity": MANY | {"form": "at-least", "low": low}}

    evidence = behind(at_least(500), [[at_least(700)]], kind=SPEED)
    assert (evidence.reach, evidence.basis) == ((7, 10), "claims")


def test_a_value_that_no_source_supports_does_not_rest_on_sources():
    assert behind({"score": 9}, [[{"score": 1}]]).rests_on == ("editors",)
