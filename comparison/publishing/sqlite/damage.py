"""Whether the database's file is known to be damaged. One that was cut, or overwritten in part,
goes on answering many questions, and takes what is saved, to be lost with it. So from the first
sign of damage on nobody gets a connection to it, until a file is there in which nothing is wrong.

Never mends anything, and writes nothing.
"""

import logging
import os
import sqlite3
import threading
from pathlib import Path
from urllib.parse import quote

log = logging.getLogger(__name__)
WAIT = 2.0  # seconds, for another process that writes
State = tuple[int, int, int, int]
# what each file looked like when it was looked through; None where it has not been yet
_suspected: dict[Path, State | None] = {}
_found_whole: dict[Path, State] = {}
_lock = threading.Lock()
# By device and inode, and never closed: closing any descriptor of a file takes away all locks that
# SQLite holds on it in this process. Whoever closes it next in another process then believes to be
# the last one, and deletes the log under those who write here (sqlite.org/howtocorrupt.html, 2.2).
_descriptors: dict[tuple[int, int], int] = {}
_opening = threading.Lock()


def says_so(error: BaseException | None) -> bool:
    """Return whether an error of SQLite says that the file is damaged."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def suspect(file: Path) -> None:
    """Write down a sign of damage; it is looked through before it is used again."""
    if file not in _suspected and _found_whole.get(file) != _state_of(file):
        _suspected[file] = None


def is_suspected(file: Path) -> bool:
    return file in _suspected


def is_known(file: Path) -> bool:
    """Return whether a file is damaged. It is looked through after the first sign of that, and
    again when it has changed since; whoever asks meanwhile does not wait.
    """
    if file not in _suspected and is_cut(file):
        suspect(file)
    if file not in _suspected:
        return False
    if not _lock.acquire(blocking=False):
        return True
    try:
        return _look_through(file)
    finally:
        _lock.release()


def is_cut(file: Path) -> bool:
    """Return whether a file is shorter than its head says. SQLite itself does not look while other
    connections are open.
    """
    try:
        descriptor = _descriptor_of(file)
        head = os.pread(descriptor, 100, 0)
        size = os.fstat(descriptor).st_size
    except OSError:
        return False
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0") or head[24:28] != head[92:96]:
        return False
    page = int.from_bytes(head[16:18], "big")
    return size < (65_536 if page == 1 else page) * int.from_bytes(head[28:32], "big")


def _descriptor_of(file: Path) -> int:
    """Return a descriptor of the file that is there now, which stays open."""
    with _opening:
        found = file.stat()
        if (found.st_dev, found.st_ino) not in _descriptors:
            descriptor = os.open(file, os.O_RDONLY)
            found = os.fstat(descriptor)
            _descriptors[found.st_dev, found.st_ino] = descriptor
        return _descriptors[found.st_dev, found.st_ino]


def _look_through(file: Path) -> bool:
    state = _state_of(file)
    if state is None:  # it is gone, which is told otherwise
        return False
    if _suspected.get(file) == state:
        return True
    try:
        wrong = _wrong_with(file)
    except sqlite3.Error as error:
        if not says_so(error):  # somebody holds it, or it cannot be opened: later, then
            return True
        wrong = str(error)
    if wrong:
        if _suspected.get(file) is None:
            log.error(
                "%s is damaged (%s). Put a whole file there, or restore a backup.", file, wrong
            )
        _suspected[file] = state
        return True
    _suspected.pop(file, None)
    _found_whole[file] = state
    return False


def _wrong_with(file: Path) -> str:
    """Return the first thing that is wrong with a file, or nothing. Raises sqlite3.Error."""
    connection = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=WAIT)
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    finally:
        connection.close()
    return "" if found == "ok" else " ".join(found.removeprefix("*** in database main ***").split())


def _state_of(file: Path) -> State | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
