"""What shared caches need to know of every answer that is not of a comparison alone: a tag that is
of its very bytes, "not modified", and how long it may be kept. Never looks at what is shown.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from comparison.web.caches.http_cache import PRIVATE, PUBLIC
from comparison.web.comparison_request import DRAFT
from comparison.web.refusals import is_of_editors

SHORT = frozenset({200, 301, 302, 308, 404})  # statuses that are kept for some seconds


def tagged(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return a middleware that completes what readers are answered, and leaves editors alone.

    An answer that says nothing of caches is kept for some seconds, if it is one that comes again
    and again; errors on our side, and all that is about a sender, are not kept at all.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_of_editors(request) or response.streaming:
            return response
        if "Cache-Control" not in response:
            is_personal = response.cookies or "Cookie" in response.get("Vary", "")
            is_kept = response.status_code in SHORT and not is_personal
            response["Cache-Control"] = PUBLIC if is_kept else PRIVATE
        if (
            response.status_code != 200
            or "ETag" in response
            or not response["Cache-Control"].startswith("public")
        ):
            return response
        response["ETag"] = tag_of(response)
        return get_conditional_response(request, response["ETag"], None, response) or response

    return answer


def tag_of(response: HttpResponse) -> str:
    """Return the strong tag of an answer's bytes, which are others in each encoding."""
    return f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def without_editors_cookies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that lets readers' addresses see no cookie of editors: Django would
    replace a malformed one on whatever page it comes, and make that page another one for each
    visitor. A draft's addresses look who asks.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        is_open = not is_of_editors(request) and f"@{DRAFT}" not in request.path.split("/")
        if is_open and "HTTP_COOKIE" in request.META:
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return get_response(request)

    return answer
