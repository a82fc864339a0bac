"""How far a draft is: what differs from what readers see, what keeps it from being published, who
changed it last, and what is to be looked at.

It takes a whole reading of the draft, so it is kept until something in the draft is another
(`publishing/draft/draft_stamps.py`), a release comes out, or the day ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from comparison.admin.home.work import Work, work_of
from comparison.core.document.diff import diff, readdressings
from comparison.models import Comparison
from comparison.publishing import drafts, releases
from comparison.publishing.draft.draft_stamps import Counts, counts_of_drafts, stamp_of
from comparison.publishing.editorial.last_change import last_change

KEPT_AS = "draft-state-2-"  # another number where the record is another one


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
    changed_by, changed_at = last_change(comparison)
    return DraftState(
        newest=published.number if published else None,
        changes=changes,
        problems=len(draft.problems),
        changed_by=changed_by,
        changed_at=changed_at,
        work=work_of(comparison, shown, timezone.localdate()) if shown else None,
        is_of_release=draft.document is None,
    )
