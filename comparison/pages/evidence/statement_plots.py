"""Costs, times of a move and counts of popularity as plots: one row for each bill, move or count,
on an axis that begins at zero. Currencies are never mixed, metrics neither; what has no number has
no row.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comparison.core import charts
from comparison.core.document.schema import CostLine, Migration, Popularity, Quantity
from comparison.core.spelling import units
from comparison.pages.evidence.sections import PERIODS, counted_as, dated, spelled, trusted
from comparison.pages.option_marks import OptionName
from comparison.pages.plots import PlotMark, PlotTick, is_open, plot_mark, ticks_of
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.statements import SourceLine

Ends = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One bill, move or count."""

    source: SourceLine  # that states it
    option: OptionName | None  # whose it is; None where the title says what it is about
    title: str  # empty where it is about the option alone
    about: str  # parts of a bill, scope of a move, day of a count
    amount: str  # as the source prints it, or what its parts add up to
    is_sum: bool  # the source gives no total; its parts are added up here
    parts: tuple[charts.Bar, ...]  # filled: at least, part by part
    rest: charts.Bar | None  # outlined: from there up to the upper end; None for a single number
    mark: PlotMark | None  # in the place of bars, for a count


@dataclass(frozen=True, slots=True)
class StatementPlot:
    """Rows on one axis."""

    name: str  # alone on its page
    title: str  # what is counted, and in which unit
    about: str  # for whom; empty where the source does not say
    has_ranges: bool  # some row has an outlined part
    ticks: tuple[PlotTick, ...]  # of the axis
    rows: tuple[StatementRow, ...]  # options in editorial order


def plots_of(scored: ScoredRelease, section: str) -> tuple[StatementPlot, ...]:
    """Return the plots of one section; none where it states no numbers, or is drawn otherwise."""
    match section:
        case "costs":
            return _costs(scored)
        case "migrations":
            return _migrations(scored)
        case "popularity":
            return _popularity(scored)
        case _:
            return ()


# --- costs ----------------------------------------------------------------------------------------


def _costs(scored: ScoredRelease) -> tuple[StatementPlot, ...]:
    """Return a plot for each currency, period and audience, a row for each option and source."""
    bills: dict[tuple[str, str, str], dict[tuple[str, str], list[CostLine]]] = defaultdict(dict)
    for line in trusted(scored, scored.document.costs):
        if line.option in scored.named:
            kind = line.currency, line.period.value, line.audience or ""
            bills[kind].setdefault((line.option, line.source), []).append(line)
    plots: list[StatementPlot] = []
    for (currency, period, audience), by_option in bills.items():
        drawn = [
            (option, source, lines)
            for option in scored.named
            for (one, source), lines in by_option.items()
            if one == option and _bill(lines)
        ]
        if drawn:
            axis = charts.linear_axis(end for *_, lines in drawn for end in _bill(lines))
            plots.append(
                _plot(
                    f"costs-{len(plots) + 1}",
                    f"{currency} {PERIODS[period]}".strip(),
                    audience,
                    axis,
                    [
                        _bill_row(scored, option, source, lines, axis)
                        for option, source, lines in drawn
                    ],
                )
            )
    return tuple(plots)


def _bill(lines: list[CostLine]) -> tuple[float, ...]:
    """Return the lower and the upper end of a bill: of its total, else of all parts together;
    nothing where a number is missing.
    """
    counted = [line for line in lines if line.is_total][:1] or lines
    ends = [_closed(line.amount) for line in counted]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return ()
    return sum(low for low, _ in known), sum(high for _, high in known)


