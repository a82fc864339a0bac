"""Everything measured, as figures that are opened one by one: first how many times one option is
ahead, where somebody claims that, then each metric, then what the sources computed.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from comparison.core.consistency import Objection, Rule, objections, recompute
from comparison.core.document.schema import Metric
from comparison.pages.comparison.figures.factors import FactorPlot, factor_plots, in_words
from comparison.pages.comparison.figures.runs import Measured, measured
from comparison.pages.evidence.sections import ObjectionLine, objection_line
from comparison.pages.scored_release import ScoredRelease, kept_with_release
from comparison.pages.statements import SourceLine

MOST_LINES = 10  # of a figure that is open from the start


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """A figure that a source says it computed, and what its own figures give."""

    source: SourceLine  # that computed it
    statement: str  # what the source says of it
    stated: str  # the figure as the source prints it
    recomputed: str  # what its own figures give; empty where they give none
    agrees: bool | None  # None where there is nothing to compare
    place: str  # in the source


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure of the page: exactly one of the next three."""

    slug: str  # the place on the page
    factors: FactorPlot | None  # how many times one option is ahead
    measured: Measured | None  # one metric
    derived: tuple[DerivedLine, ...]  # what the sources computed
    contradictions: int  # that are noted in it


@kept_with_release
def figures_of(scored: ScoredRelease) -> tuple[FigureEntry, ...]:
    """Return every figure of the sources that count, the most telling first."""
    of_runs: dict[tuple[str, str], list[ObjectionLine]] = defaultdict(list)
    of_derived: dict[str, list[ObjectionLine]] = defaultdict(list)
    for objection in objections(scored.document):
        if objection.source in scored.distrust:
            continue
        kind, slug = objection.subject
        if kind == "runs":
            of_runs[slug, _metric_of(objection)].append(objection_line(scored, objection))
        elif kind == "derived_figures":
            of_derived[slug].append(objection_line(scored, objection))
    by_run = {key: tuple(lines) for key, lines in of_runs.items()}
    plots = factor_plots(scored, {slug: tuple(lines) for slug, lines in of_derived.items()})
    tables, derived = measured(scored, by_run), derived_lines(scored)
    made = [
        *(
            FigureEntry(
                slug=_slug("times", place),
                factors=plot,
                measured=None,
                derived=(),
                contradictions=sum(len(line.objections) for line in plot.lines),
            )
            for place, plot in enumerate(plots)
        ),
        *(
            FigureEntry(
                slug=_slug(table.metric, sum(t.metric == table.metric for t in tables[:place])),
                factors=None,
                measured=table,
                derived=(),
                contradictions=sum(len(run.objections) for run in table.runs),
            )
            for place, table in enumerate(tables)
        ),
    ]
    if derived:
        differing = sum(line.agrees is False for line in derived)
        made.append(FigureEntry("derived", None, None, derived, differing))
    return tuple(made)


def _slug(kind: str, before: int) -> str:
    """Return what an address calls the first, second, ... figure of a kind."""
    return f"{kind}-{before + 1}" if before else kind


def _metric_of(objection: Objection) -> str:
    """Return the metric at whose figures a contradiction within a test stands."""
    return objection.unit if objection.rule is Rule.HEADING else Metric.THROUGHPUT.value


def excerpt(entry: FigureEntry) -> FigureEntry:
    """Return a figure with its first tests alone, where all of them would fill more than a
    screen.
    """
    table = entry.measured
    if table is None:
        return entry
    kept, lines = 0, 0
    while kept < len(table.runs) and (kept == 0 or lines < MOST_LINES):
        lines += len(table.runs[kept].lines)
        kept += 1
    shorter = replace(table, runs=table.runs[:kept], more=len(table.runs) - kept)
    return replace(entry, measured=shorter)


def derived_lines(scored: ScoredRelease) -> tuple[DerivedLine, ...]:
    """Return every derived figure with what its own inputs give; where it names none, what the
    source's pairs give.
    """
    lines = []
    for derived in scored.document.derived_figures:
        source = scored.source_by_slug[derived.source]
        if source.trusted:
            again = recompute(scored.document, derived)
            lines.append(
                DerivedLine(
                    source,
                    derived.statement,
                    derived.stated.spelling,
                    in_words(derived.kind, again),
                    again.agrees,
                    derived.place,
                )
            )
    return tuple(lines)
