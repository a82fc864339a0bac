"""Draft rows -> the plain tree of a document. One walk serves every noun, because columns carry its
fields' names.

For every place in the tree the row that stands there is kept, so that a problem can open its row.
What is read is not validated: `core/document/validation.py` does that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from comparison.core.document.places import Path
from comparison.core.document.schema import Node
from comparison.models.comparisons import Comparison
from comparison.models.rows import Row

Holder = Comparison | Row


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft with all of its rows in memory, as they were read."""

    comparison: Comparison  # as it is stored; its rows hang on it
    tree: dict[str, Any]  # what they say
    rows: dict[Path, models.Model]  # the row at each path of the tree


def tree_of(comparison: Comparison) -> tuple[dict[str, Any], dict[Path, models.Model]]:
    """Return the comparison's draft as a plain tree, and the row at each path."""
    stored = stored_draft(comparison)
    return stored.tree, stored.rows


def stored_draft(comparison: Comparison) -> StoredDraft:
    """Return the comparison's draft as it is stored. A few queries for each kind of row."""
    stored = Comparison.objects.prefetch_related(*_lookups(Comparison)).get(pk=comparison.pk)
    rows: dict[Path, models.Model] = {}
    return StoredDraft(stored, _read(stored, (), rows), rows)


def _lookups(model: type[models.Model], prefix: str = "") -> Iterator[str]:
    """Yield what to prefetch, so that reading a draft costs a few queries for each kind of row,
    however many there are.
    """
    noun = noun_of(model)
    for name in noun.model_fields if noun else ():
        field = column_of(model, name)
        if field is not None and field.is_relation:
            yield prefix + name
            if field.one_to_many:
                yield from _lookups(field.related_model, f"{prefix}{name}__")
    if getattr(model, "key", "") not in ("", "slug"):
        yield prefix + model.key  # type: ignore[attr-defined]


@cache
def noun_of(model: Any) -> type[Node] | None:
    """Return the noun that a model's rows stand for, or None where the value is no noun."""
    return getattr(model, "node", None)


@cache
def column_of(model: Any, name: str) -> Any:
    """Return the model's column for a field of its noun, or None where several columns hold it."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


# how a field of a row is read: its name, what reads it, and the parts of a value object
Field = tuple[str, Callable[[Any, str, Path, dict[Path, models.Model]], Any] | None, Any]


def _read(row: Holder, path: Path, rows: dict[Path, models.Model]) -> dict[str, Any]:
    rows[path] = row
    tree = {}
    for name, read, parts in _fields(type(row)):
        if read is not None:
            value = read(row, name, path, rows)
        elif parts is not None:
            value = _read_embedded(row, parts)
        else:
            value = plain_value(getattr(row, name))
        if value or isinstance(value, int | float):  # 0 and no are said
            tree[name] = value
    return tree


@cache
def _fields(model: type[Holder]) -> tuple[Field, ...]:
    """Return how each field of a model's rows is read: looked up once, and not for each row."""
    return tuple(_field(model, name) for name in model.node.model_fields)


def _field(model: type[Holder], name: str) -> Field:
    column = column_of(model, name)
    if column is None:
        return name, None, _parts(model, name)
    if column.one_to_many:
        return name, _read_list, None
    if column.many_to_many:
        return name, _read_many, None
    if column.is_relation:
        return name, _read_named, None
    return name, _read_lines if name in model.lines else None, None


def _read_list(row: Any, name: str, path: Path, rows: dict[Path, models.Model]) -> Any:
    model: Any = type(row)
    model = column_of(model, name).related_model
    return _read_children(list(getattr(row, name).all()), model, (*path, name), rows)


def _read_many(row: Any, name: str, *_: Any) -> list[str]:
    in_order = sorted(getattr(row, name).all(), key=lambda named: (named.position, named.pk))
    return [named.slug for named in in_order]


def _read_named(row: Any, name: str, *_: Any) -> str | None:
    named = getattr(row, name)
    return named.slug if named else None


def _read_lines(row: Any, name: str, *_: Any) -> list[str]:
    return [line.strip() for line in getattr(row, name).splitlines() if line.strip()]


def _read_children(
    children: list[Any], model: type[Row], path: Path, rows: dict[Path, models.Model]
) -> Any:
    if not model.key:
        return [_read(child, (*path, index), rows) for index, child in enumerate(children)]
    by_key = {}
    for child in children:
        key = getattr(child, model.key)
        key = key if isinstance(key, str) else key.slug
        rows[(*path, key)] = child
        by_key[key] = (
            plain_value(getattr(child, model.bare))
            if model.bare
            else _read(child, (*path, key), rows)
        )
    return by_key


def _read_embedded(row: Holder, columns: tuple[tuple[str, str, bool], ...]) -> Any:
    """Return a value object from its columns, or None where only columns with a default of their
    own are filled.
    """
    parts, is_filled = {}, False
    for name, column, has_default in columns:
        value = getattr(row, column)
        if value is None or value == "":
            continue
        value = plain_value(value)
        if value != "":
            parts[name] = value
            is_filled = is_filled or not (has_default or isinstance(value, bool))
    return parts if is_filled else None


def _parts(model: type[Holder], prefix: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the parts of a value object, the column of each, and whether it has a default."""
    names = embedded_noun(model, prefix).model_fields
    columns = {name: f"{prefix}_{name}" for name in names}
    return tuple(
        (name, column, bool(column_of(model, column).choices)) for name, column in columns.items()
    )


@cache
def embedded_noun(model: type[Holder], prefix: str) -> type[Node]:
    """Return the noun of a value object, whose columns begin with `prefix`."""
    annotation = model.node.model_fields[prefix].annotation
    (noun,) = (kind for kind in get_args(annotation) or (annotation,) if kind is not type(None))
    assert isinstance(noun, type)
    assert issubclass(noun, Node)
    return noun


def plain_value(value: Any) -> Any:
    """Return a column's value as the tree has it: text trimmed, days and choices as text."""
    if value is None or value == "":  # nearly always
        return value
    match value:
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case float() if value.is_integer():
            return int(value)
        case str():
            return value.replace("\r\n", "\n").strip()
        case _:
            return value
