"""The pages of the grids: a table to edit, one row of the matrix as a form that needs no script,
and what saves.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404

from comparison.admin.addresses import admin_address
from comparison.admin.forms.scope import remember
from comparison.admin.forms.way_back import BACK, MATRIX
from comparison.admin.frame import in_frame
from comparison.admin.grid import matrix, table
from comparison.admin.grid.cells import save_cells
from comparison.admin.grid.figures import figures_of, save_figures
from comparison.admin.grid.importances import importances_of, save_importances
from comparison.admin.history.presence import Here, here, place_of
from comparison.models import Comparison, Criterion, Option, Run, UseCase, history

MAY_LOOK = "comparison.view_cell"


class Grid(NamedTuple):
    """One kind of grid."""

    title: str  # "of" whose draft it is
    rows: type[Model]  # what each of its rows is
    read: Callable[[Comparison], table.GridTable]
    save: Callable[[Comparison, Sequence[table.Edit], Any], list[table.Saved]]
    may_edit: tuple[str, ...]  # the permissions that it takes
    marks: Mapping[matrix.Mark, str]  # to filter by
    has_panel: bool  # something stands beside a cell


GRIDS = {
    "matrix": Grid(
        "Matrix",
        Criterion,
        matrix.matrix_of,
        save_cells,
        ("comparison.change_cell", "comparison.add_cell"),
        matrix.IN_WORDS,
        has_panel=True,
    ),
    "importances": Grid(
        "Importances",
        UseCase,
        importances_of,
        save_importances,
        ("comparison.change_usecase", "comparison.change_usecaseimportance"),
        {},
        has_panel=False,
    ),
    "figures": Grid(
        "Figures",
        Run,
        figures_of,
        save_figures,
        ("comparison.change_figure", "comparison.add_figure"),
        {},
        has_panel=False,
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a list."""

    value: str  # what is sent
    name: str  # what is read
    is_chosen: bool  # now


@dataclass(frozen=True, slots=True)
class GridPage:
    """All that the page of a grid reads."""

    comparison: Comparison  # whose draft it is
    name: str  # of what stands in its cells
    columns: tuple[table.GridColumn, ...]  # in their order
    is_split: bool  # a column has several texts, each with a head of its own
    groups: tuple[table.GridGroup, ...]  # the rows that are shown
    row_count: int  # how many are shown
    all_rows: int  # how many there are
    group_choices: tuple[Choice, ...]  # to show one group alone
    mark_choices: tuple[Choice, ...]  # to show what needs work
    words: str  # that the shown rows hold
    first: tuple[str, str]  # words and address of what adds a row where there is none
    others: tuple[tuple[str, str], ...]  # the name and address of the other grids
    files: tuple[tuple[str, str], ...]  # the same of what takes it down and up
    has_panel: bool  # something stands beside a cell
    may_edit: bool  # the person
    person: int  # the key of who is signed in
    rows: str  # what kind of row each row is, to name it by: "criterion"
    here: Here  # who else is at which row


@dataclass(frozen=True, slots=True)
class RowField:
    """The two fields of one cell."""

    option: Option  # whose cell
    text: str  # its words, as typed
    value: str  # its value, as typed
    shown_text: str  # its words, as stored
    shown_value: str  # its value, as stored
    problem: str  # why it was not saved, or nothing


@dataclass(frozen=True, slots=True)
class RowPage:
    """All that the page of one row of the matrix reads."""

    comparison: Comparison  # whose draft it is
    criterion: Criterion  # whose row it is
    form: str  # the address of the criterion's own form
    hint: str  # what its values look like
    has_value: bool  # there is more to a cell than its words
    fields: tuple[RowField, ...]  # one for each option
    before: int | None  # the key of the criterion before, to go there
    after: int | None  # of the one after
    may_edit: bool  # the person
    here: Here  # who else is at this row


