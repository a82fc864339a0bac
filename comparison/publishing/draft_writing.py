"""The plain tree of a document -> draft rows. One walk serves every noun, because columns carry its
fields' names.

Rows are written level by level, so that every row exists before another names it. What is written
is not validated: `core/document/validation.py` does that.
"""

from collections import defaultdict
from typing import Any

from django.db import models

from comparison.core.document.schema import Document
from comparison.models.comparisons import Comparison
from comparison.models.rows import Row
from comparison.publishing.draft_rows import Holder, column_of, noun_of


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
    noun = noun_of(model)
    fields = [column_of(model, name) for name in noun.model_fields] if noun else []
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
        column = column_of(type(row), row.key)
        setattr(
            row, row.key, known[column.related_model.__name__, key] if column.is_relation else key
        )
        if row.bare:
            setattr(row, row.bare, tree)
            return below
    for name, value in tree.items():
        field = column_of(type(row), name)
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
        field = column_of(type(row), name)
        if field is not None and field.many_to_many:
            getattr(row, name).set([known[field.related_model.__name__, slug] for slug in value])
