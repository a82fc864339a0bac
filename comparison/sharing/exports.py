"""What a reader sees, as files: this very view as CSV, JSON and Markdown, and a whole release as
JSON.

Every figure comes from the page's own record or is shown beside it, so that the rows of a file are
the rows of the page. Refuses to see a request, to decide which rows are shown, and to give a number
that the page does not show.

The addresses are `/<comparison>/-/view.csv`, `.json` and `.md`, with the page's query, and the same
below `/@<release>/`. `/<comparison>/.csv` would hide a file from shells and servers that keep names
with a leading dot to themselves, and `/<comparison>.csv` would leave no place for the release
between name and ending. `-/` is where everything lives that is of the page but no page, `data.json`
already; whoever adds `-/view.csv` to the path keeps path and query as they are. The whole release
is a thing of its own, not a view, so it stands beside the pages: `/<comparison>/release.json`.

CSV is UTF-8 with a byte order mark: without one the most used spreadsheet opens a file in the
system's old code page and spoils every "é" and "–", and `utf-8-sig`, pandas, R and LibreOffice all
leave the mark out again. Records end with CRLF, all have the same number of fields, all fields are
quoted (RFC 4180), and the first field of each says what the record is.
"""

from typing import Any, NamedTuple

from comparison.core.alterations import Alterations
from comparison.core.document.schema import Option
from comparison.core.rounding import number
from comparison.pages import statements
from comparison.pages.comparison.page import ComparisonPage, ResultPage, comparison_page
from comparison.pages.view import View
from comparison.rendering.jinja import render
from comparison.web.comparison_request import ComparisonRequest

# What the headings of an option's second and third column end with. The third ones come last: the
# others keep their places.
POINTS, RESTS_ON = "points", "rests on"


class Cell(NamedTuple):
    """One cell of a row."""

    text: str  # as shown; the words for unknown where there is none
    points: str  # as shown; empty where unknown
    between: tuple[float, float] | None  # an unknown score lies there
    rests_on: tuple[str, ...]  # sources, check; or editors, or nothing: `core/evidence.py`
    known: bool  # the editors give a text
    applies: bool


class Row(NamedTuple):
    """One criterion that the page shows."""

    group: str
    slug: str
    name: str
    on: bool
    # 0..5, kept while the criterion is off; None of words alone, which never count
    importance: float | None
    cells: tuple[Cell, ...]  # one per option shown, in editorial order


class ViewTable(NamedTuple):
    """One comparison under one selection, as every file tells it."""

    request: ComparisonRequest
    page: ComparisonPage
    rows: tuple[Row, ...]  # those that are not hidden by a filter
    recommendation: str  # as sentences
    sources: tuple[statements.SourceLine, ...]

    @property
    def address(self) -> str:
        page = self.page
        return page.home.address_of("comparison", query=page.query, origin=self.request.origin)

    @property
    def release_words(self) -> str:
        page = self.page
        return (
            "Draft"
            if page.draft
            else (
                f"Release {page.release} of {page.published.isoformat()}, by {page.editor}: "
                f"{page.note}"
            )
        )


def table_of(comparison_request: ComparisonRequest) -> ViewTable:
    """Return what a request's page shows, as values. Which rows are shown is the page's
    decision.
    """
    view = comparison_request.view
    page, settings = comparison_page(view), view.settings
    rows = tuple(
        Row(
            group=group.name,
            slug=row.slug,
            name=row.name,
            on=not row.is_text and row.slug not in view.selection.off,
            importance=settings.dormant.get(row.slug, settings.importances.get(row.slug)),
            cells=tuple(_cell(view, row.slug, option.slug) for option in page.options),
        )
        for group in page.matrix.groups
        for row in group.rows
        if not row.hidden
    )
    return ViewTable(
        comparison_request, page, rows, recommendation_words(page), view.scored.sources
    )


def recommendation_words(page: ResultPage) -> str:
    """Return the recommendation as plain sentences on one line. The words are the template's."""
    return " ".join(render("api/recommendation.txt", page=page).unescape().split())


def altered_words(altered: Alterations) -> tuple[str, list[tuple[str, str]]]:
    """Return what a view leaves out and changes: one sentence, and each kind of it with everything
    by name.
    """
    sentence, *lists = render("api/altered.txt", page=altered).unescape().strip("\n").split("\n")
    parted = (line.partition(": ") for line in lists)
    return sentence.strip(), [(heading, names) for heading, _, names in parted]


def altered_tree(altered: Alterations) -> dict[str, Any]:
    """Return what a view leaves out and changes, by slug: whoever passes its numbers on has to say
    so.
    """
    return {
        "sentence": altered_words(altered)[0],
        "options_left_out": [thing.slug for thing in altered.options],
        "arrangements_ranked": [thing.slug for thing in altered.arrangements],
        "sources_not_counted": [thing.slug for thing in altered.sources],
        "editors_scores_left_out": altered.claims_only,
        "criteria_off": [thing.slug for thing in altered.off],
        "importances": [
            {"criterion": move.slug, "usual": move.usual, "now": move.now}
            for move in altered.importances
        ],
        "must_haves_added": [thing.slug for thing in altered.added],
        "must_haves_set_aside": [thing.slug for thing in altered.set_aside],
    }


def note_words(page: ComparisonPage) -> list[str]:
    """Return what could not be used of the address as plain sentences, one for each note. The words
    are the page's.
    """
    return [str(render("api/note.txt", page=note).unescape().strip()) for note in page.notes]


def _cell(view: View, criterion: str, option: str) -> Cell:
    scored = view.scored
    cell = scored.criteria[criterion].cells.get(option)
    return Cell(
        text=cell.text if cell else "Not known",
        points=number(scored.evidence.cells[criterion, option].score),
        between=scored.evidence.cells[criterion, option].bounds,
        rests_on=scored.evidence.cells[criterion, option].rests_on,
        known=cell is not None,
        applies=cell is None or cell.applies,
    )


def facts_of(table: ViewTable) -> list[tuple[Option, tuple[tuple[str, str], ...]]]:
    """Return what is known of each option that the page shows, beside its line; those of which
    nothing is are left out.
    """
    shown = {option.slug for option in table.page.options}
    options = table.request.release.document.options
    return [(option, option.facts) for option in options if option.slug in shown and option.facts]


def about_of(table: ViewTable) -> list[tuple[str, str]]:
    """Return what every table says of itself, by name."""
    page, matrix = table.page, table.page.matrix
    return [
        ("Comparison", page.heading.title),
        ("Recommendation", table.recommendation),
        *altered_words(page.results.altered)[1],
        ("Rows shown", f"{matrix.shown} of {matrix.of}"),
        ("Release", table.release_words),
        ("Address", table.address),
        *([] if page.draft else [("Address of exactly this, for ever", page.share.pinned)]),
        ("Licence", page.heading.licence or "Not stated"),
    ]
