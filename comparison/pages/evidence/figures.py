"""All figures on a page of their own, and one of them for the page that opens it in place."""

from dataclasses import dataclass

from markupsafe import Markup

from comparison.pages.comparison.figures.entries import FigureEntry, figures_of
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.comparison.matrix.fragments import fragments_of
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.view import View
from comparison.rendering.addresses import Home


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure alone, for the page that opens it in place."""

    home: Home  # where links within the comparison lead
    query: str  # the canonical query of whom the reader trusts
    figure: FigureEntry  # with every test


@dataclass(frozen=True, kw_only=True)
class FiguresPage(Head):
    """Every figure whole."""

    figures: tuple[FigureEntry, ...]  # the most telling first
    prose: Markup | str  # how the editors say they are read; empty where they do not


def figures_page(view: View) -> FiguresPage | None:
    """Return every figure of a view, or None where nobody measured anything."""
    figures = figures_of(view.scored)
    if not figures:
        return None
    prose = fragments_of(view.scored).prose.get("figures", "")
    return FiguresPage(**vars(head_of(view)), figures=figures, prose=prose)


def figure_page(scored: ScoredRelease, slug: str) -> FigurePage | None:
    """Return one figure, or None where there is none of that name."""
    figure = next((one for one in figures_of(scored) if one.slug == slug), None)
    return FigurePage(scored.home, scored.query, figure) if figure else None
