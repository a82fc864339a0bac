"""The pages of the grid: the matrix as a table to edit, one row of it as a form that needs no
script, what stands beside a cell, and what saves.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from comparison.admin.addresses import admin_address
from comparison.admin.grid import matrix, saving
from comparison.models import Cell, Claim, Comparison, Criterion, Group, Option

MAY_EDIT = ("comparison.change_cell", "comparison.add_cell")
MAY_LOOK = "comparison.view_cell"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a list."""

    value: str  # what is sent
    name: str  # what is read
    is_chosen: bool  # now


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One option."""

    key: int  # of the option
    name: str  # of the option


@dataclass(frozen=True, slots=True)
class GridPage:
    """All that the page of the grid reads."""

    comparison: Comparison  # whose draft it is
    columns: tuple[GridColumn, ...]  # a pair each: words and value
    groups: tuple[matrix.GridGroup, ...]  # the rows that are shown
    row_count: int  # how many are shown
    all_rows: int  # how many there are
    group_choices: tuple[Choice, ...]  # to show one group alone
    only_choices: tuple[Choice, ...]  # to show what needs work
    words: str  # that the shown rows hold
    may_edit: bool  # the person


@dataclass(frozen=True, slots=True)
class RowPage:
    """All that the page of one row reads."""

    comparison: Comparison  # whose draft it is
    criterion: Criterion  # whose row it is
    row: matrix.GridRow  # its cells, as stored
    fields: tuple["RowField", ...]  # one for each option
    before: int | None  # the key of the criterion before, to go there
    after: int | None  # of the one after
    may_edit: bool  # the person


@dataclass(frozen=True, slots=True)
class RowField:
    """The two fields of one cell."""

    cell: matrix.GridCell  # as stored
    text: str  # its words, as typed
    value: str  # its value, as typed
    problem: str  # why it was not saved, or nothing


@dataclass(frozen=True, slots=True)
class CellPanel:
    """What stands beside a cell."""

    criterion: Criterion  # whose row
    option: Option  # whose column
    cell: Cell | None  # what is stored, if anything is
    claims: tuple[Claim, ...]  # what sources say of it
    address: str  # of the whole form of the cell


def grid_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix of a draft as one table; what is typed there is saved from here."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    if request.method == "POST":
        return _saved(request, comparison)
    shown = _filter(request)
    options = matrix.options_of(comparison)
    groups = matrix.groups_of(comparison, options, shown)
    headings = Group.objects.filter(comparison=comparison)
    page = GridPage(
        comparison,
        tuple(GridColumn(option.pk, str(option)) for option in options),
        groups,
        sum(len(group.rows) for group in groups),
        Criterion.objects.filter(comparison=comparison).count(),
        (
            Choice("", "All groups", not shown.group),
            *(Choice(one.slug, str(one), one.slug == shown.group) for one in headings),
        ),
        tuple(
            Choice(only.value, words, only is shown.only)
            for only, words in matrix.ONLY_IN_WORDS.items()
        ),
        shown.words,
        _may_edit(request),
    )
    return _show(model_admin, request, "grid", f"Matrix of {comparison}", page)


def row_page(model_admin: Any, request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    """One row of the matrix as a plain form: each option's words and value."""
    comparison = get_object_or_404(Comparison, pk=pk)
    row = get_object_or_404(Criterion, pk=criterion, comparison=comparison)
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    results: Mapping[int, saving.Saved] = {}
    if request.method == "POST":
        if not _may_edit(request):
            raise PermissionDenied
        edits = _edits_of_form(request, comparison, row)
        saved = saving.save(comparison, edits, request.user)
        results = {one.option: one for one in saved if one.problem}
        if not results:
            messages.success(request, f"{row} is saved.")
            return HttpResponseRedirect(request.get_full_path())
    page = _row_page(comparison, row, request, results)
    return _show(model_admin, request, "row", f"{row}: its cells", page)


