"""Whether a row that was read says already what a tree says of it. Of 22,000 rows that is known
without looking at their columns one by one.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from comparison.models.rows import Row
from comparison.publishing.draft.draft_rows import column_of, embedded_noun, plain_value


def says_already(row: Row, was: Any, item: Any) -> bool:
    """Return whether a row says what a tree says of it, its parts aside. False where that is only
    spelled otherwise: whoever writes it then looks at it column by column.

    was: what was read of the row; None where nothing was. item: of a list or mapping of the tree.
    """
    now = item[1] if row.key else item
    if row.bare or was is None or was == now:
        return bool(was == now)
    usual, told = _usual(type(row))
    return told | was == told | now or all(
        _is_same(was.get(name), now.get(name), value) for name, value in usual.items()
    )


def _is_same(was: Any, now: Any, usual: Any) -> bool:
    """Return whether a field says the same; usual: what it says where a tree says nothing of it, of
    a value object part by part.
    """
    if was == now:
        return True
    if isinstance(usual, dict):
        return bool(was and now) and all(
            was.get(part, value) == now.get(part, value) for part, value in usual.items()
        )
    return bool((usual if was is None else was) == (usual if now is None else now))


@cache
def _usual(model: type[Row]) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Return what a row says, field by field, where a tree says nothing; of its parts nothing. Then
    those alone that say something.
    """
    usual: dict[str, Any] = {}
    for name in model.node.model_fields:
        column = column_of(model, name)
        if column is None:
            parts = embedded_noun(model, name).model_fields
            usual[name] = {part: _default(model, f"{name}_{part}") for part in parts}
        elif column.is_relation or name in model.lines:
            if not column.one_to_many:
                usual[name] = None
        else:
            usual[name] = _default(model, name)
    said = {name: value for name, value in usual.items() if isinstance(value, str | int | float)}
    return usual, said


def _default(model: type[Row], column: str) -> Any:
    value = plain_value(column_of(model, column).get_default())
    return None if value == "" else value
