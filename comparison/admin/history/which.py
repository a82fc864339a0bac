"""Which lines of the history are asked for: of a person, of a kind of row, of one row."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from comparison.models import Comparison
from comparison.models.rows import Row

OF_NOBODY = "-"  # in an address: what no person did


class Which(NamedTuple):
    """Which lines are asked for."""

    draft: int  # the key of the comparison
    by: str = ""  # a person's name; OF_NOBODY
    kind: str = ""  # of row, by its model's name
    row: int | None = None  # the key of one row of that kind

    def kinds(self) -> Sequence[type[Any]]:
        """Return the kinds of rows whose tables are looked into."""
        by_name = kinds_by_name()
        return [by_name[self.kind]] if self.kind in by_name else list(by_name.values())


@cache
def kinds_by_name() -> dict[str, type[Any]]:
    """Return every kind of row that has a history, by its model's name."""
    kinds: list[type[Any]] = [Comparison, *Row.kinds()]
    return {str(kind._meta.model_name): kind for kind in kinds}
