"""Laws of the decision engine, on random tables: what no selection and no new option may ever
change.
"""

import math
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comparison.core.decision import (
    Changes,
    Decision,
    Matrix,
    Ranked,
    Requirement,
    build,
    decide,
    evaluate,
    why_not,
)
from tests.random_worlds import (
    Scores,
    World,
    any_score,
    importances,
    is_active,
    law,
    of,
    tenths,
    worlds,
)
from tests.tables import simulated


def by_option(decision: Decision) -> dict[str, Ranked]:
    return {ranked.option: ranked for ranked in decision.options}


def numbers(decision: Decision, options: set[str]) -> dict[str, Ranked]:
    """Everything about these options but their ranks."""
    return {o.option: o._replace(rank=None) for o in decision.options if o.option in options}


def order(decision: Decision, without: str = "") -> list[str]:
    return [o.option for o in decision.options if o.rank is not None and o.option != without]


def exact_points(world: World, option: str) -> Fraction:
    """The overall score in exact arithmetic, straight from the formula."""
    total = sum(Fraction(weight) for weight in world.weights.values())
    points = Fraction(0)
    for criterion, weight in world.weights.items():
        score = world.scores[option].get(criterion)
        counted = world.neutral if score is None else score
        points += Fraction(weight) * Fraction(str(counted))
    return points / total


def exact_known_mean(world: World, option: str) -> Fraction | None:
    known = {c: s for c, s in world.scores[option].items() if s is not None}
    total = sum(Fraction(world.weights[criterion]) for criterion in known)
    points = sum(Fraction(world.weights[c]) * Fraction(str(score)) for c, score in known.items())
    return points / total if total else None


def exact_state(world: World, option: str) -> str:
    row = world.scores[option]
    if all(score is None for score in row.values()):
        return "unrated"
    found = [(row[rule.criterion], rule.minimum) for rule in world.requirements]
    if any(score is not None and score < minimum for score, minimum in found):
        return "excluded"
    return "unverified" if any(score is None for score, _ in found) else "verified"


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
def test_options_are_listed_by_tier_and_rank_then_in_editorial_order(world: World) -> None:
    assume(is_active(world))
    places = ["verified", "unverified", "excluded", "unrated"]
    listed = world.decide().options
    keys = [(places.index(o.state), o.rank or 0, world.options.index(o.option)) for o in listed]
    assert keys == sorted(keys)
    assert len(keys) == len(world.options)


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
    weights = {criterion: world.weights[criterion] for criterion in criteria}
    shuffled = world.decide(options=tuple(options), criteria=tuple(criteria), weights=weights)
    decision = world.decide()
    assert by_option(shuffled) == by_option(decision)
    assert set(shuffled.leaders) == set(decision.leaders)


# only the proportions of importances count


@law
@given(worlds(), st.floats(0.01, 1))
def test_scaling_all_importances_keeps_scores_and_ranks(world: World, factor: float) -> None:
    scaled = world.decide(weights={criterion: w * factor for criterion, w in world.weights.items()})
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
@given(worlds(gaps=False, musts=False), st.data())
def test_an_option_better_on_an_active_criterion_and_worse_on_none_ranks_higher(
    world: World,
    data: st.DataObject,
) -> None:
    assume(is_active(world))
    active = [criterion for criterion in world.criteria if world.weights[criterion]]
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
@given(worlds(musts=False), st.data())
def test_deleting_a_criterion_that_is_off_moves_no_option_that_is_still_rated(
    world: World,
    data: st.DataObject,
) -> None:
    assume(len(world.criteria) > 1)
    gone = data.draw(st.sampled_from(world.criteria))
    weights = world.weights | {gone: 0.0}
    unnamed = {criterion: w for criterion, w in weights.items() if criterion != gone}
    off = world.decide(weights=weights)
    assert world.decide(weights=unnamed) == off
    kept = tuple(criterion for criterion in world.criteria if criterion != gone)
    scores = {o: {c: s for c, s in row.items() if c != gone} for o, row in world.scores.items()}
    deleted = world.decide(criteria=kept, scores=scores, weights=unnamed)
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
    others = {c: w for c, w in world.weights.items() if c != criterion}
    assume(any(others.values()))
    without = world.decide(scores=scores, weights=others)
    having = world.decide(scores=scores, weights={**others, criterion: importance})
    assert {o.option: o.rank for o in having.options} == {o.option: o.rank for o in without.options}
    assert (criterion in having.does_not_separate) == (importance > 0)


# gaps and bounds


