"""What would change a decision: the published example and the edges. The minima are held to brute
force among the laws.
"""

import pytest

from comparison.core.decision import Decision, Flips, Matrix, MustHave, decide
from tests.tables import IMPORTANCES, equal, table


def flips_of(decision: Decision) -> Flips:
    assert decision.flips is not None
    return decision.flips


def test_the_worked_example_gives_its_intervals_and_flips(example: Matrix) -> None:
    flips = flips_of(decide(example, IMPORTANCES))
    assert flips.intervals == (
        ("admin", 0.375, 5),
        ("async", 0, 5),
        ("orm", 0, 5),
        ("docs", 0, 5),
        ("simplicity", 0.25, 5),
        ("ai", 0, 5),
    )
    assert [(s.criterion, s.now, s.then, s.leaders) for s in flips.switches] == [
        ("admin", 5, 0, ("fastapi",)),
        ("simplicity", 3, 0, ("both",)),
    ]
    assert flips.nearest is not None
    assert flips.nearest[:4] == ("simplicity", 3, 0, ("both",))
    assert flips.nearest.lead == pytest.approx(1 / 14)
    assert flips.smallest is not None
    assert flips.smallest == ((("admin", 5, 0),), ("fastapi",), pytest.approx(3 / 12))
    assert (flips.steps, round(flips.tolerance, 3)) == (3, 0.355)


def test_a_must_have_of_the_worked_example_takes_the_rival_out_of_the_intervals(
    example: Matrix,
) -> None:
    flips = flips_of(decide(example, IMPORTANCES, must_haves=[MustHave("back-office", "admin", 6)]))
    assert flips.intervals[0] == ("admin", 0, 5)
    assert [switch.criterion for switch in flips.switches] == ["simplicity"]


def test_nothing_changes_a_leader_that_is_nowhere_worse() -> None:
    matrix = table({"a": [8, 6], "b": [7, 6]})
    flips = flips_of(decide(matrix, {"c1": 3}, dormant={"c2": 5}))
    assert (flips.nearest, flips.switches, flips.smallest, flips.steps) == (None, (), None, None)
    assert (flips.intervals, flips.tolerance) == ((("c1", 0, 5), ("c2", 0, 5)), 1)


def test_reaching_a_tie_is_not_a_change() -> None:
    matrix = table({"a": [8, 4], "b": [6, 6]})
    flips = flips_of(decide(matrix, {"c1": 3, "c2": 1}))
    assert flips.intervals == (("c1", 1, 5), ("c2", 0, 3))
    assert flips.nearest is not None
    # at 1 both are level; c2 to 4 is as far and stands after it
    assert flips.nearest[:4] == ("c1", 3, 0, ("b",))
    assert flips.steps == 3
    level = table({"a": [8, 6, 5], "b": [6, 6, 7]})
    assert flips_of(decide(level, {"c1": 1}, dormant={"c3": 1})).switches == ()


def test_switching_everything_off_is_not_a_change() -> None:
    matrix = table({"a": [8, 7], "b": [6, 6]})
    assert flips_of(decide(matrix, equal(matrix))).smallest is None


@pytest.mark.parametrize("importance", [0.1, 0.3, 0.7, 1.1, 3, 4.9])
def test_switching_off_the_only_criterion_is_not_a_change_whatever_the_rounding(
    importance: float,
) -> None:
    for best in range(1, 101):
        for worst in (0, best // 3, best - 1):
            matrix = table({"a": [best / 10], "b": [worst / 10]})
            flips = flips_of(decide(matrix, {"c1": importance}))
            assert (flips.switches, flips.smallest, flips.steps) == ((), None, None)


def test_a_criterion_that_is_off_can_be_switched_on_at_its_kept_importance() -> None:
    matrix = table({"a": [8, 4, 1], "b": [6, 6, 9]})
    decision = decide(matrix, {"c1": 2}, dormant={"c2": 3, "c3": 0})
    flips = flips_of(decision)
    assert [(s.criterion, s.now, s.then, s.leaders) for s in flips.switches] == [
        ("c2", 0, 3, ("b",))
    ]
    assert flips.nearest is not None
    assert flips.nearest[:4] == ("c3", 0, 1, ("b",))
    assert flips_of(decide(matrix, {"c1": 2})).switches == ()


def test_several_can_lead_after_a_change() -> None:
    matrix = table({"a": [9, 5], "b": [3, 6], "c": [4, 6]})
    flips = flips_of(decide(matrix, {"c1": 1, "c2": 1}))
    assert [(s.criterion, s.leaders, s.lead) for s in flips.switches] == [("c1", ("b", "c"), 1)]


def test_of_equally_small_sets_the_one_with_the_larger_lead_is_told() -> None:
    matrix = table({"a": [10, 10, 5, 5], "b": [4, 10, 6, 5], "c": [10, 1, 5, 8]})
    flips = flips_of(decide(matrix, {"c1": 1, "c2": 1, "c3": 1, "c4": 1}))
    assert [(s.criterion, s.leaders, s.lead) for s in flips.switches] == [
        ("c1", ("b",), pytest.approx(1 / 3)),
        ("c2", ("c",), 1),
    ]
    assert flips.smallest == ((("c2", 1, 0),), ("c",), 1)


def test_of_equally_small_sets_of_several_the_one_with_the_larger_lead_is_told() -> None:
    matrix = table({"a": [9, 9, 9, 5, 5], "b": [7, 7, 9, 6, 5], "c": [9, 5, 5, 5, 8]})
    decision = decide(matrix, equal(matrix))
    assert [ranked.option for ranked in decision.options] == ["a", "b", "c"]
    # c1 and c2 would give b 1/3
    assert flips_of(decision).smallest == ((("c2", 1, 0), ("c3", 1, 0)), ("c",), 1)


def test_a_set_of_more_than_three_switches_is_not_told() -> None:
    for count in (3, 4):
        rows = {"a": [9.0] * count + [0.0, 5.0], "b": [8.0] * count + [0.5, 5.0]}
        matrix = table(rows)
        flips = flips_of(decide(matrix, equal(matrix, 2)))
        assert (flips.smallest is None) == (count == 4)


def test_without_changes_everything_else_is_the_same(example: Matrix) -> None:
    whole = decide(example, IMPORTANCES)
    assert decide(example, IMPORTANCES, flips=False) == whole._replace(flips=None)
