"""What was changed in a grid, in the history of the admin."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models


def entry_of(row: models.Model, columns: Sequence[str], user: Any) -> LogEntry:
    """Return a line of a row's history: who changed which columns of it."""
    names = ", ".join(name.replace("_", " ") for name in columns)
    return LogEntry(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(type(row)),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=CHANGE,
        change_message=f"Changed {names} in the grid.",
    )


def write_down(entries: Sequence[LogEntry]) -> None:
    """Keep lines of the history."""
    LogEntry.objects.bulk_create(entries)
