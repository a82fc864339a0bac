"""Templates are source and pages are not: the indentation of the reader's templates is taken away
when they are compiled, so that no byte of it is sent.

A line break with the blanks around it becomes
- nothing between two tags, just inside an element, and next to anything that parts a text: a tag
  that does not stand in a line of text, a quotation mark, `{% block %}`, `{% include %}`, a part
  of a table, the beginning and end of a macro and of the file;
- one blank elsewhere, as in HTML: between words and values, and between them and an element that
  stands among them. To have none there, write both in one line.
What Jinja does with `{% if %}`, `{% for %}`, `{% set %}` and comments goes on: the break after one
is nothing. They are looked through, so a break before one goes by what comes after them.
Blanks within a line, and all that a reader sees as it is written (`KEPT`), stay as they are.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from jinja2.ext import Extension
from jinja2.lexer import TOKEN_BLOCK_BEGIN, TOKEN_DATA, TOKEN_VARIABLE_BEGIN, Token, TokenStream

MARKUP = (".html", ".svg")
# Elements that stand in a line of text like a word of it.
# fmt: off
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "del", "dfn", "em",
    "i", "iframe", "img", "input", "ins", "kbd", "label", "mark", "meter",
    "object", "output", "progress", "q", "s", "samp",
    "select", "small", "span", "strong", "sub", "sup",
    "svg", "textarea", "time", "tspan", "u", "var", "wbr",
})
# fmt: on
EMPTY = frozenset({"img", "input", "wbr"})  # of these, those that hold nothing
KEPT = frozenset({"pre", "script", "style", "textarea"})
# What the macros of these files make is a block: `{{ table.cell("Date", day) }}`.
BLOCKS = frozenset({"table"})
# The statements that show nothing themselves, and part nothing.
TRANSPARENT = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set", "with", "endwith"})

BREAK = r"(?P<line_break>[ \t\r]*\n[ \t\r\n]*)"
IN_TEXT = re.compile(
    rf"{BREAK}|(?P<comment><!--.*?-->)|(?P<tag><[/!]?[A-Za-z][\w:-]*)|(?P<blank>[ \t]+)"
    r"|(?P<word>[^<\s]+|.)",
    re.DOTALL,
)
IN_TAG = re.compile(
    rf"{BREAK}|(?P<end>/?>)|(?P<quote>[\"'])|(?P<blank>[ \t]+)|(?P<word>[^\s\"'>/]+|.)"
)
IN_QUOTES = {
    quote: re.compile(rf"{BREAK}|(?P<quote>{quote})|(?P<blank>[ \t]+)|(?P<word>[^\s{quote}]+|.)")
    for quote in "\"'"
}


class Edge(Enum):
    """What stands on one side of a line break."""

    WORD = "a word or a value"
    INLINE = "a tag in a line of text"
    BLOCK = "the edge of a block"


class Outdent(Extension):
    """The extension of Jinja that takes the indentation away."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        """Return the tokens of a template without its indentation, on the lines where they are."""
        return _Outdented().tokens(stream) if (stream.name or "").endswith(MARKUP) else stream


class _Outdented:
    """One template: where in it we are, and the break that waits for what comes after it."""

    def __init__(self) -> None:
        self.before = Edge.BLOCK
        self.tag = ""  # whose attributes we are in
        self.quote = ""  # the mark that ends the value we are in
        self.kept = ""  # the element whose text stays as it is
        self.written: list[str] = []
        self.waiting: int | None = None  # where in `written` the break stands

    def tokens(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens, each text of the template outdented."""
        whole = list(stream)
        places: dict[int, range] = {}
        last_line = 0
        for index, token in enumerate(whole):
            if token.type == TOKEN_DATA:
                begun = len(self.written)
                self.read(token.value, starts_line=token.lineno > last_line)
                places[index] = range(begun, len(self.written))
            elif token.type == TOKEN_VARIABLE_BEGIN:
                self.meet(Edge.BLOCK if whole[index + 1].value in BLOCKS else Edge.WORD)
            elif token.type == TOKEN_BLOCK_BEGIN and whole[index + 1].value not in TRANSPARENT:
                self.meet(Edge.BLOCK)
            last_line = token.lineno + (token.value.count("\n") if token.type == TOKEN_DATA else 0)
        self.meet(Edge.BLOCK)
        for index, token in enumerate(whole):
            if index not in places:
                yield token
            elif text := "".join(self.written[place] for place in places[index]):
                yield Token(token.lineno, token.type, text)

    def meet(self, edge: Edge, after: Edge | None = None) -> None:
        """Decide the break that waits by what comes now, and go on after it."""
        if self.waiting is not None and not self.kept:
            sides = {self.before, edge}
            is_seen = Edge.WORD in sides and Edge.BLOCK not in sides
            self.written[self.waiting] = " " if is_seen else ""
        self.waiting, self.before = None, after or edge

    def read(self, text: str, *, starts_line: bool) -> None:
        """Write a text of the template without its indentation."""
        if starts_line and not self.kept:
            text = text.lstrip(" \t")
        begin = 0
        while begin < len(text):
            if self.kept:
                begin = self.keep(text, begin)
                continue
            known = IN_QUOTES[self.quote] if self.quote else IN_TAG if self.tag else IN_TEXT
            match = known.match(text, begin)
            assert match is not None  # the last branch of each takes any sign
            self.take(match.lastgroup or "", match[0])
            begin = match.end()

    def keep(self, text: str, begun: int) -> int:
        """Write what stays as it is, up to the tag that ends it. Returns where that begins."""
        ended = text.find(f"</{self.kept}", begun)
        self.written.append(text[begun : ended if ended >= 0 else len(text)])
        if ended < 0:
            return len(text)
        self.kept, self.before = "", Edge.BLOCK
        return ended

    def take(self, kind: str, text: str) -> None:
        """Write one thing of the template."""
        if kind == "line_break":
            if self.waiting is None:
                self.waiting = len(self.written)
            self.written.append("")
            return
        if kind == "word":
            self.meet(Edge.WORD)
        elif kind == "tag":
            self.tag = text.lower()
            self.meet(_edges(self.tag)[0], Edge.WORD)
        elif kind == "end":
            self.meet(Edge.BLOCK, _edges(self.tag)[1])
            self.kept = self.tag[1:] if self.tag[1:] in KEPT else ""
            self.tag = ""
        elif kind == "quote" and self.quote:
            self.meet(Edge.BLOCK, Edge.WORD)
            self.quote = ""
        elif kind == "quote":
            self.meet(Edge.WORD, Edge.BLOCK)
            self.quote = text
        self.written.append(text)


def _edges(tag: str) -> tuple[Edge, Edge]:
    """Return what a tag is to what stands before it, and to what stands after it."""
    name = tag.strip("</")
    if name not in INLINE:
        return Edge.BLOCK, Edge.BLOCK
    if name in EMPTY:
        return Edge.INLINE, Edge.INLINE
    return (Edge.BLOCK, Edge.INLINE) if tag.startswith("</") else (Edge.INLINE, Edge.BLOCK)
