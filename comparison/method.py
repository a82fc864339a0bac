"""The worked example of the public method page, computed by the engine itself, so that page and code cannot differ."""

from dataclasses import dataclass
from functools import cache

from comparison.core.decision import Change, Decision, build, decide
from comparison.core.rounding import adding_up

CRITERIA = {"Admin": 5, "Async": 2, "ORM": 4, "API docs": 2, "Simplicity": 3, "AI serving": 1}  # importances
SCORES: dict[str, tuple[float | None, ...]] = {
    "FastAPI": (2, 9, 4, 10, 8, 9),
    "Django": (10, 6, 9, 5, 7, 5),
    "Both": (9, 8, 8, 8, 3, None),
}
NEUTRAL = 5.0


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of the example."""

    name: str
    importance: int
    scores: tuple[str, ...]  # of the options; empty where unknown
    part: str  # of the margin, with a sign; the parts as shown add up
    range: str  # importances between which the leader stays


@dataclass(frozen=True, slots=True)
class MethodPage:
    options: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int  # of the importances
    neutral: str
    scores: tuple[tuple[str, str, str, str], ...]  # option, overall score, low, high
    sum: str  # the leader's score written out
    leader: str
    rival: str
    margin: str
    label: str
    chance: str  # of 100 plausible readings
    nearest: str  # criterion, and its importance then
    steps: str
    tolerance: str  # percent


@cache
def method_page() -> MethodPage:
    """Return the example, worked out."""
    names = list(CRITERIA)
    scores = {option: dict(zip(names, row, strict=True)) for option, row in SCORES.items()}
    verdict = decide(build(list(SCORES), names, scores, neutral=NEUTRAL), CRITERIA)
    margin, changes, confidence = verdict.margin, verdict.changes, verdict.confidence
    if margin is None or changes is None or confidence is None:  # the example has one leader with rivals
        raise ValueError("the worked example has no sole leader")
    parts = dict(zip((part.criterion for part in margin.parts), adding_up([part.value for part in margin.parts], 3), strict=True))
    ranges = {criterion: (low, high) for criterion, low, high in changes.intervals}
    known = [(CRITERIA[name], scores[margin.leader][name]) for name in names]
    return MethodPage(
        options=tuple(SCORES),
        rows=tuple(
            Row(
                name=name,
                importance=importance,
                scores=tuple("" if (score := scores[option][name]) is None else f"{score:g}" for option in SCORES),
                part=_signed(parts[name]),
                range=f"{ranges[name][0]:g} to {ranges[name][1]:g}",
            )
            for name, importance in CRITERIA.items()
        ),
        total=sum(CRITERIA.values()),
        neutral=f"{NEUTRAL:g}",
        scores=_scores(verdict),
        sum=" + ".join(f"{importance} × {score:g}" for importance, score in known if score is not None),
        leader=margin.leader,
        rival=margin.rival,
        margin=f"{margin.value:.3f}",
        label=str(verdict.label),
        chance=f"{100 * confidence.chance:.0f}",
        nearest=_nearest(changes.nearest),
        steps=str(changes.steps),
        tolerance=f"{100 * changes.tolerance:.0f}",
    )


def _nearest(change: Change | None) -> str:
    return f"{change.criterion} from {change.now:g} to {change.then:g}" if change else ""


def _scores(verdict: Decision) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((o.option, f"{o.score:.3f}", f"{o.low:.3f}", f"{o.high:.3f}") for o in verdict.options)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "\N{MINUS SIGN}")
