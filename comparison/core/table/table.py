"""A table as it was written: cells with their text, links and footnote marks, and the row of the
file that each row comes from.

Knows no file format: `publishing/tables/` makes these values, whatever the table came in. Refuses
to read a meaning into a cell: `answers.py` and `amounts.py` do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Link:
    """A link within a cell."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its words without their links and marks, which stand beside them."""

    text: str = ""
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()  # of footnotes, as printed: "1", "a", "*"
    printed: str = ""  # the words with their marks, where they end in some

    @property
    def is_empty(self) -> bool:
        """It says nothing at all."""
        return not (self.text or self.links or self.marks)


EMPTY = TableCell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, and where it stands in its file (a line of a text, a row of a sheet)."""

    number: int
    cells: tuple[TableCell, ...]
    is_heading: bool = False  # one cell reaches over the whole row: a heading of those below


@dataclass(frozen=True, slots=True)
class Table:
    """A table, rectangular, without rows and columns that are empty."""

    name: str  # of the file, and of the sheet or the place in it
    rows: tuple[TableRow, ...]
    footnotes: Mapping[str, str] = field(default_factory=dict)  # mark -> what it says
    remarks: tuple[str, ...] = ()  # what reading it left out or filled in
    is_transposed: bool = False  # its columns were rows of the file

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0].cells) if self.rows else 0

    @property
    def cell_count(self) -> int:
        """How many cells it has, empty ones too."""
        return len(self.rows) * self.width


def rectangular(table: Table) -> Table:
    """Return the table with its short rows filled up, and without rows and columns that are empty;
    what was filled up is a remark.
    """
    rows = [row for row in table.rows if not all(cell.is_empty for cell in row.cells)]
    bare = [_without_empty_end(row.cells) for row in rows]
    width = max((len(cells) for cells in bare), default=0)
    padded = [cells + (EMPTY,) * (width - len(cells)) for cells in bare]
    kept = [n for n in range(width) if any(not cells[n].is_empty for cells in padded)]
    whole = tuple(
        replace(row, cells=tuple(cells[n] for n in kept))
        for row, cells in zip(rows, padded, strict=True)
    )
    return replace(table, rows=whole, remarks=(*table.remarks, *_said_of_short_rows(rows)))


def _without_empty_end(cells: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
    end = len(cells)
    while end and cells[end - 1].is_empty:
        end -= 1
    return cells[:end]


def _said_of_short_rows(rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Return a remark on rows that end before the head does; headings are short by nature."""
    width = len(rows[0].cells) if rows else 0
    short = [str(row.number) for row in rows[1:] if 1 < len(row.cells) < width]
    if not short:
        return ()
    which = f"Row {short[0]} is" if len(short) == 1 else f"Rows {listed(short)} are"
    return (f"{which} shorter than the head: what is missing at the end counts as empty.",)


def transposed(table: Table) -> Table:
    """Return the table with its columns as rows. A row's number is then the column's."""
    columns = zip_longest(*(row.cells for row in table.rows), fillvalue=EMPTY)
    rows = tuple(TableRow(number, cells) for number, cells in enumerate(columns, 1))
    return replace(table, rows=rows, is_transposed=not table.is_transposed)


def listed(words: Sequence[str], most: int = 8) -> str:
    """Return words in one line, and how many there are besides."""
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most:,} more"
