"""What the hub shows of a comparison is worked out once, and kept for who looks next."""

import pytest

from comparison.publishing import published_lists, releases
from comparison.publishing.store import folder, follower
from comparison.web.caches import hub_entries
from comparison.web.caches.http_cache import build
from tests import worlds
from tests.tools import Page, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """The comparisons whose entries are worked out, as they are."""
    made, real = [], hub_entries.hub_entry

    def counted(scored):
        made.append(scored.slug)
        return real(scored)

    monkeypatch.setattr(hub_entries, "hub_entry", counted)
    return made


@pytest.fixture
def three():
    for slug in ("a", "b", "c"):
        worlds.publish(worlds.tiny_tree(slug=slug, title=f"Title {slug}"))


def test_the_first_who_looks_has_them_worked_out_and_nobody_after(three, made):
    first = html("/")
    assert made == ["a", "b", "c"]
    releases.forget()  # another process
    assert html("/") == first
    assert made == ["a", "b", "c"]


def test_a_server_makes_them_before_anybody_looks_and_those_of_new_releases(three, made):
    hub_entries.make_all(2)
    assert made == ["a", "b"]
    hub_entries.make_all()
    assert made == ["a", "b", "c"]
    worlds.publish(worlds.tiny_tree(slug="b", title="Title b, again"))
    hub_entries.make_all()
    assert made[3:] == ["b"]
    assert "Title b, again" in Page(html("/")).text
    assert made[4:] == []
    assert published_lists.without_entry(build(), 10) == []


def test_while_another_process_makes_them_no_second_one_does(three, made):
    with folder.alone("hub") as is_mine:
        assert is_mine
        hub_entries.make_all()
    assert made == []


def test_no_document_is_read_for_a_list(three, made, monkeypatch, client):
    html("/")
    monkeypatch.setattr(folder, "read", None)
    monkeypatch.setattr(follower, "_is_followed", True)
    releases.memory.forget()
    for address in ("/", "/?q=title", "/?q=titel", "/feed.xml", "/sitemap-comparisons.xml"):
        assert client.get(address).status_code == 200
    assert client.get("/api/v1/comparisons").status_code == 200


def test_one_that_cannot_be_read_is_left_out_and_made_when_it_is_mended(three, made, monkeypatch):
    monkeypatch.setattr(follower, "_is_followed", True)
    whole = folder.path_of("b", 1).read_bytes()
    folder.path_of("b", 1).write_bytes(b"x")
    releases.memory.forget()
    page = Page(html("/")).text
    assert "Title a" in page and "Title b" not in page
    hub_entries.make_all()
    folder.path_of("b", 1).write_bytes(whole)
    assert "Title b" in Page(html("/")).text
