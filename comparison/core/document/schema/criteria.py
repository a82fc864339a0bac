"""What is compared, and from which points of view: options, criteria with a cell for each option,
and the use cases that say how much each criterion matters.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from comparison.core.document.schema.values import (
    Address,
    CriterionSlug,
    Importance,
    Line,
    Node,
    OptionSlug,
    Quantity,
    Ref,
    Reference,
    Score,
    Slug,
    Tag,
    Text,
)


class Part(Node):
    """One option's role within a combination."""

    option: OptionSlug
    role: Line


class Option(Node):
    """One of the things compared. With parts it is an arrangement of others: scored like any other,
    never computed from them, and ranked only where a reader asks for it.
    """

    slug: Slug
    name: Line
    line: Line | None = None
    home_page: Address | None = None
    compared_version: Line | None = None
    licence: Line | None = None
    status: Line | None = None  # in free words: "maintained", "security fixes until 2027"
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    parts: tuple[Part, ...] = ()

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of it beside its line, each under its name."""
        facts = (
            ("version", self.compared_version),
            ("licence", self.licence),
            ("status", self.status),
            ("tags", ", ".join(self.tags)),
            ("home page", self.home_page),
        )
        return tuple((name, value) for name, value in facts if value)


class Component(Node):
    """A part or add-on that claims and advice can name. Without an option it is third-party."""

    slug: Slug
    name: Line
    line: Line | None = None
    option: OptionSlug | None = None


class Kind(StrEnum):
    RATING = "rating"
    SUPPORT = "support"
    QUANTITY = "quantity"
    TEXT = "text"  # shown and searched, never scored or counted


class Support(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Direction(StrEnum):
    HIGHER = "higher-is-better"
    LOWER = "lower-is-better"


class Scale(StrEnum):
    """How a quantity's score runs between its anchors: with the number, or with its logarithm."""

    LINEAR = "linear"
    LOGARITHMIC = "logarithmic"


class Group(Node):
    slug: Slug
    name: Line


class Check(Reference):
    """What an editor found in the primary documentation for a cell."""

    text: Text


class Cell(Node):
    """What one option is on one criterion, in the editor's words. Exactly the value that the
    criterion's kind asks for.
    """

    text: Line
    score: Score | None = None
    support: Support | None = None
    quantity: Quantity | None = None
    applies: bool = True
    note: Text | None = None
    changed_on: date | None = None
    checked: Check | None = None

    @model_validator(mode="after")
    def _nothing_to_score_where_it_does_not_apply(self) -> Self:
        if not self.applies and (self.score, self.support, self.quantity) != (None, None, None):
            raise ValueError("a cell that does not apply cannot have a value")
        return self


class MustHave(Node):
    """The condition that a reader may set on a criterion: what to call it, and the least score that
    meets it.
    """

    name: Line
    minimum: Score


class Criterion(Node):
    """One point of view, with the words that 0 and 10 stand for, and a cell for every option that
    is known. A table that became a comparison has neither question, reason nor written scale yet.
    """

    slug: Slug
    name: Line
    group: Annotated[Slug, Ref("groups")]
    question: Line | None = None
    why: Text | None = None
    kind: Kind = Kind.RATING
    importance: Importance = 3
    shelf_life_days: Annotated[int, Field(gt=0, le=36_500)] | None = None
    scale_low: Line | None = None
    scale_high: Line | None = None
    unit: Annotated[Line, Field(max_length=40)] | None = None
    direction: Direction | None = None
    anchor_low: float | None = None
    anchor_high: float | None = None
    scale: Scale = Scale.LINEAR
    must: MustHave | None = None
    cells: dict[OptionSlug, Cell] = {}

    @property
    def is_scored(self) -> bool:
        """It can count: it has scores, an importance, perhaps a must-have. A text has none."""
        return self.kind is not Kind.TEXT

    @property
    def is_logarithmic(self) -> bool:
        """Its score is linear in the logarithm of the number: each doubling moves it alike."""
        return self.kind is Kind.QUANTITY and self.scale is Scale.LOGARITHMIC

    @model_validator(mode="after")
    def _a_quantity_has_its_anchors(self) -> Self:
        if self.kind is Kind.QUANTITY:
            if (
                self.unit is None
                or self.direction is None
                or self.anchor_low is None
                or self.anchor_high is None
            ):
                raise ValueError(
                    "a quantity needs unit, direction, anchor_low (means 0) and "
                    "anchor_high (means 10)"
                )
            if (self.anchor_low < self.anchor_high) is not (self.direction is Direction.HIGHER):
                raise ValueError(f"the anchors run against {self.direction.value}")
            if self.is_logarithmic and min(self.anchor_low, self.anchor_high) <= 0:
                raise ValueError("a logarithmic scale needs both anchors above 0")
        return self


class UseCase(Node):
    """A preset: importances for the criteria it names, `otherwise` for the rest (absent: their
    defaults), must-haves. Use cases of one family are shown together.
    """

    slug: Slug
    name: Line
    family: Line | None = None
    situation: Line | None = None
    description: Text | None = None
    otherwise: Importance | None = None
    importances: dict[CriterionSlug, Importance] = {}
    must: tuple[CriterionSlug, ...] = ()
