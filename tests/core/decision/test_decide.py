"""Cases of the decision engine: the published example, special states, must-haves, ties, refused
input.
"""

import json

import pytest

from comparison.core.decision import (
    Matrix,
    MustHave,
    as_json,
    build,
    decide,
    evaluate,
)
from tests.tables import EXAMPLE, IMPORTANCES, NO_NUMBERS, equal, of, ranks, table


def test_the_worked_example_gives_its_scores(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    assert (decision.state, decision.label, decision.leaders) == ("ok", "clear", ("django",))
    assert decision.total_importance == 17
    assert [(o.option, o.rank, round(o.score or 0, 3)) for o in decision.options] == [
        ("django", 1, 7.882),
        ("both", 2, 7.235),
        ("fastapi", 3, 5.706),
    ]
    both = of(decision, "both")
    assert [round(n or 0, 3) for n in (both.low, both.high, both.coverage)] == [6.941, 7.529, 0.941]
    assert both.known_mean == pytest.approx(118 / 16)
    assert not decision.gaps_matter
    assert (decision.price, decision.relaxations, decision.failing_fewest) == (None, (), ())


def test_a_must_have_of_the_worked_example_excludes_without_moving_the_margin(
    example: Matrix,
) -> None:
    free = decide(example, IMPORTANCES)
    bound = decide(example, IMPORTANCES, must_haves=[MustHave("back-office", "admin", 6)])
    assert of(bound, "fastapi").state == "excluded"
    assert bound.failed == (("fastapi", ("back-office",)),)
    assert bound.leaders == free.leaders
    assert bound.margin == free.margin
    assert bound.price is None


def test_group_shares_and_subtotals_follow_the_order_of_the_criteria(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    shares = [("code", 9 / 17), ("speed", 2 / 17), ("learning", 5 / 17), ("", 1 / 17)]
    assert [group for group, _ in decision.group_shares] == [group for group, _ in shares]
    assert [share for _, share in decision.group_shares] == pytest.approx(
        [share for _, share in shares]
    )
    assert decision.margin is not None
    subtotals = dict(decision.margin.subtotals)
    assert subtotals == pytest.approx({"code": 9 / 17, "speed": -4 / 17, "learning": 6 / 17, "": 0})


def test_a_shared_first_rank_is_a_tie_that_names_what_differs() -> None:
    matrix = table({"a": [4, 6, 5, 1], "b": [6, 4, None, 9], "c": [1, 1, 1, 1]})
    decision = decide(matrix, {"c1": 1, "c2": 1, "c3": 1})
    assert (decision.label, decision.leaders) == ("tie", ("a", "b"))
    assert decision.differing == ("c1", "c2")  # c3 counts as 5 for both, c4 is off
    assert decision.margin is None


def test_options_that_all_tie_are_a_tie_and_not_the_only_option_left() -> None:
    matrix = table({"a": [4], "b": [4]})
    decision = decide(matrix, equal(matrix))
    assert (decision.label, decision.leaders, decision.differing) == ("tie", ("a", "b"), ())


def test_no_active_criterion_gives_no_scores_and_keeps_editorial_order() -> None:
    matrix = table({"z": [9], "a": [1], "gap": [None]})
    for importances in ({}, {"c1": 0}):
        decision = decide(matrix, importances)
        assert (decision.state, decision.label, decision.leaders) == ("no-criteria", None, ())
        assert [(o.option, o.rank, o.score) for o in decision.options] == [
            ("z", None, None),
            ("a", None, None),
            ("gap", None, None),
        ]
        assert (decision.importances, decision.total_importance, decision.margin) == ((), 0, None)
        assert decision.group_shares == (("", 0),)


def test_must_haves_alone_can_leave_one_option() -> None:
    matrix = table({"a": [9], "b": [1]})
    decision = decide(matrix, {}, must_haves=[MustHave("r", "c1", 5)])
    assert (decision.state, decision.label, decision.leaders) == (
        "no-criteria",
        "only option left",
        ("a",),
    )
    assert of(decision, "b").state == "excluded"
    assert decision.failed == (("b", ("r",)),)


def test_an_unverified_option_beside_a_verified_one_is_not_ruled_out_by_must_haves_alone() -> None:
    matrix = table({"met": [9, 1], "open": [None, 1]})
    decision = decide(matrix, {}, must_haves=[MustHave("r", "c1", 5)])
    assert (decision.label, decision.leaders) == (None, ())
    assert decision.open == (("open", ("r",)),)


def test_an_option_nobody_scored_is_not_recommended_for_being_left() -> None:
    matrix = table({"a": [None], "b": [1]})
    decision = decide(matrix, {}, must_haves=[MustHave("r", "c1", 5)])
    assert (decision.label, decision.leaders) == (None, ())


def test_when_nothing_qualifies_each_helpful_relaxation_is_listed() -> None:
    matrix = table({"a": [9, 1, 9], "b": [2, 9, 9], "c": [2, 2, 9]})
    rules = [
        MustHave("one", "c1", 5),
        MustHave("two", "c2", 5),
        MustHave("three", "c3", 5),
    ]
    decision = decide(matrix, equal(matrix), must_haves=rules)
    assert (decision.state, decision.label, decision.leaders) == ("none-qualifies", None, ())
    assert [(r.must_have, r.leaders) for r in decision.relaxations] == [
        ("one", ("b",)),
        ("two", ("a",)),
    ]
    assert decision.failing_fewest == ()
    assert [(o.option, o.rank, o.state) for o in decision.options] == [
        ("b", None, "excluded"),
        ("a", None, "excluded"),
        ("c", None, "excluded"),
    ]
    assert of(decision, "a").score == pytest.approx(19 / 3)
    assert decision.price is None


def test_when_no_single_relaxation_helps_the_options_failing_fewest_are_named() -> None:
    matrix = table({"a": [1, 1, 1], "b": [1, 1, 9], "c": [9, 1, 1]})
    rules = [MustHave(f"r{number}", f"c{number}", 5) for number in (1, 2, 3)]
    decision = decide(matrix, equal(matrix), must_haves=rules)
    assert decision.state == "none-qualifies"
    assert (decision.relaxations, decision.failing_fewest) == ((), ("b", "c"))


@pytest.mark.parametrize(("importance", "listed"), [(1, "bca"), (0, "bac")])
def test_the_excluded_are_listed_last_by_score_where_there_is_one(importance, listed) -> None:
    matrix = table({"a": [1, 5], "b": [9, 1], "c": [4, 9]})
    decision = decide(
        matrix, dict.fromkeys(matrix.criteria, importance), must_haves=[MustHave("r", "c1", 5)]
    )
    assert [option.option for option in decision.options] == list(listed)


def test_relaxing_prefers_options_that_meet_the_rest() -> None:
    matrix = table({"open": [1, None, 9], "met": [1, 5, 1]})
    rules = [MustHave("one", "c1", 5), MustHave("two", "c2", 5)]
    decision = decide(matrix, equal(matrix), must_haves=rules)
    assert [(r.must_have, r.leaders) for r in decision.relaxations] == [("one", ("met",))]


def test_qualified_options_without_any_score_give_no_scores() -> None:
    matrix = table({"a": [None, None], "b": [None, None], "c": [1, 9]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert (decision.state, decision.leaders) == ("no-scores", ())
    listed = [(o.option, o.state) for o in decision.options]
    assert listed == [("a", "unrated"), ("b", "unrated"), ("c", "excluded")]
    assert decide(table({}), {}).state == "no-criteria"
    assert decide(build([], ["c1"], {}), {"c1": 1}).state == "no-scores"


def test_a_single_option_in_the_leading_tier_leads_without_a_margin() -> None:
    matrix = table({"open": [None, 9], "met": [5, 1]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert (decision.label, decision.leaders) == ("only one verified", ("met",))
    assert decision.margin is None


def test_a_criterion_unknown_for_all_stays_in_the_total_and_moves_nobody() -> None:
    matrix = table({"a": [8, None], "b": [6, None]})
    decision = decide(matrix, equal(matrix))
    assert decision.total_importance == 2
    assert ranks(decision) == {"a": 1, "b": 2}
    assert of(decision, "a").coverage == 0.5
    assert decision.unknown_everywhere == ("c2",)
    assert decision.does_not_separate == ()


def test_a_criterion_on_which_all_rated_options_agree_does_not_separate() -> None:
    matrix = table({"a": [8, 7, 3], "b": [6, 7, 3], "new": [None, None, None]})
    assert decide(matrix, {"c1": 1, "c2": 1}).does_not_separate == ("c2",)  # c3 is off
    partly = table({"a": [8, 7], "b": [6, None]}, neutral=7)
    assert decide(partly, equal(partly)).does_not_separate == ()
    alone = table({"a": [8]})
    assert decide(alone, equal(alone)).does_not_separate == ()


def test_the_price_names_the_best_option_that_the_must_haves_hold_back() -> None:
    matrix = table({"met": [5, 3], "good": [1, 9], "best": [None, 10]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert decision.price is not None
    assert (decision.price.option, decision.price.lead) == ("best", 3.5)
    assert decide(matrix, equal(matrix)).price is None


def test_a_must_have_that_costs_nothing_has_no_price() -> None:
    matrix = table({"met": [5, 5], "same": [1, 9]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert decision.price is None


def test_relaxations_are_told_while_somebody_leads_too() -> None:
    matrix = table({"met": [5, 3], "best": [1, 9]})
    rules = [MustHave("r", "c1", 5), MustHave("idle", "c2", 0)]
    decision = decide(matrix, equal(matrix), must_haves=rules)
    assert [(r.must_have, r.leaders) for r in decision.relaxations] == [("r", ("best",))]


def test_gaps_matter_when_known_scores_alone_name_another_leader() -> None:
    matrix = table({"sparse": [9, None, None], "even": [7, 7, 7]})
    decision = decide(matrix, equal(matrix))
    assert decision.leaders == ("even",)
    assert decision.known_leaders == ("sparse",)
    assert decision.gaps_matter
    assert decide(matrix, {"c1": 1}).gaps_matter is False


def test_gaps_do_not_matter_where_no_known_score_is_active() -> None:
    matrix = table({"a": [None, 9], "b": [None, 4]})
    decision = decide(matrix, {"c1": 1})
    assert (decision.leaders, decision.known_leaders, decision.gaps_matter) == (
        ("a", "b"),
        (),
        False,
    )


def test_a_known_mean_of_nought_counts_when_gaps_are_judged() -> None:
    matrix = table({"nought": [0, None, 1], "unknown": [None, None, 1]})
    decision = decide(matrix, {"c1": 1, "c2": 1})
    assert decision.leaders == ("unknown",)  # counted as neutral on both
    assert decision.known_leaders == ("nought",)
    assert decision.gaps_matter


def test_only_rivals_of_the_same_tier_decide_whether_gaps_matter() -> None:
    matrix = table({"met": [5, 6], "also": [5, 5], "open": [None, 10]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    assert decision.known_leaders == ("met",)
    assert not decision.gaps_matter


def test_an_importance_of_zero_and_a_missing_one_are_both_off(example: Matrix) -> None:
    some = {"admin": 5, "docs": 2}
    assert decide(example, some | {"orm": 0}) == decide(example, some)
    assert decide(example, some).importances == (("admin", 5), ("docs", 2))


def test_dormant_importances_change_no_rank(example: Matrix) -> None:
    asleep, without = (
        decide(example, {"admin": 5}, dormant={"docs": 4}),
        decide(example, {"admin": 5}),
    )
    assert asleep._replace(flips=None) == without._replace(flips=None)


def test_without_detail_the_ranking_is_the_same_and_the_reasons_are_left_out(
    example: Matrix,
) -> None:
    rules = [MustHave("r", "admin", 6)]
    full = decide(example, IMPORTANCES, must_haves=rules)
    bare = decide(example, IMPORTANCES, must_haves=rules, detail=False)
    assert (bare.options, bare.leaders, bare.failed) == (full.options, full.leaders, full.failed)
    assert (bare.margin, bare.group_shares, bare.relaxations) == (None, (), ())


def test_a_decision_can_be_written_as_json(example: Matrix) -> None:
    rules = [MustHave("r", "admin", 6), MustHave("s", "ai", 5)]
    for decision in (decide(example, IMPORTANCES, must_haves=rules), decide(example, {})):
        assert json.loads(json.dumps(as_json(decision), allow_nan=False))["state"] == decision.state


def test_the_keys_of_the_json_are_those_that_version_1_was_published_with(
    example: Matrix,
) -> None:
    rules = [MustHave("r", "admin", 6)]
    tree = as_json(decide(example, IMPORTANCES, must_haves=rules))
    assert list(tree) == [
        "state",
        "label",
        "leaders",
        "options",
        "total_importance",
        "weights",
        "failed",
        "open",
        "known_leaders",
        "gaps_matter",
        "margin",
        "group_shares",
        "differing",
        "price",
        "relaxations",
        "failing_fewest",
        "does_not_separate",
        "unknown_everywhere",
        "recommended",
        "caps",
        "proven",
        "wanted",
        "confidence",
        "changes",
    ]
    assert [list(relaxation) for relaxation in tree["relaxations"]] == [["requirement", "leaders"]]


def test_a_decision_cannot_be_changed(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    with pytest.raises(AttributeError):
        decision.leaders = ()  # type: ignore[misc]


def test_evaluate_ranks_a_table_in_one_call() -> None:
    ranked = evaluate(EXAMPLE, IMPORTANCES)
    assert [(o.option, o.rank) for o in ranked] == [("django", 1), ("both", 2), ("fastapi", 3)]


def test_evaluate_ignores_criteria_without_an_importance_and_options_without_a_score() -> None:
    scores = {"a": {"x": 3, "note": 99}, "b": {"x": 4}, "c": {"note": 1}}
    assert [o.option for o in evaluate(scores, {"x": 2})] == ["b", "a"]
    assert evaluate(scores, {"x": 0}) == []


@pytest.mark.parametrize("value", [*NO_NUMBERS, 5.1, None], ids=repr)
def test_a_bad_importance_is_refused_with_its_criterion(example: Matrix, value: object) -> None:
    with pytest.raises(ValueError, match=r"importances / admin: .* not a number from 0 to 5"):
        decide(example, {"admin": value})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="dormant / admin"):
        decide(example, {}, dormant={"admin": value})  # type: ignore[dict-item]


def test_importances_of_unknown_criteria_are_refused_by_name(example: Matrix) -> None:
    with pytest.raises(ValueError, match="importances: unknown criterion 'speed'"):
        decide(example, {"speed": 1})
    with pytest.raises(ValueError, match="dormant: unknown criterion 'speed'"):
        decide(example, {}, dormant={"speed": 1})
