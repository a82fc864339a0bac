"""Markdown -> safe HTML, in one function. Runs when a release is published, never when it is read."""

import re

import markdown
import nh3

MOST_CHARACTERS = 50_000
MOST_NESTING = 20

TAGS = {"p", "br", "strong", "em", "code", "pre", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "hr"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href", "title"}}


class TooLarge(ValueError):
    """The text would keep the parser busy for minutes; the message says what to shorten."""


def to_html(text: str) -> str:
    """Return the Markdown as sanitised HTML: raw HTML is shown as text, links are http(s), mailto or local.

    Raises TooLarge for texts that are long or nested beyond reason, before the parser sees them.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"The text has {len(text)} characters; {MOST_CHARACTERS} are the most.")
    for line in text.splitlines():
        if re.match(rf"(\s*(>|[-*+]|\d+[.)])\s*){{{MOST_NESTING},}}", line) or len(line) - len(line.lstrip()) > 4 * MOST_NESTING:
            raise TooLarge("Lists or quotations are nested too deeply.")
    if re.search(r"[\[*_`(!<]{200,}", text) or text.count("[") > 2000:
        raise TooLarge("There are too many brackets or marks in a row.")
    reader = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    html = reader.convert(text)
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer nofollow"
    )
