"""Django's SQLite, but: a file that is not there is an error, and no empty one is made in its
place; one that was put back is used at once; one that cannot be written can be read; and one that
is damaged is not used at all.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property

from comparison.publishing.sqlite import damage

_KEPT_BESIDE = "PRAGMA journal_mode = WAL"  # readers do not wait for a writer


class _Errors(DatabaseErrorWrapper):
    """Errors as Django's own; of those that say that the file is damaged it is told."""

    wrapper: "DatabaseWrapper"

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is not None and self.wrapper.file and damage.says_so(error):
            damage.suspect(self.wrapper.file)
        super().__exit__(kind, error, trace)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the file that `NAME` says, as it is there now."""

    opened: tuple[int, int] | None = None  # the file that the connection has opened
    immutable = False  # it was opened as one that nobody writes, and does not look whether one does
    size = 0  # bytes that it had then; no file of SQLite gets shorter by itself

    @cached_property
    def wrap_database_errors(self) -> _Errors:
        return _Errors(self)

    @property
    def file(self) -> Path | None:
        """The file; None for a database in memory."""
        name = str(self.settings_dict["NAME"])
        return None if name.startswith("file:") or ":memory:" in name else Path(name)

    def create_file(self) -> bool:
        """Make an empty database where there is none; say whether that was so."""
        if self.file is None or self.file.exists():
            return False
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch()
        return True

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self.file is not None:
            params["database"] = f"file:{quote(str(self.file))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        if self.file is None:
            made: sqlite3.Connection = super().get_new_connection(conn_params)
            return made
        if damage.is_known(self.file):
            raise sqlite3.OperationalError(f"{self.file} is damaged")
        self.opened, self.size = _identity(self.file), _size_of(self.file)
        self.immutable = False
        try:
            return self._connected(conn_params)
        except sqlite3.OperationalError:
            if not self.file.exists() or os.access(self.file.parent, os.W_OK):
                raise
            # a folder in which nobody can write, not even what readers keep beside the file
            self.immutable = True
            place = f"file:{quote(str(self.file))}?mode=ro&immutable=1"
            return self._connected(conn_params | {"database": place})

    def _connected(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(**conn_params)
        try:
            register_functions(connection)
            for command in ("PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF"):
                connection.execute(command)
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                _keep_beside(connection)
            for command in self.init_commands:  # type: ignore[attr-defined]
                if command.strip():
                    connection.execute(command)
        except BaseException:
            connection.close()
            raise
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """Close it between two requests where the file is another one now, gone, or damaged, and
        after an error: what could only be read can be written now, perhaps.
        """
        is_in_doubt = self.errors_occurred or self.immutable  # it may be right now to open it anew
        super().close_if_unusable_or_obsolete()
        if self.connection is None or self.file is None or self.in_atomic_block:
            return
        is_shorter = _size_of(self.file) < self.size
        is_in_doubt |= is_shorter or damage.is_suspected(self.file)
        if is_in_doubt or _identity(self.file) != self.opened:
            self.close()


def _keep_beside(connection: sqlite3.Connection) -> None:
    try:
        connection.execute(_KEPT_BESIDE)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_READONLY":
            raise


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