@law
@given(worlds(musts=False), st.data())
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
@given(worlds(musts=False))
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
    must = {rule.criterion for rule in world.requirements}
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
    criteria = [f"c{at}" for at in range(len(columns))]
    weights = {criterion: column[0] for criterion, column in zip(criteria, columns, strict=True)}
    scores: Scores = {
        option: {criterion: column[at] for criterion, column in zip(criteria, columns, strict=True)}
        for at, option in ((1, "a"), (2, "b"))
    }
    decision = decide(build(["a", "b"], criteria, scores, neutral=neutral), weights)
    for ranked in decision.options:
        if ranked.score is not None and ranked.low is not None and ranked.high is not None:
            assert 0 <= ranked.low <= ranked.score <= ranked.high <= 10
        assert ranked.known_mean is None or 0 <= ranked.known_mean <= 10
        assert 0 <= ranked.coverage <= 1


# the reasons


@law
@given(worlds(musts=False))
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
        criterion for criterion, _ in decision.weights
    ]
    level = [part for part in margin.parts if part.value == 0]
    assert len(margin.parts_for() + margin.parts_against()) + len(level) == len(margin.parts)
    leader, rival = of(decision, margin.leader), of(decision, margin.rival)
    assert margin.value == leader.score - rival.score  # type: ignore[operator]
    assert (leader.rank, rival.rank) == (1, 2)
    assert math.fsum(share for _, share in decision.group_shares) == pytest.approx(1)


@law
@given(worlds(musts=False, most_criteria=7))
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


# what would change the verdict


def ahead(decision: Decision, leader: str) -> bool:
    """Whether another option is strictly ahead of the one that led."""
    return bool(decision.leaders) and leader not in decision.leaders


def dormant_of(world: World) -> dict[str, float]:
    """An importance for every criterion that is off."""
    return {c: float(1 + at % 5) for at, c in enumerate(world.criteria) if not world.weights[c]}


def changes_in(world: World) -> tuple[Decision, Changes, Matrix, dict[str, float]]:
    matrix = build(world.options, world.criteria, world.scores, neutral=world.neutral)
    dormant = dormant_of(world)
    decision = decide(matrix, world.weights, requirements=world.requirements, dormant=dormant)
    assume(decision.changes)
    assert decision.changes is not None
    return decision, decision.changes, matrix, dormant


def after(world: World, matrix: Matrix, moves: dict[str, float]) -> Decision:
    return decide(matrix, world.weights | moves, requirements=world.requirements, detail=False)


@law
@given(worlds(most_criteria=8), st.floats(0, 1))
def test_inside_an_interval_the_leader_stays_and_just_outside_it_does_not(
    world: World, share: float
) -> None:
    decision, found, matrix, _ = changes_in(world)
    (leader,) = decision.leaders
    for criterion, low, high in found.intervals:
        assert 0 <= low <= world.weights[criterion] <= high <= 5
        inside = after(world, matrix, {criterion: low + share * (high - low)})
        assert leader in inside.leaders or inside.state == "no-criteria"
        for outside in (low - 1e-4, high + 1e-4):
            if 0 <= outside <= 5:
                assert ahead(after(world, matrix, {criterion: outside}), leader)


@law
@given(worlds(most_criteria=8))
def test_the_nearest_single_change_flips_and_nothing_nearer_does(world: World) -> None:
    decision, found, matrix, _ = changes_in(world)
    (leader,) = decision.leaders
    moves = sorted(
        (abs(then - world.weights[criterion]), at, then, criterion)
        for at, criterion in enumerate(world.criteria)
        for then in map(float, range(6))
        if ahead(after(world, matrix, {criterion: then}), leader)
    )
    if not moves:
        assert found.nearest is None
        return
    _, _, then, criterion = moves[0]
    assert found.nearest is not None
    assert found.nearest[:3] == (criterion, world.weights[criterion], then)
    flipped = after(world, matrix, {criterion: then})
    assert found.nearest.leaders == flipped.leaders
    scores = {o.option: o.score or 0 for o in flipped.options}
    assert found.nearest.lead == pytest.approx(
        scores[flipped.leaders[0]] - scores[leader], abs=1e-9
    )


