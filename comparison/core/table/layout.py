"""What stands where in a table: which lines are options and which criteria, what are headings of
groups, and which columns hold weights, units or notes.

Takes nothing silently: everything that it guesses or leaves out is a sentence, and everything that
cannot be taken is a fault with its row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comparison.core.table.orientation import (
    OF_CRITERIA,
    WEIGHTS,
    folded,
    orientation_of,
)
from comparison.core.table.table import (
    Table,
    TableCell,
    TableRow,
    listed,
    rectangular,
    transposed,
)

LONGEST_NAME = 120  # characters of an option's or a criterion's name
_GROUPS = frozenset({"category", "categories", "group", "section", "area", "topic"})
_UNITS = frozenset({"unit", "units", "unit of measure"})
_NOTES = frozenset(
    {"note", "notes", "comment", "comments", "remark", "remarks", "rationale", "details"}
    | {"description", "explanation", "definition", "what it means", "selection drivers & notes"}
)
_NUMBERS = frozenset({"#", "", "no", "no.", "nr", "nr.", "id", "№"})
_FOOTNOTE = re.compile(r"\s*(?:\[?(\d{1,3}|[a-z])[\]).:]|([*†‡§¶#]{1,3}))\s*(\S.*)", re.S)

# the same as it is written below other tables: "¹ ...", "[^1]: ...", "(1) ...", "1 ..."
_OF_USED_MARK = re.compile(
    r"\s*(?:[\[(]?\^?(\d{1,3}|[a-z])(?:[\]).:]+|(?=\s))|([⁰¹²³⁴-⁹]{1,3})[.:]?)\s*(\S.*)", re.S
)
_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class TableFault:
    """One thing to mend in a table: in which row of the file (0 = the table as a whole), and
    what.
    """

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option of a table: its name, its home page, and where it stands."""

    name: str
    address: str
    number: int  # of its column; of its row in the file, where options are rows


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of a table, with the cell of each option in their order."""

    name: str
    number: int  # of its row in the file; of its column, where options are rows
    group: str  # empty where no heading stands above it
    cells: tuple[TableCell, ...]
    head: TableCell
    weight: str = ""
    unit: str = ""
    note: str = ""


@dataclass(slots=True)
class Layout:
    """What a table is made of, what was guessed, and what keeps it from being taken."""

    table: Table
    options_are_rows: bool
    options: list[OptionLine] = field(default_factory=list)
    criteria: list[CriterionLine] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()  # of the file's rows, where options are rows
    has_weights: bool = False
    guesses: list[str] = field(default_factory=list)
    faults: list[TableFault] = field(default_factory=list)


def layout_of(given: Table, options_are_rows: bool | None = None) -> Layout:
    """Return the table's layout. options_are_rows: None = it is guessed."""
    table = _without_caption(rectangular(given))
    if len(table.rows) < 2 or table.width < 2:
        words = "holds no table: heads in its first row, and below each a row that begins with one"
        return Layout(table, bool(options_are_rows), faults=[TableFault(0, words)])
    table, too_long = _within_the_head(table)
    table, numbered = _without_numbers(table)
    lie = orientation_of(table)
    rows = lie.options_are_rows if options_are_rows is None else options_are_rows
    layout = Layout(table, rows, footnotes=dict(table.footnotes), guesses=list(table.remarks))
    layout.faults += too_long
    if options_are_rows is None:
        layout.guesses.append(
            f"The {'rows' if rows else 'columns'} are the options, because {lie.reason}."
        )
    layout.guesses += numbered
    _take_footnotes(layout)
    if rows:
        _without_headings(layout)
        layout.numbers = tuple(row.number for row in layout.table.rows)
        layout.table = transposed(layout.table)
    _fill(layout)
    return layout


def _without_caption(table: Table) -> Table:
    """Return the table without rows above its head that hold one cell alone: a title."""
    rows = list(table.rows)
    while len(rows) > 2 and table.width > 2 and sum(not c.is_empty for c in rows[0].cells) == 1:
        del rows[0]
    return rectangular(
        Table(table.name, tuple(rows), table.footnotes, table.remarks, table.is_transposed)
    )


