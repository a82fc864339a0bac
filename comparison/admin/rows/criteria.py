"""The pages for points of view: groups, criteria, and the cells, whose list is the editors' work
list.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from comparison.admin.forms.base import (
    DraftAdmin,
    checked,
    folded,
    links_to_rows,
    plain_fields,
    quantity,
)
from comparison.admin.forms.draft_form import DraftForm
from comparison.admin.forms.scope import SameComparisonFilter
from comparison.admin.rows.day_of_change import day_of_change
from comparison.core.document.schema import Kind, Quantity
from comparison.models import Cell, Claim, Criterion, Group

VALUE_COLUMNS = {
    "text",
    "score",
    "support",
    *(f"quantity_{name}" for name in Quantity.model_fields),
}
COLUMN_OF_KIND = {
    Kind.RATING: "score",
    Kind.SUPPORT: "support",
    Kind.QUANTITY: "quantity_spelling",
    Kind.TEXT: "text",
}
UNKNOWN = (
    Q(criterion__kind=Kind.RATING.value, score=None)
    | Q(criterion__kind=Kind.SUPPORT.value, support="")
    | Q(criterion__kind=Kind.QUANTITY.value, quantity_spelling="")
)


class CellForm(DraftForm):
    """A cell's form. Changing what readers see dates the change; checking is another act, with a
    date of its own.
    """

    def save(self, commit: bool = True) -> Any:
        if VALUE_COLUMNS & set(self.changed_data):
            self.instance.changed_on = day_of_change(self.instance)
        return super().save(commit)


@admin.register(Group)
class GroupAdmin(DraftAdmin):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("comparison", "position", "name", "slug")


@admin.register(Criterion)
class CriterionAdmin(DraftAdmin):
    list_display = ("name", "group", "kind", "importance", "cell_count", "position")
    list_editable = ("position",)
    list_filter = (("group", SameComparisonFilter), "kind", "importance")
    list_select_related = ("group",)
    search_fields = ("name", "slug", "question")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("cells", "claims")
    fieldsets = (
        plain_fields(
            "comparison",
            "position",
            "group",
            "name",
            "slug",
            "question",
            "why",
            "kind",
            "importance",
        ),
        (
            "The written scale",
            {"fields": ("scale_low", "scale_high", "shelf_life_days", "cells", "claims")},
        ),
        folded("Must-have that readers can demand", "must_name", "must_minimum"),
        folded("For quantities only", "unit", "direction", "anchor_low", "anchor_high", "scale"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Criterion]:
        rows: QuerySet[Criterion] = super().get_queryset(request)
        return rows.annotate(cell_count=Count("cells"))

    @admin.display(description="cells", ordering="cell_count")
    def cell_count(self, criterion: Any) -> int:
        return int(criterion.cell_count)

    @admin.display(description="cells")
    def cells(self, criterion: Criterion) -> str:
        return links_to_rows(Cell, "criterion", criterion)

    @admin.display(description="claims")
    def claims(self, criterion: Criterion) -> str:
        return links_to_rows(Claim, "criterion", criterion)


class ValueFilter(admin.SimpleListFilter):
    title = "value"
    parameter_name = "value"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("known", "Known"), ("unknown", "No score"), ("does-not-apply", "Does not apply")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "known":
                return queryset.filter(applies=True).exclude(UNKNOWN)
            case "unknown":
                return queryset.filter(UNKNOWN, applies=True)
            case "does-not-apply":
                return queryset.filter(applies=False)
        return queryset


class CheckFilter(admin.SimpleListFilter):
    title = "check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("never", "Not checked"),
            ("overdue", "Check overdue"),
            ("in-date", "Check in date"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "never":
                return queryset.filter(checked_read_on=None)
            case "overdue":
                return queryset.filter(overdue_on(timezone.localdate()))
            case "in-date":
                return queryset.exclude(checked_read_on=None).exclude(
                    overdue_on(timezone.localdate())
                )
        return queryset


def overdue_on(day: date) -> Q:
    """Return the condition that a check is older than its criterion allows: one comparison for each
    shelf life in use.
    """
    overdue = Q(pk=None)
    for days in (
        Criterion.objects.exclude(shelf_life_days=None)
        .values_list("shelf_life_days", flat=True)
        .distinct()
    ):
        read_before = day - timedelta(days=min(days or 0, day.toordinal() - 1))
        overdue |= Q(criterion__shelf_life_days=days, checked_read_on__lt=read_before)
    return overdue


@admin.register(Cell)
class CellAdmin(DraftAdmin):
    form = CellForm
    list_display = ("criterion", "option", "text", "value", "checked_read_on", "changed_on")
    list_filter = (
        ValueFilter,
        CheckFilter,
        ("criterion__group", SameComparisonFilter),
        ("option", SameComparisonFilter),
    )
    list_select_related = ("criterion", "option")
    ordering = ("criterion__comparison", "criterion__position", "option__position", "pk")
    search_fields = ("criterion__name", "criterion__slug", "option__name", "text", "note")
    autocomplete_fields = ("criterion",)
    readonly_fields = ("changed_on",)
    fieldsets = (
        plain_fields(
            "criterion", "option", "text", "score", "support", "applies", "note", "changed_on"
        ),
        quantity("quantity"),
        checked("checked"),
    )

    @admin.display(description="value")
    def value(self, cell: Cell) -> Any:
        if not cell.applies:
            return "does not apply"
        value = getattr(cell, COLUMN_OF_KIND[Kind(cell.criterion.kind)])
        return f"{value:g}" if isinstance(value, float) else value
