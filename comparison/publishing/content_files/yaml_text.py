"""A file's bytes -> its text -> the nodes of its YAML, or why it cannot be read and in which line.
Knows no comparison.

Repeated keys are left to whoever reads the nodes; aliases, anchors, tags, depth and control
characters are refused here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from _ruamel_yaml import CParser
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from comparison.core.spelling.characters import hidden_in
from comparison.publishing.content_files.yaml_faults import explain, lost_text

MOST_BYTES = 2_000_000
MOST_NESTING = 40
# thirty options by 120 criteria with five claims a cell have 40,000 in their longest file
MOST_LINES = 60_000
MOST_VALUES = 200_000
# The two parsers differ about these: a tab, and line ends that are none in YAML 1.2.
READ_BY_ONE_ALONE = frozenset("\t\x85\u2028\u2029\ufeff")


ANCHOR = (
    "aliases and anchors are not read: write the value out, or put a text with & or * in quotes"
)
TAG = (
    "tags such as !!python are not read: leave them out, or put a text that begins with ! in quotes"
)


class Refused(Exception):
    """A file that cannot be read, with the line where that shows."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def text_of(path: Path) -> str:
    """Return the file's text; a byte-order mark and Windows line ends are read right, other
    encodings are refused.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused(f"is larger than {MOST_BYTES // 1_000_000} MB")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused("is not UTF-8: save it in that encoding", line) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if strange := hidden_in(text.replace("\t", " ")):
        raise Refused(strange[1], text[: strange[0]].count("\n") + 1)
    return text


@dataclass(slots=True)
class TextNode:
    """A key, or a value that is no list and no mapping."""

    line: int  # from 1, like that of the others
    value: str  # as it is written, without its quotes
    is_bare: bool  # it stands in no quotes, and in no block


@dataclass(slots=True)
class ListNode:
    """A list."""

    line: int
    items: "list[Node]"


@dataclass(slots=True)
class MappingNode:
    """A mapping; its keys may repeat."""

    line: int
    items: "list[tuple[Node, Node]]"


Node: TypeAlias = TextNode | ListNode | MappingNode


@dataclass(frozen=True, slots=True)
class Composed:
    """The nodes of one file, None where there is nothing in it, and the lines that lose a part of
    their text.
    """

    node: Node | None
    lost: list[tuple[int, str]]


def compose(text: str) -> Composed:
    """Return the YAML document as nodes, in one pass over it."""
    if text.count("\n") > MOST_LINES:
        raise Refused(
            f"has more than {MOST_LINES:,} lines, which would take minutes to read: shorten it",
            MOST_LINES,
        )
    return composed_by_libyaml(text) or composed_in_python(text)


def composed_by_libyaml(text: str) -> Composed | None:
    """Return the nodes as libyaml reads them, twenty times as fast; None where that may not be what
    the slow parser reads, whose words and lines explain what is wrong.
    """
    if not READ_BY_ONE_ALONE.isdisjoint(text):
        return None
    lost: list[tuple[int, str]] = []
    try:
        node = _nodes(_events_of_libyaml(text), text, lost)
    except (YAMLError, ValueError, OverflowError, RecursionError, Refused):
        return None
    return Composed(node, lost)


def _events_of_libyaml(text: str) -> Iterator[Event]:
    """Yield the events; raise ValueError at a value that is left empty, which libyaml places in
    another line.
    """
    parser = CParser(text)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, ScalarEvent):
            event.style = event.style or None
            if event.style is None and event.value == "":
                raise ValueError("an empty value")
        yield event


def composed_in_python(text: str) -> Composed:
    """Return the nodes as the parser in Python reads them. Raises Refused with the line, and what
    to do there.
    """
    yaml = YAML(typ="safe", pure=True)
    lost: list[tuple[int, str]] = []
    try:
        return Composed(_nodes(yaml.parse(StringIO(text)), text, lost), lost)
    except MarkedYAMLError as error:
        line, words = explain(error, text)
        if lost and 0 <= line - lost[-1][0] <= 1:  # a text of several lines that a comment has cut
            line, words = lost[-1]
        raise Refused(words, line) from error
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise Refused(
            f"is not YAML: it cannot be read as a whole ({str(error).splitlines()[0]})"
        ) from error


def _nodes(events: Iterable[Event], text: str, lost: list[tuple[int, str]]) -> Node | None:
    """Build the nodes of one document from the parser's events. Keys may repeat here: `_as_dict`
    names both key and line.
    """
    may_lose_text = "#" in text
    whole: Node | None = None
    open_nodes: list[MappingNode | ListNode] = []
    keys: list[Node | None] = []  # of each open mapping, the key that waits for its value
    for number, event in enumerate(events):
        if number > MOST_VALUES:
            words = f"holds more than {MOST_VALUES:,} values, which would take minutes to read"
            raise Refused(f"{words}: shorten it", _line_of(event))
        node: Node
        if isinstance(event, NodeEvent):
            _refuse_what_is_not_read(event)
            if isinstance(event, ScalarEvent):
                if may_lose_text:
                    lost += lost_text(event, text)
                node = TextNode(_line_of(event), event.value, event.style is None)
            elif isinstance(event, MappingStartEvent):
                node = MappingNode(_line_of(event), [])
            else:
                node = ListNode(_line_of(event), [])
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            open_nodes.pop()
            keys.pop()
            continue
        elif isinstance(event, DocumentStartEvent) and whole is not None:
            raise Refused(
                "holds more than one document: leave out the line of dashes", _line_of(event)
            )
        else:
            continue
        if not open_nodes:
            whole = node
        elif isinstance(parent := open_nodes[-1], ListNode):
            parent.items.append(node)
        elif (key := keys[-1]) is None:
            keys[-1] = node
        else:
            parent.items.append((key, node))
            keys[-1] = None
        if not isinstance(node, TextNode):
            open_nodes.append(node)
            keys.append(None)
            if len(open_nodes) > MOST_NESTING:
                raise Refused(f"is nested more than {MOST_NESTING} deep", node.line)
    return whole


def _refuse_what_is_not_read(event: NodeEvent) -> None:
    if event.anchor:  # of an alias it is the name
        raise Refused(ANCHOR, _line_of(event))
    if getattr(event, "tag", None) is not None:
        raise Refused(TAG, _line_of(event))


def _line_of(event: Event) -> int:
    line: int = event.start_mark.line + 1
    return line
