"""How far the origins behind a score agree, each counted once; and a source against itself."""

import pytest

from comparison.core.document.schema import Claim
from comparison.core.evidence import AGREED, MENTIONED, SILENT, SINGLE, SPLIT, contradicts_itself
from tests.claims import WRONG, behind, claim, criterion

# --- agreement, by origin -------------------------------------------------------------------------


def counted(*args, **kwargs):
    evidence = behind(*args, **kwargs)
    return evidence.agreement, evidence.support, evidence.against


@pytest.mark.parametrize(
    ("cell", "claims", "counts"),
    [
        pytest.param({"score": 8}, [], (SILENT, 0, 0), id="nobody"),
        pytest.param(None, [[], []], (SILENT, 0, 0), id="sources that say nothing of it"),
        pytest.param({"score": 8}, [[{"score": 8}]], (SINGLE, 1, 0), id="one for it"),
        pytest.param({"score": 8}, [[{"score": 1}]], (SINGLE, 0, 1), id="one against it"),
        pytest.param(
            {"score": 8},
            [[{"score": 8}, {"score": 9}]],
            (SINGLE, 1, 0),
            id="one that says it twice",
        ),
        pytest.param(
            {"score": 8}, [[{"score": 8}], [{"score": 6}]], (AGREED, 2, 0), id="two for it"
        ),
        pytest.param({"score": 8}, [[{}]], (MENTIONED, 0, 0), id="one without a score"),
        pytest.param(
            {"score": 8}, [[{}], [{}], [{}]], (MENTIONED, 0, 0), id="three without a score"
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 8}], [{}]],
            (SINGLE, 1, 0),
            id="one for it and one without a score",
        ),
        pytest.param(
            {"score": 8},
            [[{}], [{"score": 8}], [{"score": 1}], [{}]],
            (SPLIT, 1, 1),
            id="split, and two without",
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 8}], [], [{"score": 5}]],
            (SPLIT, 1, 1),
            id="one for and one against it",
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 1}], [{"score": 2}]],
            (SPLIT, 0, 2),
            id="both against the editor",
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 8}], [{"score": 8} | WRONG]],
            (SINGLE, 1, 0),
            id="one for it and one found wrong",
        ),
        pytest.param(
            {"score": 8},
            [[{"score": 8}], [{"score": 1} | WRONG]],
            (SPLIT, 1, 1),
            id="one far off and found wrong",
        ),
        pytest.param(
            None, [[{"score": 0}], [{"score": 6}]], (SPLIT, 0, 2), id="both far from their mean"
        ),
        pytest.param(
            None, [[{"score": 4}], [{"score": 6}]], (AGREED, 2, 0), id="both near their mean"
        ),
    ],
)
def test_a_cell_is_agreed_split_single_or_silent(cell, claims, counts):
    assert counted(cell, claims) == counts


def test_copies_of_one_origin_count_once():
    claims = [[{"score": 8}], [{"score": 8}], [{"score": 8}]]
    assert counted({"score": 8}, claims) == (AGREED, 3, 0)
    assert counted({"score": 8}, claims, origins=["house", "house", None]) == (AGREED, 2, 0)
    assert counted({"score": 8}, claims, origins=["house", "house", "house"]) == (SINGLE, 1, 0)
    assert counted({"score": 1}, claims, origins=["house", "house", "house"]) == (SINGLE, 0, 1)


def test_a_copy_of_a_source_that_is_its_own_origin_counts_once():
    assert counted({"score": 8}, [[{"score": 8}], [{"score": 8}]], origins=[None, "source-0"]) == (
        SINGLE,
        1,
        0,
    )


def test_copies_of_one_origin_are_judged_by_all_they_say_together():
    claims = [[{"score": 8}], [{"score": 3}], [{"score": 8}]]
    assert counted({"score": 8}, claims) == (SPLIT, 2, 1)
    assert counted({"score": 8}, claims, origins=["house", "house", None]) == (AGREED, 2, 0)
    assert counted({"score": 8}, [[{}], [{"score": 8}]], origins=["house", "house"]) == (
        SINGLE,
        1,
        0,
    )


def test_a_distrusted_source_neither_supports_nor_opposes():
    claims = [[{"score": 8}], [{"score": 1}]]
    assert counted({"score": 8}, claims) == (SPLIT, 1, 1)
    assert counted({"score": 8}, claims, distrust={"source-1"}) == (SINGLE, 1, 0)
    assert counted({"score": 8}, claims, distrust={"source-0", "source-1"}) == (SILENT, 0, 0)


def test_claims_only_holds_the_claims_against_their_own_mean():
    claims = [[{"score": 2}], [{"score": 3}]]
    assert counted({"score": 8}, claims) == (SPLIT, 0, 2)
    assert counted({"score": 8}, claims, claims_only=True) == (AGREED, 2, 0)


def test_every_origin_that_speaks_is_counted_once_whatever_it_says():
    evidence = behind(
        {"score": 8},
        [[{"score": 8}], [{"score": 1}], [{}], [{}], []],
        origins=[None, None, "house", "house", None],
    )
    assert (evidence.support, evidence.against, evidence.mentions, evidence.origins) == (1, 1, 1, 3)
    assert behind({"score": 8}).origins == 0


# --- a source against itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([], False, id="nothing"),
        pytest.param([{"score": 3}, {"score": 6}], True, id="three points apart"),
        pytest.param([{"score": 3.1}, {"score": 6}], False, id="less apart"),
        pytest.param([{"score": 3}, {}], False, id="one without a score"),
        pytest.param(
            [{"score": 3, "audience": "Beginners"}, {"score": 9, "audience": "beginners"}],
            True,
            id="one audience",
        ),
        pytest.param(
            [{"score": 3, "audience": "Beginners"}, {"score": 9, "audience": "Experts"}],
            False,
            id="two audiences",
        ),
        pytest.param(
            [{"score": 3}, {"score": 9, "audience": "Experts"}], False, id="a rule and an exception"
        ),
        pytest.param(
            [{"score": 3}, {"score": 9, "component": "addon"}], False, id="the option and an add-on"
        ),
        pytest.param(
            [{"score": 3}, {"score": 9, "modality": "possible"}], False, id="what is only possible"
        ),
        pytest.param(
            [{"score": 3}, {"score": 9, "modality": "often"}], True, id="what is often so"
        ),
    ],
)
def test_a_source_contradicts_itself_only_in_what_it_says_of_one_thing_to_one_audience(
    claims, expected
):
    assert (
        contradicts_itself(
            criterion(), [Claim.model_validate(claim(**fields)) for fields in claims]
        )
        == expected
    )
