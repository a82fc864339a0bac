"""A comparison's content folder as a .zip: down, and up again as a draft. What would change of a
draft that is there is shown before anything is written.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from comparison.admin.addresses import admin_address
from comparison.admin.forms.deleting import MAY_DELETE_MANY
from comparison.admin.frame import in_frame
from comparison.admin.publishing.changes import Changes, changes_between
from comparison.core.document.schema import Document
from comparison.models import Comparison, history
from comparison.models.rows import Row
from comparison.publishing.content_files.content_import import BrokenContent, import_document
from comparison.publishing.content_files.content_zip import read_zip, to_zip
from comparison.publishing.drafts import read_draft
from comparison.publishing.inspection import MOST_LINES

MOST_CARRIED = 1_500_000  # bytes of a .zip that a form carries to its next page
HELP = "A .zip of one content folder, as it is downloaded here, or as content/ has it."


class UploadForm(forms.Form):
    """The .zip."""

    file = forms.FileField(label="Content folder", help_text=HELP)


@dataclass(frozen=True, slots=True)
class UploadPage:
    """All that the page of an upload reads."""

    form: UploadForm  # for the .zip
    problems: tuple[str, ...]  # why it was refused, with file and line; causes first
    problems_left_out: int  # how many more there are
    draft: Comparison | None  # the one that would be replaced
    changes: Changes  # what would change of it
    is_unreadable: bool  # the draft has problems, so that no changes can be told
    is_unchanged: bool  # the folder says what the draft says
    carried: str  # the .zip, to be sent again with the answer
    name: str  # of the .zip
    seen: str  # digest of the draft whose changes are shown
    has_moved: bool  # somebody changed the draft since they were shown last


def download(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a .zip of its content folder."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not model_admin.has_view_permission(request, comparison):
        raise PermissionDenied
    draft = read_draft(comparison)
    if draft.document is None:
        messages.error(
            request,
            "The draft has problems, so it is no whole content folder yet: they are listed here.",
        )
        return HttpResponseRedirect(admin_address(Comparison, "publish", pk))
    answer = HttpResponse(to_zip(draft.document), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{comparison.slug}.zip"'
    return answer


def upload_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """A .zip of a content folder becomes a draft; one that is there is replaced once its changes
    were seen.
    """
    if not (may_write_whole_drafts(request.user) or may_replace_drafts(request.user)):
        raise PermissionDenied
    form = UploadForm()
    if request.method != "POST":
        return _show(model_admin, request, _page(form))
    content, name = _sent(request)
    if content is None:
        form = UploadForm(request.POST, request.FILES)
        form.is_valid()
        return _show(model_admin, request, _page(form))
    try:
        document = read_zip(content, name)
        draft = Comparison.objects.filter(slug=document.slug).first()
        _refuse_what_is_not_theirs(request.user, draft)
        if draft is None or _was_seen(request, draft):
            with history.doing(history.UPLOAD):
                draft = import_document(document, replace=True)
            model_admin.log_change(request, draft, f"Replaced by {name}.")
            messages.success(request, f"The draft of {draft} is what {name} holds.")
            return HttpResponseRedirect(admin_address(Comparison, "change", draft.pk))
    except BrokenContent as broken:
        problems = tuple(map(str, broken.problems))
        return _show(model_admin, request, _page(form, problems=problems, name=name))
    return _show(
        model_admin,
        request,
        _page_of_changes(form, draft, document, content, name, has_moved="replace" in request.POST),
    )


def _refuse_what_is_not_theirs(user: Any, draft: Comparison | None) -> None:
    """Raise PermissionDenied with words for who may make a draft and not replace one, or the other
    way round.
    """
    if draft is None and not may_write_whole_drafts(user):
        raise PermissionDenied(
            "Your account edits some comparisons alone: the .zip is of none of them, and a new one "
            "is begun by others."
        )
    if draft is not None and not may_replace_drafts(user):
        raise PermissionDenied(
            f"There is a draft of {draft} already, and replacing it may delete many rows at once: "
            "that is for Editors."
        )


def may_write_rows(user: Any) -> bool:
    """Return whether somebody may do to every kind of row what a whole draft does to them."""
    of_rows = [
        f"{action}_{kind._meta.model_name}"
        for kind in apps.get_models()
        if issubclass(kind, Row)
        for action in ("add", "change", "delete")
    ]
    return bool(user.has_perms(f"comparison.{one}" for one in ("change_comparison", *of_rows)))


def may_write_whole_drafts(user: Any) -> bool:
    """Return whether somebody may make a new draft at once."""
    return may_write_rows(user) and bool(user.has_perm("comparison.add_comparison"))


def may_replace_drafts(user: Any) -> bool:
    """Return whether somebody may put a whole draft in the place of one that is there: it may
    delete many rows.
    """
    return may_write_rows(user) and bool(user.has_perm(MAY_DELETE_MANY))


def _was_seen(request: HttpRequest, draft: Comparison) -> bool:
    """Return whether the draft is still the one whose changes were shown."""
    return "replace" in request.POST and request.POST.get("seen") == read_draft(draft).digest


def _sent(request: HttpRequest) -> tuple[bytes | None, str]:
    """Return the .zip that was sent, now or with the page before, and its name."""
    file = request.FILES.get("file")
    if file is not None:
        return file.read(), str(file.name)
    try:
        carried = b64decode(request.POST.get("carried", ""), validate=True)
    except NotBase64:
        carried = b""
    return carried or None, request.POST.get("name", "")[:200] or "the .zip"


def _page(form: UploadForm, *, problems: tuple[str, ...] = (), name: str = "") -> UploadPage:
    return UploadPage(
        form,
        problems[:MOST_LINES],
        max(0, len(problems) - MOST_LINES),
        draft=None,
        changes=Changes(),
        is_unreadable=False,
        is_unchanged=False,
        carried="",
        name=name,
        seen="",
        has_moved=False,
    )


def _page_of_changes(
    form: UploadForm,
    draft: Comparison,
    document: Document,
    content: bytes,
    name: str,
    *,
    has_moved: bool,
) -> UploadPage:
    read = read_draft(draft)
    before = read.document
    carried = b64encode(content).decode() if len(content) <= MOST_CARRIED else ""
    return UploadPage(
        form,
        problems=(),
        problems_left_out=0,
        draft=draft,
        changes=changes_between(before, document, draft) if before else Changes(),
        is_unreadable=before is None,
        is_unchanged=before == document,
        carried=carried,
        name=name,
        seen=read.digest,
        has_moved=has_moved,
    )


def _show(model_admin: Any, request: HttpRequest, page: UploadPage) -> HttpResponse:
    status = 400 if page.problems else 200
    title = "Upload a content folder"
    return in_frame(model_admin, request, "comparison/upload.html", title, page, status=status)
