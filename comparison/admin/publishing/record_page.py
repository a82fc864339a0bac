"""Slugs that are other ones now: which were not written down, and a button that does so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.core.document.former_names import Readdressed, readdressed
from comparison.core.document.schema import Document
from comparison.models import Comparison, Renamed
from comparison.publishing import releases as published_releases
from comparison.publishing.draft.kept_drafts import kept_draft

MAY_RECORD = ("comparison.change_comparison", "comparison.add_renamed")


def record_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button: the old slug of something that has another one now is written down,
    and old links go on working.
    """
    comparison = opened_comparison(model_admin, request, pk)
    back = HttpResponseRedirect(admin_address(Comparison, "publish", pk))
    if not request.user.has_perms(MAY_RECORD):
        raise PermissionDenied
    if request.method != "POST":
        return back
    step = tuple(request.POST.get(name, "") for name in ("kind", "old", "new"))
    draft, newest = kept_draft(comparison).draft, published_releases.current(comparison.address)
    there = readdressed_in(newest, draft.document)
    if step not in [(thing.kind, thing.old, thing.new) for thing in there]:
        messages.error(request, "The draft has changed meanwhile. Look at it again.")
        return back
    kind, old, new = step
    last = comparison.renamed.aggregate(last=models.Max("position"))["last"]
    wanted_row = {"new": new, "position": 0 if last is None else last + 1}
    row, _ = Renamed.objects.get_or_create(
        comparison=comparison, kind=kind, old=old, defaults=wanted_row
    )
    model_admin.log_change(request, comparison, f"Wrote down a renamed slug: {row}.")
    messages.success(request, f"Links to {old} will lead to {new}.")
    return back


def readdressed_in(
    newest: published_releases.Published | None, document: Document | None
) -> tuple[Readdressed, ...]:
    """Return what has another slug than readers know it by, without a record of it."""
    return readdressed(newest.document, document) if newest and document else ()
