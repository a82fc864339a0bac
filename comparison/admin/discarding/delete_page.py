"""The page that deletes a draft comparison with everything in it, for who types its slug. It counts
what goes: names of 22,000 rows would help nobody.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from comparison.admin.addresses import admin_address
from comparison.admin.frame import in_frame
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Release
from comparison.publishing.draft.deleting import delete_draft
from comparison.publishing.draft.draft_stamps import counts_of_drafts, kinds_of_rows


@dataclass(frozen=True, slots=True)
class DeletePage:
    """All that the page reads."""

    comparison: Comparison  # whose draft it is
    counts: tuple[str, ...]  # of each kind of row that there is: "18,000 claims"
    total: str  # of all rows
    releases: int  # that stay
    newest: Release | None  # the one that readers go on seeing
    shipped: str  # the folder of content that it came from, as a command names it; "" = none
    typed: str  # what was typed in place of the slug just now
    is_wrong: bool  # that was another word


def delete_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What goes with a draft comparison, what stays, and the field for its slug."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not model_admin.has_delete_permission(request, comparison):
        raise PermissionDenied
    if request.method == "POST" and (asked := ask_on_publishing(request)):
        return asked
    typed = request.POST.get("slug", "").strip()
    if request.method == "POST" and typed == comparison.slug:
        model_admin.log_deletions(request, Comparison.objects.filter(pk=pk))
        rows = delete_draft(comparison, request.user.get_username())
        messages.success(request, f"{comparison} is deleted, with {_counted(rows)}.")
        return HttpResponseRedirect(admin_address(Comparison, "changelist"))
    page = _page(comparison, typed, is_wrong=request.method == "POST")
    title = f"Delete {comparison}"
    return in_frame(model_admin, request, "comparison/delete.html", title, page)


def _page(comparison: Comparison, typed: str, *, is_wrong: bool) -> DeletePage:
    counted = counts_of_drafts(comparison.pk)[comparison.pk]
    numbers = {
        kind: counted[kind._meta.label][0]
        for kind in kinds_of_rows()
        if kind._meta.label in counted
    }
    counts = tuple(
        f"{number:,} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in numbers.items()
    )
    releases = Release.objects.ever_of(comparison.address).defer("document", "prose")
    total = _counted(sum(numbers.values()))
    folder = settings.CONTENT_DIR / comparison.slug
    return DeletePage(
        comparison=comparison,
        counts=counts,
        total=total,
        releases=releases.count(),
        newest=releases.first(),
        shipped=str(folder.relative_to(settings.CONTENT_DIR.parent)) if folder.is_dir() else "",
        typed=typed[:100],
        is_wrong=is_wrong,
    )


def _counted(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
