"""Bounds of a score: "2,000 or more", "200 to 400", "unlimited". What settles the score gives it;
the rest leaves a piece.
"""

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.core.decision import Matrix, MustHave, build, decide
from comparison.core.decision.confidence import working
from tests import worlds
from tests.claims import SPEED, behind, criterion
from tests.random_worlds import is_active, law, of
from tests.random_worlds import worlds as tables
from tests.tables import simulated
from tests.tools import data, get, html, results

MANY = {"spelling": "x", "unit": "req/s"}


def at_least(low):
    return {"quantity": MANY | {"form": "at-least", "low": low}}


def exactly(low):
    return {"quantity": MANY | {"low": low}}


@pytest.mark.parametrize(
    ("cell", "claims", "score", "bounds", "basis"),
    [
        pytest.param(at_least(500), [], None, (5, 10), "editor", id="the editors' bound"),
        pytest.param(None, [[at_least(500)]], None, (5, 10), "claims", id="a claim's bound"),
        pytest.param(
            None, [[at_least(500)], [at_least(300)]], None, (4, 10), "claims", id="one vote each"
        ),
        pytest.param(
            None,
            [[at_least(500)], [exactly(800)]],
            8,
            None,
            "claims",
            id="a bound leaves a known score known",
        ),
        pytest.param(
            at_least(500),
            [[exactly(800)]],
            8,
            None,
            "claims",
            id="a claim within the editors' bound",
        ),
        pytest.param(
            at_least(500),
            [[exactly(100)]],
            None,
            (5, 10),
            "editor",
            id="a claim outside of the editors' bound",
        ),
        pytest.param(
            at_least(2000), [[exactly(100)]], 10, None, "editor", id="the editors' bound settles it"
        ),
    ],
)
def test_a_bound_gives_a_score_or_leaves_one_between(cell, claims, score, bounds, basis):
    evidence = behind(cell, claims, kind=SPEED)
    assert (evidence.score, evidence.bounds, evidence.basis) == (score, bounds, basis)


def test_a_claim_far_from_a_bound_disagrees_with_it():
    assert behind(at_least(500), [[exactly(200)]], kind=SPEED).stances == ("disagrees",)
    assert behind(at_least(500), [[exactly(300)]], kind=SPEED).stances == ("supports",)
    assert behind(exactly(200), [[at_least(500)]], kind=SPEED).stances == ("disagrees",)


# --- the engine -----------------------------------------------------------------------------------


def test_bounds_that_cannot_be_are_refused():
    for bounds, scores in (((6, 5), {}), ((5, 11), {}), ((5, 6), {"c": 5})):
        with pytest.raises(ValueError, match="c"):
            build(["a"], ["c"], {"a": scores}, bounds={"a": {"c": bounds}})


def test_an_unknown_score_counts_as_neutral_moved_no_further_than_into_its_bounds():
    bounds = {"a": {"c": (6, 9)}, "b": {"c": (1, 3)}, "d": {"c": (2, 8)}, "e": {"c": (0, 10)}}
    scores = {option: {"k": 5} for option in bounds}
    decision = decide(build(bounds, ["c", "k"], scores, bounds=bounds), {"c": 1})
    assert {o.option: (o.low, o.score, o.high) for o in decision.options} == {
        "a": (6, 6, 9),
        "b": (1, 3, 3),
        "d": (2, 5, 8),
        "e": (0, 5, 10),
    }
    assert {o.coverage for o in decision.options} == {0}


@pytest.mark.parametrize(
    ("bounds", "state"), [((5, 9), "verified"), ((1, 4.9), "excluded"), ((4, 9), "unverified")]
)
def test_bounds_on_one_side_of_a_must_have_settle_it(bounds, state):
    matrix = build(
        ["a", "b"], ["c", "k"], {"a": {"k": 1}, "b": {"c": 9}}, bounds={"a": {"c": bounds}}
    )
    assert of(decide(matrix, {"k": 1}, must_haves=[MustHave("r", "c", 5)]), "a").state == state


