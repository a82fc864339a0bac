"""What a form of a draft row says at once, at the field, of rules that publishing asks of the whole
draft anyway.

Only of what the editor has just changed: a fault that was there before keeps nobody from saving
another word.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from django.core.exceptions import ValidationError
from django.db import models

from comparison.admin.forms.django_classes import AnyForm
from comparison.core.document.schema import PARTLY_DATED, Quantity
from comparison.core.document.shape import RESERVED_SLUGS
from comparison.core.document.slugs import HOW_TO_WRITE, NO_USE_CASE, is_slug
from comparison.core.spelling.characters import hidden_in, is_blank
from comparison.core.spelling.contradiction import contradiction
from comparison.core.spelling.days import fault_of
from comparison.models import Comparison, UseCase
from comparison.publishing.inspection import today

NO_SLUG = f"This is no slug: {HOW_TO_WRITE}."
EQUAL_ANCHORS = "This gives 0 points, too: two numbers that differ make a scale."


def faults_of(form: AnyForm) -> Iterator[tuple[str, str]]:
    """Yield (column, what is wrong with it) for every changed text, day, scale and quantity of a
    row's form.
    """
    for column in form.changed_data:
        value = form.cleaned_data.get(column)
        if isinstance(value, str):
            yield from faults_of_text(column, value.replace("\r\n", "\n"))
            if _is_slug(form._meta.model, column) and (
                reason := fault_of_slug(form._meta.model, value)
            ):
                yield column, reason
        partly = _is_partly_dated(form, column)
        if (
            value
            and (partly or isinstance(value, date))
            and (wrong := fault_of(str(value), today(), partly=partly))
        ):
            yield column, f"{wrong}."
    if {"anchor_low", "anchor_high"} & set(form.changed_data):
        ends = [
            form.cleaned_data.get(end, getattr(form.instance, end))
            for end in ("anchor_low", "anchor_high")
        ]
        if ends[0] is not None and ends[0] == ends[1]:
            yield "anchor_high", EQUAL_ANCHORS
    for prefix in _quantities(form._meta.model):
        if any(column.startswith(f"{prefix}_") for column in form.changed_data):
            yield from _of_quantity(form, prefix)


def faults_of_text(column: str, text: str) -> Iterator[tuple[str, str]]:
    if hidden := hidden_in(text):
        yield column, f"This {hidden[1]}."
    elif is_blank(text) and text.strip():
        yield column, "This shows nothing: leave it empty when nothing is known."


def refuse_unseen(text: str) -> None:
    """Refuse a text with characters that nobody sees, or that shows nothing at all; a validator of
    a field that is no column.
    """
    if faults := [words for _, words in faults_of_text("", text)]:
        raise ValidationError(faults)


def fault_of_slug(model: Any, slug: str) -> str:
    """Return why a row of a kind cannot have a slug, or nothing."""
    if not slug:
        return ""
    if not is_slug(slug):
        return f"“{slug}” is no slug: {HOW_TO_WRITE}."
    if model is Comparison and slug in RESERVED_SLUGS:
        return f"“{slug}” is kept for the site itself: choose another."
    if model is UseCase and slug == NO_USE_CASE:
        return f"“{slug}” means that no use case is chosen: choose another."
    return ""


def _is_slug(model: Any, column: str) -> bool:
    return any(
        field.name == column and isinstance(field, models.SlugField)
        for field in model._meta.concrete_fields
    )


def _of_quantity(form: AnyForm, prefix: str) -> Iterator[tuple[str, str]]:
    def given(name: str) -> Any:
        column = f"{prefix}_{name}"
        return (
            form.cleaned_data.get(column, getattr(form.instance, column))
            if column not in form.errors
            else None
        )

    if wrong := contradiction(
        given("spelling") or "",
        given("form") or "point",
        given("low"),
        given("high"),
        given("unit") or None,
        bool(given("open_ended")),
    ):
        yield f"{prefix}_{wrong[0]}", f"{wrong[1]}."


def _fields(model: Any) -> dict[str, Any]:
    return model.node.model_fields if hasattr(model, "node") else {}


def _is_partly_dated(form: AnyForm, column: str) -> bool:
    field = _fields(form._meta.model).get(column)
    return field is not None and (
        PARTLY_DATED in field.metadata or PARTLY_DATED in _marks(field.annotation)
    )


def _marks(annotation: Any) -> list[Any]:
    return [mark for part in get_args(annotation) for mark in getattr(part, "__metadata__", ())]


def _quantities(model: Any) -> list[str]:
    return [
        name
        for name, field in _fields(model).items()
        if Quantity in (field.annotation, *get_args(field.annotation))
    ]
