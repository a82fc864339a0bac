"""The pages for who says so: sources, and what each claims, advises and concludes."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from comparison.admin.forms.base import (
    DraftAdmin,
    DraftTable,
    links_to_rows,
    plain_fields,
    quantity,
    reference,
)
from comparison.admin.forms.lists import beginning
from comparison.admin.forms.scope import SameComparisonFilter
from comparison.models import Advice, Choice, Claim, Source, Verdict

OF_SOURCE = (("source", SameComparisonFilter),)


@admin.register(Source)
class SourceAdmin(DraftAdmin):
    list_display = (
        "publisher",
        "title",
        "publisher_kind",
        "published",
        "read_on",
        "claim_count",
    )
    list_filter = ("publisher_kind", "measured")
    search_fields = ("publisher", "slug", "title", "address")
    readonly_fields = ("claims", "advice", "verdicts")
    fieldsets = (
        plain_fields(
            "comparison",
            "position",
            "slug",
            "title",
            "address",
            "published",
            "read_on",
            "note",
            *readonly_fields,
        ),
        (
            "Whose it is, and what they gain",
            {"fields": ("publisher", "publisher_kind", "interest", "measured", "origin")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        rows: QuerySet[Source] = super().get_queryset(request)
        return rows.annotate(claim_count=Count("claims"))

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, source: Any) -> int:
        return int(source.claim_count)

    @admin.display(description="claims")
    def claims(self, source: Source) -> str:
        return links_to_rows(Claim, "source", source)

    @admin.display(description="advice")
    def advice(self, source: Source) -> str:
        return links_to_rows(Advice, "source", source)

    @admin.display(description="verdicts")
    def verdicts(self, source: Source) -> str:
        return links_to_rows(Verdict, "source", source)


@admin.register(Claim)
class ClaimAdmin(DraftAdmin):
    list_display = (
        beginning("statement"),
        "about",
        "criterion",
        "source",
        "finding",
    )
    list_filter = (
        *OF_SOURCE,
        ("option", SameComparisonFilter),
        ("criterion__group", SameComparisonFilter),
        "finding",
        "form",
        "modality",
    )
    list_select_related = ("source", "option", "component", "criterion")
    ordering = ("source__comparison", "source__position", "position", "pk")
    search_fields = ("slug", "statement", "criterion__name", "criterion__slug", "place")
    autocomplete_fields = ("criterion",)
    fieldsets = (
        plain_fields("source", "position", "slug", "option", "component", "criterion", "statement"),
        (
            "How the source says it",
            {"fields": ("score", "support", "place", "form", "audience", "modality")},
        ),
        quantity("quantity"),
        ("What an editor found", {"fields": ("finding", "reason")}),
        reference("reference"),
    )

    @admin.display(description="about", ordering="option")
    def about(self, claim: Claim) -> str:
        return ", ".join(str(one) for one in (claim.option, claim.component) if one)


class ChoiceTable(DraftTable):
    model = Choice
    fields = ("position", "option", "components")
    joined = ("option",)
    verbose_name_plural = "choices: the first, then its alternatives in order"


@admin.register(Advice)
class AdviceAdmin(DraftAdmin):
    list_display = ("use_case", "source", "strength", "condition", beginning("statement"))
    list_filter = (*OF_SOURCE, ("use_case", SameComparisonFilter), "strength")
    list_select_related = ("source", "use_case")
    ordering = ("source__comparison", "source__position", "position", "pk")
    search_fields = ("slug", "statement", "use_case__name", "place")
    fields = (
        "source",
        "position",
        "slug",
        "use_case",
        "strength",
        "condition",
        "statement",
        "place",
    )
    inlines = [ChoiceTable]


@admin.register(Verdict)
class VerdictAdmin(DraftAdmin):
    list_display = (beginning("statement"), "option", "condition", "source")
    list_filter = (*OF_SOURCE, ("option", SameComparisonFilter))
    list_select_related = ("source", "option")
    ordering = ("source__comparison", "source__position", "position", "pk")
    search_fields = ("slug", "statement", "place")
    fields = ("source", "position", "slug", "option", "condition", "statement", "place")
