"""What a source's own numbers say against its own statements. General rules over any document; no
remark is typed in.

Each rule does a source's arithmetic again, from what the same source states, and objects only where
the two cannot both be right. It never corrects a figure, never compares sources with one another,
and words nothing: an objection carries numbers, the templates have the sentences.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from comparison.core.document.schema import (
    CostLine,
    DerivedFigure,
    DerivedKind,
    Document,
    Figure,
    Metric,
    Quantity,
    QuantityForm,
    Run,
    Statistic,
)

SECONDS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "us": 1e-6}
# requests under way may be off by this factor before the two numbers contradict each other
SAME_CONCURRENCY = 2.0


class Rule(StrEnum):
    DERIVED = "derived-mismatch"  # a ratio, percentage or sum that its own figures do not give
    PAIRS = "ratio-outside-pairs"  # a headline range of ratios that the source's own pairs leave
    TOTAL = "total-mismatch"  # a total of costs that its lines do not add up to
    # throughput times latency gives another number of requests under way
    CONCURRENCY = "concurrency-mismatch"
    OVERTAKING = "overtaking-refuted"  # said to be ahead, with the smaller number
    COUNT = "count-not-met"  # so many announced, so many given
    HEADING = "under-another-heading"  # a rate under a heading on latency, say


@dataclass(frozen=True, slots=True)
class Objection:
    """One contradiction within one source, of whichever options: what it states, and what its own
    numbers give.
    """

    rule: Rule
    source: str
    subject: tuple[str, str]  # the document's list, and the slug in it
    place: str
    stated: str  # as the source prints it; for a heading, the metric that it promises
    numbers: tuple[float, ...]  # what was computed, by rule: see the functions below
    unit: str = ""  # of the numbers, where they have one
    options: tuple[str, ...] = ()  # which options the numbers are about, in their order


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A derived figure done again: one number, or two for a range or a pair. agrees: None where
    there is nothing to compare.
    """

    numbers: tuple[float, ...] = ()
    unit: str = ""
    agrees: bool | None = None


def objections(document: Document) -> tuple[Objection, ...]:
    """Return every objection, in the order of the document's lists."""
    rules = (_to_derived_figures, _to_totals, _to_concurrency, _to_headings)
    return tuple(objection for rule in rules for objection in rule(document))


# --- derived figures ------------------------------------------------------------------------------


def recompute(document: Document, derived: DerivedFigure) -> Recomputed:
    """Return what a derived figure's own inputs give; nothing where an input is no plain number, or
    they differ in unit.

    A ratio is the larger input over the smaller; a percentage is how much less the smaller is. They
    agree if they differ by less than one unit of the last printed digit, so that rounding and
    cutting off are both allowed; "or more" allows more. A headline range is held against the
    source's own pairs of speeds; memory is none.
    """
    stated = derived.stated
    match derived.kind:
        case DerivedKind.RATIO_RANGE:
            return _range_of_pairs(document, derived)
        case DerivedKind.OVERTAKING:
            return _overtaking(document, derived)
        case DerivedKind.COUNT:
            given = float(len(derived.points))
            return (
                Recomputed((given,), stated.unit or "", _allows(stated, given, 0.5))
                if derived.points
                else Recomputed()
            )
    by_name = figures_by_name(document)
    quantities = [by_name[name].quantity for name in derived.figures]
    inputs = sorted((plain for q in quantities if (plain := _plain_number(q))), reverse=True)
    if not inputs or len(inputs) < len(quantities) or len({q.unit for q in quantities}) > 1:
        return Recomputed()
    digit = last_digit(stated.spelling)
    if derived.kind is DerivedKind.TOTAL:
        return Recomputed((fsum(inputs),), stated.unit or "", _allows(stated, fsum(inputs), digit))
    if len(inputs) != 2:
        return Recomputed()
    value, unit = (
        (inputs[0] / inputs[1], "×")
        if derived.kind is DerivedKind.RATIO
        else (100 * (1 - inputs[1] / inputs[0]), "%")
    )
    return Recomputed((value,), unit, _allows(stated, value, digit))


def last_digit(spelling: str) -> float:
    """Return one unit of the last digit of the first number in a text: 0.01 for "2.37x", 1 for
    "57%".
    """
    decimals = re.search(r"\d[\d,]*(?:\.(\d+))?", spelling)
    return 0.1 ** len(decimals.group(1) or "") if decimals else 1.0


