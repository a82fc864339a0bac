"""What is typed into the matrix -> the cells of the draft. Each is saved or refused by itself, in
words, and what somebody else changed meanwhile is never put back unseen.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comparison.admin.forms.field_checks import faults_of_text
from comparison.admin.forms.saved_meanwhile import who_saved
from comparison.admin.grid.history import entry_of, write_down
from comparison.admin.grid.matrix import TEXT, VALUE
from comparison.admin.grid.table import GONE, Edit, Saved
from comparison.admin.rows.day_of_change import day_of_change
from comparison.core.document.schema import Kind
from comparison.core.table.typed_values import NotAValue, columns_of, value_of
from comparison.models import Cell, Comparison, Criterion, Option, history


def save_cells(comparison: Comparison, edits: Sequence[Edit], user: Any) -> list[Saved]:
    """Save every edit that can be, and return what became of each, in their order."""
    with transaction.atomic(), history.batch():
        criteria = Criterion.objects.filter(comparison=comparison).in_bulk(
            {edit.row for edit in edits}
        )
        options = {str(row.pk): row for row in Option.objects.filter(comparison=comparison)}
        locked = Cell.objects.select_for_update().filter(criterion__in=criteria)
        cells = {(cell.criterion_id, cell.option_id): cell for cell in locked}
        results, entries = [], []
        for edit in edits:
            criterion, option = criteria.get(edit.row), options.get(edit.column)
            if criterion is None or option is None or edit.fault:
                results.append(Saved(edit.row, edit.column, {}, edit.fault or GONE))
                continue
            new = Cell(criterion=criterion, option=option, version=0, position=option.position)
            cell = cells.setdefault((criterion.pk, option.pk), new)
            cell.criterion, cell.option = criterion, option
            saved, changed = _save_one(cell, edit)
            results.append(saved)
            if changed:
                entries.append(entry_of(cell, changed, user))
        write_down(entries)
    return results


def _save_one(cell: Cell, edit: Edit) -> tuple[Saved, list[str]]:
    """Save one edit; return what became of it, and which columns were changed."""
    stored = texts_of(cell)
    if part := edit.conflict(stored):
        by = who_saved(cell, criterion_id=cell.criterion_id, option_id=cell.option_id)
        words = f"{by} changed this meanwhile to “{stored[part]}”. Yours is not saved."
        return _result(cell, edit, words, by), []
    before = {field.attname: getattr(cell, field.attname) for field in cell._meta.concrete_fields}
    try:
        _take(cell, edit, stored)
        changed = [name for name, value in before.items() if getattr(cell, name) != value]
        if changed:
            _check(cell)
    except (NotAValue, ValidationError) as refusal:
        words = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        for name, value in before.items():
            setattr(cell, name, value)
        return _result(cell, edit, words), []
    if changed:
        cell.changed_on = day_of_change(cell)
        cell.version += 1
        cell.save()
    return _result(cell, edit), changed


def _take(cell: Cell, edit: Edit, stored: dict[str, str]) -> None:
    """Put what was typed into the columns of a cell."""
    value = edit.typed.get(VALUE, stored[VALUE]).strip()
    if value != stored[VALUE]:
        columns = columns_of(value, cell.criterion.kind, cell.criterion.unit)
        for column, filled in columns.items():
            setattr(cell, column, filled)
    cell.text = " ".join(edit.typed.get(TEXT, cell.text).split())


def _check(cell: Cell) -> None:
    """Raise ValidationError with everything that keeps a cell from being saved."""
    cell.full_clean()
    if faults := [words for _, words in faults_of_text("text", cell.text)]:
        raise ValidationError(faults)


def texts_of(cell: Cell) -> dict[str, str]:
    """Return the texts of a cell, as the grid shows them."""
    columns = {
        name: getattr(cell, name) for name in ("applies", "score", "support", "quantity_spelling")
    }
    return {TEXT: cell.text, VALUE: value_of(columns, Kind(cell.criterion.kind))}


def _result(cell: Cell, edit: Edit, problem: str = "", by_another: str = "") -> Saved:
    return Saved(edit.row, edit.column, texts_of(cell), problem, by_another)
