"""The catalogue follows from the files alone: lost or damaged, it says the same again."""

import itertools
import os
import sqlite3
from dataclasses import replace

import pytest

from comparison.publishing import published_lists, releases
from comparison.publishing.store import catalogue as catalogue_module
from comparison.publishing.store import catalogue_rows, folder, follower, listing
from comparison.publishing.store.catalogue import NAME, Catalogue, catalogue
from comparison.publishing.store.catalogue_rows import FORMAT
from tests import worlds
from tests.publishing.store.heads import head

pytestmark = pytest.mark.django_db
COUNT = "SELECT count(*) FROM comparison"


def everything():
    """Return all that is asked of it."""
    return (
        listing.known(),
        published_lists.days(),
        [dict(line) for line in published_lists.last_releases(50)],
        published_lists.found("ada", "1", "", 20),
        listing.newest("tiny"),
        listing.newest("once"),
        listing.releases_of("tiny"),
    )


@pytest.fixture
def two():
    """The full world, and the tiny one, which once had another address."""
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.tiny_tree(slug="once"))
    worlds.publish(worlds.tiny_tree(renamed=[{"kind": "comparison", "old": "once", "new": "tiny"}]))
    return everything()


def test_it_lists_what_is_published(two):
    known, days, lines, found, newest, once, all_of_it = two
    assert known == {("full", 1), ("once", 1), ("tiny", 2)}
    assert [slug for slug, _ in days] == ["full", "tiny"]
    assert [(line["slug"], line["number"]) for line in lines] == [
        ("tiny", 2),
        ("once", 1),
        ("full", 1),
    ]
    assert [one.slug for one in found.comparisons] == ["tiny"]
    assert newest == once == ("tiny", 2)
    assert all_of_it == [("tiny", 2), ("once", 1)]


def spoil_wholly(path):
    path.write_bytes(b"no database at all" * 500)


def spoil_the_middle(path):
    content = bytearray(path.read_bytes())
    content[4096:-4096] = os.urandom(len(content) - 8192)
    path.write_bytes(content)


def cut_it(path):
    path.write_bytes(path.read_bytes()[:5000])


def make_another(path):
    path.unlink()
    sqlite3.connect(path).close()
    path.touch()


@pytest.mark.parametrize("spoil", [os.unlink, spoil_wholly, spoil_the_middle, cut_it, make_another])
@pytest.mark.parametrize("is_kept_open", [True, False])
def test_it_is_made_anew_from_the_files(two, away, spoil, is_kept_open):
    if not is_kept_open:
        releases.forget()
    spoil(folder.place() / NAME)
    assert everything() == two
    releases.forget()
    assert everything() == two


def test_readers_go_on_with_one_that_is_gone_until_another_is_made(two, monkeypatch):
    """Making it of thousands of files takes seconds, and a server looks every second."""
    monkeypatch.setattr(follower, "_is_followed", True)
    monkeypatch.setattr(catalogue, "is_tended", True)
    follower.look()
    made = catalogue.made
    (folder.place() / NAME).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "_make", None)  # no reader makes it
        assert everything() == two
    follower.look()
    assert (folder.place() / NAME).exists()
    assert everything() == two
    assert catalogue.made > made


def test_a_server_of_another_version_in_the_same_folder_has_one_of_its_own(two, monkeypatch):
    """As while a server is reloaded: each would take the other's for damaged."""
    monkeypatch.setattr(catalogue_module, "NAME", "catalogue.0.sqlite3")
    monkeypatch.setattr(catalogue_rows, "FORMAT", 0)
    monkeypatch.setattr(catalogue_rows, "_empty", [])
    ours, theirs = folder.place() / NAME, Catalogue()
    before = ours.read_bytes()
    assert theirs.ask(lambda reader: reader.connection.execute(COUNT).fetchone()) == (2,)
    theirs.forget()
    assert ours.read_bytes() == before
    assert f"catalogue.{FORMAT}.sqlite3" == NAME


