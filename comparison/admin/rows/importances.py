"""The importances of a use case as one table: a number for each criterion, by group; empty where
the case names it not.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comparison.admin.forms.draft_form import DraftForm
from comparison.admin.forms.saved_meanwhile import who_saved
from comparison.core.document.schema import Kind, to_a_tenth
from comparison.models import Comparison, Criterion, UseCase, UseCaseImportance

LEAST, MOST = 0, 5
Numbers = dict[int, Any]  # by the criterion's key: what is stored, or the text that was sent


class ImportancesTable(forms.Widget):
    """One number for each criterion."""

    use_fieldset = True
    criteria: tuple[Criterion, ...] = ()
    # what an empty number means; None = the criterion's own importance
    otherwise: float | None = None

    def render(
        self, name: str, value: Numbers | None, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        groups: dict[str, list[tuple[Criterion, str, Any, float]]] = {}
        for criterion in self.criteria:
            number = (value or {}).get(criterion.pk, "")
            empty = criterion.importance if self.otherwise is None else self.otherwise
            groups.setdefault(str(criterion.group), []).append(
                (criterion, _field_of(name, criterion), number, empty)
            )
        return render_to_string("admin/comparison/importances.html", {"groups": groups})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Numbers:
        """Return what was sent: a criterion that the page did not show yet is not in it."""
        sent = {criterion.pk: data.get(_field_of(name, criterion)) for criterion in self.criteria}
        return {key: text.strip() for key, text in sent.items() if text is not None}


class ImportancesField(forms.Field):
    widget = ImportancesTable

    def clean(self, value: Numbers) -> Numbers:
        """Return a number for each criterion that was shown, None where it was left empty."""
        names = {criterion.pk: str(criterion) for criterion in self.widget.criteria}
        wrong = [key for key, text in value.items() if text and not _is_importance(text)]
        if wrong:
            raise ValidationError(
                [
                    (
                        f"{names[key]}: “{value[key]}” is no importance. Write {LEAST} to "
                        f"{MOST}, with one decimal at most, or nothing."
                    )
                    for key in wrong
                ]
            )
        return {key: to_a_tenth(float(text)) if text else None for key, text in value.items()}

    def has_changed(self, initial: Numbers | None, data: Numbers | None) -> bool:
        return any(text != str((initial or {}).get(key, "")) for key, text in (data or {}).items())


class UseCaseForm(DraftForm):
    """A use case's form with its importances. Those that stay as they were keep their place."""

    importances = ImportancesField(
        required=False,
        help_text=(
            f"{LEAST} to {MOST}, one decimal at most. Empty: the importance under “otherwise”, or "
            "the criterion's own, shown in grey."
        ),
    )
    of_comparison: Comparison | None = None  # whose criteria are offered

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criteria = Criterion.objects.filter(comparison=self.of_comparison).select_related("group")
        # a text never counts; one that has an importance from before shows it, to be emptied
        named = UseCaseImportance.objects.filter(use_case=self.instance.pk).values("criterion")
        criteria = criteria.exclude(~Q(pk__in=named), kind=Kind.TEXT.value)
        by_group = criteria.order_by("group__position", "group", "position", "pk")
        self.fields["importances"].widget.criteria = tuple(by_group) if self.of_comparison else ()
        self.fields["importances"].widget.otherwise = self.instance.otherwise
        if self.instance.pk:
            stored = UseCaseImportance.objects.filter(use_case=self.instance)
            self.initial["importances"] = dict(stored.values_list("criterion", "importance"))

    def stored(self) -> dict[str, Any]:
        """Each importance is a row of its own."""
        fields = super().stored()
        importances = fields.pop("importances") or {}
        shown = {
            _field_of("importances", criterion): importances.get(criterion.pk)
            for criterion in self.fields["importances"].widget.criteria
        }
        return fields | shown

    def sent(self) -> dict[str, Any]:
        sent = dict(super().sent())
        numbers = sent.pop("importances", {})
        return sent | {_field_of("importances", key): number for key, number in numbers.items()}

    def take_over(self, name: str, value: Any) -> None:
        key = self._criterion_of(name)
        if key is None:
            super().take_over(name, value)
        else:
            self.cleaned_data["importances"][key] = value
            self.show_as(name, "" if value is None else value)

    def _criterion_of(self, name: str) -> int | None:
        """Return the key of the criterion whose importance a field sets."""
        _, _, key = name.partition("importances-")
        return int(key) if key else None

    def label_of(self, name: str) -> str:
        key = self._criterion_of(name)
        if key is None:
            return super().label_of(name)
        criteria = self.fields["importances"].widget.criteria
        return next(str(criterion) for criterion in criteria if criterion.pk == key)

    def who_saved(self, name: str) -> str:
        key = self._criterion_of(name)
        if key is None:
            return super().who_saved(name)
        row = self.instance.importances.filter(criterion=key).first() or UseCaseImportance()
        return who_saved(row, use_case_id=self.instance.pk, criterion_id=key)

    def in_words(self, name: str, value: Any) -> str:
        if self._criterion_of(name) is None:
            return super().in_words(name, value)
        return "nothing" if value is None else str(value)

    def say_at(self, name: str, words: str) -> None:
        if self._criterion_of(name) is not None:
            name, words = "importances", f"{self.label_of(name)}: {words}"
        super().say_at(name, words)

    def save_importances(self) -> None:
        """Write the numbers that were changed."""
        case: UseCase = self.instance
        stored = {row.criterion_id: row for row in case.importances.all()}
        last = case.importances.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        for key, number in self.cleaned_data["importances"].items():
            row = stored.get(key)
            if row is None and number is not None:
                UseCaseImportance.objects.create(
                    use_case=case, criterion_id=key, importance=number, position=place
                )
                place += 1
            elif row is not None and number is None:
                row.delete()
            elif row is not None and number != row.importance:
                row.importance = number
                row.version += 1
                row.save()


def _is_importance(text: str) -> bool:
    return bool(re.fullmatch(r"\d(\.\d0*)?", text, re.ASCII)) and LEAST <= float(text) <= MOST


def _field_of(name: str, criterion: Criterion | int) -> str:
    return f"{name}-{criterion if isinstance(criterion, int) else criterion.pk}"
