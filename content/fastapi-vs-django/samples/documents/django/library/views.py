"""The addresses: JSON in, JSON out, checked by forms."""

import json
import math
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from .models import Document

User = get_user_model()


class PersonForm(forms.ModelForm):
    """Checks a name as the user model does: length, and letters that a name may have."""

    class Meta:
        model = User
        fields = ["username"]


class DocumentForm(forms.Form):
    body = forms.CharField(max_length=20_000)


def json_of(request: HttpRequest) -> Any:
    """Return what the body holds, None where it is no JSON."""
    try:
        value = json.loads(request.body)
        json.dumps(value, ensure_ascii=False).encode()  # fails for half a character, which is JSON but no text
    except (ValueError, RecursionError):
        return None
    return value


def refused(detail: Any) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=400)


def is_embedding(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= 4096
        and all(isinstance(number, int | float) and abs(number) < math.inf for number in value)
    )


@require_http_methods(["PUT", "DELETE"])
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Add a person, or remove them; Django removes their documents too."""
    if request.method == "DELETE":
        get_object_or_404(User, username=name).delete()
    elif not User.objects.filter(username=name).exists():
        form = PersonForm({"username": name})
        if not form.is_valid():
            return refused(form.errors.get_json_data())
        User.objects.get_or_create(username=name, defaults={"password": make_password(None)})  # nobody can log in as them
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, name: str) -> JsonResponse:
    """Return a person's documents, the newest first, or add one."""
    owner = get_object_or_404(User, username=name)
    if request.method == "GET":
        return JsonResponse([document.shown() for document in owner.documents.all()], safe=False)
    fields = json_of(request)
    form = DocumentForm(fields if isinstance(fields, dict) else {})
    if not form.is_valid():
        return refused(form.errors.get_json_data())
    return JsonResponse(owner.documents.create(body=form.cleaned_data["body"]).shown(), status=201)


@require_http_methods(["PUT"])
def embedding(request: HttpRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=document_id)
    numbers = json_of(request)
    if not is_embedding(numbers):
        return refused("Send a list of 1 to 4096 numbers.")
    document.embedding = numbers
    document.save(update_fields=["embedding"])
    return HttpResponse(status=204)


urlpatterns = [
    path("people/<str:name>", person),
    path("people/<str:name>/documents", documents),
    path("documents/<int:document_id>/embedding", embedding),
]
