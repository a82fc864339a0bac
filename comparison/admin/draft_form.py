"""The form of every draft row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from comparison.admin.django_classes import AnyForm
from comparison.admin.field_checks import faults_of
from comparison.models.rows import Row


class DraftForm(AnyForm):
    """A draft row's form: a row without a place goes to the end, and every refusal is shown,
    whichever column it names.
    """

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for column, words in list(faults_of(self)):
            self.add_error(None, ValidationError({column: words}))
        return cleaned

    def add_error(self, field: Any, error: Any) -> None:
        """Say a refusal of a column that this form does not show above the form, where it can be
        read.
        """
        hidden = [
            name
            for name in getattr(error, "error_dict", {})
            if name not in self.fields and name != "__all__"
        ]
        for name in hidden:
            for message in error.error_dict.pop(name):
                super().add_error(None, message)
        if not hidden or error.error_dict:
            super().add_error(field, error)

    def save(self, commit: bool = True) -> Any:
        row = self.instance
        if isinstance(row, Row) and row.position is None:
            row.position = _place_after_last(row)
        return super().save(commit)


def _place_after_last(row: Row) -> int:
    siblings = type(row)._default_manager.filter(**{row.parent: getattr(row, row.parent)})
    last = siblings.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1
