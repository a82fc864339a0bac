"""Addresses that are nearly right, as people type them and programs mangle them: each leads to the
one that is meant.
"""

import re

import pytest
from django.test import Client

from tests import worlds
from tests.tools import addresses, get, html, words_of

pytestmark = pytest.mark.django_db
THERE = {
    "slug": "tiny",
    "release": "1",
    "criterion": "speed",
    "option": "ada",
    "source": "first",
    "section": "questions",
    "figure": "latency",
    "use_case": "race",
    "region": "results",
    "span": "1..2",
    "number": "1",
}


@pytest.fixture
def twice():
    """The tiny world as two releases; with the second it was renamed."""
    worlds.publish(worlds.tiny_tree(slug="once"))
    worlds.publish(worlds.tiny_tree(renamed=[{"kind": "comparison", "old": "once", "new": "tiny"}]))
    worlds.publish(
        worlds.with_scores(
            worlds.tiny_tree(renamed=[{"kind": "comparison", "old": "once", "new": "tiny"}]),
            speed_ada=3,
        )
    )


PLACES = sorted(
    {
        re.sub("<(.*?)>", lambda name: THERE[name[1]], way)
        for way in addresses()
        if "anything" not in way and way != "/"
    }
)


def other(place):
    return place.rstrip("/") if place.endswith("/") else place + "/"


def test_an_address_without_its_last_slash_or_with_one_too_many_leads_to_the_one_that_is_meant(
    twice,
):
    for place in PLACES:
        for query in ("", "?off=cost&use=a%20%2Bb&x=%E9"):
            answer = get(other(place) + query, 301)
            assert answer.headers["Location"] == place + query
            assert "max-age" in answer.headers["Cache-Control"]
        assert Client().head(other(place)).status_code == 301


def test_the_url_map_is_walked_whole():
    assert {
        "/tiny/@1/embed/",
        "/tiny/sources/",
        "/method/",
        "/feed.xml",
        "/tiny/-/data.json",
        "/api/v1/comparisons",
    } <= set(PLACES)
    assert len(PLACES) > 70


@pytest.mark.parametrize(
    ("place", "meant"),
    [
        pytest.param("/tiny/@1", "/tiny/@1/", id="pinned"),
        pytest.param("/tiny/@1?off=cost", "/tiny/@1/?off=cost", id="pinned, with a selection"),
        pytest.param("/tiny/@1/embed", "/tiny/@1/embed/", id="pinned frame"),
        pytest.param("/once/@1", "/once/@1/", id="renamed, pinned"),
        pytest.param("/once/sources", "/once/sources/", id="renamed"),
        pytest.param("/admin", "/admin/", id="admin"),
        pytest.param("/api", "/api/", id="about the API"),
        pytest.param("/Tiny/", "/tiny/", id="capitals"),
        pytest.param(
            "/TINY?off=cost&q=A", "/tiny/?off=cost&q=A", id="capitals and no slash; the query stays"
        ),
        pytest.param("/Tiny/@%C2%B2/", "/tiny/@%C2%B2/", id="capitals before what is no release"),
        pytest.param(
            "/TINY/%3Cb%3E/?off=cost",
            "/tiny/%3Cb%3E/?off=cost",
            id="capitals before what is no page",
        ),
        pytest.param("/tiny/Cell/Speed/Ada/", "/tiny/cell/speed/ada/", id="a cell in capitals"),
        pytest.param(
            "/tiny/why/BOB/?off=cost", "/tiny/why/bob/?off=cost", id="an option in capitals"
        ),
        pytest.param("/tiny/Sources/First", "/tiny/sources/first/", id="a source in capitals"),
        pytest.param("/tiny/Questions/", "/tiny/questions/", id="a section in capitals"),
        pytest.param("/tiny/@DRAFT/", "/tiny/@draft/", id="the draft in capitals"),
        pytest.param("/API/", "/api/", id="the API in capitals"),
        pytest.param(
            "/Api/V1/comparisons/Tiny/",
            "/api/v1/comparisons/tiny",
            id="an address of the API in capitals",
        ),
        pytest.param("/Method/", "/method/", id="the method in capitals"),
        pytest.param("/tiny//", "/tiny/", id="two slashes"),
        pytest.param("/tiny//sources//", "/tiny/sources/", id="two slashes everywhere"),
        pytest.param("/tiny/./sources/", "/tiny/sources/", id="a dot for a step"),
        pytest.param("/tiny/index.html", "/tiny/", id="index.html"),
        pytest.param("/tiny/%20", "/tiny/", id="a blank at the end"),
        pytest.param("/tiny/sources/%0A", "/tiny/sources/", id="a line end"),
        pytest.param(
            "/ti%C2%ADny/sou%E2%80%8Brces/", "/tiny/sources/", id="soft hyphen and zero-width blank"
        ),
        pytest.param("/tiny/).", "/tiny/", id="a bracket and a full stop"),
        pytest.param("/tiny/sources,", "/tiny/sources/", id="a comma"),
        pytest.param("/tiny/%22", "/tiny/", id="a quotation mark"),
        pytest.param("/tiny/%E2%80%9D", "/tiny/", id="a printer's quotation mark"),
        pytest.param("/tiny%3E", "/tiny/", id="an angle bracket"),
        pytest.param("/tiny/feed.xml.", "/tiny/feed.xml", id="a full stop after a file"),
        pytest.param("/tiny/%25401/", "/tiny/@1/", id="quoted twice"),
        pytest.param("/%EF%BD%94%EF%BD%89%EF%BD%8E%EF%BD%99/", "/tiny/", id="wide letters"),
        pytest.param(
            "/tiny/%3Fuse=race&off=cost", "/tiny/?use=race&off=cost", id="the question mark quoted"
        ),
        pytest.param(
            "/tiny/%3Fuse=race?off=cost", "/tiny/?use=race&off=cost", id="a query on either side"
        ),
        pytest.param(
            "/tiny/&use=race&off=cost",
            "/tiny/?use=race&off=cost",
            id="an ampersand for the question mark",
        ),
        pytest.param(
            "/tiny&utm_source=x?off=cost",
            "/tiny/?utm_source=x&off=cost",
            id="clicks counted before the query",
        ),
        pytest.param(
            "/tiny/%23matrix?off=cost", "/tiny/?off=cost", id="the place on the page quoted"
        ),
    ],
)
def test_what_was_typed_or_mangled_leads_to_what_is_meant(twice, place, meant):
    assert get(place, 301).headers["Location"] == meant


