"""An answer -> lines that are alike wherever readers get the like: no class names, no white space
that nobody sees.

A blank that stands between two words, and so is seen, is written as ␣ where it ends or begins a
line. Pure.
"""

import hashlib
import json
import re
from html import escape
from html.parser import HTMLParser
from typing import Any

BLANK = "␣"
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
# What stands in a line of text like a word of it: its content is words of that line, or is apart.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "output",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tspan",
        "u",
        "var",
        "wbr",
    ]
)
BOXES = frozenset(
    ["button", "iframe", "img", "input", "meter", "object", "progress", "select", "svg", "textarea"]
)
KEPT = frozenset({"pre", "textarea"})  # white space and all
SILENT = frozenset({"script", "style", "template"})
HASHED = re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{12}(\.\w+)")


def named_plainly(text: str) -> str:
    """Return a text with the names that static files have in the repository."""
    return HASHED.sub(r"\1\2", text)


def lines_of_html(html: str) -> list[str]:
    """Return a page, or a part of one: a line for each tag and for each text."""
    reader = _Reader()
    reader.feed(named_plainly(html))
    reader.close()
    reader.edge()
    return [line for line in reader.lines if line]


def lines_of_json(text: str) -> list[str]:
    """Return a value, a line for each part, in its order."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1).split("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.open: list[str] = []
        self.at_edge = True  # of a block: a blank that comes now is not seen
        # the line that ends with a blank, seen only if something follows before the edge
        self.loose: int | None = None
        self.is_value = False  # within a script that holds JSON

    def edge(self) -> None:
        """Come to where a line of text begins or ends."""
        if self.loose is not None:
            self.lines[self.loose] = self.lines[self.loose].removesuffix(BLANK)
        self.loose, self.at_edge = None, True

    def word(self) -> None:
        """Come to something that is seen."""
        self.loose, self.at_edge = None, False

    def handle_decl(self, decl: str) -> None:
        self.lines.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.lines.append(f"<!--{' '.join(data.split())}-->")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOXES:
            self.word()
        elif tag not in INLINE and tag not in SILENT:
            self.edge()
        self.lines.append(_tag(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            if tag in BOXES:
                self.edge()
        self.is_value = tag == "script" and str(dict(attrs).get("type", "")).endswith("json")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE and tag not in SILENT:
            self.edge()
        self.lines.append(f"</{tag}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag in BOXES:
            self.word()

    def handle_data(self, data: str) -> None:
        if self.is_value and data.strip():
            self.lines += lines_of_json(data)
        elif self.open and self.open[-1] in SILENT:
            self.lines += [line.strip() for line in data.split("\n")]
        elif KEPT.intersection(self.open):
            self.lines += (
                escape(data, quote=False).replace("\n", "⏎\n").removesuffix("\n").split("\n")
            )
            self.word()
        elif words := " ".join(data.split()):
            before = BLANK if data[0].isspace() and not self.at_edge and self.loose is None else ""
            after = BLANK if data[-1].isspace() else ""
            self.word()
            self.lines.append(before + escape(words, quote=False) + after)
            self.loose = len(self.lines) - 1 if after else None
        elif not self.at_edge and self.loose is None:
            self.lines.append(BLANK)
            self.loose = len(self.lines) - 1


def _tag(tag: str, attributes: dict[str, str | None]) -> str:
    attributes.pop("class", None)
    if attributes.get("name") == "csrfmiddlewaretoken":
        attributes["value"] = "(token)"
    shown = (f" {name}{_value(name, value or '')}" for name, value in sorted(attributes.items()))
    return f"<{tag}{''.join(shown)}>"


def _value(name: str, value: str) -> str:
    if name == "nonce":
        value = "(nonce)"
    elif name != "value":
        value = " ".join(value.split())
    return f'="{escape(value)}"' if value else ""


# --- the head of an answer ------------------------------------------------------------------------

# The length goes with white space, the time with the clock.
PASSED_OVER = frozenset({"content-length", "date", "expires"})
TAG = re.compile(r'"[^"]*?(br|gzip)?"')


def lines_of_head(status: int, headers: dict[str, str], cookies: Any) -> list[str]:
    """Return the status, each header that matters and each cookie, by name. A tag follows the code,
    so only its kind is kept.
    """
    lines = [f"Status: {status}"]
    for name, value in sorted(headers.items(), key=lambda pair: pair[0].lower()):
        if name.lower() == "etag":
            value = TAG.sub(lambda match: f'"(tag){match[1] or ""}"', value)
        if name.lower() not in PASSED_OVER:
            lines.append(f"{name}: {named_plainly(value)}")
    for name, morsel in sorted(cookies.items()):
        kept = (
            f"{key}={morsel[key]}"
            for key in ("path", "max-age", "samesite", "httponly", "secure")
            if morsel[key] != ""
        )
        lines.append(f"Set-Cookie: {'; '.join([f'{name}=(value)', *kept])}")
    return lines


def lines_of_body(kind: str, body: bytes) -> list[str]:
    """Return a body by its kind, which is what its Content-Type says."""
    if kind.startswith("image/") and "svg" not in kind:
        return [f"{len(body)} bytes, {hashlib.sha256(body).hexdigest()}"]
    text = body.decode()
    if kind.startswith("text/html"):
        return lines_of_html(text)
    if "json" in kind and text:
        return lines_of_json(text)
    if "xml" in kind:
        text = re.sub(r">\s*<", ">\n<", text)
    return named_plainly(text).split("\n")
