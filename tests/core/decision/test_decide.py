"""Cases of the decision engine: the published example, special states, must-haves, ties, refused
input.
"""

import json
import math

import pytest

from comparison.core.decision import (
    Decision,
    Matrix,
    Ranked,
    Requirement,
    as_json,
    build,
    decide,
    evaluate,
)
from tests.tables import CRITERIA, EXAMPLE, IMPORTANCES, equal, table


def ranks(decision: Decision) -> dict[str, int | None]:
    return {ranked.option: ranked.rank for ranked in decision.options}


def of(decision: Decision, option: str) -> Ranked:
    return next(ranked for ranked in decision.options if ranked.option == option)


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


def test_the_worked_example_gives_its_margin(example: Matrix) -> None:
    margin = decide(example, IMPORTANCES).margin
    assert margin is not None
    assert (margin.leader, margin.rival, round(margin.value, 3)) == ("django", "both", 0.647)
    assert [part.criterion for part in margin.parts] == list(CRITERIA)
    assert [(part.criterion, round(part.value, 3)) for part in margin.parts_for()] == [
        ("simplicity", 0.706),
        ("admin", 0.294),
        ("orm", 0.235),
    ]
    assert [(part.criterion, round(part.value, 3)) for part in margin.parts_against()] == [
        ("docs", -0.353),
        ("async", -0.235),
    ]
    (ai,) = margin.parts_level()
    assert (ai.criterion, ai.leader_score, ai.rival_score) == ("ai", 5, 5)
    assert (ai.leader_assumed, ai.rival_assumed) == (False, True)
    assert [part.criterion for part in margin.enough()] == ["simplicity"]


def test_a_must_have_of_the_worked_example_excludes_without_moving_the_margin(
    example: Matrix,
) -> None:
    free = decide(example, IMPORTANCES)
    bound = decide(example, IMPORTANCES, requirements=[Requirement("back-office", "admin", 6)])
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


def test_parts_of_equal_size_stand_in_editorial_order() -> None:
    matrix = table({"a": [8, 8, 9, 1, 1], "b": [6, 6, 6, 2, 2]})
    margin = decide(matrix, equal(matrix)).margin
    assert margin is not None
    assert [part.criterion for part in margin.parts_for()] == ["c3", "c1", "c2"]
    assert [part.criterion for part in margin.parts_against()] == ["c4", "c5"]


def test_the_rest_is_what_the_listed_parts_leave_of_the_margin() -> None:
    matrix = table({"a": [9, 8, 7, 6, 1, 2, 3, 5], "b": [2, 2, 2, 5, 2, 4, 6, 5]})
    margin = decide(matrix, equal(matrix)).margin
    assert margin is not None
    assert margin.rest() == pytest.approx((1 - 1) / 8)
    assert margin.rest(top_for=2, top_against=0) == pytest.approx((5 + 1 - 1 - 2 - 3) / 8)
    assert margin.rest(top_for=0, top_against=0) == pytest.approx(margin.value)


def test_two_parts_are_enough_when_one_only_balances_what_speaks_against() -> None:
    matrix = table({"a": [8, 7, 6, 1], "b": [5, 5, 5, 4]})
    margin = decide(matrix, equal(matrix)).margin
    assert margin is not None
    assert [part.criterion for part in margin.enough()] == ["c1", "c2"]


def test_an_unknown_score_counts_as_neutral_and_widens_the_bounds() -> None:
    matrix = table({"a": [8, None], "b": [8, 6]}, neutral=6)
    decision = decide(matrix, {"c1": 1, "c2": 3})
    a = of(decision, "a")
    assert (a.score, a.low, a.high, a.coverage, a.known_mean) == (6.5, 2, 9.5, 0.25, 8)


def test_a_negative_zero_is_stored_as_zero() -> None:
    assert str(table({"a": [-0.0]}).scores) == "((0.0,),)"


def test_a_missing_row_or_key_means_unknown() -> None:
    matrix = build(["a", "b"], ["c1", "c2"], {"a": {"c1": 7}})
    assert matrix.scores == ((7, None), (None, None))
    assert of(decide(matrix, {"c1": 1}), "b").state == "unrated"


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
    weights = dict(zip(matrix.criteria, (0.1, 0.1, 0.7), strict=True))
    decision = decide(matrix, weights)
    assert (0.1 * 10 + 0.1 * 10 + 0.7 * 10) / math.fsum(weights.values()) > 10
    assert (of(decision, "all").score, of(decision, "gap").high) == (10, 10)


