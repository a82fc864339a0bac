"""One metric's measured figures: a group of lines for each source's test, a line for each figure,
one axis for all of them. A ratio is formed within one test and nowhere else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from comparison.core import charts
from comparison.core.consistency import pair_of, ratio_of
from comparison.core.document.schema import (
    Figure,
    Metric,
    PublisherKind,
    Quantity,
    QuantityForm,
    Run,
    Statistic,
)
from comparison.core.spelling import units
from comparison.pages.evidence.sections import ObjectionLine, spelled, thousands_apart
from comparison.pages.option_marks import OptionName
from comparison.pages.plots import PlotMark, PlotTick, is_open, plot_mark, ticks_of
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.statements import SourceLine

BASES = {Metric.THROUGHPUT: "requests/s", Metric.LATENCY: "ms", Metric.MEMORY: "MB"}
REQUESTS = re.compile(r"(req|reqs|requests?)?\s*/\s*s(ec)?|rps", re.IGNORECASE)
STATISTICS = {
    Statistic.P50: "median",
    Statistic.P95: "95th percentile",
    Statistic.P99: "99th percentile",
}
CONDITIONS = (
    "machine",
    "cores",
    "memory",
    "database",
    "records",
    "load_tool",
    "concurrency",
    "requests",
    "versions",
    "server",
)
NEEDED = ("machine", "load_tool", "concurrency", "versions", "server")
BOTH = 2  # options: each keeps its line, and a ratio says how far they are apart


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a test: whose, how much, and where that lies."""

    option: OptionName  # whose it is
    variant: str  # which one of the option: what follows its name in what was measured
    subject: str  # what was measured, where it is named otherwise
    statistic: str  # median, 99th percentile; empty for a mean, and where none is given
    amount: str  # as the source prints it; empty where it gives none
    tail: str  # the 95th percentile beside a mean, as the source prints it
    mark: PlotMark | None  # None where the source gives no number


@dataclass(frozen=True, slots=True)
class FigureRun:
    """One source's test of one workload."""

    source: SourceLine  # that measured or printed it
    name: str  # of the test
    workload: str  # what was done in it
    description: str  # of the workload
    conditions: tuple[str, ...]  # under which it was run
    missing: tuple[str, ...]  # conditions that the source does not state
    note: str  # the editors', on the test; empty without one
    lines: tuple[FigureLine, ...]  # one for each figure, options in editorial order
    ratio: str  # within this test; empty where none can be given
    objections: tuple[ObjectionLine, ...]  # where the source contradicts itself in this test
    is_measured: bool  # here, not by a source


