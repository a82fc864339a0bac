"""Addresses about the evidence: pinned, missing, kept by caches; every link keeps the selection."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.models import Option
from comparison.publishing import publish as publishing
from comparison.publishing.draft.draft_writing import write_tree
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    NOTE,
    PAGES,
    links,
    main_of,
    words_on,
)
from tests.tools import Page, get, html, publish, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_and_the_whole_frame(path):
    page = Page(html(f"/full/{path}"))
    assert len(page.find("h1")) == 1
    assert page.html.split("</title>")[0].endswith("Swift, Whole or both? · Evenhand")
    ids = [e["id"] for e in page.elements if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_pinned_page_stays_as_it_was_and_links_to_its_own_release(path):
    before = main_of(f"/full/@1/{path}")
    Option.objects.filter(comparison__slug="full", slug="swift").update(name="Swallow")
    publishing.publish(
        Option.objects.get(comparison__slug="full", slug="swift").comparison, "eve", "Renamed."
    )
    assert main_of(f"/full/@1/{path}") == before
    assert [link for link in links(before) if not link.startswith("/full/@1/")] == ["/full/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_release_that_was_never_published_is_the_newest_with_a_note(path):
    main = main_of(f"/full/@77/{path}")
    assert "Release “77” was never published; this is the newest." in words_of(main)
    assert not [link for link in links(main) if "@77" in link]


@pytest.mark.parametrize("path", PAGES)
def test_a_drafts_page_is_for_editors_and_never_kept(path):
    tree = worlds.full_tree(title="Not published yet")
    write_tree(Option.objects.get(comparison__slug="full", slug="swift").comparison, tree)
    client = Client()
    refused = client.get(f"/full/@draft/{path}")
    assert refused.headers["Location"].startswith("/admin/login/?next=/full/%40draft/")
    client.force_login(User.objects.create_superuser("eve"))
    response = client.get(f"/full/@draft/{path}")
    page = response.content.decode()
    assert response.status_code == 200
    assert (
        "Not published yet" in page
        and "This is the draft." in page
        and 'content="noindex, nofollow"' in page
    )
    assert (
        response.headers["Cache-Control"] == "private, no-store" and "ETag" not in response.headers
    )
    assert all(link.startswith("/full/@draft/") for link in links(Page(page).outer("main")))


@pytest.mark.parametrize(
    "path",
    [
        "sources/nobody/",
        "sources/agency/more/",
        "nothing/",
        "-/section/nothing/",
        "-/section/",
        "sources/%00/",
        "tree/yes/",
        "samples/x/",
    ],
)
@pytest.mark.parametrize("base", ["/full/", "/full/@1/"])
def test_a_link_to_no_page_leads_to_the_comparison_with_a_note(base, path):
    words = words_of(html(f"{base}{path}?off=throughput"))
    assert NOTE in words
    assert "Swift, Whole or both?" in words


def test_a_comparison_without_tree_samples_or_statements_has_no_such_pages():
    publish(questions=[])
    links_there = links(html("/tiny/"))
    for path in ("tree/", "samples/", "costs/"):
        assert NOTE in words_on(f"/tiny/{path}")
        assert not [link for link in links_there if link.startswith(f"/tiny/{path}")]
    assert not Page(html("/tiny/")).find("section", id="more")


@pytest.mark.parametrize("path", PAGES)
def test_a_warm_page_makes_at_most_one_query(path):
    get(f"/full/{path}")
    for query in ("off=throughput", "options=swift,whole"):
        with CaptureQueriesContext(connection) as asked:
            get(f"/full/{path}{'&' if '?' in path else '?'}{query}")
        assert len(asked) <= 1, [query["sql"] for query in asked]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_by_its_tag(path):
    response = get(f"/full/{path}")
    assert response.headers["ETag"] and "max-age=" in response.headers["Cache-Control"]
    other = get(f"/full/{path}{'&' if '?' in path else '?'}off=throughput")
    assert other.headers["ETag"] != response.headers["ETag"]


KEPT = (
    "use=live-dashboards&off=throughput&w=learning-curve:5&waive=rate-limits&distrust=vendor"
    "&q=a%26b&from=1"
)


@pytest.mark.parametrize("path", [path for path in PAGES if path != "popularity/"])
def test_every_link_of_a_page_keeps_the_selection(path):
    main = main_of(f"/full/{path}{'&' if '?' in path else '?'}{KEPT}")
    lost = []
    for link in links(main):
        query = urlsplit(link).query
        chosen = [(key, value) for key, value in parse_qsl(query) if key != "tree"]
        # a row that a search hides is shown where nothing is searched
        expected = [pair for pair in parse_qsl(KEPT) if pair[0] != "q" or "#c-" not in link]
        # the result of one source's claims alone is another
        if chosen not in (parse_qsl(KEPT), expected) and "basis=claims" not in query:
            lost.append(link)
    assert lost == []


def test_links_of_the_comparison_into_the_evidence_keep_the_selection():
    page = Page(html(f"/full/?{KEPT}"))
    kept = [
        e["href"]
        for id in ("case", "sources")
        for e in Page(page.outer(id)).find("a")
        if "data-keep" in e
    ]
    assert {urlsplit(link).path for link in kept} >= {
        "/full/sources/",
        "/full/tree/",
        "/full/search/",
        "/full/freshness/",
    }
    assert {urlsplit(link).query for link in kept} == {KEPT}
    folds = [e["href"] for e in Page(page.outer("more")).find("a") if "data-keep" in e]
    assert folds and all("distrust=vendor" in link for link in folds)
