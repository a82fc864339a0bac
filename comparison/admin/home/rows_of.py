"""The ways from a comparison's page to all that belongs to it: the grids, every kind of row with
how many there are, what wants an editor's eye, and the pages of readers.
"""

from dataclasses import dataclass

from comparison.admin.addresses import admin_address
from comparison.admin.home.subjects import SUBJECTS, Subject
from comparison.admin.suggestions import link_to_suggestions
from comparison.models import Cell, Comparison
from comparison.publishing.draft.draft_stamps import Counts, counts_of_drafts, kinds_of_rows
from comparison.rendering.addresses import Home

Way = tuple[str, str]  # words and address
GRIDS = (("Matrix", "matrix"), ("Importances", "importances"), ("Figures", "figures"))
WORK_LISTS = (
    ("Cells without a score", {"value": "unknown"}),
    ("Cells not checked", {"check": "never"}),
    ("Cells whose check is overdue", {"check": "overdue"}),
)


@dataclass(frozen=True, slots=True)
class RowsOfSubject:
    """The ways to rows that belong together."""

    name: str  # what stands above them
    links: tuple[Way, ...]  # words and address of each


@dataclass(frozen=True, slots=True)
class RowsOfComparison:
    """All ways from a comparison's page."""

    subjects: tuple[RowsOfSubject, ...]  # the grids first
    readers: tuple[Way, ...]  # to the pages as readers see them, now and once it is published


def rows_of(comparison: Comparison, newest: int | None) -> RowsOfComparison:
    """Return the ways from a comparison's page to all that belongs to it."""
    pk = comparison.pk
    grids = [(name, admin_address(Comparison, "grid", pk, kind)) for name, kind in GRIDS]
    counts = counts_of_drafts(pk)[pk]
    eye = [
        (words, admin_address(Cell, "changelist", **of_comparison(Cell, pk), **query))
        for words, query in WORK_LISTS
    ]
    by_subject = (_rows(subject, pk, counts) for subject in SUBJECTS)
    return RowsOfComparison(
        (
            RowsOfSubject("As tables", tuple(grids)),
            *(rows for rows in by_subject if rows.links),
            RowsOfSubject("To look at", (*eye, link_to_suggestions(comparison.address))),
        ),
        readers_ways(comparison, newest),
    )


def readers_ways(comparison: Comparison, newest: int | None) -> tuple[Way, ...]:
    """Return the ways to a comparison's page as readers see it: its draft's, and its newest
    release's where there is one.
    """
    ways = [("Preview the draft", Home(comparison.slug, "draft").path)]
    if newest:
        ways.append(("As readers see it", Home(comparison.address).path))
    return tuple(ways)


def of_comparison(kind: type, pk: int) -> dict[str, int]:
    """Return what narrows a list to the rows of one comparison."""
    return {f"{kinds_of_rows()[kind]}__id__exact": pk}


def _rows(subject: Subject, pk: int, counts: Counts) -> RowsOfSubject:
    links = []
    for model in subject.models:
        if model in kinds_of_rows():
            name = str(model._meta.verbose_name_plural).capitalize()
            count = counts.get(model._meta.label, (0, 0, 0))[0]
            address = admin_address(model, "changelist", **of_comparison(model, pk))
            links.append((f"{name} ({count:,})", address))
    return RowsOfSubject(subject.name, tuple(links))
