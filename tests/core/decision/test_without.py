"""How surely a leader leads without one option: the very label that deciding anew gives."""

import random

import pytest

from comparison.core.decision import MustHave, build, decide, leads_without, part_of

CRITERIA = [f"c{n}" for n in range(6)]
VALUES = ([None, 0, 5, 10], [None, 4, 5, 6, 7], [None, None, 7, 7.1], [3, 6, 9])


def table(chance):
    """Return a table with ties, gaps, bounds, and options of which nothing is known."""
    options = [f"o{n}" for n in range(chance.randrange(1, 9))]
    values = chance.choice(VALUES)
    scores = {
        o: {c: None if chance.random() < 0.05 else chance.choice(values) for c in CRITERIA}
        for o in options
    }
    if chance.random() < 0.3:
        scores[options[-1]] = dict.fromkeys(CRITERIA)
    bounds = {
        o: {c: chance.choice([None, (5, 10)]) for c, score in row.items() if score is None}
        for o, row in scores.items()
    }
    return build(options, CRITERIA, scores, neutral=chance.choice([0, 5, 6]), bounds=bounds)


@pytest.mark.parametrize("seed", range(200))
def test_it_is_what_deciding_without_the_option_says(seed):
    chance = random.Random(seed)
    matrix = table(chance)
    importances = {c: chance.choice([0, 0.5, 1, 3, 5]) for c in CRITERIA}
    must_haves = [MustHave(c, c, 5) for c in chance.sample(CRITERIA, chance.randrange(3))]
    now = decide(matrix, importances, must_haves=must_haves)
    leads = leads_without(matrix, now)
    for option, lead in leads.items():
        others = part_of(matrix, [other for other in matrix.options if other != option])
        anew = decide(others, importances, must_haves=must_haves)
        assert anew.confidence and anew.margin and now.margin
        assert (lead.label, lead.contenders) == (anew.label, anew.confidence.contenders)
        assert (anew.state, anew.leaders) == (now.state, now.leaders)
        assert (anew.margin.rival, anew.margin.value) == (now.margin.rival, now.margin.value)


def test_it_speaks_of_all_but_who_decides_the_lead():
    scores = {"best": {"c": 9}, "next": {"c": 8}, "level": {"c": 8}, "far": {"c": 1}}
    matrix = build([*scores, "unrated"], ["c"], scores)
    decision = decide(matrix, {"c": 3})
    assert leads_without(matrix, decision).keys() == {"far", "unrated"}


def test_a_leader_is_surer_without_a_rival():
    scores = {"best": {"c": 9}, "next": {"c": 8}, "o0": {"c": 7.9}, "o1": {"c": 7.9}}
    matrix = build(scores, ["c"], scores)
    decision = decide(matrix, {"c": 3})
    assert decision.label == "slight"
    assert {lead.label for lead in leads_without(matrix, decision).values()} == {"clear"}


@pytest.mark.parametrize("scores", [{}, {"a": {"c": 5}}, {"a": {"c": 5}, "b": {"c": 5}}])
def test_it_says_nothing_without_a_sole_leader_that_has_a_rival(scores):
    matrix = build(scores, ["c"], scores)
    assert leads_without(matrix, decide(matrix, {"c": 3})) == {}
