"""Files and catalogue stay abreast of the database, whoever writes it, and are mended from it."""

import os
import shutil
import threading

import pytest
from django.db import OperationalError, connection

from comparison.models import Release
from comparison.publishing import releases
from comparison.publishing.store import folder, follower, listing
from comparison.publishing.store.catalogue import NAME, catalogue
from tests import worlds
from tests.publishing.store import rows

pytestmark = pytest.mark.django_db


def by_another_server(tree=None, **changed):
    """Publish on another server, which has a folder of its own."""
    there = folder.place()
    release = worlds.publish(tree or worlds.tiny_tree(**changed))
    shutil.rmtree(there / release.slug)
    (there / NAME).unlink()
    releases.forget()
    return release


def cut(slug, number, keep=0.5):
    path = folder.path_of(slug, number)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    releases.memory.forget()


def test_what_another_server_published_is_written_at_the_next_look(followed):
    by_another_server()
    assert releases.current("tiny") is None
    assert follower.look() is True
    assert releases.current("tiny").number == 1
    assert folder.path_of("tiny", 1).exists()
    assert follower.look() is False


def test_a_release_that_is_committed_late_under_an_earlier_number_is_seen(followed):
    worlds.publish(worlds.tiny_tree())
    late = Release.objects.get(slug="tiny")
    worlds.publish(worlds.tiny_tree(slug="other"))
    follower.look()
    # as a row that came between: it is written with a key before the last one
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id) - 1 FROM comparison_release")
        (key,) = cursor.fetchone()
    fields = {f.attname: getattr(late, f.attname) for f in Release._meta.fields}
    Release(**fields | {"id": key, "slug": "late"}).save(force_insert=True)
    assert follower.look() is True
    assert ("late", 1) in listing.known()


def test_two_catalogues_of_one_folder_see_the_same_at_once(followed):
    """As two processes of a server do."""
    worlds.publish(worlds.tiny_tree())
    assert listing.newest("tiny") == ("tiny", 1)
    other = type(catalogue)()
    head = folder.read_head("tiny", 1)
    from dataclasses import replace

    other.add([replace(head, number=2)])
    assert listing.newest("tiny") == ("tiny", 2)
    other.forget()


@pytest.mark.parametrize("keep", [0, 0.1, 0.5, 0.99])
def test_a_damaged_file_is_written_anew_from_the_database_and_said_once(keep, caplog):
    worlds.publish(worlds.tiny_tree())
    before = folder.path_of("tiny", 1).read_bytes()
    cut("tiny", 1, keep)
    assert releases.current("tiny").number == 1
    assert folder.path_of("tiny", 1).read_bytes() == before
    assert caplog.text.count("is damaged") == 1


def test_a_lost_file_and_a_lost_folder_are_written_anew():
    worlds.publish(worlds.tiny_tree())
    folder.path_of("tiny", 1).unlink()
    releases.memory.forget()
    assert releases.current("tiny").number == 1
    shutil.rmtree(folder.place())
    releases.forget()
    assert releases.current("tiny").number == 1
    assert folder.path_of("tiny", 1).exists()


@pytest.mark.parametrize("gone", ["everything", "one file and the catalogue"])
def test_a_folder_that_is_emptied_under_a_server_is_filled_again(followed, gone, caplog):
    for title in ("Ada?", "Bob?"):
        worlds.publish(worlds.tiny_tree(title=title))
    worlds.publish(worlds.tiny_tree(slug="other"))
    document = Release.objects.get(slug="other").document
    rows.unprotected("UPDATE comparison_release SET document = 'spoilt' WHERE slug = 'other'")
    cut("other", 1, keep=0)
    follower.look()
    assert releases.current("tiny").number == 2
    if gone == "everything":
        shutil.rmtree(folder.place())
    else:
        folder.path_of("tiny", 2).unlink()
        (folder.place() / NAME).unlink()
    caplog.clear()
    assert follower.look() is True
    assert releases.current("tiny").number == 2
    assert listing.known() == {("tiny", 1), ("tiny", 2)}
    assert listing.unreadable() == {("other", 1)}  # was published: no page says that it never was
    assert caplog.text.count("are written anew from the database") == 1
    assert follower.look() is False
    rows.unprotected("UPDATE comparison_release SET document = %s WHERE slug = 'other'", [document])
    shutil.rmtree(folder.place())
    assert follower.look() is True
    assert releases.current("other").number == 1


@pytest.mark.parametrize(
    "name",
    [
        "tiny/99999999999999999999.json.gz",
        "tiny/0.json.gz",
        "tiny/01.json.gz",
        "tiny/²⁄٣.json.gz",
        "tiny/٣.json.gz",
        "tiny/1 (copy).json.gz",
        "tiny/.x.pending",
        "tiny/..pending",
        "tiny/.99999999999999999999.1-a.pending",
        "\udcff/1.json.gz",
        "Large/1.json.gz",
        "a-loop",
    ],
)
def test_what_else_lies_in_the_folder_stops_nobody(name, followed):
    worlds.publish(worlds.tiny_tree())
    path = folder.place() / name
    if name == "a-loop":
        path.symlink_to(path)
    else:
        path.parent.mkdir(exist_ok=True)
        shutil.copy(folder.path_of("tiny", 1), path)
    (folder.place() / NAME).unlink()
    releases.forget()
    follower.look()
    assert releases.current("tiny").number == 1
    assert listing.known() == {("tiny", 1)}
    assert listing.unreadable() == set()
    assert os.path.lexists(path)  # it is not ours


