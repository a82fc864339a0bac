"""The hub: every comparison, found by words, page by page."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.tools import (
    Page,
    get,
    html,
    publish,
    words_of,
)

pytestmark = pytest.mark.django_db


def test_the_hub_lists_every_comparison(tiny):
    publish(slug="other", title="Another one")
    page = Page(html("/"))
    assert {"/tiny/", "/other/"} <= {e["href"] for e in page.find("a")}
    assert "2 comparisons" in page.text


def test_the_hub_counts_what_the_page_counts():
    worlds.publish(worlds.full_tree())

    def counted(part):
        words = words_of(part)
        return set(re.findall(r"(\d+) (option|criteri|source|claim)", words))

    of_page = counted(Page(html("/full/")).outer("meta"))
    of_hub = counted(Page(html("/")).outer("comparisons"))
    assert of_hub <= of_page
    assert {noun for _, noun in of_hub} >= {"option", "criteri", "source"}


def test_the_hub_is_searched_by_words(tiny):
    publish(slug="other", title="Another one")
    assert "/other/" in html("/?q=another+one")
    assert "/tiny/" not in html("/?q=another")
    assert "Nothing by that name" in html("/?q=zebra")
    assert (
        Page(html("/?q=another")).outer("comparisons") == html("/-/comparisons/?q=another").strip()
    )


def test_an_empty_hub_says_so():
    assert "Nothing is published yet" in html("/")


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00%FF",
        "?page=abc",
        "?page=-1",
        "?page=999",
        "?q=" + "a" * 9000,
        "?q=<script>alert(1)</script>",
    ],
)
def test_the_hub_takes_any_query(tiny, query):
    assert "<script>alert" not in html(f"/{query}")


def test_the_hubs_pages_keep_the_search(monkeypatch):
    monkeypatch.setattr("comparison.web.views.hub.PER_PAGE", 1)
    for slug in ("one", "two"):
        publish(slug=slug, title="Salt & pepper = spice #1")
    (following,) = [
        e["href"]
        for e in Page(html("/?q=salt+%26+pepper+%3D+%231")).find("a")
        if "page=2" in e["href"]
    ]
    page = Page(html(f"/{following}"))
    assert page.find("input", id="hub-q")[0]["value"] == "salt & pepper = #1"
    assert "Page 2" in page.text


@pytest.mark.parametrize("q", ["salt & pepper", "café", "日本", "a#b", "100%"])
def test_the_hubs_list_carries_the_hubs_address(tiny, q):
    address = get(f"/-/comparisons/?q={quote(q)}").headers["HX-Replace-Url"]
    assert Page(html(address)).find("input", id="hub-q")[0]["value"] == q


def test_a_warm_hub_costs_as_many_queries_for_many_as_for_one(tiny):
    def queries():
        get("/")
        with CaptureQueriesContext(connection) as captured:
            get("/")
        return len(captured)

    one = queries()
    for number in range(5):
        publish(slug=f"other-{number}")
    assert queries() == one <= 2
