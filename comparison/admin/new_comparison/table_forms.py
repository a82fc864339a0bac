"""The forms by which a table becomes a draft: for the table itself, for what it does not say, and
for each of its lines, to be corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import URLValidator

from comparison.admin.forms.field_checks import EQUAL_ANCHORS, NO_SLUG, refuse_unseen
from comparison.core.document.schema import Direction
from comparison.core.table.draft_tree import LineCorrection
from comparison.core.table.kinds import LineGuess, LineKind
from comparison.core.table.source import About
from comparison.core.table.table import Table
from comparison.publishing.inspection import today
from comparison.publishing.tables.table_import import read_table

PASTED = "the paste"  # what messages call it
_KINDS = [
    (
        "A criterion",
        [
            (LineKind.SUPPORT, "support"),
            (LineKind.QUANTITY, "quantity"),
            (LineKind.LOGARITHMIC, "logarithmic"),
            (LineKind.RATING, "rating"),
            (LineKind.TEXT, "text"),
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
_KIND_IN_WORDS = {kind: words for part in _KINDS[:2] for kind, words in part[1]} | {
    LineKind.LEFT_OUT: "left out"
}
_BETTER = [("", "---------"), (Direction.HIGHER, "higher"), (Direction.LOWER, "lower")]


def _words(**how: Any) -> forms.CharField:
    """Return a field for words that readers will see."""
    return forms.CharField(validators=[refuse_unseen], **how)


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
        pasted = bool((cleaned.get("paste") or "").strip())
        if pasted and cleaned.get("file"):
            self.add_error("file", "You pasted a table and chose a file: send one of them.")
        elif not pasted and not cleaned.get("file") and "file" not in self.errors:
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

    title = _words(max_length=300, help_text='The heading: "FastAPI or Django?".')
    slug = forms.SlugField(
        max_length=80,
        error_messages={"invalid": NO_SLUG},
        help_text="Its address: small letters, digits and hyphens.",
    )
    topic = _words(
        max_length=300,
        required=False,
        help_text="What is compared, in two or three words. This and the following may wait.",
    )
    question = _words(
        max_length=300, required=False, help_text="The question that the comparison answers."
    )
    summary = _words(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    licence = _words(max_length=300, required=False, help_text="Of this content.")
    source_address = forms.URLField(
        label="Address of the table",
        required=False,
        assume_scheme="https",
        max_length=1000,
        error_messages={"invalid": "Write an address of the web: https://example.org/table."},
        help_text="Where it was found. What its cells link to and note becomes claims of it.",
    )
    publisher = _words(label="Publisher of the table", max_length=300, required=False)
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
    group = _words(max_length=120)
    unit = _words(max_length=40, required=False)
    direction = forms.ChoiceField(choices=_BETTER, required=False)
    anchor_low = forms.FloatField(required=False)
    anchor_high = forms.FloatField(required=False)

    def __init__(self, line: LineGuess, sent: Mapping[str, Any] | None = None) -> None:
        initial = _fields_of(line)
        if sent is not None:  # a line that is closed sends what was corrected of it, and no more
            sent = {f"{line.slug}-{name}": initial[name] for name in initial} | dict(sent)
        super().__init__(sent, initial=initial, prefix=line.slug, auto_id=False)
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
            field.widget.attrs["aria-label"] = f"{labels[name]} of {line.name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_quantity = cleaned.get("kind") in (LineKind.QUANTITY, LineKind.LOGARITHMIC)
        if is_quantity and not cleaned.get("direction"):
            self.add_error("direction", "Say which way better is.")
        if is_quantity and not (cleaned.get("unit") or self.line.unit_written):
            self.add_error("unit", "Say in what: $, ms, stars.")
        low, high = cleaned.get("anchor_low"), cleaned.get("anchor_high")
        if is_quantity and low is not None and low == high:
            self.add_error("anchor_high", EQUAL_ANCHORS)
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
class ShownLine:
    """One line of the table as the page shows it: as fields, or closed, in one line of words."""

    line: LineGuess  # as it was guessed
    form: LineForm | None  # its fields; None where it is closed
    kept: tuple[tuple[str, str], ...]  # of a closed line: the fields that were corrected
    kind: str  # in words
    facts: str  # the rest of it, in words


def shown_line(first: LineGuess, form: LineForm, *, is_open: bool) -> ShownLine:
    """Return a line as it is shown. first: as it was guessed, before any correction."""
    guessed = _fields_of(first)
    fields = {name: str(form[name].value() or "") for name in guessed}
    corrected = [name for name in fields if fields[name] != guessed[name]]
    kind = LineKind(fields["kind"]) if fields["kind"] in list(LineKind) else first.guess.kind
    facts = []
    if kind.is_criterion and kind is not LineKind.TEXT:
        facts.append(f"importance {fields['importance']}")
    if kind.is_criterion:
        facts.append(fields["group"])
    if kind.is_quantity:
        better = "higher" if fields["direction"] == Direction.HIGHER else "lower"
        facts += [f"in {fields['unit']}", f"{better} is better"]
        facts.append(f"{fields['anchor_low']} to {fields['anchor_high']}")
    kept = () if is_open else tuple((form[name].html_name, fields[name]) for name in corrected)
    words = " · ".join(facts)
    return ShownLine(first, form if is_open else None, kept, _KIND_IN_WORDS[kind], words)


def _fields_of(line: LineGuess) -> dict[str, str]:
    """Return what stands in the fields of a line."""
    guess = line.guess
    return {
        "kind": guess.kind.value,
        "importance": f"{line.importance:g}",
        "group": line.group,
        "unit": guess.unit,
        "direction": guess.direction.value if guess.direction else "",
        "anchor_low": _number(guess.anchor_low),
        "anchor_high": _number(guess.anchor_high),
    }


def _number(value: float | None) -> str:
    return "" if value is None else str(int(value) if value == int(value) else value)
