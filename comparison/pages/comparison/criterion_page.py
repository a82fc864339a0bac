"""One criterion: what each option is like on it, in its own words, the best first."""

from dataclasses import dataclass

from comparison.core.scale import ends_in_words
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.matrix.columns import excluded_in
from comparison.pages.comparison.matrix.fragments import CellLine, cell_lines_of
from comparison.pages.view import View


@dataclass(frozen=True, kw_only=True)
class CriterionPage(Head):
    """One row of the matrix, as a page of its own and as a panel beside the matrix."""

    criterion_slug: str  # names the row in an address
    criterion: str  # its name
    is_text: bool  # it is words alone, and never scored
    question: str  # that it asks; empty where none is written
    scale_low: str  # what 0 points mean; empty where nobody has written it
    scale_high: str  # what 10 points mean; the same
    is_logarithmic: bool  # between them the score follows the logarithm
    # one for each option, by score, else in order; unknown scores last, and after them the excluded
    cells: tuple[CellLine, ...]
    excluded: frozenset[str]  # slugs of the options that a must-have excludes


def criterion_page(view: View, criterion_slug: str) -> CriterionPage | None:
    """Return what each option is like on a criterion, or None where there is no such criterion."""
    criterion = view.scored.criteria.get(criterion_slug)
    if criterion is None:
        return None
    cells, ends = cell_lines_of(view.scored, criterion), ends_in_words(criterion)
    excluded = excluded_in(view)
    return CriterionPage(
        **vars(head_of(view)),
        criterion_slug=criterion.slug,
        criterion=criterion.name,
        is_text=not criterion.is_scored,
        question=criterion.question or "",
        scale_low=ends.low,
        scale_high=ends.high,
        is_logarithmic=criterion.is_logarithmic,
        cells=tuple(sorted(cells, key=lambda cell: (cell.option.slug in excluded, cell.place))),
        excluded=excluded,
    )
