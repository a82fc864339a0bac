"""A reader's write while another process holds the database: nobody waits long, and nothing that
was given up is kept.
"""

import sqlite3
import threading

import pytest
from django.db import DatabaseError, connections
from django.utils.connection import ConnectionProxy

from comparison.web.limits import patient_writing
from comparison.web.limits.patient_writing import TookTooLong, written

IN_THREADS = patient_writing.start  # before any test replaces it


@pytest.fixture
def database(tmp_path, monkeypatch, django_db_blocker):
    """Write to a file of its own from now on, in threads, with little patience; return the file."""
    path = tmp_path / "site.sqlite3"
    usual = connections.databases["default"]
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
    monkeypatch.setitem(connections.databases, "file", usual | engine)
    monkeypatch.setattr(patient_writing, "connection", ConnectionProxy(connections, "file"))
    monkeypatch.setattr(patient_writing, "start", IN_THREADS)
    monkeypatch.setattr(patient_writing, "PATIENCE", 0.1)
    monkeypatch.setattr(patient_writing, "TURN", 0.01)
    monkeypatch.setattr(patient_writing, "REST", 0)
    monkeypatch.setattr(patient_writing, "_rests", {"until": 0.0})
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE kept (words TEXT)")
    with django_db_blocker.unblock():
        yield path
        connections["file"].close()


def keep(words):
    def write():
        with connections["file"].cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (%s)", [words])
        return f"kept {words}"

    return write


def kept_in(path):
    with sqlite3.connect(path) as file:
        return [words for (words,) in file.execute("SELECT words FROM kept")]


def wait_until_free():
    """Wait until what was given up has ended."""
    with patient_writing._one_at_a_time:
        pass


def test_what_is_written_in_time_is_kept(database):
    assert written(keep("one")) == "kept one"
    assert kept_in(database) == ["one"]


def test_a_held_database_is_told_and_nothing_is_kept_once_it_is_free(database):
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises((TookTooLong, DatabaseError)):
        written(keep("held up"))
    holder.execute("ROLLBACK")
    wait_until_free()
    assert kept_in(database) == []
    assert written(keep("later")) == "kept later"


def test_while_one_is_stuck_the_next_is_told_at_once_and_the_stuck_one_is_not_kept(database):
    begun, goes_on = threading.Event(), threading.Event()

    def stuck():
        begun.set()
        assert goes_on.wait(20)
        return keep("stuck")()

    with pytest.raises(TookTooLong):
        written(stuck)
    assert begun.wait(20)
    with pytest.raises(TookTooLong):
        written(keep("next"))
    goes_on.set()
    wait_until_free()
    assert kept_in(database) == []


def test_after_one_was_stuck_nothing_is_tried_for_a_while(database, monkeypatch):
    monkeypatch.setattr(patient_writing, "REST", 1_000)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises((TookTooLong, DatabaseError)):
        written(keep("held up"))
    holder.execute("ROLLBACK")
    wait_until_free()
    with pytest.raises(TookTooLong):
        written(keep("too soon"))
    patient_writing._rests["until"] = 0.0
    assert written(keep("later")) == "kept later"
    assert kept_in(database) == ["later"]


def test_what_a_write_refuses_reaches_whoever_asked(database):
    with pytest.raises(ZeroDivisionError):
        written(lambda: str(1 / 0))
    assert written(keep("after it")) == "kept after it"
