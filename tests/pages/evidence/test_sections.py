"""Sections: every statement with its source, place and finding, and what falls when a source is
left out.
"""

from urllib.parse import urlsplit

import pytest

from tests import worlds
from tests.pages.evidence.evidence_pages import (
    NOTE,
    SECTIONS,
    another,
    links,
    main_of,
    section,
    with_,
    words_on,
)
from tests.tools import Page, get, html, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_shows_each_statement_with_its_source_place_and_finding(slug):
    stated, source = SECTIONS[slug]
    words = words_on(f"/full/{slug}/")
    assert stated in words
    assert {"agency": "An agency. ", "vendor": "Whole Ltd. "}[source] in words
    assert any(
        finding in words
        for finding in ("Nobody can check it. Nothing else says so.", "Supported.", "Outdated.")
    )


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_falls_with_the_only_source_that_speaks_in_it(slug):
    stated, source = SECTIONS[slug]
    other = {"agency": "vendor", "vendor": "agency"}[source]
    assert NOTE not in words_on(f"/full/{slug}/?distrust={other}")
    left = Page(html(f"/full/{slug}/?distrust={source}"))
    assert NOTE in left.text and left.find("form", id="selection")
    assert f"/full/{slug}/" not in [
        urlsplit(e["href"]).path for e in left.find("a") if e.get("href")
    ]
    assert stated not in left.text


def test_a_statement_falls_with_its_source_and_the_counts_follow():
    another(
        popularity=with_("popularity", "stars", source="agency"),
        derived_figures=[
            row for row in worlds.full_tree()["derived_figures"] if row["slug"] != "ahead"
        ],
    )
    whole, left = words_on("/other/popularity/"), words_on("/other/popularity/?distrust=agency")
    assert "2 statements from 2 sources." in whole and "70k" in whole
    assert "1 statement from 1 source." in left and "70k" not in left and "60k" in left


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_section_that_is_opened_brings_what_its_page_shows(slug):
    for query in ("", "?distrust=nobody", "?options=swift,whole"):
        region = html(f"/full/-/section/{slug}/{query}")
        assert words_of(region) in words_on(f"/full/{slug}/{query}")
        assert "<main" not in region
    assert get(f"/full/-/section/{slug}/").headers["X-Robots-Tag"] == "noindex"


def test_closed_sections_on_the_page_name_count_and_link_what_they_hold():
    page = Page(Page(html("/full/")).outer("more"))
    folds = page.find("details", **{"class": "fold"})
    assert [e["id"].removeprefix("more-") for e in folds] == list(SECTIONS)
    assert all("open" not in e for e in folds)
    costs = words_of(page.outer("more-costs"))
    assert costs.startswith("Costs 2 statements, 1 source")
    assert "thousands of dollars" not in page.html
    assert "1 contradicts itself" in words_of(page.outer("more-popularity"))
    for fold in folds:
        slug = fold["id"].removeprefix("more-")
        assert fold["data-hx-get"] == f"/full/-/section/{slug}/"
        assert f"/full/{slug}/" in links(page.outer(fold["id"]))


def test_what_contradicts_itself_is_said_in_place():
    assert "States" not in words_on("/full/costs/")
    assert "Says “overtaken”; its own numbers are Swift 60,000, Whole 70,000 stars." in words_on(
        "/full/popularity/"
    )
    assert "Announces eight factors and gives 2." in words_on("/full/choose-when/")
    assert "Prints a throughput under a heading on latency" in section(
        "/full/figures/", "fig-throughput"
    )
    assert Page(main_of("/full/popularity/")).find("p", **{"class": "note plain"})


def test_an_objection_falls_with_its_source():
    assert "Prints a throughput" not in html("/full/figures/?distrust=agency")
    another(
        points=[
            *worlds.full_tree()["points"],
            worlds.stated("quick", "List", "vendor") | {"topic": "choose-when", "text": "!"},
        ]
    )
    assert "Announces eight" in words_on("/other/choose-when/")
    assert "Announces eight" not in words_on("/other/choose-when/?distrust=agency")


def test_what_a_source_computed_is_shown_where_the_figures_of_others_are_left_out():
    # the runs are the agency's; the vendor computed from them
    page = Page(html("/full/figures/?distrust=agency"))
    assert "A total." in words_of(page.outer("fig-derived"))
    assert "thousands" not in page.html


def test_statements_on_options_that_are_not_compared_are_left_out():
    words = words_on("/full/costs/?options=whole,both")
    assert "Hosting" in words and "thousands of dollars" not in words


def test_a_name_is_set_apart_from_the_sentence_that_follows_it():
    assert "A big house: It moved inference" in words_on("/full/stories/")
    assert "?:" not in words_on("/full/questions/")
