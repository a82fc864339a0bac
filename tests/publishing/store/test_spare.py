"""A damaged catalogue gives way to its spare: no reader waits until it is made anew of thousands of
files, and what the spare lacks is there a moment later.
"""

import os

import pytest

from comparison.publishing import published_lists, releases
from comparison.publishing.store import catalogue as module
from comparison.publishing.store import folder, follower, listing, spare, withheld
from comparison.publishing.store.catalogue import NAME, Catalogue, catalogue
from tests import worlds
from tests.publishing.store.heads import BEGIN

pytestmark = pytest.mark.django_db


def path():
    return folder.place() / NAME


def said():
    """Return what lists, the hub and its search, and addresses say."""
    return (
        published_lists.days(),
        [line["number"] for line in published_lists.last_releases(50)],
        [one.slug for one in published_lists.found("ada", "1", "", 20).comparisons],
        listing.newest("tiny"),
        listing.known(),
    )


def spoil(path):
    """Write over all of it but its first page, in place, and let nobody know it by heart."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    catalogue.forget()


@pytest.fixture
def kept(monkeypatch):
    """A catalogue that has a spare, in a server, where a thread looks."""
    monkeypatch.setattr(follower, "_is_followed", True)
    monkeypatch.setattr(spare, "_next", 0.0)
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.tiny_tree())
    follower.look()
    catalogue.renew_spare()
    assert spare.path_of(str(path())).exists()


@pytest.fixture
def no_file_is_read(monkeypatch):
    def refuse():
        raise AssertionError("every file was read while somebody waited")

    monkeypatch.setattr(module, "_heads", refuse)


def test_readers_of_a_damaged_catalogue_get_its_spare(kept, no_file_is_read, caplog):
    before = said()
    spoil(path())
    assert said() == before
    assert caplog.text.count("its spare takes its place") == 1
    releases.forget()
    assert said() == before, "it is there for everybody"


def test_what_was_published_since_is_there_after_the_next_look(kept, no_file_is_read):
    worlds.publish(worlds.tiny_tree(title="Another title"))
    worlds.publish(worlds.tiny_tree(slug="later"))
    after = said()
    spoil(path())
    assert listing.newest("later") is None
    follower.look()
    assert said() == after


def test_what_was_withheld_since_is_never_shown(kept, no_file_is_read):
    withheld.keep([withheld.Act("full", 0, 1, True, "A court's order.", "ada", BEGIN)])
    spoil(path())
    assert listing.newest("full") is None
    assert [slug for slug, _ in published_lists.days()] == ["tiny"]


def test_a_spare_that_is_damaged_too_is_no_spare(kept, caplog):
    before = said()
    spoil(spare.path_of(str(path())))
    spoil(path())
    assert said() == before
    assert caplog.text.count("it is made anew") == 1


def test_where_the_folder_cannot_be_written_the_spare_is_read_in_memory(
    kept, no_file_is_read, monkeypatch
):
    before = said()

    def read_only(*given):
        raise OSError(30, "Read-only file system")

    spoil(path())
    monkeypatch.setattr(os, "replace", read_only)
    assert said() == before
    assert catalogue.in_memory


def test_a_catalogue_that_is_made_anew_on_purpose_leaves_no_spare(kept):
    catalogue.make_anew()
    assert not spare.path_of(str(path())).exists()


def test_it_is_copied_again_only_where_something_changed_and_not_all_the_time(kept, monkeypatch):
    there = spare.path_of(str(path()))
    first = there.stat().st_ino

    def is_copied():
        catalogue.renew_spare()
        return there.stat().st_ino != first

    monkeypatch.setattr(spare, "_next", 0.0)
    assert not is_copied(), "nothing changed"
    worlds.publish(worlds.tiny_tree(title="Another title"))
    monkeypatch.setattr(spare, "_next", float("inf"))
    assert not is_copied(), "just now it was"
    monkeypatch.setattr(spare, "_next", 0.0)
    assert is_copied()


def test_what_is_damaged_is_not_copied(kept, monkeypatch):
    there = spare.path_of(str(path()))
    before = there.read_bytes()
    monkeypatch.setattr(spare, "_next", 0.0)
    spoil(path())
    catalogue.renew_spare()
    assert there.read_bytes() == before


def test_two_processes_that_find_it_damaged_put_one_in_its_place(kept, no_file_is_read, caplog):
    one, other = Catalogue(), Catalogue()
    spoil(path())
    asked = "SELECT count(*) FROM comparison"
    for process in (one, other, one):
        assert process.ask(lambda reader: reader.connection.execute(asked).fetchone()) == (2,)
    one.forget()
    other.forget()
    assert caplog.text.count("its spare takes its place") == 1
