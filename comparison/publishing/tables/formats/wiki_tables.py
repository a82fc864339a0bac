"""Tables in the markup of MediaWiki, as far as they are simple: heads, cells, spans, links,
references and the templates for yes and no.
"""

import re

from comparison.core.table.table import Link, Table
from comparison.publishing.tables.formats.cell_text import Cleaning, cell_of_words, unescaped
from comparison.publishing.tables.formats.spans import SpanningCell, laid_out
from comparison.publishing.tables.limits import LONGEST_CELL, TableRefused, refuse_cells

_REFERENCE = re.compile(r"<ref(?:\s[^<>]*)?>(.{0,2000}?)</ref>|<ref\s[^<>]*/>", re.S | re.I)
_TEMPLATE = re.compile(r"\{\{([^{}|]*)(?:\|([^{}]*))?\}\}")
_PAGE = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_LINK = re.compile(r"\[(https?://[^\s\[\]]+)(?:\s+([^\[\]]*))?\]")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.{0,500}?-->", re.I | re.S)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,4})", re.I)
_ANSWERS = {
    "yes": "Yes", "no": "No", "partial": "Partial", "partly": "Partial", "some": "Partial",
    "depends": "Depends", "dunno": "?", "unknown": "?", "n/a": "n/a", "na": "n/a", "free": "Free",
    "nonfree": "No", "tick": "Yes", "cross": "No", "planned": "Planned", "included": "Included",
    "dropped": "No", "beta": "Beta", "aye": "Yes", "nay": "No", "yes2": "Yes", "no2": "No",
    "✓": "Yes", "✗": "No", "good": "Yes", "optional": "Partial", "some2": "Partial", "?": "?",
}  # fmt: skip


def looks_like_wiki(text: str) -> bool:
    """Say whether a text holds a table in the markup of MediaWiki."""
    return re.search(r"^\s*:?\{\|", text, re.M) is not None and "|}" in text


def read_wiki(text: str, name: str) -> list[Table]:
    """Return every table of a text that stands in no other table."""
    tables, lines, begin = [], text.splitlines(), -1
    for at, line in enumerate(lines):
        if line.lstrip(": ").startswith("{|"):
            begin = at
        elif line.strip().startswith("|}") and begin >= 0:
            tables.append(_table(lines, begin, at, name))
            begin = -1
    return [table for table in tables if table.rows]


def _table(lines: list[str], begin: int, end: int, name: str) -> Table:
    cleaning = Cleaning()
    notes: dict[str, str] = {}
    rows: list[tuple[int, list[SpanningCell]]] = []
    row: list[tuple[str, int]] = []
    number, caption = begin + 1, ""

    def close() -> None:
        if row:
            rows.append((number, [_cell(words, at, cleaning, notes) for words, at in row]))
            row.clear()

    for at in range(begin + 1, end):
        line = lines[at].strip()
        if line.startswith("|-"):
            close()
            number = at + 2
        elif line.startswith("|+"):
            caption = _plain(line[2:], {})[0].strip()
        elif line.startswith(("|", "!")):
            parts = re.split(r"\|\||!!", line[1:]) if line[0] == "!" else line[1:].split("||")
            row += [(part, at + 1) for part in parts]
        elif row:
            row[-1] = (f"{row[-1][0]}\n{line}", row[-1][1])
    close()
    made, said = laid_out(rows)
    refuse_cells(made)
    called = f"{name}, {caption}" if caption else name
    return Table(called, tuple(made), notes, (*cleaning.remarks(), *said))


def _cell(words: str, line: int, cleaning: Cleaning, notes: dict[str, str]) -> SpanningCell:
    if len(words) > 4 * LONGEST_CELL:
        raise TableRefused(f"holds a cell of more than {LONGEST_CELL:,} characters", line)
    attributes, _, rest = words.partition("|")
    has_attributes = bool(rest) and "[[" not in attributes and "{{" not in attributes
    spans = dict(_SPAN.findall(attributes)) if has_attributes else {}
    plain, links = _plain(rest if has_attributes else words, notes)
    cell = cell_of_words(cleaning.clean(plain, f"line {line}"), links)
    return SpanningCell(cell, int(spans.get("row", 1)), int(spans.get("col", 1)))


def _plain(words: str, notes: dict[str, str]) -> tuple[str, list[Link]]:
    links: list[Link] = []

    def reference(match: re.Match[str]) -> str:
        if not match[1]:
            return ""
        mark = str(len(notes) + 1)
        notes[mark] = " ".join(_plain(match[1], {})[0].split())
        return f" [{mark}]"

    def link(match: re.Match[str]) -> str:
        links.append(Link(match[2] or "", match[1]))
        return match[2] or match[1]

    def template(match: re.Match[str]) -> str:
        answer = _ANSWERS.get(match[1].strip().casefold(), "")
        own = next(
            (part for part in (match[2] or "").split("|") if "=" not in part and part.strip()), ""
        )
        return own or answer

    text = _REFERENCE.sub(reference, words)
    for _ in range(3):
        text = _TEMPLATE.sub(template, text)
    text = _LINK.sub(link, _PAGE.sub(r"\1", text))
    return unescaped(re.sub(r"'{2,5}", "", _TAG.sub(" ", text))), links
