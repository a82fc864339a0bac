"""Why a leader leads: the parts of its margin, largest first, and which are enough."""

from comparison.core.decision import Matrix, decide
from tests.tables import CRITERIA, IMPORTANCES, equal, table


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
    (ai,) = [part for part in margin.parts if part.value == 0]
    assert (ai.criterion, ai.leader_score, ai.rival_score) == ("ai", 5, 5)
    assert (ai.leader_assumed, ai.rival_assumed) == (False, True)
    assert [part.criterion for part in margin.enough()] == ["simplicity"]


def test_parts_of_equal_size_stand_in_editorial_order() -> None:
    matrix = table({"a": [8, 8, 9, 1, 1], "b": [6, 6, 6, 2, 2]})
    margin = decide(matrix, equal(matrix)).margin
    assert margin is not None
    assert [part.criterion for part in margin.parts_for()] == ["c3", "c1", "c2"]
    assert [part.criterion for part in margin.parts_against()] == ["c4", "c5"]


def test_two_parts_are_enough_when_one_only_balances_what_speaks_against() -> None:
    matrix = table({"a": [8, 7, 6, 1], "b": [5, 5, 5, 4]})
    margin = decide(matrix, equal(matrix)).margin
    assert margin is not None
    assert [part.criterion for part in margin.enough()] == ["c1", "c2"]