def test_a_server_mends_what_is_damaged_at_its_next_look_and_serves_the_one_before(followed):
    for title in ("Ada?", "Bob?"):
        worlds.publish(worlds.tiny_tree(title=title))
    cut("tiny", 2)
    assert releases.current("tiny").number == 1
    assert releases.pinned("tiny", 2) is None
    assert releases.is_damaged(releases.current("tiny"), 2)
    follower.look()
    assert releases.current("tiny").number == 2


def test_a_damaged_row_whose_file_is_whole_changes_nothing():
    worlds.publish(worlds.tiny_tree())
    document = Release.objects.get().document
    rows.spoil(1, document[: len(document) // 2])
    releases.forget()
    assert releases.current("tiny").number == 1


@pytest.mark.parametrize("spoilt", ["", "{", "half", "altered"])
def test_where_row_and_file_are_damaged_that_release_alone_is_lost(spoilt, caplog, client):
    for title in ("Ada?", "Bob?", "Cyd?"):
        worlds.publish(worlds.tiny_tree(title=title))
    worlds.publish(worlds.tiny_tree(slug="other"))
    document = Release.objects.get(number=3).document
    halves = {
        "half": document[: len(document) // 2],
        "altered": document.replace("Cyd", "Syd"),
    }
    rows.spoil(3, halves.get(spoilt, spoilt))
    cut("tiny", 3)
    for _ in range(3):
        assert releases.current("tiny").number == 2
        assert client.get("/").status_code == 200
        assert b"Ada?" in client.get("/tiny/@1/").content
        page = client.get("/tiny/@3/")
        assert page.status_code == 200
        assert "Release “3” was published, but cannot be read now" in page.content.decode()
    assert b"never published" not in client.get("/tiny/@3/").content
    assert client.get("/other/").status_code == 200
    assert caplog.text.count("The file of release 3 of tiny is damaged") == 1
    assert caplog.text.count("Release 3 of tiny cannot be written as a file") == 1


@pytest.mark.parametrize("keep", [0, 0.99])
def test_a_comparison_of_which_nothing_is_whole_is_not_called_unknown(keep, client):
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.tiny_tree(slug="other"))
    text = Release.objects.get(slug="tiny").document
    rows.unprotected("UPDATE comparison_release SET document = '{}' WHERE slug = 'tiny'")
    cut("tiny", 1, keep)
    catalogue.make_anew()
    releases.forget()
    for address in ("/tiny/", "/tiny/@1/", "/tiny/changes/", "/api/v1/comparisons/tiny"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert "no-store" in answer["Cache-Control"]
        assert "Retry-After" in answer
        assert "cannot be read now" in answer.content.decode()
    assert client.get("/unknown/").status_code == 404
    rows.unprotected("UPDATE comparison_release SET document = %s WHERE slug = 'tiny'", [text])
    releases.forget()
    assert client.get("/tiny/").status_code == 200


def test_what_an_outage_interrupts_is_written_after_it(followed, monkeypatch):
    by_another_server()
    by_another_server(slug="other")
    real, asked = follower.whole_of_row, []

    def goes_away(row):
        asked.append(row.slug)
        if len(asked) == 2:
            raise OperationalError("away")
        return real(row)

    monkeypatch.setattr(follower, "whole_of_row", goes_away)
    assert follower.look() is False
    follower.look()
    assert listing.known() == {("tiny", 1), ("other", 1)}


def test_an_outage_is_one_line_and_its_end_another(followed, away, caplog):
    for _ in range(5):
        follower.look()
    away()  # and back again
    for _ in range(5):
        follower.look()
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "The database does not answer (It does not answer.). What is published is still served.",
        "The database answers again.",
    ]


def test_what_cannot_be_written_is_held_in_memory_until_it_can(followed, monkeypatch, caplog):
    by_another_server()
    monkeypatch.setattr(folder.Pending, "__init__", _full)
    monkeypatch.setattr(catalogue, "_make", _full)
    follower.look()
    assert releases.current("tiny").number == 1
    assert "held in memory" in caplog.text
    assert not folder.path_of("tiny", 1).exists()
    monkeypatch.undo()
    monkeypatch.setattr(follower, "_is_followed", True)
    follower.look()
    catalogue.return_to_file()
    assert folder.path_of("tiny", 1).exists()
    assert catalogue.in_memory is None
    assert releases.current("tiny").number == 1


def _full(*args):
    raise OSError(28, "No space left on device")


def test_a_database_that_was_set_back_takes_nothing_away(followed):
    """Rows with keys that were there before are another history: they are looked at from the
    beginning.
    """
    for title in ("Ada?", "Bob?"):
        worlds.publish(worlds.tiny_tree(title=title))
    follower.look()
    rows.lose("number = 2")
    follower.look()
    assert releases.current("tiny").number == 2


def test_another_release_under_a_number_that_readers_have_seen_is_told_once(followed, caplog):
    """As one that another server publishes, where its files alone were set aside."""
    worlds.publish(worlds.tiny_tree())
    follower.look()
    worlds.publish(worlds.tiny_tree(title="Bob?"))
    rows.unprotected("UPDATE comparison_release SET digest = 'other' WHERE number = 2")
    for _ in range(3):
        follower.look()
    assert releases.current("tiny").document.title == "Bob?"
    told = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert [one.partition(",")[0] for one in told] == [
        "Release 2 of tiny is another one in the database than as a file"
    ]


def test_the_thread_of_a_server_looks_and_then_does_what_it_was_told(monkeypatch):
    looked, told = threading.Event(), threading.Event()
    monkeypatch.setattr(follower, "look", lambda: looked.set() or False)
    monkeypatch.setattr(follower, "close_old_connections", lambda: None)
    monkeypatch.setattr(follower.hanging, "be_impatient", lambda: None)
    running = follower.start(told.set)
    try:
        assert looked.wait(20) and told.wait(20)
        assert follower._is_followed
    finally:
        running.stop()
    assert not follower._is_followed
