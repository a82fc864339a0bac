"""What was guessed of a table's lines, in sentences for whoever may have to correct it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from comparison.core.table.kinds import LineGuess, LineKind, Reader
from comparison.core.table.layout import CriterionLine
from comparison.core.table.table import listed
from comparison.core.table.values.answers import Answer


def words_read(
    criteria: Sequence[CriterionLine], lines: Sequence[LineGuess], read: Reader
) -> Iterator[str]:
    """Yield which words were read as yes, partly, no and as saying nothing, the most frequent
    first. A "yes" in a line of words is a word.
    """
    always = (Answer.DOES_NOT_APPLY, Answer.UNKNOWN)
    words: dict[Answer, Counter[str]] = {answer: Counter() for answer in Answer}
    for line, guess in zip(criteria, lines, strict=True):
        for cell in line.cells:
            answer = read(cell.text)
            is_value = guess.guess.kind is LineKind.SUPPORT or answer in always
            if answer is not None and is_value and cell.text:
                words[answer][cell.text if len(cell.text) <= 30 else f"{cell.text[:29]}…"] += 1
    titles = {
        Answer.YES: "Read as yes",
        Answer.PARTLY: "Read as partly",
        Answer.NO: "Read as no",
        Answer.DOES_NOT_APPLY: "Read as does not apply",
        Answer.UNKNOWN: "Left unknown",
    }
    for answer, counted in words.items():
        if counted:
            most = [f'"{word}" ({times:,})' for word, times in counted.most_common()]
            yield f"{titles[answer]}: {listed(most, 12)}."


def said_of_lines(lines: Sequence[LineGuess]) -> Iterator[str]:
    """Yield what each line becomes and why, with the scale of a quantity."""
    for line in lines:
        guess = line.guess
        kind = guess.kind.value.replace("-", " ")
        whose = " of the options" if guess.kind.is_of_options else ""
        words = f"{line.name}: {kind}{whose}, because {guess.reason}"
        if guess.kind.is_quantity and guess.direction:
            words += (
                f"; in {guess.unit}, {guess.direction.value.replace('-', ' ')}, "
                f"{_number(guess.anchor_low)} means 0 and {_number(guess.anchor_high)} means 10"
            )
        elif guess.kind is LineKind.TEXT and guess.unit:
            words += f" (unit: {guess.unit})"
        silent = line.known - line.valued
        if silent and guess.kind.is_criterion and guess.kind is not LineKind.TEXT:
            words += f"; {silent:,} of {line.known:,} cells have words and no value"
        yield f"{words}."


def said_of_all(lines: Sequence[LineGuess]) -> list[str]:
    """Return what to say where no line has a score to compare by."""
    if any(line.valued for line in lines):
        return []
    return [
        "No criterion has scores: readers see the table and no recommendation. Say of which "
        "numbers more or less is better, or score the words."
    ]


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"
