"""Laws of the reasons, on random tables: the parts of a margin, and what another option lacks."""

import math
from itertools import combinations

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given

from comparison.core.decision import build, decide, why_not
from tests.random_worlds import World, after, law, of, worlds

# the reasons


@law
@given(worlds(must_haves=False))
def test_parts_add_up_to_the_margin_and_subtotals_to_the_parts(world: World) -> None:
    decision = world.decide()
    assume(decision.margin)
    margin = decision.margin
    assert margin is not None
    assert math.fsum(part.value for part in margin.parts) == pytest.approx(margin.value, abs=1e-9)
    assert math.fsum(value for _, value in margin.subtotals) == pytest.approx(
        margin.value, abs=1e-9
    )
    for group, subtotal in margin.subtotals:
        inside = [part.value for part in margin.parts if part.group == group]
        assert math.fsum(inside) == pytest.approx(subtotal, abs=1e-9)
    assert [part.criterion for part in margin.parts] == [
        criterion for criterion, _ in decision.importances
    ]
    level = [part for part in margin.parts if part.value == 0]
    assert len(margin.parts_for() + margin.parts_against()) + len(level) == len(margin.parts)
    leader, rival = of(decision, margin.leader), of(decision, margin.rival)
    assert margin.value == leader.score - rival.score  # type: ignore[operator]
    assert (leader.rank, rival.rank) == (1, 2)
    assert math.fsum(share for _, share in decision.group_shares) == pytest.approx(1)


@law
@given(worlds(must_haves=False, most_criteria=7))
def test_no_fewer_parts_than_those_named_outweigh_what_speaks_against(world: World) -> None:
    decision = world.decide()
    assume(decision.margin)
    assert decision.margin is not None
    values = [part.value for part in decision.margin.parts_for()]
    against = -sum(part.value for part in decision.margin.parts_against())
    fewest = min(
        count
        for count in range(1, len(values) + 1)
        if any(sum(chosen) > against + 1e-9 for chosen in combinations(values, count))
    )
    assert len(decision.margin.enough()) == fewest


# Why not another?


@law
@given(worlds(most_criteria=6))
def test_an_importance_puts_an_option_first_exactly_inside_its_opening(world: World) -> None:
    matrix = build(world.options, world.criteria, world.scores, neutral=world.neutral)
    decision = decide(matrix, world.importances, must_haves=world.must_haves)
    for option in world.options:
        explanation = why_not(matrix, decision, option)
        assert not (explanation.openings and option in decision.leaders)
        openings = {opening.criterion: opening for opening in explanation.openings}
        assume(decision.leaders)
        if option in decision.leaders or decision.state == "no-criteria":
            continue
        for criterion in world.criteria:
            opening = openings.get(criterion)
            first = [
                then
                for then in map(float, range(6))
                if option in (now := after(world, matrix, {criterion: then}).leaders)
                and set(decision.leaders).isdisjoint(now)
            ]
            nearest = min(
                first, key=lambda then: abs(then - world.importances[criterion]), default=None
            )
            assert (opening.whole if opening else None) == nearest
            if opening:
                middle = (opening.low + opening.high) / 2
                assert option in after(world, matrix, {criterion: middle}).leaders
                for outside in (opening.low - 1e-4, opening.high + 1e-4):
                    if 0 <= outside <= 5:
                        assert option not in after(world, matrix, {criterion: outside}).leaders


@law
@given(worlds())
def test_the_parts_against_an_option_add_up_to_what_it_lacks(world: World) -> None:
    matrix = build(world.options, world.criteria, world.scores, neutral=world.neutral)
    decision = decide(matrix, world.importances, must_haves=world.must_haves)
    for ranked in decision.options:
        explanation = why_not(matrix, decision, ranked.option)
        assert (explanation.state, explanation.failed) == (
            ranked.state,
            dict(decision.failed).get(ranked.option, ()),
        )
        if explanation.margin:
            lead = of(decision, decision.leaders[0]).score - ranked.score  # type: ignore[operator]
            assert math.fsum(part.value for part in explanation.margin.parts) == pytest.approx(
                lead, abs=1e-9
            )
        else:
            unscored = ranked.score is None or not decision.leaders
            assert unscored or ranked.option in decision.leaders
