"""The matrix of a draft as a grid: a row for each criterion, and for each option its words and its
value. Read in a handful of queries, however large it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Min, Q

from comparison.admin.addresses import admin_address
from comparison.admin.grid.table import GridColumn, GridGroup, GridRow, GridTable, GridText
from comparison.core.document.schema import Document, Kind
from comparison.core.table.typed_values import value_of
from comparison.models import Cell, Claim, Comparison, Criterion, Group, Option
from comparison.publishing import releases

TEXT, VALUE = "words", "value"
COLUMNS = ("text", "applies", "score", "support", "quantity_spelling")
WITH_VALUE = (Kind.RATING, Kind.SUPPORT, Kind.QUANTITY)
Key = tuple[int, int]  # of a criterion and an option
Claimed = Mapping[Key, tuple[int, bool]]  # how many claims, and whether they imply different values


class Mark(StrEnum):
    """What may be so of a cell, and wants an editor's eye."""

    CHANGED = "changed"
    UNCHECKED = "unchecked"
    DISPUTED = "disputed"
    SILENT = "silent"


IN_WORDS = {
    Mark.CHANGED: "Differs from published",
    Mark.UNCHECKED: "Not checked",
    Mark.DISPUTED: "Sources disagree",
    Mark.SILENT: "No source speaks of it",
}
NO_CELL: dict[str, Any] = {
    "text": "",
    "applies": True,
    "score": None,
    "support": "",
    "quantity_spelling": "",
    "checked_read_on": None,
}


def matrix_of(comparison: Comparison) -> GridTable:
    """Return the whole matrix of a draft."""
    options = list(Option.objects.filter(comparison=comparison))
    cells = _Cells(comparison)
    by_group: dict[int, list[GridRow]] = defaultdict(list)
    for criterion in Criterion.objects.filter(comparison=comparison):
        by_group[criterion.group_id].append(_row(criterion, options, cells))
    return GridTable(
        tuple(
            GridColumn(str(option.pk), option.slug, str(option), (TEXT, VALUE))
            for option in options
        ),
        tuple(
            GridGroup(group.slug, str(group), tuple(by_group[group.pk]))
            for group in Group.objects.filter(comparison=comparison)
        ),
    )


class _Cells:
    """Everything that is known of the cells of a draft."""

    def __init__(self, comparison: Comparison) -> None:
        self.stored = _stored(comparison)
        self.claimed = _claimed(comparison)
        newest = releases.current(comparison.address)
        # what readers see: empty where they see nothing, None where nothing is published yet
        self.published = None if newest is None else dict(_published(newest.document))


def _stored(comparison: Comparison) -> Mapping[Key, dict[str, Any]]:
    rows = Cell.objects.filter(criterion__comparison=comparison).order_by()
    return {
        (row["criterion"], row["option"]): row
        for row in rows.values("criterion", "option", "checked_read_on", *COLUMNS)
    }


def _claimed(comparison: Comparison) -> Claimed:
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


def _published(document: Document) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for criterion in document.criteria:
        for option, cell in criterion.cells.items():
            columns = {
                "applies": cell.applies,
                "score": cell.score,
                "support": cell.support.value if cell.support else "",
                "quantity_spelling": cell.quantity.spelling if cell.quantity else "",
            }
            yield (criterion.slug, option), (cell.text, value_of(columns, criterion.kind))


def _row(criterion: Criterion, options: Iterable[Option], cells: _Cells) -> GridRow:
    texts: list[GridText] = []
    marks: set[Mark] = set()
    for option in options:
        both = _texts(criterion, option, cells)
        texts += both
        marks.update(_marks(criterion, option, cells))
        if any(text.has_changed for text in both):
            marks.add(Mark.CHANGED)
    address = admin_address(Comparison, "matrix_row", criterion.comparison_id, criterion.pk)
    return GridRow(
        criterion.pk,
        criterion.slug,
        str(criterion),
        hint_of(criterion),
        address,
        tuple(texts),
        frozenset(marks),
    )


def _texts(criterion: Criterion, option: Option, cells: _Cells) -> tuple[GridText, GridText]:
    cell = cells.stored.get((criterion.pk, option.pk), NO_CELL)
    text, value = cell["text"], value_of(cell, criterion.kind)
    was_text, was_value = text, value
    if cells.published is not None:
        was_text, was_value = cells.published.get((criterion.slug, option.slug), ("", ""))
    return (
        GridText(text, None if was_text == text else was_text),
        GridText(
            value,
            None if was_value == value else was_value,
            is_short=True,
            is_read_only=criterion.kind not in WITH_VALUE,
        ),
    )


def _marks(criterion: Criterion, option: Option, cells: _Cells) -> Iterator[Mark]:
    key = (criterion.pk, option.pk)
    claims, is_disputed = cells.claimed.get(key, (0, False))
    if claims == 0:
        yield Mark.SILENT
    if is_disputed:
        yield Mark.DISPUTED
    if cells.stored.get(key, NO_CELL)["checked_read_on"] is None:
        yield Mark.UNCHECKED


def hint_of(criterion: Criterion) -> str:
    """Return what a value of a criterion looks like."""
    match criterion.kind:
        case Kind.RATING:
            return "0 to 10"
        case Kind.SUPPORT:
            return "yes, partly, no"
        case Kind.QUANTITY:
            return criterion.unit or "number"
        case _:
            return "words"
