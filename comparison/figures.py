"""A document's measured figures as rows, marks and ratios. A ratio is formed within one run and nowhere else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from comparison import pages
from comparison.core import charts
from comparison.core.document import (
    DerivedFigure,
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

TITLES = {Metric.THROUGHPUT: "Requests per second", Metric.LATENCY: "Response time", Metric.MEMORY: "Memory"}
DESCRIPTIONS = {
    Metric.THROUGHPUT: "More is better. Logarithmic scale.",
    Metric.LATENCY: "Less is better. Logarithmic scale. The whisker ends at the 95th percentile.",
    Metric.MEMORY: "Less is better. The scale begins at zero.",
}
CONDITIONS = ("machine", "cores", "memory", "database", "records", "load_tool", "concurrency", "requests", "versions", "server")
ASKED = {"machine": "machine", "load_tool": "load tool", "concurrency": "concurrency", "versions": "versions", "server": "server"}
ROW_HEIGHT, FIRST_MARK, MARK_STEP = 26, 13, 12


def figure_tables(
    document: Document, options: Sequence[pages.OptionName], sources: Mapping[str, pages.SourceLine]
) -> tuple[pages.FigureTable, ...]:
    """Return one table per metric that was measured: workloads in the document's order, one row per run."""
    return tuple(
        table
        for metric in Metric
        if (table := _table(document, metric, _measured(document, metric, options), sources)) is not None
    )


def _measured(document: Document, metric: Metric, options: Sequence[pages.OptionName]) -> tuple[pages.OptionName, ...]:
    have = {figure.option for run in document.runs for figure in run.figures if figure.metric is metric}
    return tuple(option for option in options if option.slug in have)


def _table(
    document: Document, metric: Metric, options: tuple[pages.OptionName, ...], sources: Mapping[str, pages.SourceLine]
) -> pages.FigureTable | None:
    slugs = {option.slug for option in options}
    by_run = [(run, [f for f in run.figures if f.metric is metric and f.option in slugs]) for run in document.runs]
    by_run = [(run, figures) for run, figures in by_run if figures and sources[run.source].trusted]
    if not by_run:
        return None
    ends = [end for _, figures in by_run for figure in figures for end in _drawn(figure.quantity) if end is not None]
    axis = (charts.linear_axis if metric is Metric.MEMORY else charts.log_axis)(ends) if ends else None
    by_workload: dict[str, list[pages.FigureRow]] = defaultdict(list)
    for run, figures in by_run:
        by_workload[run.workload].append(_row(document, run, figures, options, sources[run.source], axis))
    units = [figure.quantity.unit for _, figures in by_run for figure in figures if figure.quantity.unit]
    return pages.FigureTable(
        slug=metric.value,
        title=TITLES[metric],
        description=DESCRIPTIONS[metric],
        unit=units[0] if units else "",
        logarithmic=metric is not Metric.MEMORY,
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
    options: tuple[pages.OptionName, ...],
    source: pages.SourceLine,
    axis: charts.Axis | None,
) -> pages.FigureRow:
    kinds = {s.slug: s.publisher_kind for s in document.sources}
    by_option = {option.slug: [f for f in figures if f.option == option.slug] for option in options}
    present = [option for option in options if by_option[option.slug]]
    marks = []
    for at, option in enumerate(present):
        y = FIRST_MARK if len(present) == 1 else FIRST_MARK - MARK_STEP // 2 + at * MARK_STEP
        mark = _mark(by_option[option.slug], option.slot, axis, y, kinds[run.source] is PublisherKind.OWN_MEASUREMENT)
        if mark:
            marks.append(mark)
    subjects = [figure.subject for figure in figures if figure.subject]
    return pages.FigureRow(
        source=source,
        name=run.name,
        conditions=(*dict.fromkeys(subjects), *(value for name in CONDITIONS if (value := getattr(run, name)))),
        missing=tuple(words for name, words in ASKED.items() if not getattr(run, name)),
        note=run.note or "",
        marks=tuple(marks),
        cells=tuple(_text(by_option[option.slug]) for option in options),
        ratio=_ratio(by_option, [option.slug for option in options[:2]]),
        height=max(ROW_HEIGHT, ROW_HEIGHT - MARK_STEP + MARK_STEP * len(present)),
    )


