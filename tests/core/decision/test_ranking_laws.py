"""Laws of the ranking, on random tables: what no selection and no new option may ever change."""

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.core.decision import EPS, Decision, Ranked, evaluate
from tests.random_worlds import (
    World,
    by_option,
    exact_known_mean,
    exact_points,
    exact_state,
    importances,
    is_active,
    law,
    of,
    tenths,
    worlds,
)


def numbers(decision: Decision, options: set[str]) -> dict[str, Ranked]:
    """Everything about these options but their ranks."""
    return {o.option: o._replace(rank=None) for o in decision.options if o.option in options}


def order(decision: Decision, without: str = "") -> list[str]:
    return [o.option for o in decision.options if o.rank is not None and o.option != without]


@law
@given(worlds())
def test_ranks_and_leaders_are_those_of_exact_arithmetic(world: World) -> None:
    assume(is_active(world))
    decision = world.decide()
    tier_of = {"verified": 0, "unverified": 1}
    standing = {option: exact_state(world, option) for option in world.options}
    keys = {
        option: (tier_of[standing[option]], -exact_points(world, option))
        for option in world.options
        if standing[option] in tier_of
    }
    expected = {
        option: 1 + sum(other < key for other in keys.values()) for option, key in keys.items()
    }
    assert {o.option: o.rank for o in decision.options if o.rank} == expected
    assert {o.option: o.state for o in decision.options} == standing
    assert set(decision.leaders) == {option for option, rank in expected.items() if rank == 1}
    for option in keys:
        assert of(decision, option).score == pytest.approx(
            float(exact_points(world, option)), abs=1e-12
        )


@law
@given(worlds())
def test_options_are_listed_by_tier_and_rank_and_the_excluded_last_by_score(world: World) -> None:
    assume(is_active(world))
    places = ["verified", "unverified", "unrated", "excluded"]
    listed = world.decide().options
    assert len(listed) == len(world.options)
    assert [o.state for o in listed] == sorted([o.state for o in listed], key=places.index)
    keys = [
        (o.rank or len(listed), world.options.index(o.option))
        for o in listed
        if o.state != "excluded"
    ]
    assert keys == sorted(keys)
    excluded = [o.score or 0 for o in listed if o.state == "excluded"]
    assert all(one > other - EPS for one, other in pairwise(excluded))


@law
@given(worlds())
def test_gaps_matter_exactly_when_the_known_means_name_other_leaders(world: World) -> None:
    assume(is_active(world))
    decision = world.decide()
    assume(decision.leaders)
    tier = of(decision, decision.leaders[0]).state
    means = {o: exact_known_mean(world, o) for o in world.options if exact_state(world, o) == tier}
    known = {option: mean for option, mean in means.items() if mean is not None}
    best = {option for option, mean in known.items() if mean == max(known.values())}
    assert set(decision.known_leaders) == best
    assert decision.gaps_matter == (bool(best) and best != set(decision.leaders))


# the same input gives the same output, in whatever order it is listed


@law
@given(worlds())
def test_the_same_input_gives_the_same_output_and_is_left_untouched(world: World) -> None:
    before = deepcopy(world)
    first, second = world.decide(), world.decide()
    assert first == second
    assert repr(first) == repr(second)
    assert world == before


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_options_and_criteria_changes_no_digit(world: World, chance: object) -> None:
    options, criteria = list(world.options), list(world.criteria)
    chance.shuffle(options)  # type: ignore[attr-defined]
    chance.shuffle(criteria)  # type: ignore[attr-defined]
    importances = {criterion: world.importances[criterion] for criterion in criteria}
    shuffled = world.decide(
        options=tuple(options), criteria=tuple(criteria), importances=importances
    )
    decision = world.decide()
    assert by_option(shuffled) == by_option(decision)
    assert set(shuffled.leaders) == set(decision.leaders)


# only the proportions of importances count


@law
@given(worlds(), st.floats(0.01, 1))
def test_scaling_all_importances_keeps_scores_and_ranks(world: World, factor: float) -> None:
    scaled = world.decide(
        importances={criterion: w * factor for criterion, w in world.importances.items()}
    )
    decision = world.decide()
    for option, ranked in by_option(decision).items():
        other = of(scaled, option)
        assert other.rank == ranked.rank
        assert other.score == (
            None if ranked.score is None else pytest.approx(ranked.score, abs=1e-9)
        )


# a better score helps its own option and moves no other


