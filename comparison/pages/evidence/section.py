"""One subject's page: everything that the sources state on it. Apart from `sections.py`, which the
head of every page is made of.
"""

from dataclasses import dataclass

from markupsafe import Markup

from comparison.pages.comparison import structured_data
from comparison.pages.comparison.head import Head, head_of
from comparison.pages.evidence.sections import Section, sections_of
from comparison.pages.evidence.statement_plots import StatementPlot, plots_of
from comparison.pages.scored_release import ScoredRelease
from comparison.pages.view import View
from comparison.rendering.addresses import Home


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """The statements alone, for the page that opens them in place."""

    home: Home  # where links within the comparison lead
    query: str  # the canonical query of whom the reader trusts
    section: Section  # what is stated
    plots: tuple[StatementPlot, ...]  # of its numbers; none where they cannot be drawn


@dataclass(frozen=True, kw_only=True)
class SectionPage(Head):
    """One subject."""

    section: Section  # what is stated
    plots: tuple[StatementPlot, ...]  # of its numbers; none where they cannot be drawn
    structured: Markup | None  # for search engines: questions and answers; None where none stands


def section_page(view: View, slug: str) -> SectionPage | None:
    """Return the page of a section, or None where nobody states anything on it."""
    section = sections_of(view.scored).get(slug)
    if section is None:
        return None
    has_questions = slug == "questions" and not view.link.draft
    return SectionPage(
        **vars(head_of(view)),
        section=section,
        plots=plots_of(view.scored, slug),
        structured=structured_data.of_questions(view.scored) if has_questions else None,
    )


def statements_page(scored: ScoredRelease, slug: str) -> StatementsPage | None:
    """Return the statements of a section, or None where nobody states anything on it."""
    section = sections_of(scored).get(slug)
    if section is None:
        return None
    return StatementsPage(scored.home, scored.query, section, plots_of(scored, slug))
