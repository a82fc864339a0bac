"""The pages for everything else that sources tell, from costs to complete samples."""

from typing import Any, ClassVar

from django.contrib import admin

from comparison.admin.forms.base import (
    DraftAdmin,
    DraftStack,
    DraftTable,
    Fieldset,
    plain_fields,
    quantity,
    reference,
)
from comparison.admin.forms.lists import beginning
from comparison.admin.forms.scope import SameComparisonFilter
from comparison.models import (
    AnsweredQuestion,
    CostLine,
    Hybrid,
    HybridRole,
    Migration,
    Point,
    Popularity,
    Sample,
    SampleFile,
    Story,
    StoryFigure,
)

SOURCE = ("source", SameComparisonFilter)
OPTION = ("option", SameComparisonFilter)
START = ("comparison", "position", "slug", "source", "place")
FINDING: tuple[Fieldset, ...] = (
    ("What an editor found", {"fields": ("finding", "reason")}),
    reference("reference"),
)


class StatedAdmin(DraftAdmin):
    """What the pages of all statements share: each has a source."""

    list_filter: ClassVar[Any] = (SOURCE,)
    list_select_related: ClassVar[Any] = ("source",)


@admin.register(CostLine)
class CostLineAdmin(StatedAdmin):
    list_display = ("item", "option", "amount_spelling", "currency", "period", "source")
    list_filter = (SOURCE, OPTION, "currency", "period", "is_total")
    list_select_related = ("source", "option")
    search_fields = ("item", "slug", "audience", "amount_spelling")
    fieldsets = (
        plain_fields(*START, "option", "item", "currency", "period", "audience", "is_total"),
        quantity("amount", "Amount, as printed"),
        *FINDING,
    )


@admin.register(Migration)
class MigrationAdmin(StatedAdmin):
    list_display = ("from_and_to", "time_spelling", "scope", "source")
    list_select_related = ("source", "start", "target")
    search_fields = ("slug", "steps", "scope")
    fieldsets = (
        plain_fields(*START, "start", "target", "steps", "scope"),
        quantity("time", "Time, as printed"),
        *FINDING,
    )

    @admin.display(description="migration")
    def from_and_to(self, migration: Migration) -> str:
        return f"{migration.start} → {migration.target}"


class StoryFigureStack(DraftStack):
    model = StoryFigure
    fieldsets = (plain_fields("position", "name", "kind"), quantity("quantity"))


@admin.register(Story)
class StoryAdmin(StatedAdmin):
    list_display = ("organisation", "option", beginning("statement"), "finding", "source")
    list_filter = (SOURCE, OPTION, "finding")
    list_select_related = ("source", "option")
    search_fields = ("organisation", "slug", "statement")
    inlines = [StoryFigureStack]
    fieldsets = (
        plain_fields(*START, "organisation", "option", "statement"),
        *FINDING,
    )


@admin.register(Popularity)
class PopularityAdmin(StatedAdmin):
    list_display = ("metric", "option", "quantity_spelling", "as_of", "source")
    list_filter = (SOURCE, OPTION)
    list_select_related = ("source", "option")
    search_fields = ("slug", "metric")
    fieldsets = (plain_fields(*START, "option", "metric", "as_of"), quantity("quantity"), *FINDING)


@admin.register(Point)
class PointAdmin(StatedAdmin):
    list_display = (beginning("text"), "topic", "option", "finding", "source")
    list_filter = ("topic", "finding", SOURCE, OPTION)
    list_select_related = ("source", "option")
    search_fields = ("text", "slug", "place")
    fieldsets = (plain_fields(*START, "topic", "option", "text"), *FINDING)


class RoleTable(DraftTable):
    model = HybridRole
    fields = ("position", "option", "role")
    joined = ("option",)


@admin.register(Hybrid)
class HybridAdmin(StatedAdmin):
    list_display = ("name", beginning("means"), "source")
    search_fields = ("name", "slug", "means")
    fieldsets = (plain_fields(*START, "name", "means"), *FINDING)
    inlines = [RoleTable]


@admin.register(AnsweredQuestion)
class AnsweredQuestionAdmin(StatedAdmin):
    list_display = (beginning("question"), "finding", "source")
    search_fields = ("question", "answer", "slug")
    fieldsets = (plain_fields(*START, "question", "answer"), *FINDING)


class SampleFileStack(DraftStack):
    model = SampleFile
    fields = ("position", "path", "text")


@admin.register(Sample)
class SampleAdmin(DraftAdmin):
    list_display = ("topic", "option", beginning("answers"))
    list_filter = (OPTION,)
    list_select_related = ("option",)
    search_fields = ("topic", "slug", "files__path")
    fields = (
        "comparison",
        "position",
        "slug",
        "topic",
        "option",
        "differs",
        "answers",
        "source",
        "place",
    )
    inlines = [SampleFileStack]
