"""Search in the evidence: what is found, what is not, and that any words may be asked for."""

import re
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from comparison.core.selection import Selection, parse
from comparison.pages.evidence.findable import entries_of
from comparison.pages.evidence.search import search_page
from comparison.pages.scored_release import score
from comparison.pages.view import view_of
from comparison.publishing import publish as publishing
from comparison.publishing import releases
from comparison.rendering.addresses import Home
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    another,
    main_of,
    missing_anchors,
    words_on,
)
from tests.tools import PAYLOAD, Page, criterion_of, data, get, html, words_of

pytestmark = pytest.mark.django_db


def hits(words, slug="full", query=""):
    main = main_of(f"/{slug}/search/?{query}find={quote(words)}")
    return [
        words_of(part)
        for part in re.findall(r"<li>(.*?)</li>", main[main.index("</form>") :], re.DOTALL)
    ]


def total(words, slug="full"):
    return re.search(r"<output>(.*?)</output>", html(f"/{slug}/search/?find={quote(words)}"))[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Machines cost money", "Throughput"),
        ("STRANGERS knock", "Rate limits"),
        ("much to learn first", "Learning curve, Whole"),
        ("there is no such setting", "Rate limits, Whole"),
        ("an add-on is not built in", "Rate limits"),
        ("take swift", "Take Swift."),
        ("numbers that move", "Live dashboards"),
        ("still pictures", "Not both for still pictures."),
        ("t3.xlarge", "A GET of one row"),
        ("57% faster", "57%"),
        ("containers", "Both run in containers."),
        ("shared redis", "Side by side"),
        ("30%", "A big house"),
        ("is it one service", "Is it one service?"),
        ("whole-ratelimit", "whole-ratelimit"),
        ("print hello", "Hello"),
        ("learning-juniors", "Juniors find everything in one place."),
        ("rps-both", "50,000 to 100,000 and more."),
        ("side-by-side", "Side by side"),
        ("paragraph 9", "Juniors find everything"),
    ],
)
def test_every_kind_of_text_is_found_by_its_words_or_its_slug(words, expected):
    assert any(expected in hit for hit in hits(words)), hits(words)


def test_all_words_have_to_stand_in_one_place():
    assert hits("juniors everything") and hits("everything juniors")
    assert hits("juniors") and hits("containers")
    assert hits("juniors containers") == []
    assert "Nothing is found." in words_on("/full/search/?find=juniors+containers")


def holding(*texts):
    """Publish statements with these texts, and return what finds them."""
    first = worlds.full_tree()["points"]
    stated = [
        worlds.stated(f"text-{number}", "List") | {"topic": "trend", "text": text}
        for number, text in enumerate(texts)
    ]
    another(points=[*first, *stated])
    return lambda words: [hit for hit in hits(words, "other") if "List" in hit]


def test_words_are_found_where_they_begin_one():
    find = holding("The processor is idle.", "SSO is paid for.", "OAuth/SSO, at a price.")
    assert [("SSO" in hit) for hit in find("sso")] == [True, True]
    assert len(find("proc")) == 1 and find("rocessor") == []


def test_whole_words_stand_before_those_that_only_begin_so():
    find = holding("Asynchronous zebras.", "An async zebra.")
    assert ["An async zebra." in hit for hit in find("async zebra")] == [True, False]


def test_the_words_are_marked_where_they_are_found():
    holding("A zebra <b> & a Zebra-like <zebu>.")
    page = main_of("/other/search/?find=zebra")
    assert "A <mark>zebra</mark> &lt;b&gt; &amp; a <mark>Zebra</mark>-like &lt;zebu&gt;." in page


def test_each_kind_has_a_heading_right_below_the_title():
    page = Page(html("/full/search/?find=swift"))
    assert len(page.find("h2")) > 1 and page.find("h3") == []


def test_one_place_is_not_called_places():
    assert total("containers") == "1 place"
    assert total("zebra") == "0 places"


@pytest.mark.parametrize("query", ["", "?find=", "?find=+++", "?find=%00", "?finds=swift"])
def test_a_search_for_nothing_finds_nothing_and_says_nothing(query):
    main = main_of(f"/full/search/{query}")
    assert "Nothing is found" not in main
    assert re.search(r"<output></output>", main)
    assert '<ul class="claims">' not in main


def test_what_a_left_out_source_says_is_not_found():
    assert (
        hits("containers")
        and hits("57% faster")
        and hits("juniors")
        and hits("it depends")
        and hits("t3.xlarge")
    )
    for words in (
        "containers",
        "57% faster",
        "juniors",
        "it depends",
        "t3.xlarge",
        "still pictures",
    ):
        assert hits(words, query="distrust=agency&") == [], words
    assert hits("overtaken", query="distrust=agency&")