def test_a_tie_group_does_not_grow_beyond_the_tolerance() -> None:
    step = 0.7e-9
    matrix = table({"c": [5.0], "b": [5.0 + step], "a": [5.0 + 2 * step]})
    decision = decide(matrix, equal(matrix))
    assert [(o.option, o.rank) for o in decision.options] == [("b", 1), ("a", 1), ("c", 3)]


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
    for weights in ({}, {"c1": 0}):
        decision = decide(matrix, weights)
        assert (decision.state, decision.label, decision.leaders) == ("no-criteria", None, ())
        assert [(o.option, o.rank, o.score) for o in decision.options] == [
            ("z", None, None),
            ("a", None, None),
            ("gap", None, None),
        ]
        assert (decision.weights, decision.total_importance, decision.margin) == ((), 0, None)
        assert decision.group_shares == (("", 0),)


def test_must_haves_alone_can_leave_one_option() -> None:
    matrix = table({"a": [9], "b": [1]})
    decision = decide(matrix, {}, requirements=[Requirement("r", "c1", 5)])
    assert (decision.state, decision.label, decision.leaders) == (
        "no-criteria",
        "only option left",
        ("a",),
    )
    assert of(decision, "b").state == "excluded"
    assert decision.failed == (("b", ("r",)),)


def test_an_unverified_option_beside_a_verified_one_is_not_ruled_out_by_must_haves_alone() -> None:
    matrix = table({"met": [9, 1], "open": [None, 1]})
    decision = decide(matrix, {}, requirements=[Requirement("r", "c1", 5)])
    assert (decision.label, decision.leaders) == (None, ())
    assert decision.open == (("open", ("r",)),)


def test_an_option_nobody_scored_is_not_recommended_for_being_left() -> None:
    matrix = table({"a": [None], "b": [1]})
    decision = decide(matrix, {}, requirements=[Requirement("r", "c1", 5)])
    assert (decision.label, decision.leaders) == (None, ())


def test_when_nothing_qualifies_each_helpful_relaxation_is_listed() -> None:
    matrix = table({"a": [9, 1, 9], "b": [2, 9, 9], "c": [2, 2, 9]})
    rules = [
        Requirement("one", "c1", 5),
        Requirement("two", "c2", 5),
        Requirement("three", "c3", 5),
    ]
    decision = decide(matrix, equal(matrix), requirements=rules)
    assert (decision.state, decision.label, decision.leaders) == ("none-qualifies", None, ())
    assert [(r.requirement, r.leaders) for r in decision.relaxations] == [
        ("one", ("b",)),
        ("two", ("a",)),
    ]
    assert decision.failing_fewest == ()
    assert [(o.option, o.rank, o.state) for o in decision.options] == [
        ("a", None, "excluded"),
        ("b", None, "excluded"),
        ("c", None, "excluded"),
    ]
    assert of(decision, "a").score == pytest.approx(19 / 3)
    assert decision.price is None


def test_when_no_single_relaxation_helps_the_options_failing_fewest_are_named() -> None:
    matrix = table({"a": [1, 1, 1], "b": [1, 1, 9], "c": [9, 1, 1]})
    rules = [Requirement(f"r{at}", f"c{at}", 5) for at in (1, 2, 3)]
    decision = decide(matrix, equal(matrix), requirements=rules)
    assert decision.state == "none-qualifies"
    assert (decision.relaxations, decision.failing_fewest) == ((), ("b", "c"))


def test_relaxing_prefers_options_that_meet_the_rest() -> None:
    matrix = table({"open": [1, None, 9], "met": [1, 5, 1]})
    rules = [Requirement("one", "c1", 5), Requirement("two", "c2", 5)]
    decision = decide(matrix, equal(matrix), requirements=rules)
    assert [(r.requirement, r.leaders) for r in decision.relaxations] == [("one", ("met",))]


