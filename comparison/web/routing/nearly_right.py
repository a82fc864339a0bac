"""An address that is nearly right -> the one that is meant, by a redirect: a last slash, capitals,
what a mail program added; and the address of what was renamed.

Asks the URL map whether the other spelling leads anywhere, and lists no address of its own. What a
reader typed besides the path, the query, goes along byte for byte. Never leads to another site: a
path is mended to plain letters or not at all.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from comparison.core.query import ADDED as _ADDED
from comparison.rendering.addresses import address_of, joined, with_query
from comparison.web.routing.renamed import Moved, within

# names in the URL map: answers to what leads nowhere
NOWHERE = frozenset({"elsewhere", "elsewhere_of_release", "nothing"})

# where no question mark begins it, an ampersand does
_QUERY = re.compile(r"([^#?&]*)(?:[?&]([^#]*))?")
_PLAIN = re.compile(r"[a-z0-9@._/-]*")
_AFTER = ".,;:!?)>]}*`\"'”’»"  # what follows a link in a text, and was taken for its end


def nearly_right(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that sends whoever opens an address that is nearly right on to the one
    that is meant.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        plain = _PLAIN.fullmatch(request.path_info) and "//" not in request.path_info
        if not plain and (sent_on := _send_on(request)):
            return sent_on
        response = get_response(request)
        return (_send_on(request) if response.status_code == 404 else None) or response

    def before_view(request: HttpRequest, view: Any, args: Any, named: Any) -> HttpResponse | None:
        match = request.resolver_match
        return _send_on(request) if match and match.url_name in NOWHERE else None

    answer.process_view = before_view  # type: ignore[attr-defined]
    answer.process_exception = _send_on_to_new_name  # type: ignore[attr-defined]
    return answer


def meant(here: str, query: str, *, answered: bool = False) -> tuple[str, str] | None:
    """Return the path and query that an address means; None where that is the address itself, or
    nothing.

    answered: a view has answered at this very address, so that a last slash alone mends nothing.
    """
    # programs spell: a name that is wrong there is an error, and only the last slash is mended
    is_for_programs = here.startswith(address_of("api:about"))
    path, query_within = (here, "") if is_for_programs else _mended(here)
    ways = (way for way in _ways(path) if way != here and not (answered and way == here + "/"))
    known_path = next(filter(_leads, ways), None)
    # these have spellings and answers of their own
    if known_path is None or here.startswith((address_of("admin:index"), settings.STATIC_URL)):
        return None
    return known_path, joined(query_within, query)


def _send_on(request: HttpRequest) -> HttpResponse | None:
    answered = request.resolver_match is not None and request.resolver_match.url_name not in NOWHERE
    address = meant(request.path_info, request.META.get("QUERY_STRING", ""), answered=answered)
    if address is None:
        return None
    # 308 for what carries a body, so that nothing of it is lost on the way.
    response = HttpResponsePermanentRedirect(
        within(with_query(*address)),
        preserve_request=request.method not in ("GET", "HEAD"),
    )
    response["Cache-Control"] = "public, max-age=3600"
    # a program of another site may follow; nothing is said here
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _send_on_to_new_name(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if not isinstance(exception, Moved):
        return None
    response = HttpResponsePermanentRedirect(within(str(exception)))
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _mended(path: str) -> tuple[str, str]:
    """Return the path as it was meant, and what of it is a query. It may hold anything still, or
    lead nowhere.
    """
    path = unquote(path) if "%" in path else path  # quoted twice
    path, query = _QUERY.match(path.translate(_ADDED)).groups("")  # type: ignore[union-attr]
    path = path.rstrip(_AFTER + " \u00a0").lower()
    path = re.sub(r"/index\.(html?|php)$", "/", path)
    return re.sub(r"/(?:\.?/)+", "/", path), query


def _ways(path: str) -> Iterator[str]:
    """Yield a path's spellings: as it is, then with the last slash if it has none, and without if
    it has one.
    """
    if _PLAIN.fullmatch(path) and path.startswith("/"):
        yield path
        yield path.rstrip("/") if path.endswith("/") else path + "/"


def _leads(path: str) -> bool:
    """Say whether the URL map knows a path."""
    try:
        return bool(path) and resolve(path).url_name not in NOWHERE
    except Resolver404:
        return False
