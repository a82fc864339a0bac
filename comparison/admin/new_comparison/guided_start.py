"""A comparison begun without a table: its question, then options, groups, criteria and sources, one
page each, and then the matrix.

Works without scripts. The draft is there after the first page, and each page saves; so whoever
stops half-way goes on another day, and any page can be opened again.
"""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from comparison.admin.forms.draft_form import DraftForm
from comparison.admin.frame import in_frame
from comparison.admin.new_comparison.guided_rows import OF_QUANTITIES, SHOWN, RowForm, SentRows
from comparison.admin.new_comparison.guided_steps import (
    QUESTION,
    ROW_STEPS,
    RowStep,
    StepLink,
    address_before,
    address_of_step,
    next_address,
    next_name,
    step_links,
)
from comparison.core.table.short_names import short_name
from comparison.models import Comparison, history
from comparison.publishing.draft.new_draft import AddressRefused, create_draft, why_not_to_be_had

TITLE = "New comparison, step by step"


class QuestionForm(DraftForm):
    """What the comparison is about."""

    def __init__(self, sent: Any = None, **kwargs: Any) -> None:
        if sent is not None and not sent.get("slug", "").strip():
            sent = sent.copy()
            sent["slug"] = short_name(sent.get("title", ""), "")
        super().__init__(sent, **kwargs)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug != self.instance.slug and (reason := why_not_to_be_had(slug)):
            raise forms.ValidationError(f"{reason}.")
        return slug


@dataclass(frozen=True, slots=True)
class GuidedPage:
    """All that a page of the guided start reads."""

    comparison: Comparison | None  # None until the first page is saved
    steps: tuple[StepLink, ...]  # the line that shows where one is
    form: DraftForm | None  # of the first page; None on the others
    words: str  # what the page asks for
    rows: tuple[tuple[str, RowForm], ...]  # some of the rows that are there, by name
    pages: tuple[tuple[str, str, bool], ...]  # of rows: their numbers, address, if it is this one
    more: tuple[Any, ...]  # text areas for new ones
    one: str  # what one of them is called
    has_problems: bool  # something was refused, so that nothing was saved
    too_many: str  # why the page is closed, "" where it is not
    of_quantities: tuple[str, ...]  # fields that only a number has
    next_name: str  # of the step behind this one
    before: str  # the address of the step before, "" where there is none


