"""What all pages for draft rows share: choices within one comparison, order by place, fieldsets for
value objects.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from comparison.admin.addresses import admin_address
from comparison.admin.forms import saved_meanwhile
from comparison.admin.forms.deleting import MAY_DELETE_MANY, GoesAlong, goes_along
from comparison.admin.forms.django_classes import AnyInline, AnyPage, AnyStack, AnyTable
from comparison.admin.forms.draft_form import DraftForm, LineForm
from comparison.admin.forms.gone import GivesBack
from comparison.admin.forms.lists import ListWithin
from comparison.admin.forms.part_rows import NamedFields, PartRows
from comparison.admin.forms.places import refusal_of_places
from comparison.admin.forms.scope import (
    SearchInComparison,
    comparison_at,
    is_key,
    is_of_comparison,
    limit_choices,
    remember,
)
from comparison.admin.forms.way_back import keep, way_back
from comparison.admin.forms.ways import ways_of
from comparison.admin.history.history_page import address_of_history
from comparison.core.document.schema import Check, Node, Quantity, Reference
from comparison.models import Comparison, history
from comparison.models.rows import Row

# the form of a row may show the preview of it in a frame: a page of this site, and no other
WITH_PREVIEW = f"{settings.CONTENT_SECURITY_POLICY}; frame-src 'self'"
Fieldset = tuple[str | None, Any]  # a title, and the fields under it, as Django's admin takes them


def plain_fields(*fields: Any) -> Fieldset:
    """Return the first, untitled part of a form."""
    return None, {"fields": fields}


def folded(title: str, *fields: Any, description: str = "") -> Fieldset:
    """Return a part of a form that is closed until it is wanted."""
    return title, {"classes": ["collapse"], "fields": fields, "description": description}


def quantity(prefix: str, title: str = "Quantity, as printed") -> Fieldset:
    """Return the columns of a quantity."""
    return folded(
        title,
        *_columns(prefix, Quantity),
        description="A range stays a range; nothing is converted.",
    )


def checked(prefix: str) -> Fieldset:
    """Return the columns of an editor's check."""
    words = "Only for what somebody has read there. The day changes only when it was read again."
    return folded(
        "Checked against primary documentation", *_columns(prefix, Check), description=words
    )


def reference(prefix: str) -> Fieldset:
    """Return the columns of a reference."""
    return folded("Reference in primary documentation", *_columns(prefix, Reference))


def _columns(prefix: str, noun: type[Node]) -> list[str]:
    return [f"{prefix}_{name}" for name in noun.model_fields]


def links_to_rows(model: type[models.Model], column: str, row: models.Model) -> SafeString:
    """Return links to the list of the rows that belong to this one, and to the page that adds
    another and leads back there.
    """
    if row.pk is None:
        return SafeString("Save first.")
    only = {f"{column}__id__exact": row.pk}
    return format_html(
        '<a href="{}">Open as a list ({})</a> · <a href="{}">Add</a>',
        admin_address(model, "changelist", **only),
        model._default_manager.filter(**{column: row}).count(),
        admin_address(model, "add", **{column: row.pk}, _changelist_filters=urlencode(only)),
    )


def _with_marks(fieldsets: Any) -> list[Fieldset]:
    """Return a form's parts with the marks of what it showed, which no editor sees."""
    (title, first), *others = fieldsets
    return [(title, {**first, "fields": (*first["fields"], saved_meanwhile.FIELD)}), *others]


