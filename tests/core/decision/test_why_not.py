"""Why another option does not lead: what keeps it out, what it lacks, and which single importance
would put it first.
"""

import json

import pytest

from comparison.core.decision import Matrix, MustHave, as_json, decide, why_not
from tests.tables import IMPORTANCES, equal, table


def test_the_worked_example_says_what_would_put_each_rival_first(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    both = why_not(example, decision, "both")
    assert (both.leader, both.state, both.failed, both.open) == ("django", "verified", (), ())
    assert both.margin == decision.margin
    assert both.openings == (("simplicity", 3, 0, 0.25, 0),)
    fastapi = why_not(example, decision, "fastapi")
    assert fastapi.margin is not None
    assert fastapi.margin.value == pytest.approx(37 / 17)
    assert [(part.criterion, round(part.value * 17)) for part in fastapi.margin.parts_for()] == [
        ("admin", 40),
        ("orm", 20),
    ]
    assert fastapi.openings == (("admin", 5, 0, 0.375, 0),)


def test_the_leader_needs_no_reason(example: Matrix) -> None:
    explanation = why_not(example, decide(example, IMPORTANCES), "django")
    assert (explanation.leader, explanation.margin, explanation.openings) == (None, None, ())


def test_an_option_between_two_rivals_has_an_opening_with_two_ends() -> None:
    matrix = table({"a": [9, 2], "mid": [6, 6], "z": [0, 9]})
    decision = decide(matrix, {"c1": 2, "c2": 1})
    assert decision.leaders == ("a",)
    explanation = why_not(matrix, decision, "mid")
    assert [opening[:4] for opening in explanation.openings] == [
        ("c1", 2, pytest.approx(0.5), pytest.approx(4 / 3)),
        ("c2", 1, pytest.approx(1.5), pytest.approx(4)),
    ]
    assert [opening.whole for opening in explanation.openings] == [1, 2]


def test_no_single_change_is_enough_for_an_option_that_is_nowhere_better() -> None:
    matrix = table({"a": [9, 5], "b": [6, 5]})
    assert why_not(matrix, decide(matrix, equal(matrix)), "b").openings == ()


def test_an_importance_at_which_an_option_only_draws_level_is_no_opening() -> None:
    level = table({"a": [8, 6], "b": [6, 6.4]})
    assert why_not(level, decide(level, {"c1": 1, "c2": 0}), "b").openings == ()  # level at 5


def test_an_excluded_option_is_told_its_must_haves_and_its_lead() -> None:
    matrix = table({"met": [5, 3], "best": [1, 9]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    explanation = why_not(matrix, decision, "best")
    assert (explanation.state, explanation.failed, explanation.openings) == ("excluded", ("r",), ())
    assert explanation.margin is not None
    assert explanation.margin.value == -1


def test_an_unverified_option_behind_a_verified_one_is_told_what_is_open() -> None:
    matrix = table({"met": [5, 3], "open": [None, 9]})
    decision = decide(matrix, equal(matrix), must_haves=[MustHave("r", "c1", 5)])
    explanation = why_not(matrix, decision, "open")
    assert (explanation.state, explanation.open, explanation.openings) == ("unverified", ("r",), ())


def test_an_unrated_option_and_a_selection_without_criteria_have_no_margin() -> None:
    matrix = table({"a": [5], "b": [4], "new": [None]})
    assert why_not(matrix, decide(matrix, {"c1": 1}), "new")[:4] == ("new", "unrated", "a", None)
    assert why_not(matrix, decide(matrix, {}), "b")[:5] == ("b", "verified", None, None, ())


def test_behind_a_tie_an_option_is_compared_with_the_first_leader() -> None:
    matrix = table({"a": [6, 4, 1], "b": [4, 6, 1], "c": [1, 1, 9]})
    decision = decide(matrix, {"c1": 2, "c2": 2, "c3": 1})
    explanation = why_not(matrix, decision, "c")
    assert (decision.leaders, explanation.leader) == (("a", "b"), "a")
    assert explanation.openings == (("c3", 1, 2, 5, 3),)


def test_an_unknown_option_is_refused(example: Matrix) -> None:
    with pytest.raises(ValueError, match="why not: unknown option 'flask'"):
        why_not(example, decide(example, IMPORTANCES), "flask")


def test_it_can_be_written_as_json(example: Matrix) -> None:
    record = as_json(why_not(example, decide(example, IMPORTANCES), "both"))
    assert (
        json.loads(json.dumps(record, allow_nan=False))["openings"][0]["criterion"] == "simplicity"
    )


def test_a_single_importance_that_makes_an_option_first_beside_another_is_an_opening() -> None:
    matrix = table({"ada": [9, 4], "bob": [0, 5], "cyd": [1, 5]})
    decision = decide(matrix, equal(matrix))
    (opening,) = why_not(matrix, decision, "bob").openings
    assert (opening.criterion, opening.low, opening.high, opening.whole) == ("c1", 0, 0, 0)
    assert decide(matrix, {"c1": 0, "c2": 1}).leaders == ("bob", "cyd")
