"""Which disputed criteria could move a result."""

import pytest

from comparison.core.decision import build, decide, unsettled

SCORES = {"ada": {"speed": 9, "ease": 6, "cost": 5}, "bob": {"speed": 5, "ease": 6, "cost": 6}}
EVERY = ("speed", "ease", "cost")


def moving(importances, *, spread=0.5, scores=SCORES, disputed=EVERY):
    """Return the disputes that could move the result of two options."""
    spreads = {option: dict.fromkeys(EVERY, spread) for option in scores}
    matrix = build(list(scores), EVERY, scores, spread=spreads)
    return unsettled(matrix, decide(matrix, importances), disputed)


def test_a_dispute_moves_nothing_where_the_lead_is_larger_than_all_it_could_shift():
    # Ada leads by (3 * 4 - 1 * 1) / 5 = 2.2; on cost she may lose 1 of 5 times 1 point
    assert "cost" not in moving({"speed": 3, "ease": 1, "cost": 1})


def test_it_does_where_the_scores_may_be_off_by_the_lead():
    # Ada leads by (2 * 4 - 5 * 1) / 9 = 0.33; on cost 5 of 9 times 1 point is more
    assert "cost" in moving({"speed": 2, "ease": 2, "cost": 5})


def test_it_does_where_the_leader_does_not_lead_without_the_criterion():
    assert moving({"speed": 1, "ease": 1, "cost": 1}, spread=0.1) == ("speed",)


@pytest.mark.parametrize(
    ("importances", "disputed"),
    [
        ({"speed": 0, "ease": 1, "cost": 5}, ("speed",)),
        ({"speed": 1, "ease": 1, "cost": 1}, ()),
        ({"speed": 0, "ease": 0, "cost": 0}, EVERY),
    ],
    ids=["switched off", "undisputed", "nobody leads"],
)
def test_it_does_not_where_nothing_hangs_on_it(importances, disputed):
    assert moving(importances, disputed=disputed) == ()


def test_of_a_tie_every_dispute_that_counts_could_move_it():
    assert moving({"speed": 0, "ease": 3, "cost": 0}) == ("ease",)


def test_an_unknown_score_may_be_anything_between_its_bounds():
    scores = {"ada": {"speed": 9, "ease": 6, "cost": 6}, "bob": {"speed": 5, "ease": 6}}
    # Bob's cost counts as 5: Ada leads by (4 + 1) / 3 = 1.67, and 10 instead of 5 is as much
    assert "cost" in moving({"speed": 1, "ease": 1, "cost": 1}, spread=0.1, scores=scores)


def test_whoever_is_alone_has_nothing_to_lose():
    assert moving({"speed": 3, "ease": 3, "cost": 3}, scores={"ada": SCORES["ada"]}) == ()
