"""Every place of a plain tree, beside what the schema says of it: a field, an item, a key. One walk
that all checks share.

Walks what is there, however wrong it is: a part that is not what the schema expects is passed over,
not refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a tree: where it stands, the marks that its field carries, and the innermost
    type that is expected.
    """

    path: Path
    value: Any
    marks: tuple[Any, ...]
    expected: Any


def places(
    annotation: Any, value: Any, path: Path = (), marks: tuple[Any, ...] = ()
) -> Iterator[Place]:
    """Yield every place below an annotation of the schema, parents before their parts, in the
    schema's order.
    """
    origin, arguments = _parts_of(annotation)
    if origin is Annotated:
        yield from places(arguments[0], value, path, marks + arguments[1:])
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield Place(path, value, marks, annotation)
        if isinstance(value, dict):
            for name, field in annotation.model_fields.items():
                if name not in value:
                    continue
                below, of_field = (*path, name), tuple(field.metadata)
                of_value: Any = field.annotation
                if plain := _plain_type(of_value):
                    expected, more = plain
                    yield Place(below, value[name], of_field + more, expected)
                else:
                    yield from places(of_value, value[name], below, of_field)
    elif origin is tuple:
        for number, item in enumerate(value if isinstance(value, list | tuple) else ()):
            yield from places(arguments[0], item, (*path, number))
    elif origin is dict:
        for key, item in value.items() if isinstance(value, dict) else ():
            yield from places(arguments[0], key, (*path, key))
            yield from places(arguments[1], item, (*path, key))
    elif arguments:  # Optional: absent, or what the other part says
        for argument in arguments:
            if argument is not type(None):
                yield from places(argument, value, path, marks)
    else:
        yield Place(path, value, marks, annotation)


@cache
def _parts_of(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(annotation), get_args(annotation)


@cache
def _plain_type(annotation: Any) -> tuple[Any, tuple[Any, ...]] | None:
    """Return the type of a value that has no parts, and the marks on it; None for any other. Most
    values of a document are such, and need no walk of their own.
    """
    origin, arguments = _parts_of(annotation)
    if origin is Annotated:
        plain = _plain_type(arguments[0])
        return plain and (plain[0], arguments[1:] + plain[1])
    if origin in (tuple, dict) or (
        isinstance(annotation, type) and issubclass(annotation, BaseModel)
    ):
        return None
    if not arguments:
        return annotation, ()
    some = [argument for argument in arguments if argument is not type(None)]
    return _plain_type(some[0]) if len(some) == 1 else None


def items_of(tree: Any, key: str) -> list[dict[str, Any]]:
    """Return the dicts of the list under a key, and nothing where there is no such list."""
    items = tree.get(key) if isinstance(tree, dict) else None
    return (
        [item for item in items if isinstance(item, dict)]
        if isinstance(items, list | tuple)
        else []
    )


def slug_of(item: dict[str, Any], key: str = "slug") -> str | None:
    """Return the slug under a key, or None where there is none or something that cannot be one."""
    slug = item.get(key)
    return slug if isinstance(slug, str) else None
