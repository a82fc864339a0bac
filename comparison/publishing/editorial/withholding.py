"""A release, or a whole comparison, is withheld from readers for legal reasons, and shown again.

Releases never change: each decision is a record beside them, which reaches the files before this
returns, so that readers do not depend on the database. The words of what is withheld are in no
record and no event.
"""

from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from comparison.models import Comparison, FormerAddress, Release, Withholding
from comparison.publishing.events import tell
from comparison.publishing.store import follower, withheld, withheld_following
from comparison.publishing.store.withheld import WHOLE, Act, in_force, merged

SHORTEST_REASON = 10  # characters that say anything


class NotDecided(Exception):
    """Nothing was decided. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is decided about."""

    slug: str  # under which the release came out; of a whole comparison its present address
    number: int  # of the release; 0 = the whole comparison

    @property
    def in_words(self) -> str:
        return f"Release {self.number} of {self.slug}" if self.number else f"All of {self.slug}"


def whole_of(slug: str) -> Target:
    """Return what is decided about where all of a comparison is meant, by any address of it."""
    known = FormerAddress.objects.filter(slug=slug).values_list("successor", flat=True).first()
    return Target(known or slug, WHOLE)


def acts_about(target: Target) -> list[Act]:
    """Return what was decided about it, the last first: what the database knows, and what readers'
    files know.
    """
    found = [act for act in _every() if (act.slug, act.number) == (target.slug, target.number)]
    return sorted(found, key=lambda act: act.step, reverse=True)


def now() -> dict[tuple[str, int], Act]:
    """Return what is withheld, by slug and number, as database and files together have it."""
    return {key: act for key, act in in_force(_every()).items() if act.is_withheld}


def _every() -> list[Act]:
    known = withheld.known().values()
    return list(merged(known, withheld_following.in_the_database()).values())


def withhold(target: Target, editor: str, reason: str, seen: int) -> Withholding:
    """Withhold it from readers. Raises NotDecided. seen: how many decisions about it the editor
    had in sight.
    """
    return _decide(target, editor, reason, seen, is_withheld=True)


def show_again(target: Target, editor: str, reason: str, seen: int) -> Withholding:
    """Let readers see it again. Raises NotDecided."""
    return _decide(target, editor, reason, seen, is_withheld=False)


def _decide(
    target: Target, editor: str, reason: str, seen: int, *, is_withheld: bool
) -> Withholding:
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) < SHORTEST_REASON:
        raise NotDecided("Say the reason in a sentence: readers read it in the place of the page.")
    with transaction.atomic(durable=True):
        # nothing of it is published meanwhile
        list(Comparison.objects.select_for_update().filter(_known_as(target.slug)))
        acts = acts_about(target)
        last = acts[0] if acts else None
        if seen != (last.step if last else 0) or is_withheld == bool(last and last.is_withheld):
            who = f" by {last.editor}, {timezone.localtime(last.at):%Y-%m-%d %H:%M}" if last else ""
            raise NotDecided(
                f"That was decided meanwhile{who}. Nothing was changed: look at it as it is now."
            )
        if (
            target.number
            and not Release.objects.filter(slug=target.slug, number=target.number).exists()
        ):
            raise NotDecided(f"There is no release {target.number} of {target.slug}.")
        act = Withholding(
            slug=target.slug,
            number=target.number,
            step=(last.step if last else 0) + 1,
            is_withheld=is_withheld,
            reason=reason,
            editor=editor,
            at=timezone.now(),
        )
        try:
            with transaction.atomic():
                act.save(force_insert=True)
        except IntegrityError as error:
            raise NotDecided(
                "Somebody else decided about it at this very moment. Look at it as it is now."
            ) from error
        release = target.number or "all"
        event = "withhold" if is_withheld else "show again"
        tell(event, comparison=target.slug, release=release, user=editor)
    follower.look()
    return act


def _known_as(slug: str) -> models.Q:
    present = FormerAddress.objects.filter(slug=slug).values("successor")
    return models.Q(published_as=slug) | models.Q(slug=slug) | models.Q(published_as__in=present)


def is_kept_on_disk() -> bool:
    """Return whether what is withheld is written down beside the releases, and not only held in
    memory.
    """
    return not withheld.is_held()


def refuse_withheld(slugs: tuple[str, ...], digest: str = "", number: int = 0) -> str:
    """Return why something of a comparison cannot be published; nothing where it can.

    slugs: every address of the comparison. digest: of the document that is to be published.
    number: of an earlier release that is to be published again.
    """
    of_it = {key: act for key, act in now().items() if key[0] in slugs}
    if any(named == WHOLE for _, named in of_it):
        return (
            "All of this comparison is withheld for legal reasons, so nothing of it is published. "
            "An administrator can let readers see it again."
        )
    if number and any(named == number for _, named in of_it):
        return (
            f"Release {number} is withheld for legal reasons, and is not published again. An "
            "administrator can let readers see it again."
        )
    for slug, named in of_it:
        if Release.objects.filter(slug=slug, number=named, digest=digest).exists():
            return (
                f"This says the same as release {named}, which is withheld for legal reasons. "
                "Change what it was withheld for, then publish."
            )
    return ""
