"""Many rows of one kind on one page of the guided start: those that are there, each with its
fields, and new ones, one a line. All of it is saved, or nothing and everything is given back.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Max
from django.db.models.deletion import Collector, ProtectedError
from django.forms.models import modelform_factory

from comparison.admin.forms import saved_meanwhile
from comparison.admin.forms.draft_form import DraftForm
from comparison.admin.new_comparison.guided_steps import RowStep
from comparison.core.document.schema import Direction, Kind
from comparison.core.spelling.characters import hidden_in, is_blank, shown
from comparison.core.table.short_names import short_name
from comparison.models import Comparison, Criterion, Group, history
from comparison.models.rows import LINE, Row

SHOWN = 20  # rows on one page; each is up to 5 kB
ONE_GROUP = "Criteria"  # where there are no groups, as of a table without headings
KINDS = [
    (Kind.RATING.value, "marks from 0 to 10"),
    (Kind.SUPPORT.value, "yes, partly or no"),
    (Kind.QUANTITY.value, "a number"),
    (Kind.TEXT.value, "words, not scored"),
]
BETTER = [("", "---------"), (Direction.HIGHER.value, "higher"), (Direction.LOWER.value, "lower")]
LABELS = {
    "name": "Name",
    "title": "Title",
    "slug": "Short name in addresses",
    "line": "What it is, in one line",
    "group": "Group",
    "kind": "What its cells say",
    "unit": "Unit",
    "direction": "Better is",
    "anchor_low": "Gives 0 points",
    "anchor_high": "Gives 10 points",
    "address": "Address on the web",
    "publisher": "Publisher",
    "publisher_kind": "Kind of publisher",
    "interest": "What it sells or gains",
    "published": "Published",
    "read_on": "Read on",
}
HINTS = {
    "unit": "ms, $, stars",
    "interest": "None stated",
    "published": "2025-03, or undated",
    "address": "https://",
}
OF_QUANTITIES = ("unit", "direction", "anchor_low", "anchor_high")
_BULLET = re.compile(r"^(?:[-*•·–]\s+|\d{1,3}[.)]\s+)")
_LINK = re.compile(r"\s*<?(https?://\S+?)>?$")


class RowForm(DraftForm):
    """One row that is there already."""

    remove = forms.BooleanField(required=False, label="Remove")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            self.initial["group"] = str(self.initial["group"])

    def stored(self) -> dict[str, Any]:
        values = super().stored()
        values.pop("remove", None)
        return values

    @property
    def is_to_go(self) -> bool:
        """Somebody ticked that it is to be removed."""
        return self.is_bound and bool(self.data.get(self.add_prefix("remove")))


class MoreForm(forms.Form):
    """New rows, one a line; of criteria a text area for each group."""

    def __init__(self, step: RowStep, groups: Sequence[Group], sent: Any = None) -> None:
        super().__init__(sent)
        names = {"more": ""} if step.model is not Criterion or not groups else {}
        if step.model is Criterion:
            names |= {f"more-{group.pk}": str(group) for group in groups}
        for name, group in names.items():
            label = f"{step.name} of {group}, one a line" if group else f"{step.name}, one a line"
            area = forms.Textarea(attrs={"rows": 3 if group else 8, "class": "vLargeTextField"})
            self.fields[name] = forms.CharField(
                label=label, required=False, strip=False, widget=area, max_length=60_000
            )


@dataclass(frozen=True, slots=True)
class NewRow:
    """A line of a text area that is to become a row."""

    area: str  # the field that it stands in
    line: int  # its number there
    name: str
    address: str  # on the web; "" where the line has none


class SentRows:
    """What was sent of one step: checked as a whole, then saved as a whole."""

    def __init__(self, comparison: Comparison, step: RowStep, sent: Any = None) -> None:
        self.comparison, self.step, self.sent = comparison, step, sent
        self.groups = list(comparison.groups.all()) if step.model is Criterion else []
        rows = list(step.model._default_manager.filter(comparison=comparison))
        form = _form_of(step, self.groups)
        self.forms = [form(self._of(row), instance=row, prefix=f"row-{row.pk}") for row in rows]
        self.more = MoreForm(step, self.groups, sent)
        self.notes: list[str] = []  # what to look at, of what was saved

    def _of(self, row: Row) -> Any:
        """Return what was sent, where it holds this row: another may be new since."""
        is_there = self.sent is not None and f"row-{row.pk}-slug" in self.sent
        return self.sent if is_there else None

    @property
    def pages(self) -> int:
        """How many pages the rows fill."""
        return max(1, -(-len(self.forms) // SHOWN))

    def shown(self, page: int) -> list[RowForm]:
        """Return the rows of a page, from 1; where some were sent, those."""
        sent = [form for form in self.forms if form.is_bound]
        return sent or self.forms[(page - 1) * SHOWN : page * SHOWN]

    def is_valid(self) -> bool:
        """Say whether all of it can be saved; where not, each refusal stands where it is read."""
        self.more.is_valid()
        bound = [form for form in self.forms if form.is_bound]
        kept = [form for form in bound if not form.is_to_go]
        right = [form.is_valid() for form in kept]
        for form in bound:
            if form.is_to_go and (reason := _why_it_stays(form.instance)):
                form.errors["remove"] = form.error_class([reason])
                right.append(False)
        self._refuse_doubles()
        self._refuse_lost_rows()
        return all(right) and all(form.is_valid() for form in kept) and not self.more.errors

    @property
    def to_go(self) -> list[Row]:
        """The rows that somebody ticked to be removed."""
        return [form.instance for form in self.forms if form.is_to_go]

    def new_rows(self) -> list[NewRow]:
        """Return the lines that are to become rows."""
        return [row for area in self.more.fields for row in self._lines_of(area)]

    def _lines_of(self, area: str) -> Iterator[NewRow]:
        text = str(self.more.data.get(area, "")) if self.more.is_bound else ""
        for number, line in enumerate(text.splitlines(), 1):
            name = _BULLET.sub("", " ".join(line.split()))
            link = _LINK.search(name) if "address" in self.step.fields else None
            address = link[1] if link else ""
            name = name[: link.start()].strip(" :,–-|") if link else name
            if name or address:
                yield NewRow(area, number, name or address, address)

    def _names(self) -> Iterator[tuple[str, RowForm]]:
        """Yield the name of every row that stays, as it was sent."""
        for form in self.forms:
            if not form.is_to_go:
                value = form[self.step.name_field].value() or ""
                yield " ".join(str(value).split()).casefold(), form

    def _refuse_doubles(self) -> None:
        lines = self.new_rows()
        if len(lines) + len(self.forms) > self.step.most:
            self.more.add_error(lines[-1].area, self._too_many(len(lines)))
            return
        known: dict[str, str] = {}
        addresses: Counter[str] = Counter()
        for name, form in self._names():
            addresses[str(form["slug"].value() or "")] += 1
            if name in known and form.is_bound:
                form.add_error(self.step.name_field, f"This name stands twice: {known[name]}, too.")
            known[name] = f"above as “{form['slug'].value()}”"
            if addresses[str(form["slug"].value())] > 1 and form.is_bound:
                form.add_error("slug", "Two rows have this short name: change one.")
        for row in lines:
            if fault := _fault_of(row) or (
                f"“{row.name}” stands twice: {known[row.name.casefold()]}, too."
                if row.name.casefold() in known
                else ""
            ):
                self.more.add_error(row.area, f"Line {row.line}: {fault}")
            known.setdefault(row.name.casefold(), f"in line {row.line}")

    def _too_many(self, lines: int) -> str:
        there = f", and {len(self.forms)} are there already" if self.forms else ""
        return (
            f"These are {lines} lines{there}; this page takes {self.step.most} {self.step.name} in "
            "all. Take some out here, or begin from a table: it takes more."
        )

    def _refuse_lost_rows(self) -> None:
        """Give back what somebody changed of a row that another has deleted meanwhile."""
        there = {form.prefix for form in self.forms}
        field = self.step.name_field
        for key in self.sent or ():
            prefix, _, name = key.rpartition("-")
            if name == field and prefix.startswith("row-") and prefix not in there:
                typed = {one: self.sent.get(f"{prefix}-{one}", "") for one in self.step.fields}
                marks = saved_meanwhile.read(self.sent.get(f"{prefix}-{saved_meanwhile.FIELD}", ""))
                now = saved_meanwhile.marks_of(typed)
                if any(now[one] != marks.get(one, now[one]) for one in typed):
                    area = next(iter(self.more.fields))
                    words = f"Somebody deleted “{typed[field]}” meanwhile, which you changed: "
                    said = ", ".join(str(value) for value in typed.values() if value)
                    self.more.add_error(area, f"{words}write it here to have it again ({said}).")

    def save(self) -> dict[str, list[Row]]:
        """Save all of it; return the rows that were added, changed and removed. The caller holds
        the transaction.
        """
        removed = self.to_go
        kept = [form for form in self.forms if form.is_bound and not form.is_to_go]
        changed = [form for form in kept if form.has_changed()]
        self._make_way([form for form in changed if "slug" in form.changed_data])
        for row in removed:
            row.delete()
        saved = [form.save() for form in changed]
        added = self._add(self.new_rows())
        return {"added": added, "changed": saved, "removed": removed}

    def _make_way(self, renamed: Iterable[RowForm]) -> None:
        """Let two rows exchange their slugs, of which the database takes none twice."""
        for form in renamed:
            rows = self.step.model._default_manager.filter(pk=form.instance.pk)
            form.instance.said_before = {"slug": form.initial["slug"]}  # for its history
            rows.update(slug=f"moving-{form.instance.pk}")

    def _add(self, lines: Sequence[NewRow]) -> list[Row]:
        manager = self.step.model._default_manager
        there = manager.filter(comparison=self.comparison)
        place = there.aggregate(last=Max("position"))["last"]
        taken = list(there.values_list("slug", flat=True))
        rows = []
        for number, line in enumerate(lines, 1 + (-1 if place is None else place)):
            fallback = f"{self.step.one}-{len(taken) + 1}"
            plain = short_name(line.name, fallback)
            slug = short_name(plain, fallback, taken)
            taken.append(slug)
            if slug != plain:
                self.notes.append(
                    f"“{line.name}” would have the short name of another, {plain}, so it has "
                    f"{slug}: look at it here."
                )
            elif plain == fallback and line.name:
                self.notes.append(
                    f"“{line.name}” gives no short name in Latin letters, so it has {slug}: look "
                    "at it here."
                )
            rows.append(self._row(line, slug, number))
        added: list[Row] = manager.bulk_create(rows)
        with history.batch() as batch:
            for row in added:
                batch.added(row)
        return added

    def _row(self, line: NewRow, slug: str, position: int) -> Any:
        columns: dict[str, Any] = {self.step.name_field: line.name}
        if line.address:
            columns["address"] = line.address
        if self.step.model is Criterion:
            columns["group"] = self._group_of(line)
        return self.step.model(comparison=self.comparison, slug=slug, position=position, **columns)

    def _group_of(self, line: NewRow) -> Group:
        if not self.groups:
            self.groups.append(
                Group.objects.create(
                    comparison=self.comparison, slug=short_name(ONE_GROUP, ""), name=ONE_GROUP
                )
            )
        key = line.area.removeprefix("more-")
        return next((one for one in self.groups if str(one.pk) == key), self.groups[0])


def _form_of(step: RowStep, groups: Sequence[Group]) -> Any:
    """Return the form of one row of a step."""
    form: Any = modelform_factory(
        step.model,
        form=RowForm,
        fields=step.fields,
        labels=LABELS,
        help_texts=dict.fromkeys(step.fields, ""),
    )
    fields: dict[str, Any] = form.base_fields
    fields[step.name_field].required = True
    if "group" in fields:
        by_key = {group.pk: group for group in groups}
        fields["group"] = forms.TypedChoiceField(
            label=LABELS["group"],
            choices=[(group.pk, str(group)) for group in groups],
            coerce=lambda key: by_key[int(key)],
        )
        fields["kind"].choices = KINDS
        fields["direction"].choices = BETTER
    if "address" in fields:
        fields["address"].widget = forms.URLInput()
        fields["address"].validators.append(
            URLValidator(["http", "https"], message="Write an address of the web: https://…")
        )
        fields["read_on"].widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    for name, field in fields.items():
        if name in HINTS:
            field.widget.attrs["placeholder"] = HINTS[name]
    return form


def _fault_of(row: NewRow) -> str:
    """Return what is wrong with a line, "" where nothing is."""
    if hidden := hidden_in(row.name):
        return f"“{shown(row.name)[:60]}” {hidden[1]}."
    if is_blank(row.name):
        return "it shows nothing."
    if len(row.name) > LINE:
        return f"“{row.name[:40]}…” has {len(row.name)} characters; a name takes {LINE}."
    return ""


def _why_it_stays(row: Row) -> str:
    """Return why a row cannot be removed here, "" where nothing names it."""
    collector, along = Collector(using="default", origin=row), list[Any]()
    try:
        collector.collect([row])
    except ProtectedError as error:
        return _named_by(row, error.protected_objects)
    emptied: Any = [rows for sets in collector.field_updates.values() for rows in sets]
    for rows in (*collector.data.values(), *collector.fast_deletes, *emptied):
        along += [one for one in rows if one != row]
    return _named_by(row, along)


def _named_by(row: Row, others: Iterable[Any]) -> str:
    kinds = Counter(str(one._meta.verbose_name_plural) for one in others)
    if not kinds:
        return ""
    named = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return f"“{row}” is used already ({named}): delete it in its own form, which shows them."
