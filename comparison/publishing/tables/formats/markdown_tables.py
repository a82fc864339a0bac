"""Pipe tables of Markdown: every one that a text holds, with its links, footnotes and the heading
above it.
"""

import re
from collections.abc import Iterator, Sequence

from comparison.core.table.table import Link, Table, TableCell, TableRow
from comparison.publishing.tables.formats.cell_text import (
    HTML_LINK,
    Cleaning,
    cell_of_words,
    unescaped,
)
from comparison.publishing.tables.limits import LONGEST_CELL, TableRefused, refuse_cells

_RULE = re.compile(r"\s*:?-+:?\s*")
_HEADING = re.compile(r"#{1,6}\s+(.+?)[\s#]*")
_BARS = re.compile(r"(?<!\\)\|")
# every pattern stops at its own opening sign, so that no line takes more than one look
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`]+)\1(?!`)")
_IMAGE_LINK = re.compile(r"\[!\[([^\[\]]*)\]\([^()]*\)\]\(([^()\s]*)[^()]*\)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(<?((?:[^()\s>]|\([^()\s]*\))*)>?(?:\s+[\"'(][^\"'()]*[\"')])?\)"
)
_NAMED_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_TARGET = re.compile(r"\s{0,3}\[([^\]^][^\]]*)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?\s*")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]]+)\]:\s*(.+)")
_LINE_NOTE = re.compile(
    r"\s*(?:<sup>\s*\[?([\w*†‡]{1,3})\]?\s*</sup>|\[([\w*†‡]{1,3})\]|([¹²³⁴-⁹⁰]+)|\\?([*†‡§]{1,3})"
    r"(?=\s*[A-Z(]))\s*[:.]?\s*(\S.*)"
)
_AUTO = re.compile(r"<(https?://[^<>\s]+)>")
_HTML_IMAGE = re.compile(r"<img\s[^<>]*?alt\s*=\s*[\"']([^\"'<>]*)[\"'][^<>]*>", re.I)
_HIGHER = re.compile(r"<sup>\s*\[?\^?([\w*†‡]{1,3})\]?\s*</sup>", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.{0,500}?-->", re.I | re.S)
_EMPHASIS = re.compile(r"(\*\*|__|~~|(?<![\w*])\*(?=[^\s*])|(?<!\w)_(?=[^\s_]))([^*_~]+)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")


def read_markdown(text: str, name: str) -> list[Table]:
    """Return every pipe table of a text, in its order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    targets = {
        match[1].casefold(): match[2] for line in lines if (match := _TARGET.fullmatch(line))
    }
    notes = {match[1]: match[2] for line in lines if (match := _NOTE.fullmatch(line))}
    tables, heading, at, fenced = [], "", 0, False
    while at < len(lines):
        line = lines[at]
        if re.match(r"\s{0,3}(```|~~~)", line):
            fenced = not fenced
        if not fenced and line.startswith("#") and (match := _HEADING.fullmatch(line[:200])):
            heading = _plain(match[1], {})[0]
        if not fenced and "|" in line and at + 1 < len(lines) and _is_rule(lines[at + 1]):
            end = _end_of(lines, at + 2)
            called = f"{name}, {heading}" if heading else name
            tables.append(_table(lines, at, end, called, targets, notes))
            at = end
        else:
            at += 1
    return tables


def _is_rule(line: str) -> bool:
    """Say whether a line is the one between the heads of a table and its rows."""
    bare = line.strip()
    if "|" not in bare or "-" not in bare or bare.strip("|:- \t"):
        return False
    return all(_RULE.fullmatch(part) for part in bare.strip("|").split("|"))


def _end_of(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip() and "|" in lines[at]:
        at += 1
    return at


def _table(
    lines: Sequence[str],
    begin: int,
    end: int,
    name: str,
    targets: dict[str, str],
    notes: dict[str, str],
) -> Table:
    cleaning = Cleaning()
    width = len(_cells(lines[begin]))
    rows, long_rows = [], []
    for number in (begin, *range(begin + 2, end)):
        words = _cells(lines[number])
        if any(len(word) > 2 * LONGEST_CELL for word in words):
            raise TableRefused(f"holds a cell of more than {LONGEST_CELL:,} characters", number + 1)
        if len([word for word in words[width:] if word.strip()]):
            long_rows.append(str(number + 1))
        cells = tuple(
            _cell(word, targets, cleaning, f"line {number + 1}") for word in words[:width]
        )
        rows.append(TableRow(number + 1, cells))
    refuse_cells(rows)
    remarks = cleaning.remarks()
    if long_rows:
        remarks.append(
            f"Lines {', '.join(long_rows[:8])} have more cells than the head: the rest was left "
            "out, as Markdown does."
        )
    footnotes = {mark: _plain(words, targets)[0] for mark, words in notes.items()}
    return Table(name, tuple(rows), footnotes | dict(_below(lines, end)), tuple(remarks))


def _below(lines: Sequence[str], end: int) -> Iterator[tuple[str, str]]:
    """Yield the footnotes that stand right below a table: "* only on Linux", "[1] since 2.0"."""
    for line in lines[end : end + 40]:
        if line.startswith("#") or "|" in line:
            return
        if match := _LINE_NOTE.fullmatch(re.sub(r"^\s*[-+>]\s+", "", line)):
            mark = match[1] or match[2] or match[3] or match[4]
            higher = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
            yield mark.translate(higher), _plain(match[5], {})[0]


def _cells(line: str) -> list[str]:
    """Return the cells of a line; a bar in code or behind a backslash is part of one."""
    guarded = _CODE.sub(lambda code: code[0].replace("|", "\x1f"), line.strip())
    words = [word.replace("\x1f", "|").replace("\\|", "|") for word in _BARS.split(guarded)]
    if guarded.startswith("|"):
        words = words[1:]
    if words and not words[-1].strip() and guarded.endswith("|"):
        words = words[:-1]
    return words


def _cell(words: str, targets: dict[str, str], cleaning: Cleaning, place: str) -> TableCell:
    plain, links = _plain(words, targets)
    return cell_of_words(cleaning.clean(plain, place), links)


def _plain(words: str, targets: dict[str, str]) -> tuple[str, list[Link]]:
    """Return words without the marks of Markdown and HTML, and the links among them."""
    links: list[Link] = []

    def link(label: str, address: str) -> str:
        links.append(Link(re.sub(r"[*_`]", "", _TAG.sub("", label)).strip(), address))
        return label

    text = _IMAGE_LINK.sub(lambda match: link(match[1], match[2]), words)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda match: link(match[1], match[2]), text)
    text = _NAMED_LINK.sub(
        lambda match: (
            link(match[1], target)
            if (target := targets.get((match[2] or match[1]).casefold()))
            else match[0]
        ),
        text,
    )
    text = re.sub(
        r"(?<![\w\]])\[([^\[\]^]+)\](?![\w\[(])",
        lambda match: (
            link(match[1], targets[match[1].casefold()])
            if match[1].casefold() in targets
            else match[0]
        ),
        text,
    )
    text = _AUTO.sub(lambda match: link(match[1], match[1]), text)
    text = HTML_LINK.sub(lambda match: link(match[2], match[1]), text)
    text = _HIGHER.sub(r"[\1]", _HTML_IMAGE.sub(r"\1", text))
    text = _CODE.sub(r"\2", _TAG.sub("", _BREAK.sub(" ", text)))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return unescaped(_ESCAPED.sub(r"\1", text)), links