@st.composite
def bounded(draw):
    """Return a world, and bounds for most of its unknown scores."""
    world = draw(tables(must_haves=False, most_criteria=8))
    chance = draw(st.randoms(use_true_random=False))
    bounds = {
        option: {
            c: tuple(sorted((chance.randint(0, 20) / 2, chance.randint(0, 20) / 2)))
            for c, score in row.items()
            if score is None and chance.random() < 0.7
        }
        for option, row in world.scores.items()
    }
    return world, bounds


def matrix_of(world, bounds, scores=None) -> Matrix:
    return build(
        world.options, world.criteria, scores or world.scores, neutral=world.neutral, bounds=bounds
    )


@law
@given(bounded(), st.randoms(use_true_random=False))
def test_any_completion_within_the_bounds_stays_between_low_and_high(drawn, chance):
    world, bounds = drawn
    assume(is_active(world))
    before = decide(matrix_of(world, bounds), world.importances)
    scores = {
        o: {
            c: chance.uniform(*bounds[o].get(c, (0, 10))) if s is None else s
            for c, s in row.items()
        }
        for o, row in world.scores.items()
    }
    after = decide(matrix_of(world, {}, scores), world.importances)
    for option in before.options:
        if option.score is not None:
            assert option.low - 1e-9 <= of(after, option.option).score <= option.high + 1e-9
            assert 0 <= option.low <= option.score <= option.high <= 10
    if before.proven and all(o.state != "unrated" for o in before.options):
        assert after.leaders == before.leaders
    if before.margin:
        assert sum(part.value for part in before.margin.parts) == pytest.approx(
            before.margin.value, abs=1e-9
        )


@law
@given(bounded(), st.randoms(use_true_random=False))
def test_learning_neutral_or_more_never_hurts_and_a_higher_bound_neither(drawn, chance):
    world, bounds = drawn
    assume(is_active(world) and any(bounds.values()))
    option = chance.choice([o for o in world.options if bounds[o]])
    criterion_slug = chance.choice(sorted(bounds[option]))
    low, high = bounds[option][criterion_slug]
    before = of(decide(matrix_of(world, bounds), world.importances), option).score
    higher = bounds | {option: bounds[option] | {criterion_slug: (chance.uniform(low, high), high)}}
    assert of(decide(matrix_of(world, higher), world.importances), option).score >= before - 1e-12
    if high >= world.neutral:
        learnt = world.with_score(
            option, criterion_slug, chance.uniform(max(low, world.neutral), high)
        )
        rest = bounds | {
            option: {c: pair for c, pair in bounds[option].items() if c != criterion_slug}
        }
        assert (
            of(decide(matrix_of(world, rest, learnt), world.importances), option).score
            >= before - 1e-12
        )


@law
@given(bounded())
def test_the_chance_is_that_of_its_working_and_of_a_simulation(drawn):
    world, bounds = drawn
    assume(sum(importance > 0 for importance in world.importances.values()) >= 3)
    matrix = build(world.options, world.criteria, world.scores, bounds=bounds)
    decision = decide(matrix, world.importances)
    assume(decision.confidence)
    rated = [o for o in decision.options if o.rank]
    importances = [world.importances[c] for c in world.criteria]
    leader, *rivals = (matrix.option_at[o.option] for o in rated)
    assert working(matrix, importances, leader, rivals).chance == pytest.approx(
        decision.confidence.chance, abs=1e-9
    )
    ranked_only = build(
        [o.option for o in rated],
        world.criteria,
        {o.option: world.scores[o.option] for o in rated},
        bounds={o.option: bounds[o.option] for o in rated},
    )
    drawn_chance = simulated(ranked_only, world.importances, 2000)
    assert decision.confidence.chance <= drawn_chance + 0.08
    # Rivals share the doubt about importances, which the closed form takes as each one's own: that
    # errs on the cautious side.
    assert decision.confidence.chance >= drawn_chance - 0.12


# --- the site -------------------------------------------------------------------------------------


def limits(**quantities):
    """Return the tree of a comparison by one quantity: how many entries fit, 1,000 being the best
    that counts.
    """
    tree = worlds.tiny_tree(use_cases=[], questions=[], runs=[], workloads=[], sources=[])
    cells = {
        option: {"text": quantity["spelling"], "quantity": quantity}
        for option, quantity in quantities.items()
    }
    most = criterion(**SPEED | {"unit": "entries"}).model_dump(mode="json", exclude_defaults=True)
    tree["groups"] = [{"slug": "g", "name": "G"}]
    tree["criteria"] = [most | {"name": "Most entries", "cells": cells}]
    tree["options"] = [
        {"slug": o, "name": o.capitalize(), "line": "An option."} for o in quantities
    ]
    return tree


