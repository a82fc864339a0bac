"""What stands in one field for the value of a cell, whatever its criterion's kind: "8.5", "partly",
"~35 ms", "n/a"; and the columns of the cell that such a text fills.

Reads what the table reader reads (signs, decimal commas, "k"). What cannot be read is refused in
words that say what to write; nothing is guessed.
"""

import re
from collections.abc import Mapping
from typing import Any

from comparison.core.document.schema import Kind, QuantityForm
from comparison.core.table.cells import quantity_of
from comparison.core.table.kinds import amount_in
from comparison.core.table.values.amounts import rating_of
from comparison.core.table.values.answers import Answer, answer_of

DOES_NOT_APPLY = "n/a"
_NO_QUANTITY: dict[str, Any] = {
    "spelling": "",
    "form": QuantityForm.POINT.value,
    "low": None,
    "high": None,
    "unit": "",
    "approximate": False,
    "open_ended": False,
}
# what programs write in the place of a number; whoever types it takes it for one
_OF_PROGRAMS = frozenset({"nan", "null", "nil", "undefined"})
_NOTHING = "nothing where it is not known"
_OTHERWISE = f"{DOES_NOT_APPLY} where the question makes no sense, or {_NOTHING}"


class NotAValue(ValueError):
    """What was typed is no value of this kind. The message says what to write."""


def value_of(cell: Mapping[str, Any], kind: str) -> str:
    """Return a cell's value as it stands in its field. cell: its columns; empty: unknown."""
    if not cell["applies"]:
        return DOES_NOT_APPLY
    match kind:
        case Kind.RATING:
            return "" if cell["score"] is None else f"{cell['score']:g}"
        case Kind.SUPPORT:
            return str(cell["support"])
        case Kind.QUANTITY:
            return str(cell["quantity_spelling"])
        case _:
            return ""


def columns_of(typed: str, kind: str, unit: str) -> dict[str, Any]:
    """Return what a typed value puts into the columns of a cell. Raises NotAValue.

    unit: of the criterion, where it is a quantity.
    """
    bare = " ".join(typed.split())
    columns = {"score": None, "support": "", "applies": True, **_quantity_columns(_NO_QUANTITY)}
    answer = answer_of(bare)
    if bare.casefold() in _OF_PROGRAMS and kind != Kind.TEXT:
        raise NotAValue(f"“{bare}” is no number and no answer: write one, {_OTHERWISE}.")
    if answer is Answer.UNKNOWN:
        return columns
    if answer is Answer.DOES_NOT_APPLY:
        return columns | {"applies": False}
    match kind:
        case Kind.RATING:
            return columns | {"score": _score(bare)}
        case Kind.SUPPORT:
            return columns | {"support": _support(bare, answer)}
        case Kind.QUANTITY:
            return columns | _quantity_columns(_NO_QUANTITY | _quantity(bare, unit, _OTHERWISE))
        case _:
            raise NotAValue("This row has words alone: write them into the text.")


def quantity_columns_of(typed: str, unit: str) -> dict[str, Any]:
    """Return what a typed quantity puts into the columns of one. Raises NotAValue.

    unit: of the numbers that are typed without one.
    """
    return _quantity_columns(
        _NO_QUANTITY | _quantity(" ".join(typed.split()), unit, f"or {_NOTHING}")
    )


def _quantity_columns(quantity: Mapping[str, Any]) -> dict[str, Any]:
    return {f"quantity_{name}": value for name, value in quantity.items()}


def _score(bare: str) -> float:
    number = re.fullmatch(r"\d{1,2}(?:[.,]\d+)?", bare)
    score = float(bare.replace(",", ".")) if number else rating_of(bare)
    if score is None or score > 10:
        raise NotAValue(f"“{bare}” is no score: write a number from 0 to 10, {_OTHERWISE}.")
    return score


def _support(bare: str, answer: Answer | None) -> str:
    if answer is None:
        raise NotAValue(f"“{bare}” is no answer: write yes, partly or no, {_OTHERWISE}.")
    return answer.value


def _quantity(bare: str, unit: str, otherwise: str) -> dict[str, Any]:
    amount = amount_in(bare, unit, unit)
    if amount is None:
        number = f"a number of {unit}" if unit else "a number"
        raise NotAValue(
            f"“{bare}” is no quantity of this row: write {number}, a range or a bound, {otherwise}."
        )
    if amount.is_ambiguous:
        low, high = (amount.lows or amount.highs)[0], (amount.lows or amount.highs)[-1]
        raise NotAValue(f"“{bare}” can be read as {low:,g} and as {high:,g}: write one of them.")
    quantity = quantity_of(amount, unit or amount.unit)
    if quantity is None:
        raise NotAValue(f"“{bare}” contradicts itself: write one number, a range or a bound.")
    return quantity
