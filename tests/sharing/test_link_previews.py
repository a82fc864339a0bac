"""What programs of others make of our pages: link previews, feeds and JSON-LD, each read by a
library that is not ours.
"""

import json
import re
from urllib.parse import urlsplit

import feedparser
import pytest
from linkpreview import Link, LinkPreview
from pyld import jsonld

from tests import worlds
from tests.tools import get, html

pytestmark = pytest.mark.django_db
PAGES = [
    "/tiny/",
    "/tiny/?use=race",
    "/tiny/?use=thrift",
    "/tiny/?off=speed,ease,cost",
    "/tiny/@1/?off=ease",
    "/tiny/@1/",
]
AWKWARD = 'Ada "fast" & <b>Bob</b>’s'


@pytest.fixture
def tiny():
    return worlds.publish(worlds.tiny_tree())


def preview(address):
    return LinkPreview(Link(f"http://testserver{address}", html(address)))


# --- link previews --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_a_preview_has_title_sentence_and_a_picture_that_is_there(tiny, address):
    shown = preview(address)
    assert shown.opengraph.title == shown.twitter.title == shown.title == "Ada, Bob or Cyd?"
    assert shown.opengraph.site_name == shown.site_name == "Evenhand"
    assert shown.opengraph.description == shown.twitter.description == shown.description
    picture = shown.opengraph.image
    assert picture == shown.twitter.image == shown.absolute_image
    parts = urlsplit(picture)
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
    answer = get(f"{parts.path}?{parts.query}")
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n")
    width, height = (
        int.from_bytes(answer.content[offset : offset + 4], "big") for offset in (16, 20)
    )
    assert (width, height) == (1200, 630)


@pytest.mark.parametrize("address", PAGES)
def test_a_preview_is_a_large_card_with_the_pictures_size_and_words(tiny, address):
    shown = preview(address)
    graph, card = shown.opengraph._get_property, shown.twitter._get_property
    assert card("twitter:card") == "summary_large_image"
    assert graph("og:type") == "website"
    assert graph("og:url") == f"http://testserver{address}"
    assert (graph("og:image:type"), graph("og:image:width"), graph("og:image:height")) == (
        "image/png",
        "1200",
        "630",
    )
    assert graph("og:image:alt") == card("twitter:image:alt") == shown.description


def test_the_sentence_is_of_this_very_view(tiny):
    assert "Ada for a race, ahead of Cyd by 2.1 points" in preview("/tiny/?use=race").description
    assert preview("/tiny/?use=thrift").description != preview("/tiny/").description
    assert preview("/tiny/@1/").description == preview("/tiny/").description


def test_names_with_markup_are_read_as_they_were_written():
    tree = worlds.tiny_tree(title=AWKWARD)
    tree["options"][0]["name"] = AWKWARD
    worlds.publish(tree)
    shown = preview("/tiny/")
    assert shown.opengraph.title == shown.twitter.title == AWKWARD
    assert AWKWARD in shown.description


# --- feeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/feed.xml", "/tiny/feed.xml"])
def test_a_feed_reader_takes_a_feed_without_complaint(address):
    worlds.publish(worlds.tiny_tree(title=AWKWARD), "First & <best>.")
    worlds.publish(
        worlds.with_scores(worlds.tiny_tree(title=AWKWARD), speed_ada=6), "Measured again."
    )
    answer = get(address)
    feed = feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"]}
    )
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.encoding == "utf-8"
    newest, first = feed.entries
    assert [entry.link for entry in feed.entries] == [
        "http://testserver/tiny/changes/1..2/",
        "http://testserver/tiny/@1/",
    ]
    assert len({entry.id for entry in feed.entries}) == 2
    assert newest.author == "eve" and newest.updated_parsed >= first.updated_parsed
    assert "Measured again." in newest.summary
    assert "First &amp; &lt;best&gt;." in first.summary
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [
        f"http://testserver{address}"
    ]
    for entry in feed.entries:
        get(entry.link.removeprefix("http://testserver"))