def _within_the_head(table: Table) -> tuple[Table, list[TableFault]]:
    """Return the table as wide as its head, and the few rows that are longer: there a cell is too
    many. Where many are, the head lacks a name.
    """
    head, body = table.rows[0], table.rows[1:]
    width = max((n for n, cell in enumerate(head.cells, 1) if not cell.is_empty), default=0)
    longer = {row.number: [c.text for c in row.cells[width:] if not c.is_empty] for row in body}
    longer = {number: texts for number, texts in longer.items() if texts}
    if not longer or width < 2 or len(longer) * 2 > len(body):
        return table, []
    faults = [
        TableFault(
            number,
            f'the row has more cells than the head: "{texts[0][:40]}" stands under no name; put a '
            "cell that holds a comma into quotes, or name the column",
        )
        for number, texts in longer.items()
    ]
    rows = [TableRow(row.number, row.cells[:width], row.is_heading) for row in table.rows]
    return _with_rows(table, rows), faults


def _without_numbers(table: Table) -> tuple[Table, list[str]]:
    """Return the table without a first column that only counts its rows, and what to say of it."""
    head, body = table.rows[0].cells[0].text, [row.cells[0].text for row in table.rows[1:]]
    counts = [text.strip(" .") for text in body if text.strip()]
    if folded(head) not in _NUMBERS or table.width < 4 or len(counts) < 2:
        return table, []
    if counts != [str(number) for number in range(1, len(counts) + 1)]:
        return table, []
    rows = tuple(TableRow(row.number, row.cells[1:], row.is_heading) for row in table.rows)
    return (
        Table(table.name, rows, table.footnotes, table.remarks, table.is_transposed),
        ["The first column, which counts the rows, was left out."],
    )


def _take_footnotes(layout: Layout) -> None:
    """Take rows at the foot that hold nothing but "[1] ..." as what the mark says."""
    rows = list(layout.table.rows)
    used = {mark for row in rows for cell in row.cells for mark in cell.marks}
    while len(rows) > 2:
        filled = [cell for cell in rows[-1].cells if not cell.is_empty]
        note = _footnote(filled[0].printed or filled[0].text, used) if len(filled) == 1 else None
        if note is None:
            break
        layout.footnotes.setdefault(*note)
        del rows[-1]
    layout.table = _with_rows(layout.table, rows)


def _footnote(text: str, used: set[str]) -> tuple[str, str] | None:
    """Return the mark and the words of a footnote; None where a text is none. used: by cells."""
    if match := _FOOTNOTE.fullmatch(text):
        return match[1] or match[2], match[3].strip()
    if match := _OF_USED_MARK.fullmatch(text):
        mark = match[1] or match[2].translate(_ON_THE_LINE)
        if mark in used:
            return mark, match[3].strip()
    return None


def _with_rows(table: Table, rows: list[TableRow]) -> Table:
    return Table(table.name, tuple(rows), table.footnotes, table.remarks, table.is_transposed)


def _without_headings(layout: Layout) -> None:
    """Leave out rows that are headings of options: a comparison has groups of criteria only."""
    headings = [row for row in layout.table.rows[1:] if row.is_heading]
    if headings:
        names = listed([f'"{row.cells[0].text}"' for row in headings], 4)
        layout.guesses.append(
            f"Headings above options were left out, because only criteria have groups: {names}."
        )
        rows = [row for row in layout.table.rows if row not in headings]
        layout.table = _with_rows(layout.table, rows)


# --- with the options as columns ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; -1 where there is none."""

    name: int
    group: int
    weight: int
    unit: int
    note: int

    def are(self, index: int) -> bool:
        """Say whether a column is one of these and no option."""
        return index in (self.name, self.group, self.weight, self.unit, self.note)


