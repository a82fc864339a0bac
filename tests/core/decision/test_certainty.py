"""How good the evidence behind a lead is: the rule, step by step, and that it has nothing to do
with how large the lead is.
"""

import json

import pytest

from comparison.core.decision import Matrix, as_json, decide
from comparison.core.decision.certainty import Backing, Certainty, Level, certainty_of, concerns
from tests.tables import EXAMPLE, IMPORTANCES, equal, table

CHECKED = Backing(checked=True, age=3)
AGREED = Backing(support=2, age=3)
CLAIMED = Backing(support=1, age=3)
OLD_VENDOR = Backing(support=1, age=40, interested=True)


def judged(
    matrix: Matrix, backing: dict[tuple[str, str], Backing], importance: float = 1
) -> Certainty:
    certainty = certainty_of(decide(matrix, equal(matrix, importance)), backing)
    assert certainty is not None
    return certainty


def everywhere(matrix: Matrix, backing: Backing) -> dict[tuple[str, str], Backing]:
    return {
        (criterion, option): backing for criterion in matrix.criteria for option in matrix.options
    }


@pytest.mark.parametrize(
    ("backing", "lost"),
    [
        (CHECKED, {}),
        (AGREED, {}),
        (Backing(support=2, age=24), {}),
        (Backing(support=2, age=24.1), {"old": 1}),
        (Backing(support=2), {"old": 1}),
        (Backing(checked=True), {"old": 1}),
        (Backing(checked=True, support=1, against=3, harsh=2, interested=True, age=1), {}),
        (Backing(derived=True, support=1, age=1), {"derived": 1}),
        (Backing(derived=True, age=1), {"derived": 2}),
        (Backing(derived=True, support=1, against=1, harsh=1), {"derived": 1, "old": 1}),
        (CLAIMED, {"single": 1}),
        (OLD_VENDOR, {"single": 1, "interested": 1, "old": 1}),
        (Backing(support=3, age=1, interested=True), {"interested": 1}),
        (Backing(support=2, against=1, age=1), {"disputed": 1}),
        (Backing(support=2, against=2, age=1), {"disputed": 2}),
        (Backing(support=5, harsh=1, age=1), {"found wanting": 2}),
        (Backing(), {"unsupported": 2}),
        (Backing(against=1), {"unsupported": 2, "disputed": 2}),
        (None, {"unknown": 2}),
    ],
)
def test_a_cell_loses_levels_for_each_concern(
    backing: Backing | None, lost: dict[str, int]
) -> None:
    assert concerns(backing) == lost


def test_a_clear_win_on_one_old_vendor_claim_is_a_strong_preference_of_low_certainty() -> None:
    matrix = table({"a": [10, 6, 6, 6], "b": [1, 6, 6, 6]})
    decision = decide(matrix, {"c1": 5, "c2": 1, "c3": 1, "c4": 1})
    certainty = certainty_of(decision, everywhere(matrix, CHECKED) | {("c1", "a"): OLD_VENDOR})
    assert decision.label == "strong"
    assert certainty is not None
    assert (certainty.level, certainty.shares) == ("low", (("high", 0), ("medium", 0), ("low", 1)))
    assert certainty.reasons == (
        ("single", 1, (("c1", "a"),)),
        ("interested", 1, (("c1", "a"),)),
        ("old", 1, (("c1", "a"),)),
    )


def test_a_narrow_win_on_checked_scores_is_a_weak_preference_of_high_certainty() -> None:
    matrix = table({"a": [6, 5.2], "b": [5, 6]})
    decision = decide(matrix, equal(matrix))
    certainty = certainty_of(decision, everywhere(matrix, CHECKED))
    assert decision.label == "toss-up"
    assert certainty is not None
    assert (certainty.level, certainty.reasons) == ("high", ())


def test_a_part_is_as_good_as_the_weaker_of_its_cells() -> None:
    matrix = table({"a": [8], "b": [4]})
    for ours, theirs, level in (
        (CHECKED, CLAIMED, "medium"),
        (CLAIMED, CHECKED, "medium"),
        (CLAIMED, OLD_VENDOR, "low"),
    ):
        assert judged(matrix, {("c1", "a"): ours, ("c1", "b"): theirs}).level == level


