"""The pages of a comparison's releases: their list, and the question whether to publish one
again.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import is_key, opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.content_upload import may_replace_drafts
from comparison.admin.publishing.published import MAY_PUBLISH, published_words
from comparison.admin.publishing.withhold_page import MAY_WITHHOLD
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Release
from comparison.publishing import drafts, publish
from comparison.publishing import releases as published_releases
from comparison.publishing.draft.discarding import Refused, set_draft
from comparison.publishing.editorial import withholding
from comparison.publishing.store.withheld import WHOLE


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All that the page of releases reads."""

    comparison: Comparison  # whose releases they are
    releases: QuerySet[Release]  # newest first, without their documents
    may_publish: bool  # the person
    may_withhold: bool  # the person
    shown: int | None  # number of the one that readers see; None = none of them
    withheld: frozenset[int]  # keys of those that are withheld
    is_all_withheld: bool  # the whole comparison is


@dataclass(frozen=True, slots=True)
class AgainPage:
    """All that the page reads that asks whether to publish an old release again."""

    comparison: Comparison  # whose release it is
    release: Release  # the old one
    newest: int  # number of the one that readers see now
    may_set_draft: bool  # the person: the draft to the same release


def releases_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every release of a comparison, newest first, with a way to publish an older one again."""
    comparison = opened_comparison(model_admin, request, pk)
    releases = Release.objects.ever_of(comparison.address).defer("document", "prose")
    withheld, shown = withholding.now(), published_releases.current(comparison.address)
    keys = releases.values_list("slug", "number", "pk")
    page = ReleasesPage(
        comparison,
        releases,
        request.user.has_perm(MAY_PUBLISH),
        request.user.has_perm(MAY_WITHHOLD),
        shown.number if shown else None,
        frozenset(pk for slug, number, pk in keys if (slug, number) in withheld),
        any((slug, WHOLE) in withheld for slug in {comparison.address, *(row[0] for row in keys)}),
    )
    title = f"Releases of {comparison}"
    return in_frame(model_admin, request, "comparison/releases.html", title, page)


def again_page(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The question whether an old release shall be published again; answering it does so."""
    comparison = opened_comparison(model_admin, request, pk)
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    release = get_object_or_404(Release.objects.ever_of(comparison.address), number=number)
    if (release.slug, number) in withholding.now() and request.method != "POST":
        words = "Release {} is withheld for legal reasons, and is not published again."
        messages.error(request, words.format(number))
        return HttpResponseRedirect(admin_address(Comparison, "releases", pk))
    if request.method == "POST":
        if asked := ask_on_publishing(request):
            return asked
        try:
            since, editor = request.POST.get("since", ""), request.user.get_username()
            newest_seen = int(since) if is_key(since) else None
            new = publish.revert(comparison.address, number, editor, newest_seen)
        except drafts.Unpublishable as refused:
            messages.error(request, str(refused))
        else:
            model_admin.log_change(
                request, comparison, f"Published release {number} again, as release {new.number}."
            )
            messages.success(request, published_words(new))
            _then_the_draft(request, comparison, new)
        return HttpResponseRedirect(admin_address(Comparison, "releases", pk))
    shown = published_releases.current(comparison.address)
    newest = shown.number if shown else number
    page = AgainPage(comparison, release, newest, may_replace_drafts(request.user))
    title = f"Publish release {number} again?"
    return in_frame(model_admin, request, "comparison/publish_again.html", title, page)


def _then_the_draft(request: HttpRequest, comparison: Comparison, release: Release) -> None:
    """Set the draft to what was published just now where that was ticked; else say that it stays,
    and where it can be set.
    """
    discard = admin_address(Comparison, "discard", comparison.pk)
    if "draft" not in request.POST:
        words = 'The draft stays as it was. <a href="{}">Set it to release {}, too…</a>'
        messages.info(request, format_html(words, discard, release.number))
        return
    if not may_replace_drafts(request.user):
        raise PermissionDenied
    try:
        set_draft(comparison, release.number, request.user.get_username())
    except Refused as refused:
        messages.error(request, f"The draft stays as it was. {refused}")
    else:
        words = 'And its draft says the same. What it was before <a href="{}">is kept</a>.'
        messages.success(request, format_html(words, discard))
