"""A view's recommendation as plain text, line by line, for whatever is no page: pictures, oEmbed,
copies, data for machines.

The words are those of `templates/macros/headline.html`.
"""

from typing import NamedTuple

from markupsafe import Markup

from comparison.pages.comparison.page import ResultPage
from comparison.rendering.jinja import render


class InWords(NamedTuple):
    """A recommendation in the words of `macros/headline.html`, each on one line."""

    head: str
    case: str
    altered: str  # what the view leaves out and changes; empty where it is as published
    margin: str
    label: str
    sentence: str  # all of it, with comparison and release
    usual: str  # what is counted as long as no case is chosen; empty where one need not be


def in_words(page: ResultPage) -> InWords:
    """Return the recommendation of a view in words, as plain text."""
    lines = render("sharing/card_words.txt", page=page).split("\n")
    texts = [Markup(line).unescape() for line in lines[:7]]  # noqa: S704  (escaped by the template)
    return InWords(*(" ".join(text.split()) for text in texts))