@pytest.mark.parametrize(
    "place", ["/tiny/sources", "/tiny/@1", "/once/", "/tiny/@draft/", "/tiny/suggest/speed/ada/"]
)
def test_a_query_that_is_too_long_to_be_sent_on_is_cut_and_leads_there_all_the_same(twice, place):
    for query in (
        "off=cost&" + "&".join(f"key-{number}=x" for number in range(2_500)),
        "q=" + "x" * 30_000,
    ):
        response = Client().get(f"{place}?{query}")
        assert response.status_code in (301, 302), place
        assert ("off" in response.headers["Location"]) == ("off" in query)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        pytest.param("use=RACE&W=Ease:5", "use=race&w=ease:5", id="names and a key"),
        pytest.param(
            "USE=race&q=SSO%20login", "use=race&q=SSO%20login", id="a key; what was typed stays"
        ),
    ],
)
def test_a_selection_in_capitals_leads_to_its_one_spelling(twice, query, meant):
    for base in ("/tiny/", "/tiny/@2/"):
        assert get(f"{base}?{query}", 302).headers["Location"] == f"{base}?{meant}"
        get(f"{base}?{meant}")


def test_a_selection_in_capitals_is_shown_where_something_of_it_could_not_be_used(twice):
    assert "“colour” means nothing here" in words_of(html("/tiny/?use=RACE&colour=red"))


def test_a_pinned_address_without_its_last_slash_shows_that_release(twice):
    shown = words_of(Client().get("/tiny/@1", follow=True).content.decode())
    assert "You are reading release 1" in shown
    assert "There is no such page" not in shown


def test_a_pinned_address_that_leads_nowhere_stays_in_its_release(twice):
    shown = words_of(html("/tiny/@1/nowhere/at/all/"))
    assert "You are reading release 1" in shown
    assert "There is no such page of this comparison" in shown


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example/",
        "//evil.example",
        "/\\evil.example/",
        "///evil.example/%2e%2e",
        "/%2F/evil.example/",
        "//tiny/@1",
        "/%5Cevil.example",
    ],
)
def test_no_address_leads_to_another_site(twice, place):
    response = Client().get(
        "/", PATH_INFO=place.replace("%2F", "/").replace("%5C", "\\").replace("%2e", ".")
    )
    assert response.status_code in (301, 404)
    assert re.match("/(?![/\\\\])", response.headers.get("Location", "/"))


def test_what_is_sent_without_the_last_slash_is_sent_on_with_all_it_holds(twice):
    client = Client()
    response = client.post(
        "/tiny/suggest?criterion=speed", {"text": "A longer text about this."}, follow=True
    )
    assert response.redirect_chain[0] == ("/tiny/suggest/?criterion=speed", 308)
    assert response.redirect_chain[1][0].endswith("sent=1")


def test_an_address_that_leads_nowhere_is_not_sent_round_in_circles(twice):
    get("/oembed?url=http://testserver/nowhere/", 404)
    get("/nowhere/", 404)
    get("/api/v1/comparisons/nowhere", 404)
    get("/static/nowhere", 404)
    get("/tiny/%3Cscript%3E/", 200)
