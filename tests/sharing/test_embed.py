"""The page for frames and oEmbed: who may frame what, live and pinned, colours, weight, and clear
answers to bad addresses.
"""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.http import urlencode

from comparison.rendering.joined_files import joined
from tests import worlds
from tests.tools import Page, html, publish, withdraw, words_of

pytestmark = pytest.mark.django_db
ROOT = settings.ROOT


@pytest.fixture
def tiny():
    return publish()


def oembed(url="http://testserver/tiny/?use=race", status=200, **more):
    answer = Client(raise_request_exception=False).get(
        "/oembed?" + urlencode({"url": url, "format": "json"} | more)
    )
    assert answer.status_code == status, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


# --- the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base",
    [
        "/tiny/embed/",
        "/tiny/@1/embed/",
        "/tiny/@99/embed/",
        "/nowhere/embed/",
    ],
)
def test_only_the_embed_may_be_framed(tiny, base):
    worlds.draft()
    answer = Client().get(base)
    assert "X-Frame-Options" not in answer
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert not answer.cookies
    again = Client().get(base, headers={"If-None-Match": answer.get("ETag", "")})
    assert "X-Frame-Options" not in again
    assert "frame-ancestors *" in again["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tiny/",
        "/tiny/@1/",
        "/tiny/share/",
        "/tiny/-/card.png",
        "/tiny/parts/",
        "/oembed",
        "/admin/login/",
    ],
)
def test_everything_else_refuses_to_be_framed(tiny, address):
    answer = Client().get(address)
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_embed_tells_the_recommendation_with_bars_and_a_link_back(tiny):
    text = html("/tiny/embed/?use=race")
    words = words_of(text)
    for sentence in (
        "Ada, Bob or Cyd?",
        "For a race.",
        "Ahead of Cyd by 2.1 points",
        "8.1",
        "Bob excluded",
        "Release 1, the newest",
    ):
        assert sentence in words
    links = Page(text).find("a")
    assert {a["href"] for a in links} == {"/tiny/?use=race"}
    assert all(a["target"] == "_blank" and a["rel"] == "noopener" for a in links)
    assert not Page(text).find("script")


def test_a_live_embed_follows_and_a_pinned_one_stays(tiny):
    before = html("/tiny/@1/embed/?use=race")
    publish(title="Second")
    assert html("/tiny/@1/embed/?use=race") == before
    assert "Second" in html("/tiny/embed/?use=race")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("light", "light"),
        ("dark", "dark"),
        ("auto", "auto"),
        ("", "auto"),
        ("<b>", "auto"),
        ("x" * 5000, "auto"),
    ],
)
def test_the_colours_are_the_embedders_choice(tiny, given, shown):
    text = html(f"/tiny/embed/?theme={given}")
    assert Page(text).find("html")[0]["class"] == shown
    assert not Page(text).find("p", **{"class": "note"})


def test_the_colours_mean_nothing_elsewhere_and_are_not_complained_about(tiny):
    assert "Some of the link" not in html("/tiny/?theme=dark")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("options=bob,cyd&off=speed", "A tie"),
        ("off=speed,ease,cost", "Nothing is counted"),
        ("must=speed,cost&options=bob,ada", "No option has every must-have"),
        ("basis=claims&distrust=first,second", "No evidence is left"),
        ("off=gone", "The criterion “gone” does not exist here, or not any more."),
        (
            "off=a,b,c,d,e",
            (
                "The criterion “c” does not exist here, or not any more. 2 more of the link "
                "could not be used."
            ),
        ),
    ],
)
def test_an_embed_says_clearly_where_nobody_leads(tiny, query, sentence):
    assert sentence in words_of(html(f"/tiny/embed/?{query}"))


def test_an_embed_of_what_was_never_published_says_so_in_its_frame(tiny):
    assert "Release “99” was never published; this is the newest." in words_of(
        html("/tiny/@99/embed/")
    )
    assert "There is no such comparison" in words_of(html("/nowhere/embed/", status=404))


def test_an_embed_names_what_was_withdrawn():
    withdraw()
    text = html("/tiny/embed/?off=ease&distrust=second")
    assert "Ease was withdrawn after release 1." in words_of(text)
    assert "What second thinks was withdrawn after release 1." in words_of(text)
    assert all(link["target"] == "_blank" for link in Page(text).find("a"))


