"""The page that turns a draft into a release: problems, changes and the change note.

What may be published, and how, is said by `publishing/publish.py`. This page shows it and passes on
the editor's word.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.publishing.changed_fields import ChangedField, changes_between
from comparison.admin.publishing.published import MAY_PUBLISH, published_words
from comparison.admin.publishing.record_page import MAY_RECORD, readdressed_in
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.core.document.former_names import Readdressed
from comparison.core.document.unwritten import unwritten
from comparison.models import Comparison
from comparison.publishing import drafts, publish
from comparison.publishing import releases as published_releases
from comparison.publishing.inspection import MOST_LINES
from comparison.web.routing.problem_addresses import address_of_problem


class NoteForm(forms.Form):
    """The change note, which readers see beside the release."""

    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="What is different now, and why. Readers see it.",
        error_messages={"required": "Say in the change note what is different now."},
    )


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem, and the address of the page where it can be mended."""

    words: str  # what is wrong, and where
    address: str  # of the page, and the field on it


@dataclass(frozen=True, slots=True)
class PublishPage:
    """All that the publish page reads."""

    comparison: Comparison  # whose draft it is
    problems: tuple[ProblemLine, ...]  # the first of them, causes before what follows from them
    problems_left_out: int  # how many more there are
    unwritten: tuple[str, ...]  # what readers will miss; no problem
    changes: tuple[ChangedField, ...]  # the first of them
    changes_left_out: int  # how many more there are
    readdressed: tuple[Readdressed, ...]  # what will be told to be withdrawn although it is there
    record: str  # where the old slugs can be written down by hand
    may_record: bool  # the person
    newest: int | None  # number of the newest release; None = never published
    seen: str  # digest of the draft that is shown
    may_publish: bool  # the person, not the draft
    is_ready: bool  # the draft: no problem, and something new
    form: NoteForm  # for the change note
    refusal: str  # why publishing was refused just now, or nothing


def publish_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem with its row, what has changed since the last release, and the form that
    publishes.
    """
    comparison = opened_comparison(model_admin, request, pk)
    if request.method == "POST" and not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    if request.method == "POST" and (asked := ask_on_publishing(request)):
        return asked
    form = NoteForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        try:
            editor, seen = request.user.get_username(), request.POST.get("seen", "")
            release = publish.publish(comparison, editor, form.cleaned_data["note"], seen)
        except drafts.Unpublishable as refused:
            refusal = str(refused)
        else:
            model_admin.log_change(request, comparison, f"Published release {release.number}.")
            messages.success(request, published_words(release))
            return HttpResponseRedirect(admin_address(Comparison, "change", pk))
    page = _publish_page_of(comparison, request, form, refusal)
    return in_frame(model_admin, request, "comparison/publish.html", f"Publish {comparison}", page)


def _publish_page_of(
    comparison: Comparison, request: HttpRequest, form: NoteForm, refusal: str
) -> PublishPage:
    draft = drafts.read_draft(comparison)
    newest = published_releases.current(comparison.address)
    changes, changes_left_out = changes_between(newest.document if newest else None, draft.document)
    return PublishPage(
        comparison=comparison,
        problems=tuple(
            ProblemLine(problem.in_words, address_of_problem(problem))
            for problem in draft.problems[:MOST_LINES]
        ),
        problems_left_out=max(0, len(draft.problems) - MOST_LINES),
        unwritten=unwritten(draft.document) if draft.document else (),
        changes=changes,
        changes_left_out=changes_left_out,
        readdressed=readdressed_in(newest, draft.document),
        record=admin_address(Comparison, "change", comparison.pk) + "#renamed-group",
        may_record=request.user.has_perms(MAY_RECORD),
        newest=newest.number if newest else None,
        seen=draft.digest,
        may_publish=request.user.has_perm(MAY_PUBLISH),
        is_ready=draft.document is not None
        and not (newest and publish.is_seen_already(draft.document, newest)),
        form=form,
        refusal=refusal,
    )
