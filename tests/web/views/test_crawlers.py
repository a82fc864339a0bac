"""What a search engine makes of the site: few addresses, each a page, however many views
there are.
"""

import re

import feedparser
import pytest
from django.test import Client

from tests import worlds
from tests.tools import Page, get, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    """The full world, and the tiny one, which once had another address."""
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.tiny_tree(slug="once"))
    worlds.publish(worlds.tiny_tree(renamed=[{"kind": "comparison", "old": "once", "new": "tiny"}]))


def closed():
    """Return what the rules for everybody close and open, as patterns (RFC 9309: the longest rule
    decides).
    """
    rules = get("/robots.txt").content.decode().partition("User-agent: *\n")[2].partition("\n\n")[0]
    return [
        (
            word == "Disallow",
            len(place),
            re.compile(re.escape(place).replace(r"\*", ".*").replace(r"\$", "$")),
        )
        for word, place in (line.split(": ") for line in rules.splitlines())
    ]


def may_open(rules, address):
    matching = [(length, not shut) for shut, length, pattern in rules if pattern.match(address)]
    return max(matching, default=(0, True))[1]


def test_a_crawler_that_follows_every_link_opens_a_page_once_and_is_done(renamed):
    rules, waiting, seen = closed(), ["/"], {}
    while waiting:
        address = waiting.pop()
        if address in seen or not may_open(rules, address):
            continue
        response = Client().get(address)
        assert response.status_code in (200, 301), address
        seen[address] = response
        if response.status_code == 301 or "html" not in response["Content-Type"]:
            continue
        page = Page(response.content.decode())
        robots = response.get("X-Robots-Tag", "") + "".join(
            e["content"] for e in page.find("meta", name="robots")
        )
        if "nofollow" in robots:
            continue
        links = [
            e["href"].partition("#")[0]
            for e in page.find("a")
            if "nofollow" not in (e.get("rel") or "") and e.get("href")
        ]
        here = [link for link in links if link.startswith("/")]
        assert not [link for link in here if "?" in link and "?page=" not in link], address
        waiting += here
    assert {
        "/",
        "/method/",
        "/api/",
        "/tiny/",
        "/tiny/sources/",
        "/full/cell/rate-limits/swift/",
        "/full/costs/",
    } <= set(seen)
    assert not [address for address in seen if "?" in address or "@" in address or "/-/" in address]
    assert len(seen) < 100


@pytest.mark.parametrize("place", ["", "sources/", "why/ada/", "tree/"])
def test_a_page_without_a_selection_is_found_under_its_own_address_and_no_other_view_of_it(
    renamed, place
):
    answer = get(f"/tiny/{place}")
    assert answer["Link"] == f'<http://testserver/tiny/{place}>; rel="canonical"'
    assert "X-Robots-Tag" not in answer
    assert get(f"/tiny/{place}?utm_source=x").get("Link") == answer["Link"]
    for view in (f"/tiny/{place}?off=cost", f"/tiny/@2/{place}", f"/tiny/@2/{place}?off=cost"):
        assert get(view)["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", ["/", "/method/"])
def test_so_are_the_pages_beside_the_comparisons(renamed, path):
    assert get(path)["Link"] == f'<http://testserver{path}>; rel="canonical"'
    assert "Link" not in get(f"{path}?page=2")


def test_the_head_of_a_page_says_the_same_and_previews_keep_the_very_view(renamed):
    page = Page(html("/tiny/"))
    assert page.find("link", rel="canonical")[0]["href"] == "http://testserver/tiny/"
    assert not page.find("meta", name="robots")
    for view in ("/tiny/?off=cost", "/tiny/@2/", "/tiny/@2/?off=cost"):
        page = Page(html(view))
        assert page.find("meta", name="robots")[0]["content"] == "noindex, nofollow"
        # the address that phones share
        assert page.find("link", rel="canonical")[0]["href"] == f"http://testserver{view}"
        assert page.find("meta", property="og:url")[0]["content"] == f"http://testserver{view}"


def robots_of(address):
    """Return what an address says to search engines: in its header, in its head, and whether it
    claims to be the one to find.
    """
    answer = get(address)
    metas = Page(answer.content.decode()).find("meta", name="robots")
    return (
        answer.headers.get("X-Robots-Tag"),
        *[meta["content"] for meta in metas],
        answer.headers.get("Link"),
    )


@pytest.mark.parametrize("place", ["cell/speed/ada/", "parts/", "share/", "embed/"])
def test_a_part_of_a_page_is_not_found_but_its_links_are_followed(renamed, place):
    assert robots_of(f"/tiny/{place}") == ("noindex", "noindex", None)
    assert robots_of(f"/tiny/{place}?off=cost") == ("noindex, nofollow", "noindex, nofollow", None)


NOWHERE = [
    "nowhere/",
    "no/where",
    "%0D%0Ax: y",
    "cell/gone/ada/",
    "sources/gone/",
    "why/gone/",
    "samples/",
    "changes/2..1/",
    "@99/",
]


@pytest.mark.parametrize("place", NOWHERE)
def test_an_address_that_leads_nowhere_is_neither_found_nor_a_break(renamed, place):
    assert robots_of(f"/tiny/{place}") == ("noindex, nofollow", "noindex, nofollow", None)


def test_a_search_on_the_hub_is_no_page_to_find_and_its_other_pages_are(renamed):
    assert get("/?q=tiny")["X-Robots-Tag"] == "noindex, nofollow"
    assert not [
        place for place in ("/", "/?page=2", "/?utm_source=x") if "X-Robots-Tag" in get(place)
    ]


def test_robots_txt_names_the_sitemap_and_lets_previews_open_every_view():
    text = get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text.splitlines()
    assert (
        text.startswith("User-agent: Twitterbot\n") and "Disallow: /admin/\n\nUser-agent: *" in text
    )
    rules = closed()
    for address in (
        "/admin/",
        "/tiny/?off=cost",
        "/tiny/-/results/",
        "/tiny/@1/",
        "/tiny/share/",
        "/tiny/embed/",
        "/-/comparisons/",
    ):
        assert not may_open(rules, address), address
    for address in (
        "/",
        "/?page=2",
        "/tiny/",
        "/tiny/sources/first/",
        "/tiny/-/card.png",
        "/method/",
    ):
        assert may_open(rules, address), address


def test_the_sitemap_names_every_comparison_once_with_the_day_of_its_release(
    renamed, django_assert_max_num_queries
):
    parts = re.findall("<loc>(.*?)</loc>", get("/sitemap.xml").content.decode())
    assert len(parts) == 2 and all(part.startswith("http://testserver/") for part in parts)
    with django_assert_max_num_queries(4):
        texts = "".join(
            get(part.removeprefix("http://testserver")).content.decode() for part in parts
        )
    places = re.findall("<loc>http://testserver(.*?)</loc>", texts)
    assert sorted(places) == ["/", "/api/", "/full/", "/method/", "/tiny/"]
    assert len(re.findall("<lastmod>", texts)) == 2
    for place in places:
        get(place)
    assert get("/sitemap.xml")["Content-Security-Policy"]


def test_a_feed_is_no_page(renamed):
    assert feedparser.parse(get("/feed.xml").content).entries
    assert "noindex" in get("/feed.xml")["X-Robots-Tag"]
