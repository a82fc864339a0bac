"""What a load balancer hears: whether the process is up, and whether it can show what is
published.
"""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import OperationalError
from django.test import Client

from comparison.publishing.store import follower
from comparison.web.operation import health, probes
from comparison.web.operation.probes import SILENT, Probe

CALLED_BY_NUMBER = {"headers": {"host": "10.1.2.3:8000"}}


def fails():
    raise OperationalError("away")


def works():
    return None


@pytest.fixture
def away(monkeypatch):
    """Let the database and the cache answer as a test says."""

    def put(database=works, cache=works):
        monkeypatch.setattr(health, "DATABASE", Probe("database", database))
        monkeypatch.setattr(health, "CACHE", Probe("cache", cache))

    return put


def test_a_living_process_says_so_without_a_database_under_any_host(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/healthz", **CALLED_BY_NUMBER)
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_only_reading_is_answered():
    assert Client().post("/healthz").status_code == 405
    assert Client().head("/readyz").status_code in (200, 503)


@pytest.mark.parametrize(
    ("parts", "status", "words", "named"),
    [
        ({}, 200, "ready", ()),
        ({"cache": fails}, 200, "degraded", ("cache",)),
    ],
)
def test_what_is_away_is_named(away, parts, status, words, named):
    away(**parts)
    response = Client().get("/readyz", **CALLED_BY_NUMBER)
    said = response.json()
    assert (response.status_code, said["status"]) == (status, words)
    assert said["releases"] == "readable"
    assert {name for name in ("database", "cache") if said[name] != "ok"} == set(named)


def test_without_the_database_it_is_ready_as_long_as_releases_are_read(away, published):
    away(database=fails)
    said = Client().get("/readyz").json()
    assert (said["status"], said["releases"], said["database"]) == (
        "degraded",
        "readable",
        SILENT,
    )


def test_a_database_that_takes_nothing_is_named_and_the_log_says_it_once(away, published, caplog):
    away()
    for _ in range(3):
        follower.note_away(full())
        follower.look()
    said = Client().get("/readyz").json()
    assert (said["status"], said["database"]) == ("degraded", "cannot be written")
    lines = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert lines == [
        "The database cannot be written (database or disk is full). What is published is still "
        "served."
    ]
    follower.forget()
    assert Client().get("/readyz").json()["status"] == "ready"


def full():
    """What Django makes of SQLite's own error."""
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("CREATE TABLE word (text)")
        small.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as refused:
            small.execute("INSERT INTO word VALUES (zeroblob(100000))")
    error = OperationalError(*refused.value.args)
    error.__cause__ = refused.value
    return error


def test_it_is_not_ready_where_nothing_can_be_read(away):
    away(database=fails)
    response = Client().get("/readyz", **CALLED_BY_NUMBER)
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_the_database_is_asked_for_a_table_of_the_site(db, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        health.database_answers()
    assert "comparison_release" in asked[0]["sql"]


def test_the_cache_is_asked_for_what_it_was_given(settings):
    health.cache_answers()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with pytest.raises(LookupError):
        health.cache_answers()


def test_a_look_that_hangs_holds_up_nobody_and_no_second_is_begun():
    begun, goes_on = [], threading.Event()

    def hangs():
        begun.append(1)
        goes_on.wait()

    probe = Probe("database", hangs)
    try:
        assert {probe.problem() for _ in range(20)} == {SILENT}
        assert begun == [1]
    finally:
        goes_on.set()


def test_an_answer_holds_for_a_while_and_is_then_looked_at_anew(monkeypatch):
    looks = []
    probe = Probe("cache", lambda: looks.append(1))
    assert [probe.problem() for _ in range(5)] == [""] * 5
    assert looks == [1]
    monkeypatch.setattr(probes, "KEPT", -1.0)
    assert probe.problem() == ""
    assert looks == [1, 1]


def test_what_hung_and_what_failed_is_well_again_when_it_answers(monkeypatch):
    monkeypatch.setattr(probes, "KEPT", -1.0)
    answers = iter([fails, works])
    probe = Probe("database", lambda: next(answers)())
    assert [probe.problem(), probe.problem()] == [SILENT, ""]
