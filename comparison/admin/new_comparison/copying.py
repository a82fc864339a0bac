"""A comparison as the start of another: its whole draft under another title and address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from comparison.admin.addresses import admin_address
from comparison.admin.forms.field_checks import NO_SLUG, refuse_unseen
from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.content_upload import may_write_whole_drafts
from comparison.models import Comparison, Release, Suggestion, history
from comparison.publishing.draft.draft_rows import tree_of
from comparison.publishing.draft.new_draft import AddressRefused, create_draft


class CopyForm(forms.Form):
    """What is other than in the first."""

    title = forms.CharField(
        max_length=300, validators=[refuse_unseen], help_text="The heading of the copy."
    )
    slug = forms.SlugField(
        max_length=80,
        error_messages={"invalid": NO_SLUG},
        help_text="Its address: small letters, digits and hyphens.",
    )


@dataclass(frozen=True, slots=True)
class CopyPage:
    """All that the page of a copy reads."""

    comparison: Comparison  # the first
    form: CopyForm  # what is other in the copy
    left_behind: tuple[str, ...]  # what of the first a copy does not get


def copy_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a comparison becomes the start of another."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not may_write_whole_drafts(request.user):
        raise PermissionDenied
    form = CopyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tree, _ = tree_of(comparison)
        tree.pop("renamed", None)  # the addresses that the first one had
        try:
            with history.doing(history.COPY):
                copy = create_draft({**tree, **form.cleaned_data})
        except AddressRefused as refusal:
            form.add_error("slug", f"{refusal}.")
        else:
            model_admin.log_addition(request, copy, f"Copied from {comparison}.")
            left = "; ".join(_left_behind(comparison))
            messages.success(request, f"This is a copy of {comparison}. Not copied: {left}.")
            return HttpResponseRedirect(admin_address(Comparison, "change", copy.pk))
    page = CopyPage(comparison, form, _left_behind(comparison))
    return in_frame(model_admin, request, "comparison/copy.html", f"Copy {comparison}", page)


def _left_behind(comparison: Comparison) -> tuple[str, ...]:
    """Return what of a comparison a copy does not get: what belongs to its address."""
    releases = Release.objects.of(comparison.address).count()
    suggestions = Suggestion.objects.filter(comparison=comparison.address).count()
    addresses = comparison.renamed.count()
    return (
        f"releases ({releases}), so that readers see nothing of the copy until it is published",
        f"former addresses and names, which lead to the first ({addresses})",
        f"suggestions of readers ({suggestions})",
        "who changed what, and when",
    )
