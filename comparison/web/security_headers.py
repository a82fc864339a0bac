"""One header on every answer, errors too: what a browser may load. Shaped so that Django 6's own
setting replaces it.
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