def guided_start(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The first page of a comparison that is not there yet."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = _question_form()(request.POST if request.method == "POST" else None)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.base_fields if name != "shown"}
        try:
            with history.doing(history.STEPS):
                comparison = create_draft({name: value for name, value in fields.items() if value})
        except AddressRefused as refusal:
            form.add_error("slug", f"{refusal}.")
        else:
            model_admin.log_addition(request, comparison, "Begun step by step.")
            words = f"The draft of “{comparison}” is there. You can stop and go on at any time."
            messages.success(request, words)
            return HttpResponseRedirect(next_address(comparison, QUESTION))
    return _show(model_admin, request, _question_page(None, form))


def guided_step(model_admin: Any, request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One page of a comparison that was begun."""
    if request.method != "POST":
        comparison = get_object_or_404(Comparison, pk=pk)
        return _answer(model_admin, request, comparison, step)
    with transaction.atomic(), history.doing(history.STEPS):
        comparison = get_object_or_404(Comparison.objects.select_for_update(), pk=pk)
        answer = _answer(model_admin, request, comparison, step)
        if answer.status_code != 302:
            transaction.set_rollback(True)
        return answer


def _answer(
    model_admin: Any, request: HttpRequest, comparison: Comparison, step: str
) -> HttpResponse:
    if not model_admin.has_change_permission(request, comparison):
        raise PermissionDenied
    if step == QUESTION:
        return _question(model_admin, request, comparison)
    if step not in ROW_STEPS:
        raise Http404
    kind = ROW_STEPS[step]
    name = kind.model._meta.model_name
    if not request.user.has_perms(
        [f"comparison.{action}_{name}" for action in ("add", "change", "delete")]
    ):
        raise PermissionDenied
    return _rows(model_admin, request, comparison, kind)


def _question(model_admin: Any, request: HttpRequest, comparison: Comparison) -> HttpResponse:
    form = _question_form()(request.POST if request.method == "POST" else None, instance=comparison)
    if form.is_valid():
        if form.has_changed():
            model_admin.log_change(request, form.save(), "Changed step by step.")
        return HttpResponseRedirect(next_address(comparison, QUESTION))
    return _show(model_admin, request, _question_page(comparison, form))


def _rows(
    model_admin: Any, request: HttpRequest, comparison: Comparison, step: RowStep
) -> HttpResponse:
    sent = SentRows(comparison, step, request.POST if request.method == "POST" else None)
    asked = request.GET.get("page", "")
    page = min(int(asked), sent.pages) if re.fullmatch("[1-9][0-9]{0,4}", asked) else 1
    if request.method == "POST" and not _too_many(sent) and sent.is_valid():
        _write_down(request, sent.to_go, DELETION)  # while they have a key to be named by
        saved = sent.save()
        for kind, flag in (("added", ADDITION), ("changed", CHANGE)):
            _write_down(request, saved[kind], flag)
        said = ", ".join(f"{len(rows)} {kind}" for kind, rows in saved.items() if rows)
        if said:
            messages.success(request, f"{step.name}: {said}.")
        for note in sent.notes:
            messages.warning(request, note)
        if sent.notes:  # of new rows, which are the last
            last = SentRows(comparison, step).pages
            return HttpResponseRedirect(address_of_step(comparison, step.slug, last))
        stays = "_stay" in request.POST
        then = request.get_full_path() if stays else next_address(comparison, step.slug)
        return HttpResponseRedirect(then)
    return _show(model_admin, request, _page_of_rows(comparison, step, sent, page))


def _too_many(sent: SentRows) -> str:
    """Return why a page does not take a draft, "" where it does."""
    there, step = len(sent.forms), sent.step
    if there <= step.most:
        return ""
    return (
        f"This draft has {there} {step.name.lower()}, and this page takes {step.most}. Change them "
        "in their list or in the matrix."
    )


def _write_down(request: HttpRequest, rows: list[Any], flag: int) -> None:
    """Keep in the history of each row who did what."""
    if rows:
        user: Any = request.user
        LogEntry.objects.log_actions(user.pk, rows, flag, "Step by step.")


def _question_form() -> Any:
    form: Any = modelform_factory(
        Comparison,
        form=QuestionForm,
        fields=("title", "slug", "topic", "question"),
    )
    form.base_fields["title"].required = True
    form.base_fields["slug"].required = True
    topic = form.base_fields["topic"]
    topic.required = True
    topic.help_text += " Publishing needs it."
    form.base_fields[
        "slug"
    ].help_text = "Small letters, digits and hyphens. Left empty, it is made from the title."
    return form


def _question_page(comparison: Comparison | None, form: DraftForm) -> GuidedPage:
    return GuidedPage(
        comparison=comparison,
        steps=step_links(comparison, QUESTION),
        form=form,
        words="What is compared, and which question does the comparison answer?",
        rows=(),
        pages=(),
        more=(),
        one="",
        has_problems=bool(form.errors),
        too_many="",
        of_quantities=(),
        next_name=next_name(QUESTION),
        before="",
    )


def _pages(sent: SentRows, current: int) -> tuple[tuple[str, str, bool], ...]:
    """Return the pages of many rows, none where there is one."""
    if sent.pages == 1:
        return ()
    ends = [min(page * SHOWN, len(sent.forms)) for page in range(1, sent.pages + 1)]
    return tuple(
        (
            f"{(page - 1) * SHOWN + 1} to {end}",
            address_of_step(sent.comparison, sent.step.slug, page),
            page == current,
        )
        for page, end in enumerate(ends, 1)
    )


def _page_of_rows(comparison: Comparison, step: RowStep, sent: SentRows, page: int) -> GuidedPage:
    return GuidedPage(
        comparison=comparison,
        steps=step_links(comparison, step.slug),
        form=None,
        words=step.words,
        rows=tuple((str(form.initial.get(step.name_field, "")), form) for form in sent.shown(page)),
        pages=_pages(sent, page),
        more=tuple(sent.more),
        one=step.one,
        has_problems=bool(sent.more.errors or any(form.errors for form in sent.forms)),
        too_many=_too_many(sent),
        of_quantities=OF_QUANTITIES,
        next_name=next_name(step.slug),
        before=address_before(comparison, step.slug),
    )


def _show(model_admin: Any, request: HttpRequest, page: GuidedPage) -> HttpResponse:
    status = 400 if page.has_problems else 200
    title = str(page.comparison) if page.comparison else TITLE
    return in_frame(model_admin, request, "comparison/guided.html", title, page, status=status)
