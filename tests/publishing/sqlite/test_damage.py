"""A database whose file is damaged in part, and goes on answering: nothing is saved into it."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from django.db import DatabaseError, OperationalError

from comparison.publishing.sqlite import damage
from tests.publishing.sqlite.one_table import opened, words


@pytest.fixture
def wrapper(tmp_path, django_db_blocker):
    """A connection to a database of many pages, whose first table is small; and somebody else's,
    who keeps what was written last beside the file.
    """
    with django_db_blocker.unblock():
        for one, other in zip(opened(tmp_path), opened(tmp_path, "other"), strict=True):
            with one.cursor() as cursor:
                cursor.execute("CREATE TABLE large (text)")
                cursor.executemany("INSERT INTO large VALUES (%s)", [["x" * 3_000]] * 60)
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute("INSERT INTO word VALUES ('two')")
            words(other)
            one.close()  # with what it has read
            words(one)
            shutil.copy(one.file, tmp_path / "whole")
            yield one
    damage._suspected.clear()
    damage._found_whole.clear()


def cut(file):
    os.truncate(file, file.stat().st_size // 2)


def overwrite(file):
    with file.open("r+b") as inside:
        inside.seek(file.stat().st_size // 2)
        inside.write(b"\xff" * 40_000)


def read_all(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT sum(length(text)) FROM large")
        return cursor.fetchall()


@pytest.mark.parametrize("harm", [cut, overwrite])
def test_after_the_first_sign_of_damage_nobody_reads_or_writes_it(wrapper, harm, caplog):
    assert words(wrapper) == ["one", "two"]
    harm(wrapper.file)
    with pytest.raises(DatabaseError):
        read_all(wrapper)
    for _ in range(3):
        wrapper.close_if_unusable_or_obsolete()
        with pytest.raises(OperationalError, match="damaged"):
            words(wrapper)
    assert caplog.text.count("is damaged") == 1


def test_that_it_was_cut_is_seen_between_two_requests(wrapper):
    """Nobody has asked for what is gone, and what is asked for is answered."""
    cut(wrapper.file)
    assert words(wrapper) == ["one", "two"]
    wrapper.close_if_unusable_or_obsolete()
    with pytest.raises(OperationalError, match="damaged"):
        words(wrapper)


def test_that_it_was_cut_is_seen_by_who_begins(wrapper):
    cut(wrapper.file)
    wrapper.size = 0
    wrapper.close()
    with pytest.raises(OperationalError, match="damaged"):
        words(wrapper)


def test_a_whole_file_in_its_place_is_used_at_once(wrapper, tmp_path):
    cut(wrapper.file)
    with pytest.raises(DatabaseError):
        read_all(wrapper)
    wrapper.close_if_unusable_or_obsolete()
    with pytest.raises(OperationalError):
        words(wrapper)
    shutil.copy(tmp_path / "whole", wrapper.file)
    assert read_all(wrapper) == [(180_000,)]


def test_a_whole_file_is_looked_through_once_for_a_sign_of_damage(wrapper, monkeypatch):
    """As where one is being copied there at that moment."""
    looked = []
    real = damage._wrong_with
    monkeypatch.setattr(damage, "_wrong_with", lambda file: looked.append(file) or real(file))
    for _ in range(3):
        damage.suspect(wrapper.file)
        assert not damage.is_known(wrapper.file)
    assert len(looked) == 1


def test_one_that_somebody_holds_is_looked_through_later(wrapper, monkeypatch):
    def held(file):
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(damage, "_wrong_with", held)
        damage.suspect(wrapper.file)
        assert damage.is_known(wrapper.file)
    assert not damage.is_known(wrapper.file)


def test_a_file_that_gets_shorter_of_its_own_is_whole(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("DELETE FROM large")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    wrapper.close_if_unusable_or_obsolete()
    assert words(wrapper) == ["one", "two"]
    assert not damage.is_suspected(wrapper.file)


SEES = """
import sqlite3, sys
asked = "SELECT count(*) FROM word WHERE text = ?"
sys.exit(sqlite3.connect(sys.argv[1]).execute(asked, [sys.argv[2]]).fetchone() != (1,))
"""
ANOTHER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO word VALUES ('theirs')")
connection.commit()
connection.close()
"""


def test_a_program_that_ends_leaves_the_log_to_those_who_still_write(tmp_path, django_db_blocker):
    """SQLite's locks go with any descriptor of the file that is closed in the same process; then
    the program believes to be the last one, and what is saved here after it is in no file.
    """
    with django_db_blocker.unblock():
        for wrapper in opened(tmp_path):
            for round_ in range(3):
                assert not damage.is_known(wrapper.file)
                subprocess.run([sys.executable, "-c", ANOTHER, wrapper.file], check=True)
                with wrapper.cursor() as cursor:
                    cursor.execute(f"INSERT INTO word VALUES ('ours {round_}')")
                subprocess.run(
                    [sys.executable, "-c", SEES, wrapper.file, f"ours {round_}"], check=True
                )
            assert wrapper.file.with_name(f"{wrapper.file.name}-wal").exists()
