"""What is wrong with a file's YAML, in an editor's words: what stands there, and what to do. The
parser's own words come last.

The parser says where it stumbled, not why. Each entry below is a way in which people write a text
that YAML reads otherwise.
"""

import re
from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import ScalarEvent

LOST = (
    "what follows # is a comment and would be lost: put the whole text in quotes, like "
    "'Issue #12', or the comment on a line "
    "of its own"
)
COLON = "a text that holds a colon and a space has to stand in quotes, like 'Built in: yes'"
NO_SPACE = "a space is missing after the colon"
INDENTED = (
    "the line does not line up with those above it: indent the keys of one thing alike, and "
    "begin each item of a list with -"
)
UNQUOTED = "a text cannot begin with {}: put it in quotes"
GOES_ON = (
    "text goes on after a closing quote or bracket: put the whole in quotes, and double a "
    "quote within it, like 'It''s'"
)
NO_KEY = (
    "a line without a key: write `key: text`, or indent it further than the key whose text it "
    "goes on with"
)
OPEN_QUOTE = (
    "a quote that is opened here is never closed: close it, and double a quote within a text, "
    "like 'It''s'"
)
OPEN_BRACKET = (
    "a bracket that is opened here is never closed, or a comma is missing: put a text that "
    "begins with [ or {{ in quotes"
)
BACKSLASH = "a backslash means something within double quotes: use single quotes"
UNKNOWN = (
    "this line or the one above it cannot be read: look for a missing colon, space, quote or "
    "indentation"
)

# What the parser says, and what it means. {} is the character that it names.
MEANINGS = (
    (r"unexpected end of stream", OPEN_QUOTE),
    (r"found character '(.)' that cannot start", UNQUOTED),
    (r"expected the node content, but found '(.)'", UNQUOTED),
    (r"sequence entries are not allowed", UNQUOTED.format("- and a space")),
    (r"mapping keys are not allowed", UNQUOTED.format("? and a space")),
    (r"expected alphabetic or numeric character", UNQUOTED.format("* or &")),
    (r"chomping or indentation|expected a comment or a line break", UNQUOTED.format("> or |")),
    (r"expected ',' or", OPEN_BRACKET),
    (r"but found '<scalar>'", GOES_ON),
    (r"expected <block end>", INDENTED),
    (r"unknown escape character|escape sequence", BACKSLASH),
    (r"could not find expected ':'", NO_KEY),
    (r"mapping values are not allowed", COLON),
)


def explain(error: MarkedYAMLError, text: str) -> tuple[int, str]:
    """Return the line where an editor has to look, and what to do there."""
    problem, context = str(error.problem or ""), str(error.context or "")
    # where it began helps most
    begun = "end of stream" in problem or "expected ','" in problem or "simple key" in context
    mark = (begun and error.context_mark) or error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = min(mark.line + 1 if mark else 1, len(lines))
    if "\t" in lines[line - 1]:
        return line, "a tab cannot indent: use spaces" if _indents_by_tab(
            lines[line - 1]
        ) else "a tab stands in the line: use a space"
    words = next(
        (
            meaning.format(*match.groups())
            for pattern, meaning in MEANINGS
            if (match := re.search(pattern, problem))
        ),
        UNKNOWN,
    )
    if words == COLON and len(re.findall(r":(?=\s|$)", lines[line - 1])) < 2:
        words = INDENTED
    if words in (INDENTED, NO_KEY):
        for number in (line, line - 1):
            if number and re.match(r"\s*(?:- +)?[a-z_]+:[^\s/]", lines[number - 1]):
                line, words = number, NO_SPACE
                break
            if number and re.search(r"\S\s+#", lines[number - 1]):
                return number, LOST
    return line, f"is not YAML: {words} ({problem or context})"


def _indents_by_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def lost_text(event: ScalarEvent, text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, and what to do, where the parser takes what follows a text for a comment.

    A comment after a text cannot be told from a text with a # in it. After a quoted text, a bracket
    or a key alone it can.
    """
    end = event.end_mark.index
    if "#" not in text:
        return
    if event.style is None and event.value == "":
        begin = _line_of_empty(text, end)
        behind = re.search(r"(?:^|[\s:-])#", text[begin : _line_end(text, begin)])
    else:
        begin = end
        behind = re.match(
            r"[ \t]*#" if event.style is None else "#", text[end : _line_end(text, end)]
        )
    if behind and event.style in (None, "'", '"'):
        yield event.end_mark.line + 1 - text.count("\n", begin, end), LOST


def _line_of_empty(text: str, end: int) -> int:
    """Return where the line begins that a value is missing in: the parser looked for it further
    down.
    """
    begin = text.rfind("\n", 0, end) + 1
    while begin and (not (before := text[begin:end].strip()) or before.startswith("#")):
        end = begin - 1
        begin = text.rfind("\n", 0, end) + 1
    return begin


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return len(text) if end < 0 else end
