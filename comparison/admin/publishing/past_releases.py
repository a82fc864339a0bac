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

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.publishing.published import MAY_PUBLISH, published_words
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Release
from comparison.publishing import drafts, publish


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All that the page of releases reads."""

    comparison: Comparison  # whose releases they are
    releases: QuerySet[Release]  # newest first, without their documents
    may_publish: bool  # the person


@dataclass(frozen=True, slots=True)
class AgainPage:
    """All that the page reads that asks whether to publish an old release again."""

    comparison: Comparison  # whose release it is
    release: Release  # the old one
    newest: int  # number of the one that readers see now


def releases_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every release of a comparison, newest first, with a way to publish an older one again."""
    comparison = opened_comparison(model_admin, request, pk)
    releases = Release.objects.ever_of(comparison.address).defer("document", "prose")
    page = ReleasesPage(comparison, releases, request.user.has_perm(MAY_PUBLISH))
    title = f"Releases of {comparison}"
    return in_frame(model_admin, request, "comparison/releases.html", title, page)


def again_page(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The question whether an old release shall be published again; answering it does so."""
    comparison = opened_comparison(model_admin, request, pk)
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    release = get_object_or_404(Release.objects.ever_of(comparison.address), number=number)
    if request.method == "POST":
        if asked := ask_on_publishing(request):
            return asked
        try:
            new = publish.revert(comparison.address, number, request.user.get_username())
        except drafts.Unpublishable as refused:
            messages.error(request, str(refused))
        else:
            model_admin.log_change(
                request, comparison, f"Published release {number} again, as release {new.number}."
            )
            messages.success(request, published_words(new))
        return HttpResponseRedirect(admin_address(Comparison, "releases", pk))
    newest = Release.objects.latest_number(comparison.address) or number
    page = AgainPage(comparison, release, newest)
    title = f"Publish release {number} again?"
    return in_frame(model_admin, request, "comparison/publish_again.html", title, page)
