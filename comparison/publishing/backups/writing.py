"""Database -> backup: all of it as it was at one moment, while editors go on saving.

One transaction that only reads: on PostgreSQL a repeatable one, on SQLite one that waits for nobody
and lets nobody wait. Row by row: the largest release is all that is in memory.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from gzip import GzipFile
from pathlib import Path
from typing import IO, Any, cast

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from comparison.models import Release
from comparison.publishing.backups.backup_file import (
    FORMAT,
    KIND,
    digest_of,
    kept_models,
    name_of,
    tables_are_of,
)

COMPRESSION = 4  # a tenth larger than at 6, in half of the time
RELEASES_AT_A_TIME = 4  # rows that the database hands over at once; a release may have a megabyte
OTHERS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds."""

    rows: dict[str, int]
    damaged: list[str]  # releases whose document is not what their digest says


def write_backup(path: Path) -> Written:
    """Write everything to a file, which is there whole or not at all. OSError where it cannot be
    written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        # password hashes are in it: nobody else reads it
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed:
                written = _write(_Hashed(cast("IO[bytes]", packed)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return written


class _Exact(DjangoJSONEncoder):
    """Django's own would leave out what is less than a thousandth of a second."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Hashed:
    """Takes text, as serialisers write it, and knows the digest of all that it took."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def write(self, text: str) -> None:
        taken = text.encode()
        self.sum.update(taken)
        self.file.write(taken)


def _write(out: _Hashed) -> Written:
    rows: dict[str, int] = {}
    damaged: list[str] = []
    with one_moment():
        first = {KIND: FORMAT, "made_at": timezone.now().isoformat(), "tables": tables_are_of()}
        out.write(json.dumps(first) + "\n")
        for model in kept_models():
            rows[name_of(model)] = 0
            serialiser = serializers.get_serializer("jsonl")()
            each = _counted(_rows_of(model), rows, damaged)
            stream = cast("IO[str]", out)
            serialiser.serialize(each, stream=stream, use_natural_foreign_keys=True, cls=_Exact)
    last: dict[str, Any] = {"rows": rows, "damaged": damaged, "sha256": out.sum.hexdigest()}
    out.write(json.dumps(last) + "\n")
    return Written(rows, damaged)


def _rows_of(model: type[models.Model]) -> Iterator[models.Model]:
    at_a_time = RELEASES_AT_A_TIME if model is Release else OTHERS_AT_A_TIME
    return model._base_manager.order_by("pk").iterator(chunk_size=at_a_time)


def _counted(
    each: Iterator[models.Model], rows: dict[str, int], damaged: list[str]
) -> Iterator[models.Model]:
    """Yield the rows of one model, counted; note which releases are not what they were."""
    for row in each:
        rows[name_of(type(row))] += 1
        if isinstance(row, Release) and digest_of(row.document) != row.digest:
            damaged.append(str(row))
        yield row


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is now, whatever is saved meanwhile; hold up nobody."""
    if connection.in_atomic_block:  # a test's: nobody else is there
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django would begin at once as a writer, and hold up editors
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