def grid_page(model_admin: Any, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A table of a draft to edit; what is typed there is saved from here."""
    comparison, grid = comparison_of(request, pk), grid_of(kind)
    may_edit = request.user.has_perms(grid.may_edit)
    if request.method == "POST":
        return _saved(request, comparison, grid, may_edit)
    remember(request, comparison)
    whole = grid.read(comparison)
    groups = _filtered(whole.groups, request)
    group, mark = request.GET.get("group", ""), request.GET.get("only", "")
    page = GridPage(
        comparison,
        grid.title,
        whole.columns,
        any(column.is_split for column in whole.columns),
        groups,
        _rows_in(groups),
        _rows_in(whole.groups),
        (
            Choice("", "All groups", not group),
            *(Choice(one.key, one.name, one.key == group) for one in whole.groups if one.name),
        ),
        (
            Choice("", "All rows", not mark),
            *(Choice(one, words, one == mark) for one, words in grid.marks.items()),
        ),
        _words(request),
        _first(request, grid, kind, pk),
        tuple(
            (other.title, admin_address(Comparison, "grid", pk, name))
            for name, other in GRIDS.items()
            if name != kind
        ),
        _files(kind, pk, may_edit),
        grid.has_panel,
        may_edit,
        request.user.pk or 0,
        str(grid.rows._meta.model_name),
        here(request, comparison, ""),
    )
    return show_grid_page(model_admin, request, "grid", f"{grid.title} of {comparison}", page)


def _first(request: HttpRequest, grid: Grid, kind: str, pk: int) -> tuple[str, str]:
    """Return what adds the first row of a grid and leads back, in words and as an address."""
    name = grid.rows._meta.verbose_name
    may_add = request.user.has_perm(f"comparison.add_{grid.rows._meta.model_name}")
    address = admin_address(grid.rows, "add", comparison=pk, **{BACK: kind}) if may_add else ""
    return f"Add the first {name}", address


def _files(kind: str, pk: int, may_edit: bool) -> tuple[tuple[str, str], ...]:
    """Return the name and address of what takes a grid down as a file, and up again."""
    down = [
        (f"Download .{ending}", admin_address(Comparison, "grid_file", pk, kind, ending))
        for ending in ("csv", "xlsx")
    ]
    up = [("Upload", admin_address(Comparison, "grid_upload", pk, kind))] if may_edit else []
    return (*down, *up)


def row_page(model_admin: Any, request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    """One row of the matrix as a plain form: each option's words and value."""
    comparison = comparison_of(request, pk)
    row = get_object_or_404(Criterion, pk=criterion, comparison=comparison)
    may_edit = request.user.has_perms(GRIDS["matrix"].may_edit)
    refused: Mapping[str, str] = {}
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        with history.doing(history.GRID):
            saved = save_cells(comparison, _edits_of_form(request, comparison, row), request.user)
        refused = {one.column: one.problem for one in saved if one.problem}
        if not refused:
            messages.success(request, f"{row} is saved.")
            return HttpResponseRedirect(request.get_full_path())
    page = _row_page(comparison, row, request, refused, may_edit)
    return show_grid_page(model_admin, request, "row", f"{row}: its cells", page)


def grid_of(kind: str) -> Grid:
    """Return a kind of grid; no other word of an address is a page."""
    if kind not in GRIDS:
        raise Http404
    return GRIDS[kind]


def comparison_of(request: HttpRequest, pk: int) -> Comparison:
    """Return the comparison of a grid, for who may look at it."""
    comparison = get_object_or_404(Comparison, pk=pk)
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    return comparison


def _saved(
    request: HttpRequest, comparison: Comparison, grid: Grid, may_edit: bool
) -> HttpResponse:
    """Answer what a grid sends: what became of each cell."""
    if not may_edit:
        words = "You may look at this draft, and not change it. Nothing was saved."
        return JsonResponse({"problem": words}, status=403)
    try:
        edits = table.edits_of(json.loads(request.body))
    except (ValueError, RecursionError) as refusal:
        words = str(refusal) if isinstance(refusal, table.NotCells) else table.SHAPE
        return JsonResponse({"problem": words}, status=400)
    with history.doing(history.GRID):
        return JsonResponse(table.as_json(grid.save(comparison, edits, request.user)))


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:200]