def test_qualified_options_without_any_score_give_no_scores() -> None:
    matrix = table({"a": [None, None], "b": [None, None], "c": [1, 9]})
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert (decision.state, decision.leaders) == ("no-scores", ())
    listed = [(o.option, o.state) for o in decision.options]
    assert listed == [("c", "excluded"), ("a", "unrated"), ("b", "unrated")]
    assert decide(table({}), {}).state == "no-criteria"
    assert decide(build([], ["c1"], {}), {"c1": 1}).state == "no-scores"


def test_a_single_option_in_the_leading_tier_leads_without_a_margin() -> None:
    matrix = table({"open": [None, 9], "met": [5, 1]})
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert (decision.label, decision.leaders) == ("only one verified", ("met",))
    assert decision.margin is None


def test_an_unrated_option_is_listed_last_without_rank_or_score() -> None:
    matrix = table({"new": [None, None], "a": [1, 1]})
    last = decide(matrix, equal(matrix)).options[-1]
    assert last == Ranked("new", None, None, None, None, 0.0, None, "unrated")


def test_an_option_known_only_where_nothing_is_active_counts_as_neutral() -> None:
    matrix = table({"a": [None, 9], "b": [4, 4]})
    decision = decide(matrix, {"c1": 2})
    assert of(decision, "a") == Ranked("a", 1, 5.0, 0.0, 10.0, 0.0, None, "verified")


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


def test_an_excluded_option_is_not_also_listed_as_open() -> None:
    matrix = table({"a": [1, None], "b": [9, 9]})
    rules = [Requirement("one", "c1", 5), Requirement("two", "c2", 5)]
    decision = decide(matrix, equal(matrix), requirements=rules)
    assert (decision.failed, decision.open) == ((("a", ("one",)),), ())


def test_a_minimum_is_met_by_the_very_score() -> None:
    matrix = table({"a": [6], "b": [5.9], "c": [None]})
    found = check(matrix, 6)
    assert found == {"a": "verified", "b": "excluded", "c": "unrated"}


def check(matrix: Matrix, minimum: float) -> dict[str, str]:
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", minimum)])
    return {ranked.option: ranked.state for ranked in decision.options}


def test_verified_options_rank_before_unverified_ones_whatever_the_scores() -> None:
    matrix = table(
        {"splendid": [None, 10], "fine": [None, 9], "met": [5, 3], "also": [5, 2], "out": [1, 9]}
    )
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
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
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert decision.leaders == ("b",)
    assert of(decision, "b").state == "unverified"
    assert decision.margin is not None
    assert decision.margin.rival == "a"


def test_a_must_have_may_stand_on_a_criterion_that_is_off() -> None:
    matrix = table({"a": [9, 0], "b": [5, 10]})
    decision = decide(matrix, {"c1": 1}, requirements=[Requirement("licence", "c2", 10)])
    assert decision.leaders == ("b",)
    assert of(decision, "a").score == 9


def test_the_price_names_the_best_option_that_the_must_haves_hold_back() -> None:
    matrix = table({"met": [5, 3], "good": [1, 9], "best": [None, 10]})
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert decision.price is not None
    assert (decision.price.option, decision.price.lead) == ("best", 3.5)
    assert decide(matrix, equal(matrix)).price is None


def test_a_must_have_that_costs_nothing_has_no_price() -> None:
    matrix = table({"met": [5, 5], "same": [1, 9]})
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert decision.price is None


def test_relaxations_are_told_while_somebody_leads_too() -> None:
    matrix = table({"met": [5, 3], "best": [1, 9]})
    rules = [Requirement("r", "c1", 5), Requirement("idle", "c2", 0)]
    decision = decide(matrix, equal(matrix), requirements=rules)
    assert [(r.requirement, r.leaders) for r in decision.relaxations] == [("r", ("best",))]


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


def test_only_rivals_of_the_same_tier_decide_whether_gaps_matter() -> None:
    matrix = table({"met": [5, 6], "also": [5, 5], "open": [None, 10]})
    decision = decide(matrix, equal(matrix), requirements=[Requirement("r", "c1", 5)])
    assert decision.known_leaders == ("met",)
    assert not decision.gaps_matter


def test_an_importance_of_zero_and_a_missing_one_are_both_off(example: Matrix) -> None:
    some = {"admin": 5, "docs": 2}
    assert decide(example, some | {"orm": 0}) == decide(example, some)
    assert decide(example, some).weights == (("admin", 5), ("docs", 2))


