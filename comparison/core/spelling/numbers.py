"""The numbers that a spelling states: thousands, decimals, powers, "k" and "million", "35 ms" in
seconds, "1h 30m", "eight". A number that can be read in two ways ("1.500") is kept in both.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from comparison.core.spelling.number_words import LETTERS, in_words, multiplier
from comparison.core.spelling.units import factors, known, rate_factor

NUMBER = re.compile(
    r"(?<![\w,])(?<!(?<!\.)\.)(?P<sign>[-−+]?)"
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f'’_]\d{3})+(?:[.,]\d+)?(?![\d])"
    r"|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:[eE](?P<power>[+-]?\d{1,3})(?!\w)"
    r"|\s*[x×*·]\s*10\^?(?P<ten>[-−+]?\d{1,2}|[⁻⁰¹²³⁴-⁹]+)(?!\d))?"
)
_SUFFIX = re.compile(r"(?:\s?\+)?[\s\u00a0\u2009\u202f-]?([^\W\d_]+)")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_HIGHER_POWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
JOINS = re.compile(r"\s*(?:[-‐-―−~〜…]|\.{2,3}|to|till|until|through)\s*[^\w\s]?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a spelling states: where it stands, and everything that it may mean ("1.500"
    is two numbers).
    """

    text: str
    begin: int
    end: int  # of the digits
    after: int  # of the digits with their multiplier or unit
    values: frozenset[float]
    # what it is in the quantity's unit, not to the last digit
    converted: frozenset[float] = frozenset()

    @property
    def meant(self) -> frozenset[float]:
        return self.values | self.converted


def numbers_of(spelling: str, unit: str | None = None) -> list[Number]:
    """Return the numbers that a spelling states, in their order, in the quantity's unit where that
    can be known.
    """
    numbers = [_read(match, spelling, unit) for match in NUMBER.finditer(spelling)]
    for begin, end, value in in_words(spelling):
        if not any(number.begin <= begin < number.after for number in numbers):
            after, values, converted = _scaled(spelling, end, {value}, unit)
            numbers.append(
                Number(
                    spelling[begin:after],
                    begin,
                    end,
                    after,
                    frozenset(values),
                    frozenset(converted),
                )
            )
    return _with_shared_suffix(spelling, sorted(numbers, key=lambda number: number.begin), unit)


def in_common_signs(spelling: str) -> str:
    """Return the spelling with its rarer signs written in the common way: full-width digits, 1½,
    10⁶, 1h30, 5'30", 1:02:03.
    """
    text = spelling.translate(_NARROW)
    text = re.sub(
        r"(?:(\d+)\s?)?([¼½¾⅐-⅞])",
        lambda match: f"{float(match[1] or 0) + unicodedata.numeric(match[2]):.4g}",
        text,
    )
    text = re.sub(
        r"(?<![\d.,/])(\d+)[ -](\d)/([2-9])(?![\d/])",
        lambda match: f"{int(match[1]) + int(match[2]) / int(match[3]):.4g}",
        text,
    )
    text = re.sub(r"^\s*[-−]\s+(?=\d)", "-", text)
    text = re.sub(
        r"(?<![\d.,])(?<![x×*·]\s)(?<![x×*·])"
        r"(?:(\d{1,3})\^\s?([-−+]?\d{1,2})|10([⁻⁰¹²³⁴-⁹]+))(?!\d)",
        _power,
        text,
    )
    text = re.sub(r"(\d)\s?(h|min)\s?(\d{1,2})(?![\d.,]|\s?[^\W\d])", _smaller_unit, text)
    text = re.sub(r"(?<!\d)(\d{1,3})\s?['′]\s?(\d{1,2})\s?(?:[\"″]|'')", r"\1 min \2 s", text)
    return re.sub(r"(?<![\d:])(\d+):(\d\d):(\d\d)(?![\d:])", r"\1 h \2 min \3 s", text)


def _power(match: re.Match[str]) -> str:
    power = (match[2] or match[3].translate(_HIGHER_POWER)).replace("−", "-")
    try:
        return f"{float(match[1] or 10) ** int(power):.15g}"
    except (ArithmeticError, ValueError):  # too large, or signs alone
        return match[0]


