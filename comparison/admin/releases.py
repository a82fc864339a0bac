"""The pages for what readers see, to look at only: a release is never added, changed or deleted
here.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comparison.admin.forms.django_classes import AnyPages
from comparison.admin.forms.lists import beginning
from comparison.models import Release
from comparison.models.comparisons import named_within_reach


@admin.register(Release)
class ReleaseAdmin(AnyPages):
    list_display = ("title", "number", "published_at", "editor", beginning("note"))
    list_filter = ("slug", "editor")
    search_fields = ("slug", "title", "note", "editor")
    date_hierarchy = "published_at"
    fields = ("slug", "number", "title", "published_at", "editor", "note", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        # whole documents are not for lists
        rows = super().get_queryset(request).defer("document", "prose")
        return rows.filter(named_within_reach("slug"))

    def view_on_site(self, obj: Release) -> str:
        return obj.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
