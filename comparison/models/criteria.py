"""Points of view and what each option is on them: groups, criteria, cells."""

from django.core.exceptions import ValidationError
from django.db import models

from comparison.core.document import schema
from comparison.models.comparisons import Comparison
from comparison.models.options import Option
from comparison.models.rows import (
    LINE,
    ImportanceField,
    Row,
    between,
    embeds,
    enum_field,
    of,
    slug_field,
)

QUANTITY_WORDS = {
    "spelling": "Exactly as the source prints it. Readers see this.",
    "form": "One number, a range, a bound, or only words.",
    "low": "The number, or the lower end of a range.",
    "high": "The upper end of a range, or an upper bound.",
    "unit": 'For example "ms", "requests/s", "MB".',
    "approximate": 'The source says "about" or "~".',
    "open_ended": 'The source says "or more" or "+".',
}
CHECK_WORDS = {
    "title": "Which page of the primary documentation.",
    "address": "Its address.",
    "version": "Which version it documents.",
    "read_on": "The day somebody read it. Change it only when it was read again.",
    "text": "What it says, in our words.",
}


class Group(Row):
    node = schema.Group

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="groups")
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="Heading above its criteria.")

    class Meta(Row.Meta):
        constraints = [of("group")]

    def __str__(self) -> str:
        return self.name or self.slug


@embeds(
    "must",
    schema.MustHave,
    name='What a reader demands: "Admin included". Empty: no must-have is offered here.',
    minimum="The least score that meets it.",
)
class Criterion(Row):
    node = schema.Criterion

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="criteria")
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        related_name="criteria",
        help_text="Under which heading it stands.",
    )
    slug = slug_field()
    name = models.CharField(max_length=LINE, blank=True, help_text="Two or three words.")
    question = models.CharField(
        max_length=LINE, blank=True, help_text="The question that a cell answers."
    )
    why = models.TextField(blank=True, help_text="Why it may matter to a reader.")
    kind = enum_field(
        schema.Kind,
        schema.Kind.RATING,
        "How a cell is scored: by an editor, yes / partly / no, or by a number. A text is shown "
        "and searched, and never scored or counted.",
    )
    importance = ImportanceField(
        default=3,
        help_text="0 to 5, one decimal at most, before a use case or reader changes it. A text has "
        "none.",
    )
    shelf_life_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="After how many days a check is due again."
    )
    scale_low = models.CharField(
        max_length=LINE,
        blank=True,
        help_text="What a score of 0 means, in words. Empty: readers hear that nobody wrote it.",
    )
    scale_high = models.CharField(
        max_length=LINE, blank=True, help_text="What a score of 10 means, in words. The same."
    )
    unit = models.CharField(max_length=40, blank=True, help_text="Quantities only.")
    direction = enum_field(schema.Direction, None, "Quantities only.")
    anchor_low = models.FloatField(
        null=True, blank=True, help_text="Quantities only: the number that means 0."
    )
    anchor_high = models.FloatField(
        null=True, blank=True, help_text="Quantities only: the number that means 10."
    )
    scale = enum_field(
        schema.Scale,
        schema.Scale.LINEAR,
        "Quantities only. Logarithmic: each doubling counts alike; both anchors are above 0.",
    )

    class Meta(Row.Meta):
        verbose_name_plural = "criteria"
        constraints = [of("criterion"), between("criterion", "importance", 0, 5)]

    def __str__(self) -> str:
        return self.name or self.slug


@embeds("checked", schema.Check, **CHECK_WORDS)
@embeds("quantity", schema.Quantity, **QUANTITY_WORDS)
class Cell(Row):
    """What one option is on one criterion."""

    node = schema.Cell
    key = "option"
    parent = "criterion"

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="cells")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="cells")
    text = models.CharField(
        max_length=LINE,
        blank=True,
        help_text="What readers see in the matrix. About 60 characters.",
    )
    score = models.FloatField(
        null=True,
        blank=True,
        help_text="Ratings only: 0 to 10 on the criterion's written scale. Empty: unknown.",
    )
    support = enum_field(schema.Support, None, "Yes / partly / no criteria only. Empty: unknown.")
    applies = models.BooleanField(
        default=True, help_text="Untick where the question makes no sense for this option."
    )
    note = models.TextField(
        blank=True, help_text="Why this value. A score without it is shown to have no reason."
    )
    changed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["criterion", "option"], name="cell_once"),
            between("cell", "score", 0, 10),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.option}"

    def clean(self) -> None:
        if (
            self.criterion_id
            and self.option_id
            and self.criterion.comparison_id != self.option.comparison_id
        ):
            raise ValidationError({"option": "This option belongs to another comparison."})
        if not self.applies and (self.score is not None or self.support):
            raise ValidationError(
                {
                    "applies": (
                        "A cell that does not apply cannot have a value. Empty the value, or "
                        "tick this."
                    )
                }
            )
