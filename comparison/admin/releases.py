"""The pages for what readers see, to look at only: a release is never added, changed or deleted
here.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comparison.admin.addresses import admin_address
from comparison.admin.forms.lists import BriefSearch, beginning
from comparison.admin.publishing.withhold_page import MAY_WITHHOLD, withhold_page
from comparison.models import Release
from comparison.models.comparisons import named_within_reach


@admin.register(Release)
class ReleaseAdmin(BriefSearch):
    list_display = ("title", "number", "published_at", "editor", beginning("note"))
    list_filter = ("slug", "editor")
    search_fields = ("slug", "title", "note", "editor")
    date_hierarchy = "published_at"
    fields = ("slug", "number", "title", "published_at", "editor", "note", "digest")
    readonly_fields = ("legal_reasons",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        # whole documents are not for lists
        rows = super().get_queryset(request).defer("document", "prose")
        return rows.filter(named_within_reach("slug"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        more = ("legal_reasons",) if request.user.has_perm(MAY_WITHHOLD) else ()
        return (*self.fields, *more)

    @admin.display(description="legal reasons")
    def legal_reasons(self, release: Release) -> SafeString:
        address = admin_address(Release, "withhold", release.pk)
        return format_html('<a href="{}">Withhold it, or show it again…</a>', address)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(withhold_page, self))
        own = path("<int:pk>/withhold/", view, name="comparison_release_withhold")
        return [own, *super().get_urls()]

    def view_on_site(self, obj: Release) -> str:
        return obj.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
