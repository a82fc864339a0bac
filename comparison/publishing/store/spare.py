"""The catalogue's spare: a copy beside it, a minute old at most, which takes its place when it is
damaged. Making one anew of thousands of files takes seconds, and a reader would wait for it.

What a spare lacks, the follower brings within a second or two; what is withheld, it is told before
anybody sees it.
"""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from comparison.publishing.store import catalogue_rows as rows
from comparison.publishing.store import folder, withheld, withheld_rows

EVERY = 60.0  # seconds between two copies of a catalogue that goes on changing
_next = 0.0  # when this process may copy again


def path_of(catalogue: str) -> Path:
    return Path(f"{catalogue}.spare")


def renew(catalogue: str) -> None:
    """Copy the catalogue if it has changed; one process of a server does it. Raises sqlite3.Error
    where it is damaged, or OSError.
    """
    global _next
    spare, changed = path_of(catalogue), os.stat(catalogue).st_mtime_ns
    if (spare.exists() and spare.stat().st_mtime_ns == changed) or time.monotonic() < _next:
        return
    with folder.alone("spare") as is_mine:
        if is_mine:
            _next = time.monotonic() + EVERY
            _copy(catalogue, spare, changed)


def _copy(catalogue: str, spare: Path, changed: int) -> None:
    """Copy it as it is at one moment, row by row: what is damaged is not copied."""
    scratch = Path(f"{spare}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"file:{quote(catalogue)}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(scratch),))
        os.utime(scratch, ns=(changed, changed))
        os.replace(scratch, spare)
    finally:
        scratch.unlink(missing_ok=True)


def in_memory(catalogue: str) -> sqlite3.Connection | None:
    """Return what the spare says, with all that is withheld; None where there is none, or it is
    damaged too.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        connection.deserialize(path_of(catalogue).read_bytes())
        if not rows.is_whole(connection) or not _is_sound(connection):
            raise sqlite3.DatabaseError("it is no catalogue")
        _withhold(connection)
    except (sqlite3.Error, OSError):
        connection.close()
        return None
    return connection


def _is_sound(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _withhold(connection: sqlite3.Connection) -> None:
    there = withheld_rows.keys(connection)
    known = withheld.known().values()
    lacking = [act for act in known if (*act.key, act.is_withheld) not in there]
    if lacking:
        withheld_rows.add(connection, lacking)
        rows.list_readable(connection, (act.slug for act in lacking), folder.head)


def drop(catalogue: str) -> None:
    """Leave no spare: the catalogue says something else on purpose."""
    path_of(catalogue).unlink(missing_ok=True)
