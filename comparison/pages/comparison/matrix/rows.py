"""The matrix as rows in groups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from comparison.core.document.schema import Criterion
from comparison.core.selection import layer_below, spell
from comparison.pages.comparison.matrix.columns import (
    Columns,
    columns_of,
    excluded_in,
    roles_of,
)
from comparison.pages.comparison.matrix.fragments import (
    LEFT_OUT,
    Fragments,
    fill_in,
    fragments_of,
)
from comparison.pages.comparison.matrix.parts import GroupSum, group_sums
from comparison.pages.comparison.matrix.shown_rows import address_of_every_row, hidden_rows
from comparison.pages.evidence.search import places_outside_the_table
from comparison.pages.option_marks import INK
from comparison.pages.view import View
from comparison.rendering.addresses import joined


class MatrixRow(NamedTuple):
    """A criterion's row. What does not depend on the selection comes as markup, rendered once a
    release.
    """

    slug: str  # of the criterion
    name: str  # of the criterion
    is_text: bool  # it is words alone: nothing switches it on or weighs it
    toggle: Markup  # its name, and whether it is switched on; empty of words alone
    # what holds of it: text-row (words alone), off (it does not count), changed (another importance
    # than the preset), switched (off by the reader, among others that count), unsettled (its
    # dispute could move the result), muted (it could, were all sources counted)
    look: str
    hidden: bool  # by a filter
    preset: float  # importance before the reader's own settings; 0 of words alone
    sorts: bool  # the columns are sorted by it
    ruler: Markup  # what sets its importance; empty of words alone
    cells: Markup  # one for each option that has a column; empty where the row is hidden


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A group of rows under its heading."""

    slug: str  # the place on the page
    name: str  # as readers are told it
    counted: int  # rows that count towards the result
    of: int  # rows that can count; 0 where all are words alone
    on: bool  # some criterion of it is not switched off
    hidden: bool  # no row of it is shown
    sum: GroupSum | None  # what it gives to the margin; None where there is none
    rows: tuple[MatrixRow, ...]  # in editorial order


@dataclass(frozen=True, slots=True)
class Matrix:
    groups: tuple[MatrixGroup, ...]  # in editorial order
    shown: int  # rows not hidden by a filter
    of: int  # rows there are
    columns: Columns | None  # of more options than fit side by side in editorial order
    every: str  # the page's address with every row
    elsewhere: int  # places outside the table that hold the words of the reader's search
    search: str  # the address that lists them


def matrix_of(view: View) -> Matrix:
    """Return the rows that a view shows, and those that its filters hide."""
    scored, document, selection = view.scored, view.scored.document, view.selection
    hidden = hidden_rows(view)
    columns = columns_of(view) if scored.wide else None
    looks = (roles_of(view) if columns else {}) | dict.fromkeys(excluded_in(view), "out")
    fragments = fragments_of(scored)
    usual = layer_below(document, view.settings.use_case).importances
    sums = {sum.group: sum for sum in group_sums(view)}
    groups = []
    for group in document.groups:
        members = [c for c in document.criteria if c.group == group.slug]
        rows = tuple(
            _row(
                view,
                fragments,
                criterion,
                usual.get(criterion.slug, 0),
                None
                if criterion.slug in hidden
                else _in_columns(fragments.cells(criterion.slug), columns, looks),
            )
            for criterion in members
        )
        if rows:
            groups.append(
                MatrixGroup(
                    slug=group.slug,
                    name=group.name,
                    counted=sum(view.settings.importances.get(c.slug, 0) > 0 for c in members),
                    of=sum(c.is_scored for c in members),
                    on=any(not (row.is_text or row.slug in view.selection.off) for row in rows),
                    hidden=all(row.hidden for row in rows),
                    sum=sums.get(group.slug),
                    rows=rows,
                )
            )
    return Matrix(
        groups=tuple(groups),
        shown=len(scored.criteria) - len(hidden),
        of=len(scored.criteria),
        columns=columns,
        every=address_of_every_row(view),
        elsewhere=places_outside_the_table(scored, selection.q),
        search=_search_address(view),
    )


def _search_address(view: View) -> str:
    kept = spell(view.scored.document, replace(view.selection, q=""))
    words = f"find={quote(view.selection.q, safe='')}"
    return view.scored.home.address_of("search", query=joined(kept, words))


def _row(
    view: View, fragments: Fragments, criterion: Criterion, preset: float, cells: str | None
) -> MatrixRow:
    """Return a criterion's row. cells: with places for the query; None where it is hidden."""
    slug = criterion.slug
    filled = Markup() if cells is None else fill_in(cells, view.query)
    if not criterion.is_scored:
        return MatrixRow(
            slug=slug,
            name=criterion.name,
            is_text=True,
            toggle=Markup(),
            look="text-row",
            hidden=cells is None,
            preset=preset,
            sorts=False,
            ruler=Markup(),
            cells=filled,
        )
    dispute = view.scored.evidence.disputes.get(slug, "")
    importance = view.settings.dormant.get(slug, view.settings.importances[slug])
    return MatrixRow(
        slug=slug,
        name=criterion.name,
        is_text=False,
        toggle=fragments.toggle(
            slug,
            LEFT_OUT if slug in view.muted_disputes else dispute,
            on=slug not in view.selection.off,
        ),
        look=_look(view, slug),
        hidden=cells is None,
        preset=preset,
        sorts=slug == view.selection.by,
        ruler=fragments.ruler(slug, importance, preset),
        cells=filled,
    )


def _in_columns(cells: dict[str, Markup], columns: Columns | None, looks: Mapping[str, str]) -> str:
    """Return a row's cells in the order of the columns, marked as these are: of many leader and
    rival in colour, and in ink who stands against another of its colour. looks: what marks the
    cells of an option: out, leader, rival.
    """
    marked = cells | {
        option: str.replace(cells[option], 'class="', f'class="{look} ', 1)
        for option, look in looks.items()
    }
    if columns is None:
        return "".join(marked.values())
    return "".join(
        [
            marked[option.slug]
            if option.slot == (slot := INK if option.key else option.own)
            else str.replace(marked[option.slug], f"mark mark-{slot}", f"mark mark-{option.slot}")
            for option, *_ in columns.shown
        ]
    )


def _look(view: View, slug: str) -> str:
    holds = {
        "off": not view.settings.importances[slug],
        "changed": slug in view.selection.importances,
        "switched": slug in view.selection.off
        and slug not in view.selection.importances
        and not view.altered.alone,
        "unsettled": slug in view.unsettled,
        "muted": slug in view.muted_disputes,
    }
    return " ".join(name for name, is_so in holds.items() if is_so)
