"""Cells that reach over several rows or columns, laid out: each place that one covers holds it
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comparison.core.table.table import EMPTY, TableCell, TableRow
from comparison.publishing.tables.limits import MOST_CELLS, TableRefused

WIDEST = 500  # columns of a table


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """A cell, and over how many rows and columns it reaches."""

    cell: TableCell
    down: int = 1
    across: int = 1


def laid_out(
    rows: Sequence[tuple[int, Sequence[SpanningCell]]],
) -> tuple[list[TableRow], list[str]]:
    """Return the rows with every cell in each place that it covers, and what to say of that. Rows
    come with their number in the file.

    A cell that alone reaches over a row is a heading: it stands in the first place only.
    """
    waiting: dict[int, tuple[int, TableCell]] = {}  # column -> rows still covered, and the cell
    made: list[TableRow] = []
    repeated = filled = 0
    widths = [sum(min(max(one.across, 1), WIDEST) for one in cells) for _, cells in rows]
    widest = max(widths, default=0)
    for number, cells in rows:
        heads_all = len(cells) == 1 and cells[0].across > 1 and cells[0].across >= widest - 1
        row: list[TableCell] = []
        left = list(cells)
        while left or any(column >= len(row) for column in waiting):
            column = len(row)
            if column in waiting:
                remaining, cell = waiting.pop(column)
                row.append(cell)
                if remaining > 1:
                    waiting[column] = (remaining - 1, cell)
            elif left:
                one = left.pop(0)
                across = 1 if heads_all else min(max(one.across, 1), WIDEST)
                repeated += across > 1 or one.down > 1
                for step in range(across):
                    row.append(one.cell)
                    if one.down > 1:
                        waiting[column + step] = (min(one.down, len(rows)) - 1, one.cell)
            else:
                row.append(EMPTY)
            if len(row) > WIDEST:
                raise TableRefused(f"has more than {WIDEST} columns", number)
        filled += len(row)
        if filled > 2 * MOST_CELLS:
            raise TableRefused(f"has more than {MOST_CELLS:,} cells", number)
        made.append(TableRow(number, tuple(row), is_heading=heads_all))
    return made, said_of_merged(repeated)


def said_of_merged(cells: int) -> list[str]:
    """Return what to say of so many cells that reach over several places."""
    if not cells:
        return []
    return [f"{cells:,} merged {'cell was' if cells == 1 else 'cells were'} put into each place."]
