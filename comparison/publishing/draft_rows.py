"""Draft rows <-> the plain tree of a document. One walk serves every noun, because columns carry
its fields' names.

Reading keeps, for every place in the tree, the row that stands there, so that a problem can open
its row. Writing creates rows level by level, so that every row exists before another names it.
Neither validates: `core/document/validation.py` does.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from comparison.core.document.places import Path
from comparison.core.document.schema import Document, Node
from comparison.models.comparisons import Comparison
from comparison.models.rows import Row

Holder = Comparison | Row


# --- reading --------------------------------------------------------------------------------------


def tree_of(comparison: Comparison) -> tuple[dict[str, Any], dict[Path, models.Model]]:
    """Return the comparison's draft as a plain tree, and the row at each path. A few queries for
    each kind of row.
    """
    rows: dict[Path, models.Model] = {}
    whole = Comparison.objects.prefetch_related(*_lookups(Comparison)).get(pk=comparison.pk)
    return _read(whole, (), rows), rows


def _lookups(model: type[models.Model], prefix: str = "") -> Iterator[str]:
    """Yield what to prefetch, so that reading a draft costs a few queries for each kind of row,
    however many there are.
    """
    noun = _noun(model)
    for name in noun.model_fields if noun else ():
        field = _field(model, name)
        if field is not None and field.is_relation:
            yield prefix + name
            if field.one_to_many:
                yield from _lookups(field.related_model, f"{prefix}{name}__")
    if getattr(model, "key", "") not in ("", "slug"):
        yield prefix + model.key  # type: ignore[attr-defined]


def _noun(model: type[models.Model]) -> type[Node] | None:
    return getattr(model, "node", None)


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _read(row: Holder, path: Path, rows: dict[Path, models.Model]) -> dict[str, Any]:
    rows[path] = row
    tree = {name: _read_field(row, name, (*path, name), rows) for name in row.node.model_fields}
    return {name: value for name, value in tree.items() if value not in (None, "", [], {})}


def _read_field(row: Holder, name: str, path: Path, rows: dict[Path, models.Model]) -> Any:
    field = _field(type(row), name)
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
    return _plain(value)


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
            _plain(getattr(child, model.bare)) if model.bare else _read(child, (*path, key), rows)
        )
    return by_key


def _read_embedded(row: Holder, prefix: str) -> dict[str, Any] | None:
    """Return a value object from its columns, or None where only columns with a default of their
    own are filled.
    """
    noun = _embedded_noun(row, prefix)
    parts = {name: _plain(getattr(row, f"{prefix}_{name}")) for name in noun.model_fields}
    parts = {name: value for name, value in parts.items() if value not in (None, "")}
    filled = [
        name
        for name, value in parts.items()
        if not isinstance(value, bool) and not _is_choice(row, f"{prefix}_{name}")
    ]
    return parts if filled else None


def _embedded_noun(row: Holder, prefix: str) -> type[Node]:
    annotation = row.node.model_fields[prefix].annotation
    (noun,) = (kind for kind in get_args(annotation) or (annotation,) if kind is not type(None))
    assert isinstance(noun, type)
    assert issubclass(noun, Node)
    return noun


def _is_choice(row: Holder, column: str) -> bool:
    return bool(row._meta.get_field(column).choices)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
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


# --- writing --------------------------------------------------------------------------------------


def write_tree(comparison: Comparison, tree: dict[str, Any]) -> None:
    """Replace the comparison's draft rows by those of a valid tree. The caller holds the
    transaction.

    Raises KeyError for a reference to nothing; a tree without problems has none.
    """
    clear(comparison)
    comparison.neutral = Document.model_fields["neutral"].default
    known: dict[tuple[str, str], models.Model] = {}
    comparison.default_use_case = None
    late = _fill(comparison, tree, known, skip=("default_use_case",))
    comparison.save()
    while late:
        late = _create(late, known)
    if "default_use_case" in tree:
        use_case = known["UseCase", tree["default_use_case"]]
        comparison.default_use_case = use_case  # type: ignore[assignment]
        comparison.save()


def clear(comparison: Comparison) -> None:
    """Delete every draft row of the comparison: what names others first, what is named last."""
    Comparison.objects.filter(pk=comparison.pk).update(default_use_case=None)
    for field in reversed(_lists(Comparison)):
        _delete(field.related_model._default_manager.filter(comparison=comparison))


def _delete(rows: models.QuerySet[Any]) -> None:
    """Delete rows after what is part of them: an answer may name another question, and so would
    keep it from going.
    """
    for field in _lists(rows.model):
        _delete(field.related_model._default_manager.filter(**{f"{field.field.name}__in": rows}))
    rows.delete()


def _lists(model: type[models.Model]) -> list[Any]:
    """Return the relations to the rows that are part of a model's rows, in the order of its noun's
    fields.
    """
    noun = _noun(model)
    fields = [_field(model, name) for name in noun.model_fields] if noun else []
    return [field for field in fields if field is not None and field.one_to_many]


# A row still to be created: its model, the column and row of its parent, its place, and its part of
# the tree.
Waiting = tuple[type[Row], str, models.Model, int, Any]


def _create(waiting: list[Waiting], known: dict[tuple[str, str], models.Model]) -> list[Waiting]:
    """Create one level of rows, kind by kind in the document's order, and return the
    level below.
    """
    by_kind: dict[type[Row], list[Waiting]] = defaultdict(list)
    for item in waiting:
        by_kind[item[0]].append(item)
    below: list[Waiting] = []
    for model, items in by_kind.items():
        created = []
        for _, parent_column, parent, position, tree in items:
            row = model(position=position, **{parent_column: parent})
            created.append((row, tree, _fill(row, tree, known)))
        model._default_manager.bulk_create([row for row, _, _ in created], batch_size=500)
        for row, tree, children in created:
            if hasattr(row, "slug") and row.parent == "comparison":
                known[model.__name__, row.slug] = row
            if isinstance(tree, dict):
                _name_many(row, tree, known)
            below += children
    return below


def _fill(
    row: Holder, tree: Any, known: dict[tuple[str, str], models.Model], skip: tuple[str, ...] = ()
) -> list[Waiting]:
    """Set the row's own columns from its part of the tree, and return its children, still to be
    created.
    """
    below: list[Waiting] = []
    if row.key:
        key, tree = tree
        column = _field(type(row), row.key)
        setattr(
            row, row.key, known[column.related_model.__name__, key] if column.is_relation else key
        )
        if row.bare:
            setattr(row, row.bare, tree)
            return below
    for name, value in tree.items():
        field = _field(type(row), name)
        if name in skip:
            continue
        if field is None:
            for part, part_value in value.items():
                setattr(row, f"{name}_{part}", part_value)
        elif field.one_to_many:
            items = value.items() if isinstance(value, dict) else value
            below += [
                (field.related_model, field.field.name, row, index, item)
                for index, item in enumerate(items)
            ]
        elif field.many_to_many:
            pass  # needs the row's own key first: `_name_many`
        elif field.is_relation:
            setattr(row, name, known[field.related_model.__name__, value])
        else:
            setattr(row, name, "\n".join(value) if name in row.lines else value)
    return below


def _name_many(row: Row, tree: dict[str, Any], known: dict[tuple[str, str], models.Model]) -> None:
    for name, value in tree.items():
        field = _field(type(row), name)
        if field is not None and field.many_to_many:
            getattr(row, name).set([known[field.related_model.__name__, slug] for slug in value])
