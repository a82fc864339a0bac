"""Tables of a workbook (.xlsx, .xlsm): a sheet a table, values only.

Formulas and macros are not run: of a formula the value is taken that was saved with it. Hidden
sheets are passed over unless they are asked for. A workbook is a zip, so its parts are measured
before any is unpacked.
"""

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import basename, dirname, normpath
from typing import Any

from comparison.core.table.table import EMPTY, Link, Table, TableCell, TableRow, listed
from comparison.publishing.tables.formats.cell_text import Cleaning, cell_of_words
from comparison.publishing.tables.formats.spans import said_of_merged
from comparison.publishing.tables.limits import (
    MOST_CELLS,
    MOST_UNPACKED,
    TableRefused,
    refuse_cells,
)

MOST_PARTS = 2_000
LARGEST_SHEET = 200_000_000  # bytes; it is read row by row, and a full one of empty rows has 60 MB
EMPTY_ROWS = 2_000  # so many in a row, and the table has ended
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z0-9:]{1,30})"')
_HYPERLINK = re.compile(rb"<(?:\w+:)?hyperlink\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_MONEY = re.compile(r"\[\$([^\]-]{1,4})|\"([$€£¥₹₩₽])\"|([$€£¥₹₩₽])(?![^\[]*\])")


@dataclass(slots=True)
class _Besides:
    """What a sheet holds beside its cells."""

    formulas: int = 0
    merged: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)  # place -> address


