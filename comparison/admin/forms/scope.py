"""Which comparison a page of the admin is about, so that a row is never offered the rows of another
comparison.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, QueryDict

from comparison.models import Comparison
from comparison.models.rows import Row
from comparison.rendering.addresses import with_query

MOST_CHOICES = 60  # of a filter
REMEMBERED = "comparison"  # in the session: the key of the one that the editor is in
LONGEST_KEY = 19  # digits; one less always fits into 64 bits
# how a changelist's address names the comparison that it is filtered by
OF_COMPARISON = "comparison__id__exact"


def comparison_at(
    request: HttpRequest, model: type[models.Model], row: models.Model | None
) -> Comparison | None:
    """Return the comparison of a row; of a new row, the one that the form or the address names,
    the one that the editor is in, or the only one.
    """
    if isinstance(row, Comparison):
        return row
    comparison: Comparison | None
    if isinstance(row, Row):
        comparison = row.comparison_of()
        return comparison
    if not issubclass(model, Row):
        return None
    parent = model._meta.get_field(model.parent).related_model
    named = _row_named(parent, request.POST.get(model.parent) or request.GET.get(model.parent))
    if named is None:
        filters = QueryDict(request.GET.get("_changelist_filters", ""))
        filtered = next((filters[key] for key in filters if key.endswith(OF_COMPARISON)), "")
        named = _row_named(parent, filters.get(f"{model.parent}__id__exact"))
        named = (
            named
            or _row_named(Comparison, request.GET.get("comparison") or filtered)
            or _row_named(Comparison, str(request.session.get(REMEMBERED, "")))
            or only_comparison()
        )
    comparison = named.comparison_of() if isinstance(named, Row) else named
    return comparison


def opened_comparison(model_admin: Any, request: HttpRequest, pk: int) -> Comparison:
    """Return the comparison that a page of it is opened for, by who may see it: lists are of this
    one then.
    """
    comparison: Comparison | None = model_admin.get_object(request, str(pk))
    if comparison is None:
        raise Http404("There is no such comparison.")
    if not model_admin.has_view_or_change_permission(request, comparison):
        raise PermissionDenied
    remember(request, comparison)
    return comparison


def remember(request: HttpRequest, comparison: Comparison) -> None:
    """Let lists and new rows be those of a comparison, for this session or until it is left."""
    if request.session.get(REMEMBERED) != comparison.pk:
        request.session[REMEMBERED] = comparison.pk


def is_key(text: str) -> bool:
    """Return whether a text of an address can be the key of a row: a number that a
    database takes.
    """
    return text.isdecimal() and len(text) < LONGEST_KEY


def _row_named(model: Any, key: Any) -> Any:
    return model._default_manager.filter(pk=key).first() if key and is_key(key) else None


def only_comparison() -> Comparison | None:
    """Return the one comparison that there is; None where there are several, or none."""
    comparisons = list(Comparison.objects.all()[:2])
    return comparisons[0] if len(comparisons) == 1 else None


def limit_choices(field: Any, comparison: Comparison | None) -> None:
    """Offer the rows of one comparison; where it is not known yet, those of all, each with its
    comparison's slug.
    """
    if comparison is not None:
        field.queryset = field.queryset.filter(comparison=comparison)
    else:
        field.queryset = field.queryset.select_related("comparison")
        field.label_from_instance = lambda row: f"{row.comparison.slug}: {row}"


def is_of_comparison(model: Any) -> bool:
    """Return whether rows of this model stand directly under a comparison."""
    return isinstance(model, type) and issubclass(model, Row) and model.parent == "comparison"


class SearchInComparison(AutocompleteSelect):
    """A choice that one types to find, among the rows of one comparison."""

    def __init__(self, *args: Any, comparison: Comparison, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comparison = comparison

    def get_url(self) -> str:
        return with_query(super().get_url(), f"of={self.comparison.pk}")

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Return the attributes with words for the empty field, which are its name for who hears
        it.
        """
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": "Type to find"}


class SameComparisonFilter(admin.RelatedFieldListFilter):
    """A filter of a list that offers the rows of the comparison that the list is of. Of more than
    anybody reads through it offers none: the search finds them.
    """

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        chosen = next((request.GET[key] for key in request.GET if key.endswith(OF_COMPARISON)), "")
        rows = field.related_model._default_manager.filter(
            comparison=chosen if is_key(chosen) else None
        )
        ordering = self.field_admin_ordering(field, request, model_admin)
        choices = [(row.pk, str(row)) for row in rows.order_by(*ordering)[: MOST_CHOICES + 1]]
        return choices if len(choices) <= MOST_CHOICES else []

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1
