"""The pages for what readers come for: use cases, and the questions of the decision tree."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comparison.admin.forms.base import DraftAdmin, DraftStack
from comparison.admin.forms.scope import SameComparisonFilter, comparison_at
from comparison.admin.rows.importances import UseCaseForm
from comparison.models import Answer, Question, UseCase


@admin.register(UseCase)
class UseCaseAdmin(DraftAdmin):
    list_display = ("name", "family", "situation", "otherwise", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name", "slug", "family", "situation", "description")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("must",)
    form = UseCaseForm
    fields = (
        "comparison",
        "position",
        "name",
        "slug",
        "family",
        "situation",
        "description",
        "otherwise",
        "importances",
        "must",
    )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.of_comparison = comparison_at(request, self.model, obj)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_importances()


class AnswerStack(DraftStack):
    model = Answer
    fk_name = "parent_question"
    fields = ("position", "slug", "text", "question", "options", "together", "reason")


@admin.register(Question)
class QuestionAdmin(DraftAdmin):
    list_display = ("text", "source", "slug", "position")
    list_editable = ("position",)
    list_filter = (("source", SameComparisonFilter),)
    list_select_related = ("source",)
    search_fields = ("text", "slug")
    fields = ("comparison", "position", "slug", "text", "source", "place")
    inlines = [AnswerStack]