def test_where_it_cannot_be_written_memory_is_used(two, away, monkeypatch, caplog):
    def read_only(*args):
        raise OSError(30, "Read-only file system")

    (folder.place() / NAME).write_bytes(b"spoilt")
    releases.forget()
    monkeypatch.setattr(catalogue, "_make", read_only)
    assert everything() == two
    assert caplog.text.count("memory is") == 1


def test_a_locked_catalogue_stops_nobody(two, monkeypatch):
    monkeypatch.setattr("comparison.publishing.store.catalogue.WAIT", 0.01)
    releases.forget()
    other = sqlite3.connect(folder.place() / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert everything() == two
        assert catalogue.in_memory
    finally:
        other.execute("ROLLBACK")
        other.close()
    catalogue.return_to_file()
    assert catalogue.in_memory is None
    assert everything() == two


def test_what_was_published_while_memory_was_used_is_in_the_file_after(two, monkeypatch):
    monkeypatch.setattr("comparison.publishing.store.catalogue.WAIT", 0.01)
    releases.forget()
    other = sqlite3.connect(folder.place() / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    worlds.publish(worlds.tiny_tree(slug="meanwhile"))
    assert listing.newest("meanwhile") == ("meanwhile", 1)
    other.execute("ROLLBACK")
    other.close()
    catalogue.return_to_file()
    follower.look()
    assert catalogue.in_memory is None
    assert listing.newest("meanwhile") == ("meanwhile", 1)


def test_the_order_in_which_releases_come_to_it_does_not_matter():
    """A comparison that was renamed, renamed again, and came back to its first address."""
    heads = [
        head("one", 1),
        head("two", 2, "one"),
        head("three", 3, "one", "two"),
        head("one", 4, "two", "three"),
        head("apart", 1),
    ]

    def said(order):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        catalogue_rows.make(connection)
        for one in order:
            catalogue_rows.add(connection, [one])
        addresses = connection.execute("SELECT slug, successor FROM address ORDER BY slug")
        listed = connection.execute("SELECT slug, number FROM comparison ORDER BY slug")
        answer = addresses.fetchall(), listed.fetchall()
        connection.close()
        return answer

    right = [("three", "one"), ("two", "one")], [("apart", 1), ("one", 4)]
    assert {repr(said(order)) for order in itertools.permutations(heads)} == {repr(right)}


def test_entries_of_the_hub_are_kept_for_two_builds_and_one_release():
    catalogue.add([head("a", 1), head("b", 1)])
    for build in ("old", "older", "now"):
        listed = published_lists.without_entry(build, 10)
        assert [one.slug for one in listed] == ["a", "b"]
        published_lists.keep_entries(build, [(one, f"{build} {one.slug}") for one in listed])
    entries = {
        build: [one.entry for one in published_lists.found("", "1", build, 20).comparisons]
        for build in ("old", "older", "now")
    }
    assert entries == {"old": ["", ""], "older": ["older a", "older b"], "now": ["now a", "now b"]}
    catalogue.add([head("a", 2)])
    assert [one.slug for one in published_lists.without_entry("now", 10)] == ["a"]


def test_pages_are_by_title_whatever_its_capitals_and_accents():
    titles = {"a": "Zebra", "b": "apple", "c": "Éclair", "d": "Banana"}
    catalogue.add([head(slug, 1, title=title) for slug, title in titles.items()])

    def on(page):
        found = published_lists.found("", page, "", 3)
        return found.number, found.pages, [one.title for one in found.comparisons]

    assert on("1") == on("") == on("x") == on("-1") == (1, 2, ["apple", "Banana", "Éclair"])
    assert on("2") == on("999") == (2, 2, ["Zebra"])


def test_a_release_of_the_same_number_takes_the_place_of_the_other():
    catalogue.add([head("a", 1, title="Old", words=["old"])])
    catalogue.add([replace(head("a", 1), title="New", words=("new",))])
    assert [one.title for one in published_lists.found("new", "1", "", 20).comparisons] == ["New"]
    assert published_lists.found("old", "1", "", 20).total == 0
