"""What was measured: workloads, one source's runs of them with their figures, and what a source
says it worked out from such figures.
"""

from enum import StrEnum
from typing import Annotated

from comparison.core.document.schema.values import (
    ComponentSlug,
    Line,
    Node,
    OptionSlug,
    PartialDate,
    Quantity,
    Ref,
    Slug,
    SourceSlug,
    Text,
)


class Workload(Node):
    """What was done in a test."""

    slug: Slug
    name: Line
    description: Text


class Metric(StrEnum):
    THROUGHPUT = "throughput"
    LATENCY = "latency"
    MEMORY = "memory"


class Statistic(StrEnum):
    MEAN = "mean"
    P50 = "p50"
    P95 = "p95"
    P99 = "p99"
    NOT_GIVEN = "not-given"


class Figure(Node):
    """One measured value, or what a source gives as one. `subject` where it is not the option
    itself that was measured.

    `filed_under` where the source prints it under a heading that promises another metric.
    """

    slug: Slug
    option: OptionSlug
    component: ComponentSlug | None = None
    metric: Metric
    statistic: Statistic = Statistic.NOT_GIVEN
    quantity: Quantity
    subject: Line | None = None
    filed_under: Metric | None = None
    place: Line


class Run(Node):
    """One source's test of one workload, with whatever it says about the circumstances. Absent
    means not given.
    """

    slug: Slug
    source: SourceSlug
    workload: Annotated[Slug, Ref("workloads")]
    name: Line
    machine: Line | None = None
    cores: Line | None = None
    memory: Line | None = None
    database: Line | None = None
    records: Line | None = None
    load_tool: Line | None = None
    concurrency: Line | None = None
    requests: Line | None = None
    versions: Line | None = None
    server: Line | None = None
    date: PartialDate | None = None
    note: Text | None = None
    figures: tuple[Figure, ...] = ()


class DerivedKind(StrEnum):
    RATIO = "ratio"
    PERCENT_LESS = "percent-less"
    RATIO_RANGE = "ratio-range"
    TOTAL = "total"
    COUNT = "count"
    OVERTAKING = "overtaking"


class DerivedFigure(Node):
    """What a source says it computed, counted or compared, and from what. The site does it again
    and shows both.

    From figures (`run/figure`, larger first); a count from the points that the source really gives;
    an overtaking from two lines of popularity, the one that is said to be ahead first.
    """

    slug: Slug
    source: SourceSlug
    kind: DerivedKind
    statement: Text
    stated: Quantity
    figures: tuple[Annotated[str, Ref("figures")], ...] = ()
    points: tuple[Annotated[Slug, Ref("points")], ...] = ()
    popularity: tuple[Annotated[Slug, Ref("popularity")], ...] = ()
    place: Line
