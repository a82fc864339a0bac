"""The pages about the evidence of the full world, and how tests read and change them."""

import re

from comparison.publishing import publish as publishing
from tests import worlds
from tests.tools import Page, html, words_of

SECTIONS = {  # what each says in the full world, and the source that says it
    "choose-when": ("When speed matters.", "agency"),
    "pros-and-cons": ("Typed throughout.", "agency"),
    "together": ("Whole: accounts", "agency"),
    "migrations": ("4-8 weeks", "agency"),
    "costs": ("₹4,000-8,000 a month", "agency"),
    "security": ("Keep tokens short-lived.", "agency"),
    "deployment": ("Both run in containers.", "agency"),
    "stories": ("Gain: Cost, 30%", "agency"),
    "popularity": ("60k. Counted in Dec 2023.", "vendor"),
    "trends": ("Asynchronous code spreads.", "agency"),
    "practices": ("Eight factors are announced, five given.", "agency"),
    "questions": ("Can I use both? Yes, side by side.", "agency"),
}
PAGES = [
    "sources/",
    "sources/agency/",
    "options/",
    "tree/",
    "samples/",
    "search/",
    "search/?find=swift",
    "freshness/",
    *(f"{slug}/" for slug in SECTIONS),
]
NOTE = "There is no such page of this comparison; this is the whole of it."


def main_of(address):
    return Page(html(address)).outer("main")


def words_on(address):
    """Return the words of a page, without those around it."""
    return words_of(main_of(address))


def section(address, id):
    return words_of(Page(html(address)).outer(id))


def full(slug, **changes):
    """Return the full world as a tree under another name; the old names that it answers to stay
    with the first.
    """
    return {
        key: value
        for key, value in worlds.full_tree(slug=slug, **changes).items()
        if key != "renamed"
    }


def another(slug="other", **changes):
    """Publish a full world of another name, changed."""
    return publishing.publish(worlds.draft(full(slug, **changes)), "eve", "Now.")


def with_(noun, slug, **changes):
    """Return the full world's rows of one noun, one of them changed."""
    return [row | (changes if row["slug"] == slug else {}) for row in worlds.full_tree()[noun]]


def links(markup):
    return [e["href"] for e in Page(markup).find("a") if e.get("href", "").startswith("/")]


def missing_anchors(addresses, query=""):
    """Return every address, with no query, whose page or place is not there."""
    known, missing = {}, []
    for address in dict.fromkeys(addresses):
        path, _, place = address.partition("#")
        if path not in known:
            text = html(f"{path}?{query}")
            known[path] = set(re.findall(r'\sid="([^"]+)"', text)) if NOTE not in text else None
        if known[path] is None or (place and place not in known[path]):
            missing.append(address)
    return missing
