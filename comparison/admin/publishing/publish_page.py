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
from comparison.admin.forms.scope import is_key, opened_comparison
from comparison.admin.frame import in_frame
from comparison.admin.publishing.changes import Changes, changes_between
from comparison.admin.publishing.effect import EffectPart, effect_of, flips_of
from comparison.admin.publishing.gate import Gate, gate_of
from comparison.admin.publishing.published import MAY_PUBLISH, published_words
from comparison.admin.publishing.record_page import MAY_RECORD, readdressed_in
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.core.document.former_names import Readdressed
from comparison.core.document.unwritten import unwritten
from comparison.models import Comparison, Release
from comparison.publishing import drafts, publish
from comparison.publishing import releases as published_releases
from comparison.publishing.draft.kept_drafts import kept_draft
from comparison.publishing.inspection import MOST_LINES
from comparison.web.routing.problem_addresses import address_of_problem


class NoteForm(forms.Form):
    """The change note, which readers see beside the release; and why a verdict changes, which
    opens it.
    """

    reason = forms.CharField(
        label="Why the verdict changes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="It opens the change note.",
    )
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
    changes: Changes  # what differs from what readers see, as far as it can be told
    tells_changes: bool  # not where too much is broken
    effect: EffectPart | None  # what readers will notice; None where it has not been worked out
    effect_at: str  # where that is asked for
    effect_shown: str  # this page with it, for who has no script
    asks_reason: bool  # a verdict changes, as far as is known
    readdressed: tuple[Readdressed, ...]  # what will be told to be withdrawn although it is there
    record: str  # where the old slugs can be written down by hand
    may_record: bool  # the person
    newest: int | None  # number of the newest release; None = never published
    seen: str  # digest of the draft that is shown
    may_publish: bool  # the person, not the draft
    is_ready: bool  # the draft: no problem, and something new
    form: NoteForm  # for the change note
    refusal: str  # why publishing was refused just now, or would be for what is withheld
    gate: Gate  # what else stands before publishing: another person, a later time


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
            release = _publish(comparison, request, form)
        except publish.ReasonMissing as missing:
            form.add_error("reason", str(missing))
        except drafts.Unpublishable as refused:
            refusal = str(refused)
        else:
            model_admin.log_change(request, comparison, f"Published release {release.number}.")
            messages.success(request, published_words(release))
            return HttpResponseRedirect(admin_address(Comparison, "change", pk))
    page = _publish_page_of(comparison, request, form, refusal)
    return in_frame(model_admin, request, "comparison/publish.html", f"Publish {comparison}", page)


def _publish(comparison: Comparison, request: HttpRequest, form: NoteForm) -> Release:
    """Publish what the editor has seen. Raises as `publish.publish` does."""
    seen, since = request.POST.get("seen", ""), request.POST.get("since", "")
    words = form.cleaned_data
    # a draft that has moved on is refused for that, whatever it changes now
    is_seen = kept_draft(comparison).draft.digest == seen
    flips = flips_of(comparison) if is_seen else ()
    note = publish.with_reason(words["note"], words["reason"], flips)
    editor = request.user.get_username()
    return publish.publish(comparison, editor, note, seen, int(since) if is_key(since) else None)


def _publish_page_of(
    comparison: Comparison, request: HttpRequest, form: NoteForm, refusal: str
) -> PublishPage:
    kept = kept_draft(comparison)
    draft, shown = kept.draft, kept.shown.document if kept.shown else None
    newest = published_releases.current(comparison.address)
    asks_effect = "effect" in request.GET or bool(form.errors.get("reason"))
    effect = effect_of(comparison) if asks_effect else None
    return PublishPage(
        comparison=comparison,
        problems=tuple(
            ProblemLine(problem.in_words, address_of_problem(problem))
            for problem in draft.problems[:MOST_LINES]
        ),
        problems_left_out=max(0, len(draft.problems) - MOST_LINES),
        unwritten=unwritten(draft.document) if draft.document else (),
        changes=changes_between(
            newest.document if newest else None, shown, comparison, kept.left_out
        ),
        tells_changes=shown is not None,
        effect=effect,
        effect_at=admin_address(Comparison, "effect", comparison.pk),
        effect_shown=admin_address(Comparison, "publish", comparison.pk, effect="shown"),
        asks_reason=bool(effect and effect.flips) or bool(form["reason"].value()),
        readdressed=readdressed_in(newest, draft.document),
        record=admin_address(Comparison, "change", comparison.pk) + "#renamed-group",
        may_record=request.user.has_perms(MAY_RECORD),
        newest=newest.number if newest else None,
        seen=draft.digest,
        may_publish=request.user.has_perm(MAY_PUBLISH),
        is_ready=draft.document is not None
        and not (newest and publish.is_seen_already(draft.document, newest)),
        form=form,
        refusal=refusal or (publish.why_withheld(draft.document) if draft.document else ""),
        gate=gate_of(comparison, draft.digest),
    )
