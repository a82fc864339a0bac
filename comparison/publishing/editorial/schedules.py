"""A draft as it is now is published later, at a moment that a publisher set: by `publish_due`,
which runs by the clock.

Once or not at all, and never another draft than was meant. What cannot be published when its time
has come says why, and waits until somebody decides. A time is passed once it is not later than now,
to the second.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from comparison.models import Comparison, LastLook, Schedule
from comparison.models.accounts import edits
from comparison.publishing import publish
from comparison.publishing.drafts import Unpublishable, read_draft
from comparison.publishing.events import tell
from comparison.publishing.publish import DraftChanged
from comparison.publishing.store.publication import publication

log = logging.getLogger(__name__)
COMMAND = "publish_due"
LATE = timedelta(minutes=10)  # after which the command has failed to come
FURTHEST = timedelta(days=2 * 366)
MAY_PUBLISH = "comparison.publish_comparison"
State = Schedule.State


class NotScheduled(Exception):
    """Nothing was set, or withdrawn. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a schedule whose time had come."""

    schedule: Schedule
    release: int | None  # the number that it got; None = nothing was published
    why: str  # nothing was published


def open_of(comparison: Comparison) -> Schedule | None:
    """Return what is set for a comparison: it waits, or could not be published."""
    return Schedule.objects.open().filter(comparison=comparison.pk).first()


def set_time(comparison: Comparison, editor: str, due: datetime, note: str, seen: str) -> Schedule:
    """Have the draft as it is now published at a moment. Raises NotScheduled. What was set for the
    comparison before is withdrawn.

    seen: the digest of the draft that was shown.
    """
    now = timezone.now()
    if due <= now:
        raise NotScheduled("That time is over. Set a later one, or publish now.")
    if due > now + FURTHEST:
        raise NotScheduled("That is more than two years from now. Set an earlier time.")
    with transaction.atomic():
        comparison = Comparison.objects.select_for_update().get(pk=comparison.pk)
        draft = read_draft(comparison)
        if draft.digest != seen:
            raise NotScheduled(
                "The draft was changed while you were looking at it. Nothing was set: look at the "
                "changes again."
            )
        if draft.document is None:
            raise NotScheduled("The draft has problems: mend them first.")
        newest = publish.newest_of(draft.document)
        if newest and publish.is_seen_already(draft.document, newest):
            raise NotScheduled(str(publish.Unchanged(newest)))
        if not note.strip():
            raise NotScheduled("Say in the change note what is different now.")
        if refusal := publish.hidden_in_note(note):
            raise NotScheduled(refusal)
        for before in Schedule.objects.open().filter(comparison=comparison.pk):
            _close(before, editor)
        schedule = Schedule.objects.create(
            comparison=comparison.pk,
            slug=comparison.slug,
            digest=draft.digest,
            due=due.replace(microsecond=0),
            note=note.strip(),
            editor=editor,
            made_at=now,
        )
        tell("schedule", comparison=comparison.slug, due=_stamp(schedule.due), user=editor)
    return schedule


def withdraw(key: int, editor: str) -> Schedule:
    """Let something that was set not happen. Raises NotScheduled where it is over already."""
    with transaction.atomic():
        schedule = Schedule.objects.select_for_update().filter(pk=key).first()
        if schedule is None:
            raise NotScheduled("There is no such schedule.")
        if schedule.state == State.PUBLISHED:
            raise NotScheduled(
                f"It is published already, as release {schedule.release}. To undo that, publish "
                "the release before it again."
            )
        if schedule.state == State.WITHDRAWN:
            raise NotScheduled(f"{schedule.closed_by} has withdrawn it already.")
        _close(schedule, editor)
    return schedule


def _close(schedule: Schedule, editor: str) -> None:
    schedule.state, schedule.closed_by = State.WITHDRAWN, editor
    schedule.save(update_fields=["state", "closed_by"])
    facts = {"comparison": schedule.slug, "due": _stamp(schedule.due), "user": editor}
    tell("schedule withdrawn", **facts)


# --- when the time has come -----------------------------------------------------------------------


def publish_due() -> Iterator[Outcome]:
    """Publish what is due, and yield what became of each. Two that do so at the same moment publish
    each once.
    """
    for key in Schedule.objects.waiting().filter(due__lte=timezone.now()).values_list("pk"):
        if outcome := _publish_one(*key):
            yield outcome
    LastLook.objects.update_or_create(command=COMMAND, defaults={"at": timezone.now()})


def _publish_one(key: int) -> Outcome | None:
    """Publish one that is due; None where somebody else has, or it was withdrawn."""
    try:
        with publication():
            schedule = _waiting(key)
            if schedule is None:
                return None
            release = publish.publish(
                _comparison_of(schedule), schedule.editor, schedule.note, schedule.digest
            )
            schedule.state, schedule.release = State.PUBLISHED, release.number
            schedule.save(update_fields=["state", "release"])
            return Outcome(schedule, release.number, "")
    except Unpublishable as refusal:
        return _stop(key, _in_words(refusal))


def _waiting(key: int) -> Schedule | None:
    """Return a schedule whose time has come, held until the transaction ends."""
    found = Schedule.objects.select_for_update().filter(pk=key, state=State.WAITING)
    return found.filter(due__lte=timezone.now()).first()


def _comparison_of(schedule: Schedule) -> Comparison:
    """Return the comparison whose draft is to be published. Unpublishable where it is gone, or its
    publisher may not publish any more.
    """
    comparison = Comparison.objects.filter(pk=schedule.comparison).first()
    if comparison is None:
        raise Unpublishable("The comparison was deleted.")
    can_sign_in = User.objects.filter(is_active=True, is_staff=True)
    publisher = can_sign_in.filter(username=schedule.editor).first()
    if publisher is None or not (publisher.has_perm(MAY_PUBLISH) and edits(publisher, comparison)):
        raise Unpublishable(f"{schedule.editor} may not publish any more.")
    return comparison


def _in_words(refusal: Unpublishable) -> str:
    if isinstance(refusal, DraftChanged):
        return "The draft was changed after this was set, so it is not the one that was meant."
    return str(refusal)


def _stop(key: int, why: str) -> Outcome | None:
    """Write down why something was not published; it stays in sight."""
    with transaction.atomic():
        schedule = _waiting(key)
        if schedule is None:
            return None
        schedule.state, schedule.why = State.STOPPED, why
        schedule.save(update_fields=["state", "why"])
        facts = {"comparison": schedule.slug, "due": _stamp(schedule.due), "user": schedule.editor}
        tell("schedule stopped", **facts)
    return Outcome(schedule, None, why)


# --- for those who look ---------------------------------------------------------------------------


def last_look() -> datetime | None:
    """Return when `publish_due` ran last; None = never."""
    return LastLook.objects.filter(command=COMMAND).values_list("at", flat=True).first()


def is_late(last: datetime | None) -> bool:
    """Return whether the command should have come, and has not: something is set, and nobody looks
    at the clock.
    """
    now = timezone.now()
    waiting = Schedule.objects.waiting()
    if waiting.filter(due__lt=now - LATE).exists():
        return True
    return waiting.exists() and (last is None or not -LATE <= now - last <= LATE)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
