"""A site that gets ready without its database: where something is published, that is served."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError

from comparison.management.commands import migrate, prepare
from comparison.publishing.store import follower
from tests import worlds
from tests.publishing.sqlite.one_table import opened

pytestmark = pytest.mark.django_db
FAULTS = [
    OperationalError("connection failed: no answer\nIs it running?"),
    DatabaseError("file is not a database"),
    CommandError("There is no database."),
    OSError(30, "Read-only file system"),
]


@pytest.fixture(params=FAULTS, ids=lambda fault: type(fault).__name__)
def fault(request, monkeypatch, settings, tmp_path):
    """What the database, or its folder, does to who gets the site ready."""
    settings.VAR = tmp_path
    settings.CONTENT_DIR = tmp_path / "none"
    real = call_command

    def without(command, *args, **options):
        if command == "migrate":
            raise request.param
        return None if command == "collectstatic" else real(command, *args, **options)

    monkeypatch.setattr("comparison.management.commands.prepare.call_command", without)
    return request.param


def test_what_is_published_is_served_and_the_fault_is_a_line(fault):
    worlds.publish(worlds.tiny_tree())
    told = StringIO()
    call_command("prepare", serve_what_is_there=True, stderr=told, stdout=StringIO())
    first, last = told.getvalue().strip().splitlines()
    assert first.startswith("Warning: ")
    assert str(fault).partition("\n")[0] in first
    assert last == "What is published is served; nothing can be edited."


def test_where_nothing_is_published_it_is_an_error(fault):
    with pytest.raises(type(fault)):
        call_command("prepare", serve_what_is_there=True, stdout=StringIO())


def test_who_does_not_serve_hears_of_an_error(fault):
    worlds.publish(worlds.tiny_tree())
    with pytest.raises(type(fault)):
        call_command("prepare", stdout=StringIO())


def test_a_database_that_is_damaged_where_the_releases_are_is_told(monkeypatch, settings, tmp_path):
    """Updating the tables reads nothing of it."""

    def damaged():
        raise DatabaseError("database disk image is malformed")

    worlds.publish(worlds.tiny_tree())
    settings.VAR = settings.STATIC_ROOT = tmp_path
    settings.CONTENT_DIR = tmp_path / "none"
    monkeypatch.setattr(prepare.Command, "_collect", lambda command: None)
    monkeypatch.setattr(follower, "_new_in_the_database", damaged)
    told = StringIO()
    call_command("prepare", serve_what_is_there=True, stderr=told, stdout=StringIO())
    assert told.getvalue().endswith("What is published is served; nothing can be edited.\n")


@pytest.fixture
def in_a_file(tmp_path):
    """A database in a file."""
    yield from opened(tmp_path)


@pytest.mark.parametrize(
    ("lose", "words"),
    [
        (lambda file: file.unlink(), "is not there"),
        (lambda file: file.write_bytes(b""), "is empty"),
    ],
)
def test_none_is_made_where_the_database_of_what_is_published_was(in_a_file, lose, words):
    in_a_file.close()
    lose(in_a_file.file)
    migrate._refuse_a_lost_database(in_a_file)  # nothing is published: it may be a first one
    worlds.publish(worlds.tiny_tree())
    with pytest.raises(CommandError, match=f"{words}, and .* restore_releases"):
        migrate._refuse_a_lost_database(in_a_file)


def test_one_with_tables_is_brought_up_to_date(in_a_file):
    worlds.publish(worlds.tiny_tree())
    migrate._refuse_a_lost_database(in_a_file)
