"""How sure a decision is: the published example, the labels and their caps, and a simulation of the
same doubts.
"""

import random
from itertools import product

import pytest

from comparison.core.decision import Decision, Matrix, MustHave, build, decide
from comparison.core.decision.confidence import label_of
from tests.tables import EXAMPLE, IMPORTANCES, equal, simulated, table


def sure(decision: Decision) -> float:
    assert decision.confidence is not None
    return decision.confidence.chance


def test_the_worked_example_gives_its_confidence(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES)
    assert (round(sure(decision), 3), decision.label, decision.recommended) == (
        0.900,
        "clear",
        "django",
    )
    assert (decision.proven, decision.caps, decision.missing_scores) == (True, (), ())
    assert decision.confidence is not None
    ahead = dict(decision.confidence.ahead)
    assert list(ahead) == ["both", "fastapi"]
    assert [round(chance, 3) for chance in ahead.values()] == [0.1, 0.0]
    assert decision.confidence.contenders == ()
    # By hand, in weighted points squared: five known cells and six, each option as a whole, and one
    # gap.
    squares = [w * w + 1 / 3 for w in (5, 2, 4, 2, 3, 1)]
    known = (2 * sum(squares) - squares[-1]) / 3 + 2 * (17 / 4) ** 2 / 3
    priorities = (
        sum((a - b) ** 2 for a, b in zip((10, 6, 9, 5, 7, 5), (9, 8, 8, 8, 3, 5), strict=True)) / 3
    )
    gap = squares[-1] * 100 / 12
    whole = known + priorities + gap
    doubt = dict(decision.confidence.doubt)
    assert list(doubt) == ["scores", "gaps", "importances"]
    assert doubt == pytest.approx(
        {"scores": known / whole, "gaps": gap / whole, "importances": priorities / whole}
    )


def test_a_must_have_that_excludes_a_distant_rival_leaves_the_confidence(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES, must_haves=[MustHave("back-office", "admin", 6)])
    assert (round(sure(decision), 3), decision.label) == (0.900, "clear")


@pytest.mark.parametrize("seed", range(12))
def test_the_confidence_is_that_of_a_simulation(seed: int) -> None:
    chance = random.Random(seed)
    options, criteria = (
        [f"o{number}" for number in range(2 + seed % 5)],
        [f"c{number}" for number in range(3 + seed)],
    )
    scores = {
        o: {
            c: None if chance.random() < 0.05 * (seed % 4) else chance.randrange(20, 81) / 10
            for c in criteria
        }
        for o in options
    }
    spread = {o: {c: chance.choice((0.5, 1, 2)) for c in criteria} for o in options}
    matrix = build(options, criteria, scores, spread=spread)
    importances = {c: float(chance.choice((0.5, 1, 2, 3, 4, 5))) for c in criteria}
    assert sure(decide(matrix, importances)) == pytest.approx(
        simulated(matrix, importances), abs=0.08
    )


@pytest.mark.parametrize("scores", [(6, 5), (7, 5), (9, 5)])
def test_with_one_criterion_the_confidence_errs_on_the_cautious_side(
    scores: tuple[float, float],
) -> None:
    matrix = table({"a": [scores[0]], "b": [scores[1]]})
    assert sure(decide(matrix, {"c1": 3.0})) <= simulated(matrix, {"c1": 3.0}) + 0.02


@pytest.mark.parametrize(
    ("chance", "label", "capped", "caps"),
    [
        (0.95, "strong", "slight", ("unverified", "gaps")),
        (0.9499, "clear", "slight", ("unverified", "gaps")),
        (0.80, "clear", "slight", ("unverified", "gaps")),
        (0.7999, "slight", "slight", ()),
        (0.60, "slight", "slight", ()),
        (0.5999, "toss-up", "toss-up", ()),
    ],
)
def test_the_label_follows_from_the_chance_and_its_caps(
    chance: float, label: str, capped: str, caps: tuple[str, ...]
) -> None:
    assert label_of(chance, 1.0, unverified=False, gaps_matter=False) == (label, ())
    assert label_of(chance, 0.5, unverified=True, gaps_matter=True) == (capped, caps)
    assert label_of(chance, 0.4999, unverified=False, gaps_matter=True) == (
        "not enough evidence",
        ("coverage",),
    )


def test_an_unverified_leader_is_at_most_slightly_ahead() -> None:
    matrix = table({"a": [None, 9, 9, 9, 9], "b": [None, 2, 2, 2, 2]})
    importances = dict.fromkeys(matrix.criteria[1:], 3)
    free = decide(matrix, importances)
    assert (free.label, free.caps) == ("strong", ())
    bound = decide(matrix, importances, must_haves=[MustHave("r", "c1", 5)])
    assert (bound.label, bound.caps, bound.recommended) == ("slight", ("unverified",), "a")
    assert sure(bound) == sure(free)


