"""What is typed into the grid -> the draft's cells. Each cell is saved or refused by itself, in
words, and what somebody else changed meanwhile is never put back unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comparison.admin.field_checks import faults_of_text
from comparison.admin.saved_meanwhile import who_saved
from comparison.core.document.schema import Kind
from comparison.core.table.typed_values import NotAValue, columns_of, value_of
from comparison.models import Cell, Comparison, Criterion, Option

MOST = 500  # cells of one request; a larger block is sent in several
LONGEST = 4000  # characters of what is typed; what a column takes is said by the column
GONE = (
    "Its row or column is gone: somebody deleted it. Copy what you typed, and load the page anew."
)
SHAPE = "That is no list of cells. Load the page anew; what you typed is kept in this browser."


class NotCells(ValueError):
    """What was sent is no list of cells."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell as an editor leaves it: the words, the value, or both, and what the grid showed of
    each before.
    """

    criterion: int
    option: int
    typed: Mapping[str, str]  # by "text" and "value"
    shown: Mapping[str, str]  # the same, before


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an edit, and what is stored now."""

    criterion: int
    option: int
    version: int
    text: str
    value: str
    problem: str = ""  # why it was not saved
    by_another: str = ""  # who changed the same meanwhile, where that is why


def edits_of(sent: Any) -> list[Edit]:
    """Return the edits that a browser sent. Raises NotCells."""
    cells = sent.get("cells") if isinstance(sent, dict) else None
    if not isinstance(cells, list) or len(cells) > MOST:
        raise NotCells(SHAPE)
    return [_edit_of(cell) for cell in cells]


def _edit_of(sent: Any) -> Edit:
    try:
        return Edit(
            int(sent["criterion"]),
            int(sent["option"]),
            _texts(sent["typed"]),
            _texts(sent["shown"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotCells(SHAPE) from wrong


def _texts(sent: Any) -> dict[str, str]:
    texts = {name: sent[name] for name in ("text", "value") if name in sent}
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts.values()):
        raise NotCells(SHAPE)
    return texts


def save(comparison: Comparison, edits: Sequence[Edit], user: Any) -> list[Saved]:
    """Save every edit that can be, and return what became of each, in their order."""
    with transaction.atomic():
        criteria = Criterion.objects.filter(comparison=comparison).in_bulk(
            {edit.criterion for edit in edits}
        )
        options = Option.objects.filter(comparison=comparison).in_bulk(
            {edit.option for edit in edits}
        )
        cells = {
            (cell.criterion_id, cell.option_id): cell
            for cell in Cell.objects.select_for_update().filter(
                criterion__in=criteria, option__in=options
            )
        }
        results, entries = [], []
        for edit in edits:
            criterion, option = criteria.get(edit.criterion), options.get(edit.option)
            if criterion is None or option is None:
                results.append(Saved(edit.criterion, edit.option, 0, "", "", GONE))
                continue
            cell = cells.setdefault(
                (criterion.pk, option.pk),
                Cell(criterion=criterion, option=option, version=0, position=option.position),
            )
            cell.criterion, cell.option = criterion, option
            saved, changed = _save_one(cell, edit)
            results.append(saved)
            if changed:
                entries.append(_entry(cell, changed, user))
        LogEntry.objects.bulk_create(entries)
    return results


def _save_one(cell: Cell, edit: Edit) -> tuple[Saved, list[str]]:
    """Save one edit; return what became of it, and which columns were changed."""
    kind, unit = cell.criterion.kind, cell.criterion.unit
    stored = _shown(cell)
    before = {field.attname: getattr(cell, field.attname) for field in cell._meta.concrete_fields}
    for name, typed in edit.typed.items():
        if stored[name] not in (edit.shown.get(name, ""), typed.strip()):
            by = who_saved(cell)
            words = f"{by} changed this meanwhile to “{stored[name]}”. Yours is not saved."
            return _result(cell, words, by), []
    try:
        if "value" in edit.typed and edit.typed["value"].strip() != stored["value"]:
            for column, value in columns_of(edit.typed["value"], kind, unit).items():
                setattr(cell, column, value)
        if "text" in edit.typed:
            cell.text = " ".join(edit.typed["text"].split())
        changed = [name for name, value in before.items() if getattr(cell, name) != value]
        if changed:
            _check(cell)
    except (NotAValue, ValidationError) as refusal:
        words = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        for name, value in before.items():
            setattr(cell, name, value)
        return _result(cell, words), []
    if changed:
        cell.changed_on = timezone.localdate()
        cell.version += 1
        cell.save()
    return _result(cell), changed


def _check(cell: Cell) -> None:
    """Raise ValidationError with everything that keeps a cell from being saved."""
    cell.full_clean()
    if faults := [words for _, words in faults_of_text("text", cell.text)]:
        raise ValidationError(faults)


def _shown(cell: Cell) -> dict[str, str]:
    columns = {
        name: getattr(cell, name) for name in ("applies", "score", "support", "quantity_spelling")
    }
    return {"text": cell.text, "value": value_of(columns, Kind(cell.criterion.kind))}


def _result(cell: Cell, problem: str = "", by_another: str = "") -> Saved:
    return Saved(
        cell.criterion_id,
        cell.option_id,
        cell.version,
        **_shown(cell),
        problem=problem,
        by_another=by_another,
    )


def _entry(cell: Cell, changed: list[str], user: Any) -> LogEntry:
    names = [name.replace("_", " ") for name in changed]
    return LogEntry(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(Cell),
        object_id=str(cell.pk),
        object_repr=str(cell)[:200],
        action_flag=CHANGE,
        change_message=f"Changed {', '.join(names)} in the grid.",
    )


def as_json(results: Sequence[Saved]) -> dict[str, Any]:
    """Return what a browser is told."""
    return {"cells": [asdict(result) for result in results]}
