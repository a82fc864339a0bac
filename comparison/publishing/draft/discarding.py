"""A draft, or one thing of it, back to what a release says; and back again, because the draft
before is kept. Releases stay as they are, and readers see nothing of it.

Never validates what comes back: it was published once.
"""

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from comparison.core.document.schema import Document, plain
from comparison.core.document.things import NoPlace, Path, Tree, in_words, name_of, put_back
from comparison.models import Comparison, DiscardedDraft, FormerAddress, Release, history
from comparison.models.discarded_drafts import MOST
from comparison.models.rows import LINE
from comparison.publishing import former_addresses, releases
from comparison.publishing.draft.draft_rows import StoredDraft
from comparison.publishing.draft.draft_writing import write_tree
from comparison.publishing.drafts import stored_and_digest
from comparison.publishing.editorial import withholding
from comparison.publishing.events import tell
from comparison.publishing.garbage_collection import garbage_collection_paused
from comparison.publishing.inspection import inspect

MOVED = (
    "Somebody changed the draft while you were looking at it. Nothing was discarded: look again at "
    "what would be lost."
)


class Refused(Exception):
    """Nothing was done. The message says why, and what to do."""


def releases_to_return_to(comparison: Comparison) -> list[Release]:
    """Return the releases to which a draft can be set, newest first: none that is withheld."""
    left_out = withholding.now()
    known = Release.objects.ever_of(comparison.address).defer("document", "prose")
    return [one for one in known if (one.slug, one.number) not in left_out]


def tree_of_release(comparison: Comparison, number: int | None) -> tuple[int, dict[str, Any]]:
    """Return a release's number and its tree as the draft would have it: under the address that
    readers know now. None: the newest. Raises Refused.
    """
    known = releases_to_return_to(comparison)
    newest = known[0] if known else None
    if newest is None:
        raise Refused("Nothing has been published yet, so there is nothing to go back to.")
    row = next((one for one in known if number in (None, one.number)), None)
    if row is None:
        raise Refused(
            f"There is no release {number}, or it is withheld from readers. The newest is "
            f"{newest.number}."
        )
    tree: dict[str, Any] = json.loads(row.document)
    if row is not newest:
        tree = former_addresses.under_the_address(json.loads(newest.document), tree)
    return row.number, tree


def set_draft(comparison: Comparison, number: int | None, by: str, seen: str | None = None) -> int:
    """Set the whole draft to a release, and return its number. The draft before is kept.

    seen: the digest of the draft that the editor looked at. Raises Refused.
    """
    with transaction.atomic():
        draft, digest = _locked(comparison, seen)
        number, tree = tree_of_release(draft.comparison, number)
        tree = _as_read_now(draft.comparison, number, tree)
        _keep(draft, digest, by, f"The draft was set to release {number}.")
        _write(draft, tree, history.DISCARDING)
        facts = {"comparison": draft.comparison.slug, "release": number, "user": by}
        tell("discard draft", **facts)
    return number


def _as_read_now(comparison: Comparison, number: int, tree: dict[str, Any]) -> dict[str, Any]:
    """Return a release's tree as this version reads it. Raises Refused where it cannot. What
    readers see is in memory, read already.
    """
    newest = releases.current(comparison.address)
    if newest and newest.number == number and plain(newest.document) == tree:
        return tree
    try:
        return plain(Document.model_validate(tree))
    except ValueError as error:  # pydantic's are
        raise Refused(
            f"Release {number} is of a form that this version cannot read any more. The draft "
            "stays as it is. Its readers' page and its files may still say what it held."
        ) from error


def set_thing(
    comparison: Comparison, number: int | None, kind: str, path: Path, by: str, seen: str
) -> int:
    """Set one thing of a draft to what a release says of it. The rest of the draft stays; the draft
    before is kept. Raises Refused.
    """
    with transaction.atomic():
        draft, digest = _locked(comparison, seen)
        number, tree = tree_of_release(draft.comparison, number)
        try:
            changed = put_back(draft.tree, tree, kind, path)
        except NoPlace as gone:
            words = f"What it is part of is gone from the draft: {gone}. Bring that back first."
            raise Refused(words) from gone
        _refuse_new_problems(draft.tree, changed)
        name = name_of(kind, path, draft.tree, tree)
        why = f"{in_words(kind, name)} was set to release {number}."
        _keep(draft, digest, by, why)
        _write(draft, changed, history.DISCARDING)
        facts = {"comparison": draft.comparison.slug, "release": number, "user": by}
        tell("discard row", kind=kind, thing=" ".join(path), **facts)
    return number


def take_again(kept: DiscardedDraft, by: str) -> None:
    """Let a draft be as it was kept. The draft before is kept in its turn. Raises Refused."""
    with transaction.atomic():
        draft, digest = _locked(kept.comparison)
        tree = kept.tree
        if not _is_free(tree["slug"], draft.comparison):
            tree["slug"] = draft.comparison.slug
        when = f"{timezone.localtime(kept.kept_at):%Y-%m-%d %H:%M}"
        _keep(draft, digest, by, f"The draft of {when} was taken again.")
        _write(draft, tree, history.KEPT)
        tell("take kept draft", comparison=draft.comparison.slug, user=by)


def _locked(comparison: Comparison, seen: str | None = None) -> tuple[StoredDraft, str]:
    """Return the draft of a comparison that nobody else publishes or discards now, read once, and
    its digest.
    """
    locked = Comparison.objects.select_for_update().filter(pk=comparison.pk).first()
    if locked is None:
        raise Refused("The comparison was deleted meanwhile.")
    with garbage_collection_paused():
        draft, digest = stored_and_digest(locked)
    if seen not in (None, digest):
        raise Refused(MOVED)
    return draft, digest


def _refuse_new_problems(before: Tree, after: Tree) -> None:
    """Refuse what would leave something of the draft without what it names."""
    found = [str(problem) for problem in inspect(dict(after)).problems]
    known = {str(problem) for problem in inspect(dict(before)).problems} if found else set()
    if new := [problem for problem in found if problem not in known]:
        more = f" … and {len(new) - 3} more" if len(new) > 3 else ""
        raise Refused(
            f"The rest of the draft does not go together with it: {'; '.join(new[:3])}{more}. "
            "Change that first, or set the whole draft to the release."
        )


def _is_free(slug: str, comparison: Comparison) -> bool:
    others = Comparison.objects.filter(slug=slug).exclude(pk=comparison.pk)
    former = FormerAddress.objects.filter(slug=slug)
    return not others.exists() and not former.exists() and not comparison.others_published_as(slug)


def _keep(draft: StoredDraft, digest: str, by: str, why: str) -> None:
    comparison = draft.comparison
    newest = comparison.discarded_drafts.first()
    if newest is None or newest.digest != digest:
        kept = DiscardedDraft(comparison=comparison, by=by, why=why[:LINE], digest=digest)
        kept.tree = draft.tree
        kept.save()
        old = comparison.discarded_drafts.values_list("pk", flat=True)[MOST:]
        comparison.discarded_drafts.filter(pk__in=list(old)).delete()


def _write(draft: StoredDraft, tree: Tree, how: str) -> None:
    try:
        with transaction.atomic(), history.doing(how), garbage_collection_paused():
            write_tree(draft.comparison, dict(tree), draft)
    except KeyError as nothing:
        raise Refused(f"Something of it names {nothing}, which is not there.") from nothing
    except IntegrityError as error:
        words = (
            "The database does not take it: another comparison has its short name, or it breaks a "
            "rule that is newer than it. The draft stays as it is."
        )
        raise Refused(words) from error
