"""Which addresses take a form, and what whoever sends one to another, or by another method, hears:
405, before anything of what they sent is read.

Knows no forms: the admin has its own, and a reader's is the suggestion's. The API answers for
itself.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from comparison.web.caches.http_cache import PRIVATE

READING = frozenset({"GET", "HEAD", "OPTIONS"})
OF_FORMS = frozenset({"GET", "HEAD", "POST"})
ADMIN = "admin"  # every address of it may have a form
FORMS = frozenset({"suggest"})  # names in the URL map
ONLY_READ = (
    "This address is only read. Ask for it with GET or HEAD; nothing of what was sent was kept.\n"
)
READ_OR_SENT = "This address takes GET, HEAD and POST alone; nothing of what was sent was kept.\n"


def takes_forms(match: ResolverMatch) -> bool:
    """Return whether an address may be sent a form."""
    return match.url_name in FORMS or ADMIN in match.app_names


def only_read(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that answers 405 wherever no form is taken, and to what no form sends.

    It stands before the one that looks for a form's token: that one reads all that was sent, and
    would tell 403 where 405 is the truth.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def before_view(request: HttpRequest, view: Any, args: Any, named: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or getattr(view, "csrf_exempt", False):
            return None
        if takes_forms(match):
            is_taken = request.method in OF_FORMS
            return None if is_taken else _not_taken(READ_OR_SENT, "GET, HEAD, POST")
        return None if request.method in READING else _not_taken(ONLY_READ, "GET, HEAD")

    answer.process_view = before_view  # type: ignore[attr-defined]
    return answer


def _not_taken(words: str, methods: str) -> HttpResponse:
    return HttpResponse(
        words,
        status=405,
        content_type="text/plain; charset=utf-8",
        headers={"Allow": methods, "Cache-Control": PRIVATE},
    )
