"""A grid down as a file and up again: every change is shown before one is saved, and all are saved
or none.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.grid import table
from comparison.admin.grid.exchange import WORKBOOK, Unfit, edits_in, to_csv, to_workbook
from comparison.admin.grid.pages import comparison_of, grid_of, show_grid_page
from comparison.models import Comparison, history
from comparison.publishing.inspection import MOST_LINES

CHANGES_SHOWN = 200
ENDINGS = {"csv": ("text/csv; charset=utf-8", to_csv), "xlsx": (WORKBOOK, to_workbook)}


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="File",
        help_text="A .csv or .xlsx that was downloaded here, with its first row and column. "
        "What it does not hold is left alone.",
    )


@dataclass(frozen=True, slots=True)
class CellChange:
    """One text that a file would change."""

    row: str  # the name of the row
    column: str  # the name of the column, and of the part
    before: str  # what is stored; empty: nothing
    after: str  # what the file has; empty: nothing


@dataclass(frozen=True, slots=True)
class FilePage:
    """All that the page of an upload reads."""

    comparison: Comparison  # whose draft it is
    form: FileForm  # for the file
    problems: tuple[str, ...]  # why it was refused, with file and row
    problems_left_out: int  # how many more there are
    changes: tuple[CellChange, ...]  # what it would change, the first of them
    changes_left_out: int  # how many more there are
    carried: str  # all of them, to be sent again with the answer
    is_unchanged: bool  # the file says what is stored


def download_grid(
    model_admin: Any, request: HttpRequest, pk: int, kind: str, ending: str
) -> HttpResponse:
    """A grid as a file."""
    comparison, grid = comparison_of(request, pk), grid_of(kind)
    if ending not in ENDINGS:
        raise Http404
    media_type, written = ENDINGS[ending]
    answer = HttpResponse(written(grid.read(comparison)), content_type=media_type)
    name = f"{comparison.slug}-{kind}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def upload_grid(model_admin: Any, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A file becomes changes of a grid, once they were seen."""
    comparison, grid = comparison_of(request, pk), grid_of(kind)
    if not request.user.has_perms(grid.may_edit):
        raise PermissionDenied
    form = FileForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    edits: list[table.Edit] | None = None
    whole = grid.read(comparison)
    name = "the file"
    try:
        if "carried" in request.POST:
            edits = table.edits_of(json.loads(request.POST["carried"]), most=None)
        elif form.is_valid():
            name = str(form.cleaned_data["file"].name)
            edits = edits_in(form.cleaned_data["file"].read(), name, whole)
        if edits:
            is_final = "carried" in request.POST
            problems = _tried(comparison, kind, edits, request.user, whole, is_final=is_final)
            if is_final and not problems:
                messages.success(request, f"{_counted(len(edits))} saved.")
                return HttpResponseRedirect(admin_address(Comparison, "grid", pk, kind))
    except Unfit as unfit:
        problems = unfit.problems
    except (table.NotCells, ValueError):
        problems = [f"{name}: {table.SHAPE}"]
    page = _page(comparison, form, whole, problems, edits)
    return show_grid_page(model_admin, request, "upload", f"{grid.title} from a file", page)


def _counted(number: int) -> str:
    return "1 change is" if number == 1 else f"{number} changes are"


class _TakenBack(Exception):
    """Nothing of it shall stay."""


def _tried(
    comparison: Comparison,
    kind: str,
    edits: Sequence[table.Edit],
    user: Any,
    whole: table.GridTable,
    *,
    is_final: bool,
) -> list[str]:
    """Save every edit and return what is wrong with any; unless all are right and it is meant,
    nothing stays.
    """
    problems: list[str] = []
    names = _names(whole)
    try:
        with transaction.atomic(), history.doing(history.GRID_FILE):
            for saved in grid_of(kind).save(comparison, edits, user):
                if saved.problem:
                    row, column = names.get((saved.row, saved.column), ("", ""))
                    problems.append(f"{row}, {column}: {saved.problem}")
            if problems or not is_final:
                raise _TakenBack
    except _TakenBack:
        pass
    return problems


def _names(whole: table.GridTable) -> dict[tuple[int, str], tuple[str, str]]:
    return {
        (row.key, column.key): (row.name, column.name)
        for group in whole.groups
        for row in group.rows
        for column in whole.columns
    }


def _page(
    comparison: Comparison,
    form: FileForm,
    whole: table.GridTable,
    problems: Sequence[str],
    edits: Sequence[table.Edit] | None,
) -> FilePage:
    names = _names(whole)
    shown = [] if problems or not edits else list(edits)
    changes = tuple(
        CellChange(
            names[edit.row, edit.column][0],
            f"{names[edit.row, edit.column][1]}, {part}",
            edit.shown.get(part, ""),
            typed,
        )
        for edit in shown[:CHANGES_SHOWN]
        for part, typed in edit.typed.items()
    )
    carried = json.dumps({"cells": [asdict(edit) for edit in shown]}) if shown else ""
    return FilePage(
        comparison,
        form,
        tuple(problems[:MOST_LINES]),
        max(0, len(problems) - MOST_LINES),
        changes,
        max(0, len(shown) - CHANGES_SHOWN),
        carried,
        is_unchanged=edits == [] and not problems,
    )
