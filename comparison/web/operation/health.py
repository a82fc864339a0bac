"""What a load balancer asks: is this process up, and can it show what is published.

Answered before everything else, under any Host, without a redirect, a cookie or a line in the log:
who asks calls by number, over plain HTTP. Says of what is away its name, and nothing of where it
is.
"""

import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from comparison.models import Release
from comparison.publishing import releases
from comparison.publishing.store import refused_writes
from comparison.rendering.addresses import address_of
from comparison.web.caches.http_cache import PRIVATE
from comparison.web.operation.probes import Probe


def health(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that answers both addresses itself."""
    answers = {address_of("alive"): alive, address_of("ready"): ready}

    def answer(request: HttpRequest) -> HttpResponse:
        return answers.get(request.path_info, get_response)(request)

    return answer


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """A load balancer hears that this process answers; nothing else is looked at."""
    return HttpResponse(
        "alive\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": PRIVATE}
    )


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """A load balancer hears whether what is published can be read here, and what is away."""
    away = {probe.name: probe.problem() for probe in (DATABASE, CACHE)}
    readable = not away["database"] or releases.are_there()
    if not away["database"] and refused_writes.are_there():
        away["database"] = "cannot be written"
    status = "unavailable" if not readable else "degraded" if any(away.values()) else "ready"
    said = {
        "status": status,
        "releases": "readable" if readable else "not readable",
        **{name: problem or "ok" for name, problem in away.items()},
    }
    return JsonResponse(said, status=200 if readable else 503, headers={"Cache-Control": PRIVATE})


def database_answers() -> None:
    """Return where a table of the site can be read; raise whatever the database raises. An empty
    file in the place of the database answers "SELECT 1", and has no table.
    """
    Release.objects.values_list("pk").first()


def cache_answers() -> None:
    """Return where the cache gives back what it was given; raise otherwise."""
    written = secrets.token_hex(8)
    cache.set("comparison.web.operation.health", written, timeout=60)
    # another process may have written meanwhile
    if cache.get("comparison.web.operation.health") is None:
        raise LookupError("the cache forgot what it was given")


def _look_at_database() -> None:
    try:
        database_answers()
    finally:
        connections.close_all()  # those of this thread, which ends


DATABASE = Probe("database", _look_at_database)
CACHE = Probe("cache", cache_answers)
