"""The one reader of tables, for every door: bytes or text and a name in, a table out.

Delimited text, Markdown, HTML, the markup of MediaWiki and workbooks. What a file is called is
believed only where its content agrees. Runs nothing, fetches nothing, writes nothing.
"""

from dataclasses import replace
from pathlib import PurePosixPath

from comparison.core.table.table import Table, listed, rectangular
from comparison.publishing.tables.formats.delimited import read_delimited, text_of
from comparison.publishing.tables.formats.html_tables import read_html
from comparison.publishing.tables.formats.markdown_tables import read_markdown
from comparison.publishing.tables.formats.wiki_tables import looks_like_wiki, read_wiki
from comparison.publishing.tables.formats.workbook import read_workbook
from comparison.publishing.tables.limits import TableRefused, refuse_bytes

_OTHERS = (
    (b"%PDF", "is a PDF: copy the table out of it, or take the file that it was made from"),
    (
        b"\xd0\xcf\x11\xe0",
        "is an old workbook, or one with a password: save it as .xlsx without a password",
    ),
    (b"\x89PNG", "is a picture: a table needs its words"),
    (b"\xff\xd8\xff", "is a picture: a table needs its words"),
    (b"{\\rtf", "is a text document: copy the table into the form"),
)


def table_in(content: bytes | str, name: str, which: str = "") -> Table:
    """Return the table that a file or a paste holds; of several the largest, or the one that is
    wanted. Raises TableRefused.

    which: the name of a sheet, a part of the heading above a table, or its number from 1.
    """
    tables = [rectangular(table) for table in tables_in(content, name, which)]
    tables = [table for table in tables if table.rows]
    if not tables:
        raise TableRefused(
            "holds no table: heads in its first row, and below each a row that begins with one"
        )
    if which:
        return _wanted(tables, which)
    largest = max(tables, key=lambda table: table.cell_count)
    if len(tables) == 1:
        return largest
    others = [f"{number}: {_size(table)}" for number, table in enumerate(tables, 1)]
    words = (
        f"There are {len(tables)} tables, and the largest was taken, number "
        f"{tables.index(largest) + 1}. ({listed(others)})"
    )
    return replace(largest, remarks=(words, *largest.remarks))


def tables_in(content: bytes | str, name: str, which: str = "") -> list[Table]:
    """Return every table of a file or a paste, in its order. Raises TableRefused."""
    said: list[str] = []
    if isinstance(content, bytes):
        refuse_bytes(len(content))
        for opening, words in _OTHERS:
            if content.startswith(opening):
                raise TableRefused(words)
        if content.startswith(b"PK\x03\x04"):
            return read_workbook(content, name, which)
        content, said = text_of(content)
    refuse_bytes(len(content))
    if not content.strip():
        raise TableRefused("is empty")
    tables = _of_text(content, name)
    return [replace(table, remarks=(*said, *table.remarks)) for table in tables]


def _of_text(text: str, name: str) -> list[Table]:
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in (".csv", ".tsv", ".tab"):
        return [read_delimited(text, name, "\t" if suffix != ".csv" and "\t" in text else "")]
    if looks_like_wiki(text):
        return read_wiki(text, name)
    if "<table" in text.casefold() or suffix in (".html", ".htm"):
        tables = read_html(text, name)
        return tables if suffix in (".html", ".htm") else [*read_markdown(text, name), *tables]
    markdown = read_markdown(text, name)
    if markdown or suffix in (".md", ".markdown", ".rst"):
        return markdown
    return [read_delimited(text, name)]


def _wanted(tables: list[Table], which: str) -> Table:
    if which.isdigit() and 1 <= int(which) <= len(tables):
        return tables[int(which) - 1]
    named = [table for table in tables if table.name.casefold().endswith(f", {which.casefold()}")]
    named = named or [table for table in tables if which.casefold() in table.name.casefold()]
    if len(named) == 1:
        return named[0]
    there = listed([f"{number}: {_size(table)}" for number, table in enumerate(tables, 1)])
    raise TableRefused(
        f'{"has more than one table" if named else "has no table"} called "{which}": there are '
        f"{there}"
    )


def _size(table: Table) -> str:
    return f'"{table.name}", {len(table.rows)} × {table.width}'
