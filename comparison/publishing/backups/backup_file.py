"""What a backup is made of: one compressed file of lines. The first says what it is, then one line
a row, the last how many there are of each kind, and the digest of all before it.

So a file that was cut has no last line, and a damaged one has another digest. Sessions and what is
good for a short while are left out.
"""

import hashlib
import json
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import Any
from zlib import error as ZlibError

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.serializers import sort_dependencies
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django_otp.plugins.otp_totp.models import TOTPDevice

from comparison.models import Count, FirstLink, Presence, SharedLink

KIND = "evenhand backup"
FORMAT = 1
LONGEST_LINE = 200_000_000  # characters; more is no row of ours


class Damaged(Exception):
    """A file that cannot be used; its words say why. Nothing was changed."""


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows are kept, those that others refer to first."""
    every = apps.get_app_config("comparison").get_models()
    ours = [model for model in every if model not in (Count, FirstLink, Presence, SharedLink)]
    lists = [(None, [Group, User, LogEntry, TOTPDevice, *ours])]
    return list(sort_dependencies(lists, allow_cycles=True))


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.label_lower)


def tables_are_of() -> str:
    """Return the name of the newest migration that the database has: what its tables are like."""
    applied = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in applied if app == "comparison"), default="")


def digest_of(text: str) -> str:
    """Return the digest of a release's document, as releases keep it."""
    return hashlib.sha256(text.encode()).hexdigest()


def rows_in(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the first line, then every row, then the last line of a backup. Damaged where the file
    is not whole; what was yielded before is then not to be used.
    """
    whole, last = hashlib.sha256(), b""
    try:
        with path.open("rb") as file, GzipFile(fileobj=file) as lines:
            first = _read(lines.readline(LONGEST_LINE))
            if first.get(KIND) != FORMAT:
                raise Damaged(f"{path} is no backup that this version can read.")
            whole.update(json.dumps(first).encode() + b"\n")
            yield first
            while line := lines.readline(LONGEST_LINE):
                if last:
                    whole.update(last)
                    yield _read(last)
                last = line
    except (BadGzipFile, EOFError, ZlibError) as error:
        raise Damaged(f"{path} is damaged or was cut: {error}.") from error
    except OSError as error:
        raise Damaged(f"{path} cannot be read ({error.strerror}).") from error
    end = _read(last)
    if "rows" not in end:
        raise Damaged(f"{path} was cut: its last line is missing.")
    if end["sha256"] != whole.hexdigest():
        raise Damaged(f"{path} is damaged: its digest is another one.")
    yield end


def _read(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError as error:
        raise Damaged(f"The backup is damaged: a line cannot be read ({error}).") from error
    if not isinstance(read, dict):
        raise Damaged("The backup is damaged: a line is no row.")
    return read