def _plain_number(quantity: Quantity) -> float | None:
    return quantity.low if quantity.form is QuantityForm.POINT and not quantity.open_ended else None


def _allows(stated: Quantity, value: float, digit: float) -> bool | None:
    """Say whether what is stated and a value can both be right, within a digit; None where nothing
    is stated in numbers.
    """
    if stated.low is None and stated.high is None:
        return None
    above = stated.low is None or value > stated.low - digit
    top = stated.low if stated.form is QuantityForm.POINT else stated.high
    open_above = stated.open_ended or stated.form is QuantityForm.LOWER_BOUND or top is None
    return above and (open_above or value < (top or 0.0) + digit)


def figures_by_name(document: Document) -> dict[str, Figure]:
    """Return every figure by run/figure."""
    return {f"{run.slug}/{figure.slug}": figure for run in document.runs for figure in run.figures}


def ratio_of(first: Quantity, second: Quantity) -> float | None:
    """Return how many times the smaller the larger is, or None where the two are not plain numbers
    of one unit.
    """
    both = (first, second)
    if first.unit != second.unit or any(
        q.form is not QuantityForm.POINT or not q.low or q.open_ended for q in both
    ):
        return None
    low, high = sorted(q.low for q in both if q.low)
    return high / low


def pair_of(figures: list[Figure], options: tuple[str, ...]) -> tuple[Figure, Figure] | None:
    """Return the figures of the first two options in one statistic, where each has exactly one: of
    several subjects none is the option's own. A 95th percentile only stands beside a mean.
    """
    for statistic in Statistic:
        sides = [
            [f for f in figures if f.option == option and f.statistic is statistic]
            for option in options[:2]
        ]
        if statistic is not Statistic.P95 and [len(side) for side in sides] == [1, 1]:
            return sides[0][0], sides[1][0]
    return None


def _range_of_pairs(document: Document, derived: DerivedFigure) -> Recomputed:
    stated = derived.stated
    options = tuple(option.slug for option in document.options)
    ratios = [
        ratio
        for run in document.runs
        if run.source == derived.source
        for metric in (Metric.THROUGHPUT, Metric.LATENCY)
        if (pair := pair_of([f for f in run.figures if f.metric is metric], options))
        and (ratio := ratio_of(pair[0].quantity, pair[1].quantity))
    ]
    if not ratios or stated.low is None or stated.high is None:
        return Recomputed()
    low, high = min(ratios), max(ratios)
    half = last_digit(stated.spelling) / 2  # 2.6 may be printed as 3
    return Recomputed(
        (low, high),
        "×",
        stated.low - half <= low and (stated.open_ended or high <= stated.high + half),
    )


def _overtaking(document: Document, derived: DerivedFigure) -> Recomputed:
    by_slug = {line.slug: line for line in document.popularity}
    lines = [by_slug[slug] for slug in derived.popularity]
    numbers = tuple(plain for line in lines if (plain := _plain_number(line.quantity)) is not None)
    if len(numbers) != 2 or len({(line.metric, line.quantity.unit) for line in lines}) != 1:
        return Recomputed()
    return Recomputed(numbers, lines[0].quantity.unit or "", numbers[0] > numbers[1])


RULE_OF_KIND = {
    DerivedKind.RATIO_RANGE: Rule.PAIRS,
    DerivedKind.COUNT: Rule.COUNT,
    DerivedKind.OVERTAKING: Rule.OVERTAKING,
}


def _to_derived_figures(document: Document) -> Iterator[Objection]:
    """Numbers: what the inputs give (one), the smallest and largest ratio (two), or the two numbers
    of popularity.
    """
    option_of = {line.slug: line.option for line in document.popularity}
    for derived in document.derived_figures:
        recomputed = recompute(document, derived)
        if recomputed.agrees is False:
            yield Objection(
                rule=RULE_OF_KIND.get(derived.kind, Rule.DERIVED),
                source=derived.source,
                subject=("derived_figures", derived.slug),
                place=derived.place,
                stated=derived.stated.spelling,
                numbers=recomputed.numbers,
                unit=recomputed.unit,
                options=tuple(option_of[slug] for slug in derived.popularity),
            )


# --- costs ----------------------------------------------------------------------------------------


