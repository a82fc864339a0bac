"""Who says so: sources with their claims, their advice for use cases, and their own verdicts."""

from django.core.exceptions import ValidationError
from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.criteria import CHECK_WORDS, QUANTITY_WORDS, Criterion
from comparison.models.options import Component, Option
from comparison.models.rows import LINE, Row, between, embeds, enum_field, of, slug_field

PLACE = "Where in the source: section, table row, line."


class Source(Row):
    node = schema.Source

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="sources")
    slug = slug_field()
    title = models.CharField(max_length=LINE, blank=True, help_text="As the source titles itself.")
    publisher = models.CharField(max_length=LINE, blank=True, help_text="Who published it.")
    publisher_kind = enum_field(schema.PublisherKind, None, "What kind of publisher that is.")
    interest = models.CharField(
        max_length=LINE, blank=True, help_text='What it sells or gains. "None stated" is an answer.'
    )
    published = models.CharField(
        max_length=10, blank=True, help_text='A day, a month, a year, or "undated".'
    )
    read_on = models.DateField(null=True, blank=True, help_text="The day an editor read it.")
    address = models.CharField(max_length=1000, blank=True, help_text="Its address. May be empty.")
    measured = models.BooleanField(default=False, help_text="It measured something itself.")
    origin = models.CharField(
        max_length=80, blank=True, help_text="Sources with the same origin have one vote together."
    )
    note = models.TextField(blank=True, help_text="Anything a reader should know about it.")

    class Meta(Row.Meta):
        constraints = [of("source")]

    def __str__(self) -> str:
        named = (self.title, self.publisher if self.publisher != self.title else "")
        return ", ".join(filter(None, named)) or self.slug


@embeds("reference", schema.Reference, **CHECK_WORDS)
@embeds("quantity", schema.Quantity, **QUANTITY_WORDS)
class Claim(Row):
    """What a source says. An editor's finding stands beside it, and never replaces it."""

    node = schema.Claim
    parent = "source"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="claims")
    slug = slug_field("Names the claim within its source.")
    option = models.ForeignKey(
        Option,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="What it is about.",
    )
    component = models.ForeignKey(
        Component,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="The part or add-on, if it names one.",
    )
    criterion = models.ForeignKey(
        Criterion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="Which criterion it speaks to.",
    )
    statement = models.TextField(
        blank=True, help_text="What the source says, in our own words; numbers and names exactly."
    )
    score = models.FloatField(
        null=True, blank=True, help_text="The score that its words imply, if they imply one."
    )
    support = enum_field(
        schema.Support, None, "The answer that its words imply, if they imply one."
    )
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)
    form = enum_field(schema.Form, schema.Form.PROSE, "How the source says it.")
    audience = models.CharField(max_length=LINE, blank=True, help_text="For whom, if it says so.")
    modality = enum_field(schema.Modality, schema.Modality.STATES, "How firmly it says it.")
    finding = enum_field(schema.Finding, schema.Finding.NOT_CHECKED, "What an editor found.")
    reason = models.TextField(
        blank=True,
        help_text="Why, in one or two sentences. Needed for outdated, misleading, wrong.",
    )

    class Meta(Row.Meta):
        constraints = [of("claim", "source"), between("claim", "score", 0, 10)]

    def __str__(self) -> str:
        return f"{self.source_id and self.source.slug}/{self.slug}"

    def clean(self) -> None:
        if self.option is None and self.component is None:
            raise ValidationError("A claim names an option or a component.")
        serious = {schema.Finding.OUTDATED, schema.Finding.MISLEADING, schema.Finding.WRONG}
        if self.finding in serious and not self.reason:
            raise ValidationError({"reason": f'The finding "{self.finding}" needs a reason.'})


class Advice(Row):
    """What a source recommends for a use case."""

    node = schema.Advice
    parent = "source"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="advice")
    slug = slug_field("Names the advice within its source.")
    use_case = models.ForeignKey(
        "UseCase", on_delete=models.PROTECT, related_name="advice", help_text="For which case."
    )
    condition = models.CharField(
        max_length=LINE, blank=True, help_text="If it holds only under a condition."
    )
    strength = enum_field(
        schema.Strength, schema.Strength.ONLY, "Only this, preferred, or advised against."
    )
    statement = models.TextField(blank=True, help_text="What the source advises, in our own words.")
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        verbose_name_plural = "advice"
        constraints = [of("advice", "source")]

    def __str__(self) -> str:
        return f"{self.source_id and self.source.slug}/{self.slug}"


class Choice(Row):
    """One thing that advice names: the first is the first choice, the others its alternatives in
    order.
    """

    node = schema.Choice
    parent = "advice"

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(
        Option,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The option, if one is named.",
    )
    components = models.ManyToManyField(
        Component, blank=True, related_name="+", help_text="Parts or add-ons named with it."
    )

    def __str__(self) -> str:
        return str(self.option or "a component")


class Verdict(Row):
    """A source's own overall verdict."""

    node = schema.Verdict
    parent = "source"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="verdicts")
    slug = slug_field("Names the verdict within its source.")
    option = models.ForeignKey(
        Option,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: it names no winner.",
    )
    condition = models.CharField(
        max_length=LINE, blank=True, help_text="If it holds only under a condition."
    )
    statement = models.TextField(blank=True, help_text="The verdict, in our own words.")
    place = models.CharField(max_length=LINE, blank=True, help_text=PLACE)

    class Meta(Row.Meta):
        constraints = [of("verdict", "source")]

    def __str__(self) -> str:
        return f"{self.source_id and self.source.slug}/{self.slug}"
