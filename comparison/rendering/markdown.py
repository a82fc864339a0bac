"""Markdown -> safe HTML, in one function. Runs when a release is published, never when it
is read.
"""

import re

import markdown
import nh3

MOST_CHARACTERS = 50_000
MOST_NESTING = 20
MOST_LINES = 500  # of one paragraph, list or table
MOST_BRACKETS = 500

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "code",
    "pre",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href", "title"}}

# no two ways to match: nothing to try again
_MARK = re.compile(r"[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))")


class TooLarge(ValueError):
    """The text would keep the parser busy for minutes; the message says what to shorten."""


def to_html(text: str) -> str:
    """Return the Markdown as sanitised HTML: raw HTML is shown as text, links are http(s), mailto
    or local.

    Raises TooLarge for texts that are long or nested beyond reason, before the parser sees them.
    """
    refuse_bombs(text)
    below_sections = {"toc": {"baselevel": 3}}  # a heading in prose stands below the page's own
    reader = markdown.Markdown(
        extensions=["tables", "sane_lists", "toc"],
        extension_configs=below_sections,
        output_format="html",
    )
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    html = reader.convert(text)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def refuse_bombs(text: str) -> None:
    """Raise TooLarge where the parser would need more than a moment. Looks at every line once."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"The text has {len(text)} characters; {MOST_CHARACTERS} are the most.")
    lines_of_block = 0
    for line in text.splitlines():
        if _depth(line) >= MOST_NESTING:
            raise TooLarge("Lists or quotations are nested too deeply.")
        lines_of_block = lines_of_block + 1 if line.strip() else 0
        if lines_of_block > MOST_LINES:
            raise TooLarge(
                f"A paragraph, list or table has more than {MOST_LINES} lines: part it "
                "with empty lines."
            )
    if re.search(r"[\[*_`(!<]{200}", text) or text.count("[") > MOST_BRACKETS:
        raise TooLarge("There are too many brackets or marks in a row.")


def _depth(line: str) -> int:
    """Return how deep a line is nested: by its indentation, or by the marks of lists and quotations
    that it begins with.
    """
    marks, begin = 0, 0
    while mark := _MARK.match(line, begin):
        marks, begin = marks + 1, mark.end()
    indentation = line.expandtabs(4)
    return max(marks, (len(indentation) - len(indentation.lstrip())) // 4)
