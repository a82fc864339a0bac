"""The pages for what was measured: workloads, runs with their figures, and what sources computed
from them.
"""

from django.contrib import admin

from comparison.admin.forms.base import DraftAdmin, folded, links_to_rows, plain_fields, quantity
from comparison.admin.forms.lists import beginning
from comparison.admin.forms.scope import SameComparisonFilter
from comparison.models import DerivedFigure, Figure, Run, Workload


@admin.register(Workload)
class WorkloadAdmin(DraftAdmin):
    list_display = ("name", beginning("description"), "slug")
    search_fields = ("name", "slug", "description")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("comparison", "position", "name", "slug", "description")


@admin.register(Run)
class RunAdmin(DraftAdmin):
    list_display = ("name", "source", "workload", "machine", "concurrency", "date")
    list_filter = (("source", SameComparisonFilter), ("workload", SameComparisonFilter))
    list_select_related = ("source", "workload")
    search_fields = ("name", "slug", "machine", "note")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("figures",)
    fieldsets = (
        plain_fields(
            "comparison",
            "position",
            "source",
            "workload",
            "name",
            "slug",
            "date",
            "note",
            "figures",
        ),
        folded(
            "Circumstances, as far as the source gives them",
            "machine",
            "cores",
            "memory",
            "database",
            "records",
            "load_tool",
            "concurrency",
            "requests",
            "versions",
            "server",
        ),
    )

    @admin.display(description="figures")
    def figures(self, run: Run) -> str:
        return links_to_rows(Figure, "run", run)


@admin.register(Figure)
class FigureAdmin(DraftAdmin):
    list_display = ("run", "option", "metric", "statistic", "quantity_spelling", "subject")
    list_filter = (
        ("run", SameComparisonFilter),
        ("option", SameComparisonFilter),
        "metric",
        "statistic",
    )
    list_select_related = ("run", "option")
    ordering = ("run__comparison", "run__position", "position", "pk")
    search_fields = ("slug", "run__name", "run__slug", "subject", "quantity_spelling", "place")
    fieldsets = (
        plain_fields(
            "run",
            "position",
            "slug",
            "option",
            "component",
            "metric",
            "statistic",
            "subject",
            "filed_under",
            "place",
        ),
        quantity("quantity"),
    )


@admin.register(DerivedFigure)
class DerivedFigureAdmin(DraftAdmin):
    list_display = (beginning("statement"), "stated_spelling", "kind", "source")
    list_filter = (("source", SameComparisonFilter), "kind")
    list_select_related = ("source",)
    search_fields = ("slug", "statement", "stated_spelling", "place")
    fieldsets = (
        plain_fields(
            "comparison",
            "position",
            "slug",
            "source",
            "kind",
            "statement",
            "figures",
            "points",
            "popularity",
            "place",
        ),
        quantity("stated", "The computed quantity, as printed"),
    )
