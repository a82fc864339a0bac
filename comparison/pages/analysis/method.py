"""The public method page: its rules printed from the engine's constants, its example worked out by
the engine itself.

So page and code cannot differ. Refuses to hold a number of a rule: only the example's own stand
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from comparison.core import evidence
from comparison.core.decision import (
    MOST_POINTS,
    USUAL_SPREAD,
    Backing,
    Decision,
    Flip,
    Margin,
    Matrix,
    Working,
    build,
    certainty,
    confidence,
    decide,
)
from comparison.core.rounding import adding_up

# importances
CRITERIA = {"Admin": 5, "Async": 2, "ORM": 4, "API docs": 2, "Simplicity": 3, "AI serving": 1}
SCORES: dict[str, tuple[float | None, ...]] = {
    "FastAPI": (2, 9, 4, 10, 8, 9),
    "Django": (10, 6, 9, 5, 7, 5),
    "Both": (9, 8, 8, 8, 3, None),
}
NEUTRAL = 5.0
# of the leader and the runner-up; None = the score is unknown
BACKING: dict[str, tuple[Backing | None, ...]] = {
    "Django": (
        Backing(checked=True, age=5),
        Backing(support=2, age=8),
        Backing(checked=True, age=5),
        Backing(support=1, age=30, interested=True),
        Backing(checked=True, age=5),
        Backing(support=2, age=8),
    ),
    "Both": (
        Backing(checked=True, age=30),
        Backing(support=1, age=10),
        Backing(support=2, against=1, age=12),
        Backing(checked=True, age=5),
        Backing(checked=True, age=5),
        None,
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of the example."""

    name: str  # of the criterion
    importance: int  # 0 to 5
    scores: tuple[str, ...]  # of the options; empty where unknown
    part: str  # of the margin, with a sign; the parts as shown add up
    range: str  # importances between which the leader stays


@dataclass(frozen=True, slots=True)
class Doubt:
    """What one criterion of the example adds to the doubt about leader and runner-up."""

    name: str  # of the criterion
    u: str  # variance of its importance
    q: str  # its importance squared, and that
    leader: str  # q times the variance of the score; these as shown add up
    rival: str  # q times the variance of the runner-up's score
    shared: str  # u times the squared difference of the scores


@dataclass(frozen=True, slots=True)
class Against:
    """The leader of the example against one rival alone."""

    rival: str  # name of the other option
    lead: str  # D
    own: str  # V
    shared: str  # what the importances add to the doubt
    doubt: str  # R
    z: str  # the lead in units of the doubt
    ahead: str  # 0..1, the chance that the rival is really ahead


@dataclass(frozen=True, slots=True)
class Step:
    """One of the points at which the chance is added up."""

    point: str  # t
    weight: str  # g
    rivals: tuple[tuple[str, str], ...]  # z and F(z), for each rival
    value: str  # as shown they add up to the chance


@dataclass(frozen=True, slots=True)
class Firm:
    """How firmly the leader leads: the rule's numbers, and the example's."""

    checked: str  # points a score may be off by, where it was checked or sources agree
    usual: str  # points, where one source alone speaks
    wide: str  # where they contradict each other, or nobody else says anything
    overall: str  # points an option as a whole may be
    strong: str  # of 100, from where it is called so
    clear: str  # of 100
    slight: str  # of 100
    covered: str  # percent, below which there is no label
    example: str  # points a known score of the example may be off by
    known: str  # the variance of one
    scale: str  # points from the worst score to the best
    gap: str  # the variance of an unknown score
    whole: str  # the doubt about an option as a whole
    own: str  # the leader's doubt V
    sums: tuple[str, str, str]  # of the columns leader, rival and shared
    doubts: tuple[Doubt, ...]  # by criterion
    against: tuple[Against, ...]  # each other option that is ranked
    steps: tuple[Step, ...]  # of the sum that gives the chance
    chance: str  # 0..1, four decimals


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of the example as evidence."""

    backing: Backing | None  # None = unknown
    concerns: tuple[tuple[str, int], ...]  # and the levels that each costs
    level: str  # high, medium or low


@dataclass(frozen=True, slots=True)
class Graded:
    """One part of the example's margin as evidence."""

    name: str  # of the criterion
    part: str  # points of the margin, with a sign
    weight: str  # percent; these as shown add up
    cells: tuple[Cell, Cell]  # the leader's, the runner-up's
    level: str  # of the weaker of its two cells


