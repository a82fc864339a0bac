"""Every request gets a name, and a line in the log where somebody will look for one: editors'
doings, what broke, what was slow; all of them where ACCESS_LOG asks for it.

A line has a path and never a query: what a reader selected is theirs. Only a fault tells it, by
`log_lines.py`, because it is what brings the fault back.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comparison.core.query import untracked
from comparison.rendering.addresses import address_of
from comparison.web.operation.log_lines import Current, current

log = logging.getLogger("comparison.requests")
HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def request_log(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that names each request, times it and tells of it."""
    # no line for a file, nor for whoever asks every second whether the site is up
    quiet = (settings.STATIC_URL, address_of("alive"), address_of("ready"))
    admin = address_of("admin:index")

    def answer(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(quiet):
            return get_response(request)
        began = time.perf_counter()
        is_of_editors = path.startswith(admin)
        if not is_of_editors and (query := request.META.get("QUERY_STRING")):
            request.META["comparison.query"] = untracked(query)
        now = Current(_id_of(request), request)
        before = current.set(now)
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            waited = float(request.META.get("comparison.waited_ms", 0.0))
            response.headers[HEADER] = now.id
            timing = f"wait;dur={waited:.1f}, app;dur={seconds * 1_000:.1f}"
            response.headers["Server-Timing"] = timing
            is_slow = seconds + waited / 1_000 > settings.SLOW_REQUEST
            if (
                settings.ACCESS_LOG
                or is_slow
                or response.status_code >= 500
                or (is_of_editors and request.method not in SAFE)
            ):
                _tell(request, response, seconds * 1_000, waited, is_slow=is_slow)
            return response
        finally:
            current.reset(before)

    return answer


def _tell(
    request: HttpRequest, response: HttpResponse, ms: float, waited: float, *, is_slow: bool
) -> None:
    fields: dict[str, object] = {
        "method": request.method,
        "path": request.path_info,
        "status": response.status_code,
        "ms": round(ms),
        "waited_ms": round(waited),
        "bytes": 0 if response.streaming else len(response.content),
    }
    log.info("slow request" if is_slow else "request", extra={"fields": fields})


def _id_of(request: HttpRequest) -> str:
    """Return the name that the proxy gave a request, or a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if _SANE.fullmatch(given) else secrets.token_hex(8)
