"""How far a draft is: what differs from what readers see, what keeps it from being published, who
changed it last, and what is to be looked at.

It takes a whole reading of the draft, so it is kept until something in the draft is another
(`publishing/draft_stamps.py`), a release comes out, or the day ends.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import models
from django.utils import timezone

from comparison.admin.home.work import Work, work_of
from comparison.core.document.diff import diff, readdressings
from comparison.models import Comparison
from comparison.publishing import drafts, releases
from comparison.publishing.draft_stamps import Counts, counts_of_drafts, kinds_of_rows, stamp_of

KEPT_AS = "draft-state-2-"  # another number where the record is another one
ENTRIES_READ = 300  # of the history, to find who changed a draft last
OF_PUBLISHING = "Published release"  # how the history begins to tell of what changes no draft


@dataclass(frozen=True, slots=True)
class DraftState:
    """How far a draft is."""

    newest: int | None  # number of the newest release; None = never published
    changes: int | None  # things that differ from it; None = cannot be told yet
    problems: int  # what keeps it from being published
    changed_by: str  # who changed it last, or nothing where the history does not know
    changed_at: datetime | None  # when that was
    work: Work | None  # what is to be looked at; None where nothing can be read
    is_of_release: bool  # the work is of what readers see, because the draft has problems


def kept_state(comparison: Comparison, counts: Counts, newest: int | None) -> DraftState | None:
    """Return the state of a draft from memory; None where it has to be read again."""
    stamp, state = cache.get(f"{KEPT_AS}{comparison.pk}") or ("", None)
    return state if stamp == stamp_of(counts, newest, timezone.localdate()) else None


def state_of(comparison: Comparison) -> DraftState:
    """Return the state of a draft, from memory where nothing has changed since it was read."""
    counts: Mapping[int, Counts] = counts_of_drafts(comparison.pk)
    published = releases.current(comparison.address)
    newest = published.number if published else None
    # before the draft is read: what changes meanwhile is seen the next time
    stamp = stamp_of(counts[comparison.pk], newest, timezone.localdate())
    state = kept_state(comparison, counts[comparison.pk], newest)
    if state is None:
        state = _read(comparison, published)
        cache.set(f"{KEPT_AS}{comparison.pk}", (stamp, state), timeout=None)
    return state


def _read(comparison: Comparison, published: releases.Published | None) -> DraftState:
    draft = drafts.read_draft(comparison)
    changes, shown = None, published
    if draft.document:
        shown = drafts.as_release(comparison.slug, draft.document, draft.digest)
        if published:
            before, after = published.document, draft.document
            changes = len([*readdressings(before, after), *diff(before, after)])
    changed_by, changed_at = _last_change(comparison)
    return DraftState(
        newest=published.number if published else None,
        changes=changes,
        problems=len(draft.problems),
        changed_by=changed_by,
        changed_at=changed_at,
        work=work_of(comparison, shown, timezone.localdate()) if shown else None,
        is_of_release=draft.document is None,
    )


def _last_change(comparison: Comparison) -> tuple[str, datetime | None]:
    """Return who changed a draft last and when, as far as the history of the admin knows."""
    ways: dict[type[models.Model], str] = {Comparison: "pk", **kinds_of_rows()}
    kinds = {ContentType.objects.get_for_model(kind).pk: kind for kind in ways}
    entries = LogEntry.objects.filter(content_type__in=kinds).exclude(
        change_message__startswith=OF_PUBLISHING
    )
    latest = list(entries.select_related("user")[:ENTRIES_READ])
    keys: dict[Any, set[str]] = defaultdict(set)
    for entry in latest:
        if re.fullmatch("[0-9]{1,18}", entry.object_id or ""):  # any program may write any text
            keys[entry.content_type_id].add(entry.object_id or "")
    own = {
        (content_type, str(key))
        for content_type, of_kind in keys.items()
        for key in kinds[content_type]
        ._default_manager.filter(**{ways[kinds[content_type]]: comparison.pk}, pk__in=of_kind)
        .values_list("pk", flat=True)
    }
    for entry in latest:
        if (entry.content_type_id, entry.object_id) in own:
            return entry.user.get_username(), entry.action_time
    return "", None