class Ahead(NamedTuple):
    """Who comes out first most often, over the tests that give it for several."""

    option: OptionName | None  # None where nobody does
    tests: int  # in which that option comes first
    of: int  # so many
    low: str  # the smallest and the largest ratio, where two options were measured
    high: str  # empty where there is no ratio


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric in one unit: tests with their figures, on one axis."""

    metric: str  # throughput, latency, memory
    unit: str  # of most figures; a figure in another one carries its own
    is_base: bool  # the usual unit of the metric, in which its title speaks
    is_pair: bool  # two options were measured
    is_logarithmic: bool  # the axis is; else it begins at zero
    has_ranges: bool  # some mark is a range
    has_open: bool  # some mark goes on beyond its end
    has_tails: bool  # some mark has a whisker
    has_ratio: bool  # some test has one
    ticks: tuple[PlotTick, ...]  # of the axis; none where there is no number
    runs: tuple[FigureRun, ...]  # tests, in editorial order
    sources: int  # that ran them
    ahead: Ahead  # what the figure finds
    more: int  # tests that an excerpt leaves out


def measured(
    scored: ScoredRelease, objections: Mapping[tuple[str, str], tuple[ObjectionLine, ...]]
) -> tuple[Measured, ...]:
    """Return every metric in every unit in which the sources that count give figures.

    objections: by test and metric at whose figures they stand.
    """
    tables = []
    for metric in Metric:
        by_unit: dict[str, dict[str, list[Figure]]] = {BASES[metric]: {}}
        for run in scored.document.runs:
            for figure in run.figures:
                if figure.metric is metric and figure.option in scored.named:
                    unit, _ = _in_base(metric, figure.quantity.unit)
                    by_unit.setdefault(unit, {}).setdefault(run.slug, []).append(figure)
        tables += [_measured(scored, metric, unit, by_unit[unit], objections) for unit in by_unit]
    return tuple(table for table in tables if table is not None)


def _in_base(metric: Metric, unit: str | None) -> tuple[str, float]:
    """Return the unit of the axis that a figure is drawn on, and how many of it one of its own
    is.
    """
    known = units.known(unit)
    if unit is None or (metric is Metric.THROUGHPUT and REQUESTS.fullmatch(unit)):
        return BASES[metric], 1.0
    if metric is Metric.LATENCY and known in units.SECONDS:
        return BASES[metric], units.SECONDS[known] / units.SECONDS["ms"]
    if metric is Metric.MEMORY and known in units.BYTES:
        return BASES[metric], units.BYTES[known] / units.BYTES["mb"]
    return unit, 1.0


def _ends(metric: Metric, quantity: Quantity) -> tuple[float | None, float | None]:
    _, factor = _in_base(metric, quantity.unit)
    low, high = quantity.low, quantity.high
    return None if low is None else low * factor, None if high is None else high * factor


def _measured(
    scored: ScoredRelease,
    metric: Metric,
    base: str,
    by_run: Mapping[str, list[Figure]],
    objections: Mapping[tuple[str, str], tuple[ObjectionLine, ...]],
) -> Measured | None:
    runs = [
        run
        for run in scored.document.runs
        if run.slug in by_run and run.source not in scored.distrust
    ]
    figures = [figure for run in runs for figure in by_run[run.slug]]
    if not figures:
        return None
    numbers = [end for f in figures for end in _ends(metric, f.quantity) if end is not None]
    is_logarithmic = metric is not Metric.MEMORY and all(number > 0 for number in numbers)
    axis = (charts.log_axis if is_logarithmic else charts.linear_axis)(numbers) if numbers else None
    measured_options = tuple(
        option for option in scored.option_names if option.slug in {f.option for f in figures}
    )
    spellings = Counter(f.quantity.unit for f in figures if f.quantity.unit)
    unit = spellings.most_common(1)[0][0] if spellings else base
    table = [
        _run(scored, run, by_run[run.slug], measured_options, axis, unit, objections)
        for run in runs
    ]
    marks = [line.mark for run in table for line in run.lines if line.mark]
    return Measured(
        metric=metric.value,
        unit=unit,
        is_base=base == BASES[metric],
        is_pair=len(measured_options) == BOTH,
        is_logarithmic=is_logarithmic,
        has_ranges=any(mark.kind == "range" for mark in marks),
        has_open=any(mark.is_open for mark in marks),
        has_tails=any(mark.whisker for mark in marks),
        has_ratio=any(run.ratio for run in table),
        ticks=ticks_of(axis) if axis else (),
        runs=tuple(table),
        sources=len({run.source for run in runs}),
        ahead=_ahead(scored, metric, [by_run[run.slug] for run in runs], table),
        more=0,
    )


def _run(
    scored: ScoredRelease,
    run: Run,
    figures: list[Figure],
    options: tuple[OptionName, ...],
    axis: charts.Axis | None,
    unit: str,
    objections: Mapping[tuple[str, str], tuple[ObjectionLine, ...]],
) -> FigureRun:
    publishers = {source.slug: source.publisher_kind for source in scored.document.sources}
    workloads = {workload.slug: workload for workload in scored.document.workloads}
    is_own = publishers[run.source] is PublisherKind.OWN_MEASUREMENT
    lines = []
    for option in options:
        own = [figure for figure in figures if figure.option == option.slug]
        lines += _lines(option, own, axis, unit, is_own=is_own)
        if not own and len(options) == BOTH:
            lines.append(FigureLine(option, "", "", "", "", "", None))
    pair = pair_of(figures, tuple(option.slug for option in options))
    ratio = ratio_of(pair[0].quantity, pair[1].quantity) if pair and len(options) == BOTH else None
    return FigureRun(
        source=scored.source_by_slug[run.source],
        name=run.name,
        workload=workloads[run.workload].name,
        description=workloads[run.workload].description,
        conditions=tuple(value for name in CONDITIONS if (value := getattr(run, name))),
        missing=tuple(name.replace("_", " ") for name in NEEDED if not getattr(run, name)),
        note=run.note or "",
        lines=tuple(lines),
        ratio=f"{ratio:.2f}×" if ratio else "",
        objections=objections.get((run.slug, figures[0].metric.value), ()),
        is_measured=is_own,
    )


def _lines(
    option: OptionName, figures: list[Figure], axis: charts.Axis | None, unit: str, *, is_own: bool
) -> list[FigureLine]:
    """Return a line for each figure of one option in one test. A 95th percentile stands in the line
    of the mean beside it.
    """
    by_subject: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_subject[figure.subject].append(figure)
    lines = []
    for subject, about in by_subject.items():
        tails = [figure for figure in about if figure.statistic is Statistic.P95]
        mean = next((figure for figure in about if figure.statistic is Statistic.MEAN), None)
        tail = tails[0] if mean and len(tails) == 1 else None
        variant = _after(option.name, subject or "")
        for figure in about:
            if figure is tail:
                continue
            beside = tail if figure is mean else None
            lines.append(
                FigureLine(
                    option=option,
                    variant=variant or "",
                    subject=(subject or "") if variant is None else "",
                    statistic=STATISTICS.get(figure.statistic, ""),
                    amount=_amount(figure.quantity, unit),
                    tail=_amount(beside.quantity, unit) if beside else "",
                    mark=_mark(option, figure, beside, axis, is_own=is_own),
                )
            )
    return lines


def _after(name: str, subject: str) -> str | None:
    """Return what follows an option's name in what was measured, "Httptools" in "Uvicorn
    Httptools"; None where that begins with another name.
    """
    first, following = subject[: len(name)], subject[len(name) :]
    is_name = first.casefold() == name.casefold() and following[:1] in ("", " ")
    return following.strip() if is_name or not subject else None


def _amount(quantity: Quantity, unit: str) -> str:
    """Return a quantity as its source prints it, thousands set apart: numbers of several sources
    stand in one column. The unit of that column is said at its head, and not again.
    """
    if quantity.form is QuantityForm.VERBAL:
        return quantity.spelling
    printed = quantity.spelling if quantity.unit == unit else spelled(quantity)
    if quantity.unit == unit and printed.count(unit) == 1:
        printed = printed.removesuffix(unit).rstrip()
    return thousands_apart(printed)


def _mark(
    option: OptionName,
    figure: Figure,
    tail: Figure | None,
    axis: charts.Axis | None,
    *,
    is_own: bool,
) -> PlotMark | None:
    ends = _ends(figure.metric, figure.quantity)
    if axis is None or ends == (None, None):
        return None
    tail_end = _ends(tail.metric, tail.quantity)[0] if tail else None
    return plot_mark(
        axis,
        option,
        ends,
        is_open=is_open(figure.quantity),
        whisker=charts.position(axis, tail_end) if tail_end is not None else "",
        is_solid=is_own,
    )


def _ahead(
    scored: ScoredRelease, metric: Metric, runs: list[list[Figure]], table: list[FigureRun]
) -> Ahead:
    """Return who comes out first, over the tests in which several options have a plain number."""
    firsts: Counter[str] = Counter()
    count = 0
    for figures in runs:
        amounts = [
            (low, figure.option)
            for figure in figures
            if figure.quantity.form is QuantityForm.POINT
            and not figure.quantity.open_ended
            and figure.statistic in (Statistic.MEAN, Statistic.NOT_GIVEN)
            and (low := _ends(metric, figure.quantity)[0]) is not None
        ]
        if len({option for _, option in amounts}) < BOTH:
            continue
        count += 1
        best = (max if metric is Metric.THROUGHPUT else min)(low for low, _ in amounts)
        first = {option for low, option in amounts if low == best}
        if len(first) == 1:
            firsts.update(first)
    (slug, tests), *others = firsts.most_common(2) or [("", 0)]
    is_alone = tests > 0 and not any(number == tests for _, number in others)
    ratios = sorted((run.ratio for run in table if run.ratio), key=lambda text: float(text[:-1]))
    return Ahead(
        option=scored.named[slug] if is_alone else None,
        tests=tests,
        of=count,
        low=ratios[0][:-1] if ratios else "",
        high=ratios[-1][:-1] if ratios else "",
    )
