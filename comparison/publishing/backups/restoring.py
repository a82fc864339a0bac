"""Backup -> database: everything or nothing, in one transaction, and only after the whole file has
been read and found right.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import connection, models, transaction

from comparison.models import Comparison, Presence, Release, Suggestion
from comparison.publishing.backups.backup_file import (
    Damaged,
    digest_of,
    kept_models,
    name_of,
    rows_in,
    tables_are_of,
)

MOST_AT_ONCE = 4_000_000  # characters of rows that are written together


class NotEmpty(Exception):
    """There is something in the database that a backup would replace."""


@dataclass(slots=True)
class Contents:
    """What a backup holds, found by reading it whole."""

    made_at: str
    tables: str
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[tuple[str, int], str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)  # releases that were so when it was made


def read_backup(path: Path) -> Contents:
    """Return what a backup holds. Damaged where it is not whole, or a release is not what its
    digest says.
    """
    each = rows_in(path)
    first = next(each)
    contents = Contents(str(first.get("made_at", "")), str(first.get("tables", "")))
    counts: Counter[str] = Counter()
    wrong = []
    for row in each:
        if "model" not in row:
            contents.rows, contents.damaged = row["rows"], row["damaged"]
            continue
        counts[row["model"]] += 1
        if row["model"] == name_of(Release):
            fields = row["fields"]
            key = (fields["slug"], fields["number"])
            contents.digests[key] = fields["digest"]
            if digest_of(fields["document"]) != fields["digest"]:
                wrong.append(f"{key[0]} @{key[1]}")
    if counts != Counter(contents.rows):
        raise Damaged(f"{path} is damaged: rows are missing.")
    if others := sorted(set(wrong) - set(contents.damaged)):
        raise Damaged(f"{path} is damaged: {', '.join(others)} is not what its digest says.")
    return contents


def restore(path: Path, *, replace: bool = False) -> Contents:
    """Put the rows of a backup into the database, and return what it holds.

    Raises Damaged, and NotEmpty where something is there and `replace` is not set; the database is
    then as it was. replace: all that is there goes.
    """
    contents = read_backup(path)
    if contents.tables != tables_are_of():
        raise Damaged(
            f"The tables in {path} are as migration {contents.tables} made them, those of this "
            f"database as {tables_are_of()} did. Restore it with the version that wrote it, and "
            "upgrade then."
        )
    if not replace and (there := what_is_there()):
        raise NotEmpty(f"The database is not empty: it has {there}.")
    with transaction.atomic():
        _empty()
        try:
            _load(path)
        except DeserializationError as error:
            raise Damaged(f"A row of {path} does not fit into this database: {error}") from error
        _reset_numbers()
        _compare(path, contents)
    return contents


def what_is_there() -> str:
    """Return in words what a backup would replace; empty where there is nothing of anybody's."""
    kinds: tuple[tuple[type[models.Model], str], ...] = (
        (Release, "releases"),
        (Comparison, "drafts"),
        (User, "accounts"),
        (Suggestion, "suggestions"),
    )
    counts = [(model._base_manager.count(), noun) for model, noun in kinds]
    return ", ".join(f"{count:,} {noun}" for count, noun in counts if count)


def _empty() -> None:
    """Delete every row of what a backup holds. The database refuses to delete a release, and what
    was decided: that is lifted here alone, within the transaction.
    """
    tables = [model._meta.db_table for model in kept_models()]
    tables += [through._meta.db_table for through, _, _ in _throughs().values()]
    # of accounts that are others now
    tables += [model._meta.db_table for model in (Session, Presence)]
    connection.check_constraints()  # what waits for it would be in the way
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(table) for table in tables)
            cursor.execute(f"TRUNCATE {names}")  # no row's trigger is asked
            return
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        triggers = [row[:2] for row in cursor.fetchall() if row[2] in tables]
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        for table in tables:
            # table names are the models' own
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
        for _, sql in triggers:
            cursor.execute(sql)


def _throughs() -> dict[tuple[type[models.Model], str], tuple[type[models.Model], str, str]]:
    """Return the tables between two models, which have no rows of their own in a backup, each with
    its two columns.
    """
    return {
        (model, many.name): (through, many.m2m_column_name(), many.m2m_reverse_name())
        for model in kept_models()
        for many in model._meta.local_many_to_many
        if (through := many.remote_field.through) and through._meta.auto_created
    }


def _load(path: Path) -> None:
    batch: list[Any] = []
    links: list[models.Model] = []
    kind, size, throughs = "", 0, _throughs()
    for row in rows_in(path):
        if "model" not in row:
            continue
        # a row names others, which have to be there before it is read
        if batch and (row["model"] != kind or size > MOST_AT_ONCE):
            _insert(batch, links)
            size = 0
        kind = row["model"]
        size += sum(len(value) for value in row["fields"].values() if isinstance(value, str))
        for one in serializers.deserialize("python", [row]):
            batch.append(one.object)
            for name, others in (one.m2m_data or {}).items():
                through, mine, theirs = throughs[type(one.object), name]
                links += [through(**{mine: one.object.pk, theirs: other}) for other in others]
    if batch:
        _insert(batch, links)


def _insert(batch: list[Any], links: list[models.Model]) -> None:
    type(batch[0])._base_manager.bulk_create(batch)
    batch.clear()
    by_table: dict[type[models.Model], list[models.Model]] = {}
    for link in links:
        by_table.setdefault(type(link), []).append(link)
    for through, rows in by_table.items():
        through._base_manager.bulk_create(rows)
    links.clear()


def _reset_numbers() -> None:
    """Let the next row of each table have the next number, on databases that count apart."""
    kept = [*kept_models(), *(through for through, _, _ in _throughs().values())]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


def _compare(path: Path, contents: Contents) -> None:
    """Raise Damaged where the database does not hold what the backup does."""
    for model in kept_models():
        count = model._base_manager.count()
        if count != contents.rows.get(name_of(model), 0):
            raise Damaged(f"{path}: {count:,} rows of {name_of(model)} arrived, which is wrong.")
    stored = Release._base_manager.values_list("slug", "number", "digest", "document")
    for slug, number, digest, document in stored.iterator(chunk_size=4):
        is_right = digest_of(document) == digest or f"{slug} @{number}" in contents.damaged
        if digest != contents.digests.get((slug, number)) or not is_right:
            raise Damaged(f"{slug} @{number} did not arrive as it is in {path}.")
