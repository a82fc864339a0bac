"""Draft -> Release: publish, and publish an older one again.

Never sees a request. Publishing is one transaction: readers see the old release or the new one,
never a mixture. The release's file is written before the transaction ends.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from comparison.core.document.diff import count, diff
from comparison.core.document.former_names import withdrawn
from comparison.core.document.schema import Document, plain
from comparison.core.spelling.characters import hidden_in
from comparison.models import Comparison, Release, history
from comparison.models.releases import ReleaseQuerySet
from comparison.publishing import former_addresses
from comparison.publishing.draft.kept_drafts import draft_as_seen
from comparison.publishing.drafts import Unpublishable, read_draft
from comparison.publishing.editorial import reviews, withholding
from comparison.publishing.editorial.withholding import refuse_withheld
from comparison.publishing.events import tell
from comparison.publishing.releases import Published, pinned, published
from comparison.publishing.store import differences, follower
from comparison.publishing.store.publication import NotWritten, publication
from comparison.publishing.store.release_file import digest_of
from comparison.rendering.markdown import to_html

MOST_NAMED = 5  # use cases whose verdict changes, in a sentence


class Unchanged(Unpublishable):
    """What would be published is what readers see already: no release is made of it."""

    def __init__(self, newest: Published) -> None:
        published_at = timezone.localtime(newest.published_at)
        super().__init__(
            f"Nothing has changed since release {newest.number}, which {newest.editor} "
            "published on "
            f"{published_at:%Y-%m-%d at %H:%M}. It stays the newest."
        )


class DraftChanged(Unpublishable):
    """The draft is not the one that was looked at."""


class ReasonMissing(Unpublishable):
    """A verdict changes, and nobody has said why."""

    def __init__(self, flips: Sequence[str]) -> None:
        named = ", ".join(flips[:MOST_NAMED]) + (" and others" if len(flips) > MOST_NAMED else "")
        super().__init__(f"The verdict changes ({named}). Say why: readers will ask.")


def with_reason(note: str, reason: str, flips: Sequence[str]) -> str:
    """Return the change note of a release that changes verdicts: why, then what else is different.

    flips: the names of the use cases whose verdict changes. Raises ReasonMissing where there are
    some, and no reason.
    """
    if flips and not reason.strip():
        raise ReasonMissing(flips)
    return f"{reason.strip()}\n\n{note}" if reason.strip() else note


def publish(
    comparison: Comparison,
    editor: str,
    note: str,
    seen: str | None = None,
    since: int | None = None,
    *,
    is_past_review: bool = False,
) -> Release:
    """Publish the draft as the next release and return it.

    seen: the digest of the draft that the editor looked at, since: the number of the release that
    they saw it beside, 0 for none; if either has moved on since, nothing is published.
    is_past_review: although the comparison needs review, an administrator publishes without. Raises
    Unpublishable with every problem, and Unchanged where readers see the very same already: of two
    who publish one draft at the same moment the second is told so.
    """
    if refusal := hidden_in_note(note):
        raise Unpublishable(refusal)
    with publication():
        # the next publisher waits here
        comparison = Comparison.objects.select_for_update().get(pk=comparison.pk)
        draft = draft_as_seen(comparison, seen) or read_draft(comparison)
        if seen is not None and seen != draft.digest:
            raise DraftChanged(
                "Somebody changed the draft while you were looking at it. Look at the "
                "changes again, then publish."
            )
        if draft.document is None:
            first = "; ".join(str(problem) for problem in draft.problems[:5])
            problems = "problem" if len(draft.problems) == 1 else "problems"
            words = f"The draft has {len(draft.problems)} {problems}: {first}"
            raise Unpublishable(words, draft.problems)
        _refuse_what_readers_see(draft.document)
        _refuse_a_stale_sight(newest_of(draft.document), since)
        if refusal := reviews.refusal(comparison, draft.digest):
            if not is_past_review:
                raise Unpublishable(refusal)
            tell("publish without review", comparison=comparison.slug, user=editor)
        if not note.strip():
            raise Unpublishable("Say in the change note what is different now.")
        if owner := comparison.others_published_as(comparison.slug):
            raise Unpublishable(
                f'Readers know "{owner}" by the address "{comparison.slug}". Choose another slug.'
            )
        release = append(draft.document, editor, note)
        with history.doing(history.PUBLISHING):
            former_addresses.write_down(comparison, draft.document)
        tell("publish", comparison=release.slug, release=release.number, user=editor)
        return release


def hidden_in_note(note: str) -> str:
    """Return what is wrong with a change note that holds what nobody sees; nothing else."""
    hidden = hidden_in(note.replace("\r\n", "\n").replace("\t", " "))
    return f"The change note {hidden[1]}." if hidden else ""


def revert(slug: str, number: int, editor: str, since: int | None = None) -> Release:
    """Publish an old release again, as the newest, under the address that the comparison has now.
    The draft stays as it is.

    since: the number of the release that the editor saw as the newest; if another one has been
    published meanwhile, nothing is. Raises Release.DoesNotExist if there is none, Unchanged if the
    newest says the same.
    """
    with publication():
        Comparison.objects.select_for_update().filter(
            models.Q(published_as=slug) | models.Q(slug=slug)
        ).first()
        known = Release.objects.ever_of(slug)
        names = (slug, *known.values_list("slug", flat=True).order_by().distinct())
        row = known.get(number=number)
        if refusal := refuse_withheld(names, number=number):
            raise Unpublishable(refusal)
        earlier, newest = published(row), published(known[0])
        document = former_addresses.under_the_address_of(newest.document, earlier.document)
        _refuse_what_readers_see(document)
        _refuse_a_stale_sight(newest_of(document), since)
        release = append(document, editor, f"Back to release {number}.")
        new = {"release": release.number, "of": number, "user": editor}
        tell("publish again", comparison=release.slug, **new)
        return release


def _refuse_a_stale_sight(newest: Published | None, since: int | None) -> None:
    """Raise Unpublishable where the newest release is not the one that the editor saw."""
    number = newest.number if newest else 0
    if since not in (None, number):
        raise Unpublishable(
            f"Release {number} was published while you were looking at the changes. Look at "
            "them again, then publish."
        )


def _refuse_what_readers_see(document: Document) -> None:
    """Raise Unchanged where that is so. The caller holds the transaction and lock."""
    newest = newest_of(document)
    if newest and is_seen_already(document, newest):
        raise Unchanged(newest)


def is_seen_already(document: Document, newest: Published) -> bool:
    """Return whether readers see a document already: the newest release says the same, in the same
    order.
    """
    return newest.document == document


def newest_of(document: Document) -> Published | None:
    """Return the newest release under any address that the comparison has or had, of those that are
    not withheld; None where there is none.
    """
    found, left_out = _releases_of(document), withholding.now()
    rows = found.values_list("slug", "number", "digest", "pk").iterator(chunk_size=10)
    newest = next((row for row in rows if row[:2] not in left_out), None)
    if newest is None:
        return None
    slug, number, digest, key = newest
    kept = pinned(slug, number)
    return kept if kept and kept.digest == digest else published(found.get(pk=key))


def _releases_of(document: Document) -> ReleaseQuerySet:
    """Return every release of a comparison, newest first."""
    addresses = (document.slug, *document.names.former)
    return Release.objects.filter(slug__in=addresses).order_by("-number")


def _last_of(document: Document) -> tuple[int, datetime] | None:
    """Return number and time of a comparison's last release, withheld or not."""
    return _releases_of(document).values_list("number", "published_at").first()


