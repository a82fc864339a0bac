"""Everything else that sources tell: costs, migrations, stories, popularity, points, hybrids,
questions, samples.
"""

from typing import Any

from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.criteria import CHECK_WORDS, QUANTITY_WORDS
from comparison.models.options import Option
from comparison.models.rows import LINE, Row, embeds, enum_field, of, slug_field
from comparison.models.sources import PLACE, Source


def _option(help_text: str, name: str, empty: bool = False) -> Any:
    return models.ForeignKey(
        Option,
        null=empty,
        blank=empty,
        on_delete=models.PROTECT,
        related_name=name,
        help_text=help_text,
    )


@embeds("reference", schema.Reference, **CHECK_WORDS)
class Stated(Row):
    """What every statement carries: a name of its own, the source, the place in it, and what an
    editor found.
    """

    slug = slug_field()
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="%(class)ss", help_text="Who says so."
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)
    finding = enum_field(schema.Finding, schema.Finding.NOT_CHECKED, "What an editor found.")
    reason = models.TextField(blank=True, help_text="Why, in one or two sentences.")

    class Meta(Row.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.slug


@embeds("amount", schema.Quantity, **QUANTITY_WORDS)
class CostLine(Stated):
    node = schema.CostLine

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="costs")
    option = _option("For which option.", "costs")
    item = models.CharField(max_length=LINE, blank=True, help_text="What is paid for.")
    currency = models.CharField(
        max_length=3, blank=True, help_text="Three letters: INR, USD, EUR. Never converted."
    )
    period = enum_field(schema.Period, schema.Period.MONTH, "How often it is paid.")
    audience = models.CharField(max_length=LINE, blank=True, help_text="For whom, if it says so.")
    is_total = models.BooleanField(
        default=False, help_text="The source gives it as the sum of its other lines."
    )

    class Meta(Stated.Meta):
        constraints = [of("cost")]


@embeds("time", schema.Quantity, **QUANTITY_WORDS)
class Migration(Stated):
    node = schema.Migration
    lines = ("steps",)

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="migrations")
    start = _option("Where one comes from.", "+")
    target = _option("Where one goes to.", "+")
    steps = models.TextField(blank=True, help_text="One step a line.")
    scope = models.CharField(
        max_length=LINE, blank=True, help_text="For how large a project the time is given."
    )

    class Meta(Stated.Meta):
        constraints = [of("migration")]


class Story(Stated):
    node = schema.Story

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="stories")
    organisation = models.CharField(max_length=LINE, blank=True, help_text="Who is said to use it.")
    option = _option("Which option.", "stories")
    statement = models.TextField(blank=True, help_text="What is claimed, in our own words.")

    class Meta(Stated.Meta):
        verbose_name_plural = "stories"
        constraints = [of("story")]


@embeds("quantity", schema.Quantity, **QUANTITY_WORDS)
class StoryFigure(Row):
    node = schema.StoryFigure
    parent = "story"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField(max_length=LINE, blank=True, help_text="What the number counts.")
    kind = enum_field(
        schema.Gain,
        schema.Gain.GAIN,
        "A gain from the option, or merely the size of the organisation.",
    )

    def __str__(self) -> str:
        return self.name


@embeds("quantity", schema.Quantity, **QUANTITY_WORDS)
class Popularity(Stated):
    node = schema.Popularity

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="popularity")
    option = _option("Which option.", "popularity")
    metric = models.CharField(
        max_length=LINE, blank=True, help_text="What is counted: GitHub stars, downloads."
    )
    as_of = models.CharField(
        max_length=10, blank=True, help_text='As of when: a day, a month, a year, or "undated".'
    )

    class Meta(Stated.Meta):
        verbose_name_plural = "popularity"
        constraints = [of("popularity")]


class Point(Stated):
    node = schema.Point

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="points")
    topic = enum_field(schema.Topic, schema.Topic.PRO, "Where it belongs.")
    option = _option("Which option. Empty: all of them.", "points", empty=True)
    text = models.TextField(blank=True, help_text="In our own words.")

    class Meta(Stated.Meta):
        constraints = [of("point")]


class Hybrid(Stated):
    """Options used together."""

    node = schema.Hybrid
    lines = ("means",)

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="hybrids")
    name = models.CharField(max_length=LINE, blank=True, help_text="What to call the arrangement.")
    means = models.TextField(
        blank=True, help_text="What joins them, one a line: shared PostgreSQL, shared Redis."
    )

    class Meta(Stated.Meta):
        constraints = [of("hybrid")]


class HybridRole(Row):
    node = schema.Part
    parent = "hybrid"

    hybrid = models.ForeignKey(Hybrid, on_delete=models.CASCADE, related_name="roles")
    option = _option("Which option.", "+")
    role = models.CharField(
        max_length=LINE, blank=True, help_text="What it does in the arrangement."
    )

    def __str__(self) -> str:
        return f"{self.option}: {self.role}"


class AnsweredQuestion(Stated):
    node = schema.AnsweredQuestion

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="answered_questions"
    )
    question = models.CharField(max_length=LINE, blank=True, help_text="As a reader would ask it.")
    answer = models.TextField(blank=True, help_text="In our own words.")

    class Meta(Stated.Meta):
        constraints = [of("answered_question")]


class Sample(Row):
    """A complete small program."""

    node = schema.Sample

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="samples")
    slug = slug_field()
    topic = models.CharField(max_length=LINE, blank=True, help_text="What the program shows.")
    option = _option("With which option.", "samples")
    differs = models.TextField(
        blank=True, help_text="What is different from the other option's program."
    )
    answers = models.CharField(
        max_length=LINE, blank=True, help_text="Which excerpt it answers, in words."
    )
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="samples",
        help_text="Whose excerpt it answers.",
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        constraints = [of("sample")]

    def __str__(self) -> str:
        return self.slug


class SampleFile(Row):
    node = schema.SampleFile
    parent = "sample"

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(
        max_length=200, blank=True, help_text="Path within the samples: hello/main.py"
    )
    text = models.TextField(blank=True, help_text="The whole file.")

    def __str__(self) -> str:
        return self.path
