"""What kind of criterion a line of a table is, from what its cells say: yes and no, numbers with a
unit, marks out of ten, or words.

A guess says why. A line of numbers of which nobody can know which way better is stays words: it is
shown and not scored until somebody says so.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comparison.core.document.schema import Direction
from comparison.core.spelling.units import factors, known
from comparison.core.table.layout import CriterionLine
from comparison.core.table.values.amounts import FREE, Amount, amount_of, rating_of
from comparison.core.table.values.answers import Answer, answer_of
from comparison.core.table.values.directions import direction_of

MOST = 0.75  # of what is known; so much of a line makes it of a kind
MANY = 0.6  # numbers of one unit need not be so many: sources leave some out, or say it in words
MANY_TIMES = 100  # where the largest is so many times the smallest, a straight scale shows only it
_NO_AMOUNT = re.compile(
    r"\b(?:version|versions|release|released|date|year|founded|since|port|ports|updated|last|"
    r"latest|created|born|id|rfc|phone|licen[cs]e|python|java|php|node)\b",
    re.I,
)
_TOTAL = re.compile(
    r"(?:weighted |overall |grand |final )?(?:total|totals|sum|weighted score|rank|ranking|"
    r"weighted|score total|result)(?: score| points| \(.*\))?",
    re.I,
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]\s*$")
# a head that counts things is their unit: "Stars", "Open issues", "Lines of code"; money is none
_COUNTED = re.compile(
    r"(?:[\w-]+ ){0,2}(?!(?:price|cost|fee|charge|rate|wage|sale|saving|loss|revenue|expense|"
    r"earning|emission|axi|basi|analysi|radiu|statu)e?s\b)"
    r"[^\W\d]+[^\W\dsui]s(?: (?:of|per) [\w ]+)?",
    re.I,
)
_CURRENCY = re.compile(r"[$€£¥₹₩₽]|\b(?:USD|EUR|GBP|INR|CHF|JPY)\b")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?!\d)|\d\.\d{3},\d")


class LineKind(StrEnum):
    """What becomes of a line of a table."""

    SUPPORT = "support"
    QUANTITY = "quantity"
    LOGARITHMIC = "logarithmic"  # a quantity whose score follows its logarithm
    RATING = "rating"
    TEXT = "text"
    LEFT_OUT = "left-out"
    # what is said of the options themselves, and is no criterion
    LINE = "line"
    HOME_PAGE = "home-page"
    VERSION = "version"
    LICENCE = "licence"
    STATUS = "status"
    TAGS = "tags"

    @property
    def is_quantity(self) -> bool:
        """It is a number with a unit, whatever its scale."""
        return self in (LineKind.QUANTITY, LineKind.LOGARITHMIC)

    @property
    def is_of_options(self) -> bool:
        """It is said of the options themselves."""
        return self in _OF_OPTIONS

    @property
    def is_criterion(self) -> bool:
        """It becomes a criterion."""
        return self is not LineKind.LEFT_OUT and not self.is_of_options


_OF_OPTIONS = {
    LineKind.LINE: r"description|short description|summary|tagline|about|in one line",
    LineKind.HOME_PAGE: r"home ?page|web ?site|url|link|site|project page",
    LineKind.VERSION: r"(?:latest |current |tested |compared |last |reviewed )*version(?: \(.*\))?",
    LineKind.LICENCE: r"licen[cs]es?(?: type)?",
    LineKind.STATUS: r"(?:project |maintenance |development )?status|maintenance",
    LineKind.TAGS: r"tags?|categor(?:y|ies)|type",
}


@dataclass(frozen=True, slots=True)
class KindGuess:
    """What kind a line is thought to be, and what a quantity needs."""

    kind: LineKind
    reason: str
    unit: str = ""
    direction: Direction | None = None
    anchor_low: float | None = None  # means 0
    anchor_high: float | None = None  # means 10


@dataclass(frozen=True, slots=True)
class LineGuess:
    """One line as it becomes a criterion, or something that is said of the options."""

    slug: str  # of the criterion
    name: str  # of the criterion
    number: int  # of its row in the file; of its column, where options are rows
    guess: KindGuess
    importance: float
    group: str
    known: int  # cells that say something
    valued: int  # cells that have a value
    example: str  # the first cells, so that the kind can be judged
    unit_written: str  # of its numbers, whatever its kind; "" where there is none

    @property
    def is_doubtful(self) -> bool:
        """An editor may know what the table does not say: which way better is or in what, or what
        words of a scored line are worth.
        """
        kind, lacks = self.guess.kind, self.known > self.valued
        if kind is LineKind.TEXT:
            return bool(self.guess.unit or self.guess.direction)
        return kind.is_criterion and lacks


Reader = Callable[[str], Answer | None]


def guess_of(line: CriterionLine, answer: Reader = answer_of) -> KindGuess:
    """Return what kind a line is thought to be. answer: what a cell answers in this table."""
    if is_total(line):
        return KindGuess(LineKind.LEFT_OUT, "the site adds up itself")
    texts = [cell.text for cell in line.cells]
    read = [answer(text) for text in texts]
    ignored = (Answer.UNKNOWN, Answer.DOES_NOT_APPLY)
    heard = [text for text, one in zip(texts, read, strict=True) if one not in ignored]
    if not heard:
        return KindGuess(LineKind.TEXT, "nothing is known of any option")
    if sum(one is not None and one not in ignored for one in read) >= MOST * len(heard):
        return KindGuess(LineKind.SUPPORT, "its cells say yes, no or the like")
    if sum(rating_of(text) is not None for text in heard) >= MOST * len(heard):
        return KindGuess(LineKind.RATING, "its cells are marks")
    return _of_amounts(line, heard)


def of_options(line: CriterionLine) -> LineKind | None:
    """Return what a line of words says of the options themselves, as its head has it; None where it
    is a criterion like any other. A home page needs an address in most cells.
    """
    name = line.name.strip(" :*_")
    for kind, pattern in _OF_OPTIONS.items():
        if re.fullmatch(pattern, name, re.I):
            filled = [cell for cell in line.cells if not cell.is_empty]
            linked = sum(bool(cell.links) for cell in filled)
            return None if kind is LineKind.HOME_PAGE and linked * 2 < len(filled) else kind
    return None


def is_total(line: CriterionLine) -> bool:
    """Say whether a line adds up the others."""
    return _TOTAL.fullmatch(line.name.strip()) is not None


def _of_amounts(line: CriterionLine, heard: Sequence[str]) -> KindGuess:
    unit = unit_of(line)
    amounts = [one for text in heard if (one := amount_in(text, unit, line.unit))]
    if len(amounts) < MANY * len(heard) or not any(one.form != "verbal" for one in amounts):
        return KindGuess(LineKind.TEXT, "its cells are words")
    if _NO_AMOUNT.search(line.name) or _are_years(amounts):
        return KindGuess(LineKind.TEXT, "its numbers name something and measure nothing")
    direction = direction_of(line.name, unit)
    ends = anchors_of(line, unit, direction or Direction.HIGHER)
    if ends is None:
        return KindGuess(LineKind.TEXT, "its numbers are all the same, or can be read in two ways")
    if direction is None:
        return KindGuess(
            LineKind.TEXT, "it has numbers, but nothing says which way better is", unit
        )
    if not unit:
        return KindGuess(LineKind.TEXT, "it has numbers, but no unit is written", "", direction)
    least, most = min(ends), max(ends)
    if least > 0 and most >= MANY_TIMES * least:
        reason = f"its numbers differ {most / least:,.0f} times"
        return KindGuess(LineKind.LOGARITHMIC, reason, unit, direction, *ends)
    return KindGuess(LineKind.QUANTITY, "its cells are numbers", unit, direction, *ends)


def _are_years(amounts: Sequence[Amount]) -> bool:
    values = [value for one in amounts for value in (*one.lows, *one.highs)]
    return all(
        not one.unit and re.fullmatch(r"\d{4}(?:\s?[-–]\s?\d{4})?", one.spelling) for one in amounts
    ) and all(1900 <= value <= 2100 for value in values)


def unit_of(line: CriterionLine) -> str:
    """Return the unit of a line's numbers: that of most cells, else that of its head or of a
    column of units, else what its head counts; "" where none is written.
    """
    stated = _stated_unit(line)
    found = Counter(
        one.unit for cell in line.cells if (one := amount_of(cell.text)) and one.form != "verbal"
    )
    same: Counter[str] = Counter()
    for unit, times in found.items():
        same[_key(unit)] += times
    if same and (key := same.most_common(1)[0][0]):
        if same[""] and factors(key, stated):
            return stated  # what has no unit is in the head's, whatever others are in
        return max((unit for unit in found if _key(unit) == key), key=lambda unit: found[unit])
    if stated:
        return stated
    if said := same.keys() - {""}:
        return max((unit for unit in found if _key(unit) in said), key=lambda unit: found[unit])
    counted = re.sub(r"\s*[(\[].*", "", line.name).strip(" ↑↓*_:")
    if not known(counted) and not _COUNTED.fullmatch(counted):
        return ""
    return (counted.casefold() if counted.istitle() else counted)[:40].strip()


def _stated_unit(line: CriterionLine) -> str:
    """Return the unit of a column of units, or of the brackets in a head: "(ms, lower is better)";
    "" where there is none.
    """
    if line.unit:
        return line.unit[:40]
    bracket = _IN_BRACKETS.search(line.name)
    parts = re.split("[,;]", bracket[1]) if bracket else []
    return next((part.strip() for part in parts if _is_unit(part.strip())), "")


def in_other_units(line: CriterionLine, unit: str) -> list[str]:
    """Return the cells whose unit is a multiple of the line's: 1.2 s in a line of ms."""
    amounts = [(cell.text, amount_of(cell.text)) for cell in line.cells]
    return [
        text
        for text, one in amounts
        if one and one.unit and _key(one.unit) != _key(unit) and factors(one.unit, unit)
    ]


