"""Overall scores, must-haves, tiers and ranks."""

import math

import pytest

from comparison.core.decision import Matrix, MustHave, Ranked, decide
from tests.tables import IMPORTANCES, NO_NUMBERS, equal, of, ranks, table


def test_an_unknown_score_counts_as_neutral_and_widens_the_bounds() -> None:
    matrix = table({"a": [8, None], "b": [8, 6]}, neutral=6)
    decision = decide(matrix, {"c1": 1, "c2": 3})
    a = of(decision, "a")
    assert (a.score, a.low, a.high, a.coverage, a.known_mean) == (6.5, 2, 9.5, 0.25, 8)


def test_equal_scores_share_a_rank_in_editorial_order() -> None:
    matrix = table({"low": [1, 1], "z": [4, 6], "a": [6, 4], "top": [9, 9]})
    decision = decide(matrix, equal(matrix))
    assert [(o.option, o.rank) for o in decision.options] == [
        ("top", 1),
        ("z", 2),
        ("a", 2),
        ("low", 4),
    ]


def test_sums_of_tenths_that_are_equal_on_paper_share_a_rank() -> None:
    matrix = table({"a": [0.1, 0.2], "b": [0.3, 0.0]})
    assert 0.1 + 0.2 != 0.3
    assert ranks(decide(matrix, equal(matrix))) == {"a": 1, "b": 1}


def test_full_marks_are_ten_whatever_the_rounding() -> None:
    matrix = table({"all": [10, 10, 10], "gap": [10, 10, None]})
    importances = dict(zip(matrix.criteria, (0.1, 0.1, 0.7), strict=True))
    decision = decide(matrix, importances)
    assert (0.1 * 10 + 0.1 * 10 + 0.7 * 10) / math.fsum(importances.values()) > 10
    assert (of(decision, "all").score, of(decision, "gap").high) == (10, 10)


def test_a_tie_group_does_not_grow_beyond_the_tolerance() -> None:
    step = 0.7e-9
    matrix = table({"c": [5.0], "b": [5.0 + step], "a": [5.0 + 2 * step]})
    decision = decide(matrix, equal(matrix))
    assert [(o.option, o.rank) for o in decision.options] == [("b", 1), ("a", 1), ("c", 3)]


def test_an_unrated_option_is_listed_last_without_rank_or_score() -> None:
    matrix = table({"new": [None, None], "a": [1, 1]})
    last = decide(matrix, equal(matrix)).options[-1]
    assert last == Ranked("new", None, None, None, None, 0.0, None, "unrated")


def test_an_option_known_only_where_nothing_is_active_counts_as_neutral() -> None:
    matrix = table({"a": [None, 9], "b": [4, 4]})
    decision = decide(matrix, {"c1": 2})
    assert of(decision, "a") == Ranked("a", 1, 5.0, 0.0, 10.0, 0.0, None, "verified")


def test_a_minimum_is_met_by_the_very_score() -> None:
    matrix = table({"a": [6], "b": [5.9], "c": [None]})
    states = check(matrix, 6)
    assert states == {"a": "verified", "b": "excluded", "c": "unrated"}


def check(matrix: Matrix, minimum: float) -> dict[str, str]:
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", minimum)])
    return {ranked.option: ranked.state for ranked in decision.options}


def test_verified_options_rank_before_unverified_ones_whatever_the_scores() -> None:
    matrix = table(
        {"splendid": [None, 10], "fine": [None, 9], "met": [5, 3], "also": [5, 2], "out": [1, 9]}
    )
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert [(o.option, o.rank, o.state) for o in decision.options] == [
        ("met", 1, "verified"),
        ("also", 2, "verified"),
        ("splendid", 3, "unverified"),
        ("fine", 4, "unverified"),
        ("out", None, "excluded"),
    ]
    assert decision.open == (("splendid", ("r",)), ("fine", ("r",)))
    assert decision.failed == (("out", ("r",)),)


def test_unverified_options_lead_when_none_is_verified() -> None:
    matrix = table({"a": [None, 7], "b": [None, 9], "out": [1, 10]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert decision.leaders == ("b",)
    assert of(decision, "b").state == "unverified"
    assert decision.margin is not None
    assert decision.margin.rival == "a"


def test_a_must_have_may_stand_on_a_criterion_that_is_off() -> None:
    matrix = table({"a": [9, 0], "b": [5, 10]})
    decision = decide(matrix, {"c1": 1}, must_haves=[MustHave("licence", "c2", 10)])
    assert decision.leaders == ("b",)
    assert of(decision, "a").score == 9


def test_an_excluded_option_is_not_also_listed_as_open() -> None:
    matrix = table({"a": [1, None], "b": [9, 9]})
    rules = [MustHave("one", "c1", 5), MustHave("two", "c2", 5)]
    decision = decide(matrix, equal(matrix), must_haves=rules)
    assert (decision.failed, decision.open) == ((("a", ("one",)),), ())


@pytest.mark.parametrize("value", [*NO_NUMBERS, None], ids=repr)
def test_a_bad_minimum_is_refused(example: Matrix, value: object) -> None:
    with pytest.raises(ValueError, match="must-have 'r' / minimum"):
        decide(example, {}, must_haves=[MustHave("r", "admin", value)])  # type: ignore[arg-type]


def test_must_haves_of_one_name_or_on_no_criterion_are_refused(example: Matrix) -> None:
    with pytest.raises(ValueError, match="must-have 'r': unknown criterion 'speed'"):
        decide(example, {}, must_haves=[MustHave("r", "speed", 1)])
    rules = [MustHave("r", "admin", 1), MustHave("r", "docs", 1)]
    with pytest.raises(ValueError, match="must-have 'r' is listed twice"):
        decide(example, IMPORTANCES, must_haves=rules)
