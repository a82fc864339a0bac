"""Laws of the trials, on random tables: what is said to change the leader does, and no less."""

from dataclasses import replace
from itertools import combinations, product

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.core.decision import Decision, Flips, Matrix, build, decide
from tests.random_worlds import World, after, law, worlds


def ahead(decision: Decision, leader: str) -> bool:
    """Whether another option is strictly ahead of the one that led."""
    return bool(decision.leaders) and leader not in decision.leaders


def dormant_of(world: World) -> dict[str, float]:
    """An importance for every criterion that is off."""
    return {
        c: float(1 + index % 5)
        for index, c in enumerate(world.criteria)
        if not world.importances[c]
    }


def flips_in(world: World) -> tuple[Decision, Flips, Matrix, dict[str, float]]:
    matrix = build(world.options, world.criteria, world.scores, neutral=world.neutral)
    dormant = dormant_of(world)
    decision = decide(matrix, world.importances, must_haves=world.must_haves, dormant=dormant)
    assume(decision.flips)
    assert decision.flips is not None
    return decision, decision.flips, matrix, dormant


@law
@given(worlds(most_criteria=8), st.floats(0, 1))
def test_inside_an_interval_the_leader_stays_and_just_outside_it_does_not(
    world: World, share: float
) -> None:
    decision, flips, matrix, _ = flips_in(world)
    (leader,) = decision.leaders
    for criterion, low, high in flips.intervals:
        assert 0 <= low <= world.importances[criterion] <= high <= 5
        inside = after(world, matrix, {criterion: low + share * (high - low)})
        assert leader in inside.leaders or inside.state == "no-criteria"
        for outside in (low - 1e-4, high + 1e-4):
            if 0 <= outside <= 5:
                assert ahead(after(world, matrix, {criterion: outside}), leader)


@law
@given(worlds(most_criteria=8))
def test_the_nearest_single_change_flips_and_nothing_nearer_does(world: World) -> None:
    decision, flips, matrix, _ = flips_in(world)
    (leader,) = decision.leaders
    moves = sorted(
        (abs(then - world.importances[criterion]), index, then, criterion)
        for index, criterion in enumerate(world.criteria)
        for then in map(float, range(6))
        if ahead(after(world, matrix, {criterion: then}), leader)
    )
    if not moves:
        assert flips.nearest is None
        return
    _, _, then, criterion = moves[0]
    assert flips.nearest is not None
    assert flips.nearest[:3] == (criterion, world.importances[criterion], then)
    flipped = after(world, matrix, {criterion: then})
    assert flips.nearest.leaders == flipped.leaders
    scores = {o.option: o.score or 0 for o in flipped.options}
    assert flips.nearest.lead == pytest.approx(
        scores[flipped.leaders[0]] - scores[leader], abs=1e-9
    )


@law
@given(worlds(most_criteria=6))
def test_the_switches_told_flip_and_no_fewer_do(world: World) -> None:
    decision, reported, matrix, dormant = flips_in(world)
    (leader,) = decision.leaders
    switch = {c: dormant.get(c, 0.0) for c in world.criteria}
    flips: dict[tuple[str, ...], Decision] = {}
    for count in (1, 2, 3):
        for chosen in combinations(world.criteria, count):
            flipped = after(world, matrix, {c: switch[c] for c in chosen})
            if ahead(flipped, leader):
                flips[chosen] = flipped
        if flips:
            break
    singles = [
        (c, world.importances[c], switch[c], flips[c,].leaders)
        for c in world.criteria
        if (c,) in flips
    ]
    assert [tuple(change[:4]) for change in reported.switches] == singles
    if not flips:
        assert reported.smallest is None
        return
    assert reported.smallest is not None
    chosen = tuple(
        c
        for c in world.criteria
        if c in {switched for switched, _, _ in reported.smallest.switches}
    )
    assert all(
        then == switch[c] and now == world.importances[c]
        for c, now, then in reported.smallest.switches
    )
    assert chosen in flips
    assert reported.smallest.leaders == flips[chosen].leaders
    scores = {o.option: o.score or 0 for o in flips[chosen].options}
    assert reported.smallest.lead == pytest.approx(
        scores[reported.smallest.leaders[0]] - scores[leader], abs=1e-9
    )


@law
@given(worlds(most_criteria=3))
def test_no_fewer_steps_than_told_flip(world: World) -> None:
    decision, flips, matrix, _ = flips_in(world)
    (leader,) = decision.leaders
    fewest = None
    for then in product(map(float, range(6)), repeat=len(world.criteria)):
        moves = dict(zip(world.criteria, then, strict=True))
        count = int(sum(abs(w - world.importances[c]) for c, w in moves.items()))
        if (fewest is None or count < fewest) and ahead(after(world, matrix, moves), leader):
            fewest = count
    assert flips.steps == fewest


@law
@given(worlds(most_criteria=6))
def test_every_corner_just_inside_the_tolerance_keeps_the_leader_and_one_outside_does_not(
    world: World,
) -> None:
    # so that none is moved beyond 5
    world = replace(world, importances={c: w * 0.5 for c, w in world.importances.items()})
    decision, flips, matrix, _ = flips_in(world)
    (leader,) = decision.leaders
    assert 0 < flips.tolerance <= 1

    def kept(share: float) -> bool:
        signs = product((-1, 1), repeat=len(world.criteria))
        corners = (
            {
                c: world.importances[c] * (1 + sign * share)
                for c, sign in zip(world.criteria, corner, strict=True)
            }
            for corner in signs
        )
        return not any(ahead(after(world, matrix, corner), leader) for corner in corners)

    assert kept(flips.tolerance * (1 - 1e-6))
    if flips.tolerance < 0.999:
        assert not kept(flips.tolerance * (1 + 1e-4))


@law
@given(worlds(), st.data())
def test_fractional_importances_give_intervals_too(world: World, data: st.DataObject) -> None:
    importances = {
        c: data.draw(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.5])) for c in world.criteria[:8]
    }
    flips = flips_in(replace(world, importances=dict.fromkeys(world.criteria, 0.0) | importances))[
        1
    ]
    assert all(low <= importances.get(c, 0.0) <= high for c, low, high in flips.intervals)


@law
@given(worlds())
def test_a_reported_change_never_names_the_present_leader(world: World) -> None:
    decision, flips, _, _ = flips_in(world)
    told = [
        *flips.switches,
        *([flips.nearest] if flips.nearest else []),
        *([flips.smallest] if flips.smallest else []),
    ]
    assert all(
        decision.leaders[0] not in change.leaders and change.leaders and change.lead > 0
        for change in told
    )
