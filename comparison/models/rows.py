"""What all draft rows share: a place in an order, and the noun of the document that a row stands
for.

A row's columns carry the names of its noun's fields, so that `publishing/draft/draft_rows.py` can
read and write any of them the same way. A value object (a quantity, a check, a reference) becomes
columns with a prefix: `quantity_low`, `checked_read_on`. A draft may be half-finished: what
publishing needs may be empty here, and `publishing/inspection.py` names it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from django.core.exceptions import ValidationError
from django.db import models

from comparison.core.document.schema import Node, to_a_tenth
from comparison.models.accounts import DraftManager

SHORT = 80
LINE = 300


def version_field() -> "models.PositiveIntegerField[int, int]":
    """Return the column that counts how often a row was changed, so that a stale save is seen."""
    return models.PositiveIntegerField(default=1, editable=False)


class Row(models.Model):
    """A draft row. `node` is the noun it stands for; rows of a keyed list name their `key`, and
    their `bare` value.
    """

    node: ClassVar[type[Node]]
    # the column whose slug is the key, where the document has a mapping instead of a list
    key: ClassVar[str] = ""
    # the one column that is the value, where the mapping's values are not nouns
    bare: ClassVar[str] = ""
    lines: ClassVar[tuple[str, ...]] = ()  # text columns that hold a list, one item a line
    parent: ClassVar[str] = "comparison"  # the column that names the row that this one is part of

    position = models.PositiveIntegerField(
        default=0, help_text="Place in the list; smaller comes first."
    )
    version = version_field()

    objects: Any = DraftManager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @classmethod
    def kinds(cls) -> "Iterator[type[Row]]":
        """Yield every kind of row."""
        for kind in cls.__subclasses__():
            if not kind._meta.abstract:
                yield kind
            yield from kind.kinds()

    @classmethod
    def way_to_comparison(cls) -> str:
        """Return how a query leads from a row to its comparison: `source__comparison`."""
        parent: Any = cls._meta.get_field(cls.parent).related_model
        is_row = issubclass(parent, Row)
        return f"{cls.parent}__{parent.way_to_comparison()}" if is_row else cls.parent

    def comparison_of(self) -> Any:
        """Return the comparison that this row belongs to, through its parents."""
        parent = getattr(self, self.parent)
        return parent.comparison_of() if isinstance(parent, Row) else parent

    def in_words(self) -> str:
        """Return what an editor knows the row by: what it says, where it has no name of its own."""
        own = (getattr(self, column, "") for column in ("statement", "item"))
        said = next((" ".join(text.split()) for text in own if text), "")
        return said or str(self)  # which may ask for the row that it is part of


def slug_field(
    help_text: str = "Short name in addresses and files: small letters, digits, hyphens.",
) -> "models.SlugField[str, str]":
    return models.SlugField(max_length=SHORT, help_text=help_text)


def of(subject: str, field: str = "comparison") -> models.UniqueConstraint:
    """Return the constraint that a slug names one row within its parent."""
    return models.UniqueConstraint(fields=[field, "slug"], name=f"{subject}_slug_once")


def between(subject: str, column: str, low: float, high: float) -> models.CheckConstraint:
    """Return the constraint that a column is empty or lies within its scale."""
    within = models.Q(**{f"{column}__gte": low, f"{column}__lte": high}) | models.Q(
        **{f"{column}__isnull": True}
    )
    return models.CheckConstraint(
        condition=within,
        name=f"{subject}_{column}_in_range",
        violation_error_message=f"{column} runs from {low} to {high}.",
    )


# Django's class takes no argument where it runs.
if TYPE_CHECKING:
    _OfNumbers = models.FloatField[Any, Any]
else:
    _OfNumbers = models.FloatField


class ImportanceField(_OfNumbers):
    """An importance of 0 to 5, one decimal at most; a whole one is an int, as it is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"validators": [refuse_finer_than_a_tenth], **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs

    def from_db_value(self, value: float | None, *_: Any) -> float | None:
        return None if value is None else to_a_tenth(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"step_size": 0.1, "min_value": 0, "max_value": 5, **kwargs})


def refuse_finer_than_a_tenth(value: float) -> None:
    if to_a_tenth(value) != value:
        near = {"near": to_a_tenth(value)}
        raise ValidationError("One decimal at most: write %(near)g.", params=near)


def choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    """Return an enumeration of the document as choices for a column."""
    return [(value.value, value.value.replace("-", " ")) for value in values]


def enum_field(values: type[StrEnum], default: StrEnum | None, help_text: str) -> Any:
    return models.CharField(
        max_length=40,
        choices=choices(values),
        default=default.value if default else "",
        blank=default is None,
        help_text=help_text,
    )


def embeds(
    prefix: str, noun: type[Node], **help_texts: str
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Return a class decorator that adds the columns of a value object: `@embeds("amount",
    Quantity)`.
    """

    def add(model: type[models.Model]) -> type[models.Model]:
        for name, field in noun.model_fields.items():
            words = help_texts.get(name, "")
            kinds = [
                kind
                for kind in (get_args(field.annotation) or (field.annotation,))
                if kind is not type(None)
            ]
            model.add_to_class(f"{prefix}_{name}", _column(_innermost(kinds[0]), name, words))
        return model

    return add


def _innermost(kind: Any) -> Any:
    while hasattr(kind, "__origin__") or hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    return kind


def _column(kind: Any, name: str, words: str) -> Any:
    if kind is bool:
        return models.BooleanField(default=False, help_text=words)
    if kind is float:
        return models.FloatField(null=True, blank=True, help_text=words)
    if kind is date:
        return models.DateField(null=True, blank=True, help_text=words)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return models.CharField(
            max_length=40, choices=choices(kind), default=next(iter(kind)).value, help_text=words
        )
    if name == "address":
        return models.CharField(max_length=1000, blank=True, help_text=words)
    if name == "text":
        return models.TextField(blank=True, help_text=words)
    return models.CharField(max_length=LINE, blank=True, help_text=words)
