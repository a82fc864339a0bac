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
from comparison.pages.scored_release import ScoredRelease
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


def _totals(scored: ScoredRelease, verdict: Decision) -> tuple[Total, ...]:
    shown = scores_shown(verdict)
    excluded = {option.option for option in verdict.options if option.state == "excluded"}
    return tuple(
        Total(option, shown[option.slug] or "–", option.slug in excluded)
        for option in scored.option_names
    )


def _matrix(
    scored: ScoredRelease, selection: Selection, asked: Asked, below: Mapping[str, int]
) -> Matrix:
    words = selection.q.casefold().split()
    query = spell(scored.document, selection)
    hidden = {
        slug
        for slug in scored.criteria
        if (selection.show == DIFFERENCES and slug in scored.agreeing)
        or not all(word in scored.texts[slug] for word in words)
    }
    groups = []
    for group in scored.document.groups:
        members = [c for c in scored.document.criteria if c.group == group.slug]
        rows = tuple(
            MatrixRow(
                slug=c.slug,
                name=c.name,
                dispute=scored.evidence.disputes.get(c.slug, ""),
                on=c.slug not in selection.off,
                hidden=c.slug in hidden,
                preset=below[c.slug],
                ruler=scored.ruler(c.slug, asked.dormant.get(c.slug, asked.weights[c.slug])),
                cells=_with_query(scored.cells[c.slug], query),
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
    total = len(scored.criteria)
    unfiltered = spell(scored.document, replace(selection, q="", show=None))
    return Matrix(
        groups=tuple(groups),
        shown=total - len(hidden),
        of=total,
        wide=scored.wide,
        unfiltered=scored.base + ("?" + unfiltered if unfiltered else ""),
    )
