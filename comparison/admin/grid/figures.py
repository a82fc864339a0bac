"""The benchmark figures of a draft as a grid: a row for each run, a column for whatever was
measured of which option. A figure is typed as its source prints it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comparison.admin.addresses import admin_address
from comparison.admin.forms.saved_meanwhile import who_saved
from comparison.admin.forms.way_back import BACK, FIGURES
from comparison.admin.grid.history import entry_of, write_down
from comparison.admin.grid.table import (
    GONE,
    Edit,
    GridColumn,
    GridGroup,
    GridRow,
    GridTable,
    GridText,
    Saved,
)
from comparison.core.document.schema import Document, Statistic
from comparison.core.table.typed_values import NotAValue, quantity_columns_of
from comparison.models import Comparison, DerivedFigure, Figure, Run, history
from comparison.publishing import releases

PART = "figure"
NAMED = "This figure stays: “{}” is computed from it. Take it out there first."
NO_PLACE = "not stated"
Subject = tuple[str, str, int, int, str]  # metric, statistic, option, component or 0, subject


def figures_of(comparison: Comparison) -> GridTable:
    """Return every figure of a draft."""
    figures = _figures(comparison)
    subjects = _subjects(figures)
    newest = releases.current(comparison.address)
    published = None if newest is None else dict(_published(newest.document))
    by_place = {(figure.run_id, _subject(figure)): figure for figure in reversed(figures)}
    by_workload: dict[str, list[GridRow]] = defaultdict(list)
    for run in Run.objects.filter(comparison=comparison).select_related("workload"):
        texts = []
        for subject in subjects:
            figure = by_place.get((run.pk, subject))
            text = _spelling(figure)
            was = text
            if figure and published is not None:
                was = published.get((run.slug, figure.slug), "")
            texts.append(GridText(text, None if was == text else was, is_short=True))
        address = admin_address(Run, "change", run.pk, **{BACK: FIGURES})
        by_workload[str(run.workload)].append(
            GridRow(run.pk, run.slug, str(run), run.machine, address, tuple(texts))
        )
    return GridTable(
        tuple(GridColumn(_key(subject), name, name, (PART,)) for subject, name in subjects.items()),
        tuple(GridGroup(name, name, tuple(rows)) for name, rows in by_workload.items()),
    )


def _published(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    for run in document.runs:
        for figure in run.figures:
            yield (run.slug, figure.slug), figure.quantity.spelling


def _figures(comparison: Comparison) -> list[Figure]:
    rows = Figure.objects.filter(run__comparison=comparison)
    return list(rows.select_related("option", "component", "run"))


def _subject(figure: Figure) -> Subject:
    return (
        figure.metric,
        figure.statistic,
        figure.option_id,
        figure.component_id or 0,
        figure.subject,
    )


def _subjects(figures: Sequence[Figure]) -> dict[Subject, str]:
    """Return whatever was measured, by metric and option, each with its name."""
    found = {_subject(figure): figure for figure in figures}
    ordered = sorted(found, key=lambda one: (one[:2], found[one].option.position, one[2:]))
    return {subject: _name(found[subject]) for subject in ordered}


def _name(figure: Figure) -> str:
    component = f" with {figure.component}" if figure.component else ""
    statistic = "" if figure.statistic == Statistic.NOT_GIVEN else f" {figure.statistic}"
    subject = f" ({figure.subject})" if figure.subject else ""
    return f"{figure.option}{component}{subject}, {figure.metric}{statistic}"


def _spelling(figure: Any) -> str:
    return "" if figure is None else str(figure.quantity_spelling)


def _unit(figure: Any) -> str:
    return str(figure.quantity_unit)


def _key(subject: Subject) -> str:
    return "|".join(map(str, subject))


def save_figures(comparison: Comparison, edits: Sequence[Edit], user: Any) -> list[Saved]:
    """Save every edit that can be, and return what became of each, in their order."""
    with transaction.atomic(), history.batch():
        runs = Run.objects.select_for_update().filter(comparison=comparison)
        by_key = runs.in_bulk({edit.row for edit in edits})
        figures = _figures(comparison)
        patterns = {_key(_subject(figure)): figure for figure in reversed(figures)}
        at = {(figure.run_id, _key(_subject(figure))): figure for figure in reversed(figures)}
        results, entries = [], []
        for edit in edits:
            run, pattern = by_key.get(edit.row), patterns.get(edit.column)
            if run is None or pattern is None or edit.fault:
                results.append(Saved(edit.row, edit.column, {}, edit.fault or GONE))
                continue
            figure = at.get((run.pk, edit.column))
            saved, kept = _save_one(run, pattern, figure, edit)
            results.append(saved)
            if saved.texts == {PART: ""}:
                at.pop((run.pk, edit.column), None)
            if kept is not None:
                at[run.pk, edit.column] = kept
                entries.append(entry_of(kept, ["quantity"], user))
        write_down(entries)
    return results


def _save_one(
    run: Run, pattern: Figure, figure: Figure | None, edit: Edit
) -> tuple[Saved, Figure | None]:
    """Save one edit; return what became of it, and the figure where it was changed."""
    stored = {PART: _spelling(figure)}
    typed = " ".join(edit.typed.get(PART, stored[PART]).split())
    if edit.conflict(stored):
        by = who_saved(figure or Figure(), **_like(run, pattern))
        words = f"{by} changed this meanwhile to “{stored[PART]}”. Yours is not saved."
        return Saved(edit.row, edit.column, stored, words, by), None
    if typed == stored[PART]:
        return Saved(edit.row, edit.column, stored), None
    if figure is not None and not typed:
        return _deleted(run, figure, edit, stored), None
    figure = figure or _new(run, pattern)
    before = {field.attname: getattr(figure, field.attname) for field in figure._meta.fields}
    try:
        columns = quantity_columns_of(typed, _unit(figure) or _unit(pattern))
        for column, value in columns.items():
            setattr(figure, column, value)
        figure.full_clean()
    except (NotAValue, ValidationError) as refusal:
        for name, value in before.items():
            setattr(figure, name, value)
        words = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        return Saved(edit.row, edit.column, stored, words), None
    figure.version += 1
    figure.save()
    return Saved(edit.row, edit.column, {PART: _spelling(figure)}), figure


def _like(run: Run, pattern: Figure) -> dict[str, Any]:
    """Return what tells a figure of a run from others, by column."""
    names = ("metric", "statistic", "option_id", "component_id", "subject")
    return {"run_id": run.pk} | {name: getattr(pattern, name) for name in names}


def _deleted(run: Run, figure: Figure, edit: Edit, stored: dict[str, str]) -> Saved:
    """Delete a figure, unless something is computed from it."""
    computed = DerivedFigure.objects.filter(comparison=run.comparison_id)
    for derived in computed:
        named = [name.split("/") for name in derived.figures.split()]
        if [run.slug, figure.slug] in named:
            return Saved(edit.row, edit.column, stored, NAMED.format(derived))
    figure.delete()
    return Saved(edit.row, edit.column, {PART: ""})


def _new(run: Run, pattern: Figure) -> Figure:
    """Return a figure of a run that is not there yet, of what another measures."""
    taken = set(run.figures.values_list("slug", flat=True))
    statistic = "" if pattern.statistic == Statistic.NOT_GIVEN else f"-{pattern.statistic}"
    base = f"{pattern.option.slug}-{pattern.metric}{statistic}"
    slugs = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    last = run.figures.order_by("-position").first()
    return Figure(
        run=run,
        slug=next(slug for slug in slugs if slug not in taken),
        position=last.position + 1 if last else 0,
        place=last.place if last else NO_PLACE,
        version=0,
        option=pattern.option,
        component=pattern.component,
        metric=pattern.metric,
        statistic=pattern.statistic,
        subject=pattern.subject,
    )
