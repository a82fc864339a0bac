"""How many times one option is ahead of another, as a plot: each claim, each source's own pairs of
figures, and what all pairs span.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from comparison.core import charts
from comparison.core.consistency import Recomputed, recompute
from comparison.core.document.schema import DerivedKind, PublisherKind
from comparison.core.factors import ClaimedFactor, Factors, Pair, factors
from comparison.pages.evidence.sections import ObjectionLine
from comparison.pages.option_marks import OptionName
from comparison.pages.plots import PlotMark, PlotTick, is_open, plot_mark, ticks_of
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.statements import SourceLine


class PairLine(NamedTuple):
    """Two figures of one test, and their ratio."""

    name: str  # of the test
    metric: str  # throughput, latency, memory
    factor: str  # with its sign: 2.50×


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One claim, or all pairs of one source."""

    source: SourceLine  # that claims or measured it
    statement: str  # the claim; empty for pairs
    amount: str  # of a claim as the source prints it, of pairs from the smallest to the largest
    times: str  # a claim in percent as a factor; empty otherwise
    again: str  # what a claim's own figures give; empty where it names none
    marks: tuple[PlotMark, ...]  # one for a claim with a number, one for each pair
    pairs: tuple[PairLine, ...]  # of the source; none at a claim
    objections: tuple[ObjectionLine, ...]  # where its own figures contradict a claim


@dataclass(frozen=True, slots=True)
class FactorPlot:
    """Every claim and every pair about two options, on one logarithmic axis of factors."""

    subject: str  # speed, memory
    ahead: OptionName  # in most pairs
    behind: OptionName  # the other
    is_pair: bool  # nothing but the two is compared, or what is made of both
    ticks: tuple[PlotTick, ...]  # of the axis
    band: charts.Bar  # what the pairs span
    low: str  # the smallest factor of a pair
    high: str  # the largest
    count: int  # of pairs
    claimed: tuple[str, ...]  # factors and ranges, as their sources print them
    lines: tuple[FactorLine, ...]  # claims, ranges first; then the pairs of each source


def factor_plots(
    scored: ScoredRelease, objections: Mapping[str, tuple[ObjectionLine, ...]]
) -> tuple[FactorPlot, ...]:
    """Return a plot for every two options about which a source that counts claims a factor.

    objections: by derived figure.
    """
    made = factors(scored.document, scored.named, scored.distrust)
    return tuple(_plot(scored, one, objections) for one in made)


def _plot(
    scored: ScoredRelease, one: Factors, objections: Mapping[str, tuple[ObjectionLine, ...]]
) -> FactorPlot:
    numbers = [pair.factor for pair in one.pairs]
    low, high = min(numbers), max(numbers)
    claimed = [end for claim in one.claims for end in (claim.low, claim.high) if end and end > 0]
    axis = charts.log_axis([1.0, *numbers, *claimed])
    start, end = charts.position(axis, low), charts.position(axis, high)
    by_source: dict[str, list[Pair]] = {}
    for pair in one.pairs:
        by_source.setdefault(pair.run.source, []).append(pair)
    return FactorPlot(
        subject=one.subject.value,
        ahead=scored.named[one.ahead],
        behind=scored.named[one.behind],
        is_pair={one.ahead, one.behind}.issuperset(
            option.slug for option in scored.options if not option.parts
        ),
        ticks=ticks_of(axis),
        band=charts.Bar(start, f"{float(end) - float(start):.2f}"),
        low=f"{low:.2f}",
        high=f"{high:.2f}",
        count=len(numbers),
        claimed=tuple(
            claim.derived.stated.spelling
            for claim in one.claims
            if claim.derived.kind is not DerivedKind.PERCENT_LESS
        ),
        lines=(
            *(_claim(scored, claim, axis, objections) for claim in one.claims),
            *(_pairs(scored, source, pairs, axis) for source, pairs in by_source.items()),
        ),
    )


def _claim(
    scored: ScoredRelease,
    claim: ClaimedFactor,
    axis: charts.Axis,
    objections: Mapping[str, tuple[ObjectionLine, ...]],
) -> FactorLine:
    derived = claim.derived
    is_percent = derived.kind is DerivedKind.PERCENT_LESS
    ends = [end for end in (claim.low, claim.high) if end is not None]
    is_drawn = bool(ends) and min(ends) > 0
    marks = (
        (plot_mark(axis, None, (claim.low, claim.high), is_open=is_open(derived.stated)),)
        if is_drawn
        else ()
    )
    return FactorLine(
        source=scored.source_by_slug[derived.source],
        statement=derived.statement,
        amount=derived.stated.spelling,
        times=" to ".join(dict.fromkeys(f"{end:.2f}×" for end in ends)) if is_percent else "",
        again=in_words(derived.kind, recompute(scored.document, derived))
        if derived.figures
        else "",
        marks=marks,
        pairs=(),
        objections=objections.get(derived.slug, ()),
    )


def _pairs(scored: ScoredRelease, source: str, pairs: list[Pair], axis: charts.Axis) -> FactorLine:
    numbers = sorted(pair.factor for pair in pairs)
    kinds = {one.slug: one.publisher_kind for one in scored.document.sources}
    is_own = kinds[source] is PublisherKind.OWN_MEASUREMENT
    return FactorLine(
        source=scored.source_by_slug[source],
        statement="",
        amount=" to ".join(dict.fromkeys(f"{end:.2f}×" for end in (numbers[0], numbers[-1]))),
        times="",
        again="",
        marks=tuple(plot_mark(axis, None, (number, None), is_solid=is_own) for number in numbers),
        pairs=tuple(
            PairLine(pair.run.name, pair.metric.value, f"{pair.factor:.2f}×") for pair in pairs
        ),
        objections=(),
    )


def in_words(kind: DerivedKind, again: Recomputed) -> str:
    """Return what was computed again as it is shown; empty where there was nothing to
    compute from.
    """
    if not again.numbers:
        return ""
    match kind:
        case DerivedKind.RATIO:
            return f"{again.numbers[0]:.2f}×"
        case DerivedKind.PERCENT_LESS:
            return f"{again.numbers[0]:.1f} %"
        case DerivedKind.RATIO_RANGE:
            return f"{again.numbers[0]:.2f}× to {again.numbers[1]:.2f}× in its own pairs"
        case DerivedKind.OVERTAKING:
            return f"{again.numbers[0]:,.0f} against {again.numbers[1]:,.0f} {again.unit}".strip()
        case _:
            return f"{again.numbers[0]:,g} {again.unit}".strip()
