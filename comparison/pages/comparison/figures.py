"""A document's measured figures as rows, marks and ratios. A ratio is formed within one run and
nowhere else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comparison.core import charts
from comparison.core.charts import Tick
from comparison.core.consistency import Recomputed, pair_of, ratio_of, recompute
from comparison.core.document.schema import (
    DerivedKind,
    Document,
    Figure,
    Metric,
    PublisherKind,
    Quantity,
    QuantityForm,
    Run,
    Statistic,
)
from comparison.pages import option_marks, statements
from comparison.pages.option_marks import OptionName
from comparison.pages.statements import SourceLine

TITLES = {
    Metric.THROUGHPUT: "Requests per second",
    Metric.LATENCY: "Response time",
    Metric.MEMORY: "Memory",
}
DESCRIPTIONS = {
    Metric.THROUGHPUT: "More is better. Logarithmic scale.",
    Metric.LATENCY: "Less is better. Logarithmic scale. The whisker ends at the 95th percentile.",
    Metric.MEMORY: "Less is better. The scale begins at zero.",
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
ASKED = {
    "machine": "machine",
    "load_tool": "load tool",
    "concurrency": "concurrency",
    "versions": "versions",
    "server": "server",
}
ROW_HEIGHT, FIRST_MARK, MARK_STEP = 26, 13, 12


@dataclass(frozen=True, slots=True)
class PlotMark:
    """One mark in a plot row, in percent of its width."""

    slot: str  # of the option's colour
    number: int  # of the option's mark
    kind: str  # point, range, lower-bound, upper-bound
    x: str  # percent
    end: str  # percent where a range ends
    width: str  # percent
    open: bool  # it goes on beyond its end
    whisker: str  # percent where it ends; empty without one
    y: int  # pixels from above
    measured: bool  # the source measured it itself


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One run's figures of one metric."""

    source: SourceLine  # that measured or printed it
    name: str  # of the run
    conditions: tuple[str, ...]  # under which it was run
    missing: tuple[str, ...]  # circumstances that the source does not state
    note: str  # on the run; empty without one
    marks: tuple[PlotMark, ...]  # one for each figure
    cells: tuple[str, ...]  # one text per option, as the source prints it
    ratio: str  # within this run; empty where none can be given
    height: int  # pixels of the plot


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One metric's figures of one kind of workload: a table with a plot column, one axis for all
    rows.
    """

    slug: str  # the place on the page
    title: str  # of the metric
    description: str  # what was measured
    ticks: tuple[Tick, ...]  # of the axis
    options: tuple[OptionName, ...]  # those that have a figure, in editorial order
    # name, description, one row per run
    workloads: tuple[tuple[str, str, tuple[FigureRow, ...]], ...]
    has_ratio: bool  # some row has one


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """A figure that a source says it computed, and what its own figures give."""

    source: SourceLine  # that computed it
    statement: str  # what the source says of it
    stated: str  # the figure as the source prints it
    recomputed: str  # what its own figures give; empty where they give none
    agrees: bool | None  # None where there is nothing to compare
    place: str  # in the source


def figure_tables(
    document: Document,
    options: Sequence[option_marks.OptionName],
    sources: Mapping[str, statements.SourceLine],
) -> tuple[FigureTable, ...]:
    """Return one table per metric that was measured: workloads in the document's order, one row per
    run.
    """
    return tuple(
        table
        for metric in Metric
        if (table := _table(document, metric, _measured(document, metric, options), sources))
        is not None
    )


def _measured(
    document: Document, metric: Metric, options: Sequence[option_marks.OptionName]
) -> tuple[option_marks.OptionName, ...]:
    have = {
        figure.option for run in document.runs for figure in run.figures if figure.metric is metric
    }
    return tuple(option for option in options if option.slug in have)


def _table(
    document: Document,
    metric: Metric,
    options: tuple[option_marks.OptionName, ...],
    sources: Mapping[str, statements.SourceLine],
) -> FigureTable | None:
    slugs = {option.slug for option in options}
    by_run = [
        (run, [f for f in run.figures if f.metric is metric and f.option in slugs])
        for run in document.runs
    ]
    by_run = [(run, figures) for run, figures in by_run if figures and sources[run.source].trusted]
    if not by_run:
        return None
    ends = [
        end
        for _, figures in by_run
        for figure in figures
        for end in _drawn(figure.quantity)
        if end is not None
    ]
    axis = (
        (charts.linear_axis if metric is Metric.MEMORY else charts.log_axis)(ends) if ends else None
    )
    by_workload: dict[str, list[FigureRow]] = defaultdict(list)
    for run, figures in by_run:
        by_workload[run.workload].append(
            _row(document, run, figures, options, sources[run.source], axis)
        )
    return FigureTable(
        slug=metric.value,
        title=TITLES[metric],
        description=DESCRIPTIONS[metric],
        ticks=axis.ticks if axis else (),
        options=options,
        workloads=tuple(
            (workload.name, workload.description, tuple(by_workload[workload.slug]))
            for workload in document.workloads
            if workload.slug in by_workload
        ),
        has_ratio=any(row.ratio for rows in by_workload.values() for row in rows),
    )


def _drawn(quantity: Quantity) -> tuple[float | None, float | None]:
    return quantity.low, quantity.high


def _row(
    document: Document,
    run: Run,
    figures: list[Figure],
    options: tuple[option_marks.OptionName, ...],
    source: statements.SourceLine,
    axis: charts.Axis | None,
) -> FigureRow:
    kinds = {s.slug: s.publisher_kind for s in document.sources}
    by_option = {option.slug: [f for f in figures if f.option == option.slug] for option in options}
    present = [option for option in options if by_option[option.slug]]
    marks = []
    for at, option in enumerate(present):
        y = FIRST_MARK if len(present) == 1 else FIRST_MARK - MARK_STEP // 2 + at * MARK_STEP
        mark = _mark(
            by_option[option.slug],
            option,
            axis,
            y,
            kinds[run.source] is PublisherKind.OWN_MEASUREMENT,
        )
        if mark:
            marks.append(mark)
    subjects = [figure.subject for figure in figures if figure.subject]
    return FigureRow(
        source=source,
        name=run.name,
        conditions=(
            *dict.fromkeys(subjects),
            *(value for name in CONDITIONS if (value := getattr(run, name))),
        ),
        missing=tuple(words for name, words in ASKED.items() if not getattr(run, name)),
        note=run.note or "",
        marks=tuple(marks),
        cells=tuple(_text(by_option[option.slug]) for option in options),
        ratio=_ratio(figures, tuple(option.slug for option in options)),
        height=max(ROW_HEIGHT, ROW_HEIGHT - MARK_STEP + MARK_STEP * len(present)),
    )


def _mark(
    figures: list[Figure],
    option: option_marks.OptionName,
    axis: charts.Axis | None,
    y: int,
    measured: bool,
) -> PlotMark | None:
    """Return the mark of one option: its first figure, with a whisker where a 95th percentile
    stands beside it.
    """
    drawable = [f for f in figures if _drawn(f.quantity) != (None, None)]
    main = next((f for f in drawable if f.statistic is not Statistic.P95), None) or next(
        iter(drawable), None
    )
    if axis is None or main is None:
        return None
    quantity = main.quantity
    open_ended = quantity.open_ended or quantity.form is QuantityForm.LOWER_BOUND
    mark = charts.plot_mark(axis, quantity.low, quantity.high, open_ended)
    tail = next(
        (f for f in drawable if f.statistic is Statistic.P95 and f is not main and f.quantity.low),
        None,
    )
    whisker = charts.position(axis, tail.quantity.low) if tail and tail.quantity.low else ""
    return PlotMark(
        option.slot,
        option.number,
        mark.kind,
        mark.x,
        mark.end,
        mark.width,
        mark.is_open,
        whisker,
        y,
        measured,
    )


def _text(figures: list[Figure]) -> str:
    words = []
    for figure in figures:
        unit = (
            f" {figure.quantity.unit}"
            if figure.quantity.unit and figure.quantity.form is not QuantityForm.VERBAL
            else ""
        )
        after = " (95th percentile)" if figure.statistic is Statistic.P95 else ""
        words.append(f"{figure.quantity.spelling}{unit}{after}")
    return ", ".join(words)


def _ratio(figures: list[Figure], options: tuple[str, ...]) -> str:
    """Return how many times the larger is the smaller, where one run gives both as plain numbers of
    one statistic.
    """
    pair = pair_of(figures, options)
    ratio = ratio_of(pair[0].quantity, pair[1].quantity) if pair else None
    return f"{ratio:.2f}×" if ratio else ""


def derived_lines(
    document: Document, sources: Mapping[str, statements.SourceLine]
) -> tuple[DerivedLine, ...]:
    """Return every derived figure with what its own inputs give; where it names none, what the
    source's pairs give.
    """
    lines = []
    for derived in document.derived_figures:
        if sources[derived.source].trusted:
            found = recompute(document, derived)
            shown = in_words(derived.kind, found)
            lines.append(
                DerivedLine(
                    sources[derived.source],
                    derived.statement,
                    derived.stated.spelling,
                    shown,
                    found.agrees,
                    derived.place,
                )
            )
    return tuple(lines)


def in_words(kind: DerivedKind, found: Recomputed) -> str:
    """Return what was computed again as it is shown; empty where there was nothing to
    compute from.
    """
    if not found.numbers:
        return ""
    match kind:
        case DerivedKind.RATIO:
            return f"{found.numbers[0]:.2f}×"
        case DerivedKind.PERCENT_LESS:
            return f"{found.numbers[0]:.1f} %"
        case DerivedKind.RATIO_RANGE:
            return f"{found.numbers[0]:.2f}× to {found.numbers[1]:.2f}× in its own pairs"
        case DerivedKind.OVERTAKING:
            return f"{found.numbers[0]:,.0f} against {found.numbers[1]:,.0f} {found.unit}".strip()
        case _:
            return f"{found.numbers[0]:,g} {found.unit}".strip()
