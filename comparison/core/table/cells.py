"""A cell of a table as a cell of the matrix: its words, and the value that its criterion's kind
asks for.

Nothing is invented: what says nothing ("?", "-", "") is no cell at all, and a cell whose value
cannot be read keeps its words alone.
"""

import re
from collections.abc import Callable
from typing import Any

from comparison.core.spelling.contradiction import contradiction
from comparison.core.table.kinds import LineKind, amount_in, settled
from comparison.core.table.layout import CriterionLine
from comparison.core.table.table import TableCell
from comparison.core.table.values.amounts import Amount, rating_of
from comparison.core.table.values.answers import ANSWERS, Answer

LONGEST = 300  # characters of a cell, as the schema has it
WORD_OF = {Answer.YES: "Yes", Answer.PARTLY: "Partly", Answer.NO: "No"}
_SIGN = re.compile(r"^(?::[a-z0-9_+-]+:|[^\w\s()\[\]\"'“„«»$€£¥₹₩₽~≈<>≤≥±+\-–#@.&%/\\]\ufe0f?)\s*")


def cell_of(
    line: CriterionLine,
    cell: TableCell,
    kind: LineKind,
    unit: str,
    answer: Callable[[str], Answer | None],
    out_of: float = 10,
) -> dict[str, Any] | None:
    """Return the plain cell, or None where the table says nothing there. out_of: the largest mark,
    where a cell does not say it.
    """
    said = answer(cell.text)
    if said is Answer.UNKNOWN:
        return None
    if said is Answer.DOES_NOT_APPLY:
        return {"text": shortened(cell.text), "applies": False}
    plain: dict[str, Any] = {"text": shortened(cell.text)}
    match kind:
        case LineKind.SUPPORT if said is not None:
            plain = {"text": shortened(in_words(cell.text, said)), "support": said.value}
        case LineKind.QUANTITY | LineKind.LOGARITHMIC:
            amount = amount_in(cell.text, unit, line.unit)
            settled_amount = settled(amount, line) if amount else None
            if settled_amount and (quantity := quantity_of(settled_amount, unit)):
                plain["quantity"] = quantity
        case LineKind.RATING:
            score = rating_of(cell.text)
            if score is None and (mark := bare_mark(cell.text)) is not None and mark <= out_of:
                score = round(mark * 10 / out_of, 2)
            if score is not None:
                plain |= {"score": score, "note": f'The table says "{shortened(cell.text)}".'}
    return plain


def in_words(text: str, answer: Answer) -> str:
    """Return a cell's words without the sign before them; the word for the sign where it stands
    alone.
    """
    rest = text.strip()
    while (sign := _SIGN.match(rest)) and sign[0].strip().rstrip("\ufe0f") in ANSWERS:
        rest = rest[sign.end() :]
    rest = rest.strip(" ,;:–—-") if rest != text.strip() else rest
    if not rest or rest.casefold() in ("x", "y", "n", "true", "false", "1", "0"):
        return WORD_OF.get(answer, text)
    return rest[:1].upper() + rest[1:] if rest != text.strip() else rest


def quantity_of(amount: Amount, unit: str) -> dict[str, Any] | None:
    """Return an amount as a plain quantity; None where its spelling contradicts it in the eyes of
    whoever publishes.
    """
    low = amount.lows[0] if amount.lows else None
    high = amount.highs[0] if amount.highs else None
    wrong = contradiction(amount.spelling, amount.form, low, high, unit, amount.open_ended)
    if wrong or (amount.form == "range" and not (low or 0) < (high or 0)):
        return None
    plain: dict[str, Any] = {"spelling": shortened(amount.spelling), "form": amount.form}
    if amount.form != "verbal":
        plain |= {"low": low, "high": high, "unit": unit}
    plain |= {"approximate": amount.approximate, "open_ended": amount.open_ended}
    return {
        name: value for name, value in plain.items() if value is not None and value is not False
    }


def shortened(text: str) -> str:
    """Return a text as it fits into a cell: cut between words, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 2].rpartition(' ')[0] or line[: LONGEST - 2]} …"


def bare_mark(text: str) -> float | None:
    """Return a mark that stands without its scale, "4" or "4 (0.75)"; None where there is none."""
    mark = re.fullmatch(r"(\d{1,2}(?:[.,]\d+)?)(?:\s*\([^()]*\))?", text.strip(" *_"))
    value = float(mark[1].replace(",", ".")) if mark else None
    return value if value is not None and value <= 10 else None
