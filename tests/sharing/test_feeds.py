"""Atom feeds, as a feed reader and as a cache meet them."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from comparison.core.document.schema import Document
from comparison.models import Release
from comparison.publishing.store.release_file import digest_of
from tests import worlds
from tests.tools import Page, get, html

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def two():
    """Two releases of one comparison and one of another."""
    worlds.publish(worlds.tiny_tree(), "First release.")
    worlds.publish(
        worlds.with_scores(worlds.tiny_tree(), speed_ada=6), "Ada & co <measured> again."
    )
    worlds.publish(worlds.tiny_tree(slug="other", title="Another"), "Theirs.")


def feed(address):
    response = get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(root, name):
    return [element.text for element in root.iter(ATOM + name)]


def links(element, rel="alternate"):
    return [link.get("href") for link in element.findall(ATOM + "link") if link.get("rel") == rel]


def test_a_comparisons_feed_holds_its_releases_newest_first(two):
    root = feed("/tiny/feed.xml")
    entries = root.findall(ATOM + "entry")
    assert [entry.find(ATOM + "title").text for entry in entries] == [
        "Ada, Bob or Cyd? · Release 2: Ada & co <measured> again.",
        "Ada, Bob or Cyd? · Release 1: First release.",
    ]
    assert [links(entry) for entry in entries] == [
        ["http://testserver/tiny/changes/1..2/"],
        ["http://testserver/tiny/@1/"],
    ]
    assert [entry.find(f"{ATOM}author/{ATOM}name").text for entry in entries] == ["eve", "eve"]


def test_the_sites_feed_holds_the_releases_of_all(two):
    assert {"Another · Release 1", "Ada, Bob or Cyd? · Release 2"} <= {
        title.partition(":")[0] for title in texts(feed("/feed.xml"), "title")
    }


def test_an_entry_tells_note_and_numbers_as_text(two):
    summary = feed("/tiny/feed.xml").find(f"{ATOM}entry/{ATOM}summary")
    assert summary.get("type") == "html"
    assert "Ada &amp; co &lt;measured&gt; again." in summary.text
    assert "Since release 1: 1 cell changed." in summary.text


@pytest.mark.parametrize("address", ["/tiny/feed.xml", "/feed.xml"])
def test_a_feed_has_what_the_format_demands(two, address):
    root = feed(address)
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
    assert root.tag == ATOM + "feed"
    for thing in (root, *root.findall(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            assert len(thing.findall(ATOM + name)) == 1, name
        assert stamp.fullmatch(thing.find(ATOM + "updated").text)
        assert thing.find(ATOM + "id").text.startswith("tag:evenhand,2026:")
    assert links(root, "self") == [f"http://testserver{address}"]
    ids = [entry.find(ATOM + "id").text for entry in root.findall(ATOM + "entry")]
    assert len(set(ids)) == len(ids)
    newest = max(entry.find(ATOM + "updated").text for entry in root.findall(ATOM + "entry"))
    assert root.find(ATOM + "updated").text == newest


def test_a_feed_links_to_pages_that_are_there(two):
    for entry in feed("/feed.xml").findall(ATOM + "entry"):
        (address,) = links(entry)
        get(address.removeprefix("http://testserver"))


def test_a_site_without_releases_has_an_empty_feed_that_does_not_change():
    assert get("/feed.xml").content == get("/feed.xml").content
    assert feed("/feed.xml").findall(ATOM + "entry") == []
    assert texts(feed("/feed.xml"), "updated") == ["2026-01-01T00:00:00+00:00"]


def test_characters_that_the_format_cannot_hold_are_left_out():
    document = Document.model_validate(worlds.tiny_tree())
    Release.objects.create(
        slug="tiny",
        number=1,
        title="A\x0bB",
        document=(text := document.model_dump_json(exclude_defaults=True)),
        digest=digest_of(text),
        editor="e\x1fve",
        note="no\x00te \ufffe".replace("\x00", "\x01"),
        published_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    root = feed("/feed.xml")
    assert "AB · Release 1: note " in texts(root, "title") and "eve" in texts(root, "name")


@pytest.mark.parametrize("address", ["/tiny/feed.xml", "/feed.xml"])
def test_a_feed_costs_two_queries_at_most(two, address, django_assert_max_num_queries):
    html("/tiny/")
    with django_assert_max_num_queries(2):
        get(address)


@pytest.mark.parametrize("address", ["/tiny/feed.xml", "/feed.xml"])
def test_a_cache_may_ask_whether_a_feed_changed(two, address):
    first = get(address)
    assert "public" in first["Cache-Control"]
    assert get(address, 304, **{"If-None-Match": first["ETag"]}).content == b""
    worlds.publish(worlds.tiny_tree(), "Third.")
    assert get(address, 200, **{"If-None-Match": first["ETag"]})["ETag"] != first["ETag"]


def test_pages_tell_where_their_feeds_are(two):
    def feeds_named_on(address):
        return [
            e["href"]
            for e in Page(html(address)).find("link", rel="alternate", type="application/atom+xml")
        ]

    assert feeds_named_on("/") == ["/feed.xml"]
    for address in ("/tiny/", "/tiny/@1/", "/tiny/sources/", "/tiny/changes/"):
        assert feeds_named_on(address) == ["/feed.xml", "/tiny/feed.xml"]


def test_a_feed_of_nothing_is_not_found(two):
    get("/nothing/feed.xml", 404)


def test_the_feed_of_a_renamed_comparison_goes_on(two):
    from comparison.models import Comparison

    Comparison.objects.filter(slug="tiny").update(slug="small")
    worlds.publish(
        worlds.tiny_tree(
            slug="small", renamed=[{"kind": "comparison", "old": "tiny", "new": "small"}]
        )
    )
    assert get("/tiny/feed.xml", 301)["Location"] == "/small/feed.xml"
    entries = feed("/small/feed.xml").findall(ATOM + "entry")
    ids = [entry.find(ATOM + "id").text for entry in entries]
    assert ids == [
        f"tag:evenhand,2026:{entry_name}" for entry_name in ("small/3", "tiny/2", "tiny/1")
    ]


def test_an_entry_and_a_feed_have_one_name_for_ever_under_any_host_and_after_a_rename(db):
    def names(address, host):
        feed = feedparser.parse(Client(headers={"Host": host}).get(address).content)
        return (
            feed.feed.id,
            [entry.id for entry in feed.entries],
            [link.href for link in feed.feed.links if link.rel == "self"],
        )

    worlds.publish(worlds.tiny_tree(slug="before"))
    own, (entry,), _ = names("/before/feed.xml", "localhost")
    assert "localhost" not in own + entry
    worlds.publish(
        worlds.tiny_tree(renamed=[{"kind": "comparison", "old": "before", "new": "tiny"}])
    )
    for host in ("localhost", "127.0.0.1"):
        now, (newest, oldest), (here,) = names("/tiny/feed.xml", host)
        assert (now, oldest) == (own, entry)
        assert newest != oldest
        assert here == f"http://{host}/tiny/feed.xml"
        of_site, all_entries, _ = names("/feed.xml", host)
        assert set(all_entries) == {newest, oldest}
        assert of_site not in (own, *all_entries)
