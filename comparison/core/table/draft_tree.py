"""A table and an editor's corrections -> the tree of a comparison, and in words all that was
guessed on the way.

The tree may lack what no table holds (a question, reasons, a summary): publishing asks for what a
reader needs. Guesses are plain: whoever reads the list knows what to correct.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from comparison.core.document.schema import Direction, Kind, Scale, to_a_tenth
from comparison.core.table.cells import bare_mark, cell_of
from comparison.core.table.guesses_in_words import said_of_all, said_of_lines, words_read
from comparison.core.table.kinds import (
    KindGuess,
    LineGuess,
    LineKind,
    anchors_of,
    guess_of,
    in_other_units,
    is_total,
    of_options,
    unit_of,
)
from comparison.core.table.layout import CriterionLine, Layout, TableFault, layout_of
from comparison.core.table.option_fields import options_of, says_something
from comparison.core.table.short_names import short_name
from comparison.core.table.source import VALUES, About, source_of
from comparison.core.table.table import Table, TableCell, listed
from comparison.core.table.values.amounts import amount_of
from comparison.core.table.values.answers import Answer, answer_of
from comparison.core.table.values.importances import importances_of

HIGHER = Direction.HIGHER
USUAL_IMPORTANCE = 3.0
# how a link is called that leads to a source and says nothing
_CITATION = re.compile(
    r"src|sources?|refs?|references?|docs?|documentation|links?|here|see|proof|cite|citation|"
    r"manual|web ?site|issue|pr|#?\d{1,6}|https?://\S+",
    re.I,
)
ONE_GROUP = "Criteria"  # where the table has no headings


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """What an editor says of one line instead of what was guessed. None = as guessed."""

    kind: LineKind | None = None
    unit: str | None = None
    direction: Direction | None = None
    anchor_low: float | None = None
    anchor_high: float | None = None
    importance: float | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TableDraft:
    """What a table becomes: a tree to be written as a draft, or the faults that keep it from
    that.
    """

    tree: Mapping[str, Any]
    layout: Layout
    lines: tuple[LineGuess, ...] = ()
    guesses: tuple[str, ...] = ()
    faults: tuple[TableFault, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One table being read. Lives for one call."""

    layout: Layout
    answer: Callable[[str], Answer | None]
    out_of: float  # the largest mark where cells do not say it; 0 = bare numbers are no marks
    guesses: list[str] = field(default_factory=list)
    faults: list[TableFault] = field(default_factory=list)
    # what no line has said of the options yet; a table that says nothing else has criteria of words
    free_fields: set[LineKind] = field(default_factory=set)


def draft_of(
    table: Table,
    about: About,
    corrections: Mapping[str, LineCorrection] | None = None,
    options_are_rows: bool | None = None,
) -> TableDraft:
    """Return the tree that a table becomes. corrections: by slug of the criterion."""
    layout = layout_of(table, options_are_rows)
    if layout.faults:
        return TableDraft({}, layout, faults=tuple(layout.faults))
    layout.criteria = [_with_its_signs(line, layout.footnotes) for line in layout.criteria]
    answer, ticks = _answers_in(layout)
    out_of, marks = _marks_in(layout)
    reading = _Reading(layout, answer, out_of, [*layout.guesses, *ticks, *marks])
    if any(of_options(line) is None and not is_total(line) for line in layout.criteria):
        reading.free_fields = {kind for kind in LineKind if kind.is_of_options}
    slugs = _option_slugs(layout)
    weights = {
        line.number: line.weight
        for line in layout.criteria
        if layout.has_weights and not is_total(line)
    }
    importances = importances_of(weights)
    if importances.of_row:
        reading.guesses.append(f"The weights were read {importances.how}.")
    for row, text in importances.unread.items():
        reading.guesses.append(
            f'Row {row}: "{text}" is no weight, so the importance is {USUAL_IMPORTANCE:g}.'
        )
    names, pairs = _criterion_names(layout), []
    for line, slug in zip(layout.criteria, names, strict=True):
        correction = (corrections or {}).get(slug, LineCorrection())
        importance = importances.of_row.get(line.number, USUAL_IMPORTANCE)
        pairs.append(_criterion(reading, line, slug, slugs, correction, importance))
    faults = reading.faults + _nothing_left(pairs)
    groups = _groups(pairs)
    kept = [
        (line, {**plain, "group": groups[guess.group]})
        for line, (guess, plain) in zip(layout.criteria, pairs, strict=True)
        if guess.guess.kind.is_criterion
    ]
    of_options_themselves = [
        (line, guess.guess.kind)
        for line, (guess, _) in zip(layout.criteria, pairs, strict=True)
        if guess.guess.kind.is_of_options
    ]
    # what is said of the options has links and footnotes, too; a home page is its link
    told: list[tuple[CriterionLine, dict[str, Any] | None]] = [
        (line, None) for line, kind in of_options_themselves if kind is not LineKind.HOME_PAGE
    ]
    tree = {
        **about.fields(),
        "options": list(options_of(layout, slugs, of_options_themselves)),
        "groups": [{"slug": slug, "name": name} for name, slug in groups.items()],
        "criteria": [plain for _, plain in kept],
    }
    source, said = source_of(layout, about, [*kept, *told], slugs)
    if source:
        tree["sources"] = [source]
    lines = tuple(guess for guess, _ in pairs)
    guesses = (
        *reading.guesses,
        *words_read(layout.criteria, lines, answer),
        *said_of_lines(lines),
        *said_of_all(lines),
        *said,
    )
    return TableDraft(tree, layout, lines, guesses, tuple(faults))