def test_an_embed_weighs_less_than_forty_kilobytes_in_all(tiny):
    text = html("/tiny/embed/")
    css = joined("css/embed.css")
    files = re.findall(r"url\(\.\./([^)]+)\)", css)
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == ["/static/css/embed.css"]
    weight = (
        len(text)
        + len(css)
        + sum((ROOT / "static" / name).stat().st_size for name in [*files, "img/icon.svg"])
    )
    assert files == ["fonts/besley-more.woff2", "fonts/besley.woff2"]
    assert weight < 40_000


def test_the_embeds_colours_are_the_sites():
    def tokens(name):
        return dict(re.findall(r"(--[\w-]+): ?(light-dark\([^)]+\))", joined(f"css/{name}")))

    site, embed = tokens("site.css"), tokens("embed.css")
    assert embed
    assert embed.items() <= site.items()


# --- oEmbed ---------------------------------------------------------------------------------------


def test_a_page_tells_programs_where_its_frame_is(tiny):
    (link,) = Page(html("/tiny/?off=cost&w=speed:5")).find("link", type="application/json+oembed")
    assert link["href"].startswith("http://testserver/oembed?")
    answer = Client().get(link["href"].removeprefix("http://testserver")).json()
    assert answer["type"] == "rich"
    assert 'src="http://testserver/tiny/embed/?off=cost&amp;w=speed:5"' in answer["html"]


def test_oembed_gives_what_its_specification_asks_for(tiny):
    answer = oembed()
    assert (answer["version"], answer["type"], answer["provider_name"]) == (
        "1.0",
        "rich",
        "Evenhand",
    )
    assert answer["width"] == 640
    assert f'height="{answer["height"]}"' in answer["html"] and answer["height"] > 400
    assert answer["title"].startswith("Ada, Bob or Cyd? Ada for a race")
    assert answer["thumbnail_url"] == "http://testserver/tiny/-/card.png?use=race"
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
    assert "/tiny/@1/embed/?use=race" in oembed("http://testserver/tiny/@1/?use=race")["html"]
    assert "theme=dark" in oembed("http://testserver/tiny/embed/?theme=dark")["html"]


@pytest.mark.parametrize(
    ("link", "framed"),
    [
        ("/tiny?use=race", "/tiny/embed/?use=race"),
        ("/Tiny/?use=Race", "/tiny/embed/?use=race"),
        ("/tiny/@1?use=race", "/tiny/@1/embed/?use=race"),
        ("/tiny/&use=race", "/tiny/embed/?use=race"),
    ],
)
def test_oembed_takes_every_link_that_leads_to_a_view(tiny, link, framed):
    assert f'src="http://testserver{framed}"' in oembed(f"http://testserver{link}")["html"]


def test_oembed_takes_a_link_that_was_not_quoted(tiny):
    answer = Client().get("/oembed?url=http://testserver/tiny/?use=race&format=json").json()
    assert "/tiny/embed/?use=race" in answer["html"]


@pytest.mark.parametrize(
    ("most", "width"),
    [("300", 300), ("5000", 640), ("0", 640), ("-3", 640), ("wide", 640), ("9" * 50, 640)],
)
def test_the_most_width_is_respected_and_nonsense_is_no_limit(tiny, most, width):
    answer = oembed(maxwidth=most)
    assert answer["width"] == width
    assert f'width="{width}"' in answer["html"]
    assert ("thumbnail_url" in answer) == (most != "300")


def test_the_most_height_is_respected(tiny):
    answer = oembed(maxheight="200")
    assert answer["height"] == 200
    assert 'height="200"' in answer["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://[",
        "http://elsewhere.example/tiny/",
        "javascript:alert(1)",
        "ftp://testserver/tiny/",
        "http://testserver/",
        "http://testserver/nowhere/",
        "http://testserver/tiny/@99/",
        "http://testserver/tiny/@x/",
        "http://testserver/admin/",
        "http://testserver/%00/",
        "http://testserver/" + "x" * 9000,
    ],
)
def test_a_bad_url_gets_a_clear_refusal(tiny, url):
    assert oembed(url, status=404)["error"]


def test_other_formats_are_refused(tiny):
    assert oembed(format="xml", status=501)["error"]
    assert oembed(format="yaml", status=400)["error"]


@pytest.mark.parametrize(
    "query", ["q=%00%FF", "off=gone", "w=x", "theme=<script>alert(1)</script>"]
)
def test_a_strange_query_in_the_url_is_cleaned(tiny, query):
    assert "<script" not in oembed(f"http://testserver/tiny/?{query}")["html"]
