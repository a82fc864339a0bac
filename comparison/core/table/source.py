"""The table itself as the one source of what its cells link to, and of what its footnotes add: a
claim for each such cell, and for each that is too long for the matrix.

What the table does not say of itself (a publisher, an interest, a day) is put down as not given,
never guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comparison.core.table.cells import LONGEST
from comparison.core.table.layout import CriterionLine, Layout
from comparison.core.table.short_names import short_name
from comparison.core.table.table import TableCell

THE_TABLE = "the-table"
VALUES = ("score", "support", "quantity")
LONGEST_STATEMENT = 4000


@dataclass(frozen=True, slots=True)
class About:
    """What an editor says of the comparison and of the table. Empty = not said."""

    slug: str
    read_on: date  # the day on which the table was taken
    title: str = ""
    topic: str = ""
    question: str = ""
    summary: str = ""
    licence: str = ""
    source_title: str = ""
    source_address: str = ""
    publisher: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the fields of the comparison that are known."""
        names = ("slug", "title", "topic", "question", "summary", "licence")
        return {name: value for name in names if (value := getattr(self, name))}


def source_of(
    layout: Layout,
    about: About,
    kept: Sequence[tuple[CriterionLine, dict[str, Any] | None]],
    options: Sequence[str],
) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the source "the table" with a claim for every cell that has a link, a footnote or too
    many words; None where there is neither such a cell nor an address. And what to say of it.

    kept: the lines that are taken, each with its plain criterion; None where it is none.
    """
    claims: list[dict[str, Any]] = []
    unexplained: set[str] = set()
    for line, criterion in kept:
        for option, name, cell in zip(options, layout.options, line.cells, strict=True):
            unexplained |= {mark for mark in cell.marks if mark not in layout.footnotes}
            words = " ".join(_statements(cell, layout.footnotes))
            if words:
                claims.append(
                    _claim(layout, line, criterion, option, name.name, cell, words, len(claims))
                )
    said = [
        f'The mark "{mark}" stands in cells, but the table does not say what it means: left out.'
        for mark in sorted(unexplained)
    ]
    if not claims and not about.source_address:
        return None, said
    source = {
        "slug": THE_TABLE,
        "title": about.source_title or layout.table.name or "The table",
        "publisher": about.publisher or "Not given",
        "publisher_kind": "comparison-site",
        "interest": "None stated",
        "published": "undated",
        "read_on": about.read_on.isoformat(),
    }
    if about.source_address:
        source["address"] = about.source_address
    said.append(
        f'The table is a source, "{source["title"]}", with {len(claims):,} '
        f"{'claim' if len(claims) == 1 else 'claims'} of cells that link, have a footnote or are "
        f'long. Its publisher is "{source["publisher"]}", of the kind comparison site, its '
        "interest not stated, undated: correct that."
    )
    return source | ({"claims": claims} if claims else {}), said


def _statements(cell: TableCell, footnotes: Mapping[str, str]) -> Iterator[str]:
    says = f'The table says "{cell.text}"' if cell.text else "The table says nothing in words"
    if len(cell.text) > LONGEST:
        yield f"The table says: {cell.text}"
    if cell.links:
        addresses = " and ".join(dict.fromkeys(link.address for link in cell.links))
        words = "It links" if len(cell.text) > LONGEST else f"{says} and links"
        yield f"{words} to {addresses}."
    notes = [footnotes[mark] for mark in cell.marks if mark in footnotes]
    if notes:
        words = "It adds" if cell.links or len(cell.text) > LONGEST else f"{says} and adds"
        yield f"{words}: {' '.join(notes)}"


def _claim(
    layout: Layout,
    line: CriterionLine,
    criterion: dict[str, Any] | None,
    option: str,
    name: str,
    cell: TableCell,
    words: str,
    number: int,
) -> dict[str, Any]:
    row, column = (name, line.name) if layout.options_are_rows else (line.name, name)
    plain: dict[str, Any] = criterion["cells"].get(option, {}) if criterion else {}
    value: dict[str, Any] = {kind: plain[kind] for kind in VALUES if kind in plain}
    slug = criterion["slug"] if criterion else short_name(line.name, "line")
    claim = {
        "slug": f"{short_name(f'{slug} {option}', 'cell')[:70].strip('-')}-{number + 1}",
        "option": option,
        "criterion": criterion and slug,
        "statement": words[:LONGEST_STATEMENT],
        **value,
        "place": f'Row "{row}", column "{column}"',
        "form": "table",
    }
    return {name: part for name, part in claim.items() if part is not None}
