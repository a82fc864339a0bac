"""How large a table may be, and the words for one that is too large or is none.

A limit is met before the work that it guards against is done.
"""

from collections.abc import Sequence

from comparison.core.table.table import TableRow

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000  # of a workbook
MOST_CELLS = 10_000
LONGEST_CELL = 3_500  # characters


class TableRefused(Exception):
    """A file or a paste that is no table to be taken. The message says why, and what to do; `row`
    is the row of the file, 0 where it is the file as a whole.
    """

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


def refuse_bytes(size: int) -> None:
    """Refuse a file that is larger than a table is."""
    if size > MOST_BYTES:
        raise TableRefused(
            f"is larger than {MOST_BYTES // 1_000_000} MB: take the sheet or the part that "
            "holds the table"
        )


def refuse_cells(rows: Sequence[TableRow]) -> None:
    """Refuse more cells than a comparison can hold, and a cell that is a text of its own."""
    cells = sum(len(row.cells) for row in rows)
    if cells > MOST_CELLS:
        raise TableRefused(
            f"has more than {MOST_CELLS:,} cells: a comparison of so many cannot be read; take "
            "fewer options or criteria"
        )
    for row in rows:
        for place, cell in enumerate(row.cells, 1):
            if len(cell.text) > LONGEST_CELL:
                raise TableRefused(
                    f"column {place} holds more than {LONGEST_CELL:,} characters: shorten it",
                    row.number,
                )
