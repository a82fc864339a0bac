"""The pages that turn a draft into a release: problems, changes and the change note; and releases,
to publish one again.

What may be published, and how, is said by `publishing/publish.py`. These pages show it and pass on
the editor's word.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import remember
from comparison.admin.frame import in_frame
from comparison.core.document.change_words import Called, as_text
from comparison.core.document.diff import Change, FieldChange, diff, readdressings
from comparison.core.document.former_names import Readdressed, readdressed
from comparison.core.document.schema import Document
from comparison.core.document.unwritten import unwritten
from comparison.models import Comparison, Release, Renamed
from comparison.publishing import drafts, publish
from comparison.publishing import releases as published_releases
from comparison.publishing.inspection import MOST_LINES
from comparison.web.routing.problem_addresses import address_of_problem

MAY_PUBLISH = "comparison.publish_comparison"
MAY_RECORD = ("comparison.change_comparison", "comparison.add_renamed")
CHANGES_SHOWN = 200


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
class ChangedField:
    """One field in which the draft differs from what readers see, in words."""

    kind: str  # of the thing that it is a field of: "use case"
    how: str  # what happened to that thing: added, removed, changed, renamed
    thing: str  # by name, after the name of what it is part of; empty for the comparison itself
    field: str  # empty where a thing with nothing but its slug came or went
    before: str  # empty: nothing
    after: str  # empty: nothing


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


def publish_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem with its row, what has changed since the last release, and the form that
    publishes.
    """
    comparison = _comparison(model_admin, request, pk)
    if request.method == "POST" and not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
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
            messages.success(request, _published_words(release))
            return HttpResponseRedirect(admin_address(Comparison, "change", pk))
    page = _publish_page_of(comparison, request, form, refusal)
    return _show(model_admin, request, "publish", f"Publish {comparison}", page)


def record_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button: the old slug of something that has another one now is written down,
    and old links go on working.
    """
    comparison = _comparison(model_admin, request, pk)
    back = HttpResponseRedirect(admin_address(Comparison, "publish", pk))
    if not request.user.has_perms(MAY_RECORD):
        raise PermissionDenied
    if request.method != "POST":
        return back
    step = tuple(request.POST.get(name, "") for name in ("kind", "old", "new"))
    draft, newest = drafts.read_draft(comparison), published_releases.current(comparison.address)
    there = _readdressed(newest, draft.document)
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


def releases_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every release of a comparison, newest first, with a way to publish an older one again."""
    comparison = _comparison(model_admin, request, pk)
    releases = Release.objects.ever_of(comparison.address).defer("document", "prose")
    page = ReleasesPage(comparison, releases, request.user.has_perm(MAY_PUBLISH))
    return _show(model_admin, request, "releases", f"Releases of {comparison}", page)


def again_page(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The question whether an old release shall be published again; answering it does so."""
    comparison = _comparison(model_admin, request, pk)
    if not request.user.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    release = get_object_or_404(Release.objects.ever_of(comparison.address), number=number)
    if request.method == "POST":
        try:
            new = publish.revert(comparison.address, number, request.user.get_username())
        except drafts.Unpublishable as refused:
            messages.error(request, str(refused))
        else:
            model_admin.log_change(
                request, comparison, f"Published release {number} again, as release {new.number}."
            )
            messages.success(request, _published_words(new))
        return HttpResponseRedirect(admin_address(Comparison, "releases", pk))
    newest = Release.objects.latest_number(comparison.address) or number
    page = AgainPage(comparison, release, newest)
    return _show(model_admin, request, "publish_again", f"Publish release {number} again?", page)


def _comparison(model_admin: Any, request: HttpRequest, pk: int) -> Comparison:
    comparison: Comparison | None = model_admin.get_object(request, str(pk))
    if comparison is None:
        raise Http404("There is no such comparison.")
    if not model_admin.has_view_or_change_permission(request, comparison):
        raise PermissionDenied
    remember(request, comparison)
    return comparison


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
        readdressed=_readdressed(newest, draft.document),
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


def changes_between(
    before: Document | None, after: Document | None
) -> tuple[tuple[ChangedField, ...], int]:
    """Return the first fields in which one document differs from another, and how many more
    there are.
    """
    if after is None:
        return (), 0
    called = Called(before, after)
    nothing = (FieldChange("", None, None),)
    changed = [
        (change, field)
        for change in (*readdressings(before, after), *diff(before, after))
        for field in change.fields or nothing
    ]
    shown = tuple(_in_words(change, field, called) for change, field in changed[:CHANGES_SHOWN])
    return shown, len(changed) - len(shown)


def _in_words(change: Change, field: FieldChange, called: Called) -> ChangedField:
    names = (called.home(change), called.of(change)) if change.path[1:] else (called.of(change),)
    return ChangedField(
        kind=change.kind.replace("-", " "),
        how=change.how,
        thing=" › ".join(names),
        field=field.name.replace("_", " ").replace(".", ": "),
        before=as_text(field.before),
        after=as_text(field.after),
    )


def _readdressed(
    newest: published_releases.Published | None, document: Document | None
) -> tuple[Readdressed, ...]:
    return readdressed(newest.document, document) if newest and document else ()


def _published_words(release: Release) -> SafeString:
    return format_html(
        'Release {} is published: <a href="{}">look at it as readers do</a>.',
        release.number,
        release.get_absolute_url(),
    )


def _show(
    model_admin: Any, request: HttpRequest, name: str, title: str, page: object
) -> HttpResponse:
    return in_frame(model_admin, request, f"comparison/{name}.html", title, page)