LIMITED = {"spelling": "800", "low": 800, "unit": "entries"}
UNLIMITED = {"spelling": "unlimited", "form": "verbal"}
TWO_THOUSAND = {"spelling": "2,000 or more", "form": "at-least", "low": 2000, "unit": "entries"}
FIVE_HUNDRED = {"spelling": "500 or more", "form": "at-least", "low": 500, "unit": "entries"}


@pytest.mark.django_db
def test_unlimited_and_a_bound_beyond_the_anchor_are_the_best():
    worlds.publish(limits(ada=LIMITED, bob=UNLIMITED, cyd=TWO_THOUSAND))
    view = get("/tiny/-/view.json").json()
    assert [option["score"] for option in view["options"]] == [8, 10, 10]
    assert view["verdict"]["leaders"] == ["bob", "cyd"]
    assert "only" not in results("/tiny/")


@pytest.mark.django_db
def test_a_bound_that_does_not_settle_is_told_wherever_the_cell_stands():
    worlds.publish(limits(ada=LIMITED, bob=FIVE_HUNDRED))
    row = html("/tiny/").split('id="c-c"')[1].split("</tr>")[0]
    assert "between 5 and 10 of 10" in row and "not known" not in row.casefold()
    assert "Between 5 and 10 of 10: it counts as 5" in html("/tiny/cell/c/bob/")
    cell = get("/tiny/-/view.json").json()["rows"][0]["cells"]["bob"]
    assert (cell["points"], cell["between"]) == (None, [5, 10])
    assert "5–10" in get("/tiny/-/view.csv").content.decode()
    assert "between 5.0 and 10.0" in results("/tiny/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "is_marked"),
    [
        pytest.param(FIVE_HUNDRED, False, id="it may be better"),
        pytest.param(
            {"spelling": "at most 700", "form": "at-most", "high": 700, "unit": "entries"},
            True,
            id="it is not",
        ),
    ],
)
def test_the_best_of_a_row_is_marked_only_where_no_bound_reaches_above_it(other, is_marked):
    worlds.publish(limits(ada=LIMITED, bob=other))
    row = html("/tiny/").split('id="c-c"')[1].split("</tr>")[0]
    assert ('class="lead"' in row) is is_marked


@pytest.mark.django_db
def test_of_a_leader_with_a_bound_it_is_said_that_the_bound_counts():
    worlds.publish(
        limits(
            ada={"spelling": "800 or more", "form": "at-least", "low": 800, "unit": "entries"},
            bob=FIVE_HUNDRED,
        )
    )
    assert "the rest counts as neutral, or as near to that as its bounds allow" in results("/tiny/")
    assert (
        "as near to that as its bounds allow"
        in get("/tiny/-/view.json").json()["verdict"]["sentence"]
    )


THOUSANDS = {"spelling": "thousands", "form": "verbal"}


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "embed/", "share/", "-/view.md", "-/view.json"])
def test_whoever_alone_has_bounds_and_no_score_is_not_said_to_have_a_known_score(place):
    worlds.publish(limits(ada=FIVE_HUNDRED, bob=THOUSANDS))
    text = get(f"/tiny/{place}").content.decode()
    assert "only one with known bounds" in text and "known scores" not in text
    assert get("/tiny/-/view.json").json()["verdict"]["label"] == "only one with bounds"


@pytest.mark.django_db
def test_whoever_alone_has_bounds_is_not_recommended():
    worlds.publish(limits(ada=FIVE_HUNDRED, bob=THOUSANDS))
    assert data("")["decision"]["recommended"] is None
    assert "No score is known. Nothing was compared, so nothing is recommended." in results(
        "/tiny/"
    )


def test_a_score_beside_the_bounds_is_a_known_score():
    decision = decide(
        build("ab", "cd", {"a": {"d": 5}}, bounds={"a": {"c": (5, 9)}}), {"c": 1, "d": 1}
    )
    assert decision.label == "only one with scores"
