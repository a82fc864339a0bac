"""Draft rows -> the plain tree of a document. One walk serves every noun, because columns carry its
fields' names.

For every place in the tree the row that stands there is kept, so that a problem can open its row.
What is read is not validated: `core/document/validation.py` does that.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from comparison.core.document.places import Path
from comparison.core.document.schema import Node
from comparison.models.comparisons import Comparison
from comparison.models.rows import Row

Holder = Comparison | Row


def tree_of(comparison: Comparison) -> tuple[dict[str, Any], dict[Path, models.Model]]:
    """Return the comparison's draft as a plain tree, and the row at each path. A few queries for
    each kind of row.
    """
    rows: dict[Path, models.Model] = {}
    return _read(whole_draft(comparison), (), rows), rows


def whole_draft(comparison: Comparison) -> Comparison:
    """Return the comparison as it is stored, with every row of its draft in memory."""
    return Comparison.objects.prefetch_related(*_lookups(Comparison)).get(pk=comparison.pk)


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


def noun_of(model: type[models.Model]) -> type[Node] | None:
    """Return the noun that a model's rows stand for, or None where the value is no noun."""
    return getattr(model, "node", None)


def column_of(model: type[models.Model], name: str) -> Any:
    """Return the model's column for a field of its noun, or None where several columns hold it."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _read(row: Holder, path: Path, rows: dict[Path, models.Model]) -> dict[str, Any]:
    rows[path] = row
    tree = {name: _read_field(row, name, (*path, name), rows) for name in row.node.model_fields}
    return {name: value for name, value in tree.items() if value not in (None, "", [], {})}


def _read_field(row: Holder, name: str, path: Path, rows: dict[Path, models.Model]) -> Any:
    field = column_of(type(row), name)
    if field is None:
        return _read_embedded(row, name)
    if field.one_to_many:
        return _read_children(list(getattr(row, name).all()), field.related_model, path, rows)
    if field.many_to_many:
        return [
            named.slug
            for named in sorted(
                getattr(row, name).all(), key=lambda named: (named.position, named.pk)
            )
        ]
    if field.is_relation:
        named = getattr(row, name)
        return named.slug if named else None
    value = getattr(row, name)
    if name in row.lines:
        return [line.strip() for line in value.splitlines() if line.strip()]
    return plain_value(value)


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


def _read_embedded(row: Holder, prefix: str) -> dict[str, Any] | None:
    """Return a value object from its columns, or None where only columns with a default of their
    own are filled.
    """
    noun = embedded_noun(row, prefix)
    parts = {name: plain_value(getattr(row, f"{prefix}_{name}")) for name in noun.model_fields}
    parts = {name: value for name, value in parts.items() if value not in (None, "")}
    filled = [
        name
        for name, value in parts.items()
        if not isinstance(value, bool) and not _is_choice(row, f"{prefix}_{name}")
    ]
    return parts if filled else None


def embedded_noun(row: Holder, prefix: str) -> type[Node]:
    """Return the noun of a value object, whose columns begin with `prefix`."""
    annotation = row.node.model_fields[prefix].annotation
    (noun,) = (kind for kind in get_args(annotation) or (annotation,) if kind is not type(None))
    assert isinstance(noun, type)
    assert issubclass(noun, Node)
    return noun


def _is_choice(row: Holder, column: str) -> bool:
    return bool(row._meta.get_field(column).choices)  # type: ignore[union-attr]


def plain_value(value: Any) -> Any:
    """Return a column's value as the tree has it: text trimmed, days and choices as text."""
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
