"""What a draft changes, field by field, for the editors who publish it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comparison.core.document.schema import Document, plain


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents: where, and what stood and stands there. None = nothing."""

    where: str
    before: str | None
    after: str | None


def changes(before: Document | None, after: Document) -> list[Change]:
    """Return every difference, in the order of the new document's fields, then what is gone."""
    old = dict(_leaves(plain(before), ())) if before else {}
    new = dict(_leaves(plain(after), ()))
    return [
        Change(" › ".join(path), old.get(path), new.get(path))
        for path in dict.fromkeys([*new, *old])
        if old.get(path) != new.get(path)
    ]


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every scalar with its path; items of a list go by slug where they have one, so that
    order does not matter.
    """
    match value:
        case dict():
            for key, item in value.items():
                yield from _leaves(item, (*path, key))
        case list():
            for at, item in enumerate(value):
                name = (
                    item.get("slug", f"number {at + 1}")
                    if isinstance(item, dict)
                    else f"number {at + 1}"
                )
                yield from _leaves(item, (*path, name))
        case _:
            yield path, str(value)