@dataclass(frozen=True, slots=True)
class Certain:
    """How good the evidence is: the rule's numbers, and the example's."""

    concerns: tuple[tuple[str, int], ...]  # and the levels that each costs
    outvoted: int  # levels that "disputed" costs where as many speak against as for
    alone: int  # levels that a rating made of facts loses where nobody supports it
    old: str  # months
    mostly_low: str  # percent
    outweighed: str  # percent of the weight by which low parts have to exceed high ones
    mostly_high: str  # percent
    mostly_disputed: str  # percent of the weight that keeps the whole from being high
    little: str  # percent of coverage
    well: str  # percent of coverage
    sizes: str  # the sum of all parts as shown without their signs, points
    parts: tuple[Graded, ...]  # those of the margin, in the order of the example's criteria
    shares: tuple[tuple[str, str], ...]  # level, percent
    coverage: str  # percent, the lower of leader and runner-up
    reasons: tuple[tuple[str, str], ...]  # concern, percent
    level: str  # of the result as a whole


@dataclass(frozen=True, slots=True)
class MethodPage:
    options: tuple[str, ...]  # names, in the order of the columns
    rows: tuple[Row, ...]  # in editorial order
    total: int  # of the importances
    neutral: str  # points that an unknown score counts as
    scores: tuple[tuple[str, str, str, str], ...]  # option, overall score, low, high
    sum: str  # the leader's score written out
    leader: str  # name
    rival: str  # name of the runner-up
    margin: str  # points
    label: str  # how firmly the leader leads, in the page's words
    chance: str  # of 100 plausible readings
    firm: Firm  # the steps behind that label
    certain: Certain  # how good the evidence is behind it
    nearest: str  # criterion, and its importance then
    steps: str  # moves of an importance by one that put another option first
    tolerance: str  # percent


@cache
def method_page() -> MethodPage:
    """Return the rules and the example, worked out."""
    names = list(CRITERIA)
    scores = {option: dict(zip(names, row, strict=True)) for option, row in SCORES.items()}
    matrix = build(list(SCORES), names, scores, neutral=NEUTRAL)
    decision = decide(matrix, CRITERIA)
    margin, flips, sure = decision.margin, decision.flips, decision.confidence
    if margin is None or flips is None or sure is None:  # the example has one leader with rivals
        raise ValueError("the worked example has no sole leader")
    parts = _parts(margin)
    ranges = {criterion: (low, high) for criterion, low, high in flips.intervals}
    known = [(CRITERIA[name], scores[margin.leader][name]) for name in names]
    return MethodPage(
        options=tuple(SCORES),
        rows=tuple(
            Row(
                name=name,
                importance=importance,
                scores=tuple(
                    "" if (score := scores[option][name]) is None else f"{score:g}"
                    for option in SCORES
                ),
                part=_signed(parts[name]),
                range=f"{ranges[name][0]:g} to {ranges[name][1]:g}",
            )
            for name, importance in CRITERIA.items()
        ),
        total=sum(CRITERIA.values()),
        neutral=f"{NEUTRAL:g}",
        scores=_scores(decision),
        sum=" + ".join(
            f"{importance} × {score:g}" for importance, score in known if score is not None
        ),
        leader=margin.leader,
        rival=margin.rival,
        margin=f"{margin.value:.3f}",
        label=str(decision.label),
        chance=f"{100 * sure.chance:.0f}",
        firm=_firm(matrix, [rival for rival, _ in sure.ahead], margin.leader),
        certain=_certain(decision, margin),
        nearest=_nearest(flips.nearest),
        steps=str(flips.steps),
        tolerance=f"{100 * flips.tolerance:.0f}",
    )


def _firm(matrix: Matrix, rivals: Sequence[str], leader: str) -> Firm:
    position_of = matrix.option_at
    working = confidence.working(
        matrix,
        list(CRITERIA.values()),
        position_of[leader],
        [position_of[rival] for rival in rivals],
    )
    first = working.against[0]
    columns = [
        [t.leader for t in first.terms],
        [t.rival for t in first.terms],
        [t.shared for t in first.terms],
    ]
    shown = [[f"{value:.3f}" for value in adding_up(column, 3)] for column in columns]
    return Firm(
        checked=f"{evidence.SPREAD_FIRM:g}",
        usual=f"{evidence.SPREAD_USUAL:g}",
        wide=f"{evidence.SPREAD_WIDE:g}",
        overall=f"{confidence.MARKED_OVERALL:g}",
        strong=_percent(confidence.STRONG),
        clear=_percent(confidence.CLEAR),
        slight=_percent(confidence.SLIGHT),
        covered=_percent(confidence.ENOUGH_COVERAGE),
        example=f"{USUAL_SPREAD:g}",
        known=f"{USUAL_SPREAD**2 / 3:.3f}",
        scale=f"{MOST_POINTS:g}",
        gap=f"{confidence.OF_A_GAP:.3f}",
        whole=f"{working.overall:.3f}",
        own=f"{working.own:.3f}",
        sums=(f"{fsum(columns[0]):.3f}", f"{fsum(columns[1]):.3f}", f"{fsum(columns[2]):.3f}"),
        doubts=tuple(
            Doubt(term.criterion, f"{term.importance:.3f}", f"{term.factor:.3f}", *numbers)
            for term, numbers in zip(first.terms, zip(*shown, strict=True), strict=True)
        ),
        against=tuple(
            Against(
                rival=pair.rival,
                lead=f"{pair.lead:.10g}",
                own=f"{pair.own:.3f}",
                shared=f"{pair.shared:.3f}",
                doubt=f"{pair.doubt:.3f}",
                z=_minus(f"{pair.z:.3f}"),
                ahead=f"{pair.ahead:.4f}",
            )
            for pair in working.against
        ),
        steps=_steps(working),
        chance=f"{working.chance:.4f}",
    )


