"""Tables of a web page, and what a browser puts on the clipboard from a spreadsheet or a wiki.

Takes words, links and the marks of footnotes; runs nothing, fetches nothing, keeps no markup.
"""

from dataclasses import dataclass, field

from comparison.core.table.table import Link, Table, TableCell
from comparison.publishing.tables.formats.cell_text import Cleaning, cell_of_words
from comparison.publishing.tables.formats.html_tokens import tokens_of
from comparison.publishing.tables.formats.spans import SpanningCell, laid_out
from comparison.publishing.tables.limits import MOST_CELLS, TableRefused, refuse_cells

_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "math", "head", "title"})
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "tr"})
_WITHOUT_END = frozenset({"br", "img", "hr", "input", "col", "wbr", "meta", "link"})


@dataclass(slots=True)
class _OpenCell:
    down: int
    across: int
    words: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # what stands for them
    links: list[Link] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    rows: list[tuple[int, list[SpanningCell]]] = field(default_factory=list)
    row: list[SpanningCell] | None = None
    row_number: int = 0
    cell: _OpenCell | None = None
    caption: list[str] = field(default_factory=list)
    cleaning: Cleaning = field(default_factory=Cleaning)
    in_caption: bool = False


class _Reader:
    """One page being read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = 1
        self.tables: list[Table] = []
        self.open: list[_OpenTable] = []
        self.footnotes: dict[str, str] = {}
        self.note: list[str] | None = None
        self.silent_tags: list[str] = []
        self.link = ""
        self.higher: list[str] | None = None  # the words of a <sup>
        self.cells = 0

    @property
    def cell(self) -> _OpenCell | None:
        return self.open[-1].cell if self.open else None

    def read(self, text: str) -> None:
        """Read a whole page."""
        for token in tokens_of(text):
            self.line = token.line
            if not token.tag:
                self._words(token.words)
            elif token.is_end:
                self._end(token.tag)
            else:
                self._begin(token.tag, token.attributes)
        self.silent_tags.clear()
        while self.open:
            self._end("table")

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        is_hidden = "display:none" in given.get("style", "").replace(" ", "").casefold()
        if self.silent_tags or tag in _SILENT or is_hidden:
            if tag not in _WITHOUT_END:
                self.silent_tags.append(tag)
            return
        match tag:
            case "table":
                self.open.append(_OpenTable())
            case "tr" if self.open:
                self._end_row()
                self.open[-1].row, self.open[-1].row_number = [], self.line
            case "td" | "th" if self.open:
                self._begin_cell(given)
            case "caption" if self.open:
                self.open[-1].in_caption = True
            case "a":
                self.link = given.get("href", "")
            case "sup" if self.cell:
                self.higher = []
            case "img" if self.cell:
                self.cell.pictures.append(given.get("alt", "") or given.get("title", ""))
            case "li" if given.get("id", "").startswith(("cite_note", "fn")) and not self.open:
                self.note = []
        if tag in _BLOCKS:
            self._words(" ")

    def _end(self, tag: str) -> None:
        if self.silent_tags:
            if tag in self.silent_tags:
                while self.silent_tags.pop() != tag:
                    pass
            return
        match tag:
            case "table" if self.open:
                self._end_table()
            case "tr" if self.open:
                self._end_row()
            case "td" | "th" if self.open:
                self._end_cell()
            case "caption" if self.open:
                self.open[-1].in_caption = False
            case "a":
                self.link = ""
            case "sup" if self.higher is not None:
                self._end_higher()
            case "li" if self.note is not None:
                words = " ".join("".join(self.note).split()).lstrip("^ ")
                self.footnotes[str(len(self.footnotes) + 1)] = words
                self.note = None

    def _words(self, data: str) -> None:
        if self.silent_tags:
            return
        if self.higher is not None:
            self.higher.append(data)
        elif self.cell:
            self.cell.words.append(data)
            if self.link and data.strip():
                self.cell.links.append(Link(data.strip(), self.link))
        elif self.open and self.open[-1].in_caption:
            self.open[-1].caption.append(data)
        elif self.note is not None:
            self.note.append(data)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._end_cell()
        table = self.open[-1]
        if table.row is None:
            table.row, table.row_number = [], self.line
        self.cells += 1
        if self.cells > 2 * MOST_CELLS:
            raise TableRefused(f"has more than {MOST_CELLS:,} cells", self.line)
        table.cell = _OpenCell(_times(given.get("rowspan")), _times(given.get("colspan")))

    def _end_higher(self) -> None:
        words = "".join(self.higher or []).strip().strip("[]")
        self.higher = None
        if self.cell is None or not words:
            return
        if len(words) <= 3 and words not in ("th", "st", "nd", "rd", "TM", "®"):
            self.cell.marks.append(words)
        else:
            self.cell.words.append(words)

    def _end_cell(self) -> None:
        table = self.open[-1]
        one, table.cell, self.higher = table.cell, None, None
        if one is None or table.row is None:
            return
        words = "".join(one.words)
        if not words.strip():
            words = " ".join(one.pictures)
        clean = table.cleaning.clean(words, f"line {self.line}")
        cell = cell_of_words(clean, one.links)
        marks = tuple(dict.fromkeys((*cell.marks, *one.marks)))
        table.row.append(
            SpanningCell(
                TableCell(cell.text, cell.links, marks, cell.printed), one.down, one.across
            )
        )

    def _end_row(self) -> None:
        table = self.open[-1]
        self._end_cell()
        if table.row:
            table.rows.append((table.row_number, table.row))
        table.row = None

    def _end_table(self) -> None:
        self._end_row()
        table = self.open.pop()
        if table.rows:
            rows, said = laid_out(table.rows)
            refuse_cells(rows)
            caption = " ".join("".join(table.caption).split())
            name = f"{self.name}, {caption}" if caption else self.name
            remarks = (*table.cleaning.remarks(), *said)
            self.tables.append(Table(name, tuple(rows), self.footnotes, remarks))


def read_html(text: str, name: str) -> list[Table]:
    """Return every table of a page or of a clipboard, in the order in which they end."""
    reader = _Reader(name)
    reader.read(text)
    return reader.tables


def _times(value: str | None) -> int:
    digits = (value or "1").strip()
    return min(int(digits), 1000) if digits.isdigit() and len(digits) < 6 else 1
