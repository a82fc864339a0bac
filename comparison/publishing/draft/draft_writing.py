"""The plain tree of a document -> draft rows. Rows that say the same already are not touched: keys,
versions and history of a row stay, whatever is written beside it. Nor are they looked at column by
column: what was read of them is held against the tree, and of 22,000 rows that takes a tenth.

One walk serves every noun, because columns carry its fields' names. Rows are written level by
level, so that every row exists before another names it; those that the tree no longer has go last.
What is written is not validated: `core/document/validation.py` does that. Every row that was there
and is another now has a line in its history. Of a comparison that had no row the history says so
once: a line for each of thousands would say nothing that the row does not say itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import inf
from typing import Any

from django.db import models

from comparison.models import history
from comparison.models.comparisons import Comparison
from comparison.models.rows import Row
from comparison.publishing.draft.draft_rows import (
    Holder,
    StoredDraft,
    column_of,
    embedded_noun,
    noun_of,
    plain_value,
    stored_draft,
)
from comparison.publishing.draft.unchanged_rows import says_already

# rows that one statement creates, changes or deletes; databases bound its parameters
AT_ONCE = 500


class _Written:
    """What is known of a draft that is being written."""

    def __init__(self, lines: history.Batch, draft: StoredDraft) -> None:
        self.lines = lines
        # what was read of each row that is there, by its identity
        self.said = {id(row): _at(draft.tree, path) for path, row in draft.rows.items()}
        self.known: dict[tuple[str, str], models.Model] = {}  # rows by kind and slug
        self.gone: dict[type[Row], list[int]] = defaultdict(list)  # what the tree no longer has
        self.new: set[models.Model] = set()  # those whose parts are not told of beside them
        self.is_first = False  # the draft had no row at all
        self.rows = 0  # that were added


def write_tree(
    comparison: Comparison, tree: dict[str, Any], draft: StoredDraft | None = None
) -> None:
    """Let the comparison's draft rows be those of a valid tree. The caller holds the transaction.

    draft: as it is stored, where it was read within the transaction already. A row is known again
    by its slug or key within its parent, and by its place where it has neither. Raises KeyError for
    a reference to nothing; a tree without problems has none.
    """
    with history.batch(silent=True) as lines:
        _write(draft or stored_draft(comparison), tree, lines)
    comparison.refresh_from_db()


def _write(draft: StoredDraft, tree: dict[str, Any], lines: history.Batch) -> None:
    stored = draft.comparison
    before = history.values_of(stored)
    written = _Written(lines, draft)
    _set_columns(stored, tree, written.known, skip=("default_use_case",))
    waiting = _below(stored, tree)
    written.is_first = not any(there for _, _, _, there, _ in waiting)
    while waiting:
        waiting = _write_level(waiting, written)
    use_case: Any = written.known.get(("UseCase", tree.get("default_use_case", "")))
    stored.default_use_case = use_case
    whole = [["rows", "", f"{written.rows:,}"]] if written.is_first and written.rows else []
    if _says(stored) != _saying(before):
        stored.version += 1
        stored.save()
    lines.changed(stored, before, whole)
    _delete_gone(written)


def clear(comparison: Comparison) -> None:
    """Delete every draft row of the comparison: what names others first, what is named last."""
    Comparison.objects.filter(pk=comparison.pk).update(default_use_case=None)
    for field in reversed(_lists(Comparison)):
        _delete(field.related_model._default_manager.filter(comparison=comparison))


def _delete(rows: models.QuerySet[Any], lines: history.Batch | None = None) -> None:
    """Delete rows after what is part of them: an answer may name another question, and so would
    keep it from going. Nobody is asked who names them: what a whole tree no longer has, nothing of
    it names.
    """
    model: Any = rows.model
    for field in _lists(model):
        parts = field.related_model._default_manager.filter(**{f"{field.field.name}__in": rows})
        _delete(parts, lines)
    if lines is not None:
        lines.deleted(rows)
    for many in rows.model._meta.local_many_to_many:
        through: Any = many.remote_field.through
        named = through._default_manager.filter(**{f"{many.m2m_field_name()}__in": rows})
        named._raw_delete(named.db)
    rows._raw_delete(rows.db)


@cache
def _lists(model: type[models.Model]) -> list[Any]:
    """Return the relations to the rows that are part of a model's rows, in the order of its noun's
    fields.
    """
    noun = noun_of(model)
    fields = [column_of(model, name) for name in noun.model_fields] if noun else []
    return [field for field in fields if field is not None and field.one_to_many]


def _delete_gone(written: _Written) -> None:
    """Delete the rows that the tree no longer has, in the order in which `clear` deletes all."""
    for model in _parts_first(Comparison):
        keys = written.gone[model]
        for start in range(0, len(keys), AT_ONCE):
            rows = model._default_manager.filter(pk__in=keys[start : start + AT_ONCE])
            _delete(rows, written.lines)


def _parts_first(model: type[models.Model]) -> Iterator[type[Row]]:
    for field in reversed(_lists(model)):
        yield from _parts_first(field.related_model)
        yield field.related_model


# One list of rows still to be written: their model, the column and row of their parent, those that
# are there, and the list or mapping that the tree has in their place.
Waiting = tuple[type[Row], str, models.Model, list[Row], Any]


def _write_level(waiting: list[Waiting], written: _Written) -> list[Waiting]:
    """Write one level of rows, kind by kind in the document's order, and return the level below.
    What is there and not in the tree is added to what is gone.
    """
    by_kind: dict[type[Row], list[Waiting]] = defaultdict(list)
    for part in waiting:
        by_kind[part[0]].append(part)
    below: list[Waiting] = []
    for model, parts in by_kind.items():
        below += _write_kind(model, parts, written)
    return below


def _write_kind(model: type[Row], parts: list[Waiting], written: _Written) -> list[Waiting]:
    below: list[Waiting] = []
    new: list[Row] = []
    changed: list[tuple[Row, history.Values]] = []
    items_of: list[tuple[Row, Any]] = []  # what has to be written, or looked at more closely
    rows: list[Row] = []  # all of them
    for _, parent_column, parent, there, tree in parts:
        items = list(tree.items() if isinstance(tree, dict) else tree)
        known_again = _known_again(model, there, items)
        kept = {row.pk for row in known_again if row is not None}
        written.gone[model] += [row.pk for row in there if row.pk not in kept]
        for stored, place, item in zip(known_again, _places(known_again), items, strict=True):
            row = stored or model(**{parent_column: parent})
            rows.append(row)
            below += _below(row, item)
            was = written.said.get(id(stored))
            if stored and stored.position == place and says_already(stored, was, item):
                continue
            before = history.values_of(row)
            row.position = place
            _set_columns(row, item, written.known)
            if stored is None:
                new.append(row)
            elif _says(row) != _saying(before):
                changed.append((row, before))
            items_of.append((row, item))
    model._default_manager.bulk_create(new, batch_size=AT_ONCE)
    _save_all(model, [row for row, _ in changed])
    if model.parent == "comparison" and hasattr(model, "slug"):
        written.known |= {(model.__name__, _named(row, "slug")): row for row in rows}
    _tell(new, changed, items_of, written)
    return below


def _save_all(model: type[Row], rows: list[Row]) -> None:
    """Save rows that are there, as many in one statement as it takes."""
    for row in rows:
        row.version += 1
    columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    manager: Any = model._base_manager
    manager.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=columns,
    )


def _tell(
    new: list[Row],
    changed: list[tuple[Row, history.Values]],
    items_of: list[tuple[Row, Any]],
    written: _Written,
) -> None:
    """Write the lists that rows name, and tell the history of all that is another now. What is part
    of a new row is told with it.
    """
    named = {row: change for row, item in items_of if (change := _name_many(row, item, written))}
    written.rows += len(new)
    written.new.update(new)
    if written.is_first:
        return
    for row in new:
        if getattr(row, row.parent) not in written.new:
            written.lines.added(row)
    for row, before in changed:
        written.lines.changed(row, before, named.pop(row, ()))
    for row, changes in named.items():
        if row not in written.new:
            written.lines.changed(row, {}, changes)


def _known_again(model: type[Row], there: list[Row], items: Sequence[Any]) -> list[Row | None]:
    """Return for each item of a list the row that stands for it already, or None."""
    names = _naming(model)
    if not names:
        return [there[index] if index < len(there) else None for index in range(len(items))]
    by_name = {tuple(_named(row, name) for name in names): row for row in there}
    return [
        by_name.get((item[0],) if model.key else tuple(item.get(name) for name in names))
        for item in items
    ]


def _naming(model: type[Row]) -> list[str]:
    """Return the columns that name a row within its parent."""
    if model.key:
        return [model.key]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            return [name for name in constraint.fields if name != model.parent]
    return []


def _named(row: Row, column: str) -> Any:
    value = getattr(row, column)
    return getattr(value, "slug", value)


def _places(rows: Sequence[Row | None]) -> list[int]:
    """Return a place for each row of a list; those that stand in this order already keep theirs."""
    places: list[int] = []
    last: tuple[int, float] = (-1, 0)  # the place and the key of the row before
    for row in rows:
        if row is not None and (row.position, row.pk) > last:
            last = (row.position, row.pk)
        else:  # the key of a new row is larger than any
            last = (last[0] + 1, inf if row is None else row.pk)
        places.append(last[0])
    return places


def _at(tree: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _says(row: models.Model) -> list[Any]:
    return _saying(history.values_of(row))


def _saying(values: history.Values) -> list[Any]:
    """Return what a row says, column by column; line ends and outer spaces say nothing."""
    return [plain_value(value) for value in values.values()]


def _below(row: Holder, item: Any) -> list[Waiting]:
    """Return the lists that are part of a row, still to be written."""
    if row.bare:
        return []
    tree = item[1] if row.key else item
    return [
        (
            field.related_model,
            field.field.name,
            row,
            list(getattr(row, field.name).all()) if row.pk else [],
            tree.get(field.name) or (),
        )
        for field in _lists(type(row))
    ]


def _set_columns(
    row: Holder, tree: Any, known: dict[tuple[str, str], models.Model], skip: tuple[str, ...] = ()
) -> None:
    """Set the row's own columns from its part of the tree, those that it does not name to their
    defaults.
    """
    if row.key:
        key, tree = tree
        column = column_of(type(row), row.key)
        setattr(
            row, row.key, known[column.related_model.__name__, key] if column.is_relation else key
        )
        if row.bare:
            setattr(row, row.bare, tree)
            return
    for name in row.node.model_fields:
        if name in skip:
            continue
        column, value = column_of(type(row), name), tree.get(name)
        if column is None:
            _set_embedded(row, name, value or {})
        elif column.one_to_many or column.many_to_many:
            pass  # rows of their own: `_below`, `_name_many`
        elif column.is_relation:
            setattr(row, name, known[column.related_model.__name__, value] if value else None)
        else:
            _set_column(row, name, "\n".join(value) if value and name in row.lines else value)


def _set_embedded(row: Holder, prefix: str, parts: dict[str, Any]) -> None:
    for name in embedded_noun(type(row), prefix).model_fields:
        _set_column(row, f"{prefix}_{name}", parts.get(name))


def _set_column(row: Holder, name: str, value: Any) -> None:
    column = column_of(type(row), name)
    setattr(row, name, column.get_default() if value is None else column.to_python(value))


def _name_many(row: Row, tree: Any, written: _Written) -> list[history.Change]:
    """Let a row name the rows that its part of the tree names in a list; return what that
    changes.
    """
    changes = []
    for name in noun.model_fields if (noun := noun_of(type(row))) else ():
        column = column_of(type(row), name)
        if column is not None and column.many_to_many:
            item = tree[1] if row.key else tree
            kind = column.related_model.__name__
            named = [written.known[kind, slug] for slug in item.get(name, ())]
            before = list(getattr(row, name).all())
            if set(named) != set(before):
                getattr(row, name).set(named)
                was, now = (", ".join(map(str, rows)) for rows in (before, named))
                changes.append([str(column.verbose_name), was, now])
    return changes
