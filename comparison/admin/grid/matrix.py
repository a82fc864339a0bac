"""The matrix of a draft as it stands in the grid: a row for each criterion, and for each option its
words and its value. Read in a handful of queries, however large it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Min, Q

from comparison.core.document.schema import Document, Kind
from comparison.core.table.typed_values import value_of
from comparison.models import Cell, Claim, Comparison, Criterion, Group, Option
from comparison.publishing import releases

COLUMNS = ("text", "applies", "score", "support", "quantity_spelling")


class Only(StrEnum):
    """Which rows the grid shows: those with a cell of which this is so."""

    ALL = ""
    CHANGED = "changed"
    UNCHECKED = "unchecked"
    DISPUTED = "disputed"
    SILENT = "silent"


ONLY_IN_WORDS = {
    Only.ALL: "All rows",
    Only.CHANGED: "Differs from published",
    Only.UNCHECKED: "Not checked",
    Only.DISPUTED: "Sources disagree",
    Only.SILENT: "No source speaks of it",
}


@dataclass(frozen=True, slots=True)
class GridCell:
    """One option on one criterion."""

    option: int  # the option's key
    name: str  # of the option
    text: str  # its words
    value: str  # as it is typed: "8.5", "partly", "35 ms", "n/a"; empty: not known
    was_text: str | None  # what readers see instead; None: the same
    was_value: str | None  # the same of the value
    claims: int  # how many claims speak of it
    is_disputed: bool  # they imply different values
    is_checked: bool  # in the primary documentation

    @property
    def has_other_text(self) -> bool:
        """Readers see other words."""
        return self.was_text is not None

    @property
    def has_other_value(self) -> bool:
        """Readers see another value."""
        return self.was_value is not None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One criterion."""

    criterion: int  # its key
    name: str  # of the criterion
    has_value: bool  # there is more to a cell than its words
    hint: str  # what its values look like
    cells: tuple[GridCell, ...]  # one for each option


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The criteria under one heading."""

    name: str  # the heading
    rows: tuple[GridRow, ...]  # those that are shown


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are asked for."""

    group: str = ""  # the slug of one group; empty: all
    only: Only = Only.ALL  # what has to be so of one of the cells
    words: str = ""  # that the name or a cell has to hold

    def admits(self, row: GridRow) -> bool:
        """Return whether a row is shown."""
        if not any(self._is_so_of(cell) for cell in row.cells):
            return False
        words = self.words.casefold().split()
        texts = " ".join((row.name, *(cell.text for cell in row.cells))).casefold()
        return all(word in texts for word in words)

    def _is_so_of(self, cell: GridCell) -> bool:
        match self.only:
            case Only.ALL:
                return True
            case Only.CHANGED:
                return cell.has_other_text or cell.has_other_value
            case Only.UNCHECKED:
                return not cell.is_checked
            case Only.DISPUTED:
                return cell.is_disputed
            case Only.SILENT:
                return cell.claims == 0


def options_of(comparison: Comparison) -> list[Option]:
    """Return the columns of the grid, in their order."""
    return list(Option.objects.filter(comparison=comparison))


def groups_of(
    comparison: Comparison, options: Iterable[Option], shown: Filter
) -> tuple[GridGroup, ...]:
    """Return the rows of the grid by group, less what the filter hides."""
    options = list(options)
    stored = _stored(comparison)
    claimed = _claimed(comparison)
    read = _Published(comparison)
    by_group: dict[int, list[GridRow]] = defaultdict(list)
    for criterion in Criterion.objects.filter(comparison=comparison):
        cells = tuple(_cell(criterion, option, stored, claimed, read) for option in options)
        has_value = criterion.kind in (Kind.RATING, Kind.SUPPORT, Kind.QUANTITY)
        row = GridRow(criterion.pk, str(criterion), has_value, _hint(criterion), cells)
        if shown.admits(row):
            by_group[criterion.group_id].append(row)
    groups = Group.objects.filter(comparison=comparison)
    return tuple(
        GridGroup(str(group), tuple(by_group[group.pk]))
        for group in groups
        if by_group[group.pk] and shown.group in ("", group.slug)
    )


Key = tuple[int, int]  # of a criterion and an option
NO_CELL: dict[str, Any] = {
    "text": "",
    "applies": True,
    "score": None,
    "support": "",
    "quantity_spelling": "",
    "checked_read_on": None,
}


def _stored(comparison: Comparison) -> Mapping[Key, dict[str, Any]]:
    rows = Cell.objects.filter(criterion__comparison=comparison).order_by()
    return {
        (row["criterion"], row["option"]): row
        for row in rows.values("criterion", "option", "checked_read_on", *COLUMNS)
    }


def _claimed(comparison: Comparison) -> Mapping[Key, tuple[int, bool]]:
    """Return how many claims speak of each cell, and whether they imply different values."""
    found = (
        Claim.objects.filter(source__comparison=comparison, component=None)
        .exclude(Q(criterion=None) | Q(option=None))
        .order_by()
        .values_list("criterion", "option")
        .annotate(
            claims=Count("pk"),
            lowest=Min("score"),
            highest=Max("score"),
            answers=Count("support", filter=~Q(support=""), distinct=True),
        )
    )
    return {
        (criterion, option): (claims, lowest != highest or answers > 1)
        for criterion, option, claims, lowest, highest, answers in found
    }


def _cell(
    criterion: Criterion,
    option: Option,
    stored: Mapping[Key, dict[str, Any]],
    claimed: Mapping[Key, tuple[int, bool]],
    read: "_Published",
) -> GridCell:
    key = (criterion.pk, option.pk)
    cell = stored.get(key, NO_CELL)
    value = value_of(cell, criterion.kind)
    claims, is_disputed = claimed.get(key, (0, False))
    was_text, was_value = read.of(criterion, option)
    return GridCell(
        option=option.pk,
        name=str(option),
        text=cell["text"],
        value=value,
        was_text=None if was_text in (None, cell["text"]) else was_text,
        was_value=None if was_value in (None, value) else was_value,
        claims=claims,
        is_disputed=is_disputed,
        is_checked=cell["checked_read_on"] is not None,
    )


def _hint(criterion: Criterion) -> str:
    match criterion.kind:
        case Kind.RATING:
            return "0 to 10"
        case Kind.SUPPORT:
            return "yes, partly, no"
        case Kind.QUANTITY:
            return criterion.unit or "number"
        case _:
            return "words"


class _Published:
    """What readers see of each cell; nothing where there is no release yet."""

    def __init__(self, comparison: Comparison) -> None:
        newest = releases.current(comparison.address)
        self.cells = {} if newest is None else dict(_cells_of(newest.document))
        self.is_empty = newest is None

    def of(self, criterion: Criterion, option: Option) -> tuple[str | None, str | None]:
        """Return the words and the value that readers see: empty where they see nothing, None
        where nothing is published yet.
        """
        if self.is_empty:
            return None, None
        text, value = self.cells.get((criterion.slug, option.slug), ("", ""))
        return text, value


def _cells_of(document: Document) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for criterion in document.criteria:
        for option, cell in criterion.cells.items():
            columns = {
                "applies": cell.applies,
                "score": cell.score,
                "support": cell.support.value if cell.support else "",
                "quantity_spelling": cell.quantity.spelling if cell.quantity else "",
            }
            yield (criterion.slug, option), (cell.text, value_of(columns, criterion.kind))
