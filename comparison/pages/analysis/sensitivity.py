"""Reading and selection -> who would lead if one thing were otherwise: an importance, the use case,
an option left out.

Nothing here is estimated: every strip, row and line is the engine's own answer to that other
question.
"""

from dataclasses import dataclass, replace

from comparison.core.decision import Decision, decide
from comparison.core.selection import Selection, canonical, settings, spell
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import Reading
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


def sensitivity_page(reading: Reading, selection: Selection) -> SensitivityPage:
    """Return the view. Each criterion is asked six times, each use case and each option once."""
    document = reading.document
    asked = settings(document, selection)
    now = decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False)

    def led(weights: dict[str, int]) -> tuple[OptionName, ...]:
        return _named(
            reading, decide(reading.matrix, weights, requirements=asked.requirements, detail=False)
        )

    strips = []
    for slug, criterion in reading.criteria.items():
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
    removable = reading.option_names if len(reading.option_names) > 2 else ()
    return SensitivityPage(
        strips=tuple(strips),
        cases=tuple(_case(reading, use.slug, use.name) for use in document.use_cases),
        without=tuple(_without(reading, selection, option) for option in removable),
        scores=tuple(
            (reading.named[option], score) for option, score in scores_shown(now).items() if score
        ),
    )


def _named(reading: Reading, verdict: Decision) -> tuple[OptionName, ...]:
    return tuple(reading.named[option] for option in verdict.leaders)


def _case(reading: Reading, slug: str, name: str) -> CaseLine:
    asked = settings(reading.document, Selection(use=slug))
    verdict = decide(reading.matrix, asked.weights, requirements=asked.requirements, changes=False)
    return CaseLine(slug, name, standing(reading.named, verdict), reading.query_of(slug))


def _without(reading: Reading, selection: Selection, option: OptionName) -> WithoutLine:
    """Return who leads when an option is left out: the scores of the others stay, so only the first
    place can move.
    """
    document = reading.document
    others = [other.slug for other in reading.option_names if other is not option]
    asked = settings(document, selection)
    smaller = decide(
        reading.matrix_of(others), asked.weights, requirements=asked.requirements, changes=False
    )
    query = spell(document, canonical(document, replace(selection, options=frozenset(others))))
    return WithoutLine(option, standing(reading.named, smaller), query)
