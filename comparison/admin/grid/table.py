"""What a grid is made of, whatever stands in it: rows by group, and in each of their cells the
texts that can be typed; what was typed, and what became of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST = 500  # cells of one request; a larger block is sent in several
LONGEST = 4000  # characters of what is typed; what a column takes is said by the column
GONE = (
    "Its row or column is gone: somebody deleted it. Copy what you typed, and load the page anew."
)
SHAPE = "That is no list of cells. Load the page anew; what you typed is kept in this browser."


@dataclass(frozen=True, slots=True)
class GridText:
    """One text that can be typed."""

    text: str  # as stored
    was: str | None = None  # what readers see instead; None: the same
    is_short: bool = False  # a number or a word: the column is narrow
    is_read_only: bool = False  # nothing can be typed here

    @property
    def has_changed(self) -> bool:
        """Readers see something else."""
        return self.was is not None


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column, which may have several texts for each row."""

    key: str  # names it in what is sent
    slug: str  # names it in a file
    name: str  # its head
    parts: tuple[str, ...]  # the names of its texts; heads below its own where several

    @property
    def is_split(self) -> bool:
        """It has several texts."""
        return len(self.parts) > 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row."""

    key: int  # names it in what is sent
    slug: str  # names it in a file
    name: str  # its head
    hint: str  # what its values look like, or nothing
    address: str  # of the form of the row
    texts: tuple[GridText, ...]  # of all columns, one after another
    marks: frozenset[str] = field(default_factory=frozenset)  # what is so of one of its cells


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rows under one heading."""

    key: str  # names it in an address
    name: str  # the heading; empty: none
    rows: tuple[GridRow, ...]  # its rows


@dataclass(frozen=True, slots=True)
class GridTable:
    """A whole grid."""

    columns: tuple[GridColumn, ...]  # in their order
    groups: tuple[GridGroup, ...]  # all of them


class NotCells(ValueError):
    """What was sent is no list of cells."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell as an editor leaves it: some of its texts, and what the grid showed of each."""

    row: int
    column: str
    typed: Mapping[str, str]  # by the name of the part
    shown: Mapping[str, str]  # the same, before

    def conflict(self, stored: Mapping[str, str]) -> str:
        """Return the name of a part that somebody else changed meanwhile to something else than
        what was typed, or nothing.
        """
        return next(
            (
                part
                for part, typed in self.typed.items()
                if stored.get(part, "") not in (self.shown.get(part, ""), typed.strip())
            ),
            "",
        )

    @property
    def fault(self) -> str:
        """Why nothing of it can be saved, whatever it is of, or nothing."""
        longest = max(map(len, self.typed.values()), default=0)
        if longest > LONGEST:
            return f"This is {longest:,} characters long, and {LONGEST:,} are the most: shorten it."
        return ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an edit, and what is stored now."""

    row: int
    column: str
    texts: Mapping[str, str]  # by the name of the part
    problem: str = ""  # why it was not saved
    by_another: str = ""  # who changed the same meanwhile, where that is why


def edits_of(sent: Any, most: int | None = MOST) -> list[Edit]:
    """Return the edits that a browser sent, so many at most. Raises NotCells."""
    cells = sent.get("cells") if isinstance(sent, dict) else None
    if not isinstance(cells, list) or (most is not None and len(cells) > most):
        raise NotCells(SHAPE)
    return [_edit_of(cell) for cell in cells]


def _edit_of(sent: Any) -> Edit:
    try:
        return Edit(
            int(sent["row"]), str(sent["column"]), _texts(sent["typed"]), _texts(sent["shown"])
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotCells(SHAPE) from wrong


def _texts(sent: Any) -> dict[str, str]:
    texts = dict(sent)
    if not all(isinstance(text, str) for text in texts.values()):
        raise NotCells(SHAPE)
    return texts


def as_json(results: list[Saved]) -> dict[str, Any]:
    """Return what a browser is told."""
    return {"cells": [asdict(result) for result in results]}
