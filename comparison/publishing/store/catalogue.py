"""The catalogue: what lists, feeds and searches say of the published releases, in one small SQLite
file beside theirs.

Derived wholly from those files: missing, it is made anew from them; damaged, its spare takes its
place, or where there is none, it is made anew, too; in memory where their folder cannot be written.
All processes of a server share it, and see at once what another has written into it. Not the site's
database, and never asked through Django.
"""

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from comparison.publishing.store import catalogue_rows as rows
from comparison.publishing.store import folder, spare, withheld, withheld_rows
from comparison.publishing.store.release_file import Damaged, Head, head_of
from comparison.publishing.store.withheld import Act, Withheld

log = logging.getLogger(__name__)
# Of its format, so that during an upgrade each version has one of its own.
NAME = f"catalogue.{rows.FORMAT}.sqlite3"
WAIT = 2.0  # seconds, for another process that writes
TRIES = 3  # of one that was damaged: of its spare, and of one that is made anew
MOST_KEPT = 10_000  # addresses whose newest release a reader remembers
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Reader:
    """One connection, and what it has read since the catalogue last changed."""

    connection: sqlite3.Connection
    made: int = 0  # which of the files it reads, one after the other
    version: int = -1
    newest: dict[str, tuple[str, int]] = field(default_factory=dict)
    withheld: Withheld | None = None

    def look(self) -> None:
        """Forget what was read where the catalogue has changed since."""
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self.version or len(self.newest) > MOST_KEPT:
            self.forget()
            self.version = version

    def forget(self) -> None:
        self.newest.clear()
        self.withheld = None


