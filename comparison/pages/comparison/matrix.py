"""The matrix as rows in groups, and the totals under it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from comparison.core.decision import Decision
from comparison.core.selection import (
    DIFFERENCES,
    Selection,
    spell,
)
from comparison.core.selection import Settings as Asked
from comparison.pages.comparison.fragments import _with_query
from comparison.pages.option_marks import OptionName
from comparison.pages.scored_release import Reading
from comparison.pages.standing import scores_shown


class Total(NamedTuple):
    """One option's overall score under the matrix."""

    option: OptionName
    score: str  # "–" where there is none
    excluded: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A criterion's row. What does not depend on the selection comes as markup, rendered once a
    release.
    """

    slug: str
    name: str
    dispute: str  # the kind of disagreement; empty without one
    on: bool
    hidden: bool  # by a filter
    preset: int  # importance before the reader's own settings
    ruler: Markup
    cells: Markup


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A group of rows under its heading."""

    slug: str
    name: str
    counted: int  # rows that count towards the result
    on: bool
    hidden: bool
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    groups: tuple[MatrixGroup, ...]
    shown: int  # rows not hidden by a filter
    of: int
    wide: bool
    unfiltered: str  # the page's address without search and filter


def _totals(reading: Reading, verdict: Decision) -> tuple[Total, ...]:
    shown = scores_shown(verdict)
    excluded = {option.option for option in verdict.options if option.state == "excluded"}
    return tuple(
        Total(option, shown[option.slug] or "–", option.slug in excluded)
        for option in reading.option_names
    )


def _matrix(
    reading: Reading, selection: Selection, asked: Asked, below: Mapping[str, int]
) -> Matrix:
    words = selection.q.casefold().split()
    query = spell(reading.document, selection)
    hidden = {
        slug
        for slug in reading.criteria
        if (selection.show == DIFFERENCES and slug in reading.agreeing)
        or not all(word in reading.texts[slug] for word in words)
    }
    groups = []
    for group in reading.document.groups:
        members = [c for c in reading.document.criteria if c.group == group.slug]
        rows = tuple(
            MatrixRow(
                slug=c.slug,
                name=c.name,
                dispute=reading.evidence.disputes.get(c.slug, ""),
                on=c.slug not in selection.off,
                hidden=c.slug in hidden,
                preset=below[c.slug],
                ruler=reading.ruler(c.slug, asked.dormant.get(c.slug, asked.weights[c.slug])),
                cells=_with_query(reading.cells[c.slug], query),
            )
            for c in members
        )
        if rows:
            groups.append(
                MatrixGroup(
                    slug=group.slug,
                    name=group.name,
                    counted=sum(asked.weights[c.slug] > 0 for c in members),
                    on=any(row.on for row in rows),
                    hidden=all(row.hidden for row in rows),
                    rows=rows,
                )
            )
    total = len(reading.criteria)
    unfiltered = spell(reading.document, replace(selection, q="", show=None))
    return Matrix(
        groups=tuple(groups),
        shown=total - len(hidden),
        of=total,
        wide=reading.wide,
        unfiltered=reading.base + ("?" + unfiltered if unfiltered else ""),
    )