def _fill(layout: Layout) -> None:
    columns = _columns(layout)
    layout.has_weights = columns.weight >= 0
    head = layout.table.rows[0].cells
    options = [index for index in range(len(head)) if not columns.are(index)]
    for index in options:
        layout.options.append(
            OptionLine(
                head[index].text,
                next((link.address for link in head[index].links), ""),
                layout.numbers[index] if layout.numbers else index + 1,
            )
        )
    group, headings = "", list[str]()
    body = layout.table.rows[1:]
    for place, row in enumerate(body):
        name = row.cells[columns.name]
        if _is_heading(row, columns, body[place + 1 : place + 2]):
            group = next(cell.text for cell in row.cells if not cell.is_empty)
            headings.append(f'"{group}"')
            continue
        if columns.group >= 0:
            group = row.cells[columns.group].text or group
        cells = tuple(row.cells[index] for index in options)
        if not name.text and all(cell.is_empty for cell in cells):
            continue  # a weight or a note of nothing
        layout.criteria.append(
            CriterionLine(
                name.text,
                row.number,
                group,
                cells,
                name,
                *(
                    row.cells[index].text if index >= 0 else ""
                    for index in (columns.weight, columns.unit, columns.note)
                ),
            )
        )
    if headings:
        layout.guesses.append(
            f"Rows with a heading alone were taken as groups of the rows below: {listed(headings)}."
        )
    layout.faults += _faults(layout)


def _columns(layout: Layout) -> _Columns:
    heads = [folded(cell.text) for cell in layout.table.rows[0].cells]

    def find(words: frozenset[str], first: int = 1) -> int:
        return next((n for n, head in enumerate(heads) if n >= first and head in words), -1)

    weight, unit = find(WEIGHTS), find(_UNITS)
    if layout.options_are_rows:
        return _Columns(0, -1, weight, -1, -1)
    group, name = find(_GROUPS), 0
    if heads[0] in _GROUPS and len(heads) > 3 and heads[1] in OF_CRITERIA:
        group, name = 0, 1
    note = find(_NOTES)
    found = _Columns(name, group, weight, unit, note)
    said = {"weights": weight, "units": unit, "notes": note, "groups": group if name else -1}
    for what, index in said.items():
        if index >= 0:
            column = layout.table.rows[0].cells[index].text
            layout.guesses.append(f'The column "{column}" was taken as {what} of the criteria.')
    return found


def _is_heading(row: TableRow, columns: _Columns, following: tuple[TableRow, ...]) -> bool:
    """Say whether a row is a heading of those below: one cell over all of it, or a name alone
    above a row that has more.
    """
    if row.is_heading:
        return True
    filled = [index for index, cell in enumerate(row.cells) if not cell.is_empty]
    below = [cell for other in following for cell in other.cells if not cell.is_empty]
    is_alone = len(filled) == 1 and filled[0] in (columns.name, columns.group)
    return is_alone and len(row.cells) > 2 and len(below) > 1


def _faults(layout: Layout) -> Iterator[TableFault]:
    turned = layout.options_are_rows
    head_row = 0 if turned else layout.table.rows[0].number
    line = "Row" if turned else "Column"
    seen: dict[str, int] = {}
    for option in layout.options:
        place = f"{line} {option.number}"
        if not option.name.strip():
            yield TableFault(head_row, f"{place} has no head: name the option, or empty it")
        elif len(option.name) > LONGEST_NAME:
            yield TableFault(
                head_row, f"{place} has a head of more than {LONGEST_NAME} characters: shorten it"
            )
        elif (first := seen.setdefault(folded(option.name), option.number)) != option.number:
            yield TableFault(
                head_row,
                f'the head "{option.name}" stands twice, in {line.lower()}s {first} and '
                f"{option.number}: give each its own name",
            )
    for criterion in layout.criteria:
        row = 0 if turned else criterion.number
        place = f"column {criterion.number}" if turned else "the row"
        if not criterion.name.strip():
            if any(not cell.is_empty for cell in criterion.cells):
                yield TableFault(row, f"{place} has no head: name the criterion, or empty it")
        elif len(criterion.name) > LONGEST_NAME or len(criterion.group) > LONGEST_NAME:
            head = "head" if len(criterion.name) > LONGEST_NAME else "heading above it"
            yield TableFault(
                row, f"{place} has a {head} of more than {LONGEST_NAME} characters: shorten it"
            )
    if len(layout.options) < 2:
        yield TableFault(
            0,
            f"a comparison needs at least two options, and the {'rows' if turned else 'columns'} "
            f"give {len(layout.options)}: turn the table, or add one",
        )
    if not layout.criteria:
        yield TableFault(0, "a comparison needs a criterion, and no row below the head has a name")