class Catalogue:
    """The catalogue of the folder that settings name."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.path = ""
        self.inode = 0
        self.idle: list[Reader] = []
        self.is_tended = False  # somebody calls `tend`, and no reader makes it anew
        self.made = 0  # how many times another file, or none, took the place of this one
        self.empty: Reader | None = None  # while nothing is published
        # where no file can be used: the catalogue itself, one thread at a time
        self.in_memory: Reader | None = None

    # --- reading --------------------------------------------------------------------------------

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """Return the answer to a question. A catalogue that cannot gives way to another."""
        for count in range(TRIES):
            if self.in_memory:
                break
            reader = None
            try:
                with self._reader() as reader:
                    return question(reader)
            except (sqlite3.Error, OSError) as error:
                made = reader.made if reader else self.made
                self._mend(error, made, may_use_spare=not count)
        with self.lock:
            return question(self.in_memory or self._use_memory())

    @contextmanager
    def _reader(self) -> Iterator[Reader]:
        reader = self._take()
        if reader is self.empty:
            with self.lock:
                yield reader
            return
        try:
            reader.look()
            yield reader
        except BaseException:
            reader.connection.close()
            raise
        with self.lock:
            if reader.made == self.made:
                self.idle.append(reader)
            else:
                reader.connection.close()

    def _take(self) -> Reader:
        """Return a connection to the file that is there now."""
        path = f"{folder.place()}/{NAME}"
        try:
            inode = os.stat(path).st_ino
        except FileNotFoundError:
            inode = 0
        with self.lock:
            is_gone = self.is_tended and not inode and path == self.path
            if is_gone and self.inode and self.idle:
                return self.idle.pop()  # of the one that is gone, until there is another
            self._turn_to(path, inode)
            if inode and self.idle:
                return self.idle.pop()
            made = self.made
        if not inode and any(folder.files()):
            self._make(path)
            return self._take()
        if inode:
            return Reader(_open(path), made)
        with self.lock:
            self.empty = self.empty or _filled(())
            return self.empty

    def _turn_to(self, path: str, inode: int) -> None:
        """Read the file that is there now, and none that was there before."""
        with self.lock:
            if (path, inode) != (self.path, self.inode):
                self._close()
                self.path, self.inode, self.made = path, inode, self.made + 1

    # --- writing --------------------------------------------------------------------------------

    def add(self, heads: Iterable[Head]) -> None:
        """Write down releases whose files are there."""
        heads = list(heads)

        def write(connection: sqlite3.Connection) -> None:
            rows.add(connection, heads)
            rows.list_readable(connection, (head.slug for head in heads), folder.head)

        self.change(write)

    def withhold(self, acts: Iterable[Act]) -> None:
        """Write down what is withheld, or shown again."""
        acts = list(acts)

        def write(connection: sqlite3.Connection) -> None:
            withheld_rows.add(connection, acts)
            rows.list_readable(connection, (act.slug for act in acts), folder.head)

        self.change(write)

    def change(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Let something be written, whole or not at all."""
        for count in range(TRIES):
            if self.in_memory:
                break
            try:
                self._change_file(write)
                return
            except (sqlite3.Error, OSError) as error:
                self._mend(error, self.made, may_use_spare=not count)
        with self.lock:
            reader = self.in_memory or self._use_memory()
            write(reader.connection)
            reader.forget()

    def _change_file(self, write: Callable[[sqlite3.Connection], None]) -> None:
        path = f"{folder.place()}/{NAME}"
        if not os.path.exists(path):
            self._make(path)
        self._turn_to(path, os.stat(path).st_ino)
        connection = _open(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            write(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()

    # --- making it anew -------------------------------------------------------------------------

    def tend(self) -> None:
        """Make it anew where it is gone, and look which one is there now."""
        path = f"{folder.place()}/{NAME}"
        if self.path == path and self.inode and not self.in_memory and not os.path.exists(path):
            self._make_or_use_memory(path)
        self.ask(lambda reader: None)

    def make_anew(self) -> None:
        """Make it from the files, whatever it says now."""
        with self.lock:
            self.in_memory = None
        self._make_or_use_memory(f"{folder.place()}/{NAME}")

    def renew_spare(self) -> None:
        """Copy it, for when it is damaged, if it has changed since a while ago."""
        if not self.in_memory:
            with suppress(sqlite3.Error, OSError):
                spare.renew(f"{folder.place()}/{NAME}")

    def return_to_file(self) -> None:
        """Use a file again where only memory could be used, if that is possible now."""
        if not self.in_memory or folder.held():
            return
        try:
            self._change_file(lambda connection: None)
        except (sqlite3.Error, OSError):
            return
        with self.lock:
            self.in_memory.connection.close()
            self.in_memory, self.made = None, self.made + 1

    def _mend(self, error: Exception, made: int, *, may_use_spare: bool) -> None:
        """Put another in the place of one that cannot be used: its spare, else one that is made
        anew, on the disk if that can be. made: which one it was.
        """
        path = f"{folder.place()}/{NAME}"
        with self.lock:
            if self.in_memory or self._is_replaced(path, made):
                return
            kept = spare.in_memory(path) if may_use_spare else None
            if not isinstance(error, sqlite3.DatabaseError) or _is_in_use(error):
                self._use_memory(error, kept)
                return
            become = "its spare takes its place" if kept else "it is made anew"
            log.warning("%s cannot be used (%s): %s.", path, error, become)
            self._make_or_use_memory(path, kept)

    def _is_replaced(self, path: str, made: int) -> bool:
        """Return whether somebody, here or in another process, has put another in its place."""
        with suppress(OSError):
            return made != self.made or (self.inode not in (0, os.stat(path).st_ino))
        return False

    def _make_or_use_memory(self, path: str, kept: sqlite3.Connection | None = None) -> None:
        """Make one on the disk, or in memory. kept: what it is to say; else what the files say."""
        try:
            self._make(path, kept)
        except (sqlite3.Error, OSError) as error:
            self._use_memory(error, kept)

    def _make(self, path: str, kept: sqlite3.Connection | None = None) -> None:
        """Write one under its name at once. Its spare, if it is not that, is left no longer."""
        if kept is None:
            spare.drop(path)
        connection = kept or _of_the_files().connection
        content = connection.serialize()
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        scratch = f"{path}.{os.getpid()}-{threading.get_ident()}"
        try:
            with open(scratch, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # what a writer that died left of the old one would be taken for part of the new one
            Path(f"{path}-journal").unlink(missing_ok=True)
            os.replace(scratch, path)
        finally:
            Path(scratch).unlink(missing_ok=True)
        connection.close()

    def _use_memory(
        self, why: object = "again and again", kept: sqlite3.Connection | None = None
    ) -> Reader:
        """Use memory until a file can be: what is kept, else what the files say."""
        with self.lock:
            if self.in_memory is None:
                log.warning("%s cannot be used (%s): memory is.", self.path, why)
                self.in_memory = Reader(kept) if kept else _of_the_files()
                self.made += 1
            return self.in_memory

    def forget(self) -> None:
        """Forget all connections and what they have read."""
        with self.lock:
            self._close()
            if self.in_memory:
                self.in_memory.connection.close()
            self.in_memory, self.path, self.inode = None, "", 0

    def _close(self) -> None:
        for reader in self.idle:
            reader.connection.close()
        self.idle.clear()


def _open(path: str) -> sqlite3.Connection:
    """Open the catalogue. Raises sqlite3.DatabaseError where it is none; nothing is created."""
    connection = sqlite3.connect(
        f"file:{quote(path)}?mode=rw",
        uri=True,
        timeout=WAIT,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if not rows.is_whole(connection):
            raise sqlite3.DatabaseError("it is no catalogue")
    except BaseException:
        connection.close()
        raise
    return connection


def _filled(heads: Iterable[Head | tuple[str, int]], acts: Iterable[Act] = ()) -> Reader:
    """Return a catalogue in memory. heads: of the releases; of one that cannot be read its slug and
    number. acts: what is withheld.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    rows.make(connection)
    connection.execute("BEGIN")
    heads, acts = list(heads), list(acts)
    rows.add(connection, [head for head in heads if isinstance(head, Head)])
    for unread in heads:
        if not isinstance(unread, Head):
            rows.note_unreadable(connection, *unread)
    withheld_rows.add(connection, acts)
    rows.list_readable(connection, (act.slug for act in acts), folder.head)
    connection.execute("COMMIT")
    return Reader(connection)


def _of_the_files() -> Reader:
    return _filled(_heads(), withheld.known().values())


def _heads() -> Iterator[Head | tuple[str, int]]:
    held = folder.held()
    for slug, number in folder.files():
        if (slug, number) in held:
            continue
        try:
            yield folder.read_head(slug, number)
        except Damaged as damage:
            log.warning("The file of release %s of %s is damaged: %s.", number, slug, damage)
            yield slug, number
    yield from (head_of(content) for content in held.values())


def _is_in_use(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_READONLY"))


catalogue = Catalogue()