def _option_slugs(layout: Layout) -> list[str]:
    slugs: list[str] = []
    for number, option in enumerate(layout.options, 1):
        slugs.append(short_name(option.name, f"option-{number}", slugs))
    return slugs


def _criterion_names(layout: Layout) -> list[str]:
    """Return a slug for every criterion; of those with one name the later have their group's name
    before it.
    """
    slugs: list[str] = []
    for number, line in enumerate(layout.criteria, 1):
        slug = short_name(line.name, f"criterion-{number}")
        if slug in slugs and line.group:
            slug = short_name(f"{line.group} {line.name}", slug)
        slugs.append(short_name(slug, slug, slugs))
    return slugs


def _criterion(
    reading: _Reading,
    line: CriterionLine,
    slug: str,
    options: list[str],
    correction: LineCorrection,
    importance: float,
) -> tuple[LineGuess, dict[str, Any]]:
    """Return what becomes of a line, and the plain criterion without its group."""
    guess = _corrected(_guess(reading, line), line, correction)
    if guess.kind.is_quantity and not guess.unit:
        words = f'"{line.name}" is to be a number, and no unit is written: say it'
        reading.faults.append(TableFault(line.number, words))
    out_of = reading.out_of or _out_of_row(line)
    cells = {
        option: made
        for option, cell in zip(options, line.cells, strict=True)
        if (made := cell_of(line, cell, guess.kind, guess.unit, reading.answer, out_of))
    }
    unit = guess.unit or unit_of(line)
    if others := [f'"{text}"' for text in in_other_units(line, unit)]:
        reading.guesses.append(
            f"{line.name}: no value is taken from {listed(others, 4)}, because the row is in "
            f"{unit} and nothing is converted."
        )
    importance = importance if correction.importance is None else correction.importance
    plain: dict[str, Any] = {"slug": slug, "name": line.name}
    if line.note:
        plain["why"] = line.note
    plain["kind"] = Kind.QUANTITY.value if guess.kind.is_quantity else guess.kind.value
    if guess.kind is not LineKind.TEXT:
        plain["importance"] = _in_tenths(importance)
    if guess.kind.is_quantity:
        plain |= {
            "scale": Scale.LOGARITHMIC.value if guess.kind is LineKind.LOGARITHMIC else None,
            "unit": guess.unit,
            "direction": guess.direction.value if guess.direction else None,
            "anchor_low": guess.anchor_low,
            "anchor_high": guess.anchor_high,
        }
    plain["cells"] = cells
    shown = [cell.text for cell in line.cells if cell.text]
    line_guess = LineGuess(
        slug=slug,
        name=line.name,
        number=line.number,
        guess=guess,
        importance=importance,
        group=(line.group if correction.group is None else correction.group) or ONE_GROUP,
        known=says_something(line, guess.kind) if guess.kind.is_of_options else len(cells),
        valued=sum(any(value in cell for value in VALUES) for cell in cells.values()),
        example=", ".join(text[:40] for text in dict.fromkeys(shown[:30]))[:160],
        unit_written=unit_of(line),
    )
    return line_guess, {name: value for name, value in plain.items() if value is not None}


def _in_tenths(importance: float) -> float:
    """Return an importance as the document takes it; what matters a little does not become
    nothing.
    """
    return max(to_a_tenth(float(importance)), 0.1) if importance > 0 else 0


def _guess(reading: _Reading, line: CriterionLine) -> KindGuess:
    guess = guess_of(line, reading.answer)
    if guess.kind is LineKind.TEXT and (kind := of_options(line)) in reading.free_fields:
        reading.free_fields.discard(kind)
        return KindGuess(kind, "its head says so")
    marks = [bare_mark(cell.text) for cell in line.cells if cell.text]
    is_marks = bool(reading.out_of and marks) and None not in marks
    if is_marks and (guess.kind.is_quantity or guess.kind is LineKind.TEXT):
        return KindGuess(LineKind.RATING, "its cells are marks")
    return guess


