"""Classify a text with a remote language model: Django, without any package beside it.

    LANGUAGE_MODEL_URL=http://127.0.0.1:9000 uvicorn app:application

`POST /classify` takes `{"text", "model"}` and answers with a label.
"""

import json
import logging
import os
from typing import Any

import httpx
from django import forms
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost"])

log = logging.getLogger(__name__)

LABELS = ("praise", "complaint", "question")
# One client, and so its open connections, for the whole process. Django has no hook to close it when the process ends.
language_model = httpx.AsyncClient(
    base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=float(os.environ.get("LANGUAGE_MODEL_TIMEOUT", "10"))
)


class MessageForm(forms.Form):
    text = forms.CharField(max_length=2000)
    model = forms.ChoiceField(choices=[("small", "Small"), ("large", "Large")], required=False)

    def clean_model(self) -> str:
        return self.cleaned_data["model"] or "small"


class ModelFailure(Exception):
    """The language model could not be reached, or answered something else than a label."""


async def ask(model: str, text: str) -> tuple[str, int]:
    """Return the label and the number of tokens used."""
    asked = {"model": model, "instruction": f"Answer with one of: {', '.join(LABELS)}.", "text": text}
    try:
        answer = await language_model.post("/complete", json=asked)
        completion = answer.raise_for_status().json()
        label, tokens = completion["text"], int(completion["tokens"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
        raise ModelFailure(failure) from failure
    if label not in LABELS:
        raise ModelFailure(f"not a label: {label}")
    return label, tokens


def fields_of(request: HttpRequest) -> dict[str, Any]:
    """Return the body's JSON object, or nothing where it is none: the form then says what is missing."""
    try:
        fields = json.loads(request.body)
        json.dumps(fields, ensure_ascii=False).encode()  # fails for half a character, which is JSON but no text
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


@require_POST
async def classify(request: HttpRequest) -> JsonResponse:
    """Say whether a message is praise, a complaint or a question."""
    form = MessageForm(fields_of(request))
    if not form.is_valid():
        return JsonResponse({"detail": form.errors.get_json_data()}, status=400)
    model = form.cleaned_data["model"]
    try:
        label, tokens = await ask(model, form.cleaned_data["text"])
    except ModelFailure as failure:
        log.warning("The language model failed: %s", failure)  # for us; the caller need not know the inside
        return JsonResponse({"detail": "The language model gave no usable answer. Try again later."}, status=502)
    return JsonResponse({"label": label, "model": model, "tokens_used": tokens})


urlpatterns = [path("classify", classify)]
application = get_asgi_application()
