"""Tables of workbooks: values, links and merged cells, and nothing that runs or swells."""

import io
import re
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.reading import table_in


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(content, **parts):
    """Return a workbook with some of its parts changed by a function, or added."""
    before, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            change = parts.pop(name, lambda text: text)
            after.writestr(name, change(before.read(name)))
        for name, text in parts.items():
            after.writestr(name, text(b""))
    return stream.getvalue()


def small():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Feature", "Alpha", "Beta"],
        ["Sharing", None, None],
        ["Sync", "yes", True],
        ["Price", 12.5, 0.2],
        ["Sum", "=B4*2", "#N/A"],
        ["Since", date(2024, 1, 5), "2.0"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("B3:B3")
    sheet["B4"].number_format = '"$"#,##0.00'
    sheet["C4"].number_format = "0%"
    sheet["C3"].hyperlink = "https://beta.example/sync?a=1&b=2"
    sheet["C5"].data_type = "e"
    book.create_sheet("Secret").sheet_state = "hidden"
    book["Secret"].append(["Feature", "A", "B"])
    book["Secret"].append(["Price", "1", "2"])
    return book


def test_a_sheet_is_read_as_it_is_shown():
    table = table_in(saved(small()), "tools.xlsx")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Feature", "Alpha", "Beta"],
        ["Sharing", "", ""],
        ["Sync", "yes", "TRUE"],
        ["Price", "$12.5", "20%"],
        ["Sum", "", ""],
        ["Since", "2024-01-05", "2.0"],
    ]
    assert table.rows[1].is_heading
    assert table.rows[2].cells[2].links[0].address == "https://beta.example/sync?a=1&b=2"
    said = " ".join(table.remarks)
    for words in ('Hidden sheets were passed over: "Secret"', "Formulas were not run: of 1", "C5"):
        assert words in said


def test_a_hidden_sheet_is_read_where_it_is_asked_for():
    table = table_in(saved(small()), "tools.xlsx", "Secret")
    assert table.rows[1].cells[0].text == "Price"


def test_a_merged_cell_stands_in_every_place():
    book = openpyxl.Workbook()
    for row in (["Feature", "A", "B", "C"], ["Sync", "yes", None, "no"], ["Sort", "no", "no", 1]):
        book.active.append(row)
    book.active.merge_cells("B2:C2")
    table = table_in(saved(book), "t.xlsx")
    assert [cell.text for cell in table.rows[1].cells] == ["Sync", "yes", "yes", "no"]
    assert "1 merged cell was put into each place" in table.remarks[0]


def test_macros_are_not_read_and_that_is_said():
    content = rewritten(saved(small()), **{"xl/vbaProject.bin": lambda _: b"Sub Auto_Open()"})
    assert "It holds macros, which were not read." in table_in(content, "t.xlsm").remarks


SHEET = "xl/worksheets/sheet1.xml"


def with_empty_rows(text):
    rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(7, 1_048_577))
    return text.replace(b"</sheetData>", rows + b"</sheetData>")


def test_a_million_empty_rows_are_passed_over():
    content = rewritten(saved(small()), **{SHEET: with_empty_rows})
    begun = time.process_time()
    assert len(table_in(content, "t.xlsx").rows) == 6
    assert time.process_time() - begun < 3


def test_what_a_sheet_says_of_its_size_is_not_believed():
    book = small()
    for number in range(100):
        book.active.append([f"Line {number}", "yes", "no"])
    content = rewritten(
        saved(book),
        **{
            SHEET: lambda text: re.sub(
                rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', text
            )
        },
    )
    assert table_in(content, "t.xlsx").width == 3


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("xl/sharedStrings.xml", lambda _: b" " * 70_000_000, "far more than a table needs"),
        ("xl/workbook.xml", lambda text: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + text, "document type"),
        (SHEET, lambda text: text[:400], "no workbook that can be read"),
        ("xl/styles.xml", lambda _: b"<nonsense>", "no workbook that can be read"),
    ],
    ids=["swells", "entities", "cut off", "nonsense"],
)
def test_a_hostile_workbook_is_refused_in_words(part, change, words):
    with pytest.raises(TableRefused, match=words):
        table_in(rewritten(saved(small()), **{part: change}), "t.xlsx")


def test_a_damaged_zip_is_refused_in_words():
    with pytest.raises(TableRefused, match="damaged"):
        table_in(b"PK\x03\x04 and no more", "t.xlsx")
