"""Whether the options of a table are its columns or its rows: a guess, with the reason for it.

Looks at what heads the first column, at links (options have home pages), and at which lines hold
cells of one kind (a criterion's do). Where nothing speaks for either, the options are the columns.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparison.core.table.table import Table, TableCell
from comparison.core.table.values.amounts import amount_of, rating_of
from comparison.core.table.values.answers import Answer, answer_of

_OF_CRITERIA = (
    "feature features criterion criteria property properties capability capabilities aspect "
    "aspects attribute attributes functionality function functions requirement requirements "
    "metric metrics factor factors characteristic characteristics parameter category "
    "dimension dimensions specification spec specs item evaluation support"
)
_OF_OPTIONS = (
    "name tool tools product products option options project projects library libraries framework "
    "frameworks model models language languages software package packages provider providers "
    "service services vendor vendors editor editors client clients app apps application "
    "applications system systems platform platforms solution solutions engine engines server "
    "servers database databases distribution distro browser browsers plan plans company host "
    "board boards device devices manager managers implementation method benchmark repository "
    "repo crate module plugin program programs alternative alternatives candidate title "
    "runtime format algorithm dataset site website"
)
OF_CRITERIA, OF_OPTIONS = frozenset(_OF_CRITERIA.split()), frozenset(_OF_OPTIONS.split())
WEIGHTS = frozenset(
    {"weight", "weights", "weighting", "importance", "priority", "weight (%)", "weight %"}
)
NEARLY_EVEN = 0.06  # of a share; a smaller difference says nothing


class Orientation(NamedTuple):
    """Whether the options are the rows, and what speaks for it."""

    options_are_rows: bool
    reason: str


def orientation_of(table: Table) -> Orientation:
    """Return how the table lies, and why that is thought."""
    head, body = table.rows[0].cells, [row.cells for row in table.rows[1:] if not row.is_heading]
    corner = folded(head[0].text)
    if any(folded(cell.text) in WEIGHTS for cell in head[1:]):
        return Orientation(False, "a column of weights belongs to criteria")
    if _speaks_of(corner, OF_OPTIONS):
        return Orientation(True, f'the first column is headed "{head[0].text}"')
    if _speaks_of(corner, OF_CRITERIA):
        return Orientation(False, f'the first column is headed "{head[0].text}"')
    across = sum(bool(cell.links) for cell in head[1:])
    down = sum(bool(cells[0].links) for cells in body)
    if down * 2 > len(body) and across * 2 <= len(head) - 1:
        return Orientation(True, "the heads of the rows are links, as names of options are")
    if across * 2 > len(head) - 1 and down * 2 <= len(body):
        return Orientation(False, "the heads of the columns are links, as names of options are")
    by_row = _evenness(cells[1:] for cells in body)
    by_column = _evenness(zip(*(cells[1:] for cells in body), strict=True))
    if by_column > by_row + NEARLY_EVEN:
        return Orientation(True, "each column holds cells of one kind, as criteria do")
    if by_row > by_column + NEARLY_EVEN:
        return Orientation(False, "each row holds cells of one kind, as criteria do")
    return Orientation(False, "nothing speaks for the rows")


def folded(text: str) -> str:
    """Return a head in small letters, with single spaces and without what only dresses it."""
    return " ".join(text.casefold().split()).strip(" :*_#")


def _speaks_of(corner: str, words: frozenset[str]) -> bool:
    """Say whether a head is such a word, alone or as the last of a few ("Feature / Tool" is of
    both, so of none).
    """
    others = OF_OPTIONS | OF_CRITERIA
    said = [word for word in corner.replace("/", " ").replace("(s)", "s").split() if word in others]
    return bool(said) and all(word in words for word in said) and len(corner.split()) <= 3


def _evenness(lines: Iterable[Sequence[TableCell]]) -> float:
    """Return how much of each line is of one kind, on average: 1 where every line is."""
    shares = []
    for line in lines:
        kinds = Counter(kind for cell in line if (kind := _kind(cell.text)))
        if kinds:
            shares.append(max(kinds.values()) / sum(kinds.values()))
    return sum(shares) / len(shares) if shares else 0.0


def _kind(text: str) -> str:
    answer = answer_of(text)
    if answer is not None:
        return "" if answer in (Answer.UNKNOWN, Answer.DOES_NOT_APPLY) else "answer"
    if rating_of(text) is not None:
        return "rating"
    amount = amount_of(text)
    return f"amount {amount.unit.casefold()}" if amount else "words"
