"""What a score rests on: one basis in a fixed order, one vote per origin, disagreement counted and
never averaged away.
"""

import pytest

from comparison.core.document.schema import Claim
from comparison.core.evidence import (
    CONTRADICTS_DOCUMENTATION,
    DISAGREES,
    FIGURES_DIFFER,
    MENTIONS,
    SILENT,
    SOURCES_DISAGREE,
    SUPPORTS,
    stance_of,
    weigh,
)
from comparison.core.scale import Reach
from tests import worlds
from tests.claims import CHECKED, RATING, SPEED, SUPPORT, WRONG, behind, claim, criterion, world

# --- the basis ------------------------------------------------------------------------------------


def test_the_editors_value_comes_first():
    evidence = behind({"score": 8}, [[{"score": 2}]])
    assert (evidence.score, evidence.basis) == (8, "editor")


def test_without_it_the_claims_count():
    evidence = behind({}, [[{"score": 2}], [{"score": 5}]])
    assert (evidence.score, evidence.basis) == (3.5, "claims")
    assert behind(None, [[{"score": 2}]]).score == 2


def test_without_either_the_score_is_unknown():
    for evidence in (
        behind(),
        behind({}),
        behind({}, [[{}]]),
        behind(None, [[{"criterion": None, "score": 3}]]),
    ):
        assert (evidence.score, evidence.basis) == (None, None)


def test_unknown_is_not_nought():
    assert behind({"score": 0}).score == 0
    assert behind({"score": 0}).basis == "editor"
    assert behind(None, [[{"score": 0}]]).basis == "claims"


def test_claims_only_leaves_the_editors_value_out():
    evidence = behind({"score": 8}, [[{"score": 2}]], claims_only=True)
    assert (evidence.score, evidence.basis) == (2, "claims")
    assert behind({"score": 8}, claims_only=True).score is None


def test_a_distrusted_source_is_silent():
    claims = [[{"score": 2}], [{"score": 6}]]
    evidence = behind(None, claims, distrust={"source-0"})
    assert (evidence.score, evidence.stances) == (6, (SILENT, SUPPORTS))
    assert [source.slug for source, _ in evidence.claims] == ["source-1"]
    assert behind(None, claims, distrust={"source-0", "source-1"}).score is None


def test_distrust_of_nobody_known_changes_nothing():
    assert behind(None, [[{"score": 2}]], distrust={"nobody"}).score == 2


def test_a_cell_that_does_not_apply_has_no_score_whatever_is_claimed():
    evidence = behind({"applies": False}, [[{"score": 9}]])
    assert (evidence.score, evidence.basis) == (None, None)
    assert behind({"applies": False}, [[{"score": 9}]], claims_only=True).score is None


def test_one_source_has_one_vote_however_often_it_says_so():
    assert behind(None, [[{"score": 0}], [{"score": 9}, {"score": 9}, {"score": 9}]]).score == 4.5


def test_a_statement_repeated_in_its_place_counts_once_in_that_vote():
    assert behind(None, [[{"score": 3}, {"score": 9}, {"score": 9}]]).score == 6
    assert behind(None, [[{"score": 3}, {"score": 9}, {"score": 9, "place": "Line 2"}]]).score == 7
    assert behind({"score": 6}, [[{"score": 3}, {"score": 3}, {"score": 6}]]).stances == (SUPPORTS,)


def test_sources_of_one_origin_have_one_vote_together():
    claims = [[{"score": 0}], [{"score": 9}], [{"score": 9}]]
    assert behind(None, claims).score == 6
    assert behind(None, claims, origins=[None, "house", "house"]).score == 4.5
    assert (
        behind(None, claims, origins=[None, "source-0", "house"]).score == 6.8
    )  # (0 + 9) / 2 and 9


def test_a_claim_about_a_component_alone_is_no_vote_for_an_option():
    assert behind(None, [[{"option": None, "component": "addon", "score": 9}]]).score is None
    assert behind(None, [[{"component": "addon", "score": 9}]]).score == 9


def test_scores_by_option_hold_every_pair():
    evidence = weigh(worlds.tiny())
    assert evidence.scores == {
        "ada": {"speed": 9, "ease": 8, "cost": 4},
        "bob": {"speed": 3, "ease": 6, "cost": 6},
        "cyd": {"speed": 6, "ease": 6, "cost": 6},
    }
    assert set(evidence.cells) == {
        (c, o) for c in ("speed", "ease", "cost") for o in ("ada", "bob", "cyd")
    }


