"""What a table says of its options themselves: a line, a home page, a version, a licence, a status
and tags, each from the line of the table that has it, the home page also from the link of a name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from comparison.core.table.cells import shortened
from comparison.core.table.kinds import LineKind
from comparison.core.table.layout import CriterionLine, Layout
from comparison.core.table.table import TableCell
from comparison.core.table.values.answers import Answer, answer_of

MOST_TAGS, LONGEST_TAG = 20, 40
_FIELD = {
    LineKind.LINE: "line",
    LineKind.HOME_PAGE: "home_page",
    LineKind.VERSION: "compared_version",
    LineKind.LICENCE: "licence",
    LineKind.STATUS: "status",
    LineKind.TAGS: "tags",
}


def options_of(
    layout: Layout, slugs: Sequence[str], lines: Sequence[tuple[CriterionLine, LineKind]]
) -> Iterator[dict[str, Any]]:
    """Yield every option as a plain one. lines: those that say something of the options; of two of
    a kind the first counts.
    """
    for place, (slug, option) in enumerate(zip(slugs, layout.options, strict=True)):
        plain: dict[str, Any] = {"slug": slug, "name": option.name}
        if option.address:
            plain["home_page"] = option.address
        for line, kind in reversed(lines):
            if (value := _value(line.cells[place], kind)) is not None:
                plain[_FIELD[kind]] = value
        yield plain


def says_something(line: CriterionLine, kind: LineKind) -> int:
    """Return of how many options a line says something."""
    return sum(_value(cell, kind) is not None for cell in line.cells)


def _value(cell: TableCell, kind: LineKind) -> Any:
    if kind is LineKind.HOME_PAGE:
        return cell.links[0].address if cell.links else None
    if answer_of(cell.text) in (Answer.UNKNOWN, Answer.DOES_NOT_APPLY):
        return None
    if kind is LineKind.TAGS:
        words = [tag.strip() for tag in re.split(r"[,;/]", cell.text)]
        tags = list(dict.fromkeys(tag for tag in words if tag and len(tag) <= LONGEST_TAG))
        return tags[:MOST_TAGS] or None
    return shortened(cell.text)
