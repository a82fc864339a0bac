"""The addresses that a comparison had: recorded when its slug changes, so that every link to them
leads on, for ever.

A draft knows the slug of its newest release (`published_as`), and the table of former addresses
those before. From both comes what its document says of its renames, whatever an editor or a file
forgot. Nobody gets an address that is another's.
"""

from typing import Any

from django.db import models

from comparison.core.document.schema import Document, plain
from comparison.core.document.slugs import NameKind
from comparison.models import Comparison, FormerAddress, Renamed


class Taken(Exception):
    """The address belongs to another comparison. The message says what to do."""


def record(tree: dict[str, Any], rows: dict[Any, Any]) -> None:
    """Let every address that the comparison had lead to its present one, in the tree of its draft.

    rows: the row at each path of the tree; a record that is made here has none.
    """
    comparison: Comparison = rows[()]
    kept: list[dict[str, Any]] = []
    for index, renamed in enumerate(tree.pop("renamed", ())):
        row = rows.pop(("renamed", index))
        # it has come back to that slug
        if not _is_own(renamed) or renamed.get("old") != comparison.slug:
            rows["renamed", len(kept)] = row
            kept.append(renamed)
    recorded = {renamed.get("old") for renamed in kept if _is_own(renamed)}
    kept += [
        _step(old, comparison.slug) for old in addresses_before(comparison) if old not in recorded
    ]
    if kept:
        tree["renamed"] = kept


def addresses_before(comparison: Comparison) -> list[str]:
    """Return the addresses by which readers knew the comparison, its present one not among them."""
    known = comparison.address
    former = (
        FormerAddress.objects.filter(successor=known).order_by("pk").values_list("slug", flat=True)
    )
    return [slug for slug in dict.fromkeys([*former, known]) if slug != comparison.slug]


def write_down(comparison: Comparison, document: Document) -> None:
    """Keep in the draft what its release says of its addresses: it is published as this, and was
    called that.
    """
    own = comparison.renamed.filter(kind=NameKind.COMPARISON)
    own.filter(old=comparison.slug).delete()
    written = set(own.values_list("old", flat=True))
    last = comparison.renamed.aggregate(last=models.Max("position"))["last"]
    place = 0 if last is None else last + 1
    new = [
        step
        for step in document.renamed
        if step.kind is NameKind.COMPARISON and step.old not in written
    ]
    for index, step in enumerate(new):
        Renamed.objects.create(
            comparison=comparison,
            kind=step.kind,
            old=step.old,
            new=step.new,
            position=place + index,
        )
    Comparison.objects.filter(pk=comparison.pk).update(published_as=comparison.slug)


def take_over(document: Document) -> None:
    """Send readers of every former address to the present one. Raises Taken for what belongs to
    another comparison.
    """
    slug, former = document.slug, document.names.former
    owner = FormerAddress.objects.filter(slug=slug).first()
    if owner and owner.successor not in former:
        raise Taken(
            f'"{slug}" was an address of "{owner.successor}", and links to it lead there. '
            "Choose another slug."
        )
    drafts = Comparison._base_manager.filter(slug__in=former)  # also those that others edit
    if draft := drafts.values_list("slug", flat=True).first():
        raise Taken(
            f'There is a draft of "{draft}": its address cannot lead to "{slug}". Delete '
            "or rename that draft."
        )
    theirs = (
        FormerAddress.objects.filter(slug__in=former).exclude(successor__in=[slug, *former]).first()
    )
    if theirs:
        raise Taken(f'"{theirs.slug}" was an address of "{theirs.successor}", not of "{slug}".')
    FormerAddress.objects.filter(slug=slug).delete()  # it has come back to it
    FormerAddress.objects.filter(successor__in=former).update(successor=slug)
    for old in former:
        FormerAddress.objects.update_or_create(slug=old, defaults={"successor": slug})


def under_the_address_of(present: Document, earlier: Document) -> Document:
    """Return an earlier document of a comparison as it has to be today: under its present address,
    known by all it had.
    """
    return Document.model_validate(under_the_address(plain(present), plain(earlier)))


def under_the_address(now: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """Return the same of their trees."""
    others = [renamed for renamed in then.get("renamed", ()) if not _is_own(renamed)]
    own = [renamed for renamed in now.get("renamed", ()) if _is_own(renamed)]
    return {**then, "slug": now["slug"], "renamed": [*others, *own]}


def _is_own(renamed: dict[str, Any]) -> bool:
    return renamed.get("kind") == NameKind.COMPARISON


def _step(old: str, new: str) -> dict[str, str]:
    return {"kind": NameKind.COMPARISON.value, "old": old, "new": new}
