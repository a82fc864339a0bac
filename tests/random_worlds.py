"""Random comparisons and selections for the laws of the engine: scores in tenths, whole
importances.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from comparison.core.decision import Decision, Matrix, MustHave, Ranked, build, decide

law = settings(derandomize=True, deadline=None, database=None, max_examples=50)
Scores = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class World:
    """A random comparison and selection: scores in tenths, whole importances, as people have
    them.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    scores: Scores
    importances: dict[str, float]
    neutral: float
    must_haves: tuple[MustHave, ...]

    def decide(self, **changes: object) -> Decision:
        world = replace(self, **changes)  # type: ignore[arg-type]
        groups = {
            criterion: f"g{number % 3}"
            for number, criterion in enumerate(world.criteria)
            if number % 4
        }
        matrix = build(
            world.options, world.criteria, world.scores, groups=groups, neutral=world.neutral
        )
        return decide(matrix, world.importances, must_haves=world.must_haves)

    def with_score(self, option: str, criterion: str, score: float | None) -> Scores:
        changed = deepcopy(self.scores)
        changed[option][criterion] = score
        return changed


tenths = st.integers(0, 100).map(lambda whole: whole / 10)
importances = st.integers(0, 5).map(float)
any_score = st.none() | st.floats(0, 10)


@st.composite
def worlds(
    draw: st.DrawFn, gaps: bool = True, must_haves: bool = True, most_criteria: int = 20
) -> World:
    options = tuple(f"o{number}" for number in range(draw(st.integers(2, 8))))
    criteria = tuple(f"c{number}" for number in range(draw(st.integers(1, most_criteria))))
    # One cell in ten to one in two is unknown. Few distinct scores make ties common enough to
    # matter.
    gap = draw(st.integers(1, 5)) if gaps else 0
    top = draw(st.sampled_from([2, 10, 100]))
    # Two bytes a cell, one an importance: drawn in one piece, because a draw of its own per cell
    # takes seconds.
    size = len(options) * len(criteria)
    drawn = iter(
        draw(st.binary(min_size=2 * size + len(criteria), max_size=2 * size + len(criteria)))
    )
    scores: Scores = {
        option: {
            criterion: None if chance % 10 < gap else whole % (top + 1) * 10 / top
            for criterion, chance, whole in zip(criteria, drawn, drawn, strict=False)
        }
        for option in options
    }
    importances = {criterion: float(next(drawn) % 6) for criterion in criteria}
    rule = st.tuples(st.sampled_from(criteria), tenths)
    rules = draw(st.lists(rule, max_size=3)) if must_haves else []
    return World(
        options=options,
        criteria=criteria,
        scores=scores,
        importances=importances,
        neutral=draw(st.integers(0, 20)) / 2,
        must_haves=tuple(MustHave(f"r{number}", *pair) for number, pair in enumerate(rules)),
    )


def of(decision: Decision, option: str) -> Ranked:
    return next(ranked for ranked in decision.options if ranked.option == option)


def is_active(world: World) -> bool:
    return any(world.importances.values())


def by_option(decision: Decision) -> dict[str, Ranked]:
    return {ranked.option: ranked for ranked in decision.options}


def exact_points(world: World, option: str) -> Fraction:
    """The overall score in exact arithmetic, straight from the formula."""
    total = sum(Fraction(importance) for importance in world.importances.values())
    points = Fraction(0)
    for criterion, importance in world.importances.items():
        score = world.scores[option].get(criterion)
        counted = world.neutral if score is None else score
        points += Fraction(importance) * Fraction(str(counted))
    return points / total


def exact_known_mean(world: World, option: str) -> Fraction | None:
    known = {c: s for c, s in world.scores[option].items() if s is not None}
    total = sum(Fraction(world.importances[criterion]) for criterion in known)
    points = sum(
        Fraction(world.importances[c]) * Fraction(str(score)) for c, score in known.items()
    )
    return points / total if total else None


def exact_state(world: World, option: str) -> str:
    row = world.scores[option]
    if all(score is None for score in row.values()):
        return "unrated"
    pairs = [(row[rule.criterion], rule.minimum) for rule in world.must_haves]
    if any(score is not None and score < minimum for score, minimum in pairs):
        return "excluded"
    return "unverified" if any(score is None for score, _ in pairs) else "verified"


def after(world: World, matrix: Matrix, moves: dict[str, float]) -> Decision:
    return decide(matrix, world.importances | moves, must_haves=world.must_haves, detail=False)
