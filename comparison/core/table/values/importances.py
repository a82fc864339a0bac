"""A column of weights as importances from 0 to 5: percent, parts of 1, 0 to 5, 1 to 10, words.

Only the proportions between weights mean anything, so whatever is not from 0 to 5 already is
measured against the largest of them. Says how it read them; refuses what it cannot read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

WORDS = {
    "critical": 5.0, "essential": 5.0, "must": 5.0, "must have": 5.0, "must-have": 5.0,
    "very high": 5.0, "highest": 5.0, "high": 4.0, "important": 4.0, "should": 4.0,
    "medium": 3.0, "med": 3.0, "mid": 3.0, "moderate": 3.0, "normal": 3.0, "average": 3.0,
    "could": 2.0, "low": 2.0, "minor": 1.0, "very low": 1.0, "lowest": 1.0, "nice to have": 1.0,
    "nice-to-have": 1.0, "none": 0.0, "ignore": 0.0, "irrelevant": 0.0,
}  # fmt: skip
LARGEST = 5.0
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%|x|/\s*(?:5|10|100))?")


@dataclass(frozen=True, slots=True)
class Importances:
    """What a column of weights was read as."""

    of_row: Mapping[int, float]  # the row's number -> its importance, in steps of a tenth
    how: str  # they were read, in words
    unread: Mapping[int, str]  # the row's number -> what stands there and is no weight


def importances_of(weights: Mapping[int, str]) -> Importances:
    """Return the importance of every row that has a weight. Empty cells are passed over."""
    numbers: dict[int, float] = {}
    words: dict[int, float] = {}
    unread: dict[int, str] = {}
    percent = False
    for row, text in weights.items():
        bare = " ".join(text.casefold().split()).strip("*_ ")
        if (number := _NUMBER.fullmatch(bare)) is not None:
            numbers[row] = float(number[1].replace(",", "."))
            percent |= number[2] == "%"
        elif bare in WORDS:
            words[row] = WORDS[bare]
        elif bare:
            unread[row] = text
    if numbers and words:
        unread |= {row: weights[row] for row in words}
        words = {}
    read, how = _scaled(numbers, percent) if numbers else (words, _of_words(weights, words))
    return Importances({row: round(value, 1) for row, value in read.items()}, how, unread)


def _scaled(numbers: dict[int, float], percent: bool) -> tuple[dict[int, float], str]:
    largest = max(numbers.values())
    if not largest:
        return numbers, "as they are"
    if not percent and 1 < largest <= LARGEST:
        return numbers, "as they are, from 0 to 5"
    if not percent and LARGEST < largest <= 10:
        return {row: value / 2 for row, value in numbers.items()}, "from 0 to 10, so halved"
    kind = "percent" if percent else "parts of 1" if largest <= 1 else "parts of a whole"
    scaled = {row: value * LARGEST / largest for row, value in numbers.items()}
    return scaled, f"as {kind}, so that the largest, {largest:g}{'%' * percent}, is 5"


def _of_words(weights: Mapping[int, str], words: dict[int, float]) -> str:
    used = {" ".join(weights[row].split()): f"{value:g}" for row, value in words.items()}
    return "by words: " + ", ".join(f"{word} is {value}" for word, value in used.items())