# --- how far it may be off ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "claims", "spread"),
    [
        pytest.param({"score": 8, "checked": CHECKED}, [], 0.5, id="checked"),
        pytest.param(
            {"score": 8, "checked": CHECKED},
            [[{"score": 0}], [{"score": 9}]],
            0.5,
            id="checked though disputed",
        ),
        pytest.param(
            {"score": 8}, [[{"score": 7}], [{"score": 9}]], 0.5, id="two independent sources agree"
        ),
        pytest.param(
            {"score": 8}, [[{"score": 0}], [{"score": 3}]], 2, id="sources three points apart"
        ),
        pytest.param(
            {"score": 2}, [[{"score": 0.5}], [{"score": 3}]], 0.5, id="sources just less apart"
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 2}], [{"score": 2}]],
            2,
            id="two sources agree against the editors",
        ),
        pytest.param({"score": 8}, [[{"score": 8}]], 1, id="one source"),
        pytest.param({"score": 8}, [], 2, id="nobody"),
        pytest.param(None, [[{"score": 8}]], 1, id="one claim alone"),
        pytest.param(None, [], 2, id="unknown"),
    ],
)
def test_the_spread_follows_from_the_evidence(cell, claims, spread):
    assert behind(cell, claims).spread == spread


def test_two_sources_of_one_origin_do_not_confirm_each_other():
    assert (
        behind({"score": 8}, [[{"score": 8}], [{"score": 8}]], origins=["house", "house"]).spread
        == 1
    )


def test_a_check_counts_only_for_the_value_that_was_checked():
    evidence = behind({"score": 8, "checked": CHECKED}, [[{"score": 8}]], claims_only=True)
    assert (evidence.basis, evidence.spread) == ("claims", 1)


# --- who agrees -----------------------------------------------------------------------------------


def test_a_source_supports_disagrees_or_is_silent():
    evidence = behind({"score": 8}, [[{"score": 6}], [{"score": 5}], []])
    assert evidence.stances == (SUPPORTS, DISAGREES, SILENT)


def test_a_source_that_implies_no_score_neither_supports_nor_disagrees():
    assert behind({"score": 8}, [[{}]]).stances == (MENTIONS,)
    assert behind({"score": 8}, [[{}, {"score": 7}]]).stances == (SUPPORTS,)
    assert behind({"score": 8}, [[{}, {"score": 1}]]).stances == (DISAGREES,)


def test_a_source_is_judged_by_all_it_says():
    assert behind({"score": 8}, [[{"score": 3}, {"score": 10}]]).stances == (SUPPORTS,)
    assert behind({"score": 8}, [[{"score": 3}, {"score": 6}]]).stances == (DISAGREES,)


@pytest.mark.parametrize(
    ("finding", "stance"),
    [
        ("wrong", MENTIONS),
        ("misleading", MENTIONS),
        ("outdated", SUPPORTS),
        ("opinion", SUPPORTS),
        ("supported", SUPPORTS),
    ],
)
def test_a_claim_found_wrong_or_misleading_supports_nothing(finding, stance):
    evidence = behind({"score": 8}, [[{"score": 8} | WRONG | {"finding": finding}]])
    assert evidence.stances == (stance,)


def test_a_source_that_implies_the_same_score_does_not_disagree_because_one_claim_was_found_wrong():
    assert behind({"score": 8}, [[{"score": 8}, {"score": 8} | WRONG]]).stances == (SUPPORTS,)
    assert behind({"score": 8}, [[{"score": 1} | WRONG]]).stances == (DISAGREES,)


def test_nobody_agrees_or_disagrees_with_an_unknown_score():
    for fields in ({"score": 0}, {"score": 9}, WRONG):
        assert stance_of(criterion(), [Claim.model_validate(claim(**fields))], None) == MENTIONS
    assert stance_of(criterion(), [], Reach(8, 8)) == SILENT


@pytest.mark.parametrize(
    ("cell", "claims", "kind", "dispute"),
    [
        pytest.param({"score": 8}, [[{"score": 8}]], RATING, None, id="agreement"),
        pytest.param({"score": 8}, [], RATING, None, id="silence"),
        pytest.param(
            {"score": 8}, [[{"score": 2}]], RATING, SOURCES_DISAGREE, id="against the editor"
        ),
        pytest.param(
            None,
            [[{"score": 4}], [{"score": 7}]],
            RATING,
            SOURCES_DISAGREE,
            id="against each other",
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 8} | WRONG]],
            RATING,
            CONTRADICTS_DOCUMENTATION,
            id="against documentation",
        ),
        pytest.param(
            {"score": 8}, [[WRONG]], RATING, CONTRADICTS_DOCUMENTATION, id="wrong, and no score"
        ),
        pytest.param(
            {"support": "yes"}, [[{"support": "no"}]], SUPPORT, SOURCES_DISAGREE, id="yes and no"
        ),
        pytest.param(
            None,
            [[{"quantity": {"spelling": "1", "low": low, "unit": "req/s"}}] for low in (100, 900)],
            SPEED,
            FIGURES_DIFFER,
            id="figures",
        ),
    ],
)
def test_a_dispute_has_a_kind(cell, claims, kind, dispute):
    evidence = weigh(world(cell, claims, kind))
    assert evidence.cells["c", "ada"].dispute == dispute
    assert evidence.disputes == ({"c": dispute} if dispute else {})


def test_leaving_a_source_out_settles_its_dispute():
    claims = [[{"score": 8}], [{"score": 1}]]
    assert weigh(world({"score": 8}, claims)).disputes
    assert not weigh(world({"score": 8}, claims), {"source-1"}).disputes
