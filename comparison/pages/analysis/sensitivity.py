"""Scored release and selection -> who would lead if one thing were otherwise: an importance, the use case,
an option left out.

Nothing here is estimated: every strip, row and line is the engine's own answer to that other
question.
"""

from dataclasses import dataclass, replace

from comparison.core.decision import Decision, decide
from comparison.core.selection import Selection, canonical, settings, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.standing import Standing, scores_shown, standing


@dataclass(frozen=True, slots=True)
class Step:
    """One importance of one criterion, and who leads then."""

    importance: int
    leaders: tuple[OptionName, ...]
    current: bool
    query: str  # the selection with this importance


@dataclass(frozen=True, slots=True)
class Strip:
    """One criterion over its importances 0 to 5."""

    slug: str
    name: str
    steps: tuple[Step, ...]
    firm: bool  # the same leader at every importance


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One use case with its own presets alone."""

    slug: str
    name: str
    standing: Standing
    query: str


@dataclass(frozen=True, slots=True)
class WithoutLine:
    """One option taken away: who leads then. No other score moves."""

    option: OptionName
    standing: Standing
    query: str


@dataclass(frozen=True, slots=True)
class SensitivityPage:
    strips: tuple[Strip, ...]
    cases: tuple[CaseLine, ...]
    without: tuple[WithoutLine, ...]
    scores: tuple[tuple[OptionName, str], ...]


def sensitivity_page(scored: ScoredRelease, selection: Selection) -> SensitivityPage:
    """Return the view. Each criterion is asked six times, each use case and each option once."""
    document = scored.document
    asked = settings(document, selection)
    now = decide(scored.matrix, asked.weights, requirements=asked.requirements, changes=False)

    def led(weights: dict[str, int]) -> tuple[OptionName, ...]:
        return _named(
            scored, decide(scored.matrix, weights, requirements=asked.requirements, detail=False)
        )

    strips = []
    for slug, criterion in scored.criteria.items():
        steps = []
        for importance in range(6):
            changed = canonical(
                document,
                replace(
                    selection,
                    importances={**selection.importances, slug: importance},
                    off=selection.off - {slug},
                ),
            )
            current = asked.weights[slug] == importance  # switched off is 0, too
            steps.append(
                Step(
                    importance,
                    led({**asked.weights, slug: importance}),
                    current,
                    spell(document, changed),
                )
            )
        strips.append(
            Strip(
                slug, criterion.name, tuple(steps), len({step.leaders for step in steps[1:]}) == 1
            )
        )
    removable = scored.option_names if len(scored.option_names) > 2 else ()
    return SensitivityPage(
        strips=tuple(strips),
        cases=tuple(_case(scored, use.slug, use.name) for use in document.use_cases),
        without=tuple(_without(scored, selection, option) for option in removable),
        scores=tuple(
            (scored.named[option], score) for option, score in scores_shown(now).items() if score
        ),
    )


def _named(scored: ScoredRelease, verdict: Decision) -> tuple[OptionName, ...]:
    return tuple(scored.named[option] for option in verdict.leaders)


def _case(scored: ScoredRelease, slug: str, name: str) -> CaseLine:
    asked = settings(scored.document, Selection(use=slug))
    verdict = decide(scored.matrix, asked.weights, requirements=asked.requirements, changes=False)
    return CaseLine(slug, name, standing(scored.named, verdict), scored.query_of(slug))


def _without(scored: ScoredRelease, selection: Selection, option: OptionName) -> WithoutLine:
    """Return who leads when an option is left out: the scores of the others stay, so only the first
    place can move.
    """
    document = scored.document
    others = [other.slug for other in scored.option_names if other is not option]
    asked = settings(document, selection)
    smaller = decide(
        scored.matrix_of(others), asked.weights, requirements=asked.requirements, changes=False
    )
    query = spell(document, canonical(document, replace(selection, options=frozenset(others))))
    return WithoutLine(option, standing(scored.named, smaller), query)
