"""The number that a cell states: "12,5 ms", "~3k req/s", "$5-10/mo", "10 000+", "8/10", "★★★☆☆".

Returns what the schema's quantity asks for, spelled as the table has it. What is a version, a day,
or a sentence with a number in it is no amount. A number that can be read in two ways ("1.500") is
given in both: what the rest of its row says decides (`kinds.py`).
"""

import re
from dataclasses import dataclass

from comparison.core.scale import UNLIMITED
from comparison.core.spelling.numbers import JOINS, NUMBER, digits_of, in_common_signs

_TIMES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12, "bn": 1e9, "Mio": 1e6,
    "mio": 1e6, "Mrd": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9, "mln": 1e6,
    "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_ABOUT = r"~|≈|∼|about|around|approx\.?|approximately|circa|ca?\.|roughly|almost|nearly"
_FROM = r">=|≥|>|⩾|at least|over|more than|from|starting at|min\.?"
_UP_TO = r"<=|≤|<|⩽|up to|at most|under|less than|below|max\.?"
_FACTOR = "|".join(sorted(_TIMES, key=len, reverse=True))  # the longer words first
_CURRENCY = r"US\$|USD|A\$|C\$|EUR|GBP|INR|CHF|JPY|[$€£¥₹₩₽]"
_LEAD = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<from>{_FROM})|(?P<up_to>{_UP_TO}))?\s*"
    rf"(?P<currency>{_CURRENCY})?\s*(?:(?P<about2>{_ABOUT}))?\s*",
    re.I,
)
_END = re.compile(
    rf"\s?(?:(?P<times>{_FACTOR})(?![^\W\d_]))?"
    r"\s?(?P<plus>\+|(?:or|and) (?:more|up|above|over)\b)?(?P<unit>.*)",
)
_LARGEST = 1e18  # what is larger is no measure of anything
_MOST_OF_A_UNIT = 40  # characters, as the schema has it
_OUT_OF = re.compile(r"(?P<mark>\d+(?:[.,]\d+)?)\s*(?:/|of|out of)\s*(?P<most>5|10|100)", re.I)
_FULL, _HALF, _EMPTY = "★⭐🌟", "½⯪⯨", "☆✩"
FREE = frozenset({"free", "gratis", "free of charge", "no cost"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a cell states it. `lows` and `highs` are everything that it may mean; of a bound,
    or of one number, one of them is empty.
    """

    spelling: str
    form: str  # one of the schema's forms of a quantity
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    unit: str = ""  # as printed; empty where there is none
    approximate: bool = False
    open_ended: bool = False

    @property
    def is_ambiguous(self) -> bool:
        """It can be read in two ways."""
        return len(self.lows) > 1 or len(self.highs) > 1


def amount_of(text: str) -> Amount | None:
    """Return the one number, range or bound that a cell states and nothing else, or None."""
    spelling = " ".join(text.split())
    if " ".join(spelling.casefold().rstrip(".").split()) in UNLIMITED:
        return Amount(spelling, "verbal")
    written = in_common_signs(spelling)
    numbers = list(NUMBER.finditer(written))
    if not 1 <= len(numbers) <= 2 or any(_is_version(number["digits"]) for number in numbers):
        numbers = numbers[:1] if _has_remark(written, numbers) else []
    lead = numbers and _LEAD.fullmatch(written, 0, numbers[0].start())
    if not lead:
        return None
    if len(numbers) == 2:
        return _range(spelling, written, lead, numbers[0], numbers[1])
    return _single(spelling, written, lead, numbers[0])


def _has_remark(written: str, numbers: list[re.Match[str]]) -> bool:
    """Say whether whatever stands behind the first number stands in brackets."""
    return (
        len(numbers) > 1
        and not _is_version(numbers[0]["digits"])
        and "(" in written[numbers[0].end() : numbers[1].start()]
    )


def _single(
    spelling: str, written: str, lead: re.Match[str], number: re.Match[str]
) -> Amount | None:
    end = _END.fullmatch(written, number.end())
    unit = _unit(lead["currency"], end["unit"] if end else "")
    if end is None or unit is None:
        return None
    values = _values(number, end["times"])
    if not values:
        return None
    about = bool(lead["about"] or lead["about2"])
    if lead["up_to"]:
        return Amount(spelling, "at-most", (), values, unit, about)
    is_bound = bool(lead["from"] or end["plus"])
    return Amount(spelling, "at-least" if is_bound else "point", values, (), unit, about)


def _range(
    spelling: str,
    written: str,
    lead: re.Match[str],
    one: re.Match[str],
    other: re.Match[str],
) -> Amount | None:
    """Return the range that two numbers make, with the multiplier and unit that stand behind the
    second; None where they make none.
    """
    first = re.match(
        rf"\s?(?:({_FACTOR})(?![^\W\d_]))?",
        written[one.end() :],
    )
    join_at = one.end() + (len(first[0].rstrip()) if first else 0)
    between = written[join_at : other.start()]
    signed = other["sign"] in ("-", "−") and not between.strip()
    end = _END.fullmatch(written, other.end())
    unit = _unit(lead["currency"], end["unit"] if end else "")
    said_twice = between.lstrip().removeprefix(end["unit"].strip()) if end else between
    joins = signed or JOINS.fullmatch(re.sub(rf"(?:{_CURRENCY})\s*$", "", said_twice))
    if not joins:
        bracket = _has_remark(written, [one, other])
        return _single(spelling, written, lead, one) if bracket else None
    if end is None or unit is None or lead["from"] or lead["up_to"]:
        return None
    times = first[1] if first and first[1] else end["times"]
    lows, highs = _values(one, times), _values(other, end["times"], unsigned=signed)
    if not any(low < high for low in lows for high in highs):
        return None
    about = bool(lead["about"] or lead["about2"])
    return Amount(spelling, "range", lows, highs, unit, about, bool(end["plus"]))


def _values(
    number: re.Match[str], times: str | None, *, unsigned: bool = False
) -> tuple[float, ...]:
    """Return what a number may mean; nothing where it is too large to be one."""
    factor = _TIMES.get(times or "", 1.0)
    sign = -1.0 if number["sign"] in ("-", "−") and not unsigned else 1.0
    if number["power"]:
        factor *= float(f"1e{number['power']}")
    values = {float(f"{sign * value * factor:.15g}") for value in digits_of(number["digits"])}
    return tuple(sorted(value for value in values if abs(value) <= _LARGEST))


def _unit(currency: str | None, rest: str) -> str | None:
    """Return the unit that stands before and behind a number, "" where there is none; None where
    what stands there is no unit.
    """
    bare = re.split(r"[,;(\[]", rest, maxsplit=1)[0].strip(" .*'\"")
    if bare.startswith("- ") or re.search(r"[\d:?!=⁰¹⁴-⁹]|[^\W\d_]\.\s", bare):
        return None
    if len(bare) > _MOST_OF_A_UNIT - 5 or len(bare.split()) > 4:
        return None
    if not currency:
        return bare
    return f"{currency}{bare}" if bare.startswith("/") else f"{currency} {bare}".strip()


def _is_version(digits: str) -> bool:
    """Say whether a group of digits is a version such as 1.2.3, and no number with thousands."""
    return digits.count(".") > 1 and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits)


def rating_of(text: str) -> float | None:
    """Return the mark from 0 to 10 that a cell gives out of 5, 10 or 100, in digits or in stars, or
    None.
    """
    bare = " ".join(text.replace("\ufe0f", "").split())
    if (mark := _OUT_OF.fullmatch(bare)) is not None:
        value = float(mark["mark"].replace(",", ".")) * 10 / float(mark["most"])
        return round(value, 2) if value <= 10 else None
    stars = bare.replace(" ", "").replace(":star:", "⭐")
    if stars and not stars.strip(_FULL + _HALF + _EMPTY) and len(stars) <= 5 and stars[0] != "½":
        return 2.0 * sum(star in _FULL for star in stars) + sum(star in _HALF for star in stars)
    return None
