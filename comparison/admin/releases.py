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


@admin.register(Release)
class ReleaseAdmin(AnyPages):
    list_display = ("title", "number", "published_at", "editor", beginning("note"))
    list_filter = ("slug", "editor")
    search_fields = ("slug", "title", "note", "editor")
    date_hierarchy = "published_at"
    fields = ("slug", "number", "title", "published_at", "editor", "note", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        # whole documents are not for lists
        return super().get_queryset(request).defer("document", "prose")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
