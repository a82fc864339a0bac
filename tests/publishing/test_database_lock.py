"""One process at a time gets a database ready: who comes second is told, and waits."""

import threading
from types import SimpleNamespace

import pytest

from comparison.publishing import database_lock
from comparison.publishing.database_lock import WAITING, one_at_a_time


@pytest.fixture
def database(monkeypatch):
    """Call a database by a name, as far as its lock knows."""

    def called(name):
        connection = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": name})
        monkeypatch.setattr(database_lock, "connections", {"file": connection})

    return called


def test_who_comes_second_is_told_and_waits(database, tmp_path):
    database(tmp_path / "site.sqlite3")
    steps, is_told = [], threading.Event()

    def told(words):
        steps.append(words)
        is_told.set()

    def second():
        with one_at_a_time(told, "file"):
            steps.append("second")

    with one_at_a_time(steps.append, "file"):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert is_told.wait(20)
        waiting.join(0.2)  # it would end here, did it not wait
        steps.append("first")
    waiting.join(20)
    assert steps == [WAITING, "first", "second"]


def test_who_comes_alone_is_told_nothing_and_the_lock_lies_beside_the_database(database, tmp_path):
    database(tmp_path / "site.sqlite3")
    steps = []
    for _ in range(2):
        with one_at_a_time(steps.append, "file"):
            steps.append("in")
    assert steps == ["in", "in"]
    assert [path.name for path in tmp_path.iterdir()] == ["site.sqlite3.lock"]


@pytest.mark.parametrize(
    "name",
    [":memory:", "file:memorydb_default?mode=memory&cache=shared", "no-such-folder/site.sqlite3"],
    ids=["in memory", "in shared memory", "in a folder that is not there"],
)
def test_a_database_that_nobody_else_can_see_has_no_lock(database, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    database(name)
    with one_at_a_time(pytest.fail, "file"):
        assert list(tmp_path.iterdir()) == []
