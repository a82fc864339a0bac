"""Who else is at a row: noted while a page is open and seen, forgotten about a minute after it was
left. In Redis where CACHE_URL names it, else in the database: one small row for each open page.

Never in anybody's way: where it cannot be kept, nobody is shown.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import get_random_string

from comparison.admin.addresses import admin_address
from comparison.models import Comparison, Presence
from comparison.models.rows import Row

log = logging.getLogger(__name__)
AT_REST = timedelta(seconds=60)  # after which somebody has left; the page says so every 18 s
LONGEST = 60  # characters of a place
Entry = tuple[str, str]  # a name, and a place


@dataclass(frozen=True, slots=True)
class Here:
    """What a page says of who is there, and how it goes on asking."""

    words: str  # who else is at this row; "" = nobody
    asks: str  # the address where it is asked again
    place: str  # of this page: the row, and the row of the grid that it is in
    tab: str  # tells this page from others of the same person


def here(request: HttpRequest, comparison: Comparison, place: str) -> Here:
    """Note that somebody opened a page, and return who else is there. place: "" = at no row yet: of
    a grid, which asks as soon as it is shown.
    """
    tab = get_random_string(12)
    others = _others(request, comparison, tab, place) if place else ()
    asks = admin_address(Comparison, "here", comparison.pk)
    return Here(_words(others, place), asks, place, tab)


def place_of(row: Row) -> str:
    """Return what names a row, and the row of a grid that it is in: "cell-51 criterion-12"."""
    own = f"{row._meta.model_name}-{row.pk}"
    if row.parent == "comparison":
        return own
    parent: Any = row._meta.get_field(row.parent)
    return f"{own} {parent.related_model._meta.model_name}-{getattr(row, parent.attname)}"


def here_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody is still there, or left; answer who else is."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    comparison = get_object_or_404(Comparison, pk=pk)
    if not model_admin.has_view_or_change_permission(request, comparison):
        raise PermissionDenied
    request.session.accessed = False  # a page that asks by itself is nobody who does something
    place, tab = (request.POST.get(name, "")[:LONGEST] for name in ("place", "tab"))
    if "left" in request.POST:
        _store().forget(comparison.pk, _key(request, tab))
        return JsonResponse({})
    others = _others(request, comparison, tab, place)
    return JsonResponse({"words": _words(others, place), "rows": _by_row(others)})


def _key(request: HttpRequest, tab: str) -> tuple[int, str]:
    return request.user.pk or 0, tab


def _others(
    request: HttpRequest, comparison: Comparison, tab: str, place: str
) -> tuple[Entry, ...]:
    """Note somebody's place, and return those of all others."""
    own = request.user.get_username()
    try:
        with transaction.atomic():
            entries = _store().note(comparison.pk, _key(request, tab), own, place)
    # each kind of store has errors of its own, and none is worth an editor's page
    except Exception as error:
        log.debug("Who is at which row is not known: %s", type(error).__name__)
        return ()
    return tuple(sorted({one for one in entries if one[0] != own}))


def _words(others: tuple[Entry, ...], place: str) -> str:
    mine = place.split()
    names = sorted({name for name, theirs in others if _meet(mine, theirs.split())})
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"{', '.join(names)} {verb} at this row, too: whoever saves second is shown both."


def _meet(mine: list[str], theirs: list[str]) -> bool:
    """Return whether two are at one row: the row of either is one that the other is in."""
    return bool(mine and theirs) and (mine[0] in theirs or theirs[0] in mine)


def _by_row(others: tuple[Entry, ...]) -> dict[str, str]:
    rows: dict[str, set[str]] = {}
    for name, place in others:
        for one in place.split():
            rows.setdefault(one, set()).add(name)
    return {row: ", ".join(sorted(names)) for row, names in rows.items()}


class _InDatabase:
    @staticmethod
    def note(comparison: int, key: tuple[int, str], name: str, place: str) -> Iterator[Entry]:
        now = timezone.now()
        user, tab = key
        mine = Presence.objects.filter(comparison=comparison, user=user, tab=tab)
        if not mine.update(place=place, seen_at=now):
            Presence.objects.filter(seen_at__lt=now - AT_REST).delete()
            Presence.objects.create(
                comparison_id=comparison, user_id=user, tab=tab, place=place, seen_at=now
            )
        there = Presence.objects.filter(comparison=comparison, seen_at__gte=now - AT_REST)
        yield from there.exclude(user=user).values_list("user__username", "place")

    @staticmethod
    def forget(comparison: int, key: tuple[int, str]) -> None:
        Presence.objects.filter(comparison=comparison, user=key[0], tab=key[1]).delete()


class _InCache:
    """One entry for each comparison. Of two who write it in the same moment one may be missing
    until its page says so again.
    """

    @staticmethod
    def note(comparison: int, key: tuple[int, str], name: str, place: str) -> Iterator[Entry]:
        now = timezone.now()
        kept = cache.get(_InCache.named(comparison)) or {}
        kept = {one: entry for one, entry in kept.items() if entry[2] >= now - AT_REST}
        kept[key] = (name, place, now)
        cache.set(_InCache.named(comparison), kept, timeout=AT_REST.total_seconds())
        yield from ((name, place) for name, place, _ in kept.values())

    @staticmethod
    def forget(comparison: int, key: tuple[int, str]) -> None:
        kept = cache.get(_InCache.named(comparison)) or {}
        kept.pop(key, None)
        cache.set(_InCache.named(comparison), kept, timeout=AT_REST.total_seconds())

    @staticmethod
    def named(comparison: int) -> str:
        return f"who-is-here-{comparison}"


def _store() -> type[_InDatabase] | type[_InCache]:
    is_shared = str(settings.CACHES["default"]["BACKEND"]).endswith("RedisCache")
    return _InCache if is_shared else _InDatabase
