"""The importances of a draft as a grid: a row for each use case, a column for each criterion.
Empty: the case's own "otherwise", or the criterion's importance.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from comparison.admin.addresses import admin_address
from comparison.admin.forms.saved_meanwhile import who_saved
from comparison.admin.forms.way_back import BACK, IMPORTANCES
from comparison.admin.grid.history import entry_of, write_down
from comparison.admin.grid.table import (
    GONE,
    Edit,
    GridColumn,
    GridGroup,
    GridRow,
    GridTable,
    GridText,
    Saved,
)
from comparison.core.document.schema import Document, Kind
from comparison.models import Comparison, Criterion, UseCase, UseCaseImportance, history
from comparison.publishing import releases

PART = "importance"
OUTSIDE = "“{}” is no importance: write 0 to 5, one decimal at most, or nothing."


def importances_of(comparison: Comparison) -> GridTable:
    """Return the importances of every use case of a draft."""
    criteria = _criteria(comparison)
    stored = {
        (row.use_case_id, row.criterion_id): _text(row.importance)
        for row in UseCaseImportance.objects.filter(use_case__comparison=comparison)
    }
    newest = releases.current(comparison.address)
    published = None if newest is None else dict(_published(newest.document))
    by_family: dict[str, list[GridRow]] = defaultdict(list)
    for case in UseCase.objects.filter(comparison=comparison):
        was = None if published is None else published.get(case.slug, {})
        by_family[case.family].append(_row(case, criteria, stored, was))
    return GridTable(
        tuple(GridColumn(str(one.pk), one.slug, str(one), (PART,)) for one in criteria),
        tuple(GridGroup(family, family, tuple(rows)) for family, rows in by_family.items()),
    )


def _published(document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    for case in document.use_cases:
        yield case.slug, {slug: _text(number) for slug, number in case.importances.items()}


def _criteria(comparison: Comparison) -> list[Criterion]:
    rows = Criterion.objects.filter(comparison=comparison).exclude(kind=Kind.TEXT)
    return list(rows.order_by("group__position", "group", "position", "pk"))


def _row(
    case: UseCase,
    criteria: Sequence[Criterion],
    stored: Mapping[tuple[int, int], str],
    published: Mapping[str, str] | None,
) -> GridRow:
    texts = []
    for criterion in criteria:
        text = stored.get((case.pk, criterion.pk), "")
        was = text if published is None else published.get(criterion.slug, "")
        texts.append(GridText(text, None if was == text else was, is_short=True))
    otherwise = "" if case.otherwise is None else f"otherwise {_text(case.otherwise)}"
    return GridRow(
        case.pk,
        case.slug,
        str(case),
        otherwise,
        admin_address(UseCase, "change", case.pk, **{BACK: IMPORTANCES}),
        tuple(texts),
    )


def _text(number: float) -> str:
    return f"{number:g}"


def save_importances(comparison: Comparison, edits: Sequence[Edit], user: Any) -> list[Saved]:
    """Save every edit that can be, and return what became of each, in their order."""
    with transaction.atomic(), history.batch():
        cases = UseCase.objects.filter(comparison=comparison).in_bulk({edit.row for edit in edits})
        criteria = {str(one.pk): one for one in _criteria(comparison)}
        locked = UseCaseImportance.objects.select_for_update().filter(use_case__in=cases)
        rows = {(row.use_case_id, str(row.criterion_id)): row for row in locked}
        results, entries = [], []
        for edit in edits:
            case, criterion = cases.get(edit.row), criteria.get(edit.column)
            if case is None or criterion is None or edit.fault:
                results.append(Saved(edit.row, edit.column, {}, edit.fault or GONE))
                continue
            row = rows.get((case.pk, edit.column))
            stored = {PART: _text(row.importance) if row else ""}
            typed = edit.typed.get(PART, stored[PART]).strip().replace(",", ".")
            if edit.conflict(stored):
                like = {"use_case_id": case.pk, "criterion_id": criterion.pk}
                by = who_saved(row or UseCaseImportance(), **like)
                words = f"{by} changed this meanwhile to “{stored[PART]}”. Yours is not saved."
                results.append(Saved(edit.row, edit.column, stored, words, by))
                continue
            try:
                kept = _keep(case, criterion, row, typed)
            except (ValueError, ValidationError):
                results.append(Saved(edit.row, edit.column, stored, OUTSIDE.format(typed)))
                continue
            if kept is None:
                rows.pop((case.pk, edit.column), None)
            else:
                rows[case.pk, edit.column] = kept
            now = _text(kept.importance) if kept else ""
            results.append(Saved(edit.row, edit.column, {PART: now}))
            if now != stored[PART]:
                entries.append(entry_of(case, [f"importance of {criterion}"], user))
        write_down(entries)
    return results


def _keep(
    case: UseCase, criterion: Criterion, row: UseCaseImportance | None, typed: str
) -> UseCaseImportance | None:
    """Store what was typed for a criterion; return the row, or None where there is none any more.
    Raises ValueError or ValidationError for what is no importance.
    """
    if not typed:
        if row is not None:
            row.delete()
        return None
    if row is None:
        last = case.importances.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        row = UseCaseImportance(use_case=case, criterion=criterion, position=place, version=0)
    before, row.importance = row.importance, float(typed)
    try:
        row.full_clean()
    except ValidationError:
        row.importance = before
        raise
    if row.pk is None or row.importance != before:
        row.version += 1
        row.save()
    return row