def _bill_row(
    scored: ScoredRelease, option: str, source: str, lines: list[CostLine], axis: charts.Axis
) -> StatementRow:
    items = [line for line in lines if not line.is_total]
    total = next((line for line in lines if line.is_total), None)
    low, high = _bill(lines)
    lengths = [end[0] for line in items if (end := _closed(line.amount))]
    # parts that do not add up to the lower end of the total are not drawn as if they did
    adds_up = len(lengths) == len(items) and abs(sum(lengths) - low) < 1
    amounts = [f"{line.item} {spelled(line.amount)}" for line in items]
    return StatementRow(
        source=scored.source_by_slug[source],
        option=scored.named[option],
        title="",
        about=", ".join(amounts) if total or len(items) > 1 else items[0].item,
        amount=spelled(total.amount)
        if total
        else spelled(items[0].amount)
        if len(items) == 1
        else " to ".join(dict.fromkeys(f"{end:,g}" for end in (low, high))),
        is_sum=total is None and len(items) > 1,
        parts=tuple(charts.stacked(axis, lengths if items and adds_up else [low])),
        rest=charts.stretch(axis, low, high) if high > low else None,
        mark=None,
    )


def _closed(quantity: Quantity) -> tuple[float, float] | None:
    """Return both ends of an amount, or None where one is open or unknown."""
    low, high = quantity.low, quantity.high
    if low is None or is_open(quantity):
        return None
    return low, low if high is None else high


# --- moves ----------------------------------------------------------------------------------------


def _migrations(scored: ScoredRelease) -> tuple[StatementPlot, ...]:
    """Return one plot of all moves, in weeks."""
    names = {option.slug: option.name for option in scored.document.options}
    drawn = [
        (move, ends)
        for move in trusted(scored, scored.document.migrations)
        if (ends := _weeks(move)) != (None, None)
    ]
    if not drawn:
        return ()
    axis = charts.linear_axis(end for _, ends in drawn for end in ends)
    rows = []
    for move, (low, high) in drawn:
        start = low or 0.0
        rows.append(
            StatementRow(
                source=scored.source_by_slug[move.source],
                option=None,
                title=f"{names[move.start]} to {names[move.target]}",
                about=move.scope,
                amount=spelled(move.time),
                is_sum=False,
                parts=tuple(charts.stacked(axis, [low])) if low else (),
                rest=charts.stretch(axis, start, high) if high and high > start else None,
                mark=None,
            )
        )
    return (_plot("migrations", "Weeks", "", axis, rows),)


def _weeks(move: Migration) -> Ends:
    """Return the ends of a move's time in weeks; neither where its unit is no time."""
    unit = units.known(move.time.unit)
    if unit not in units.SECONDS:
        return None, None
    weeks = units.SECONDS[unit] / units.SECONDS["week"]
    low, high = move.time.low, move.time.high
    return None if low is None else low * weeks, None if high is None else high * weeks


# --- popularity -----------------------------------------------------------------------------------


def _popularity(scored: ScoredRelease) -> tuple[StatementPlot, ...]:
    """Return a plot for each metric, a dot for each count, options in editorial order, then by
    day.
    """
    by_metric: dict[tuple[str, str], list[Popularity]] = defaultdict(list)
    for count in trusted(scored, scored.document.popularity):
        ends = count.quantity.low, count.quantity.high
        if count.option in scored.named and ends != (None, None):
            by_metric[count.metric, count.quantity.unit or ""].append(count)
    order = list(scored.named)
    plots: list[StatementPlot] = []
    for (metric, _), counts in by_metric.items():
        counts.sort(key=lambda count: (order.index(count.option), count.as_of))
        axis = charts.linear_axis(
            end for count in counts for end in (count.quantity.low, count.quantity.high)
        )
        rows = [
            StatementRow(
                source=scored.source_by_slug[count.source],
                option=scored.named[count.option],
                title="",
                about=dated(count.as_of),
                amount=counted_as(count),
                is_sum=False,
                parts=(),
                rest=None,
                mark=plot_mark(
                    axis,
                    scored.named[count.option],
                    (count.quantity.low, count.quantity.high),
                    is_open=is_open(count.quantity),
                ),
            )
            for count in counts
        ]
        plots.append(_plot(f"popularity-{len(plots) + 1}", metric, "", axis, rows))
    return tuple(plots)


def _plot(
    name: str, title: str, about: str, axis: charts.Axis, rows: Iterable[StatementRow]
) -> StatementPlot:
    rows = tuple(rows)
    has_ranges = any(row.rest for row in rows)
    return StatementPlot(name, title, about, has_ranges, ticks_of(axis), rows)