@law
@given(worlds(most_criteria=6))
def test_the_switches_told_flip_and_no_fewer_do(world: World) -> None:
    decision, found, matrix, dormant = changes_in(world)
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
        (c, world.weights[c], switch[c], flips[c,].leaders) for c in world.criteria if (c,) in flips
    ]
    assert [tuple(change[:4]) for change in found.switches] == singles
    if not flips:
        assert found.smallest is None
        return
    assert found.smallest is not None
    chosen = tuple(
        c for c in world.criteria if c in {switched for switched, _, _ in found.smallest.switches}
    )
    assert all(
        then == switch[c] and now == world.weights[c] for c, now, then in found.smallest.switches
    )
    assert chosen in flips
    assert found.smallest.leaders == flips[chosen].leaders
    scores = {o.option: o.score or 0 for o in flips[chosen].options}
    assert found.smallest.lead == pytest.approx(
        scores[found.smallest.leaders[0]] - scores[leader], abs=1e-9
    )


@law
@given(worlds(most_criteria=3))
def test_no_fewer_steps_than_told_flip(world: World) -> None:
    decision, found, matrix, _ = changes_in(world)
    (leader,) = decision.leaders
    fewest = None
    for then in product(map(float, range(6)), repeat=len(world.criteria)):
        moves = dict(zip(world.criteria, then, strict=True))
        count = int(sum(abs(w - world.weights[c]) for c, w in moves.items()))
        if (fewest is None or count < fewest) and ahead(after(world, matrix, moves), leader):
            fewest = count
    assert found.steps == fewest


@law
@given(worlds(most_criteria=6))
def test_every_corner_just_inside_the_tolerance_keeps_the_leader_and_one_outside_does_not(
    world: World,
) -> None:
    # so that none is moved beyond 5
    world = replace(world, weights={c: w * 0.5 for c, w in world.weights.items()})
    decision, found, matrix, _ = changes_in(world)
    (leader,) = decision.leaders
    assert 0 < found.tolerance <= 1

    def kept(share: float) -> bool:
        signs = product((-1, 1), repeat=len(world.criteria))
        corners = (
            {
                c: world.weights[c] * (1 + sign * share)
                for c, sign in zip(world.criteria, corner, strict=True)
            }
            for corner in signs
        )
        return not any(ahead(after(world, matrix, corner), leader) for corner in corners)

    assert kept(found.tolerance * (1 - 1e-6))
    if found.tolerance < 0.999:
        assert not kept(found.tolerance * (1 + 1e-4))


@law
@given(worlds(), st.data())
def test_fractional_importances_give_intervals_too(world: World, data: st.DataObject) -> None:
    weights = {
        c: data.draw(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.5])) for c in world.criteria[:8]
    }
    found = changes_in(replace(world, weights=dict.fromkeys(world.criteria, 0.0) | weights))[1]
    assert all(low <= weights.get(c, 0.0) <= high for c, low, high in found.intervals)


@law
@given(worlds())
def test_a_reported_change_never_names_the_present_leader(world: World) -> None:
    decision, found, _, _ = changes_in(world)
    told = [
        *found.switches,
        *([found.nearest] if found.nearest else []),
        *([found.smallest] if found.smallest else []),
    ]
    assert all(
        decision.leaders[0] not in change.leaders and change.leaders and change.lead > 0
        for change in told
    )


# how sure it is, and what is proven


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
@given(worlds(gaps=False, musts=False, most_criteria=8), st.integers(0, 1000))
def test_the_confidence_is_that_of_a_simulation_of_the_same_doubts(world: World, seed: int) -> None:
    assume(sum(weight > 0 for weight in world.weights.values()) >= 3)
    decision = world.decide(neutral=5.0)
    assume(decision.confidence)
    assert decision.confidence is not None
    matrix = build(world.options, world.criteria, world.scores)
    assert decision.confidence.chance == pytest.approx(
        simulated(matrix, world.weights, 2000, seed), abs=0.08
    )


@law
@given(worlds())
def test_the_label_and_what_is_recommended_follow_from_the_record(world: World) -> None:
    decision = world.decide()
    if not decision.leaders:
        assert (decision.label, decision.recommended, decision.wanted) == (None, None, ())
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


@law
@given(worlds(musts=False, most_criteria=6), st.data())
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


# Why not another?


@law
@given(worlds(most_criteria=6))
def test_an_importance_puts_an_option_first_exactly_inside_its_opening(world: World) -> None:
    matrix = build(world.options, world.criteria, world.scores, neutral=world.neutral)
    decision = decide(matrix, world.weights, requirements=world.requirements)
    for option in world.options:
        found = why_not(matrix, decision, option)
        assert not (found.openings and option in decision.leaders)
        openings = {opening.criterion: opening for opening in found.openings}
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
                first, key=lambda then: abs(then - world.weights[criterion]), default=None
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
    decision = decide(matrix, world.weights, requirements=world.requirements)
    for ranked in decision.options:
        found = why_not(matrix, decision, ranked.option)
        assert (found.state, found.failed) == (
            ranked.state,
            dict(decision.failed).get(ranked.option, ()),
        )
        if found.margin:
            lead = of(decision, decision.leaders[0]).score - ranked.score  # type: ignore[operator]
            assert math.fsum(part.value for part in found.margin.parts) == pytest.approx(
                lead, abs=1e-9
            )
        else:
            unscored = ranked.score is None or not decision.leaders
            assert unscored or ranked.option in decision.leaders


