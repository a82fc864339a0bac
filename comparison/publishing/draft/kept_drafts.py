"""The drafts that were looked at last, read once for each state that they are in: every click in a
preview shows the same draft as the click before.

Which state that is tells their stamp (`draft_stamps.py`), unread. For looking at alone: publishing
takes what its editor has seen, if the stamp is still the same within its transaction, and else
reads the draft.
"""

import copy
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils import timezone

from comparison.core.document.schema import plain
from comparison.core.document.things import Difference, differences
from comparison.models import Comparison
from comparison.publishing import drafts, releases
from comparison.publishing.draft.broken_drafts import without_what_is_broken
from comparison.publishing.draft.draft_stamps import counts_of_drafts, stamp_of
from comparison.publishing.drafts import Draft, DraftProblem, Unpublishable
from comparison.publishing.garbage_collection import made_to_stay
from comparison.publishing.inspection import listed
from comparison.publishing.releases import Published

A_PROBLEM = 4_000  # bytes that a problem takes in memory with its row


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft in one state: what it would be published as, or what keeps it from that; and what can
    be shown of it.
    """

    stamp: str  # of the state
    draft: Draft
    # as readers would get it, release 0, less what is broken; None where that is too little
    shown: Published | None
    # in what that differs from the draft: what is broken, and what cannot be without it
    left_out: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft as readers would get it, for editors' eyes."""

    release: Published  # number 0
    problems: tuple[DraftProblem, ...]  # what is left out of it


def kept_draft(comparison: Comparison) -> KeptDraft:
    """Return a draft in its present state, from memory where nothing has changed since it was
    read.
    """
    stamp = _stamp(comparison)  # before it is read: what changes meanwhile is seen the next time
    memory, key = releases.memory.kept, (KeptDraft, comparison.pk)
    kept: KeptDraft | None = memory.get(key)
    if kept is not None and kept.stamp == stamp:
        return kept
    new = made_to_stay(_read, comparison, stamp)
    memory.drop(key)
    if kept is not None and kept.shown is not None:
        memory.drop(kept.shown.kept_as)  # with all that was made of it
    if new.shown is not None:
        releases.memory.put(new.shown)
    owner = new.shown.kept_as if new.shown is not None else None
    size = A_PROBLEM * (len(new.draft.problems) + len(new.left_out))
    memory.put(key, new, size, owner)
    return new


def draft_as_seen(comparison: Comparison, digest: str | None) -> Draft | None:
    """Return the draft that somebody has looked at and wants to publish, unread, if it is still in
    that state; None where it has to be read. digest: of what was seen.
    """
    kept: KeptDraft | None = releases.memory.kept.get((KeptDraft, comparison.pk))
    is_seen = kept is not None and kept.draft.digest == digest
    return kept.draft if kept and is_seen and kept.stamp == _stamp(comparison) else None


def draft_at(slug: str) -> ShownDraft | None:
    """Return what can be shown of the draft at an address; None where there is none. Raises as
    `shown_draft` does.
    """
    comparison = Comparison.objects.filter(slug=slug).first()
    return shown_draft(comparison) if comparison is not None else None


def shown_draft(comparison: Comparison) -> ShownDraft:
    """Return what can be shown of a draft. Raises Unpublishable with every problem, where too
    little is left to be shown.
    """
    kept = kept_draft(comparison)
    if kept.shown is None:
        lines = listed([str(problem) for problem in kept.draft.problems])
        raise Unpublishable("\n".join(lines), kept.draft.problems)
    return ShownDraft(kept.shown, kept.draft.problems)


def _stamp(comparison: Comparison) -> str:
    newest = releases.current(comparison.address)
    number = newest.number if newest else None
    counts = counts_of_drafts(comparison.pk)[comparison.pk]
    return f"{comparison.address} {stamp_of(counts, number, timezone.localdate())}"


def _read(comparison: Comparison, stamp: str) -> KeptDraft:
    draft, tree = drafts.read_with_tree(comparison)
    document = draft.document
    left_out: tuple[Difference, ...] = ()
    if document is None:
        document = without_what_is_broken(tree, [one.problem for one in draft.problems])
        left_out = tuple(differences(tree, plain(document))) if document else ()
    bare: dict[int, models.Model] = {}
    problems = tuple(replace(one, row=_bare(one.row, bare)) for one in draft.problems)
    shown = (
        drafts.as_release(comparison.slug, document, draft.digest, draft.size) if document else None
    )
    return KeptDraft(stamp, replace(draft, problems=problems), shown, left_out)


def _bare(row: Any, made: dict[int, Any]) -> Any:
    """Return a row without the rows that were read with it, but for those that it is part of: each
    would hold the whole draft.
    """
    if id(row) in made:
        return made[id(row)]
    bare = copy.copy(row)
    made[id(row)] = bare
    bare.__dict__.pop("_prefetched_objects_cache", None)
    bare._state.fields_cache = {
        name: _bare(value, made) if isinstance(value, models.Model) else value
        for name, value in row._state.fields_cache.items()
    }
    return bare
