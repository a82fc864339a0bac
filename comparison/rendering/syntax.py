"""Program text -> markup with classes for its parts. The style sheet colours them."""

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound


def highlighted(path: str, code: str) -> Markup:
    """Return the code as markup with classes for its parts; the style sheet colours them."""
    try:
        lexer = get_lexer_for_filename(path)
    except ClassNotFound:
        lexer = TextLexer()
    return Markup(highlight(code, lexer, HtmlFormatter(nowrap=True)))  # noqa: S704  (it escapes the code)
