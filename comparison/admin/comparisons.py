"""The pages for a comparison as a whole: its own words, the way to all its rows, and the way to
publishing.
"""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from comparison.admin.discarding.delete_page import delete_page
from comparison.admin.discarding.discard_page import discard_page, take_kept
from comparison.admin.forms.base import DraftAdmin, DraftStack, DraftTable
from comparison.admin.forms.draft_form import DraftForm
from comparison.admin.forms.scope import remember
from comparison.admin.grid.files import download_grid, upload_grid
from comparison.admin.grid.pages import grid_page, row_page
from comparison.admin.grid.panel import panel_page
from comparison.admin.history.history_page import history_page
from comparison.admin.history.presence import here_page
from comparison.admin.home.home_page import state_part
from comparison.admin.home.rows_of import rows_of
from comparison.admin.new_comparison.beginnings import beginnings_page
from comparison.admin.new_comparison.content_upload import download, upload_page
from comparison.admin.new_comparison.copying import copy_page
from comparison.admin.new_comparison.from_table import from_table_page
from comparison.admin.new_comparison.guided_start import guided_start, guided_step
from comparison.admin.publishing.effect import effect_page
from comparison.admin.publishing.past_releases import again_page, releases_page
from comparison.admin.publishing.preview_page import preview_page
from comparison.admin.publishing.publish_page import publish_page
from comparison.admin.publishing.record_page import record_page
from comparison.admin.publishing.review_page import review_page
from comparison.admin.publishing.schedule_page import schedule_page, withdraw_page
from comparison.core.document.schema import ProsePlace
from comparison.models import Comparison, Prose, Renamed


class ProseForm(DraftForm):
    """A piece of prose, with the places to choose from that pages have for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, present = self.fields["slug"], self.instance.slug
        choices = [("", "---------"), *((place.value, place.value) for place in ProsePlace)]
        if present and present not in list(ProsePlace):
            choices.append((present, f"{present} (no page shows it)"))
        self.fields["slug"] = forms.ChoiceField(choices=choices, help_text=field.help_text)


class ProseStack(DraftStack):
    model = Prose
    form = ProseForm
    fields = ("position", "slug", "body")


class RenamedTable(DraftTable):
    model = Renamed
    fields = ("kind", "old", "new", "position")


@admin.register(Comparison)
class ComparisonAdmin(DraftAdmin):
    list_display = ("title", "topic", "newest_release", "slug")
    ordering = ("title",)
    search_fields = ("title", "slug", "topic", "question")
    prepopulated_fields = {"slug": ("title",)}
    inlines = [ProseStack, RenamedTable]
    view_on_site = False  # whether there is a release is known here, and where it is

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        later = ["default_use_case"] if obj else []  # a new comparison has no use case yet
        return ["title", "slug", "topic", "question", "summary", "licence", *later, "neutral"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comparison]:
        rows: Any = super().get_queryset(request)
        numbered: QuerySet[Comparison] = rows.with_newest_release()
        return numbered

    @admin.display(description="newest release", ordering="newest_release")
    def newest_release(self, comparison: Any) -> int | None:
        number: int | None = comparison.newest_release
        return number

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return path(
                route,
                self.admin_site.admin_view(partial(view, self)),
                name=f"comparison_comparison_{name}",
            )

        own = [
            page("new/", beginnings_page, "new"),
            page("new/step-by-step/", guided_start, "guided"),
            page("<int:pk>/step-by-step/<slug:step>/", guided_step, "guided_step"),
            page("from-table/", from_table_page, "from_table"),
            page("upload/", upload_page, "upload"),
            page("<int:pk>/download/", download, "download"),
            page("<int:pk>/copy/", copy_page, "copy"),
            page("<int:pk>/state/", state_part, "state"),
            page("<int:pk>/publish/", publish_page, "publish"),
            page("<int:pk>/publish/effect/", effect_page, "effect"),
            page("<int:pk>/preview/", preview_page, "preview"),
            page("<int:pk>/publish/renamed/", record_page, "record"),
            page("<int:pk>/review/", review_page, "review"),
            page("<int:pk>/schedule/", schedule_page, "schedule"),
            page("withdraw/", withdraw_page, "withdraw"),
            page("<int:pk>/releases/", releases_page, "releases"),
            page("<int:pk>/grid/<slug:kind>/", grid_page, "grid"),
            page("<int:pk>/grid/<slug:kind>/upload/", upload_grid, "grid_upload"),
            page("<int:pk>/grid/<slug:kind>/download/<slug:ending>/", download_grid, "grid_file"),
            page("<int:pk>/grid/matrix/<int:criterion>/", row_page, "matrix_row"),
            page("<int:pk>/grid/matrix/<int:criterion>/<int:option>/", panel_page, "matrix_cell"),
            page("<int:pk>/releases/<int:number>/again/", again_page, "again"),
            page("<int:pk>/history/", history_page, "history_of"),
            page("<int:pk>/here/", here_page, "here"),
            page("<int:pk>/discard/", discard_page, "discard"),
            page("<int:pk>/discard/kept/<int:kept>/", take_kept, "take_kept"),
        ]
        # in the place of Django's own page, which would name every row
        own.append(page("<int:pk>/delete/", delete_page, "delete"))
        return own + super().get_urls()

    def get_actions(self, request: HttpRequest) -> Any:
        """Delete one at a time, by typing its slug."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        comparison = self.get_object(request, object_id)
        page = None
        if comparison and self.has_view_or_change_permission(request, comparison):
            remember(request, comparison)
            page = rows_of(comparison, self.newest_release(comparison))
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "page": page}
        )