def test_dormant_importances_change_no_rank(example: Matrix) -> None:
    asleep, without = (
        decide(example, {"admin": 5}, dormant={"docs": 4}),
        decide(example, {"admin": 5}),
    )
    assert asleep._replace(changes=None) == without._replace(changes=None)


def test_without_detail_the_ranking_is_the_same_and_the_reasons_are_left_out(
    example: Matrix,
) -> None:
    rules = [Requirement("r", "admin", 6)]
    full = decide(example, IMPORTANCES, requirements=rules)
    bare = decide(example, IMPORTANCES, requirements=rules, detail=False)
    assert (bare.options, bare.leaders, bare.failed) == (full.options, full.leaders, full.failed)
    assert (bare.margin, bare.group_shares, bare.relaxations) == (None, (), ())


def test_a_spread_that_is_not_given_is_one_point() -> None:
    matrix = build(["a"], ["c1", "c2"], {}, spread={"a": {"c1": 0.5}})
    assert matrix.spread == ((0.5, 1.0),)


def test_a_decision_can_be_written_as_json(example: Matrix) -> None:
    rules = [Requirement("r", "admin", 6), Requirement("s", "ai", 5)]
    for decision in (decide(example, IMPORTANCES, requirements=rules), decide(example, {})):
        assert json.loads(json.dumps(as_json(decision), allow_nan=False))["state"] == decision.state


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


NO_NUMBERS = [-0.1, 10.1, math.nan, math.inf, -math.inf, True, "7", [7], 1e300]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_a_bad_score_is_refused_with_its_cell(value: object) -> None:
    with pytest.raises(ValueError, match=r"score / django / admin: .* not a number from 0 to 10"):
        build(["django"], ["admin"], {"django": {"admin": value}})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [*NO_NUMBERS, 5.1, None], ids=repr)
def test_a_bad_importance_is_refused_with_its_criterion(example: Matrix, value: object) -> None:
    with pytest.raises(ValueError, match=r"weights / admin: .* not a number from 0 to 5"):
        decide(example, {"admin": value})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="dormant / admin"):
        decide(example, {}, dormant={"admin": value})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [*NO_NUMBERS, None], ids=repr)
def test_a_bad_minimum_or_neutral_value_is_refused(example: Matrix, value: object) -> None:
    with pytest.raises(ValueError, match="requirement 'r' / minimum"):
        decide(example, {}, requirements=[Requirement("r", "admin", value)])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="neutral value"):
        build(["a"], ["c"], {}, neutral=value)  # type: ignore[arg-type]


def test_a_bad_spread_is_refused_with_its_cell() -> None:
    with pytest.raises(ValueError, match="spread / a / c"):
        build(["a"], ["c"], {}, spread={"a": {"c": -1}})


def test_unknown_ids_are_refused_by_name(example: Matrix) -> None:
    with pytest.raises(ValueError, match="score: unknown option 'flask'"):
        build(["a"], ["c"], {"flask": {}})
    with pytest.raises(ValueError, match="score / a: unknown criterion 'speed'"):
        build(["a"], ["c"], {"a": {"speed": 1}})
    with pytest.raises(ValueError, match="spread: unknown option 'flask'"):
        build(["a"], ["c"], {}, spread={"flask": {}})
    with pytest.raises(ValueError, match="groups: unknown criterion 'speed'"):
        build(["a"], ["c"], {}, groups={"speed": "g"})
    with pytest.raises(ValueError, match="weights: unknown criterion 'speed'"):
        decide(example, {"speed": 1})
    with pytest.raises(ValueError, match="dormant: unknown criterion 'speed'"):
        decide(example, {}, dormant={"speed": 1})
    with pytest.raises(ValueError, match="requirement 'r': unknown criterion 'speed'"):
        decide(example, {}, requirements=[Requirement("r", "speed", 1)])


def test_repeated_ids_are_refused_by_name(example: Matrix) -> None:
    with pytest.raises(ValueError, match="option 'a' is listed twice"):
        build(["a", "a"], ["c"], {})
    with pytest.raises(ValueError, match="criterion 'c' is listed twice"):
        build(["a"], ["c", "c"], {})
    rules = [Requirement("r", "admin", 1), Requirement("r", "docs", 1)]
    with pytest.raises(ValueError, match="requirement 'r' is listed twice"):
        decide(example, IMPORTANCES, requirements=rules)
