"""Who leads when a few importances are others: the very leaders that `decide` names."""

import random

import pytest

from comparison.core.decision import Leading, MustHave, build, decide
from comparison.core.decision.ranking import tally

CRITERIA = [f"c{n}" for n in range(6)]


def table(chance):
    """Return a table with many ties, gaps and bounds, some of its options close to each other."""
    options = [f"o{n}" for n in range(chance.randrange(1, 8))]
    values = chance.choice([[None, 0, 5, 10], [None, 0.1, 0.2, 0.3, 9.9], [None, None, 7]])
    scores = {o: {c: chance.choice(values) for c in CRITERIA} for o in options}
    bounds = {
        o: {c: chance.choice([None, (5, 10)]) for c, score in row.items() if score is None}
        for o, row in scores.items()
    }
    return build(options, CRITERIA, scores, neutral=chance.choice([0, 5]), bounds=bounds)


@pytest.mark.parametrize("seed", range(60))
def test_the_leaders_are_those_of_deciding_anew(seed):
    chance = random.Random(seed)
    matrix = table(chance)
    steps = chance.choice([range(6), [0, 0.1, 0.2, 5], [0, 1e-4, 1e-101]])
    importances = {c: chance.choice(steps) for c in CRITERIA}
    must_haves = [MustHave(c, c, 5) for c in chance.sample(CRITERIA, chance.randrange(3))]
    leading = Leading(matrix, importances, must_haves)
    for criterion in CRITERIA:
        tried = [*range(6), *steps]
        over = leading.leaders_over(criterion, tried)
        for importance, leaders in zip(tried, over, strict=True):
            then = importances | {criterion: importance}
            anew = decide(matrix, then, must_haves=must_haves, detail=False)
            assert leading.leaders(then) == leaders == anew.leaders, then
    other = {c: chance.choice(steps) for c in CRITERIA}
    assert leading.leaders(other) == decide(matrix, other, must_haves=must_haves).leaders


def test_rows_that_cannot_lead_are_not_added_up(monkeypatch):
    scores = {"far": {"c": 1}, "near": {"c": 8}, "best": {"c": 9}}
    matrix = build(scores, ["c"], scores)
    leading, added = Leading(matrix, {"c": 3}), []

    def counted(row, *given):
        added.append(row)
        return tally(row, *given)

    monkeypatch.setattr("comparison.core.decision.leading.tally", counted)
    assert leading.leaders({"c": 5}) == ("best",)
    assert leading.leaders_over("c", [1, 5]) == [("best",), ("best",)]
    assert added == [], "who is ahead by far"
