"""What stands in one cell of a text, a wiki or a workbook: its words, links and footnote marks,
without characters that nobody sees.
"""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from comparison.core.spelling.characters import CONTROL, HALVES, PRIVATE, UNSEEN
from comparison.core.table.table import Link, TableCell, listed

_HIDDEN = re.compile(f"[{CONTROL}{UNSEEN}{PRIVATE}{HALVES}\u00ad]")
# one variation selector belongs behind a sign, and nowhere else
_LOOSE_SELECTOR = re.compile("(?:(?<=[\\s\ufe00-\ufe0f])|^)[\ufe00-\ufe0f]+")
_HIGHER = {"¹": "1", "²": "2", "³": "3", "⁰": "0"} | {chr(0x2070 + n): str(n) for n in range(4, 10)}
# "Yes¹", "Yes[1]", "Yes [a]", "Yes*": marks behind words; m² is a unit
_MARKS_BEHIND = re.compile(
    r"(?P<words>.*?(?:[^\W\d]|[)%✓✔✗✘❌✅⚠☑\ufe0f]|(?<=\s)|^))\s*"
    r"(?P<marks>(?:\[\^?[\w*†‡]{1,3}\]|[¹²³⁴-⁹⁰]+|[*†‡§]{1,3})+)",
    re.S,
)
_ONE_MARK = re.compile(r"\[\^?([\w*†‡]{1,3})\]|([¹²³⁴-⁹⁰]+)|([*†‡§]{1,3})")
_SQUARES = re.compile(r"(?:^|[\s\d/])(?:[kcmµ]?m|ft|in|inch|km)[²³]$")
HTML_LINK = re.compile(
    r"<a\s[^<>]*?href\s*=\s*[\"']([^\"'<>]*)[\"'][^<>]*>(.{0,300}?)</a>", re.I | re.S
)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]+)\)", re.I)
WEB = re.compile(r"https?://[^\s<>\"'|]+", re.I)


@dataclass(slots=True)
class Cleaning:
    """What was left out of the cells of one table, to be said once. Lives for one reading."""

    hidden: list[str] = field(default_factory=list)  # places of characters that nobody sees

    def clean(self, text: str, place: str) -> str:
        """Return a cell's text on one line, without characters that nobody sees."""
        bare = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
        plain = " ".join(_HIDDEN.sub("", bare.replace("\t", " ").replace("\n", " ")).split())
        plain = _LOOSE_SELECTOR.sub("", plain)
        if _HIDDEN.search(bare.replace("\r", "").replace("\n", " ").replace("\ufeff", "")):
            self.hidden.append(place)
        return plain

    def remarks(self) -> list[str]:
        """Return what was left out, in words."""
        if not self.hidden:
            return []
        places = listed(list(dict.fromkeys(self.hidden)), 5)
        return [f"Characters that nobody sees were left out, in {places}."]


def cell_of_words(words: str, links: list[Link] | None = None) -> TableCell:
    """Return a cell of clean words: marks behind them, and addresses and links in them, stand
    beside them. Other markup is text like any other.
    """
    found = list(links or [])
    if "</a>" in words:
        found += [Link(match[2], unescaped(match[1])) for match in HTML_LINK.finditer(words)]
        words = HTML_LINK.sub(r"\2", words)
    if "](" in words:
        found += [Link(match[1], match[2]) for match in _MARKDOWN_LINK.finditer(words)]
        words = _MARKDOWN_LINK.sub(r"\1", words)
    known = {link.address for link in found}
    for match in WEB.finditer(words):
        address = match[0].rstrip(".,;:)")
        if address not in known:
            found.append(Link("", address))
    text, marks = without_marks(words)
    bare = words.strip()
    if len(found) == 1 and not found[0].words and bare == found[0].address:
        text = bare  # an address alone is what the cell says
    return TableCell(text.strip(), tuple(_safe(found)), marks, bare if marks else "")


def _safe(links: list[Link]) -> list[Link]:
    return [
        link
        for link in links
        if WEB.fullmatch(link.address)
        and len(link.address) <= 1000
        and not _HIDDEN.search(link.address)
    ]


def without_marks(words: str) -> tuple[str, tuple[str, ...]]:
    """Return the words before the footnote marks of a cell, and the marks."""
    match = _MARKS_BEHIND.fullmatch(words.strip())
    if match is None or _SQUARES.search(words.strip()) or not match["words"].strip():
        return words, ()
    marks = []
    for one in _ONE_MARK.finditer(match["marks"]):
        higher = "".join(_HIGHER.get(letter, letter) for letter in one[2] or "")
        marks.append(one[1] or higher or one[3])
    return match["words"].strip(), tuple(dict.fromkeys(marks))


def unescaped(text: str) -> str:
    """Return a text with its HTML entities read."""
    return html.unescape(text)
