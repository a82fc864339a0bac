"""HTML as a run of tags and words, each with its line: enough to find tables in it.

Python's own parser takes minutes over 400 kB of `<!--`; this one never looks at a character more
than a few times, whatever a page is made of.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_TAG = 20_000  # characters whose attributes are read
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_SOME = 20  # further ends that are tried where a quote is open


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or the words between two."""

    line: int
    words: str = ""  # empty for a tag
    tag: str = ""  # in small letters; empty for words
    is_end: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tags and the words of a page, without comments and declarations."""
    at, line = 0, 1
    while at < len(text):
        begin = text.find("<", at)
        begin = len(text) if begin < 0 else begin
        if begin > at:
            yield Token(line, html.unescape(text[at:begin]))
            line += text.count("\n", at, begin)
        if begin == len(text):
            return
        token, at_end = _token_at(text, begin, line)
        if token:
            yield token
        line += text.count("\n", begin, at_end)
        at = at_end


def _token_at(text: str, begin: int, line: int) -> tuple[Token | None, int]:
    """Return the tag that begins here, None where none does, and where it ends."""
    if text.startswith("<!--", begin):
        end = text.find("-->", begin + 4)
        return None, len(text) if end < 0 else end + 3
    name = _NAME.match(text, begin + 1)
    if name is None:
        if text[begin + 1 : begin + 2] in ("!", "?"):
            end = text.find(">", begin)
            return None, len(text) if end < 0 else end + 1
        return Token(line, "<"), begin + 1
    end = _end_of_tag(text, begin)
    if end < 0:
        return None, len(text)
    attributes = text[name.end() : min(end, begin + LONGEST_TAG)]
    given = {
        match[1].casefold(): html.unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(attributes)
    }
    return Token(line, "", name[2].casefold(), bool(name[1]), given), end + 1


def _end_of_tag(text: str, begin: int) -> int:
    """Return where a tag ends: at the first > that stands in no quotes, else at the first."""
    first = end = text.find(">", begin)
    for _ in range(_SOME):
        inside = text[begin:end] if 0 <= end < begin + LONGEST_TAG else ""
        if end < 0 or inside.count('"') % 2 == 0 or not inside:
            return end if end >= 0 else first
        end = text.find(">", end + 1)
    return first
