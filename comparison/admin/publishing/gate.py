"""What stands before publishing a draft besides its problems: another person who approves it, and a
time that was set. Told on the publish page and on the admin's first page.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.http import HttpRequest

from comparison.admin.addresses import admin_address
from comparison.admin.publishing.published import MAY_PUBLISH
from comparison.models import Comparison, Review, Schedule
from comparison.publishing.editorial import reviews, schedules
from comparison.publishing.editorial.reviews import Standing


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands before publishing one draft."""

    needs_review: bool  # the comparison
    standing: Standing  # of the draft in review, as it is now
    review: str  # where it is asked for and given
    schedule: Schedule | None  # what is set; None = nothing
    is_other_draft: bool  # the draft was changed after the time was set
    later: str  # where a time is set


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that somebody asked others to look at."""

    name: str  # of its comparison
    asked_by: str  # who asked
    at: datetime  # when that was
    comment: str  # what they said
    address: str  # where it is answered
    is_own: bool  # the person who looks asked for it


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A draft for which a time is set."""

    name: str  # of its comparison, or its slug where that is gone
    schedule: Schedule  # with what became of it
    address: str  # where it is withdrawn or set anew; empty where the comparison is gone


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """All that the first page reads of reviews and times."""

    waiting: tuple[Waiting, ...]  # drafts to be looked at, the oldest first
    scheduled: tuple[Scheduled, ...]  # the next first
    may_publish: bool  # the person
    withdraw: str  # where what is set for a comparison that is gone is withdrawn
    last_look: datetime | None  # when the command that publishes ran last; None = never
    is_late: bool  # it should have come


def gate_of(comparison: Comparison, digest: str) -> Gate:
    """Return what stands before publishing a draft. digest: of the draft as it is now."""
    schedule = schedules.open_of(comparison)
    return Gate(
        needs_review=comparison.needs_review,
        standing=reviews.standing_of(comparison, digest),
        review=admin_address(Comparison, "review", comparison.pk),
        schedule=schedule,
        is_other_draft=bool(schedule and schedule.digest != digest),
        later=admin_address(Comparison, "schedule", comparison.pk),
    )


def at_the_gate(request: HttpRequest) -> AtTheGate:
    """Return what waits for somebody, in a few queries, whatever there is."""
    may_publish, editor = request.user.has_perm(MAY_PUBLISH), request.user.get_username()
    last_steps = Review.objects.order_by().values("comparison").annotate(last=Max("pk"))
    asked: list[Review] = list(
        Review.objects.filter(pk__in=last_steps.values("last"), step=Review.Step.ASKED)
    )
    scheduled = list(Schedule.objects.open().within_reach()) if may_publish else []
    keys = {step.comparison for step in asked} | {one.comparison for one in scheduled}
    names = {one.pk: str(one) for one in Comparison.objects.filter(pk__in=keys)} if keys else {}
    last = schedules.last_look() if may_publish else None
    return AtTheGate(
        waiting=tuple(
            Waiting(
                names[step.comparison],
                step.editor,
                step.at,
                step.comment,
                admin_address(Comparison, "review", step.comparison),
                step.editor == editor,
            )
            for step in asked
            if step.comparison in names
        ),
        scheduled=tuple(
            Scheduled(
                names.get(one.comparison, one.slug),
                one,
                admin_address(Comparison, "schedule", one.comparison)
                if one.comparison in names
                else "",
            )
            for one in scheduled
        ),
        may_publish=may_publish,
        withdraw=admin_address(Comparison, "withdraw"),
        last_look=last,
        is_late=may_publish and schedules.is_late(last),
    )
