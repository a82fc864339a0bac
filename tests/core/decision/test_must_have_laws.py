"""Laws of must-haves, on random tables: whom they let in, and what they cost."""

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.core.decision import MustHave
from tests.random_worlds import World, exact_points, exact_state, is_active, law, of, tenths, worlds


@law
@given(worlds(), st.data())
def test_adding_a_must_have_never_adds_a_qualified_option(
    world: World, data: st.DataObject
) -> None:
    added = MustHave("added", data.draw(st.sampled_from(world.criteria)), data.draw(tenths))
    before, after = world.decide(), world.decide(must_haves=(*world.must_haves, added))
    for states in (("verified",), ("verified", "unverified", "unrated")):
        was = {o.option for o in before.options if o.state in states}
        now = {o.option for o in after.options if o.state in states}
        assert now <= was
    if is_active(world):
        scores = [
            {ranked.option: ranked.score for ranked in decision.options}
            for decision in (before, after)
        ]
        assert scores[0] == scores[1]


@law
@given(worlds())
def test_an_excluded_option_never_leads_and_a_verified_one_is_never_passed_over(
    world: World,
) -> None:
    decision = world.decide()
    leading = {of(decision, option).state for option in decision.leaders}
    assert leading <= {"verified", "unverified"}
    if is_active(world) and any(ranked.state == "verified" for ranked in decision.options):
        assert leading == {"verified"}


@law
@given(worlds())
def test_each_relaxation_applied_lets_an_option_in_and_gives_the_leaders_named(
    world: World,
) -> None:
    assume(is_active(world))
    decision = world.decide()
    excluded = {ranked.option for ranked in decision.options if ranked.state == "excluded"}
    expected = []
    for rule in world.must_haves:
        rest = tuple(other for other in world.must_haves if other != rule)
        relaxed = world.decide(must_haves=rest)
        if excluded - {ranked.option for ranked in relaxed.options if ranked.state == "excluded"}:
            expected.append((rule.id, relaxed.leaders))
    assert [
        (relaxation.must_have, relaxation.leaders) for relaxation in decision.relaxations
    ] == expected


@law
@given(worlds())
def test_the_price_is_the_lead_that_the_best_option_has_over_the_leader(world: World) -> None:
    decision = world.decide()
    assume(decision.leaders)
    assume(is_active(world))
    points = {
        o: exact_points(world, o) for o in world.options if exact_state(world, o) != "unrated"
    }
    best = max(points.values())
    lead = best - points[decision.leaders[0]]
    if lead == 0:
        assert decision.price is None
    else:
        assert decision.price is not None
        assert points[decision.price.option] == best
        assert decision.price.lead == pytest.approx(float(lead), abs=1e-9)
        assert of(decision, decision.price.option).state in ("excluded", "unverified")