def append(document: Document, editor: str, note: str) -> Release:
    """Store a document that nothing is wrong with as the next release of its comparison, and return
    it.
    """
    with publication() as under_way:
        release = _next_release(document, editor, note)
        try:
            with transaction.atomic():
                release.save(force_insert=True)
        except IntegrityError as error:
            raise Unpublishable(
                f"Somebody else published release {release.number} just now. "
                "Look at it, then publish again."
            ) from error
        try:
            under_way.write(follower.whole(release, document))
        except NotWritten as error:
            raise Unpublishable(str(error)) from error
        return release


def _next_release(document: Document, editor: str, note: str) -> Release:
    if refusal := differences.refusal(document):
        raise Unpublishable(refusal)
    text = to_json(document)
    try:
        former_addresses.take_over(document)
    except former_addresses.Taken as taken:
        raise Unpublishable(str(taken)) from taken
    digest = digest_of(text)
    if refusal := why_withheld(document, digest):
        raise Unpublishable(refusal)
    newest = newest_of(document)  # what readers see: nothing of what is withheld goes on from there
    last = _last_of(document)
    return Release(
        slug=document.slug,
        number=last[0] + 1 if last else 1,
        title=document.title,
        document=text,
        prose={slug: to_html(body) for slug, body in document.prose.items()},
        digest=digest,
        editor=editor,
        note=note.strip(),
        published_at=_now_or_later(last[1] if last else None),
        changed=count(diff(newest.document, document)) if newest else {},
        withdrawn=withdrawn(newest.document, newest.number, newest.withdrawn, document)
        if newest
        else {},
    )


def why_withheld(document: Document, digest: str = "") -> str:
    """Return why a document is not published because it, or all of its comparison, is withheld;
    nothing where that is not so. digest: its own, where it is known.
    """
    addresses = (document.slug, *document.names.former)
    if not any(slug in addresses for slug, _ in withholding.now()):
        return ""
    return refuse_withheld(addresses, digest or digest_of(to_json(document)))


def _now_or_later(last: datetime | None) -> datetime:
    """Return the time, or just after the last release where the clock has been set back: lists and
    feeds go by it.
    """
    now = timezone.now()
    return max(now, last + timedelta(milliseconds=1)) if last else now


def to_json(document: Document) -> str:
    """Return the document's one JSON text: its fields in the schema's order, nothing that is at its
    default.
    """
    return json.dumps(plain(document), ensure_ascii=False, separators=(",", ":"))
