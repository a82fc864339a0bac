"""The page where an administrator withholds a release, or its whole comparison, from readers for
legal reasons, and shows it again: it asks, and takes no decision without a reason.

What that means is said by `publishing/editorial/withholding.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.frame import in_frame
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Release
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import NotDecided, Target, whole_of
from comparison.publishing.store.withheld import Act
from comparison.rendering.addresses import Home, address_of

MAY_WITHHOLD = "comparison.withhold_release"
NOT_ON_DISK = (
    "It could not be written beside the releases, and is held in memory: the log says why. Make "
    "the folder PUBLISHED_DIR writable now. Until then this server would show it again if it was "
    "restarted while the database is away."
)


@dataclass(frozen=True, slots=True)
class About:
    """One thing that can be withheld: the release, or the whole comparison."""

    scope: str  # "release" or "comparison", as the form sends it
    name: str  # in words
    is_withheld: bool  # now
    acts: list[Act]  # what was decided about it, the last first
    seen: int  # how many decisions that are
    purge: tuple[str, ...]  # what its addresses begin with, for caches on the way


@dataclass(frozen=True, slots=True)
class WithholdPage:
    """All that the page reads."""

    release: Release  # from whose page one comes
    abouts: tuple[About, ...]  # the release, then its comparison
    refusal: str  # why nothing was decided just now, or nothing
    scope: str  # which form that was
    reason: str  # as it was typed


def withhold_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What is withheld of a release and its comparison, and the forms that decide on it."""
    release: Release | None = model_admin.get_object(request, str(pk))
    if release is None:
        raise Http404("There is no such release.")
    if not request.user.has_perm(MAY_WITHHOLD):
        raise PermissionDenied
    refusal, sent = "", request.POST
    if request.method == "POST" and (asked := ask_on_publishing(request)):
        return asked
    if request.method == "POST":
        try:
            _decide(request, release)
        except NotDecided as refused:
            refusal = str(refused)
        else:
            return HttpResponseRedirect(admin_address(Release, "withhold", pk))
    targets = _targets_of(release)
    page = WithholdPage(
        release,
        tuple(_about(scope, target) for scope, target in targets.items()),
        refusal,
        sent.get("scope", "") if refusal else "",
        sent.get("reason", "") if refusal else "",
    )
    title = f"Withhold {release}"
    return in_frame(model_admin, request, "release/withhold.html", title, page)


def _targets_of(release: Release) -> dict[str, Target]:
    one = Target(release.slug, release.number)
    return {"release": one, "comparison": whole_of(release.slug)}


def _decide(request: HttpRequest, release: Release) -> None:
    """Withhold what was sent, or show it again. Raises NotDecided."""
    sent, target = request.POST, _targets_of(release).get(request.POST.get("scope", ""))
    decide = {"withhold": withholding.withhold, "show": withholding.show_again}.get(
        sent.get("do", "")
    )
    if target is None or decide is None:
        raise NotDecided("Choose what is to be withheld or shown again.")
    seen = sent.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    act = decide(target, request.user.get_username(), sent.get("reason", ""), number)
    done = "withheld from readers" if act.is_withheld else "shown to readers again"
    messages.success(request, f"{target.in_words} is {done}.")
    if not withholding.is_kept_on_disk():
        messages.error(request, NOT_ON_DISK)


def _about(scope: str, target: Target) -> About:
    acts = withholding.acts_about(target)
    pages = Home(target.slug, str(target.number) if target.number else "").path
    api = address_of("api:comparison", slug=target.slug)
    changes = Home(target.slug).address_of("changes")
    return About(
        scope=scope,
        name=target.in_words,
        is_withheld=bool(acts and acts[0].is_withheld),
        acts=acts,
        seen=acts[0].step if acts else 0,
        purge=(pages, changes, api) if target.number else (pages, api),
    )
