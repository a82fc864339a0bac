"""A view as CSV that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from comparison.core.rounding import span
from comparison.pages.comparison.matrix.columns import OverallScore
from comparison.pages.comparison.page import ComparisonPage
from comparison.sharing.exports import (
    POINTS,
    RESTS_ON,
    Row,
    ViewTable,
    about_of,
    facts_of,
    note_words,
)

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = ("record", "group", "name", "slug", "counted", "importance", "value")
_BREAKS = re.compile(r"([;\t\r\n])")  # where an import may end a cell, whatever the quotes say
_STARTS_A_FORMULA = re.compile(
    '[\\s"\x00\ufeff\u200b-\u200f\u2060]*'  # what an import may pass over
    # in full width and small too: spreadsheets fold them
    "['=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
)


def harmless(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula: with an apostrophe before what could
    start one.

    At risk is a value that begins with a tab, CR or LF, and one whose first sign, blanks and quotes
    passed over, is one of = + - @ or a full-width or small form of them. A spreadsheet may be set
    to end cells at semicolons or tabs, so each piece between semicolons, tabs and line ends is
    looked at in the same way. A piece that begins with an apostrophe of its own gets one more, and
    so every value can be had back, by taking one apostrophe from the head of each piece.
    Source: OWASP, CSV Injection (the signs and the apostrophe); the rule for reading back is ours.
    """
    pieces = [
        "'" + piece if _STARTS_A_FORMULA.match(piece) else piece for piece in _BREAKS.split(value)
    ]
    if value.startswith(("\t", "\r", "\n")):
        pieces[0] = "'"
    return "".join(pieces)


def meant_by(value: str) -> str:
    """Return the value that `harmless` was given."""
    pieces = [
        piece[1:] if piece.startswith("'") and _STARTS_A_FORMULA.match(piece[1:]) else piece
        for piece in _BREAKS.split(value)
    ]
    return "".join(pieces)


def to_csv(table: ViewTable) -> bytes:
    """Return the view as CSV: options, criteria, overall scores, facts of the options, notes, what
    it is, and every source, one record each.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    width = len(COLUMNS) + 3 * len(table.page.options)
    for record in _records(table):
        writer.writerow([harmless(value) for value in (*record, *[""] * (width - len(record)))])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _records(table: ViewTable) -> Iterator[Sequence[str]]:
    page = table.page
    yield (*COLUMNS, *headings(page))
    yield (
        "options",
        "",
        "Option",
        "",
        "",
        "",
        "",
        *pairs((option.slug, "") for option in page.options),
    )
    for row in table.rows:
        yield (
            "criterion",
            row.group,
            row.name,
            row.slug,
            yes_or_no(row.on),
            importance_of(row),
            "",
            *values_of(row),
        )
    # "total" is what the record was called when the file was first published
    yield ("total", "", "Overall score", "", "", "", "", *overall_score_fields(page))
    for option, facts in facts_of(table):
        for name, value in facts:
            yield ("fact", name, option.name, option.slug, "", "", value)
    for note, words in zip(page.notes, note_words(page), strict=True):
        yield ("note", note.kind, note.key, "", "", "", words)
    for name, value in about_of(table):
        yield ("about", "", name, "", "", "", value)
    for source in table.sources:
        yield (
            "source",
            source.publisher,
            source.title,
            source.slug,
            yes_or_no(source.trusted),
            "",
            source.address,
        )


def headings(page: ComparisonPage) -> list[str]:
    names = [option.name for option in page.options]
    return [
        *pairs((name, f"{name}, {POINTS}") for name in names),
        *(f"{name}, {RESTS_ON}" for name in names),
    ]


def values_of(row: Row) -> list[str]:
    """Return a row's fields in the order of `headings`."""
    each = pairs((cell.text, cell.points or span(cell.between)) for cell in row.cells)
    return [*each, *(" and ".join(cell.rests_on) for cell in row.cells)]


def pairs(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [value for pair in pairs for value in pair]


def importance_of(row: Row) -> str:
    """Return an importance as it is written; empty for words alone, which have none."""
    return "" if row.importance is None else str(row.importance)


def yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def overall_score_fields(page: ComparisonPage) -> list[str]:
    """Return the fields of the last row: whether an option is excluded, and its overall score."""
    return pairs(
        ("excluded" if overall.excluded else "", figure_of(overall))
        for overall in page.overall_scores
    )


def figure_of(overall: OverallScore) -> str:
    # the page shows a dash where there is none
    return overall.score if overall.score[-1:].isdigit() else ""
