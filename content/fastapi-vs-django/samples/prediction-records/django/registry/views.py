"""The addresses for programs: JSON in, JSON out, checked by forms."""

import json
import logging
from typing import Any

import httpx
from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .models import TrainedModel

log = logging.getLogger(__name__)
language_model = httpx.Client(base_url=settings.LANGUAGE_MODEL_URL, timeout=10)

LABELS = ("praise", "complaint", "question")
PAGE = 100  # predictions in one answer


class TrainedModelForm(forms.ModelForm):
    """Checks what the model says: lengths, the range of accuracy, and that the version is new."""

    class Meta:
        model = TrainedModel
        fields = ["name", "version", "accuracy"]


class MessageForm(forms.Form):
    text = forms.CharField(max_length=2000)


class ModelFailure(Exception):
    """The language model could not be reached, or answered something else than a label."""


def labelled(model: TrainedModel, text: str) -> dict[str, Any]:
    asked = {"model": str(model), "instruction": f"Answer with one of: {', '.join(LABELS)}.", "text": text}
    try:
        completion = language_model.post("/complete", json=asked).raise_for_status().json()
        outcome = {"label": completion["text"], "tokens": int(completion["tokens"])}
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
        raise ModelFailure(failure) from failure
    if outcome["label"] not in LABELS:
        raise ModelFailure(f"not a label: {outcome['label']}")
    return outcome


def fields_of(request: HttpRequest) -> dict[str, Any]:
    """Return the body's JSON object, or nothing where it is none: the form then says what is missing."""
    try:
        fields = json.loads(request.body)
        json.dumps(fields, ensure_ascii=False).encode()  # fails for half a character, which is JSON but no text
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def refused(form: forms.BaseForm) -> JsonResponse:
    return JsonResponse({"detail": form.errors.get_json_data()}, status=400)


@csrf_exempt  # programs send no cookies, so there is nothing that another site could abuse
@require_http_methods(["GET", "POST"])
def models(request: HttpRequest) -> JsonResponse:
    if request.method == "GET":
        return JsonResponse([model.shown() for model in TrainedModel.objects.all()], safe=False)
    form = TrainedModelForm(fields_of(request))
    try:
        if form.is_valid():
            return JsonResponse(form.save().shown(), status=201)
    except IntegrityError:  # somebody else was quicker, between the form's look and the insert
        form.add_error(None, forms.ValidationError("Quicker", code="unique_together"))
    if form.has_error("__all__", "unique_together"):
        return JsonResponse({"detail": "This version of the model is there already."}, status=409)
    return refused(form)


@csrf_exempt
@require_http_methods(["DELETE"])
def one_model(request: HttpRequest, model_id: int) -> HttpResponse:
    try:
        get_object_or_404(TrainedModel, pk=model_id).delete()
    except ProtectedError:
        return JsonResponse({"detail": "The model has predictions, which would lose their origin."}, status=409)
    return HttpResponse(status=204)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def predictions(request: HttpRequest, model_id: int) -> JsonResponse:
    """Return the newest predictions of a model; or have it label a message, and keep what was given and what came out."""
    model = get_object_or_404(TrainedModel, pk=model_id)
    if request.method == "GET":
        return JsonResponse([prediction.shown() for prediction in model.predictions.all()[:PAGE]], safe=False)
    form = MessageForm(fields_of(request))
    if not form.is_valid():
        return refused(form)
    try:
        outcome = labelled(model, form.cleaned_data["text"])
    except ModelFailure as failure:
        log.warning("The language model failed: %s", failure)
        return JsonResponse({"detail": "The model gave no usable prediction. Nothing was recorded."}, status=502)
    return JsonResponse(model.predictions.create(given=form.cleaned_data, outcome=outcome).shown(), status=201)


urlpatterns = [
    path("admin/", admin.site.urls),
    path("models", models),
    path("models/<int:model_id>", one_model),
    path("models/<int:model_id>/predictions", predictions),
]
