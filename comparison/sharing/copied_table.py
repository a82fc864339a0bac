"""What counts in a view as one table, to paste into a slide, a document or a pull request: options
side by side, in each cell the score and the editors' own words, the overall scores below.

Filters hide rows of the page, not of this table. Refuses to drop an option without saying so: the
table knows how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comparison.core.rounding import number, span
from comparison.pages.comparison.matrix.columns import (
    MOST_WITH_WORDS,
    columns_of,
    overall_scores_of,
)
from comparison.pages.option_marks import OptionName
from comparison.pages.view import View
from comparison.sharing.markdown_file import as_text

NOT_KNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """An option on a criterion."""

    score: str  # as shown; the bounds of an unknown one; empty where there is neither
    text: str  # the editors' words


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """A criterion that counts."""

    name: str  # of the criterion
    importance: float  # above 0, to 5
    cells: tuple[CopiedCell, ...]  # one for each option of the table


@dataclass(frozen=True, slots=True)
class CopiedGroup:
    """Criteria that count, under the heading that they have on the page."""

    name: str  # of the group
    rows: tuple[CopiedRow, ...]  # in editorial order


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """What counts in a view."""

    options: tuple[OptionName, ...]  # in editorial order; where there are many, the best first
    of: int  # options that are compared
    groups: tuple[CopiedGroup, ...]  # those in which something counts
    overall_scores: tuple[str, ...]  # the overall score of each option; "–" where there is none


def copied_table(view: View) -> CopiedTable:
    """Return what counts in a view, of as many options as have their words in the page's table."""
    scored, named = view.scored, view.scored.option_names
    options = (
        tuple([column.option for column in columns_of(view).shown[:MOST_WITH_WORDS]])
        if scored.wide
        else named
    )
    scores = {
        overall.option.slug: overall.score + (" (excluded)" if overall.excluded else "")
        for overall in overall_scores_of(view)
    }
    groups = [
        CopiedGroup(
            group.name,
            tuple(
                CopiedRow(
                    criterion.name,
                    view.settings.importances[criterion.slug],
                    tuple([_cell(view, criterion.slug, option.slug) for option in options]),
                )
                for criterion in scored.document.scored_criteria
                if criterion.group == group.slug and view.settings.importances[criterion.slug]
            ),
        )
        for group in scored.document.groups
    ]
    return CopiedTable(
        options=options,
        of=len(named),
        groups=tuple([group for group in groups if group.rows]),
        overall_scores=tuple([scores[option.slug] for option in options]),
    )


def _cell(view: View, criterion: str, option: str) -> CopiedCell:
    evidence = view.scored.evidence
    cell = view.scored.criteria[criterion].cells.get(option)
    known = number(evidence.scores[option][criterion])
    return CopiedCell(
        known or span(evidence.cells[criterion, option].bounds), cell.text if cell else NOT_KNOWN
    )


def as_markdown(table: CopiedTable) -> str:
    """Return the table in Markdown. Nothing that an editor wrote is a tag, a link or a column."""
    columns = ["Criterion", "Importance", *[as_text(option.name) for option in table.options]]
    lines = [columns, ["---", "---:", *["---"] * len(table.options)]]
    for group in table.groups:
        lines.append([f"**{as_text(group.name)}**", "", *[""] * len(table.options)])
        lines += [
            [as_text(row.name), str(row.importance), *[_in_line(cell) for cell in row.cells]]
            for row in group.rows
        ]
    lines.append(["**Overall score**", "", *[f"**{score}**" for score in table.overall_scores]])
    return "".join(_line(cells) for cells in lines)


def _in_line(cell: CopiedCell) -> str:
    text = as_text(cell.text)
    return f"**{cell.score}** {text}" if cell.score else text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
