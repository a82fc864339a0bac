"""Lines of the history of a draft, newest first: read in one query over all kinds of rows, however
many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Value

from comparison.admin.addresses import admin_address
from comparison.admin.history.which import OF_NOBODY, Which, kinds_by_name
from comparison.models import Comparison, history

BEGAN_WITH = "_row_history"  # how the migration is called since which there are lines
COLUMNS = (
    "of_kind",
    "history_id",
    "history_date",
    "history_type",
    "history_change_reason",
    "history_by",
    "history_called",
    "history_changes",
    "id",
)
WHAT = {history.ADDED: "added", history.CHANGED: "changed", history.DELETED: "deleted"}
NOBODY = "the command line"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a line."""

    name: str  # as its form calls it
    before: str  # empty: nothing
    after: str  # empty: nothing


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line."""

    at: datetime  # when it was saved
    by: str  # who, by name
    how: str  # "in a form", "from content files"
    kind: str  # of row
    called: str  # what the row was called then
    what: str  # added, changed, deleted
    fields: tuple[ChangedField, ...]  # what was changed in it
    address: str  # of the history of this row alone


def lines_of(which: Which, start: int, stop: int) -> list[HistoryLine]:
    """Return some of the lines, newest first."""
    found = _union(which).order_by("-history_date", "of_kind", "-history_id")[start:stop]
    return [_in_words(dict(zip(COLUMNS, values, strict=True)), which.draft) for values in found]


def count_of(which: Which) -> int:
    return int(_union(which).count())


def people_in(draft: int) -> list[str]:
    """Return the names of all who are in the history of a draft."""
    first, *others = (lines.values_list("history_by").distinct() for lines in _tables(Which(draft)))
    return sorted(name for (name,) in first.union(*others))


def first_whole(draft: int) -> HistoryLine | None:
    """Return the line of the day on which the whole comparison came in at once; None where the
    history does not know it.
    """
    lines = history.lines_of(Comparison).filter(history_draft=draft, history_type=history.ADDED)
    found = _columns(lines, Comparison).order_by("history_id").first()
    return _in_words(dict(zip(COLUMNS, found, strict=True)), draft) if found else None


@cache
def began_at() -> datetime | None:
    """Return since when this database has a history."""
    migrations: Any = MigrationRecorder.Migration
    rows = migrations.objects.filter(app="comparison", name__endswith=BEGAN_WITH)
    began: datetime | None = rows.values_list("applied", flat=True).first()
    return began


def _union(which: Which) -> Any:
    first, *others = (
        _columns(lines, kind) for lines, kind in zip(_tables(which), which.kinds(), strict=True)
    )
    return first.union(*others, all=True) if others else first


def _tables(which: Which) -> Iterator[Any]:
    for kind in which.kinds():
        lines = history.lines_of(kind).filter(history_draft=which.draft)
        if which.by:
            lines = lines.filter(history_by="" if which.by == OF_NOBODY else which.by)
        if which.row is not None:
            lines = lines.filter(id=which.row)
        yield lines


def _columns(lines: Any, kind: type[Any]) -> Any:
    return lines.annotate(of_kind=Value(str(kind._meta.model_name))).values_list(*COLUMNS)


def _in_words(line: dict[str, Any], draft: int) -> HistoryLine:
    kind = kinds_by_name()[line["of_kind"]]
    own = {"kind": line["of_kind"], "row": line["id"]}
    return HistoryLine(
        line["history_date"],
        line["history_by"] or NOBODY,
        line["history_change_reason"] or "",
        str(kind._meta.verbose_name),
        line["history_called"],
        WHAT[line["history_type"]],
        tuple(ChangedField(*change) for change in line["history_changes"]),
        admin_address(Comparison, "history_of", draft, **own),
    )
