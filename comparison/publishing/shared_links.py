"""Which selections are passed on: anonymous counts, so that an editor knows which links a release
would let say that something has moved.

A request counts in memory, and waits for nothing; the thread that follows the database writes the
counts down about once a minute. Kept are a comparison, a day, a canonical query without what
somebody typed, and a number: no address, no cookie, no time. What was opened fewer than three times
in thirty days is told to nobody, and all of it is forgotten then.
"""

import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from comparison.core.selection import Selection, parse, spell
from comparison.models.shared_links import LONGEST, SharedLink
from comparison.publishing import releases

EVERY = 60.0  # seconds between two writings of a process
MOST_WAITING = 1_000  # different ones that a process counts at a time
MOST_A_DAY = 500  # different ones of a comparison
KEPT_DAYS = 30
LEAST = 3  # openings in that time; what is rarer is told to nobody

_lock = threading.Lock()
_waiting: Counter[tuple[str, str]] = Counter()  # by slug and query, as they were sent
_written_at = 0.0


def note(slug: str, query: str) -> None:
    """Count that a link was passed on or opened: in memory, at once. query: as it was sent."""
    key = slug, query
    if not query or len(query) > LONGEST:
        return
    with _lock:
        if key in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[key] += 1


def write_down_sometimes() -> None:
    """Write the counts down, if the last time was a minute ago."""
    global _written_at
    now = time.monotonic()
    if now - _written_at >= EVERY:
        _written_at = now
        write_down()


def write_down() -> None:
    """Write down what was counted since the last time, and forget what is old. Where the database
    takes nothing, it is counted on and written later.
    """
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    try:
        _write(counted)
    except releases.AWAY:
        with _lock:
            for key, number in list(counted.items())[: MOST_WAITING - len(_waiting)]:
                _waiting[key] += number


def _write(counted: dict[tuple[str, str], int]) -> None:
    today = timezone.localdate()
    by_comparison: dict[str, Counter[str]] = {}
    for (slug, query), number in counted.items():
        release = releases.current(slug)
        canonical = _canonical(release, query) if release else ""
        if release and canonical:
            by_comparison.setdefault(release.slug, Counter())[canonical] += number
    old = SharedLink.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS))
    if not by_comparison and not old.exists():
        return
    with transaction.atomic():
        old.delete()
        for slug, opened in by_comparison.items():
            of_today = SharedLink.objects.filter(slug=slug, day=today)
            known = set(of_today.values_list("query", flat=True))
            new = [query for query, _ in opened.most_common() if query not in known]
            left_out = set(new[max(0, MOST_A_DAY - len(known)) :])
            taken = {query: number for query, number in opened.items() if query not in left_out}
            SharedLink.objects.add(slug, today, taken)


def _canonical(release: releases.Published, query: str) -> str:
    """Return what a query selects, without what was typed or only looked at: empty for nothing."""
    selection, _ = parse(release.document, query)
    whole = Selection()
    same = {
        name: getattr(whole, name) for name in ("against", "by", "tree", "show", "q", "made_on")
    }
    spelled = spell(release.document, replace(selection, **same))
    return spelled if len(spelled) <= LONGEST else ""


def opened_lately(slugs: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the queries under which a comparison was opened or passed on in the last thirty days,
    and how often each: most first, and no rare one. slugs: its address, and those before.
    """
    since = timezone.localdate() - timedelta(days=KEPT_DAYS)
    rows = SharedLink.objects.filter(slug__in=slugs, day__gte=since).order_by()
    counted = rows.values_list("query").annotate(number=models.Sum("opened"))
    often = counted.filter(number__gte=LEAST).order_by("-number", "query")
    return tuple((query, number) for query, number in often)


def forget() -> None:
    """Forget what this process has counted and not written down."""
    with _lock:
        _waiting.clear()