@pytest.mark.parametrize(
    ("low", "level"),
    [(1.9, "high"), (2.0, "high"), (2.1, "medium"), (3.9, "medium"), (4.0, "low"), (4.1, "low")],
)
def test_parts_weigh_what_they_move_for_and_against_alike(low: float, level: str) -> None:
    # Parts of 8 - low points for the leader on checked scores and of low points against it, or for
    # it, on an estimate.
    for sign in (1, -1):
        matrix = table({"a": [9, 5 + sign * low / 2, 9], "b": [1 + low, 5 - sign * low / 2, 9]})
        decision = decide(matrix, equal(matrix))
        if decision.leaders != ("a",):
            continue
        certainty = certainty_of(decision, everywhere(matrix, CHECKED) | {("c2", "a"): Backing()})
        assert certainty is not None
        assert certainty.level == level
        assert dict(certainty.shares)["low"] == pytest.approx(low / 8)


@pytest.mark.parametrize(
    ("low", "high", "level"),
    [
        (2.4, 0, "medium"),
        (2.5, 0, "low"),
        (2.6, 0, "low"),
        (3.4, 1, "medium"),
        (3.5, 1, "low"),
        (0, 0, "medium"),
        (0, 7, "medium"),
    ],
)
def test_it_is_low_where_low_parts_outweigh_high_ones(low: float, high: float, level: str) -> None:
    # Three parts of ten points together, for the leader: on an estimate, checked, on one claim.
    leads = (low, high, 10 - low - high)
    matrix = table({"a": [5 + lead / 2 for lead in leads], "b": [5 - lead / 2 for lead in leads]})
    behind = dict(zip(matrix.criteria, (Backing(), CHECKED, CLAIMED), strict=True))
    backing = {
        (criterion, option): behind[criterion] for criterion, option in everywhere(matrix, AGREED)
    }
    assert judged(matrix, backing).level == level


@pytest.mark.parametrize(
    ("at_most", "level"), [("high", "high"), ("medium", "medium"), ("low", "low")]
)
def test_it_is_no_surer_than_whoever_asks_allows(at_most: Level, level: str) -> None:
    matrix = table({"a": [8], "b": [4]})
    certainty = certainty_of(
        decide(matrix, equal(matrix)), everywhere(matrix, CHECKED), at_most=at_most
    )
    assert certainty is not None
    assert (certainty.level, dict(certainty.shares)["high"]) == (level, 1)


def test_what_does_not_separate_gives_no_reason() -> None:
    matrix = table({"a": [8, 5], "b": [4, 5]})
    assert judged(matrix, everywhere(matrix, CHECKED) | {("c2", "a"): Backing()}).reasons == ()


def test_an_assumed_score_is_unknown_whatever_is_said_of_it() -> None:
    matrix = table({"a": [8, 9, 8, 8, 8], "b": [4, None, 4, 4, 4]})
    certainty = judged(matrix, everywhere(matrix, CHECKED))
    assert [(reason.concern, reason.cells) for reason in certainty.reasons] == [
        ("unknown", (("c2", "b"),))
    ]
    assert dict(certainty.shares)["low"] == pytest.approx(4 / 20)


@pytest.mark.parametrize(("gaps", "level"), [(2, "high"), (3, "medium"), (5, "medium"), (6, "low")])
def test_little_coverage_lowers_it_even_where_the_gaps_move_nothing(gaps: int, level: str) -> None:
    rows: dict[str, list[float | None]] = {
        "a": [9] * (10 - gaps) + [5] * gaps,
        "b": [2] * (10 - gaps) + [None] * gaps,
    }
    certainty = judged(table(rows), everywhere(table(rows), CHECKED))
    assert certainty.level == level
    expected = [("coverage", pytest.approx(gaps / 10), ())] if gaps > 2 else []
    assert [tuple(reason) for reason in certainty.reasons] == expected