def _filtered(
    groups: Sequence[table.GridGroup], request: HttpRequest
) -> tuple[table.GridGroup, ...]:
    """Return the groups with the rows that are asked for, less those without any."""
    asked, mark = request.GET.get("group", ""), request.GET.get("only", "")
    mark = mark if mark in list(matrix.Mark) else ""
    words = _words(request).casefold().split()
    keys = request.GET.get("row", "")[:4000].split(".")  # of rows that a page leads to
    shown = []
    for group in groups:
        rows = tuple(
            row
            for row in group.rows
            if (not mark or mark in row.marks)
            and (keys == [""] or str(row.key) in keys)
            and all(word in _text_of(row) for word in words)
            and (not asked or group.key == asked)
        )
        if rows:
            shown.append(table.GridGroup(group.key, group.name, rows))
    return tuple(shown)


def _text_of(row: table.GridRow) -> str:
    return " ".join((row.name, *(text.text for text in row.texts))).casefold()


def _rows_in(groups: Sequence[table.GridGroup]) -> int:
    return sum(len(group.rows) for group in groups)


def _row_page(
    comparison: Comparison,
    criterion: Criterion,
    request: HttpRequest,
    refused: Mapping[str, str],
    may_edit: bool,
) -> RowPage:
    whole = matrix.matrix_of(comparison)
    rows = [row for group in whole.groups for row in group.rows]
    place = next(index for index, row in enumerate(rows) if row.key == criterion.pk)
    options = Option.objects.filter(comparison=comparison)
    texts = iter(rows[place].texts)
    fields = tuple(
        _row_field(option, text.text, value.text, request, refused.get(str(option.pk), ""))
        for option, text, value in zip(options, texts, texts, strict=True)
    )
    return RowPage(
        comparison,
        criterion,
        admin_address(Criterion, "change", criterion.pk, **{BACK: MATRIX}),
        matrix.hint_of(criterion),
        criterion.kind in matrix.WITH_VALUE,
        fields,
        rows[place - 1].key if place else None,
        rows[place + 1].key if place + 1 < len(rows) else None,
        may_edit,
        here(request, comparison, place_of(criterion)),
    )


def _row_field(
    option: Option, text: str, value: str, request: HttpRequest, problem: str
) -> RowField:
    typed = request.POST if problem else {}
    return RowField(
        option,
        typed.get(f"{matrix.TEXT}-{option.pk}", text),
        typed.get(f"{matrix.VALUE}-{option.pk}", value),
        text,
        value,
        problem,
    )


def _edits_of_form(
    request: HttpRequest, comparison: Comparison, criterion: Criterion
) -> list[table.Edit]:
    """Return what was changed in the form of a row."""
    edits = []
    for option in Option.objects.filter(comparison=comparison):
        typed, shown = (
            {
                part: request.POST[f"{part}{when}-{option.pk}"][: table.LONGEST]
                for part in (matrix.TEXT, matrix.VALUE)
                if f"{part}{when}-{option.pk}" in request.POST
            }
            for when in ("", "-shown")
        )
        changed = {part: text for part, text in typed.items() if text.strip() != shown.get(part)}
        if changed:
            edits.append(table.Edit(criterion.pk, str(option.pk), changed, shown))
    return edits


def show_grid_page(
    model_admin: Any, request: HttpRequest, name: str, title: str, page: object
) -> HttpResponse:
    """Return a page of a grid, in the frame of the admin."""
    # the table takes the room of the list at the side
    return in_frame(
        model_admin, request, f"grid/{name}.html", title, page, is_nav_sidebar_enabled=False
    )
