"""A table that was read, as a text that a form can carry to its next page, and back.

Nothing is kept on the server between the two; what comes back is a table like any other, with the
same limits. It travels compressed: as it stands, a form of it would be six times as heavy.
"""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from comparison.core.spelling.characters import hidden_in
from comparison.core.table.table import Link, Table, TableCell, TableRow
from comparison.publishing.tables.limits import TableRefused, refuse_cells

LONGEST = 2_000_000  # bytes; a form takes no more


class _Cell(BaseModel):
    model_config = ConfigDict(extra="forbid")
    t: str = ""
    links: list[tuple[str, str]] = []
    marks: list[str] = []
    printed: str = ""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: int
    heading: bool = False
    cells: Annotated[list[str | _Cell], Field(max_length=1_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    rows: Annotated[list[_Row], Field(max_length=10_000)]
    footnotes: dict[str, str]
    remarks: list[str]


def to_text(table: Table) -> str:
    """Return a table as one text. Raises TableRefused where it is too long for a form."""
    rows = [
        {
            "number": row.number,
            "heading": row.is_heading,
            "cells": [_plain(cell) for cell in row.cells],
        }
        for row in table.rows
    ]
    text = json.dumps(
        {
            "name": table.name,
            "rows": rows,
            "footnotes": dict(table.footnotes),
            "remarks": list(table.remarks),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    content = text.encode()
    if len(content) > LONGEST:
        raise TableRefused("holds too much text for a form: shorten its cells, or use the command")
    return b64encode(zlib.compress(content, 9)).decode()


def from_text(text: str) -> Table:
    """Return the table of such a text. Raises TableRefused where it is none."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(text, validate=True), LONGEST)
        read = _Table.model_validate_json(content if unpacking.eof else "")
    except (ValidationError, NotBase64, zlib.error, UnicodeError) as error:
        raise TableRefused("did not come back as it was sent: begin again") from error
    if hidden_in("\n".join(_words(read))):
        raise TableRefused("holds characters that nobody sees: begin again")
    rows = tuple(
        TableRow(row.number, tuple(_cell(cell) for cell in row.cells), row.heading)
        for row in read.rows
    )
    refuse_cells(rows)
    return Table(read.name, rows, read.footnotes, tuple(read.remarks))


def _words(read: _Table) -> Iterator[str]:
    """Yield every text of a table that came back."""
    yield from (read.name, *read.footnotes.values())
    for row in read.rows:
        for cell in row.cells:
            if isinstance(cell, str):
                yield cell
            else:
                yield from (cell.t, cell.printed, *(part for link in cell.links for part in link))


def _plain(cell: TableCell) -> object:
    if not (cell.links or cell.marks):
        return cell.text
    links = [(link.words, link.address) for link in cell.links]
    return {"t": cell.text, "links": links, "marks": list(cell.marks), "printed": cell.printed}


def _cell(cell: str | _Cell) -> TableCell:
    if isinstance(cell, str):
        return TableCell(cell)
    return TableCell(
        cell.t, tuple(Link(*link) for link in cell.links), tuple(cell.marks), cell.printed
    )
