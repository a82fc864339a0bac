"""The form of every draft row: a new row goes to its place, what somebody else saved meanwhile is
kept, and every refusal is shown.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import SlugField
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from comparison.admin.forms import saved_meanwhile
from comparison.admin.forms.django_classes import AnyForm
from comparison.admin.forms.field_checks import NO_SLUG, faults_of
from comparison.models.rows import Row


class DraftForm(AnyForm):
    """A draft row's form. A row without a place goes to the end, and every refusal is shown,
    whichever column it names.

    The row is locked when it is read to be saved (`base.py`), so what the form begins with is what
    is stored until the transaction ends.
    """

    shown = saved_meanwhile.ShownField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, float) and value.is_integer():
                self.initial[name] = int(value)  # 9, as it was typed, not 9.0
        for field in self.fields.values():
            if isinstance(field, SlugField):
                field.error_messages["invalid"] = NO_SLUG
        self.taken_over: list[str] = []  # labels of fields that somebody else changed meanwhile
        # of a part row on its parent's page, said by `part_rows.py`:
        self.gone = ""  # the key that it had before somebody deleted it
        self.is_left_out = False  # it is gone, and nobody changed it here
        self.is_kept = False  # it was to be deleted, and somebody changed it
        self.fields[saved_meanwhile.FIELD].initial = self._marks_of_stored

    def _marks_of_stored(self) -> str:
        if self.instance.pk is None:
            return ""
        return saved_meanwhile.written(saved_meanwhile.marks_of(self.stored()))

    def stored(self) -> dict[str, Any]:
        """Return what is stored now of each field that can be changed here."""
        return {
            name: self.initial.get(name)
            for name, field in self.fields.items()
            if name != saved_meanwhile.FIELD and not field.disabled
        }

    def sent(self) -> Mapping[str, Any]:
        """Return what was sent for each field, as far as it can be read."""
        return self.cleaned_data

    def take_over(self, name: str, value: Any) -> None:
        """Let a field be what is stored, here and where the form is shown again."""
        field = self.fields[name]
        self.cleaned_data[name] = field.clean(field.prepare_value(value))
        self.show_as(self.add_prefix(name), field.prepare_value(value))

    def show_as(self, name: str, value: Any) -> None:
        """Let a field be shown with another value than the one that was sent."""
        typed = QueryDict(mutable=True)
        for key in self.data:
            typed.setlist(key, self._all_sent(key))
        values = value if isinstance(value, list) else [value]
        typed.setlist(name, ["" if one in (None, False) else str(one) for one in values])
        self.data = typed

    def _all_sent(self, name: str) -> list[Any]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else [self.data[name]]

    def label_of(self, name: str) -> str:
        """Return what the form calls a field."""
        return str(self.fields[name].label or name)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._compare_with_stored()
        for column, words in list(faults_of(self)):
            self.add_error(None, ValidationError({column: words}))
        return cleaned

    def _compare_with_stored(self) -> None:
        """Take over what somebody else changed meanwhile, and refuse what both changed."""
        shown = saved_meanwhile.read(self.cleaned_data.get(saved_meanwhile.FIELD, ""))
        if self.gone:
            self._compare_with_nothing(shown)
        if self.instance.pk is None or not shown:
            return
        stored, sent = self.stored(), self.sent()
        now = saved_meanwhile.marks_of(stored)
        typed = saved_meanwhile.marks_of({name: sent[name] for name in stored if name in sent})
        by_another = [name for name in stored if name in shown and now[name] != shown[name]]
        if not by_another:
            return
        self.show_as(self.add_prefix(saved_meanwhile.FIELD), saved_meanwhile.written(now))
        taken = [name for name in by_another if typed.get(name) == shown[name]]
        for name in taken:
            self.take_over(name, stored[name])
            self.taken_over.append(self.label_of(name))
        self.changed_data = [name for name in self.changed_data if name not in taken]
        for name in by_another:
            if name not in taken and typed.get(name) != now[name]:
                self.say_at(name, self._both_changed(name, stored[name]))
        if self.cleaned_data.get(DELETION_FIELD_NAME):
            self.is_kept = True
            now_said = "; ".join(
                f"{self.label_of(name)}: {self.in_words(name, stored[name])}" for name in by_another
            )
            words = f"{self.who_saved(by_another[0])} changed this meanwhile ({now_said})."
            then = "It is not deleted yet: save again to delete it, or take the tick off."
            self.add_error(None, f"{words} {then}")

    def _compare_with_nothing(self, shown: saved_meanwhile.Marks) -> None:
        """Let a row that somebody deleted meanwhile go; one that was changed here is refused."""
        self.show_as(self.add_prefix(saved_meanwhile.FIELD), "")
        typed = saved_meanwhile.marks_of(self.sent())
        if shown and all(typed.get(name) == mark for name, mark in shown.items()):
            self.is_left_out = True
            return
        draft = self.instance.comparison_of().pk
        who = saved_meanwhile.who_saved(self.instance, id=self.gone, history_draft=draft)
        words = f"{who} deleted this meanwhile. Yours is still here and not saved."
        self.add_error(None, f"{words} Save again to add it anew, or remove it here.")

    def _both_changed(self, name: str, value: Any) -> str:
        return (
            f"{self.who_saved(name)} changed this meanwhile to {self.in_words(name, value)}. Yours "
            "is still here and not saved. Save again to put it in the place of theirs, or write "
            "theirs here."
        )

    def who_saved(self, name: str) -> str:
        """Return who saved a field last, and when."""
        return saved_meanwhile.who_saved(self.instance)

    def in_words(self, name: str, value: Any) -> str:
        """Return a stored value as a message shows it."""
        return saved_meanwhile.in_words(self.fields[name], value)

    def say_at(self, name: str, words: str) -> None:
        """Say a refusal at a field."""
        self.add_error(name, words)

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
        if self.changed_data and row.pk is not None:
            row.version += 1
        return super().save(commit)


class LineForm(DraftForm):
    """The fields of one line of a list. Each is named with its row, for who hears the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} of {self.instance}"


def _place_after_last(row: Row) -> int:
    siblings = type(row)._default_manager.filter(**{row.parent: getattr(row, row.parent)})
    last = siblings.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1
