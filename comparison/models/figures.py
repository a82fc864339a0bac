"""What was measured: workloads, runs with their circumstances, figures, and what sources computed
from them.
"""

from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.criteria import QUANTITY_WORDS
from comparison.models.options import Component, Option
from comparison.models.rows import LINE, Row, embeds, enum_field, of, slug_field
from comparison.models.sources import PLACE, Source

NOT_GIVEN = "Empty: the source does not say."


def _circumstance(example: str) -> "models.CharField[str, str]":
    return models.CharField(
        max_length=LINE, blank=True, help_text=f"For example {example}. {NOT_GIVEN}"
    )


class Workload(Row):
    node = schema.Workload

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="workloads")
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="What was done, in a few words.")
    description = models.TextField(blank=True, help_text="What was done, in one or two sentences.")

    class Meta(Row.Meta):
        constraints = [of("workload")]

    def __str__(self) -> str:
        return self.name or self.slug


class Run(Row):
    """One source's test of one workload."""

    node = schema.Run

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="runs")
    slug = slug_field()
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="runs",
        help_text="Who ran it, or reports it.",
    )
    workload = models.ForeignKey(
        Workload, on_delete=models.PROTECT, related_name="runs", help_text="What was done."
    )
    name = models.CharField(
        max_length=LINE, blank=True, help_text="What the source calls it, in our words."
    )
    machine = _circumstance("AWS EC2 t3.xlarge")
    cores = _circumstance("4 vCPU")
    memory = _circumstance("16GB RAM")
    database = _circumstance("PostgreSQL 14")
    records = _circumstance("1M sample records")
    load_tool = _circumstance("Apache Bench (ab)")
    concurrency = _circumstance("1000 concurrent requests")
    requests = _circumstance("1000 requests")
    versions = _circumstance("framework and server versions")
    server = _circumstance("Uvicorn, 1 worker")
    date = models.CharField(
        max_length=10, blank=True, help_text=f"A day, a month or a year. {NOT_GIVEN}"
    )
    note = models.TextField(blank=True, help_text="Anything a reader should know before comparing.")

    class Meta(Row.Meta):
        constraints = [of("run")]

    def __str__(self) -> str:
        return self.name or self.slug


@embeds("quantity", schema.Quantity, **QUANTITY_WORDS)
class Figure(Row):
    node = schema.Figure
    parent = "run"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="figures")
    slug = slug_field("Names the figure within its run.")
    option = models.ForeignKey(
        Option,
        on_delete=models.PROTECT,
        related_name="figures",
        help_text="Which option it is given for.",
    )
    component = models.ForeignKey(
        Component,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="figures",
        help_text="The add-on that was used.",
    )
    metric = enum_field(schema.Metric, schema.Metric.THROUGHPUT, "What was measured.")
    statistic = enum_field(schema.Statistic, schema.Statistic.NOT_GIVEN, "Which statistic of it.")
    subject = models.CharField(
        max_length=LINE,
        blank=True,
        help_text='What was really measured, where it is not the option: "the underlying stack".',
    )
    filed_under = enum_field(
        schema.Metric,
        None,
        "Where the source prints it under a heading that promises another metric.",
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        constraints = [of("figure", "run")]

    def __str__(self) -> str:
        return f"{self.run_id and self.run.slug}/{self.slug}"

    def in_words(self) -> str:
        return f"{self.subject or self.option}, {self.get_metric_display()}, {self.run}"


@embeds("stated", schema.Quantity, **QUANTITY_WORDS)
class DerivedFigure(Row):
    """What a source says it computed."""

    node = schema.DerivedFigure
    lines = ("figures", "points", "popularity")

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="derived_figures"
    )
    slug = slug_field()
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="derived_figures",
        help_text="Who computed it.",
    )
    kind = enum_field(schema.DerivedKind, schema.DerivedKind.RATIO, "How it is computed.")
    statement = models.TextField(blank=True, help_text="What the source says, in our own words.")
    figures = models.TextField(
        blank=True, help_text="The figures it was computed from, one run/figure a line."
    )
    points = models.TextField(
        blank=True,
        help_text="For a count: the points that the source really gives, one slug a line.",
    )
    popularity = models.TextField(
        blank=True,
        help_text=(
            "For an overtaking: two lines of popularity, the one said to be ahead first, one "
            "slug a line."
        ),
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        constraints = [of("derived_figure")]

    def __str__(self) -> str:
        return self.slug
