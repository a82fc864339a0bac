"""A draft is looked at by a second person before it is published: asked for, approved, sent back.

What is decided is about the draft as it was, which its digest names. A change makes an approval
void; a draft that is changed back to the very same is approved again. Who approves is none of those
who asked for this draft to be looked at, and did not change it last: two people know what is
published. Publishing an older release again needs no review: readers had it already, and what is
wrong has to be undone at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from comparison.models import Comparison, Release, Review
from comparison.publishing.drafts import Draft, read_draft
from comparison.publishing.editorial.last_change import last_change
from comparison.publishing.events import tell

Step = Review.Step
KEPT_IN_SIGHT = 10  # steps of reviews that pages show


class NotReviewed(Exception):
    """Nothing was written down. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands, as it is now."""

    waits: bool  # somebody asked for it to be looked at, and nobody has answered
    is_approved: bool  # as it is now, by somebody else
    # an earlier draft was approved, or waits, and it was changed since; not once it was published
    is_void: bool
    last: Review | None  # the last step, about this draft or an earlier one


def steps_of(comparison: Comparison) -> list[Review]:
    """Return the last steps of a comparison's reviews, the newest first."""
    found = Review.objects.filter(comparison=comparison.pk).order_by("-pk")
    return list(found[:KEPT_IN_SIGHT])


def standing_of(comparison: Comparison, digest: str) -> Standing:
    """Return how a draft stands. digest: of the draft as it is now."""
    of_it = Review.objects.filter(comparison=comparison.pk)
    mine = of_it.filter(digest=digest).order_by("-pk").first()
    last = of_it.order_by("-pk").first()
    return Standing(
        waits=bool(mine and mine.step == Step.ASKED),
        is_approved=bool(mine and mine.step == Step.APPROVED),
        is_void=mine is None
        and bool(last and last.step != Step.SENT_BACK)
        and not _was_published_after(comparison, last),
        last=mine or last,
    )


def _was_published_after(comparison: Comparison, step: Review | None) -> bool:
    releases = Release.objects.ever_of(comparison.address)
    return step is not None and releases.filter(published_at__gte=step.at).exists()


def refusal(comparison: Comparison, digest: str) -> str:
    """Return why a draft is not published for want of an approval; nothing where that is not in the
    way.
    """
    if not comparison.needs_review:
        return ""
    standing = standing_of(comparison, digest)
    if standing.is_approved:
        return ""
    if standing.waits:
        return (
            "This comparison is published when somebody else has approved it. The draft waits to "
            "be looked at."
        )
    if standing.is_void:
        return (
            "This comparison is published when somebody else has approved it. The draft was "
            "changed since it was looked at: ask for another look."
        )
    return "This comparison is published when somebody else has approved it: ask for a look."


def ask(comparison: Comparison, editor: str, comment: str, seen: str) -> Review:
    """Ask for the draft to be looked at as it is. Raises NotReviewed. seen: the digest of the draft
    that was shown.
    """
    with _draft_as_seen(comparison, seen) as draft:
        standing = standing_of(comparison, draft.digest)
        if draft.document is None:
            raise NotReviewed(
                "The draft has problems. Mend them first: nothing else could be approved."
            )
        if standing.waits or standing.is_approved:
            what = "waits to be looked at" if standing.waits else "is approved"
            raise NotReviewed(f"The draft {what} as it is.")
        return _write(comparison, draft.digest, Step.ASKED, editor, comment)


def approve(comparison: Comparison, editor: str, comment: str, seen: str) -> Review:
    """Approve the draft as it is. Raises NotReviewed. The caller knows that this editor may
    publish.
    """
    with _draft_as_seen(comparison, seen) as draft:
        if why := why_not_by(comparison, draft.digest, editor):
            raise NotReviewed(why)
        return _write(comparison, draft.digest, Step.APPROVED, editor, comment)


def send_back(comparison: Comparison, editor: str, comment: str, seen: str) -> Review:
    """Send the draft back as it is, with words on what is to be done; an approval ends with it.
    Raises NotReviewed.
    """
    if not comment.strip():
        raise NotReviewed("Say what is to be changed: it is all that the others get.")
    with _draft_as_seen(comparison, seen) as draft:
        standing = standing_of(comparison, draft.digest)
        if not (standing.waits or standing.is_approved):
            raise NotReviewed("Nobody has asked for the draft to be looked at as it is.")
        return _write(comparison, draft.digest, Step.SENT_BACK, editor, comment)


def why_not_by(comparison: Comparison, digest: str, editor: str) -> str:
    """Return why an editor cannot approve a draft; nothing where they can."""
    if not standing_of(comparison, digest).waits:
        return "Nobody has asked for the draft to be looked at as it is."
    asked = Review.objects.filter(comparison=comparison.pk, digest=digest, step=Step.ASKED)
    if asked.filter(editor=editor).exists():
        return "You asked for this look: somebody else has to approve it."
    if editor in {*asked.values_list("changed_by", flat=True), last_change(comparison)[0]}:
        return "You changed the draft last: somebody else has to approve it."
    return ""


def demand(comparison: Comparison, editor: str, *, is_needed: bool) -> None:
    """Let a comparison be published only when somebody else has approved it, or not."""
    Comparison.objects.filter(pk=comparison.pk).update(needs_review=is_needed)
    event = "review demanded" if is_needed else "review not demanded"
    tell(event, comparison=comparison.slug, user=editor)


@contextmanager
def _draft_as_seen(comparison: Comparison, seen: str) -> Iterator[Draft]:
    """Read the draft within one transaction, in which nobody else writes down a step; refuse one
    that was changed since it was shown.
    """
    with transaction.atomic():
        Comparison.objects.select_for_update().get(pk=comparison.pk)
        draft = read_draft(comparison)
        if draft.digest != seen:
            raise NotReviewed(
                "The draft was changed while you were looking at it. Nothing was written down: "
                "look at it as it is now."
            )
        yield draft


def _write(
    comparison: Comparison, digest: str, step: Review.Step, editor: str, comment: str
) -> Review:
    review = Review(
        comparison=comparison.pk,
        slug=comparison.slug,
        digest=digest,
        step=step,
        editor=editor,
        changed_by=last_change(comparison)[0],
        comment=comment.replace("\r\n", "\n").strip(),
        at=timezone.now(),
    )
    review.save(force_insert=True)
    event = {Step.ASKED: "review asked", Step.APPROVED: "review approved"}
    tell(event.get(step, "review sent back"), comparison=comparison.slug, user=editor)
    return review