def test_a_score_that_nothing_is_known_about_is_the_editors_own_estimate(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    certainty = certainty_of(decision, {})
    assert certainty is not None
    assert (certainty.level, certainty.reasons[0].concern, certainty.reasons[0].share) == (
        "low",
        "unsupported",
        pytest.approx(1),
    )


def test_reasons_stand_by_the_share_that_they_touch(example: Matrix) -> None:
    backing = {(criterion, option): CHECKED for option in EXAMPLE for criterion in IMPORTANCES}
    backing |= {
        ("simplicity", "both"): Backing(checked=True, age=60),
        ("docs", "django"): CLAIMED,
        ("orm", "both"): CLAIMED,
    }
    certainty = certainty_of(decide(example, IMPORTANCES), backing)
    assert certainty is not None
    # Parts in weighted points: simplicity 12, docs 6, admin 5, orm 4, async 4, together 31.
    assert [
        (reason.concern, round(31 * reason.share), reason.cells) for reason in certainty.reasons
    ] == [
        ("old", 12, (("simplicity", "both"),)),
        ("single", 10, (("orm", "both"), ("docs", "django"))),
    ]
    assert (certainty.level, [round(31 * share) for _, share in certainty.shares]) == (
        "medium",
        [9, 22, 0],
    )


def test_without_a_margin_all_that_counts_is_judged() -> None:
    """Each criterion by its importance; of a tie by its weakest cell."""
    tied = table({"a": [5, 5, 5], "b": [5, 5, 5]})
    importances = {"c1": 2.0, "c2": 1.0, "c3": 1.0}
    backing = everywhere(tied, CHECKED) | {("c2", "b"): Backing()}
    certainty = certainty_of(decide(tied, importances), backing)
    assert certainty is not None
    assert (certainty.level, dict(certainty.shares)) == (
        "high",
        {"high": 0.75, "medium": 0, "low": 0.25},
    )
    assert [tuple(reason) for reason in certainty.reasons] == [
        ("unsupported", 0.25, (("c2", "b"),))
    ]
    alone = table({"a": [5, None, 5]})
    certainty = certainty_of(decide(alone, importances), everywhere(alone, CHECKED))
    assert certainty is not None
    assert [tuple(reason) for reason in certainty.reasons] == [
        ("unknown", 0.25, (("c2", "a"),)),
        ("coverage", 0.25, ()),
    ]


def test_where_nothing_counts_or_nobody_leads_there_is_nothing_to_judge() -> None:
    assert certainty_of(decide(table({"a": [5]}), {}), {}) is None
    assert certainty_of(decide(table({"a": [None], "b": [None]}), {"c1": 1}), {}) is None


@pytest.mark.parametrize(
    "before",
    [Backing(support=s, against=a, age=g) for s in (0, 1, 2) for a in (0, 1, 2) for g in (6, 30)],
)
def test_more_support_or_a_check_never_lowers_it_and_an_objection_or_age_never_raises_it(
    before: Backing,
) -> None:
    def lost(**changes: object) -> int:
        now = {
            name: getattr(before, name)
            for name in ("checked", "support", "against", "harsh", "age")
        } | changes
        return min(2, sum(concerns(Backing(**now)).values()))  # type: ignore[arg-type]

    assert lost(support=before.support + 1) <= lost()
    assert lost(checked=True) <= lost()
    assert lost(against=before.against + 1) >= lost()
    assert lost(harsh=1) >= lost()
    assert lost(age=60) >= lost()
    assert lost(age=None) >= lost()


def test_it_can_be_written_as_json(example: Matrix) -> None:
    record = as_json(certainty_of(decide(example, IMPORTANCES), {}))
    assert json.loads(json.dumps(record, allow_nan=False))["level"] == "low"


@pytest.mark.parametrize(("disputed", "level"), [(1, "high"), (2, "medium"), (3, "medium")])
def test_where_half_of_what_decides_is_disputed_it_is_never_high(disputed: int, level: str) -> None:
    matrix = table({"a": [8] * 4, "b": [4] * 4})
    against = Backing(checked=True, support=2, against=1, age=1)
    backing = everywhere(matrix, CHECKED) | {
        (criterion, "b"): against for criterion in matrix.criteria[:disputed]
    }
    certainty = judged(matrix, backing)
    assert certainty.level == level
    assert [reason.concern for reason in certainty.reasons] == ["disputed"] * (level != "high")