def panel(
    model_admin: Any, request: HttpRequest, pk: int, criterion: int, option: int
) -> HttpResponse:
    """What stands beside a cell: the written scale, its reason and check, and what sources say."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    row = get_object_or_404(Criterion, pk=criterion, comparison=comparison)
    column = get_object_or_404(Option, pk=option, comparison=comparison)
    cell = Cell.objects.filter(criterion=row, option=column).first()
    claims = (
        Claim.objects.filter(criterion=row, option=column)
        .select_related("source")
        .order_by("source__position", "position")
    )
    address = (
        admin_address(Cell, "change", cell.pk)
        if cell
        else admin_address(Cell, "add", criterion=row.pk, option=column.pk)
    )
    page = CellPanel(row, column, cell, tuple(claims), address)
    context = {"page": page}
    return TemplateResponse(request, "admin/comparison/grid/panel.html", context)


def _saved(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """Answer what the grid sends: what became of each cell."""
    if not _may_edit(request):
        words = "You may look at this draft, and not change it. Nothing was saved."
        return JsonResponse({"problem": words}, status=403)
    try:
        edits = saving.edits_of(json.loads(request.body))
    except (saving.NotCells, ValueError) as refusal:
        words = str(refusal) if isinstance(refusal, saving.NotCells) else saving.SHAPE
        return JsonResponse({"problem": words}, status=400)
    return JsonResponse(saving.as_json(saving.save(comparison, edits, request.user)))


def _may_edit(request: HttpRequest) -> bool:
    return request.user.has_perms(MAY_EDIT)


def _filter(request: HttpRequest) -> matrix.Filter:
    only = request.GET.get("only", "")
    return matrix.Filter(
        request.GET.get("group", ""),
        matrix.Only(only) if only in list(matrix.Only) else matrix.Only.ALL,
        request.GET.get("q", "")[:200],
    )


def _row_page(
    comparison: Comparison,
    criterion: Criterion,
    request: HttpRequest,
    results: Mapping[int, saving.Saved],
) -> RowPage:
    options = matrix.options_of(comparison)
    groups = matrix.groups_of(comparison, options, matrix.Filter())
    rows = [row for group in groups for row in group.rows]
    place = next(index for index, row in enumerate(rows) if row.criterion == criterion.pk)
    fields = tuple(_row_field(cell, request, results) for cell in rows[place].cells)
    return RowPage(
        comparison,
        criterion,
        rows[place],
        fields,
        rows[place - 1].criterion if place else None,
        rows[place + 1].criterion if place + 1 < len(rows) else None,
        _may_edit(request),
    )


def _row_field(
    cell: matrix.GridCell, request: HttpRequest, results: Mapping[int, saving.Saved]
) -> RowField:
    refused = results.get(cell.option)
    if refused is None:
        return RowField(cell, cell.text, cell.value, "")
    return RowField(
        cell,
        request.POST.get(f"text-{cell.option}", cell.text),
        request.POST.get(f"value-{cell.option}", cell.value),
        refused.problem,
    )


def _edits_of_form(
    request: HttpRequest, comparison: Comparison, criterion: Criterion
) -> list[saving.Edit]:
    edits = []
    for option in matrix.options_of(comparison):
        typed, shown = (
            {
                name: request.POST[f"{name}{when}-{option.pk}"][: saving.LONGEST]
                for name in ("text", "value")
                if f"{name}{when}-{option.pk}" in request.POST
            }
            for when in ("", "-shown")
        )
        changed = {name: text for name, text in typed.items() if text.strip() != shown.get(name)}
        if changed:
            edits.append(saving.Edit(criterion.pk, option.pk, changed, shown))
    return edits


def _show(
    model_admin: Any, request: HttpRequest, name: str, title: str, page: object
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "page": page,
        "is_nav_sidebar_enabled": False,  # the table takes the room
    }
    return TemplateResponse(request, f"admin/comparison/grid/{name}.html", context)
