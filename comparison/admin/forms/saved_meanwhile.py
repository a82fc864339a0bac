"""What somebody saved while another had the same row's form open. A form carries marks of what it
showed, so that three values can be compared, field by field: the one that was shown, the one that
is stored now, and the one that was sent.

Who changed another field keeps it, and so does the other. Where both changed the same one, nothing
is saved: the form says what is stored now and by whom, and keeps what was typed.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import blake2s
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from comparison.models import history

FIELD = "shown"
LONGEST = 200  # characters of a value that a message shows
Marks = dict[str, str]  # of each field, by its name


class ShownField(forms.CharField):
    """The marks of what a form showed. Never changed by an editor."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def marks_of(values: Mapping[str, Any]) -> Marks:
    """Return a mark for each value: equal for equal ones, whatever form they are in."""
    return {name: _mark(value) for name, value in values.items()}


def written(marks: Marks) -> str:
    """Return marks as the text that a form carries."""
    return json.dumps(marks, separators=(",", ":"))


def read(text: str) -> Marks:
    """Return the marks that a form carried; none where it carried nothing that can be read."""
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _mark(value: Any) -> str:
    return blake2s(_plain(value).encode(), digest_size=5).hexdigest()


def _plain(value: Any) -> str:
    match value:
        case None | "" | False:
            return ""
        case True:
            return "yes"
        case str():
            return value.replace("\r\n", "\n").strip()
        case int() | float() | Decimal():
            return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
        case models.Model():
            return _plain(value.pk)
        case list() | tuple() | models.QuerySet():
            return ",".join(sorted(_plain(one) for one in value))
        case _:
            return str(value)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a stored value of a field as a message shows it."""
    if value in (None, "", []):
        return "nothing"
    keys = {_plain(one) for one in (value if isinstance(value, list) else [value])}
    words = ", ".join(_labels_of(field, keys)) or str(value)
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"


def _labels_of(field: Any, keys: set[str]) -> Iterator[str]:
    """Yield what a field of choices calls those that are chosen."""
    if isinstance(field, forms.BooleanField):
        yield "ticked"
    elif hasattr(field, "queryset"):
        yield from map(field.label_from_instance, field.queryset.filter(pk__in=keys))
    elif hasattr(field, "choices"):
        yield from (str(label) for key, label in field.choices if _plain(key) in keys)


def who_saved(row: models.Model, **like: Any) -> str:
    """Return who saved a row last and when, as far as its history knows. like: what tells a row
    that is gone from others, by column.
    """
    line = history.last_of(type(row), **({"id": row.pk} if row.pk else like))
    if line is None:
        return "Somebody"
    when = timezone.localtime(line.history_date)
    day = "" if when.date() == timezone.localdate() else f"on {when:%Y-%m-%d} "
    by = line.history_by or "The command line"
    return f"{by}, {day}at {when:%H:%M},"