@law
@given(worlds(), st.data())
def test_a_better_score_never_hurts_and_leaves_other_scores_alone(
    world: World, data: st.DataObject
) -> None:
    cells = [(o, c, s) for o, row in world.scores.items() for c, s in row.items() if s is not None]
    assume(cells)
    option, criterion, score = data.draw(st.sampled_from(cells))
    better = data.draw(st.sampled_from([score, min(10.0, round(score + 0.1, 1)), 10.0]))
    before = world.decide()
    after = world.decide(scores=world.with_score(option, criterion, better))
    if (was := of(before, option)).rank is not None:
        now = of(after, option)
        assert now.rank is not None
        assert now.rank <= was.rank
        assert now.score is not None
        assert was.score is not None
        assert now.score >= was.score
    others = set(world.options) - {option}
    assert numbers(after, others) == numbers(before, others)


# dominance


@law
@given(worlds(gaps=False, must_haves=False), st.data())
def test_an_option_better_on_an_active_criterion_and_worse_on_none_ranks_higher(
    world: World,
    data: st.DataObject,
) -> None:
    assume(is_active(world))
    active = [criterion for criterion in world.criteria if world.importances[criterion]]
    criterion = data.draw(st.sampled_from(active))
    scores = deepcopy(world.scores)
    worse = {c: data.draw(st.sampled_from([0.0, s, s])) for c, s in scores["o0"].items()}
    scores["o0"][criterion] = data.draw(st.sampled_from([0.1, 5.0, 10.0]))
    worse[criterion] = scores["o0"][criterion] - 0.1
    scores["o1"] = {c: min(s, scores["o0"][c]) for c, s in worse.items()}  # type: ignore[type-var]
    decision = world.decide(scores=scores)
    assert of(decision, "o0").rank < of(decision, "o1").rank  # type: ignore[operator]


# what else is listed does not matter


@law
@given(worlds(), st.data())
def test_removing_an_option_keeps_the_scores_and_the_order_of_the_others(
    world: World,
    data: st.DataObject,
) -> None:
    gone = data.draw(st.sampled_from(world.options))
    before = world.decide()
    left = tuple(option for option in world.options if option != gone)
    after = world.decide(options=left, scores={option: world.scores[option] for option in left})
    assert numbers(after, set(left)) == numbers(before, set(left))
    assert order(after) == order(before, without=gone)
    if before.leaders and gone not in before.leaders:
        assert after.leaders == before.leaders


@law
@given(worlds(), st.data())
def test_a_clone_ties_exactly_with_its_original(world: World, data: st.DataObject) -> None:
    option = data.draw(st.sampled_from(world.options))
    scores = {**world.scores, "clone": dict(world.scores[option])}
    decision = world.decide(options=(*world.options, "clone"), scores=scores)
    assert of(decision, "clone")._replace(option=option) == of(decision, option)
    if decision.leaders:
        assert (option in decision.leaders) == ("clone" in decision.leaders)


# criteria that are off or do not separate


@law
@given(worlds(must_haves=False), st.data())
def test_deleting_a_criterion_that_is_off_moves_no_option_that_is_still_rated(
    world: World,
    data: st.DataObject,
) -> None:
    assume(len(world.criteria) > 1)
    gone = data.draw(st.sampled_from(world.criteria))
    importances = world.importances | {gone: 0.0}
    unnamed = {criterion: w for criterion, w in importances.items() if criterion != gone}
    off = world.decide(importances=importances)
    assert world.decide(importances=unnamed) == off
    kept = tuple(criterion for criterion in world.criteria if criterion != gone)
    scores = {o: {c: s for c, s in row.items() if c != gone} for o, row in world.scores.items()}
    deleted = world.decide(criteria=kept, scores=scores, importances=unnamed)
    rated = {option for option, row in scores.items() if any(s is not None for s in row.values())}
    assert numbers(deleted, rated) == numbers(off, rated)
    assert [o for o in order(off) if o in rated] == order(deleted)


@law
@given(worlds(), tenths, importances, st.data())
def test_a_criterion_on_which_all_are_equal_never_changes_the_order(
    world: World, score: float, importance: float, data: st.DataObject
) -> None:
    criterion = data.draw(st.sampled_from(world.criteria))
    scores = {option: {**row, criterion: score} for option, row in world.scores.items()}
    others = {c: w for c, w in world.importances.items() if c != criterion}
    assume(any(others.values()))
    without = world.decide(scores=scores, importances=others)
    having = world.decide(scores=scores, importances={**others, criterion: importance})
    assert {o.option: o.rank for o in having.options} == {o.option: o.rank for o in without.options}
    assert (criterion in having.does_not_separate) == (importance > 0)


@law
@given(worlds(must_haves=False))
def test_the_one_call_ranking_is_the_ranking(world: World) -> None:
    neutral = replace(world, neutral=5.0)
    ranked = [option for option in neutral.decide().options if option.rank is not None]
    assert evaluate(world.scores, world.importances) == ranked
