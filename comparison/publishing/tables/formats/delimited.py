"""Tables in plain text, a line a row: commas, semicolons, tabs or bars between the cells."""

import csv
import io
import re

from comparison.core.table.table import Table, TableRow
from comparison.publishing.tables.formats.cell_text import Cleaning, cell_of_words
from comparison.publishing.tables.limits import LONGEST_CELL, MOST_CELLS, TableRefused, refuse_cells

_STATED = re.compile(r"sep=(\S|\t)\r?\n", re.I)
_DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def text_of(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and what to say of its encoding: UTF-8, UTF-16, else
    Windows-1252. Refuses what is no text.
    """
    encoding = next((name for mark, name in _ENCODINGS if content.startswith(mark)), "")
    if encoding:
        try:
            return content.decode(encoding), []
        except UnicodeDecodeError as error:
            raise TableRefused("begins like a text and is none: save it as UTF-8") from error
    if (unmarked := _utf_16_without_mark(content)) is not None:
        return unmarked, ["It was read as UTF-16."]
    if b"\x00" in content[:4096]:
        raise TableRefused("is no text: send .csv, .tsv, .md, .html or .xlsx")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TableRefused("is neither UTF-8 nor Windows-1252: save it as UTF-8") from error
    return text, ["It is no UTF-8 and was read as Windows-1252: look at letters with accents."]


def _utf_16_without_mark(content: bytes) -> str | None:
    """Return the text where every other byte is 0, as in English UTF-16 without its mark."""
    sample = content[:400]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2].count(0)
        if len(sample) > 3 and zeros * 10 >= 8 * len(sample[offset::2]):
            return content.decode(encoding, "replace")
    return None


def read_delimited(text: str, name: str, delimiter: str = "") -> Table:
    """Return the table of a text whose lines are rows. delimiter: empty = it is guessed."""
    if stated := _STATED.match(text):  # a first line for spreadsheets, no row
        delimiter, text = stated[1], text[stated.end() - 1 :]
    delimiter = delimiter or _delimiter_of(text)
    csv.field_size_limit(max(LONGEST_CELL * 40, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    cleaning, rows, count, begins = Cleaning(), [], 0, 1
    is_odd = text.count('"') % 2 == 1  # a quote within a quoted cell is doubled
    try:
        for cells in reader:
            count += len(cells)
            if count > 20 * MOST_CELLS:
                refuse_too_many()
            if is_odd and any("\n" in cell and delimiter in cell for cell in cells):
                raise TableRefused("a quote is opened here and never closed: close it", begins)
            if any(cell.strip() for cell in cells):
                rows.append(
                    TableRow(
                        begins,
                        tuple(
                            cell_of_words(cleaning.clean(cell, f"row {begins}")) for cell in cells
                        ),
                    )
                )
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused(
            f"cannot be read here ({error}): a quote may be missing", reader.line_num
        ) from error
    if len(rows) < 2:
        raise TableRefused("holds fewer than two rows: heads, and below them what is compared")
    refuse_cells(rows)
    remarks = [*cleaning.remarks()]
    if delimiter not in ("\t", ","):
        remarks.append(f"Its cells are parted by {_DELIMITERS.get(delimiter, delimiter)}.")
    return Table(name, tuple(rows), {}, tuple(remarks))


def refuse_too_many() -> None:
    """Refuse a table whose empty cells alone are too many."""
    raise TableRefused(f"has far more than {MOST_CELLS:,} cells: delete what is empty beside it")


def _delimiter_of(text: str) -> str:
    """Return what parts the cells: what gives the most lines the same number of cells, above one.

    Quoted cells may hold any of them, so each is tried as a reader would.
    """
    sample = text[:60_000]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            continue
        rows = rows[:-1] if len(text) > len(sample) else rows
        widths = [len(row) for row in rows]
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=widths.count)
        if usual < 2:
            continue
        score = widths.count(usual) / len(widths) + min(usual, 50) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best
