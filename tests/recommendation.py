"""The recommendation of the tiny world as its regions give it, read for tests."""

import re
from html import unescape

from tests.tools import Page, data, html, words_of
from tests.worlds.score_rows import NAMES

# Selections of the tiny world that together show every label, a tie, a must-have, a criterion off
# and an option left out.
QUERIES = [
    "",
    "use=race",
    "off=ease",
    "w=speed:1",
    "off=speed,cost",
    "off=cost",
    "use=thrift",
    "must=cost",
    "options=ada,bob",
]


def panel(query=""):
    """Return the recommendation as its region gives it."""
    return html(f"/tiny/-/results/?{query}")


def told(query=""):
    """Return the words of the recommendation."""
    return words_of(panel(query))


def opened(query=""):
    """Return what the panel brings when "What else" is opened."""
    return html(f"/tiny/-/flips/?{query}")


def label(query=""):
    """Return the words of the label and how many of its three squares are filled; None where it has
    no squares.
    """
    match = re.search(r'<span class="label">(.*?)</b>', panel(query), re.DOTALL)
    if not match:
        return None
    squares = Page(match[1]).find("i")
    filled = sum(square.get("class") == "on" for square in squares) if squares else None
    assert not squares or len(squares) == 3
    return words_of(match[1]).strip(), filled


def decision(query=""):
    return data(query)["decision"]


def leaders(query=""):
    """Return who leads, by name, in editorial order."""
    return [NAMES[slug] for slug in decision(query)["leaders"]]


def spaced(text):
    """Return the words of some HTML with a blank between elements, so that the cells of a table
    stay apart.
    """
    return words_of(text.replace("<", " <"))


def query_of(address):
    """Return the query of a link as it stands in a page."""
    return unescape(address).partition("?")[2]


def links(text, pattern):
    """Return the addresses of a page's links that match."""
    return [e["href"] for e in Page(text).find("a") if re.search(pattern, e.get("href") or "")]


def named(words):
    """Return the options that some words name: "Ada", "Ada and Bob", "Ada, Bob and Cyd"."""
    return re.split(", | and ", words)
