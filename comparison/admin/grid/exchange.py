"""A grid as a file, down and up again: CSV and workbooks. The first column and the first row hold
the short names by which rows and columns are known again; the second row says what they are called.

What comes up is compared with what is stored: only what differs is an edit. A column or row that a
file does not have is left alone.
"""

import csv
import io
from collections.abc import Iterator

from comparison.admin.grid.table import Edit, GridRow, GridTable, GridText
from comparison.core.table.table import TableCell, TableRow
from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.reading import table_in
from comparison.sharing.csv_file import BYTE_ORDER_MARK, harmless, meant_by

ROW = "row"  # the head of the first column
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows_of(table: GridTable) -> Iterator[list[str]]:
    """Yield the rows of a grid as a file has them."""
    yield [ROW, "", *heads_of(table)]
    yield ["", "", *(f"{column.name}" for column in table.columns for _ in column.parts)]
    for group in table.groups:
        for row in group.rows:
            yield [row.slug, row.name, *(text.text for text in row.texts)]


def heads_of(table: GridTable) -> list[str]:
    """Return the short name of each text of a row, in their order."""
    return [
        f"{column.slug}: {part}" if column.is_split else column.slug
        for column in table.columns
        for part in column.parts
    ]


def to_csv(table: GridTable) -> bytes:
    """Return a grid as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows_of(table):
        writer.writerow([harmless(text) for text in row])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def to_workbook(table: GridTable) -> bytes:
    """Return a grid as a workbook with one sheet, in which everything is text."""
    # 30 MB of a process's memory, and most processes never see a workbook
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grid")
    sheet.freeze_panes = "C3"
    for row in rows_of(table):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # else a text that begins with "=" would be a formula
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Unfit(Exception):
    """A file that is none of this grid. `problems` has every reason, with the file and the row."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def edits_in(content: bytes, name: str, table: GridTable) -> list[Edit]:
    """Return what a file would change of a grid. Raises Unfit with every problem."""
    try:
        sent = table_in(content, name).rows
    except TableRefused as refusal:
        place = f"{name}:{refusal.row}" if refusal.row else name
        raise Unfit([f"{place}: {refusal}"]) from refusal
    problems: list[str] = []
    places = _places(sent[0], name, table, problems)
    rows = {row.slug: row for group in table.groups for row in group.rows}
    known: set[str] = set()
    edits: list[Edit] = []
    for line in sent[1:]:
        slug = _text(line.cells[0])
        if not slug:
            continue
        if slug not in rows or slug in known:
            why = "stands there twice" if slug in known else "is no row of this grid"
            problems.append(f'{name}:{line.number}: "{slug}" {why}')
            continue
        known.add(slug)
        edits += _edits_of(line, rows[slug], table, places)
    if problems:
        raise Unfit(problems)
    return edits


def _places(
    heads: TableRow, name: str, table: GridTable, problems: list[str]
) -> dict[int, tuple[int, str, str]]:
    """Return for each column of a file the place of its text in a row, the key of its column, and
    its part.
    """
    if _text(heads.cells[0]) != ROW:
        problems.append(
            f'{name}:{heads.number}: the first cell has to be "{ROW}": send a file that was '
            "downloaded here, with its first row and its first column"
        )
        return {}
    parts = [(column.key, part) for column in table.columns for part in column.parts]
    by_head = dict(zip(heads_of(table), enumerate(parts), strict=True))
    places: dict[int, tuple[int, str, str]] = {}
    for index, cell in enumerate(heads.cells[1:], 1):
        head = _text(cell)
        if not head:
            continue
        if head not in by_head:
            problems.append(f'{name}:{heads.number}: "{head}" is no column of this grid')
            continue
        place, (key, part) = by_head[head]
        if place in [taken for taken, _, _ in places.values()]:
            problems.append(f'{name}:{heads.number}: "{head}" stands there twice')
        places[index] = (place, key, part)
    return places


def _edits_of(
    line: TableRow, row: GridRow, table: GridTable, places: dict[int, tuple[int, str, str]]
) -> Iterator[Edit]:
    for index, (place, key, part) in places.items():
        typed, stored = _text(line.cells[index]), row.texts[place]
        if not _says_the_same(typed, stored):
            yield Edit(row.key, key, {part: typed}, {part: stored.text})


def _says_the_same(typed: str, stored: GridText) -> bool:
    return " ".join(typed.split()) == " ".join(stored.text.split())


def _text(cell: TableCell) -> str:
    return meant_by(cell.printed or cell.text)
