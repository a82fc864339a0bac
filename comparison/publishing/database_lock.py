"""One process at a time changes the database's tables, or brings in the site's own content; the
next waits for its turn.

On PostgreSQL an advisory lock, which ends with its connection; on SQLite a lock on a file beside
the database, which ends with its process. So nobody waits for one that has died.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEY = 7_215_340_981  # any number will do, as long as nothing else in the database locks by it
WAITING = "Another process is getting the database ready. This one waits for it."


@contextmanager
def one_at_a_time(say: Callable[[str], object], alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Hold the lock of a database. say: gets one sentence where somebody else holds it."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with _advisory(connection, say):
            yield
    elif file := _file_of(connection):
        with _locked(file, say):
            yield
    else:  # in memory: nobody else can see it
        yield


@contextmanager
def _advisory(connection: BaseDatabaseWrapper, say: Callable[[str], object]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            say(WAITING)
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
    try:
        yield
    finally:
        # otherwise the lock has ended with the connection
        if connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


def _file_of(connection: BaseDatabaseWrapper) -> Path | None:
    """Return the file to lock for a database in a file; None for one in memory, or where its folder
    is not there yet.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    database = Path(name)
    return database.with_name(f"{database.name}.lock") if database.parent.is_dir() else None


@contextmanager
def _locked(path: Path, say: Callable[[str], object]) -> Iterator[None]:
    with path.open("a") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            say(WAITING)
            locks.lock(file, locks.LOCK_EX)
        yield  # closing the file ends the lock
