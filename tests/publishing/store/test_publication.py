"""The file of a release is there before the database has it: whenever a publisher dies, readers see
the release before or the one after.
"""

import errno
import gzip
import os

import pytest
from django.db import transaction

from comparison.models import Comparison, Release
from comparison.publishing import publish, releases
from comparison.publishing.drafts import Unpublishable
from comparison.publishing.store import folder, follower, publication
from tests import worlds
from tests.published_folders import as_of_a_test

pytestmark = pytest.mark.django_db


def all_files():
    return sorted(
        path.relative_to(folder.place()).as_posix()
        for path in folder.place().rglob("*")
        if path.is_file() and "catalogue" not in path.name
    )


@pytest.fixture
def one():
    """The tiny world as release 1, and a changed draft of it."""
    draft = worlds.draft()
    publish.publish(draft, "eve", "First.")
    Comparison.objects.filter(pk=draft.pk).update(title="Cyd, Bob or Ada?")
    return draft


def test_what_is_published_is_a_file_with_the_very_text_of_the_database(one):
    assert all_files() == ["tiny/1.json.gz"]
    text = gzip.decompress(folder.path_of("tiny", 1).read_bytes()).decode()
    assert text.endswith("\n" + Release.objects.get().document)


def test_the_file_is_there_before_the_database_has_the_release(one, monkeypatch):
    seen = []

    class Watched(transaction.Atomic):
        def __exit__(self, *error):
            seen.append(all_files())
            return super().__exit__(*error)

    monkeypatch.setattr(
        publication.transaction,
        "atomic",
        lambda using=None, savepoint=True, durable=False: Watched(using, savepoint, durable),
    )
    publish.publish(one, "eve", "Second.")
    files = seen[-1]
    assert [name for name in files if name.startswith("tiny/.2.") and name.endswith(".pending")]
    assert "tiny/2.json.gz" not in files
    assert all_files() == ["tiny/1.json.gz", "tiny/2.json.gz"]


def test_a_publication_that_fails_leaves_no_file(one, monkeypatch):
    def broken(*args):
        raise RuntimeError("at the last moment")

    monkeypatch.setattr("comparison.publishing.former_addresses.write_down", broken)
    with pytest.raises(RuntimeError):
        publish.publish(one, "eve", "Second.")
    assert all_files() == ["tiny/1.json.gz"]
    assert releases.current("tiny").number == Release.objects.count() == 1


@pytest.mark.parametrize("step", ["open", "write", "fsync"])
def test_a_full_disk_refuses_in_words_and_leaves_nothing_half_done(one, monkeypatch, step):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "open":
        real = folder.Path.open
        monkeypatch.setattr(
            folder.Path, "open", lambda path, mode: full() if "x" in mode else real(path, mode)
        )
    elif step == "fsync":
        monkeypatch.setattr(folder.os, "fsync", full)
    else:
        monkeypatch.setattr(folder.fcntl, "flock", full)  # as writing would be
    with pytest.raises(Unpublishable, match="No space left on device") as refused:
        publish.publish(one, "eve", "Second.")
    assert "Nothing was published" in str(refused.value)
    monkeypatch.undo()
    assert all_files() == ["tiny/1.json.gz"]
    assert Release.objects.count() == 1
    assert publish.publish(one, "eve", "Second.").number == 2


class _Killed(BaseException):
    """What no code catches, as nothing catches the end of a process."""


@pytest.fixture
def killed(monkeypatch):
    """Let a publisher die before its files are taken; what it locked is free then."""

    def die(self):
        for _, pending in self.waiting:
            pending.file.close()
        raise _Killed

    monkeypatch.setattr(publication.Publication, "take", die)
    monkeypatch.setattr(publication.Publication, "take_back", lambda self: None)
    return monkeypatch


def test_killed_after_the_database_has_it_the_release_is_seen(one, killed):
    with pytest.raises(_Killed):
        publish.publish(one, "eve", "Second.")
    killed.undo()
    assert [name for name in all_files() if name.endswith(".pending")]
    releases.forget()  # the next process
    assert releases.current("tiny").number == 2
    assert all_files() == ["tiny/1.json.gz", "tiny/2.json.gz"]


def test_killed_before_the_database_has_it_the_release_before_is_seen(one, killed):
    with pytest.raises(_Killed), as_of_a_test():
        publish.publish(one, "eve", "Second.")
    killed.undo()
    releases.forget()
    assert releases.current("tiny").number == Release.objects.count() == 1
    assert all_files() == ["tiny/1.json.gz"]


def test_killed_between_file_and_catalogue_the_release_is_seen(one, monkeypatch, request):
    monkeypatch.setattr("comparison.publishing.store.publication.catalogue.add", lambda heads: None)
    publish.publish(one, "eve", "Second.")
    monkeypatch.undo()
    releases.forget()
    request.getfixturevalue("away")
    assert releases.current("tiny").number == 2


def test_a_file_of_a_living_publisher_is_left_alone(one):
    with folder.Pending("tiny", 2, b"x") as pending:
        assert list(folder.abandoned()) == []
        releases.forget()
        follower.look()
        assert pending.path.exists()
    assert all_files() == ["tiny/1.json.gz"]
    assert not os.path.exists(pending.path)


def test_going_back_to_a_release_writes_a_file_too(one):
    publish.publish(one, "eve", "Second.")
    publish.revert("tiny", 1, "eve")
    assert all_files() == [f"tiny/{number}.json.gz" for number in (1, 2, 3)]
    assert releases.current("tiny").document == releases.pinned("tiny", 1).document
