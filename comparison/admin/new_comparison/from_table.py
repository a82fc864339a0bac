"""A table becomes a draft: paste or upload, then a page that shows what was guessed and lets each
guess be corrected, then the draft's own page.

Works without scripts. Between the two pages nothing is kept on the server: the table travels in
the form. Nothing is written until "Make the draft" is pressed, and then all of it or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.addresses import admin_address
from comparison.admin.frame import in_frame
from comparison.core.document.schema import Direction
from comparison.core.table.draft_tree import LineCorrection, TableDraft
from comparison.core.table.kinds import LineGuess, LineKind
from comparison.core.table.source import About
from comparison.core.table.table import Table
from comparison.models import Comparison
from comparison.publishing.inspection import MOST_LINES, inspect, today
from comparison.publishing.tables.carried_table import from_text, to_text
from comparison.publishing.tables.limits import TableRefused
from comparison.publishing.tables.table_import import (
    BrokenTable,
    create_draft,
    proposed,
    read_table,
)

PASTED = "the paste"  # what messages call it
MOST_LINES_OF_A_FORM = 140  # of seven fields each; a form has at most a thousand
_KINDS = [
    (
        "A criterion",
        [
            (LineKind.SUPPORT, "yes or no"),
            (LineKind.QUANTITY, "number"),
            (LineKind.LOGARITHMIC, "by factors"),
            (LineKind.RATING, "marks"),
            (LineKind.TEXT, "words"),
        ],
    ),
    (
        "Of the options",
        [
            (LineKind.LINE, "one line"),
            (LineKind.HOME_PAGE, "home page"),
            (LineKind.VERSION, "version"),
            (LineKind.LICENCE, "licence"),
            (LineKind.STATUS, "status"),
            (LineKind.TAGS, "tags"),
        ],
    ),
    (LineKind.LEFT_OUT, "left out"),
]
_BETTER = [("", "---------"), (Direction.HIGHER, "higher"), (Direction.LOWER, "lower")]


class TableForm(forms.Form):
    """The table itself."""

    paste = forms.CharField(
        label="Paste the table",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=(
            "From a spreadsheet, a README or a wiki: with heads in its first row. The options "
            "may be its columns or its rows."
        ),
    )
    file = forms.FileField(
        label="Or a file", required=False, help_text=".csv, .tsv, .md, .html or .xlsx"
    )
    which = forms.CharField(
        label="Which table",
        required=False,
        help_text="If there are several: a sheet, words of a heading, or a number from 1. "
        "Empty: the largest.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not (cleaned.get("paste") or "").strip():
            self.add_error("paste", "Paste a table, or choose a file.")
        return cleaned

    def table(self) -> Table:
        """Return the table that was sent. Raises BrokenTable."""
        file = self.cleaned_data["file"]
        content = file.read() if file else self.cleaned_data["paste"]
        name = file.name if file else PASTED
        return read_table(content, name, self.cleaned_data["which"].strip())


class AboutForm(forms.Form):
    """What a table does not say of itself."""

    title = forms.CharField(max_length=300, help_text='The heading: "FastAPI or Django?".')
    slug = forms.SlugField(
        max_length=80, help_text="Its address: small letters, digits and hyphens."
    )
    topic = forms.CharField(
        max_length=300,
        required=False,
        help_text="What is compared, in two or three words. This and the following may wait.",
    )
    question = forms.CharField(
        max_length=300, required=False, help_text="The question that the comparison answers."
    )
    summary = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    licence = forms.CharField(max_length=300, required=False, help_text="Of this content.")
    source_address = forms.URLField(
        label="Address of the table",
        required=False,
        assume_scheme="https",
        max_length=1000,
        error_messages={"invalid": "Write an address of the web: https://example.org/table."},
        help_text="Where it was found. What its cells link to and note becomes claims of it.",
    )
    publisher = forms.CharField(label="Publisher of the table", max_length=300, required=False)
    turned = forms.BooleanField(
        label="The options are not what was guessed: turn the table", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_address"].validators = [URLValidator(["http", "https"])]
        for name, field in self.fields.items():
            if name != "turned":
                field.widget.attrs["class"] = (
                    "vLargeTextField" if name == "summary" else "vTextField"
                )
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def about(self) -> About:
        """Return what was said."""
        fields = {
            name: value for name, value in self.cleaned_data.items() if name not in ("turned",)
        }
        return About(read_on=today(), **fields)


class LineForm(forms.Form):
    """One line of the table, as it becomes a criterion."""

    kind = forms.ChoiceField(choices=_KINDS)
    importance = forms.FloatField(min_value=0, max_value=5, step_size=0.1)
    group = forms.CharField(max_length=120)
    unit = forms.CharField(max_length=40, required=False)
    direction = forms.ChoiceField(choices=_BETTER, required=False)
    anchor_low = forms.FloatField(required=False)
    anchor_high = forms.FloatField(required=False)

    def __init__(self, line: LineGuess, sent: Mapping[str, Any] | None = None) -> None:
        guess = line.guess
        initial = {
            "kind": guess.kind.value,
            "unit": guess.unit,
            "direction": guess.direction.value if guess.direction else "",
            "anchor_low": guess.anchor_low,
            "anchor_high": guess.anchor_high,
            "importance": f"{line.importance:g}",
            "group": line.group,
        }
        super().__init__(sent, initial=initial, prefix=line.slug)
        self.line = line
        labels = {
            "kind": "Kind",
            "unit": "Unit",
            "direction": "Which way better is",
            "anchor_low": "What means 0",
            "anchor_high": "What means 10",
            "importance": "Importance",
            "group": "Group",
        }
        for name, field in self.fields.items():
            field.widget.attrs["class"] = f"line-{name.replace('_', '-')}"
            field.widget.attrs["aria-label"] = f"{labels[name]} of {line.name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_quantity = cleaned.get("kind") in (LineKind.QUANTITY, LineKind.LOGARITHMIC)
        if is_quantity and not cleaned.get("direction"):
            self.add_error("direction", "Say which way better is.")
        if is_quantity and not (cleaned.get("unit") or self.line.unit_written):
            self.add_error("unit", "Say in what: $, ms, stars.")
        return cleaned

    def correction(self) -> LineCorrection:
        """Return what differs from the guess."""
        given = {name: self.cleaned_data[name] for name in self.changed_data}
        if "kind" in given:
            given["kind"] = LineKind(given["kind"])
        if "direction" in given:
            given["direction"] = Direction(given["direction"]) if given["direction"] else None
        return LineCorrection(**given)


@dataclass(frozen=True, slots=True)
class FromTablePage:
    """All that the page reads: first for the table, then for what was guessed of it."""

    form: TableForm | None  # for the table; None once it is read
    about: AboutForm | None  # what the table does not say; None until it is read
    lines: tuple[LineForm, ...]  # the criteria, each to be corrected
    guesses: tuple[str, ...]  # all that was guessed, in words
    missing: tuple[str, ...]  # what publishing will ask for, the first of it
    carried: str  # the table that was read, to be sent again
    size: str  # of the table: how many options and criteria
    problems: tuple[str, ...]  # why it was refused just now, or nothing


def from_table_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The page where a table becomes a draft."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _show(model_admin, request, _begin(TableForm()))
    if "carried" not in request.POST:
        return _show(model_admin, request, _read(TableForm(request.POST, request.FILES)))
    try:
        page, made = _corrected(request.POST.dict())
    except (TableRefused, BrokenTable) as refusal:
        page, made = _begin(TableForm(), (f"The table {refusal}.",)), None
    if made is None:
        return _show(model_admin, request, page)
    model_admin.log_addition(request, made, "Made from a table.")
    messages.success(
        request,
        f'The draft of "{made}" was made: {page.size}. Readers see nothing of it yet.',
    )
    return HttpResponseRedirect(admin_address(Comparison, "change", made.pk))


def _begin(form: TableForm, problems: tuple[str, ...] = ()) -> FromTablePage:
    return FromTablePage(form, None, (), (), (), "", "", problems)


def _read(form: TableForm) -> FromTablePage:
    """Return the page of what was guessed, or the form again with why the table was refused."""
    if not form.is_valid():
        return _begin(form)
    try:
        table = form.table()
        carried = to_text(table)
        draft = proposed(table, About("table", today()))
    except BrokenTable as broken:
        return _begin(form, tuple(broken.problems[:MOST_LINES]))
    except TableRefused as refusal:
        return _begin(form, (f"The table {refusal}.",))
    if len(draft.lines) > MOST_LINES_OF_A_FORM:
        words = (
            f"The table has {len(draft.lines)} criteria, and a form takes {MOST_LINES_OF_A_FORM}: "
            "take it in parts, or use the command new_comparison."
        )
        return _begin(form, (words,))
    return _guessed(draft, AboutForm(), carried, [LineForm(line) for line in draft.lines])


def _corrected(sent: Mapping[str, Any]) -> tuple[FromTablePage, Comparison | None]:
    """Return the page after a correction, and the draft where it was to be made and could be."""
    carried = sent["carried"]
    table, about = from_text(carried), AboutForm(sent)
    is_whole = about.is_valid()
    said = about.about() if is_whole else About("table", today())
    turned = bool(sent.get("turned"))
    try:
        first = proposed(table, said, turned=turned)
    except BrokenTable as broken:
        if not turned:
            raise
        unturned = {name: sent[name] for name in sent if name not in ("turned", "_make")}
        page, _ = _corrected(unturned)
        return replace(page, problems=("It cannot be turned.", *broken.problems)), None
    # a table that was turned has other lines: what was sent is of the ones before
    is_same = sent.get("shown_turned", "") == ("1" if turned else "")
    forms_of_lines = [LineForm(line, sent if is_same else None) for line in first.lines]
    if is_same and [form for form in forms_of_lines if not form.is_valid()]:
        return _guessed(first, about, carried, forms_of_lines), None
    corrections = {form.line.slug: form.correction() for form in forms_of_lines if form.is_bound}
    draft = proposed(table, said, corrections, turned=turned)
    page = _guessed(draft, about, carried, [LineForm(line) for line in draft.lines])
    if not is_whole or "_make" not in sent or not is_same:
        return page, None
    try:
        return page, create_draft(draft.tree)
    except BrokenTable as broken:
        about.add_error("slug", broken.problems)
        return page, None


def _guessed(
    draft: TableDraft, about: AboutForm, carried: str, lines: list[LineForm]
) -> FromTablePage:
    problems = inspect(dict(draft.tree)).problems if about.is_bound else ()
    options, criteria = len(draft.tree["options"]), len(draft.tree["criteria"])
    return FromTablePage(
        form=None,
        about=about,
        lines=tuple(lines),
        guesses=draft.guesses,
        missing=tuple(str(problem) for problem in problems[:MOST_LINES]),
        carried=carried,
        size=f"{options} options and {criteria} criteria",
        problems=(),
    )


def _show(model_admin: Any, request: HttpRequest, page: FromTablePage) -> HttpResponse:
    title = "New comparison from a table"
    return in_frame(model_admin, request, "comparison/from_table.html", title, page)
