"""Laws of gaps, on random tables: whatever an unknown score turns out to be, the bounds hold."""

from copy import deepcopy

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.core.decision import build, decide
from tests.random_worlds import (
    Scores,
    World,
    any_score,
    by_option,
    is_active,
    law,
    of,
    tenths,
    worlds,
)


@law
@given(worlds(must_haves=False), st.data())
def test_every_completion_of_the_gaps_stays_inside_the_bounds(
    world: World, data: st.DataObject
) -> None:
    assume(is_active(world))
    completed: Scores = {
        option: {c: data.draw(tenths) if score is None else score for c, score in row.items()}
        for option, row in world.scores.items()
    }
    before, after = world.decide(), world.decide(scores=completed)
    for option, ranked in by_option(after).items():
        assert ranked.low == ranked.score == ranked.high
        assert (ranked.coverage, ranked.known_mean) == (1, ranked.score)
        was = of(before, option)
        if was.state != "unrated":
            assert was.low - 1e-9 <= ranked.score <= was.high + 1e-9  # type: ignore[operator]


@law
@given(worlds(must_haves=False))
def test_the_bounds_are_reached_when_every_gap_is_worst_or_best(world: World) -> None:
    assume(is_active(world))
    before = world.decide()
    for fill, bound in ((0.0, "low"), (10.0, "high"), (world.neutral, "score")):
        filled = {
            o: {c: fill if s is None else s for c, s in row.items()}
            for o, row in world.scores.items()
        }
        after = world.decide(scores=filled)
        for option, ranked in by_option(before).items():
            if ranked.state != "unrated":
                assert of(after, option).score == pytest.approx(getattr(ranked, bound), abs=1e-9)


@law
@given(worlds(), st.data())
def test_learning_a_score_that_is_not_below_neutral_never_hurts(
    world: World, data: st.DataObject
) -> None:
    gaps = [(o, c) for o, row in world.scores.items() for c, s in row.items() if s is None]
    must = {rule.criterion for rule in world.must_haves}
    gaps = [(option, criterion) for option, criterion in gaps if criterion not in must]
    assume(gaps)
    option, criterion = data.draw(st.sampled_from(gaps))
    learnt = data.draw(st.sampled_from([world.neutral, (world.neutral + 10) / 2, 10.0]))
    before = of(world.decide(), option)
    after = of(world.decide(scores=world.with_score(option, criterion, learnt)), option)
    if before.rank is not None:
        assert after.score >= before.score - 1e-12  # type: ignore[operator]
        assert after.rank is not None
        assert after.rank <= before.rank


@law
@given(
    st.lists(st.tuples(st.floats(0, 5), any_score, any_score), min_size=1, max_size=20),
    st.floats(0, 10),
)
def test_scores_and_bounds_stay_in_their_scale_for_any_numbers(
    columns: list[tuple[float, float | None, float | None]], neutral: float
) -> None:
    criteria = [f"c{number}" for number in range(len(columns))]
    importances = {
        criterion: column[0] for criterion, column in zip(criteria, columns, strict=True)
    }
    scores: Scores = {
        option: {
            criterion: column[index] for criterion, column in zip(criteria, columns, strict=True)
        }
        for index, option in ((1, "a"), (2, "b"))
    }
    decision = decide(build(["a", "b"], criteria, scores, neutral=neutral), importances)
    for ranked in decision.options:
        if ranked.score is not None and ranked.low is not None and ranked.high is not None:
            assert 0 <= ranked.low <= ranked.score <= ranked.high <= 10
        assert ranked.known_mean is None or 0 <= ranked.known_mean <= 10
        assert 0 <= ranked.coverage <= 1


@law
@given(worlds(must_haves=False, most_criteria=6), st.data())
def test_no_completion_of_the_gaps_dethrones_a_proven_leader(
    world: World, data: st.DataObject
) -> None:
    scores = deepcopy(world.scores)
    # else hardly one is proven
    scores["o0"] = {c: s if s is None else max(s, 8.0) for c, s in scores["o0"].items()}
    decision = world.decide(scores=scores)
    assume(decision.margin)
    (leader,) = decision.leaders
    worst = {
        o: {c: (0.0 if o == leader else 10.0) if s is None else s for c, s in row.items()}
        for o, row in scores.items()
    }
    # An unrated option has no place to lose or win, and would get one by being completed.
    rated = {o.option for o in decision.options if o.state != "unrated"}
    worst = {o: row if o in rated else scores[o] for o, row in worst.items()}
    assert decision.proven == (world.decide(scores=worst).leaders == (leader,))
    drawn = {
        o: {c: data.draw(tenths) if s is None and o in rated else s for c, s in row.items()}
        for o, row in scores.items()
    }
    if decision.proven:
        assert world.decide(scores=drawn).leaders == (leader,)