def _corrected(guess: KindGuess, line: CriterionLine, correction: LineCorrection) -> KindGuess:
    """Return the guess as an editor corrected it; a quantity gets what it still lacks."""
    kind = correction.kind or guess.kind
    if kind is not guess.kind:
        guess = KindGuess(kind, "an editor said so", guess.unit, guess.direction)
    if not kind.is_quantity:
        return guess
    unit = correction.unit or guess.unit or unit_of(line)
    direction = correction.direction or guess.direction
    low, high = guess.anchor_low, guess.anchor_high
    if unit != guess.unit or direction is not guess.direction or low is None:
        low, high = (direction and anchors_of(line, unit, direction)) or (None, None)
    low = low if correction.anchor_low is None else correction.anchor_low
    high = high if correction.anchor_high is None else correction.anchor_high
    if low is not None and high is not None and (low < high) is not (direction is HIGHER):
        low, high = high, low  # the worse end means 0
    return replace(guess, unit=unit, direction=direction, anchor_low=low, anchor_high=high)


def _with_its_signs(line: CriterionLine, footnotes: Mapping[str, str]) -> CriterionLine:
    """Return the line with what looked like a mark put back where it is part of the words: the
    star of ".aider*" leads to no footnote.
    """

    def whole(given: TableCell) -> TableCell:
        cell = _without_citation(given)
        if not cell.printed or any(mark in footnotes for mark in cell.marks):
            return cell
        is_value = answer_of(cell.text) is not None or amount_of(cell.text) is not None
        return cell if is_value else TableCell(cell.printed, cell.links)

    return replace(line, cells=tuple(whole(cell) for cell in line.cells))


def _without_citation(cell: TableCell) -> TableCell:
    """Return a cell without the words of a link that only name its source: "✖ [src](…)" says no."""
    text = cell.text
    for link in reversed(cell.links):
        bare = text.rstrip(" )]")
        rest = bare.removesuffix(link.words).rstrip(" ([,;:–—-")
        if rest and bare.endswith(link.words) and _CITATION.fullmatch(link.words.strip(" []()")):
            text = rest
    return cell if text == cell.text else TableCell(text, cell.links, cell.marks)


# --- what holds for the whole table ---------------------------------------------------------------


def _answers_in(layout: Layout) -> tuple[Callable[[str], Answer | None], list[str]]:
    """Return what a cell answers in this table, and what to say of "x": a cross where there are
    other signs for yes, else a tick.
    """
    texts = [cell.text for line in layout.criteria for cell in line.cells]
    crosses = sum(text.strip().casefold() == "x" for text in texts)
    if not crosses:
        return answer_of, []
    others = {answer_of(text) for text in texts if text.strip().casefold() != "x"}
    meant = Answer.NO if Answer.YES in others else Answer.YES

    def answer(text: str) -> Answer | None:
        return meant if text.strip().casefold() == "x" else answer_of(text)

    return answer, [f'"x" was read as {meant.value}, {crosses:,} times.']


def _marks_in(layout: Layout) -> tuple[float, list[str]]:
    """Return out of how many the bare numbers of a weighted table are marks, 0 where they are
    none.
    """
    if not layout.has_weights:
        return 0, []
    marks = [bare_mark(cell.text) for line in layout.criteria for cell in line.cells if cell.text]
    known = [mark for mark in marks if mark is not None]
    if len(known) < 0.75 * len(marks) or not known:
        return 0, []
    out_of = 5.0 if max(known) <= 5 else 10.0
    doubled = ", so they were doubled" if out_of == 5 else ""
    return out_of, [f"The numbers were read as marks out of {out_of:g}{doubled}."]


def _out_of_row(line: CriterionLine) -> float:
    marks = [mark for cell in line.cells if (mark := bare_mark(cell.text)) is not None]
    return 5.0 if marks and max(marks) <= 5 else 10.0


def _groups(pairs: list[tuple[LineGuess, dict[str, Any]]]) -> dict[str, str]:
    """Return the slug of every group's name, in the order of the table."""
    groups: dict[str, str] = {}
    for guess, _ in pairs:
        if guess.guess.kind.is_criterion and guess.group not in groups:
            slug = short_name(guess.group, f"group-{len(groups) + 1}", groups.values())
            groups[guess.group] = slug
    return groups


def _nothing_left(pairs: list[tuple[LineGuess, dict[str, Any]]]) -> list[TableFault]:
    if any(guess.guess.kind.is_criterion for guess, _ in pairs):
        return []
    return [TableFault(0, "every criterion is left out: keep at least one")]
