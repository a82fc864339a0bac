"""On every answer, errors too: what a browser may load, what a page may ask of the machine it is
read on, and which pages may load the answer. The first is shaped so that Django 6's own setting
replaces it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that sets the site's Content-Security-Policy."""
    policy: str = settings.CONTENT_SECURITY_POLICY

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return answer


NO_PAGE_ASKS_FOR = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
OPEN_TO_ALL = "cross-origin"


def shut_off(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that keeps pages from the machine's senses, and other sites' pages from
    loading what is not made to leave this one.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_PAGE_ASKS_FOR)
        is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", OPEN_TO_ALL if is_open else "same-origin"
        )
        return response

    return answer
