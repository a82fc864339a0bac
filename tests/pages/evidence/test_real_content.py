"""The evidence of the real content: every page whole, every link at its place."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from comparison.core.document.schema import plain
from comparison.core.selection import Selection
from comparison.pages.evidence.findable import entries_of
from comparison.pages.evidence.sections import sections_of
from comparison.pages.scored_release import score
from comparison.publishing import publish as publishing
from comparison.publishing import releases
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    NOTE,
    missing_anchors,
)
from tests.published_folders import undone
from tests.results import results_in
from tests.tools import Page, html, words_of

pytestmark = pytest.mark.django_db

CONTENT = sorted(path.name for path in settings.CONTENT_DIR.iterdir() if path.is_dir())


BESIDE = ("sources/", "tree/", "search/", "freshness/")


EMPTY = re.compile(
    r"<(ul|ol|dl|tbody|p|li|dd|dt|pre|td|h[1-6]|small|figure|section)\b[^>]*>\s*</\1>"
)


@pytest.fixture(scope="module")
def visited(site, django_db_blocker, tmp_path_factory):
    """Every page about the evidence of both real comparisons, and whatever it links to: address ->
    status and HTML.
    """
    pages = {}
    with undone(django_db_blocker, tmp_path_factory.mktemp("visited")):
        for slug in CONTENT:
            publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        client = Client(raise_request_exception=False)
        for slug in CONTENT:
            waiting = pages_of(slug)
            while waiting:
                address = waiting.pop()
                if address not in pages:
                    pages[address] = visit(client, address)
                    waiting += [
                        link
                        for link in pages[address][2]
                        if urlsplit(link).path == f"/{slug}/tree/"
                    ]
        for address in list(pages):
            for link in pages[address][2]:
                if (target := link.partition("#")[0] or address) not in pages:
                    pages[target] = (*visit(client, target)[:2], ())
    return pages


def visit(client, address):
    response = client.get(address)
    text = response.content.decode()
    hrefs = [href.replace("&amp;", "&") for href in re.findall(r'<a\s[^>]*?href="([^"]*)"', text)]
    return response.status_code, text, tuple(href for href in hrefs if href.startswith(("/", "#")))


def pages_of(slug):
    """Return the address of every page about the evidence of a comparison."""
    document = worlds.content(slug)
    scored = score(releases.current(slug), Selection())
    pages = [
        *BESIDE,
        "search/?find=python",
        *(["samples/"] if document.samples else []),
        *(f"{name}/" for name in sections_of(scored)),
    ]
    return [
        f"/{slug}/{path}"
        for path in (*pages, *(f"sources/{source.slug}/" for source in document.sources))
    ]


def of(visited, slug):
    """Return the pages about the evidence of one comparison: those whose own links were
    followed.
    """
    return {
        address: text
        for address, (_, text, hrefs) in visited.items()
        if hrefs and address.startswith(f"/{slug}/")
    }


@pytest.mark.parametrize("slug", CONTENT)
def test_every_page_about_the_real_evidence_is_whole(visited, slug):
    mine = of(visited, slug)
    assert len(mine) > 15
    for address, text in mine.items():
        assert visited[address][0] == 200, address
        assert NOTE not in text, address
        assert text.count("<h1") == 1, address
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), (address, {id for id in ids if ids.count(id) > 1})


@pytest.mark.parametrize("slug", CONTENT)
def test_no_part_of_a_real_page_is_empty(visited, slug):
    for address, text in of(visited, slug).items():
        page = Page(text)
        assert EMPTY.search(page.outer("main")) is None, (address, EMPTY.search(page.outer("main")))
        for part in page.find("section"):
            inner = text[part["from"] : part["to"]]
            assert words_of(re.sub(r"<(h[1-6])\b.*?</\1>", "", inner, flags=re.DOTALL)), (
                address,
                part.get("id"),
            )


@pytest.mark.parametrize("slug", CONTENT)
def test_every_link_of_a_real_page_arrives_at_its_place(visited, slug):
    broken = []
    for address in of(visited, slug):
        for link in visited[address][2]:
            target, _, place = link.partition("#")
            status, text, _ = visited[target or address]
            if status != 200 or NOTE in text or (place and f' id="{place}"' not in text):
                broken.append((address, link))
    assert broken == []


def test_the_statements_that_real_sections_bring_share_no_id_with_the_page():
    """Every section can be open at once, on the comparison page."""
    shared = []
    for slug in CONTENT:
        publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        page = html(f"/{slug}/")
        sections = re.findall(rf'data-hx-get="(/{slug}/-/section/[^"]+)"', page)
        assert len(sections) >= 3
        ids = [
            id
            for text in (page, *map(html, sections))
            for id in re.findall(r'\sid="([^"]+)"', text)
        ]
        shared += sorted({(slug, id) for id in ids if ids.count(id) > 1})
    assert shared == []


def test_every_place_that_a_search_of_the_real_content_can_find_is_there():
    for slug in CONTENT:
        publishing.publish(worlds.draft(plain(worlds.content(slug))), "eve", "Now.")
        scored = score(releases.current(slug), Selection())
        places = [entry.page + entry.anchor for entry in entries_of(scored)]
        assert missing_anchors(places) == []


def test_a_sources_page_names_the_margin_that_the_page_of_the_same_selection_names(visited):
    compared = 0
    for address, (_, text, hrefs) in visited.items():
        if "/sources/" not in address:
            continue
        shown = [link for link in hrefs if "distrust=" in link and "basis=claims" in link]
        named = [words for of, words in results_in(text) if shown and shown[0].endswith(of)]
        alone = re.search(r"leads by ([\d.]+) points", "".join(named))
        if alone:
            assert f"by {alone[1]} points" in words_of(visited[shown[0]][1]), address
            compared += 1
    assert compared > 5
