"""The pages for people: models can be edited, predictions only looked at."""

from django.contrib import admin
from django.http import HttpRequest

from .models import Prediction, TrainedModel


@admin.register(TrainedModel)
class TrainedModelAdmin(admin.ModelAdmin):
    list_display = ["name", "version", "accuracy", "added_at"]
    search_fields = ["name"]


@admin.register(Prediction)
class PredictionAdmin(admin.ModelAdmin):
    list_display = ["made_at", "model", "given", "outcome"]
    list_filter = ["model", "made_at"]
    list_select_related = ["model"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Prediction | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Prediction | None = None) -> bool:
        return False