# must-haves, and what they tell


@law
@given(worlds(), st.data())
def test_adding_a_requirement_never_adds_a_qualified_option(
    world: World, data: st.DataObject
) -> None:
    added = Requirement("added", data.draw(st.sampled_from(world.criteria)), data.draw(tenths))
    before, after = world.decide(), world.decide(requirements=(*world.requirements, added))
    for states in (("verified",), ("verified", "unverified", "unrated")):
        was = {o.option for o in before.options if o.state in states}
        now = {o.option for o in after.options if o.state in states}
        assert now <= was
    if is_active(world):
        scores = [
            {ranked.option: ranked.score for ranked in found.options} for found in (before, after)
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
    for rule in world.requirements:
        rest = tuple(other for other in world.requirements if other != rule)
        relaxed = world.decide(requirements=rest)
        if excluded - {ranked.option for ranked in relaxed.options if ranked.state == "excluded"}:
            expected.append((rule.id, relaxed.leaders))
    assert [(found.requirement, found.leaders) for found in decision.relaxations] == expected


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


@law
@given(worlds(musts=False))
def test_the_one_call_ranking_is_the_ranking(world: World) -> None:
    neutral = replace(world, neutral=5.0)
    ranked = [found for found in neutral.decide().options if found.rank is not None]
    assert evaluate(world.scores, world.weights) == ranked


# bad input

bad = st.one_of(
    st.floats(max_value=0, exclude_max=True),
    st.floats(min_value=10, exclude_min=True),
    st.sampled_from([math.nan, True, False, "5", "", (), b"5", 1 + 0j, 11, -1]),
)


@law
@given(worlds(), bad, st.data())
def test_a_bad_value_anywhere_is_refused_with_its_place(
    world: World,
    value: object,
    data: st.DataObject,
) -> None:
    option, criterion = (
        data.draw(st.sampled_from(world.options)),
        data.draw(st.sampled_from(world.criteria)),
    )
    with pytest.raises(ValueError, match=f"score / {option} / {criterion}:"):
        world.decide(scores=world.with_score(option, criterion, value))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"weights / {criterion}:"):
        world.decide(weights={**world.weights, criterion: value})
    with pytest.raises(ValueError, match="requirement 'bad' / minimum:"):
        world.decide(requirements=(Requirement("bad", criterion, value),))  # type: ignore[arg-type]
    matrix = build(world.options, world.criteria, world.scores)
    with pytest.raises(ValueError, match=f"dormant / {criterion}:"):
        decide(matrix, world.weights, dormant={criterion: value})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=f"spread / {option} / {criterion}:"):
        build(world.options, world.criteria, {}, spread={option: {criterion: value}})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="neutral value:"):
        build(world.options, world.criteria, {}, neutral=value)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="weights: unknown criterion 'nowhere'"):
        world.decide(weights={**world.weights, "nowhere": 1})


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_infinity_and_no_number_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="weights / c:"):
        decide(build(["o"], ["c"], {}), {"c": value})
    with pytest.raises(ValueError, match="score / o / c:"):
        build(["o"], ["c"], {"o": {"c": value}})


@law
@given(worlds())
def test_an_unknown_or_repeated_name_is_refused_with_its_place(world: World) -> None:
    matrix = build(world.options, world.criteria, world.scores)
    with pytest.raises(ValueError, match="option 'o0' is listed twice"):
        build((*world.options, "o0"), world.criteria, {})
    with pytest.raises(ValueError, match="criterion 'c0' is listed twice"):
        build(world.options, (*world.criteria, "c0"), {})
    with pytest.raises(ValueError, match="dormant: unknown criterion 'nowhere'"):
        decide(matrix, world.weights, dormant={"nowhere": 1})
    with pytest.raises(ValueError, match="requirement 'r' is listed twice"):
        decide(
            matrix,
            world.weights,
            requirements=[Requirement("r", "c0", 1), Requirement("r", "c0", 2)],
        )
    with pytest.raises(ValueError, match="why not: unknown option 'nobody'"):
        why_not(matrix, decide(matrix, world.weights), "nobody")
