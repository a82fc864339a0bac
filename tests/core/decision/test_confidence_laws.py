"""Laws of the confidence and the label, on random tables."""

import math

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comparison.core.decision import build
from tests.random_worlds import World, law, of, worlds
from tests.tables import simulated


@law
@given(worlds(), st.data())
def test_the_confidence_hardly_falls_when_a_score_of_the_leader_rises(
    world: World, data: st.DataObject
) -> None:
    before = world.decide()
    assume(before.confidence)
    assert before.confidence is not None
    assert 0 <= before.confidence.chance <= 1
    (leader,) = before.leaders
    known = [(c, s) for c, s in world.scores[leader].items() if s is not None]
    assume(known)
    criterion, score = data.draw(st.sampled_from(known))
    better = data.draw(st.sampled_from([min(10.0, round(score + 0.1, 1)), (score + 10) / 2, 10.0]))
    after = world.decide(scores=world.with_score(leader, criterion, better))
    # else a must-have was met, and its rivals are others
    if after.confidence and after.leaders == before.leaders:
        rivals = {option for option, _ in before.confidence.ahead}
        assume(rivals == {option for option, _ in after.confidence.ahead})
        assert after.confidence.chance >= before.confidence.chance - 0.01


@settings(law, max_examples=15)
@given(worlds(gaps=False, must_haves=False, most_criteria=8), st.integers(0, 1000))
def test_the_confidence_is_that_of_a_simulation_of_the_same_doubts(world: World, seed: int) -> None:
    assume(sum(importance > 0 for importance in world.importances.values()) >= 3)
    decision = world.decide(neutral=5.0)
    assume(decision.confidence)
    assert decision.confidence is not None
    matrix = build(world.options, world.criteria, world.scores)
    assert decision.confidence.chance == pytest.approx(
        simulated(matrix, world.importances, 2000, seed), abs=0.08
    )


@law
@given(worlds())
def test_the_label_and_what_is_recommended_follow_from_the_record(world: World) -> None:
    decision = world.decide()
    if not decision.leaders:
        assert (decision.label, decision.recommended, decision.missing_scores) == (None, None, ())
        return
    assert decision.label is not None
    commends = decision.label in (
        "only option left",
        "only one verified",
        "strong",
        "clear",
        "slight",
    )
    assert decision.recommended == (decision.leaders[0] if commends else None)
    assert (decision.confidence is None) == (
        decision.label == "tie" or decision.label.startswith("only ")
    )
    if decision.label in ("strong", "clear"):
        assert of(decision, decision.leaders[0]).state == "verified"
        assert not decision.gaps_matter
    if decision.confidence:
        assert math.fsum(share for _, share in decision.confidence.doubt) == pytest.approx(1)
        assert all(share >= -1e-12 for _, share in decision.confidence.doubt)
        assert decision.margin is not None
        assert decision.margin.rival == decision.confidence.ahead[0][0]
        assert all(0 <= chance <= 0.5 + 1e-9 for _, chance in decision.confidence.ahead)


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_options_and_criteria_changes_no_label(world: World, chance: object) -> None:
    options, criteria = list(world.options), list(world.criteria)
    chance.shuffle(options)  # type: ignore[attr-defined]
    chance.shuffle(criteria)  # type: ignore[attr-defined]
    shuffled, decision = (
        world.decide(options=tuple(options), criteria=tuple(criteria)),
        world.decide(),
    )
    assert (shuffled.label, shuffled.caps, shuffled.proven) == (
        decision.label,
        decision.caps,
        decision.proven,
    )
    if decision.confidence and shuffled.confidence:
        assert shuffled.confidence.chance == pytest.approx(decision.confidence.chance, abs=1e-12)
