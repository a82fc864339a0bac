"""The pages for what is compared: options with their parts, and components."""

from django.contrib import admin

from comparison.admin.forms.base import DraftAdmin, DraftTable, folded, plain_fields
from comparison.admin.forms.scope import SameComparisonFilter
from comparison.models import Component, Option, OptionPart


class PartTable(DraftTable):
    model = OptionPart
    fk_name = "whole"
    fields = ("position", "option", "role")
    joined = ("option",)
    verbose_name_plural = "parts, where it is a combination"


@admin.register(Option)
class OptionAdmin(DraftAdmin):
    list_display = ("name", "line", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name", "slug", "line")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        plain_fields("comparison", "position", "name", "slug", "line"),
        folded("More about it", "home_page", "compared_version", "licence", "status", "tags"),
    )
    inlines = [PartTable]


@admin.register(Component)
class ComponentAdmin(DraftAdmin):
    list_display = ("name", "option", "line", "slug")
    list_filter = (("option", SameComparisonFilter),)
    list_select_related = ("option",)
    search_fields = ("name", "slug", "line")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("comparison", "position", "name", "slug", "line", "option")