def _to_totals(document: Document) -> Iterator[Objection]:
    """Numbers: the sums of the lines' low and high ends. Lines of one source, option, currency,
    period and audience.
    """
    bills: dict[tuple[object, ...], list[CostLine]] = defaultdict(list)
    for line in document.costs:
        bills[line.source, line.option, line.currency, line.period, line.audience].append(line)
    for bill in bills.values():
        ends = [_ends(line.amount) for line in bill if not line.is_total]
        known = [end for end in ends if end is not None]
        if not known or len(known) < len(ends):
            continue  # nothing to add up, or a line without a number: the sum is unknown
        low, high = (fsum(side) for side in zip(*known, strict=True))
        for total in bill:
            stated, digit = (
                _ends(total.amount) if total.is_total else None,
                last_digit(total.amount.spelling),
            )
            if stated and (abs(stated[0] - low) >= digit or abs(stated[1] - high) >= digit):
                yield Objection(
                    rule=Rule.TOTAL,
                    source=total.source,
                    subject=("costs", total.slug),
                    place=total.place,
                    stated=total.amount.spelling,
                    numbers=(low, high),
                    unit=total.currency,
                    options=(total.option,),
                )


def _ends(quantity: Quantity) -> tuple[float, float] | None:
    if (
        quantity.form not in (QuantityForm.POINT, QuantityForm.RANGE)
        or quantity.low is None
        or quantity.open_ended
    ):
        return None
    return quantity.low, quantity.low if quantity.high is None else quantity.high


# --- runs -----------------------------------------------------------------------------------------


def _to_concurrency(document: Document) -> Iterator[Objection]:
    """Numbers: requests a second, seconds each, and their product, of every option that does not
    fit. Source: Little's law, L = λW (J. Little, 1961).
    """
    for run in document.runs:
        expected = _under_way(run.concurrency or "")
        numbers: dict[str, tuple[float, float, float]] = {}
        places = []
        for option in document.options:
            rate, time = _rate(run, option.slug), _seconds(run, option.slug)
            if rate is None or time is None or not expected:
                continue
            number, place = rate
            if not 1 / SAME_CONCURRENCY <= number * time / expected <= SAME_CONCURRENCY:
                numbers[option.slug] = number, time, number * time
                places.append(place)
        if numbers:
            yield Objection(
                rule=Rule.CONCURRENCY,
                source=run.source,
                subject=("runs", run.slug),
                place=places[0],
                stated=run.concurrency or "",
                numbers=tuple(number for triple in numbers.values() for number in triple),
                options=tuple(numbers),
            )


def _under_way(words: str) -> float | None:
    """Return how many requests are said to be under way: the number beside such a word, or the only
    number there is.
    """
    beside = re.search(
        r"(\d[\d,]*)\s*(?:concurren|connection|client|user|parallel|simultan)", words
    )
    numbers = [beside.group(1)] if beside else re.findall(r"\d[\d,]*", words)
    return float(numbers[0].replace(",", "")) if len(numbers) == 1 else None


def _rate(run: Run, option: str) -> tuple[float, str] | None:
    """Return requests a second, and where that is printed."""
    for figure in run.figures:
        if figure.option == option and figure.metric is Metric.THROUGHPUT:
            plain = _plain_number(figure.quantity)
            if plain and re.fullmatch(
                r"(req|reqs|requests?)?\s*/\s*s(ec)?|rps", figure.quantity.unit or "", re.IGNORECASE
            ):
                return plain, figure.place
    return None


def _seconds(run: Run, option: str) -> float | None:
    """Return the mean time of one answer. Little's law holds for means; a percentile says nothing
    here.
    """
    for figure in run.figures:
        quantity = figure.quantity
        if (
            figure.option == option
            and figure.metric is Metric.LATENCY
            and figure.statistic is Statistic.MEAN
        ):
            scale = SECONDS.get(quantity.unit or "")
            if (plain := _plain_number(quantity)) is not None and scale:
                return plain * scale
    return None


def _to_headings(document: Document) -> Iterator[Objection]:
    """Numbers: none. Stated: the metric the heading promises; unit: the one that stands there."""
    for run in document.runs:
        misfiled: dict[tuple[Metric, Metric], list[Figure]] = defaultdict(list)
        for figure in run.figures:
            if figure.filed_under and figure.filed_under is not figure.metric:
                misfiled[figure.filed_under, figure.metric].append(figure)
        for (promised, printed), figures in misfiled.items():
            yield Objection(
                rule=Rule.HEADING,
                source=run.source,
                subject=("runs", run.slug),
                place=figures[0].place,
                stated=promised.value,
                numbers=(),
                unit=printed.value,
                options=tuple(dict.fromkeys(figure.option for figure in figures)),
            )