def read_workbook(content: bytes, name: str, wanted: str = "") -> list[Table]:
    """Return the table of every sheet that is shown, and of the one that is wanted by name."""
    parts = _measured(content)
    # 30 MB of a process's memory, and most processes never see a workbook
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts and styles that are not read here
            book = openpyxl.load_workbook(
                BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            return list(_tables(book, parts, name, wanted))
    except TableRefused:
        raise
    except Exception as error:  # a hostile file breaks its reader in any way it likes
        raise TableRefused(
            "is no workbook that can be read: open it, save it again as .xlsx, or copy the table "
            "into the form"
        ) from error


def _measured(content: bytes) -> zipfile.ZipFile:
    """Return the parts of a workbook, after a look at how large they say they are: no more than
    that is ever unpacked.
    """
    try:
        parts = zipfile.ZipFile(BytesIO(content))
        listing = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise TableRefused("is a damaged workbook: save it again as .xlsx") from error
    names = {part.filename for part in listing}
    if "xl/workbook.xml" not in names:
        what = "an OpenDocument file" if "content.xml" in names else "a zip, but no workbook"
        raise TableRefused(f"is {what}: save the table as .xlsx or .csv")
    sheets = sum(part.file_size for part in listing if _SHEET.fullmatch(part.filename))
    others = sum(
        part.file_size
        for part in listing
        if part.filename.endswith((".xml", ".rels")) and not _SHEET.fullmatch(part.filename)
    )
    if len(listing) > MOST_PARTS or sheets > LARGEST_SHEET or others > MOST_UNPACKED:
        raise TableRefused(
            "unpacks to far more than a table needs: copy the table into a new workbook"
        )
    for part in listing:
        if part.filename.endswith((".xml", ".rels")):
            with parts.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(2048).upper():
                    raise TableRefused("holds a document type, which no workbook has")
    return parts


def _tables(book: Any, parts: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Table]:
    hidden = [
        sheet.title
        for sheet in book.worksheets
        if sheet.sheet_state != "visible" and sheet.title != wanted
    ]
    said = ["It holds macros, which were not read."] if _has_macros(parts) else []
    if hidden:
        names = listed([f'"{title}"' for title in hidden])
        said.append(f"Hidden sheets were passed over: {names}.")
    for sheet in book.worksheets:
        if sheet.title in hidden or not hasattr(sheet, "iter_rows"):
            continue
        besides = _besides(parts, sheet._worksheet_path)
        cleaning = Cleaning()
        rows, ended, errors = _rows(sheet, cleaning, besides)
        refuse_cells(rows)
        rows, merged = _with_merged(rows, besides.merged)
        remarks = [*said, *cleaning.remarks(), *merged, *ended]
        if besides.formulas:
            remarks.append(
                f"Formulas were not run: of {besides.formulas:,} the value was taken that was "
                "saved with them."
            )
        if errors:
            remarks.append(f"Errors such as #N/A count as empty: {listed(errors)}.")
        if rows:
            yield Table(f"{name}, {sheet.title}", tuple(rows), {}, tuple(remarks))


def _has_macros(parts: zipfile.ZipFile) -> bool:
    return any("vbaProject" in part for part in parts.namelist())


def _rows(
    sheet: Any, cleaning: Cleaning, besides: _Besides
) -> tuple[list[TableRow], list[str], list[str]]:
    """Return the rows that hold something, what to say where reading ended early, and the places
    of errors.
    """
    sheet.reset_dimensions()  # what the file says of them may be anything
    rows: list[TableRow] = []
    errors: list[str] = []
    empty = filled = places = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        made = [_cell(cell, number, cleaning, besides, errors) for cell in cells]
        places += len(made)
        while made and made[-1].is_empty:
            made.pop()
        filled += sum(not cell.is_empty for cell in made)
        if filled > MOST_CELLS or places > 100 * MOST_CELLS:
            raise TableRefused(f"sheet {sheet.title} has more than {MOST_CELLS:,} cells", number)
        if made:
            empty = 0
            rows.append(TableRow(number, tuple(made)))
        else:
            empty += 1
            if empty >= EMPTY_ROWS and rows:
                return (
                    rows,
                    [f"Reading ended in row {number}, after {EMPTY_ROWS:,} empty rows."],
                    errors,
                )
    return rows, [], errors


def _cell(
    cell: Any, row: int, cleaning: Cleaning, besides: _Besides, errors: list[str]
) -> TableCell:
    value = cell.value
    if value is None:
        return EMPTY
    place = f"{cell.column_letter}{row}" if hasattr(cell, "column_letter") else f"row {row}"
    if cell.data_type == "e":
        errors.append(place)
        return EMPTY
    words = cleaning.clean(_in_words(value, str(cell.number_format or "")), place)
    address = besides.links.get(place)
    return cell_of_words(words, [Link(words, address)] if address else None)


def _in_words(value: Any, number_format: str) -> str:
    """Return a value as the sheet shows it, as far as that is a percentage or a currency."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            if "%" in number_format:
                return f"{round(value * 100, 6):.10g}%"
            money = _MONEY.search(number_format)
            sign = next((part for part in money.groups() if part), "") if money else ""
            return f"{sign}{value:.12g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


# --- what stands beside the cells -----------------------------------------------------------------


def _besides(parts: zipfile.ZipFile, path: str) -> _Besides:
    """Return the merged cells, the links and the number of formulas of a sheet, which the reader
    of rows passes over.
    """
    found, tail, last = _Besides(), b"", b""
    with parts.open(path) as stream:
        while chunk := stream.read(1 << 20):
            both = last + chunk
            found.formulas += len(re.findall(rb"<f[\s>/]", both)) - len(
                re.findall(rb"<f[\s>/]", last)
            )
            if tail or b"</sheetData>" in both or b"<sheetData/>" in both:
                tail += both if not tail else chunk
            if len(tail) > 8_000_000:
                break
            last = both[-20:]
    tail = tail[max(tail.find(b"</sheetData>"), 0) :]
    found.merged = [match[1].decode() for match in _MERGED.finditer(tail)][:MOST_CELLS]
    targets = _targets(parts, path)
    for match in _HYPERLINK.finditer(tail):
        given = dict(_ATTRIBUTE.findall(match[1]))
        relation = next((value for key, value in given.items() if key.endswith(b":id")), b"")
        if address := targets.get(relation):
            found.links[given.get(b"ref", b"").decode().partition(":")[0]] = address
    return found


def _targets(parts: zipfile.ZipFile, path: str) -> dict[bytes, str]:
    relations = normpath(f"{dirname(path)}/_rels/{basename(path)}.rels")
    if relations not in parts.namelist():
        return {}
    found = {}
    for match in _RELATION.finditer(parts.read(relations)):
        given = dict(_ATTRIBUTE.findall(match[1]))
        target = given.get(b"Target", b"").decode("utf-8", "replace").replace("&amp;", "&")
        found[given.get(b"Id", b"")] = target
    return found


def _with_merged(rows: list[TableRow], merged: list[str]) -> tuple[list[TableRow], list[str]]:
    """Return the rows with each merged cell in every place that it covers; one over a whole row is
    a heading.
    """
    from openpyxl.utils.cell import range_boundaries

    by_number = {row.number: list(row.cells) for row in rows}
    width = max((len(cells) for cells in by_number.values()), default=0)
    headings, repeated = set(), 0
    for reference in merged:
        first, top, last, bottom = range_boundaries(reference)
        words = by_number.get(top, [])[first - 1 : first]
        if not words or words[0].is_empty:
            continue
        others = [
            cell for place, cell in enumerate(by_number[top], 1) if not first <= place <= last
        ]
        if top == bottom and last >= width - 1 > 0 and all(cell.is_empty for cell in others):
            headings.add(top)
            continue
        repeated += 1
        for number in range(top, min(bottom, max(by_number)) + 1):
            cells = by_number.get(number, [])
            for place in range(first, min(last, width) + 1) if cells else ():
                cells += [EMPTY] * (place - len(cells))
                cells[place - 1] = words[0]
    made = [
        TableRow(row.number, tuple(by_number[row.number]), row.number in headings) for row in rows
    ]
    return made, said_of_merged(repeated)
