"""The page that sets a draft, or one thing of it, back to a release. It says first, in words, what
would be lost; the draft before is kept, and can be taken again from here.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.content_upload import may_replace_drafts
from comparison.core.document.change_words import as_text
from comparison.core.document.diff import KINDS, PARTS, WHOLE
from comparison.core.document.schema import plain
from comparison.core.document.things import (
    Difference,
    Path,
    difference_of,
    differences,
    in_words,
    name_of,
)
from comparison.models import Comparison, DiscardedDraft
from comparison.publishing import releases
from comparison.publishing.draft import discarding
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.drafts import tree_and_digest

MOST_THINGS = 200  # shown
NEEDS = {"changed": "change", "added": "delete", "removed": "add"}  # what was done, to undo it
Thing = tuple[str, Path]  # a kind, and slugs from the outside in


@dataclass(frozen=True, slots=True)
class LostField:
    """One field of a thing."""

    name: str  # in words
    draft: str  # as it is in the draft; empty: nothing
    release: str  # as it will be


@dataclass(frozen=True, slots=True)
class LostThing:
    """One thing that the draft has otherwise than the release."""

    words: str  # what was done in the draft: "Cell changed: Admin panel › FastAPI"
    fields: tuple[LostField, ...]  # what differs in it
    alone: str  # the address where it alone is discarded; "" on that page


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One draft that was kept."""

    key: int  # names it in the address that takes it again
    words: str  # when, by whom, why


@dataclass(frozen=True, slots=True)
class DiscardPage:
    """All that the page reads."""

    comparison: Comparison  # whose draft it is
    kind: str  # of the thing that alone would be discarded; "" = the whole draft would be
    name: str  # of that thing; "" of what the comparison says of itself
    release: int | None  # to which it would be set; None = there is none
    numbers: tuple[tuple[int, str], ...]  # the releases to choose from, in words
    things: tuple[LostThing, ...]  # what would be lost, the first of it
    left_out: int  # how many more there are
    is_reordered: bool  # nothing differs but the order, or what old addresses lead to
    is_same: bool  # nothing differs at all
    seen: str  # digest of the draft that is shown
    kept: tuple[KeptLine, ...]  # drafts to be taken again
    may_discard: bool  # the person
    refusal: str  # why nothing was discarded just now, or nothing


