"""What stands beside a cell of the matrix: all that is kept of it as a form that saves as one goes,
its written scale, and what sources say of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from comparison.admin.addresses import admin_address
from comparison.admin.forms.saved_meanwhile import FIELD, marks_of, written
from comparison.admin.forms.way_back import BACK, MATRIX
from comparison.admin.grid.cells import texts_of
from comparison.admin.grid.history import entry_of, write_down
from comparison.admin.grid.matrix import WITH_VALUE
from comparison.admin.grid.pages import GRIDS, comparison_of
from comparison.admin.history.history_page import address_of_history
from comparison.admin.rows.criteria import CellForm
from comparison.core.document.schema import Check, Kind, Quantity
from comparison.models import Cell, Claim, Criterion, Option, history

VALUE_OF_KIND = {Kind.RATING: ("score",), Kind.SUPPORT: ("support",)}
QUANTITY = tuple(f"quantity_{name}" for name in Quantity.model_fields)
CHECK = tuple(f"checked_{name}" for name in Check.model_fields)


@dataclass(frozen=True, slots=True)
class PanelPart:
    """Fields under one heading."""

    title: str  # its heading; empty: none
    is_open: bool  # at once
    fields: tuple[forms.BoundField, ...]  # in their order


class PanelForm(CellForm):
    """A cell's form beside the grid. It names the fields that somebody else changed to something
    else meanwhile, so that its editor can choose there.
    """

    class Meta:
        model = Cell
        fields = ("text", "score", "support", *QUANTITY, "applies", "note", *CHECK)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.both_changed: list[str] = []
        for name, field in self.fields.items():
            # what the heading above says already is left out
            field.label = name.removeprefix("quantity_").removeprefix("checked_").replace("_", " ")
        self.fields["text"].label = "words"  # as the grid calls them
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget = AdminTextareaWidget(attrs={"rows": 3})
            elif name.endswith("_on"):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def say_at(self, name: str, words: str) -> None:
        self.both_changed.append(name)
        whose = words.partition(" Yours ")[0]
        self.add_error(name, f"{whose} Yours is not saved.")

    def as_stored(self) -> dict[str, str | bool]:
        """Return what is stored of each field, as its input holds it."""
        return {
            name: value if isinstance(value, bool) else str(self._as_typed(name, value) or "")
            for name, value in self.stored().items()
        }

    def _as_typed(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        typed = field.widget.format_value(field.prepare_value(value))
        return typed[0] if isinstance(typed, list) else typed  # a choice is a list of one


@dataclass(frozen=True, slots=True)
class CellPanel:
    """What stands beside a cell."""

    criterion: Criterion  # whose row
    option: Option  # whose column
    form: PanelForm  # its fields, for what they carry unseen
    parts: tuple[PanelPart, ...]  # all that is kept of the cell
    claims: tuple[Claim, ...]  # what sources say of it
    may_edit: bool  # the person
    address: str  # of the whole form of the cell
    history: str  # the address of who changed it, from what to what; "" where there is no cell


def panel_page(
    model_admin: Any, request: HttpRequest, pk: int, criterion: int, option: int
) -> HttpResponse:
    """What stands beside a cell; what is typed there is saved from here."""
    comparison = comparison_of(request, pk)
    row = get_object_or_404(Criterion, pk=criterion, comparison=comparison)
    column = get_object_or_404(Option, pk=option, comparison=comparison)
    may_edit = request.user.has_perms(GRIDS["matrix"].may_edit)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return JsonResponse(_saved(request, row, column))
    cell = Cell.objects.filter(criterion=row, option=column).first()
    claims = Claim.objects.filter(criterion=row, option=column).select_related("source")
    form = PanelForm(instance=cell or Cell(criterion=row, option=column), auto_id="cell-%s")
    page = CellPanel(
        row,
        column,
        form,
        tuple(_parts(form, Kind(row.kind))),
        tuple(claims.order_by("source__position", "position")),
        may_edit,
        admin_address(Cell, "change", cell.pk, **{BACK: MATRIX})
        if cell
        else admin_address(Cell, "add", criterion=row.pk, option=column.pk, **{BACK: MATRIX}),
        address_of_history(cell, comparison) if cell else "",
    )
    return TemplateResponse(request, "admin/comparison/grid/panel.html", {"page": page})


def _parts(form: PanelForm, kind: Kind) -> Iterator[PanelPart]:
    """Yield the fields of a cell, those first that its kind of row has."""
    values = VALUE_OF_KIND.get(kind, ())
    others = tuple(
        name
        for name in ("score", "support")
        if name not in values and getattr(form.instance, name) not in (None, "")
    )
    is_quantity = kind is Kind.QUANTITY
    quantity = (_title("Quantity, as printed", form, QUANTITY), is_quantity, QUANTITY)
    parts: list[tuple[str, bool, tuple[str, ...]]] = [
        ("", True, ("text", *values, *others)),
        *([quantity] if is_quantity else []),
        ("", True, ("note", *(("applies",) if kind in WITH_VALUE else ()))),
        (_title("Check in the primary documentation", form, CHECK), False, CHECK),
        *([] if is_quantity else [quantity]),
    ]
    for title, is_open, names in parts:
        yield PanelPart(title, is_open, tuple(form[name] for name in names))


def _title(title: str, form: PanelForm, names: tuple[str, ...]) -> str:
    is_empty = not any(form.initial.get(name) for name in names if not name.endswith("_form"))
    return f"{title}: none" if is_empty else title


def _saved(request: HttpRequest, criterion: Criterion, option: Option) -> dict[str, Any]:
    """Save what was typed beside a cell, and return what became of it."""
    with transaction.atomic():
        locked = Cell.objects.select_for_update()
        cell = locked.filter(criterion=criterion, option=option).first() or Cell(
            criterion=criterion, option=option, position=option.position
        )
        form = PanelForm(request.POST, instance=cell)
        theirs = form.as_stored()
        if form.is_valid() and form.changed_data:
            with history.doing(history.GRID):
                form.save()
            write_down([entry_of(cell, form.changed_data, request.user)])
        now = Cell.objects.filter(criterion=criterion, option=option).first()
    fresh = PanelForm(instance=now or Cell(criterion=criterion, option=option))
    return {
        "problems": {
            "" if name == "__all__" else name: " ".join(map(str, words))
            for name, words in form.errors.items()
        },
        "theirs": {name: theirs[name] for name in form.both_changed},
        "values": fresh.as_stored(),
        FIELD: written(marks_of(fresh.stored())),
        "texts": texts_of(now or Cell(criterion=criterion, option=option)),
    }
