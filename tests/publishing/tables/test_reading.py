"""Tables in whatever they come: delimited text, Markdown, HTML and wiki markup."""

import time
from contextlib import suppress

import pytest

from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.reading import table_in


def words(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def remarks(table):
    return " ".join(table.remarks)


SMALL = [["Feature", "A", "B"], ["Größe", "1,5", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_read_in_its_encoding(encoding):
    content = "Feature;A;B\nGröße;1,5;2\n".encode(encoding)
    table = table_in(content, "sizes.csv")
    assert words(table) == SMALL
    assert ("Windows-1252" in remarks(table)) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_delimiter_is_guessed(delimiter):
    text = "Feature,A,B\nGröße,1.5,2\n".replace(",", delimiter).replace(".", ",")
    assert words(table_in(text, "sizes.csv")) == SMALL


def test_a_first_line_that_states_the_delimiter_is_no_row():
    table = table_in("sep=;\r\nFeature;A, B;C\r\nSync;yes;no\r\n", "t.csv")
    assert words(table)[0] == ["Feature", "A, B", "C"]
    assert [row.number for row in table.rows] == [2, 3]


def test_a_quoted_cell_may_hold_delimiters_and_ends_of_lines():
    table = table_in('Feature,A,B\nSync,"yes, but\nslow","say ""no"""\nSort,✓,✗\n', "t.csv")
    assert words(table)[1] == ["Sync", "yes, but slow", 'say "no"']
    assert [row.number for row in table.rows] == [1, 2, 4]


def test_short_rows_are_filled_up_and_empty_lines_and_columns_left_out():
    table = table_in("Feature,A,,B\nSync,yes\n,,,\nSort,no,,yes\n", "t.csv")
    assert words(table) == [["Feature", "A", "B"], ["Sync", "yes", ""], ["Sort", "no", "yes"]]
    assert "Row 2 is shorter" in remarks(table)


def test_many_empty_rows_below_a_table_are_nothing():
    assert len(table_in("Feature,A\nSync,yes\n" + ",\n" * 9_000, "t.csv").rows) == 2


def test_characters_that_nobody_sees_are_left_out_and_that_is_said():
    table = table_in("Feature,A,B\nSy\u200bnc,ye\x07s,n\u202eo\n", "t.csv")
    assert words(table)[1] == ["Sync", "yes", "no"]
    assert "nobody sees were left out, in row 2" in remarks(table)


def test_emoji_and_other_scripts_stay():
    table = table_in("機能,⚠️ α,👩‍💻\nSync,✅,❌\n", "t.csv")
    assert words(table)[0] == ["機能", "⚠️ α", "👩‍💻"]


def test_links_and_marks_stand_beside_the_words():
    table = table_in('Feature,A,B\nSync,"<a href=""https://a.example"">yes</a>",no[1]\n', "t.csv")
    yes, no = table.rows[1].cells[1:]
    assert (yes.text, yes.links[0].address) == ("yes", "https://a.example")
    assert (no.text, no.marks) == ("no", ("1",))


def test_other_markup_is_text():
    table = table_in("Feature,A,B\n<b>Sync</b>,<script>x</script>,no\n", "t.csv")
    assert words(table)[1] == ["<b>Sync</b>", "<script>x</script>", "no"]


MARKDOWN = """
# Tools

| Kind | n |
| --- | --- |
| a | 1 |

## Features

| Feature | [Alpha](https://alpha.example) | Be\\|ta | `Gam|ma` |
|---------|:---:|---|--:|
| **Sync** | :heavy_check_mark: | ![no](x.png) | yes[^1] |
| [Sort][sort] | <b>no</b><br>yet | yes<sup>2</sup> | _maybe_ |

[^1]: Only on [Linux](https://kernel.org).
[sort]: https://sort.example

```
| not | a |
| --- | --- |
| table | x |
| table | x |
| table | x |
| table | x |
| table | x |
```
"""


def test_markdown_gives_its_largest_table_with_links_and_footnotes():
    table = table_in(MARKDOWN, "README.md")
    assert words(table) == [
        ["Feature", "Alpha", "Be|ta", "Gam|ma"],
        ["Sync", ":heavy_check_mark:", "no", "yes"],
        ["Sort", "no yet", "yes", "maybe"],
    ]
    head, sync, sort = table.rows
    assert head.cells[1].links[0].address == "https://alpha.example"
    assert sort.cells[0].links[0].address == "https://sort.example"
    assert (sync.cells[3].marks, sort.cells[2].marks) == (("1",), ("2",))
    assert table.footnotes["1"] == "Only on Linux."
    assert (table.name, sync.number) == ("README.md, Features", 12)
    assert "There are 2 tables, and the largest was taken, number 2" in remarks(table)


@pytest.mark.parametrize("which", ["1", "Tools"])
def test_another_table_can_be_asked_for(which):
    assert words(table_in(MARKDOWN, "README.md", which)) == [["Kind", "n"], ["a", "1"]]


def test_a_table_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(TableRefused, match=r'"README.md, Features", 3 × 4'):
        table_in(MARKDOWN, "README.md", "prices")


PASTED = """<html><body><!--StartFragment--><table><caption>Tools</caption>
<tr><th></th><th>Alpha</th><th><a href="https://beta.example">Beta</a></th></tr>
<tr><td colspan=3>Sharing</td></tr>
<tr><td rowspan=2>Sync</td><td colspan=2>yes<sup>[1]</sup></td></tr>
<tr><td>no</td><td><img src=x alt="yes" onerror=alert(1)></td></tr>
<tr><td>Sort<script>alert(1)</script></td><td>a &amp; b<br>c</td><td>
<span style="display: none">0001</span>1</td></tr>
</table><!--EndFragment--></body></html>"""


def test_a_table_from_the_clipboard_has_its_spans_laid_out_and_runs_nothing():
    table = table_in(PASTED, "the paste")
    assert words(table) == [
        ["", "Alpha", "Beta"],
        ["Sharing", "", ""],
        ["Sync", "yes", "yes"],
        ["Sync", "no", "yes"],
        ["Sort", "a & b c", "1"],
    ]
    assert [row.is_heading for row in table.rows] == [False, True, False, False, False]
    assert table.rows[2].cells[1].marks == ("1",)
    assert "merged cells were put into each place" in remarks(table)


WIKI = """{| class="wikitable"
|+ Tools
! Feature !! Alpha !! Beta
|-
! colspan=3 | Sharing
|-
| Sync || {{Yes}} || {{No|not yet}}
|-
| Sort || [[Sorting|yes]]<ref>Since 2.0</ref>
| [https://b.example no]
|}"""


def test_the_markup_of_a_wiki_is_read():
    table = table_in(WIKI, "the paste")
    assert words(table) == [
        ["Feature", "Alpha", "Beta"],
        ["Sharing", "", ""],
        ["Sync", "Yes", "not yet"],
        ["Sort", "yes", "no"],
    ]
    assert table.footnotes == {"1": "Since 2.0"}
    assert table.rows[3].cells[2].links[0].address == "https://b.example"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "t.csv", "is empty"),
        (b"%PDF-1.7", "t.csv", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", "t.xls", "old workbook"),
        (b"\x89PNG\r\n", "t.csv", "is a picture"),
        (b"\x00\x01\x02\x03\x00", "t.csv", "is no text"),
        ("a,b\n" * 10_001, "t.csv", "more than 10,000 cells"),
        ("a," * 300_000, "t.csv", "10,000 cells"),
        ("a,b\nc," + "d" * 3_600, "t.csv", "3,500 characters"),
        ("x" * 5_000_001, "t.csv", "larger than 5 MB"),
        ("Just a sentence.", "t.md", "holds no table"),
        ("<table>" + "<tr><td>a<td>b" * 10_001, "t.html", "10,000 cells"),
        ("<table><tr><td colspan=500 rowspan=900>a<td>b" + "<tr><td>" * 900, "t", "columns"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_what_is_no_table_is_refused_in_words(content, name, words):
    with pytest.raises(TableRefused, match=words):
        table_in(content, name)


@pytest.mark.parametrize(
    "cell",
    ["[" * 7000, "*a" * 3500, "`" * 7000, "[![" * 2300, "<a href='x'>" * 580, "\\|" * 3500],
    ids=["brackets", "emphasis", "code", "images", "links", "bars"],
)
def test_no_cell_keeps_the_reader_busy(cell):
    text = "| a | b |\n| --- | --- |\n" + f"| {cell} | c |\n" * 60
    begun = time.process_time()
    with suppress(TableRefused):
        table_in(text, "t.md")
    assert time.process_time() - begun < 2


def test_a_page_of_nonsense_is_read_soon():
    begun = time.process_time()
    for nonsense in ("<!--" * 100_000, "<table " * 100_000, "<![" * 100_000, "<a " * 100_000):
        with suppress(TableRefused):
            table_in("<table><tr><td>" + nonsense, "t.html")
    assert time.process_time() - begun < 2


def test_a_quote_that_is_never_closed_is_refused_with_its_row():
    with pytest.raises(TableRefused, match="opened here and never closed") as refused:
        table_in('Name,A,B\nX,"yes,no\nY,no,yes\n', "t.csv")
    assert refused.value.row == 2
    inches = table_in('Name,A,B\nX,5" screen,no\nY,no,yes\n', "t.csv")
    assert [row.cells[0].text for row in inches.rows] == ["Name", "X", "Y"]
