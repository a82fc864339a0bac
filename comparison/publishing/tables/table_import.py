"""A table -> the tree of a draft: what it would become, or everything that keeps it from that.

Both doors come here: the command `new_comparison` and the page of the admin. Never writes; that is
`new_draft.py`'s.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from comparison.core.spelling import characters
from comparison.core.table.draft_tree import LineCorrection, TableDraft, draft_of
from comparison.core.table.orientation import orientation_of
from comparison.core.table.source import About
from comparison.core.table.table import Table
from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.reading import table_in


class BrokenTable(Exception):
    """A table that was refused whole. `problems` has every reason, with the file and the row."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = [characters.shown(problem) for problem in problems]
        super().__init__("\n".join(self.problems))


def read_table(content: bytes | str, name: str, which: str = "") -> Table:
    """Return the table of a file or a paste. Raises BrokenTable with the file and the row."""
    try:
        return table_in(content, name, which)
    except TableRefused as refusal:
        raise BrokenTable([_placed(name, refusal.row, str(refusal))]) from refusal


def proposed(
    table: Table,
    about: About,
    corrections: Mapping[str, LineCorrection] | None = None,
    *,
    turned: bool = False,
) -> TableDraft:
    """Return what a table would become. Raises BrokenTable with every problem, each with the file
    and the row.

    turned: the options are not what is guessed, columns or rows.
    """
    draft = draft_of(table, about, corrections, _orientation(table, turned))
    if draft.faults:
        raise BrokenTable([_placed(table.name, fault.row, fault.message) for fault in draft.faults])
    known = [line.slug for line in draft.lines]
    if unknown := [slug for slug in corrections or {} if slug not in known]:
        raise BrokenTable([_no_such_line(table.name, slug, known) for slug in unknown])
    return draft


def _orientation(table: Table, turned: bool) -> bool | None:
    if not turned or not table.rows:
        return None
    return not orientation_of(table).options_are_rows


def _placed(name: str, row: int, message: str) -> str:
    return f"{name}:{row}: {message}" if row else f"{name}: {message}"


def _no_such_line(name: str, slug: str, known: list[str]) -> str:
    near = get_close_matches(slug, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return f'{name}: no criterion is called "{slug}": {meant}'