def _key(unit: str) -> str:
    """Return a unit as it is compared: "Stars" and "star" are one; "Mb" and "MB" are two."""
    bare = unit.strip()
    bare = bare if "b" in bare.casefold() and len(bare) <= 5 else bare.casefold()
    return bare.removesuffix("s") if len(bare) > 2 else bare


def _is_unit(words: str) -> bool:
    return bool(
        known(words)
        or _CURRENCY.search(words)
        or re.search(r"[%/²³°]|\bper\b", words)
        or re.fullmatch(
            r"[kMGTµmn]?(?:[WJVAgml]|Hz|Wh|bps|FLOPS|px|dB|in|ft|lb|oz|cm|mm|km)", words
        )
        or words.strip().casefold() in ("percent", "points", "watts", "inches", "tokens", "lines")
    )


def amount_in(text: str, unit: str, own_unit: str = "") -> Amount | None:
    """Return the amount of a cell in the line's unit, or None: in another unit it is none of this
    line, for nothing is converted. "Free" is 0 of a currency.
    """
    if _CURRENCY.search(f"{unit} {own_unit}") and text.strip().casefold() in FREE:
        return Amount(text.strip(), "point", (0.0,), (), unit)
    one = amount_of(text)
    if one is None or one.form == "verbal" or not one.unit or _key(one.unit) == _key(unit):
        return one
    return None


def anchors_of(line: CriterionLine, unit: str, direction: Direction) -> tuple[float, float] | None:
    """Return the numbers that mean 0 and 10: the worst and the best of the line. None where there
    are no two that differ.
    """
    values = [
        value
        for cell in line.cells
        if (one := amount_in(cell.text, unit, line.unit))
        and one.form != "verbal"
        and (only := settled(one, line))
        for value in (only.lows + only.highs)
    ]
    if not values or min(values) == max(values):
        return None
    least, most = min(values), max(values)
    return (least, most) if direction is Direction.HIGHER else (most, least)


def settled(amount: Amount, line: CriterionLine) -> Amount | None:
    """Return an amount with one meaning: "1.500" is 1,500 in a line that writes "0,75", else 1.5.
    None where a comma could be either.
    """
    commas = any(_DECIMAL_COMMA.search(cell.text) for cell in line.cells)
    if commas and re.search(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])", amount.spelling):
        return None
    if not amount.is_ambiguous:
        return amount
    pick = max if commas else min
    return Amount(
        amount.spelling,
        amount.form,
        (pick(amount.lows),) if amount.lows else (),
        (pick(amount.highs),) if amount.highs else (),
        amount.unit,
        amount.approximate,
        amount.open_ended,
    )