def _smaller_unit(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]} {match[3]} {'min' if match[2] == 'h' else 's'}"


# --- one number -----------------------------------------------------------------------------------


def _read(match: re.Match[str], spelling: str, unit: str | None) -> Number:
    values = set(digits_of(match["digits"]))
    power = match["power"] or (match["ten"] or "").translate(_HIGHER_POWER).replace("−", "-")
    if power:
        # `**` would end in an error where the number is too large
        values = {value * float(f"1e{power}") for value in values}
    if match["sign"] in ("-", "−"):
        values |= {-value for value in values}
    if "version" in f"{spelling} {unit}".casefold():  # 3.13 is the version 13 of 3
        values |= {float(part) for part in match["digits"].split(".") if part.isdigit()}
    after, values, converted = _scaled(spelling, match.end(), values, unit)
    if (factor := rate_factor(spelling[after:], unit)) is not None:
        converted = converted | {value * factor for value in values}
    text = spelling[match.start() : after].strip(" -")
    return Number(text, match.start(), match.end(), after, frozenset(values), frozenset(converted))


def digits_of(text: str) -> Iterator[float]:
    """Yield what a group of digits may mean: 1,234.5 and 1.234,5 are one number, 1.500 is 1.5 or
    1,500.
    """
    text = re.sub(r"[ \u00a0\u2009\u202f'’_]", "", text)
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = max(",", ".", key=text.rindex)
        whole, _, part = text.rpartition(decimal)
        yield float(f"{re.sub('[.,]', '', whole)}.{part}")
    elif commas:
        groups = text.split(",")
        grouped = (
            all(len(group) in (2, 3) for group in groups[1:])
            and len(groups[-1]) == 3
            and groups[0] not in ("", "0")
        )
        if grouped:
            yield float("".join(groups))
        elif commas == 1:
            yield float(text.replace(",", "."))
        else:
            yield from (float(group) for group in groups if group)
    elif dots > 1:
        yield float(text.replace(".", ""))
        yield from (float(part) for part in text.split("."))
        yield float(".".join(text.split(".")[:2]))
    else:
        yield float(text)
        if dots and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
            yield float(text.replace(".", ""))


def _scaled(
    spelling: str, begin: int, values: set[float], unit: str | None
) -> tuple[int, set[float], set[float]]:
    """Return where the multipliers and the unit behind a number end, what it may mean with them,
    and what in the other unit.
    """
    after = begin
    while suffix := _SUFFIX.match(spelling, after):
        word = suffix[1]
        factor = multiplier(word)
        own, is_letter = (unit or "").casefold(), word.casefold() in LETTERS
        if factor is None or (is_letter and known(unit) and known(word)):
            converted = {value * times for value in values for times in factors(word, unit)}
            if converted:
                return suffix.end(), set() if known(word) else values, converted
            return (suffix.end() if known(word) else after), values, set()
        # 12k, in "k requests"
        in_the_unit = own.startswith(word.casefold()) or multiplier(own.partition(" ")[0]) == factor
        values = {value * factor for value in values} | (
            values if in_the_unit or (is_letter and word != "M") else set()
        )
        after = suffix.end()
    return after, values, set()


def _with_shared_suffix(spelling: str, numbers: list[Number], unit: str | None) -> list[Number]:
    """Give the first number of "5-20k" the multiplier or the unit of the second as well."""
    shared = list(numbers)
    for index, (one, other) in enumerate(pairwise(numbers)):
        if (
            one.after == one.end
            and other.after > other.end
            and JOINS.fullmatch(spelling, one.after, other.begin)
        ):
            _, values, converted = _scaled(spelling, other.end, set(one.values), unit)
            keep = (
                one.values
                if known(spelling[other.end : other.after].strip(" -")) is None
                else frozenset()
            )
            shared[index] = Number(
                one.text,
                one.begin,
                one.end,
                one.after,
                frozenset(values) | keep,
                frozenset(converted),
            )
    return shared