def test_only_the_first_hundred_of_many_are_shown():
    publishing.publish(worlds.draft(worlds.large_tree(8, 30, claims_per_cell=1)), "eve", "Now.")
    assert len(hits("generated", "large")) == 100
    assert "The first 100 are shown." in words_on("/large/search/?find=generated")
    assert int(total("generated", "large").split()[0]) > 400
    assert "The first 100" not in words_on("/large/search/?find=criterion-3+question")


def test_a_long_text_is_shown_around_the_words():
    long = "Begin. " + "word " * 100 + "needle " + "word " * 100 + "end."
    another(
        points=[
            *worlds.full_tree()["points"],
            worlds.stated("long", "List") | {"topic": "trend", "text": long},
        ]
    )
    (hit,) = hits("needle", "other")
    assert "needle" in hit and "Begin." not in hit and len(hit) < 350
    assert hit.count("…") == 2
    assert set(hit.split("…")[1].split()) == {"word", "needle"}, "it is cut between words"


@pytest.mark.parametrize(
    "find",
    [
        PAYLOAD,
        '"><b>',
        "' onfocus=alert(1) x='",
        "%",
        "%s %d {}",
        "\\",
        "(.*",
        "[",
        "\x00\x01",
        "\u202e",
        "x" * 5000,
        "a " * 3000,
        "ß",
    ],
)
def test_hostile_words_are_only_words(find):
    page = html(f"/full/search/?find={quote(find)}")
    assert PAYLOAD not in page and "<b>" not in Page(page).outer("main").replace(
        "<b>Nothing is found.</b>", ""
    ).replace("<b>Evenhand</b>", "")
    (field,) = Page(page).find("input", name="find")
    assert len(field["value"]) <= 80
    assert not [name for name in field if name.startswith("on")]


@pytest.mark.parametrize(
    "query",
    [
        "find=a&find=b",
        "find=%FF%FE",
        "find=%zz",
        "find",
        "find=%ED%A0%80",
        "find[]=a",
        "&&find=a&=&",
    ],
)
def test_a_search_takes_any_query(query):
    get(f"/full/search/?{query}")


def test_words_to_find_are_no_strange_part_of_an_address():
    assert "Some of the link could not be used" not in html(
        "/full/search/?find=swift&off=throughput"
    )
    assert "find" not in data("find=swift", "full")["selection"]


def test_a_search_keeps_the_selection_in_its_form_and_its_hits():
    query = "use=live-dashboards&off=throughput&w=learning-curve:5&distrust=vendor&q=a%26b"
    page = Page(main_of(f"/full/search/?find=swift&{query}"))
    sent = [(e["name"], e["value"]) for e in page.find("input", type="hidden")]
    assert sent == parse_qsl(query)
    hrefs = [e["href"] for e in page.find("a") if "/cell/" in e.get("href", "")]
    assert hrefs and all(urlsplit(href).query == query for href in hrefs)


def test_the_same_words_lead_on_under_whichever_selection_they_are_looked_for():
    for query in ("off=throughput", "", "use=live-dashboards&off=throughput"):
        page = main_of(f"/full/search/?find=swift&{query}")
        hrefs = [link["href"] for link in Page(page).find("a") if "/cell/" in link.get("href", "")]
        assert hrefs and {urlsplit(href).query for href in hrefs} == {query}


def test_a_hit_leads_to_its_place_with_the_selection_before_it():
    release = releases.current("full")
    scored = score(release, Selection(), Home("full", str(release.number)))
    place = next(entry for entry in entries_of(scored) if entry.kind == "Claims")
    hits = search_page(view_of(scored, Selection(off=frozenset({"throughput"}))), place.text).hits
    addresses = [link["href"] for link in Page(hits).find("a")]
    assert f"{place.page}?off=throughput{place.anchor}" in addresses
    assert place.page.startswith(f"/full/@{release.number}/sources/")


@pytest.mark.parametrize("query", ["", "distrust=agency", "distrust=vendor", "options=whole,both"])
def test_every_place_that_a_search_can_find_is_there(query):
    release = releases.current("full")
    scored = score(release, parse(release.document, query)[0])
    places = [entry.page + entry.anchor for entry in entries_of(scored)]
    assert missing_anchors(places, query) == []


def test_a_row_that_is_not_shown_at_first_is_led_to_on_the_page_with_every_row():
    worlds.publish(worlds.large_tree(2, 40, slug="rows"))
    rows = [row for row in Page(html("/rows/")).find("tr") if "data-criterion" in row]
    hidden = next(criterion_of(row) for row in rows if "hidden" in row)
    open_one = next(criterion_of(row) for row in rows if "hidden" not in row)
    for slug, query in ((hidden, "?show=all"), (open_one, "")):
        address = f"/rows/{query}#c-{slug}"
        assert f'href="{address}"' in html(f"/rows/search/?find={slug}"), address