def test_an_empty_feed_is_taken_too(db):
    feed = feedparser.parse(get("/feed.xml").content)
    assert not feed.bozo and feed.entries == []


# --- JSON-LD --------------------------------------------------------------------------------------

SCHEMA = "https://schema.org/"


def expanded(address):
    """Return every node of a page's JSON-LD with whole names, as a processor reads it; without
    asking the network.
    """

    def vocabulary(url, options):
        assert url == "https://schema.org"
        context = {
            "@vocab": SCHEMA,
            "url": {"@type": "@id"},
            "contentUrl": {"@type": "@id"},
            "license": {"@type": "@id"},
        }
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": {"@context": context},
        }

    blocks = re.findall(
        r'<script [^>]*type="application/ld\+json">(.*?)</script>', html(address), re.DOTALL
    )
    reader = {"documentLoader": vocabulary, "base": f"http://testserver{address}"}
    return [node for block in blocks for node in jsonld.expand(json.loads(block), reader)]


def values(node, name):
    return [item.get("@value", item.get("@id")) for item in node[SCHEMA + name]]


@pytest.mark.parametrize(
    "address", ["/tiny/", "/tiny/?use=race", "/tiny/@1/?off=ease", "/tiny/?use=thrift"]
)
def test_a_processor_reads_the_comparison_as_a_dataset_and_a_list(tiny, address):
    dataset, ranking = expanded(address)
    assert dataset["@type"] == [SCHEMA + "Dataset"] and ranking["@type"] == [SCHEMA + "ItemList"]
    assert values(dataset, "name") == ["Ada, Bob or Cyd?"]
    assert values(dataset, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert dataset["@id"] == values(dataset, "url")[0] + "#dataset"
    for file in dataset[SCHEMA + "distribution"]:
        (place,), (kind,) = values(file, "contentUrl"), values(file, "encodingFormat")
        assert get(place.removeprefix("http://testserver"))["Content-Type"].startswith(kind)
    items = ranking[SCHEMA + "itemListElement"]
    assert values(ranking, "numberOfItems") == [len(items)]
    assert all(item["@type"] == [SCHEMA + "ListItem"] for item in items)


def test_of_many_options_the_first_are_listed_and_all_are_counted(db):
    worlds.publish(worlds.large_tree(12, 2, slug="tiny"))
    _, ranking = expanded("/tiny/")
    positions = [values(item, "position")[0] for item in ranking[SCHEMA + "itemListElement"]]
    assert (
        values(ranking, "numberOfItems") == [12]
        and len(positions) == 10
        and positions == sorted(positions)
    )


def test_a_processor_reads_the_questions(db):
    finding = {
        "slug": "one",
        "source": "first",
        "place": "Line 9",
        "question": "Is Ada quick?",
        "answer": "Yes & <soon>.",
    }
    worlds.publish(worlds.tiny_tree(answered_questions=[finding]))
    (page,) = expanded("/tiny/questions/")
    assert page["@type"] == [SCHEMA + "FAQPage"]
    (question,) = page[SCHEMA + "mainEntity"]
    assert values(question, "name") == ["Is Ada quick?"]
    assert values(question[SCHEMA + "acceptedAnswer"][0], "text") == ["Yes & <soon>."]


def test_no_name_is_lost_on_the_way(tiny):
    """Every key of the block is a name of the vocabulary: a processor drops what it does
    not know.
    """
    written = [
        json.loads(block)
        for block in re.findall(r'ld\+json">(.*?)</script>', html("/tiny/"), re.DOTALL)
    ]

    def keys(tree):
        if isinstance(tree, dict):
            return {key for key in tree if not key.startswith("@")} | {
                name for value in tree.values() for name in keys(value)
            }
        return {name for item in tree for name in keys(item)} if isinstance(tree, list) else set()

    def names(tree):
        if isinstance(tree, dict):
            own = {key.removeprefix(SCHEMA) for key in tree if key.startswith(SCHEMA)}
            return own | {name for value in tree.values() for name in names(value)}
        return {name for item in tree for name in names(item)} if isinstance(tree, list) else set()

    assert keys(written) == names(expanded("/tiny/"))
