"""A comparison that was renamed: whoever opens an address that it had is sent to the one that it
has, for ever.

Raised by `comparison_request.py`, which knows; answered here, once for every view. A link that
names a release which came out under the old address is no such case: it goes on showing that
release.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import MAX_URL_REDIRECT_LENGTH


class Moved(Exception):
    """What was asked for has another address now. The message is that address."""


def within(address: str, most: int = MAX_URL_REDIRECT_LENGTH) -> str:
    """Return an address that may be redirected to: Django refuses a longer one. No choice of a
    reader's fills as much.

    What the query holds beyond is left out, from a whole pair on.
    """
    return (
        address
        if len(address) <= most
        else address[:most].rpartition("&")[0] or address.partition("?")[0]
    )


def address_now(path: str, old: str, new: str) -> str | None:
    """Return the path with its first part that is the old slug replaced; None where none is. The
    query goes along.
    """
    steps, mark, query = path.partition("?")
    parts = steps.split("/")
    if old not in parts:
        return None
    parts[parts.index(old)] = new
    return "/".join(parts) + mark + query


def renamed_comparisons(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that sends readers of a former address on."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    answer.process_exception = _send_on  # type: ignore[attr-defined]
    return answer


def _send_on(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if not isinstance(exception, Moved):
        return None
    response = HttpResponsePermanentRedirect(within(str(exception)))
    response["Cache-Control"] = "public, max-age=3600"
    return response
