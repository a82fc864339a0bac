"""A database in a file that is moved away, put back, damaged, or cannot be written."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError

from tests.publishing.sqlite.one_table import opened, words


@pytest.fixture
def wrapper(tmp_path, django_db_blocker):
    """A connection to a database with one table, in a file."""
    with django_db_blocker.unblock():
        yield from opened(tmp_path)


def move(file, to):
    """Move a database with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        if Path(f"{file}{ending}").exists():
            Path(f"{file}{ending}").rename(f"{to}{ending}")


def between_requests(wrapper):
    wrapper.close_if_unusable_or_obsolete()


def test_readers_do_not_wait_for_writers(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


def test_a_file_that_is_gone_is_an_error_and_none_is_made(wrapper, tmp_path):
    wrapper.close()
    move(wrapper.file, tmp_path / "away")
    for _ in range(2):
        with pytest.raises(OperationalError):
            words(wrapper)
    assert not wrapper.file.exists()
    assert wrapper.create_file() is True
    assert wrapper.create_file() is False


def test_a_kept_connection_notices_that_the_file_is_gone_and_that_it_is_back(wrapper, tmp_path):
    assert words(wrapper) == ["one"]
    between_requests(wrapper)
    assert wrapper.connection is not None
    move(wrapper.file, tmp_path / "away")
    between_requests(wrapper)
    with pytest.raises(OperationalError):
        words(wrapper)
    move(tmp_path / "away", wrapper.file)
    between_requests(wrapper)
    assert words(wrapper) == ["one"]


def test_another_file_in_its_place_is_used_from_the_next_request_on(wrapper, tmp_path):
    words(wrapper)
    other = sqlite3.connect(tmp_path / "other")
    other.executescript("CREATE TABLE word (text); INSERT INTO word VALUES ('two')")
    other.close()
    move(wrapper.file, tmp_path / "away")
    (tmp_path / "other").rename(wrapper.file)
    between_requests(wrapper)
    assert words(wrapper) == ["two"]


def test_a_damaged_file_is_an_error_each_time_and_heals(wrapper, tmp_path):
    wrapper.close()
    shutil.copy(wrapper.file, tmp_path / "whole")
    wrapper.file.write_bytes(b"no database" * 1000)
    for _ in range(2):
        with pytest.raises(DatabaseError):
            words(wrapper)
        between_requests(wrapper)
    shutil.copy(tmp_path / "whole", wrapper.file)
    between_requests(wrapper)
    assert words(wrapper) == ["one"]


def test_what_cannot_be_written_can_be_read(wrapper, monkeypatch):
    """As on a file system that is mounted to be read."""
    wrapper.close()
    real = sqlite3.connect

    def read_only(database, **options):
        if "immutable" not in database:
            raise sqlite3.OperationalError("unable to open database file")
        return real(database, **options)

    monkeypatch.setattr("comparison.publishing.sqlite.base.sqlite3.connect", read_only)
    with pytest.raises(OperationalError):
        words(wrapper)  # the folder can be written: something else is wrong
    monkeypatch.setattr(os, "access", lambda *args: False)
    assert words(wrapper) == ["one"]


@pytest.mark.parametrize("by", ["folder", "file"])
def test_what_can_be_written_again_is_written_from_the_next_request_on(wrapper, monkeypatch, by):
    """As on a file system that was mounted to be read, and is mounted to be written."""
    wrapper.close()
    real = sqlite3.connect

    def read_only(database, **options):
        if by == "folder" and "immutable" not in database:
            raise sqlite3.OperationalError("unable to open database file")
        return real(database.replace("mode=rw", "mode=ro"), **options)

    with monkeypatch.context() as patched:
        patched.setattr("comparison.publishing.sqlite.base.sqlite3.connect", read_only)
        patched.setattr(os, "access", lambda *args: False)
        for _ in range(2):
            with pytest.raises(OperationalError, match="readonly"):
                wrapper.cursor().execute("INSERT INTO word VALUES ('two')")
        assert words(wrapper) == ["one"]
    between_requests(wrapper)
    wrapper.cursor().execute("INSERT INTO word VALUES ('two')")
    assert words(wrapper) == ["one", "two"]


def test_a_kept_connection_that_only_reads_sees_what_others_write(wrapper):
    """One to a file that is taken for unchangeable does not look whether it was changed."""
    words(wrapper)
    wrapper.immutable = True
    between_requests(wrapper)
    assert wrapper.connection is None


def test_where_the_way_of_writing_cannot_be_changed_it_stays(wrapper, tmp_path):
    wrapper.close()
    with sqlite3.connect(wrapper.file) as plain:
        plain.execute("PRAGMA journal_mode = DELETE")
    plain.close()
    wrapper.settings_dict["OPTIONS"]["init_command"] = ""
    params = wrapper.get_connection_params()
    params["database"] = params["database"].replace("mode=rw", "mode=ro")
    connection = wrapper.get_new_connection(params)
    assert connection.execute("SELECT text FROM word").fetchall() == [("one",)]
    connection.close()
