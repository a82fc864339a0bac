"""Pass a language model's answer on while it is being written: Django under ASGI.

    LANGUAGE_MODEL_URL=http://127.0.0.1:9000 uvicorn app:application

`POST /stream` takes `{"text", "max_tokens"}` and answers with server-sent events: `piece` for every few characters, then
`end`, or `failure` where the model breaks off after the first piece has left.
"""

import json
import logging
import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
from django import forms
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost"])

log = logging.getLogger(__name__)
language_model = httpx.AsyncClient(base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=10)


class PromptForm(forms.Form):
    text = forms.CharField(max_length=2000)
    max_tokens = forms.IntegerField(min_value=1, max_value=500, required=False)

    def clean_max_tokens(self) -> int:
        return self.cleaned_data["max_tokens"] or 100


def event(name: str, value: str = "") -> str:
    """Return one server-sent event. The value goes as JSON, so a line break cannot end the event."""
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"


async def events(answer: httpx.Response) -> AsyncIterator[str]:
    """Yield an event for every line that the model writes, and close its answer, also when the reader leaves early."""
    try:
        async for line in answer.aiter_lines():
            yield event("piece", json.loads(line)["text"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
        log.warning("The language model broke off: %s", failure)
        yield event("failure", "The language model broke off. What has arrived is not complete.")
    else:
        yield event("end")
    finally:
        await answer.aclose()


def fields_of(request: HttpRequest) -> dict[str, Any]:
    """Return the body's JSON object, or nothing where it is none: the form then says what is missing."""
    try:
        fields = json.loads(request.body)
        json.dumps(fields, ensure_ascii=False).encode()  # fails for half a character, which is JSON but no text
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


@require_POST
async def stream(request: HttpRequest) -> JsonResponse | StreamingHttpResponse:
    """Open the model's answer before ours begins, so that a refusal can still be a 502; then send it piece by piece."""
    form = PromptForm(fields_of(request))
    if not form.is_valid():
        return JsonResponse({"detail": form.errors.get_json_data()}, status=400)
    asked = {"model": "small", "instruction": "Answer briefly.", "stream": True, **form.cleaned_data}
    try:
        answer = await language_model.send(language_model.build_request("POST", "/complete", json=asked), stream=True)
    except httpx.HTTPError as failure:
        log.warning("The language model failed: %s", failure)
        return JsonResponse({"detail": "The language model cannot be reached. Try again later."}, status=502)
    if answer.is_error:
        await answer.aclose()
        log.warning("The language model answered %s", answer.status_code)
        return JsonResponse({"detail": "The language model refused to answer. Try again later."}, status=502)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # proxies: neither keep it nor collect it
    return StreamingHttpResponse(events(answer), content_type="text/event-stream", headers=headers)


urlpatterns = [path("stream", stream)]
application = get_asgi_application()
