"""Passing a result on: every form that can be copied, the link's code, what other sites read of the
page, the sheet on paper.
"""

import re

import pytest
import segno
from django.test import Client

from comparison.rendering import qr_code
from tests import worlds
from tests.tools import Page, copied, html, publish, words_of

pytestmark = pytest.mark.django_db
FIELDS = ("as-markdown", "as-sentence", "as-frame", "as-pinned-frame", "as-citation")


@pytest.fixture
def tiny():
    return publish()


# --- copies ---------------------------------------------------------------------------------------


def test_a_view_is_copied_as_sentence_citation_table_and_frame(tiny):
    copies = copied("/tiny/share/?use=race")
    assert tuple(copies) == FIELDS
    day = f"{tiny.published_at.day} {tiny.published_at:%b %Y}"
    assert copies["as-sentence"].startswith(
        "Ada, Bob or Cyd? Ada for a race, ahead of Cyd by 2.1 points"
    )
    assert copies["as-sentence"].endswith(f"Release 1, {day}. http://testserver/tiny/@1/?use=race")
    assert (
        f"release 1 of {day}. http://testserver/tiny/@1/?use=race (CC BY 4.0)"
        in copies["as-citation"]
    )
    assert "| **8.1** | **3.9 (excluded)** | **6.0** |" in copies["as-markdown"]
    assert '<iframe src="http://testserver/tiny/embed/?use=race"' in copies["as-frame"]
    assert '<iframe src="http://testserver/tiny/@1/embed/?use=race"' in copies["as-pinned-frame"]


def test_the_same_forms_come_into_the_page_when_they_are_asked_for(tiny):
    assert copied("/tiny/-/share/copies/?off=cost") == copied("/tiny/share/?off=cost")
    page = Page(html("/tiny/?off=cost"))
    (copies,) = page.find("div", id="copies")
    assert copies["data-hx-get"] == "/tiny/-/share/copies/?off=cost"
    assert {"href": "/tiny/share/?off=cost"}.items() <= next(
        a for a in page.find("a") if "/share/" in (a.get("href") or "")
    ).items()
    assert "as-sentence" not in html("/tiny/")


def test_the_files_are_those_of_the_view(tiny):
    links = {a.get("href") for a in Page(html("/tiny/share/?off=cost")).find("a")}
    assert {
        f"/tiny/-/{name}?off=cost" for name in ("view.csv", "view.json", "view.md", "card.png")
    } <= links


@pytest.mark.parametrize(
    "name",
    [
        "A | B <b>&</b>",
        'He said "x"',
        "[link](http://x.example) `code`",
        "</textarea><script>alert(1)</script>",
    ],
)
def test_no_name_breaks_out_of_a_field_or_a_table(name):
    tree = worlds.tiny_tree(title=name)
    tree["options"][0]["name"] = name
    publish(**tree)
    text = html("/tiny/share/")
    assert "<script>alert" not in text
    assert len(Page(text).find("textarea")) == len(FIELDS)
    rows = [
        line for line in copied("/tiny/share/")["as-markdown"].split("\n") if line.startswith("|")
    ]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_both_links_are_explained_in_one_sentence_each(tiny):
    words = words_of(html("/tiny/share/"))
    assert "The receiver sees what is known then" in words
    assert "The receiver sees exactly this, for ever" in words


@pytest.mark.parametrize(
    "query", ["q=%00%FF", "off=gone", "w=" + "x" * 9000, "use=race&use=thrift"]
)
@pytest.mark.parametrize("base", ["/tiny/", "/tiny/@1/", "/tiny/@99/"])
def test_bad_input_gives_the_forms_all_the_same(tiny, base, query):
    worlds.draft()
    for rest in ("share/", "-/share/copies/", "-/qr.svg"):
        assert Client().get(f"{base}{rest}?{query}").status_code == 200


# --- the code -------------------------------------------------------------------------------------


def modules(svg):
    """Return which modules of a drawn code are dark, read from its path alone."""
    dark, x, y = set(), 0, 0
    for kind, first, second in re.findall(
        r"([Mmh])\s*(-?[\d.]+)[ ,]?(-?[\d.]+)?", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    ):
        if kind == "h":
            dark |= {(x + step, y) for step in range(int(first))}
            x += int(first)
        else:
            x, y = (
                (int(first), int(float(second)))
                if kind == "M"
                else (x + int(first), y + int(second))
            )
    return dark


def test_the_code_is_that_of_the_pinned_link(tiny):
    link = "http://testserver/tiny/@1/?off=cost"
    code = segno.make(link, error="m", boost_error=False, mask=qr_code.MASK, micro=False)
    dark = {
        (x + qr_code.QUIET, y + qr_code.QUIET)
        for y, row in enumerate(code.matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }
    for address in (
        "/tiny/share/?off=cost",
        "/tiny/-/share/copies/?off=cost&from=1",
        "/tiny/-/qr.svg?off=cost",
    ):
        assert modules(html(address)) == dark, address


def test_the_code_alone_is_a_picture(tiny):
    answer = Client().get("/tiny/-/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" ')


def test_a_link_too_long_for_a_code_says_so():
    assert qr_code.code_of("http://testserver/" + "x" * 800) == ""
    assert qr_code.code_of("http://testserver/" + "x" * 700)


# --- what other sites read ------------------------------------------------------------------------


def test_the_head_names_the_preview_with_whole_addresses_and_words(tiny):
    metas = Page(html("/tiny/@1/?use=race")).find("meta")
    head = {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}
    picture = "http://testserver/tiny/@1/-/card.png?use=race"
    assert head["og:image"] == head["twitter:image"] == picture
    assert (head["og:image:width"], head["og:image:height"], head["twitter:card"]) == (
        "1200",
        "630",
        "summary_large_image",
    )
    assert head["og:title"] == head["twitter:title"] == "Ada, Bob or Cyd?"
    assert "Ada for a race, ahead of Cyd by 2.1 points" in head["og:image:alt"]
    assert head["og:image:alt"] == head["twitter:image:alt"] == head["og:description"]
    assert head["og:url"] == "http://testserver/tiny/@1/?use=race"


def test_the_preview_says_the_same_whoever_opens_a_link_made_earlier(tiny):
    metas = {
        meta.get("property"): meta.get("content")
        for meta in Page(html("/tiny/?off=cost&from=1")).find("meta")
    }
    assert metas["og:image"] == "http://testserver/tiny/-/card.png?off=cost"


# --- weight, and paper ----------------------------------------------------------------------------


def test_a_toggles_answer_carries_none_of_it(tiny):
    answer = html("/tiny/-/results/?off=cost")
    assert "textarea" not in answer
    assert "qr" not in answer
    assert 'data-following="http://testserver/tiny/?off=cost&amp;from=1"' in answer


def test_the_sheet_on_paper_carries_link_and_code(tiny):
    page = Page(html("/tiny/?off=cost"))
    assert "http://testserver/tiny/@1/?off=cost" in words_of(page.outer("printed"))
    (code,) = page.find("img", id="code")
    assert code["src"] == "/tiny/-/qr.svg?off=cost"