def _steps(working: Working) -> tuple[Step, ...]:
    values = adding_up([step.value for step in working.steps], 4)
    return tuple(
        Step(
            point=_minus(f"{step.point:.4f}"),
            weight=f"{step.weight:.5f}",
            rivals=tuple(
                (_minus(f"{z:.3f}"), f"{behind:.4f}")
                for z, behind in zip(step.z, step.behind, strict=True)
            ),
            value=f"{value:.4f}",
        )
        for step, value in zip(working.steps, values, strict=True)
    )


def _certain(decision: Decision, margin: Margin) -> Certain:
    sides = (margin.leader, margin.rival)
    backing = {
        (name, option): backed_by
        for option in sides
        for name, backed_by in zip(CRITERIA, BACKING[option], strict=True)
        if backed_by
    }
    certain = certainty.certainty_of(decision, backing)
    if certain is None:
        raise ValueError("the worked example has no margin")
    sizes = [abs(part.value) for part in margin.parts]
    parts, weights = _parts(margin), adding_up([100 * size / fsum(sizes) for size in sizes], 1)
    graded = []
    for part, weight in zip(margin.parts, weights, strict=True):
        ours, theirs = (_cell(backing.get((part.criterion, option))) for option in sides)
        level = max(ours.level, theirs.level, key=certainty.LEVELS.index)
        graded.append(
            Graded(
                part.criterion,
                _signed(parts[part.criterion]),
                f"{weight:.1f}",
                (ours, theirs),
                level,
            )
        )
    coverages = [ranked.coverage for ranked in decision.options if ranked.option in sides]
    return Certain(
        concerns=tuple(certainty.CONCERNS.items()),
        outvoted=certainty.OUTVOTED,
        alone=certainty.ALONE,
        old=f"{certainty.OLD:g}",
        mostly_low=_percent(certainty.MOSTLY_LOW),
        outweighed=_percent(certainty.OUTWEIGHED),
        mostly_high=_percent(certainty.MOSTLY_HIGH),
        mostly_disputed=_percent(certainty.MOSTLY_DISPUTED),
        little=_percent(certainty.LITTLE_COVERED),
        well=_percent(certainty.WELL_COVERED),
        sizes=f"{fsum(map(abs, parts.values())):.3f}",
        parts=tuple(graded),
        shares=tuple((level, f"{100 * share:.1f}") for level, share in certain.shares),
        coverage=f"{100 * min(coverages):.1f}",
        reasons=tuple((reason.concern, f"{100 * reason.share:.1f}") for reason in certain.reasons),
        level=certain.level,
    )


def _cell(backing: Backing | None) -> Cell:
    levels_lost = certainty.concerns(backing)
    return Cell(
        backing, tuple(levels_lost.items()), certainty.LEVELS[certainty.lost_by(levels_lost)]
    )


def _parts(margin: Margin) -> dict[str, float]:
    """Return the parts of the margin as they are shown, by criterion."""
    shown = adding_up([part.value for part in margin.parts], 3)
    return {part.criterion: value for part, value in zip(margin.parts, shown, strict=True)}


def _nearest(flip: Flip | None) -> str:
    return f"{flip.criterion} from {flip.now:g} to {flip.then:g}" if flip else ""


def _scores(decision: Decision) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (o.option, f"{o.score:.3f}", f"{o.low:.3f}", f"{o.high:.3f}") for o in decision.options
    )


def _percent(share: float) -> str:
    return f"{100 * share:.10g}"


def _signed(value: float) -> str:
    return _minus(f"{value:+.3f}")


def _minus(number: str) -> str:
    return number.replace("-", "\N{MINUS SIGN}")
