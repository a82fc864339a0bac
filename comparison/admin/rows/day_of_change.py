"""The day that readers are told a cell changed."""

from datetime import date
from typing import Any

from django.utils import timezone

from comparison.core.document import schema
from comparison.models import Cell
from comparison.publishing import releases
from comparison.publishing.draft.draft_rows import plain_value


def day_of_change(cell: Cell) -> date | None:
    """Return today for a cell that says something else than readers see, and for one that says it
    again the day that they know: what was taken back is no change.
    """
    criterion, option = cell.criterion, cell.option
    release = releases.current(criterion.comparison.address)
    published = next(
        (
            one.cells.get(option.slug)
            for one in (release.document.criteria if release else ())
            if one.slug == criterion.slug
        ),
        None,
    )
    if published and _said(cell) == _said_by(published):
        return published.changed_on
    return timezone.localdate()


def _said(cell: Any) -> tuple[object, ...]:
    quantity = {
        name: plain_value(getattr(cell, f"quantity_{name}")) or None
        for name in schema.Quantity.model_fields
    }
    return (
        cell.text,
        cell.applies,
        cell.score,
        cell.support or None,
        quantity if cell.quantity_spelling else None,
    )


def _said_by(cell: schema.Cell) -> tuple[object, ...]:
    quantity = cell.quantity
    return (
        cell.text,
        cell.applies,
        cell.score,
        cell.support and cell.support.value,
        {name: value or None for name, value in quantity.model_dump(mode="json").items()}
        if quantity
        else None,
    )