def discard_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What of a draft would be lost if it were set back to a release, and the button that does."""
    comparison = opened_comparison(model_admin, request, pk)
    thing = _thing(request)
    asked = request.POST.get("to") or request.GET.get("to", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 8 else None
    refusal = ""
    if request.method == "POST":
        try:
            return _discard(model_admin, request, comparison, number, thing)
        except discarding.Refused as refused:
            refusal = str(refused)
    page = _page(request, comparison, number, thing, refusal)
    title = f"Discard changes of {page.name or comparison}"
    status = 409 if page.refusal else 200
    return in_frame(model_admin, request, "comparison/discard.html", title, page, status=status)


def take_kept(model_admin: Any, request: HttpRequest, pk: int, kept: int) -> HttpResponse:
    """One press of a button: a draft that was kept is the draft again."""
    comparison = opened_comparison(model_admin, request, pk)
    if not may_replace_drafts(request.user):
        raise PermissionDenied
    row = get_object_or_404(DiscardedDraft, pk=kept, comparison=comparison)
    back = HttpResponseRedirect(admin_address(Comparison, "discard", pk))
    if request.method != "POST":
        return back
    try:
        discarding.take_again(row, request.user.get_username())
    except discarding.Refused as refused:
        messages.error(request, str(refused))
        return back
    model_admin.log_change(request, comparison, f"Took the draft of {row.kept_at} again.")
    messages.success(request, f"The draft is as it was kept: {_kept_words(row)}")
    return HttpResponseRedirect(admin_address(Comparison, "publish", pk))


def address_of_discarding(row: Any, comparison: Comparison) -> str:
    """Return where what was changed of a row is discarded; "" of one that no release can have, or
    where nothing was published yet.
    """
    thing = thing_of(row)
    if thing is None or not releases.was_published(comparison.address):
        return ""
    kind, path = thing
    return admin_address(Comparison, "discard", comparison.pk, kind=kind, thing=" ".join(path))


def thing_of(row: Any) -> Thing | None:
    """Return the thing of a document that a row is, or is part of; None of a record of renames."""
    if isinstance(row, Comparison):
        return WHOLE, ()
    parent = getattr(row, row.parent)
    name = row._meta.get_field(row.parent).remote_field.get_accessor_name()
    own = getattr(row, row.key or "slug", "")
    slug = str(getattr(own, "slug", own))
    if isinstance(parent, Comparison):
        return (KINDS[name], (slug,)) if name in KINDS else None
    home = thing_of(parent)
    if home is None or len(home[1]) != 1:
        return home
    part = next((parts for of, parts in PARTS.items() if KINDS[of] == home[0]), {})
    return (part[name], (*home[1], slug)) if name in part else home


def _thing(request: HttpRequest) -> Thing | None:
    kind = request.GET.get("kind", "")
    path = tuple(filter(None, request.GET.get("thing", "").split()))
    if not kind:
        return None
    parts = {part for of in PARTS.values() for part in of.values()}
    length = {WHOLE: 0, **dict.fromkeys(KINDS.values(), 1), **dict.fromkeys(parts, 2)}
    if length.get(kind) != len(path):
        raise Http404
    return kind, path


def _discard(
    model_admin: Any,
    request: HttpRequest,
    comparison: Comparison,
    number: int | None,
    thing: Thing | None,
) -> HttpResponse:
    by, seen = request.user.get_username(), request.POST.get("seen", "")
    if thing is None:
        if not may_replace_drafts(request.user):
            raise PermissionDenied
        number = discarding.set_draft(comparison, number, by, seen)
        words = f"The draft is what release {number} says. What it was before is kept."
    else:
        tree, _ = _looked_at(comparison)
        number, released = discarding.tree_of_release(comparison, number)
        if not _may_discard(request.user, tree, released, thing):
            raise PermissionDenied
        discarding.set_thing(comparison, number, *thing, by, seen)
        name = in_words(thing[0], name_of(*thing, tree, released))
        words = f"{name} is what release {number} says. The draft before is kept."
    model_admin.log_change(request, comparison, f"Discarded changes: {words}")
    messages.success(request, words)
    return HttpResponseRedirect(admin_address(Comparison, "publish", comparison.pk))


def _may_discard(user: Any, tree: Any, released: Any, thing: Thing | None) -> bool:
    if thing is None:
        return may_replace_drafts(user)
    model = _models()[thing[0]]._meta.model_name
    found = difference_of(tree, released, *thing)
    actions = {NEEDS.get(one.how, "change") for one in found} or {"change"}
    return all(user.has_perm(f"comparison.{action}_{model}") for action in actions)


def _models() -> dict[str, Any]:
    models: dict[str, Any] = {WHOLE: Comparison}
    for name, kind in KINDS.items():
        models[kind] = Comparison._meta.get_field(name).related_model
        for part, its_kind in PARTS.get(name, {}).items():
            models[its_kind] = models[kind]._meta.get_field(part).related_model
    return models


def _page(
    request: HttpRequest,
    comparison: Comparison,
    number: int | None,
    thing: Thing | None,
    refusal: str,
) -> DiscardPage:
    tree, digest = _looked_at(comparison)
    released: dict[str, Any] = {}
    try:
        number, released = discarding.tree_of_release(comparison, number)
    except discarding.Refused as refused:
        number, refusal = None, str(refused)
    found = difference_of(tree, released, *thing) if thing else tuple(differences(tree, released))
    lost = tuple(
        _lost(one, comparison, number, is_alone=bool(thing)) for one in found[:MOST_THINGS]
    )
    is_same = number is not None and not found
    return DiscardPage(
        comparison,
        thing[0] if thing else "",
        name_of(*thing, tree, released) if thing else "",
        number,
        _numbers(comparison),
        lost,
        len(found) - len(lost),
        is_same and thing is None and tree != released,
        is_same,
        digest,
        tuple(
            KeptLine(one.pk, _kept_words(one))
            for one in comparison.discarded_drafts.defer("packed")
        ),
        number is not None and _may_discard(request.user, tree, released, thing),
        refusal,
    )


def _looked_at(comparison: Comparison) -> tuple[dict[str, Any], str]:
    """Return a draft as a plain tree, and its digest: from memory where the publish page has read
    it already; one with problems is no document, and is read as it is.
    """
    draft = kept_draft(comparison).draft
    if draft.document is None:
        return tree_and_digest(comparison)
    return plain(draft.document), draft.digest


def _numbers(comparison: Comparison) -> tuple[tuple[int, str], ...]:
    return tuple(
        (
            one.number,
            f"{one.number}, {timezone.localtime(one.published_at):%Y-%m-%d %H:%M}: "
            f"{' '.join(one.note.split())[:60]}",
        )
        for one in discarding.releases_to_return_to(comparison)
    )


def _lost(
    one: Difference, comparison: Comparison, number: int | None, *, is_alone: bool
) -> LostThing:
    kind = one.kind.replace("-", " ").capitalize()
    name = f": {one.name}" if one.name else ""
    query = {"kind": one.kind, "thing": " ".join(one.path), "to": str(number)}
    return LostThing(
        f"{kind} {one.how}{name}",
        tuple(
            LostField(
                field.name.replace("_", " ").replace(".", ": "),
                as_text(field.after),
                as_text(field.before),
            )
            for field in one.fields
        ),
        "" if is_alone else admin_address(Comparison, "discard", comparison.pk, **query),
    )


def _kept_words(kept: DiscardedDraft) -> str:
    return f"{timezone.localtime(kept.kept_at):%Y-%m-%d %H:%M}, {kept.by}: {kept.why}"