def _mark(figures: list[Figure], slot: str, axis: charts.Axis | None, y: int, measured: bool) -> pages.PlotMark | None:
    """Return the mark of one option: its first figure, with a whisker where a 95th percentile stands beside it."""
    drawable = [f for f in figures if _drawn(f.quantity) != (None, None)]
    main = next((f for f in drawable if f.statistic is not Statistic.P95), None) or next(iter(drawable), None)
    if axis is None or main is None:
        return None
    quantity = main.quantity
    open_ended = quantity.open_ended or quantity.form is QuantityForm.LOWER_BOUND
    mark = charts.plot_mark(axis, quantity.low, quantity.high, open_ended)
    tail = next((f for f in drawable if f.statistic is Statistic.P95 and f is not main and f.quantity.low), None)
    whisker = charts.position(axis, tail.quantity.low) if tail and tail.quantity.low else ""
    return pages.PlotMark(slot, mark.kind, mark.x, mark.end, mark.width, mark.is_open, whisker, y, measured)


def _text(figures: list[Figure]) -> str:
    words = []
    for figure in figures:
        unit = f" {figure.quantity.unit}" if figure.quantity.unit and figure.quantity.form is not QuantityForm.VERBAL else ""
        after = " (95th percentile)" if figure.statistic is Statistic.P95 else ""
        words.append(f"{figure.quantity.spelling}{unit}{after}")
    return ", ".join(words)


def _ratio(by_option: Mapping[str, list[Figure]], pair: Sequence[str]) -> str:
    """Return how many times the larger is the smaller, where one run gives both as plain numbers of one statistic."""
    if len(pair) < 2:
        return ""
    first, second = ([f for f in by_option[option] if f.statistic is not Statistic.P95] for option in pair)
    if not first or not second or first[0].statistic is not second[0].statistic:
        return ""
    both = [figure.quantity for figure in (first[0], second[0])]
    if any(q.form is not QuantityForm.POINT or not q.low or q.open_ended for q in both) or both[0].unit != both[1].unit:
        return ""
    low, high = sorted(q.low for q in both if q.low)
    return f"{high / low:.2f}×"


# --- what sources say they computed ------------------------------------------------------------------------------------


def derived_lines(document: Document, sources: Mapping[str, pages.SourceLine]) -> tuple[pages.DerivedLine, ...]:
    """Return every derived figure with what its own inputs give; where it names none, what the source's pairs give."""
    by_name = {f"{run.slug}/{figure.slug}": figure for run in document.runs for figure in run.figures}
    return tuple(
        pages.DerivedLine(sources[d.source], d.statement, d.stated.spelling, *_recomputed(document, d, by_name), d.place)
        for d in document.derived_figures
        if sources[d.source].trusted
    )


def _recomputed(document: Document, derived: DerivedFigure, by_name: Mapping[str, Figure]) -> tuple[str, bool | None]:
    inputs = sorted((f.quantity.low for name in derived.figures if (f := by_name[name]).quantity.low), reverse=True)
    stated = derived.stated
    if derived.kind is DerivedKind.TOTAL and inputs:
        return f"{sum(inputs):g}", stated.low is not None and abs(sum(inputs) - stated.low) < 1
    if len(inputs) == 2 and stated.low is not None:
        if derived.kind is DerivedKind.RATIO:
            value, unit = inputs[0] / inputs[1], "×"
        else:
            value, unit = 100 * (1 - inputs[1] / inputs[0]), " %"
        last_digit = 0.1 ** len(f"{stated.low:g}".partition(".")[2])
        return f"{value:.2f}{unit}" if unit == "×" else f"{value:.1f}{unit}", abs(value - stated.low) < last_digit
    ratios = _pairs_of(document, derived.source)
    if derived.kind is DerivedKind.RATIO_RANGE and ratios and stated.low and stated.high:
        inside = stated.low <= min(ratios) and max(ratios) <= stated.high
        return f"{min(ratios):.2f}× to {max(ratios):.2f}× in its own pairs", inside
    return "", None


def _pairs_of(document: Document, source: str) -> list[float]:
    """Return the ratio of every pair of plain numbers that one run of the source gives for the first two options."""
    ratios = []
    options = tuple(o.slug for o in document.options)
    for run in document.runs:
        if run.source == source:
            for metric in Metric:
                by_option = {o: [f for f in run.figures if f.option == o and f.metric is metric] for o in options}
                if ratio := _ratio(by_option, options[:2]):
                    ratios.append(float(ratio.rstrip("×")))
    return ratios
