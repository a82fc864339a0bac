"""How many times one option is ahead of another: what sources claim, and what their own pairs of
figures give.

A pair is two plain figures of one run; nothing is ever divided across runs. Speed is a rate or a
time, memory is a thing of its own. Refuses to say who is right, to word, and to average.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from comparison.core.consistency import figures_by_name, pair_of, ratio_of
from comparison.core.document.schema import (
    DerivedFigure,
    DerivedKind,
    Document,
    Figure,
    Metric,
    QuantityForm,
    Run,
)

FACTORS = frozenset({DerivedKind.RATIO, DerivedKind.RATIO_RANGE})
# the widest first
IN_ORDER = (DerivedKind.RATIO_RANGE, DerivedKind.RATIO, DerivedKind.PERCENT_LESS)


class Subject(StrEnum):
    """What an option is ahead in."""

    SPEED = "speed"
    MEMORY = "memory"


METRICS = {
    Subject.SPEED: (Metric.THROUGHPUT, Metric.LATENCY),
    Subject.MEMORY: (Metric.MEMORY,),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of one run, and how many times the option ahead is the other: below 1 where it is
    behind in this run.
    """

    run: Run
    metric: Metric
    factor: float


@dataclass(frozen=True, slots=True)
class ClaimedFactor:
    """What a source claims. low and high: its ends, equal for a single number; None for an open
    one.
    """

    derived: DerivedFigure
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Factors:
    """All claims and pairs about two options. ahead: who is ahead in most pairs; of equally many
    the earlier one.
    """

    subject: Subject
    ahead: str
    behind: str
    claims: tuple[ClaimedFactor, ...]  # ranges first
    pairs: tuple[Pair, ...]


def factors(
    document: Document, options: Collection[str], distrust: Collection[str] = ()
) -> tuple[Factors, ...]:
    """Return the factors of every two options about which a source claims one; nothing where no
    pair of figures stands beside the claims.

    options: those that are compared. distrust: sources that are left out. A range of ratios names
    no figures: it is about the first two options, as `consistency.py` holds it against their pairs.
    """
    claims = sorted(
        (d for d in document.derived_figures if d.kind in IN_ORDER and d.source not in distrust),
        key=lambda claim: IN_ORDER.index(claim.kind),
    )
    runs = [run for run in document.runs if run.source not in distrust]
    order = [option.slug for option in document.options]
    about = {claim.slug: _about(document, claim, order) for claim in claims}
    headings = dict.fromkeys(about[claim.slug] for claim in claims if claim.kind in FACTORS)
    made = []
    for heading in headings:
        if heading is None or not set(heading[1]) <= set(options):
            continue
        subject, (first, second) = heading
        pairs = tuple(_pairs(runs, subject, first, second))
        if not pairs:
            continue
        # factors are of the first option; turned round where the second one is ahead more often
        leads = Counter(pair.factor > 1 for pair in pairs if pair.factor != 1)
        turned = leads[False] > leads[True]
        made.append(
            Factors(
                subject=subject,
                ahead=second if turned else first,
                behind=first if turned else second,
                claims=tuple(_claimed(claim) for claim in claims if about[claim.slug] == heading),
                pairs=tuple(Pair(p.run, p.metric, 1 / p.factor) for p in pairs)
                if turned
                else pairs,
            )
        )
    return tuple(made)


def _about(
    document: Document, claim: DerivedFigure, order: list[str]
) -> tuple[Subject, tuple[str, str]] | None:
    """Return what a claim is about: in what, and two options in editorial order; None where it is
    no factor of two.
    """
    if claim.kind is DerivedKind.RATIO_RANGE:
        return Subject.SPEED, (order[0], order[1])
    by_name = figures_by_name(document)
    figures: list[Figure] = [by_name[name] for name in claim.figures]
    options = sorted({figure.option for figure in figures}, key=order.index)
    subjects = {s for s, metrics in METRICS.items() for f in figures if f.metric in metrics}
    if len(options) != 2 or len(subjects) != 1:
        return None
    return subjects.pop(), (options[0], options[1])


def _claimed(claim: DerivedFigure) -> ClaimedFactor:
    stated = claim.stated
    low, high = stated.low, stated.high
    if claim.kind is DerivedKind.PERCENT_LESS:
        # 57 % less of one is 1 / (1 - 0.57) = 2.33 times the other
        percents = [end for end in (low, high) if end is not None]
        if not percents or max(percents) >= 100:
            return ClaimedFactor(claim, None, None)
        ends = sorted(1 / (1 - percent / 100) for percent in percents)
        low, high = (ends[0], ends[-1])
    elif stated.form is QuantityForm.POINT:
        high = low
    return ClaimedFactor(claim, low, high)


def _pairs(runs: list[Run], subject: Subject, first: str, second: str) -> Iterator[Pair]:
    """Yield every pair of two options, as how many times the first is ahead of the second."""
    for run in runs:
        for metric in METRICS[subject]:
            figures = [figure for figure in run.figures if figure.metric is metric]
            pair = pair_of(figures, (first, second))
            ratio = ratio_of(pair[0].quantity, pair[1].quantity) if pair else None
            if pair and ratio:
                larger = (pair[0].quantity.low or 0) >= (pair[1].quantity.low or 0)
                is_ahead = larger if metric is Metric.THROUGHPUT else not larger
                yield Pair(run, metric, ratio if is_ahead else 1 / ratio)