def _locked(rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
    """Return the rows of a form; to be saved, nobody else changes them until that is done."""
    is_saving = request.method == "POST" and transaction.get_connection().in_atomic_block
    return rows.select_for_update(of=("self",)) if is_saving else rows


class _Choices(AnyPage):
    """Offers to every reference the rows of the page's own comparison."""

    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        comparison = kwargs.pop("comparison", None)
        if db_field.name == "position":
            kwargs |= {
                "required": False,
                "initial": None,
                "help_text": f"{db_field.help_text} Empty: last.",
            }
        limited = is_of_comparison(db_field.related_model)
        if (
            limited
            and comparison is not None
            and db_field.name in self.get_autocomplete_fields(request)
        ):
            kwargs["widget"] = SearchInComparison(db_field, self.admin_site, comparison=comparison)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if limited:
            limit_choices(field, comparison)
        if db_field.is_relation:
            # they would open another comparison's page
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class DraftAdmin(GivesBack, ListWithin, _Choices):
    """The pages of one kind of draft row."""

    form = DraftForm
    save_on_top = True
    list_per_page = 100
    # in one action: more than a form can carry to the next page; see admin/actions.html
    offers_rows_of_all_pages = False
    list_select_related: ClassVar[Any] = ()
    ordering: ClassVar[Any] = ("comparison", "position", "pk")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        comparison = comparison_at(request, self.model, obj)
        callback = partial(self.formfield_for_dbfield, request=request, comparison=comparison)
        form = super().get_form(request, obj, change, **{"formfield_callback": callback, **kwargs})
        if obj is not None and "comparison" in form.base_fields:
            # what a row names, and what names it, would stay behind
            form.base_fields["comparison"].disabled = True
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None else _with_marks(fieldsets)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Return the row of a page. It is locked first where it is to be saved: the query of a list
        counts what belongs to a row, and such a query locks nothing.
        """
        if is_key(object_id):
            rows = _locked(self.model._default_manager.filter(pk=object_id), request)
            if rows.query.select_for_update:
                list(rows.values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._say_what_was_taken_over(request, form)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for part in formset.forms:
            self._say_what_was_taken_over(request, part)

    def _say_what_was_taken_over(self, request: HttpRequest, form: Any) -> None:
        if fields := getattr(form, "taken_over", []):
            words = (
                f"{form.instance}: kept what somebody else saved meanwhile ({', '.join(fields)})."
            )
            self.message_user(request, words)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list anew where what was typed into it cannot be saved."""
        is_sent = "_save" in request.POST and self.has_change_permission(request)
        if is_sent and (refusal := refusal_of_places(self.model, request)):
            self.message_user(request, refusal, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": LineForm, **kwargs})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form with the ways out of it."""
        row = self.get_object(request, object_id) if request.method == "GET" else None
        if isinstance(row, Row) and self.has_view_or_change_permission(request, row):
            remember(request, row.comparison_of())
            extra_context = {"page": ways_of(self, request, row), **(extra_context or {})}
        answer = super().change_view(request, object_id, form_url, extra_context)
        if isinstance(row, Row):
            answer["Content-Security-Policy"] = WITH_PREVIEW
        return answer

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        initial: dict[str, Any] = {
            name: value for name, value in given.items() if self._can_begin_with(name, value)
        }
        for name, key in self._filtered_by(request):
            initial.setdefault(name, key)
        comparison = comparison_at(request, self.model, None)
        if is_of_comparison(self.model) and comparison is not None:
            initial.setdefault("comparison", comparison.pk)
        return initial

    def _filtered_by(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        """Yield the rows that the list one comes from is of, by the field that names them: of a
        source's claims the source.
        """
        filters = QueryDict(request.GET.get("_changelist_filters", ""))
        for address, key in filters.items():
            name = str(address).removesuffix("__id__exact")
            if name != address and self._can_begin_with(name, str(key)):
                yield name, str(key)

    def _can_begin_with(self, name: str, value: Any) -> bool:
        """Return whether an address may fill in a field: a row by its key, anything else by its
        words.
        """
        relations = [field.name for field in self.opts.get_fields() if field.is_relation]
        return name not in relations or all(
            is_key(key) for key in ([value] if isinstance(value, str) else value)
        )

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer to delete many rows at once to who may."""
        actions = super().get_actions(request)
        if not request.user.has_perm(MAY_DELETE_MANY):
            actions.pop("delete_selected", None)
        return actions

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the history of this row, from what to what."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_or_change_permission(request, row):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect(address_of_history(row, row.comparison_of()))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with history.batch():
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic(), history.batch():
            super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> GoesAlong:
        """Count the rows that go along, each of which has a page of its own."""
        return goes_along(objs, request, self.admin_site)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find among one comparison's rows where `SearchInComparison` asks."""
        of = request.GET.get("of", "")
        if is_of_comparison(self.model) and is_key(of):
            queryset = queryset.filter(comparison=of)
        return super().get_search_results(request, queryset, search_term)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask first for which comparison, where that is not known: a form for all would offer the
        rows of all.
        """
        if (
            request.method != "GET"
            or self.model is Comparison
            or not self.has_add_permission(request)
        ):
            return super().add_view(request, form_url, extra_context)
        if comparison_at(request, self.model, None) or not Comparison.objects.exists():
            return super().add_view(request, form_url, extra_context)
        given = request.GET.dict()
        comparisons = [
            (row, admin_address(self.model, "add", **given | {"comparison": row.pk}))
            for row in Comparison.objects.order_by("title")
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "comparisons": comparisons,
        }
        title = f"For which comparison is the new {self.opts.verbose_name}?"
        return TemplateResponse(
            request, "admin/comparison/choose_comparison.html", {**context, "title": title}
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return keep(request, super().response_change(request, obj))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back_to_its_list(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back_to_its_list(request, obj) or super().response_post_save_change(
            request, obj
        )

    def _back_to_its_list(self, request: HttpRequest, row: Any) -> HttpResponseRedirect | None:
        """Lead to the page that opened the form, or to the rows beside this one, where no list was
        left; None where Django knows the way.
        """
        comparison = row.comparison_of() if isinstance(row, Row) else row
        if back := way_back(request, comparison):
            return HttpResponseRedirect(back[1])
        if (
            "_changelist_filters" in request.GET
            or not isinstance(row, Row)
            or not self.has_view_permission(request)
        ):
            return None
        beside = {f"{row.parent}__id__exact": getattr(row, f"{row.parent}_id")}
        return HttpResponseRedirect(admin_address(self.model, "changelist", **beside))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)


class _Inline(_Choices, AnyInline):
    """Rows on the page of the row that they are part of. Choices are read once, however many rows
    there are.
    """

    form = DraftForm
    extra = 0
    show_change_link = True
    joined: tuple[str, ...] = ()  # what a row's own name needs
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}
    }

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        comparison = comparison_at(request, self.parent_model, obj)
        callback = partial(self._field_with_kept_choices, request=request, comparison=comparison)
        return super().get_formset(request, obj, **{"formfield_callback": callback, **kwargs})

    def _field_with_kept_choices(
        self, db_field: Any, request: HttpRequest, comparison: Comparison | None, **kwargs: Any
    ) -> Any:
        field = self.formfield_for_dbfield(db_field, request, comparison=comparison, **kwargs)
        if is_of_comparison(db_field.related_model):
            field.choices = list(field.choices)
        return field

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return _with_marks(super().get_fieldsets(request, obj))

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = _locked(super().get_queryset(request), request)
        return rows.select_related(*self.joined) if self.joined else rows


class DraftTable(_Inline, AnyTable):
    """Part rows as a table with few columns; the whole form is on the row's own page. What names a
    field to the eye is the head of its column, so each is named once more for who hears the page.
    """

    formset = NamedFields


class DraftStack(_Inline, AnyStack):
    """Part rows one under another, each with its whole form."""

    formset = PartRows
