"""The pages for what readers come for: use cases, and the questions of the decision tree."""

from django.contrib import admin

from comparison.admin.base import DraftAdmin, DraftStack, DraftTable
from comparison.admin.scope import SameComparisonFilter
from comparison.models import Answer, Question, UseCase, UseCaseImportance


class ImportanceTable(DraftTable):
    model = UseCaseImportance
    fields = ("criterion", "importance", "position")
    joined = ("criterion",)


@admin.register(UseCase)
class UseCaseAdmin(DraftAdmin):
    list_display = ("name", "slug", "situation", "otherwise", "position", "comparison")
    list_editable = ("position",)
    search_fields = ("name", "slug", "situation", "description")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("must",)
    fields = ("comparison", "position", "name", "slug", "situation", "description", "otherwise", "must")
    inlines = [ImportanceTable]


class AnswerStack(DraftStack):
    model = Answer
    fk_name = "asked"
    fields = ("position", "slug", "text", "question", "options", "together", "reason")


@admin.register(Question)
class QuestionAdmin(DraftAdmin):
    list_display = ("text", "slug", "source", "position", "comparison")
    list_editable = ("position",)
    list_filter = ("comparison", ("source", SameComparisonFilter))
    list_select_related = ("comparison", "source")
    search_fields = ("text", "slug")
    fields = ("comparison", "position", "slug", "text", "source", "place")
    inlines = [AnswerStack]
