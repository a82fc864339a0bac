"""What the nouns of a comparison are made of: slugs, lines, texts, days, scores, quantities and
references.

Scalars may arrive as text (content files send nothing else, so that `1.10` stays `1.10` and `no`
stays `no`); each kind of value says what it takes. Knows no noun of a comparison.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from comparison.core.document.slugs import SLUG


class Ref(str):
    """Marks a field that names an item of another list of the document: `Annotated[Slug,
    Ref("options")]`.
    """


def _plain(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", text):
        raise ValueError("holds a control character")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("has to stand on one line")
    return _plain(text)


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"undated|\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError('is not a date: write 2024-01-05, 2024-01, 2024 or "undated"')
    if len(text) == 10:
        date.fromisoformat(text)
    return text


def to_a_tenth(number: float) -> float:
    """Return a number to the nearest tenth; a whole one as an int, so that 3 is written without a
    point everywhere.
    """
    tenth = round(number, 1)
    return int(tenth) if tenth.is_integer() else tenth


def _in_tenths(number: float) -> float:
    if to_a_tenth(number) != number:
        raise ValueError(
            f"{number:g} is finer than a tenth: write {to_a_tenth(number):g}, one decimal at most"
        )
    return to_a_tenth(number)


def _address(text: str) -> str:
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError("is not an address: it has to begin with http:// or https://")
    return text


Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_plain)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=50_000), AfterValidator(_plain)]
PARTLY_DATED = AfterValidator(_partial_date)
PartialDate = Annotated[str, PARTLY_DATED]
Address = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_address)]
Tag = Annotated[Line, Field(max_length=40)]
Score = Annotated[float, Field(ge=0, le=10)]
Importance = Annotated[float, Field(ge=0, le=5), AfterValidator(_in_tenths)]
OptionSlug = Annotated[Slug, Ref("options")]
ComponentSlug = Annotated[Slug, Ref("components")]
CriterionSlug = Annotated[Slug, Ref("criteria")]
SourceSlug = Annotated[Slug, Ref("sources")]
UseCaseSlug = Annotated[Slug, Ref("use_cases")]


class Node(BaseModel):
    """One noun of the document: frozen, every key known, texts trimmed, no infinities."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )

    def model_post_init(self, _: Any) -> None:
        """Forget which fields were given: what is at its default is left out of files, given or
        not. A set of them would be half of what each of many thousand claims takes in memory.
        """
        object.__setattr__(self, "__pydantic_fields_set__", _NONE_GIVEN)


# stays empty: pydantic copies the set of a node together with the node, and changes that
_NONE_GIVEN: set[str] = set()


class QuantityForm(StrEnum):
    POINT = "point"
    RANGE = "range"
    LOWER_BOUND = "at-least"
    UPPER_BOUND = "at-most"
    VERBAL = "verbal"


class Quantity(Node):
    """A number as somebody stated it. Ranges stay ranges; `spelling` is the source's own and is
    what readers see.
    """

    spelling: Line
    form: QuantityForm = QuantityForm.POINT
    low: float | None = None
    high: float | None = None
    unit: Line | None = None
    approximate: bool = False
    open_ended: bool = False

    @model_validator(mode="after")
    def _bounds_fit_the_form(self) -> Self:
        form, low, high = self.form, self.low, self.high
        if form is QuantityForm.RANGE and (low is None or high is None or low >= high):
            raise ValueError("a range needs a low and a higher high")
        if form in (QuantityForm.POINT, QuantityForm.LOWER_BOUND) and (
            low is None or high is not None
        ):
            raise ValueError(f'"{form.value}" needs low alone')
        if form is QuantityForm.UPPER_BOUND and (high is None or low is not None):
            raise ValueError('"at-most" needs high alone')
        if form is not QuantityForm.VERBAL and self.unit is None:
            raise ValueError("unit is missing")
        return self


class Reference(Node):
    """Primary documentation, and the day somebody read it."""

    title: Line
    address: Address | None = None
    version: Line | None = None
    read_on: date
