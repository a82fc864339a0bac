"""Any link on any address by any method: no answer is a break of ours, and none is a dead end while
its comparison exists.
"""

import os
import re
from urllib.parse import quote

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from comparison.core.query import FORM_KEYS, KEYS, OF_OTHER_PAGES
from comparison.core.selection import parse
from comparison.rendering.jinja import render
from comparison.web.regions import REGIONS
from tests import worlds
from tests.tools import addresses, get, words_of

pytestmark = pytest.mark.django_db
LINKS = int(os.environ.get("LINKS", "250"))  # `make soak` draws 20,000
METHODS = ("GET",) * 12 + ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "JUNK")


@pytest.fixture
def story():
    """Two comparisons, of which one has been renamed and has lost a criterion, an option and a
    source; and a draft.
    """
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    criteria = [criterion for criterion in tree["criteria"] if criterion["slug"] != "ease"]
    for criterion in criteria:
        criterion["cells"].pop("cyd")
    renamed = [{"kind": "comparison", "old": "tiny", "new": "small"}]
    fewer = {
        "criteria": criteria,
        "options": tree["options"][:2],
        "sources": tree["sources"][:1],
        "renamed": renamed,
    }
    worlds.publish(worlds.tiny_tree(slug="small", **fewer))
    worlds.publish(worlds.full_tree())
    worlds.draft(worlds.tiny_tree(slug="unpublished"))


FULL = worlds.full_tree()
SLUGS = {
    "slug": ("tiny", "small", FULL["slug"], "unpublished", "nowhere"),
    "release": ("1", "2", "99", "0", "draft", "1.0", "²", "9" * 40),
    "criterion": ("speed", "ease", "throughput", "gone"),
    "option": ("ada", "cyd", "zed"),
    "source": ("first", "second", "agency"),
    "section": ("questions", "security", "costs", "gone"),
    "figure": ("throughput", "latency", "gone"),
    "use_case": ("race", "first-product", "gone"),
    "region": (*REGIONS, "gone"),
    "span": ("1..2", "2..1", "1..99", "1", "..", "x..y"),
    "number": ("1", "2", "99", "x"),
    "anything": ("gone", "a/b/c", "tiny/gone", "index.html", ""),
}
STRANGE = st.sampled_from(
    [
        "",
        "%00",
        "%",
        "%zz",
        "%FF",
        "%ED%A0%80",
        "a" * 3000,
        "é",
        "<b>",
        "..",
        "-",
        "%2F",
        "%252F",
        "'\"",
        "%0A",
    ]
)
NAMES = sorted({name for names in SLUGS.values() for name in names})
NAMES += [
    "race",
    "thrift",
    "hurry",
    "use",
    "money",
    "cost",
    "none",
    "addon",
    "commercial",
    "differences",
    "claims",
    "light",
]
OF_PAGES = (
    "find",
    "before",
    "theme",
    "page",
    "after",
    "limit",
    "criterion",
    "option",
    "release",
    "sent",
    "url",
    "format",
)
WORDS = (
    *KEYS,
    *FORM_KEYS,
    *OF_OTHER_PAGES,
    *OF_PAGES,
    "w-speed",
    "w-gone",
    "w-",
    "colour",
    "utm_source",
)


@st.composite
def links(draw):
    """Draw one address with a query: names that are there, names that are not, and what is no name
    at all.
    """
    path = draw(st.sampled_from(sorted(set(addresses()))))
    steps = re.split("<(.*?)>", path)
    for position, name in enumerate(steps[1::2]):
        steps[2 * position + 1] = draw(
            st.sampled_from(SLUGS[name]) if draw(st.integers(0, 9)) else STRANGE
        )
    path = "".join(steps)
    query = draw(queries())
    if path == "/oembed":
        inside = f"http://testserver/{draw(st.sampled_from(SLUGS['slug']))}/?{draw(queries())}"
        query += f"&url={quote(inside, safe='')}"
    return path + draw(st.sampled_from(["", "", "", "/", "//"])) + ("?" + query if query else "")


@st.composite
def queries(draw):
    name = st.sampled_from(NAMES)
    parts = (
        name,
        st.builds(
            "{}:{}".format,
            name,
            st.sampled_from(["on", "off", "yes", "5", "-1", "9" * 30, "x", ""]),
        ),
        st.builds("{},{}".format, name, name),
        STRANGE,
        st.text(max_size=5).map(lambda text: quote(text.encode("utf-8", "surrogatepass"))),
    )
    key = st.sampled_from(WORDS) if draw(st.integers(0, 9)) else STRANGE
    pairs = draw(st.lists(st.builds("{}={}".format, key, st.one_of(*parts)), max_size=6))
    if draw(st.booleans()):
        pairs.insert(0, "form=1")
    if not draw(st.integers(0, 49)):
        pairs.append("&".join(f"key-{number}=x" for number in range(1200)))
    return "&".join(pairs)


def exists(link):
    """Say whether a link's first part is the name of a comparison that has been published."""
    first = link.partition("?")[0].split("/")[1]
    return first in ("tiny", "small", FULL["slug"])


@pytest.mark.parametrize("key", sorted({*KEYS, *FORM_KEYS, *OF_OTHER_PAGES, "w-gone"}))
def test_what_a_key_names_and_is_not_there_is_told_in_a_sentence(key):
    for query in (f"{key}=gone", f"form=1&{key}=gone", f"form=1&{key}=gone:yes"):
        for note in parse(worlds.tiny(), query)[1]:
            words = words_of(render("api/note.txt", page=note))
            assert words and "A name" not in words, note


def test_a_button_for_a_must_have_that_was_withdrawn_leaves_the_page_with_a_note(story):
    for query in ("form=1&drop=gone", "form=1&apply=gone"):
        assert "“gone” does not exist here, or not any more." in words_of(
            get(f"/small/?{query}").content.decode()
        )


def test_no_link_ends_in_a_break_and_none_of_a_comparison_is_a_dead_end(story):
    client = Client(raise_request_exception=False)

    @runs(
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=LINKS,
        suppress_health_check=list(HealthCheck),
    )
    @given(links(), st.sampled_from(METHODS))
    def draw(link, method):
        response = client.generic(method, link)
        assert response.status_code < 500, (method, link)
        if method in ("GET", "HEAD") and exists(link):
            assert response.status_code not in (400, 404, 410), (method, link)

    draw()