def test_a_decision_that_hangs_on_gaps_is_at_most_slight() -> None:
    matrix = table(
        {"sparse": [10, 10, 10, None, None, None], "even": [9, 9, 9, 9, 9, 9]}, neutral=1
    )
    decision = decide(matrix, equal(matrix, 5))
    assert (decision.leaders, decision.gaps_matter) == (("even",), True)
    assert sure(decision) >= 0.8
    assert (decision.label, decision.caps) == ("slight", ("gaps",))


@pytest.mark.parametrize(
    "rows", [{"a": [9, None, None], "b": [2, 2, 2]}, {"a": [9, 9, 9], "b": [2, None, None]}]
)
def test_too_little_known_of_leader_or_runner_up_recommends_nobody(
    rows: dict[str, list[float | None]],
) -> None:
    matrix = table(rows)
    decision = decide(matrix, equal(matrix))
    assert (decision.leaders, decision.label, decision.recommended) == (
        ("a",),
        "not enough evidence",
        None,
    )
    assert decision.caps == ("coverage",)


def test_a_toss_up_recommends_nobody_and_names_the_contenders() -> None:
    matrix = table({"a": [6, 5, 5], "b": [5, 5, 5], "c": [5, 5, 5], "far": [0, 0, 0]})
    decision = decide(matrix, equal(matrix))
    assert (decision.label, decision.leaders, decision.recommended) == ("toss-up", ("a",), None)
    assert decision.confidence is not None
    assert decision.confidence.contenders == ("b", "c")
    assert all(chance >= 0.2 for option, chance in decision.confidence.ahead if option != "far")


def test_an_only_option_left_is_recommended_and_a_tie_is_not() -> None:
    tied = table({"a": [6], "b": [6]})
    decision = decide(tied, {"c1": 1})
    assert (decision.label, decision.recommended, decision.confidence, decision.flips) == (
        "tie",
        None,
        None,
        None,
    )
    by_musts = decide(table({"a": [9], "b": [1]}), {}, must_haves=[MustHave("r", "c1", 5)])
    assert (by_musts.label, by_musts.recommended) == ("only option left", "a")
    assert decide(tied, {}).recommended is None


def test_less_doubtful_scores_make_a_decision_surer(example: Matrix) -> None:
    chances = []
    for off in (2, 1, 0.5):
        spread = {option: dict.fromkeys(example.criteria, off) for option in EXAMPLE}
        chances.append(
            sure(decide(build(EXAMPLE, example.criteria, EXAMPLE, spread=spread), IMPORTANCES))
        )
    assert chances == sorted(chances)
    assert len(set(chances)) == 3


def test_many_small_agreeing_scores_cannot_fake_certainty() -> None:
    matrix = table({"a": [5.1] * 200, "b": [5.0] * 200})
    decision = decide(matrix, equal(matrix, 3))
    assert sure(decision) < 0.8


def test_only_the_proportions_of_importances_below_one_step_count(example: Matrix) -> None:
    small = {criterion: importance / 5 for criterion, importance in IMPORTANCES.items()}
    smaller = {criterion: importance * 1e-12 for criterion, importance in small.items()}
    assert sure(decide(example, smaller)) == pytest.approx(sure(decide(example, small)), abs=1e-9)


@pytest.mark.parametrize("scale", [5e-324, 1e-200, 1e-90])
def test_importances_next_to_nothing_are_no_error(example: Matrix, scale: float) -> None:
    decision = decide(example, dict.fromkeys(IMPORTANCES, scale))
    assert decision.state == ("ok" if scale > 1e-99 else "no-criteria")


def test_the_lead_is_proven_if_no_gap_can_cost_it() -> None:
    for worst, best in product((3.0, None), repeat=2):
        matrix = table({"a": [9, 9, 5, best], "b": [2, 2, 2, worst]})
        decision = decide(matrix, {"c1": 3, "c2": 3, "c3": 3, "c4": 1})
        assert decision.proven
    assert not decide(table({"a": [9, None], "b": [5, 5]}), {"c1": 1, "c2": 1}).proven
    # level at worst
    assert not decide(table({"a": [9, None], "b": [4, 5]}), {"c1": 1, "c2": 1}).proven


def test_wanted_evidence_is_what_leader_and_contenders_lack_most_important_first() -> None:
    rows = {"a": [6, None, None, 6, None], "b": [6, 5, None, None, 5], "far": [0, 0, None, None, 0]}
    matrix = table(rows)
    decision = decide(matrix, {"c1": 3, "c2": 1, "c3": 4, "c4": 4, "c5": 0})
    assert decision.leaders == ("a",)
    assert [(w.criterion, w.option, w.importance) for w in decision.missing_scores] == [
        ("c3", "a", 4),
        ("c3", "b", 4),
        ("c4", "b", 4),
        ("c2", "a", 1),
    ]


def test_without_detail_nothing_is_said_about_confidence(example: Matrix) -> None:
    decision = decide(example, IMPORTANCES, detail=False)
    assert (decision.label, decision.confidence, decision.flips, decision.recommended) == (
        None,
        None,
        None,
        None,
    )
