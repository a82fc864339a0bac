"""Program text -> markup with classes for its parts. The style sheet colours them."""

import re
from collections.abc import Container
from itertools import groupby

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

# Names, signs and blanks look like the rest; their elements were two thirds of a program's markup.
PLAIN = re.compile(r'<span class="(?:n|p|o|w|nn|fm|nl|nx|na|nb|bp|vm|mi|mf|err)">([^<]*)</span>')
OPENING = re.compile(r'\s*("""|\'\'\').*?\1[ \t]*\n', re.DOTALL)
IMPORT = re.compile(r"\n*(?:import [^\n]+|from \S+ import (?:\([^)]*\)|[^\n(]+))[ \t]*\n")


def highlighted(path: str, code: str, marked: Container[int] = ()) -> Markup:
    """Return the code as markup with classes for its parts; the style sheet colours them.

    marked: lines, counted from 0, that stand out.
    """
    try:
        lexer = get_lexer_for_filename(path, stripnl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False)
    lines = PLAIN.sub(r"\1", highlight(code, lexer, HtmlFormatter(nowrap=True))).split("\n")
    parts = []
    for is_marked, run in groupby(enumerate(lines), key=lambda line: line[0] in marked):
        text = "\n".join([line for _, line in run])
        parts.append(f"<mark>{text}</mark>" if is_marked else text)
    return Markup("\n".join(parts))  # noqa: S704  (pygments escapes the code)


def parted(path: str, code: str) -> tuple[str, str]:
    """Return the opening of a Python file, what it says of itself and imports, and what it does; of
    other files nothing and all.
    """
    if not path.endswith(".py"):
        return "", code
    opening = OPENING.match(code)
    begun = opening.end() if opening else 0
    while imported := IMPORT.match(code, begun):
        begun = imported.end()
    return code[:begun].strip("\n"), code[begun:].strip("\n")
