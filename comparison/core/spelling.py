"""The spelling of a quantity, as its source prints it, against the numbers that are drawn and scored.

Reads the numbers that a spelling may state: thousands, decimals, powers, "k" and "million", "35 ms" in seconds, "1h 30m",
"eight". Says only what truly contradicts: another number, a range kept as a point, an upper bound kept as a lower one,
another currency. A spelling that cannot be read ("several", "unlimited") contradicts nothing. Corrects nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import Any

MULTIPLIERS = {
    "hundred": 1e2, "dozen": 12, "k": 1e3, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "m": 1e6, "mn": 1e6,
    "mio": 1e6, "million": 1e6, "millions": 1e6, "crore": 1e7, "crores": 1e7, "cr": 1e7, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
LETTERS = frozenset({"m", "b", "t", "cr"})  # also units: metres, minutes, bytes, tons
SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}
SECONDS |= {"day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0, "year": 31_557_600.0}
BYTES = {"byte": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30, "tib": 2.0**40}
SAME_UNIT = {"sec": "s", "second": "s", "millisecond": "ms", "microsecond": "us", "nanosecond": "ns", "minute": "min"}
SAME_UNIT |= {"m": "min", "b": "byte", "hour": "h", "hr": "h", "d": "day", "wk": "week", "mo": "month", "yr": "year"}
ROUGHLY = frozenset({"month", "year"})  # a month has no fixed number of days
CURRENCIES = {"₹": ("INR",), "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "₩": ("KRW",), "₽": ("RUB",)}
CODES = frozenset(
    {"INR", "EUR", "GBP", "JPY", "CNY", "KRW", "RUB", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "ZAR", "TRY", "ILS"}
)
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"})  # all written with "$"
UP_TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = {word: float(value) for value, word in enumerate(UP_TO_NINETEEN)}
NUMBER_WORDS |= {word: 10.0 * tens for tens, word in enumerate(TENS, 2)}

_VAGUE = re.compile(
    r"\b(?:few|several|couple|some|many|tens|dozens|hundreds|thousands|millions|billions|half|quarter|third)\b", re.I
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[-−+]?)"
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f'’_]\d{3})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:[eE](?P<power>[+-]?\d{1,3})(?!\w)|\s*[x×*·]\s*10\^?(?P<ten>[-−+]?\d{1,2}|[⁻⁰¹²³⁴-⁹]+)(?!\d))?"
)
_INSIDE_A_WORD = re.compile(r"(?<=[^\W\d_])\d+(?:[.,]\d+)*")  # the 95 of p95, the 2 of EC2
_SUFFIX = re.compile(r"(?:\s?\+)?[\s\u00a0\u2009\u202f-]?([^\W\d_]+)")
_HIGHER_POWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_JOINS = re.compile(r"\s*(?:[-‐-―−~〜…]|\.{2,3}|to|till|until|through)\s*[^\w\s]?\s*", re.I)
_OPENING = re.compile(r"\s*(?:(?:about|around|roughly|approximately|approx|circa|ca?|between|from|some|[^\w\s])\s*)*", re.I)
_LOWER = re.compile(
    r"\d\s?\+(?!\s?\d)|\d[.\d]*\s?(?:k|m|b|bn|x|%|thousand|million|billion|lakhs?|crores?)\s?\+|≥|⩾|>=|^\s*>|\bat least\b"
    r"|\bor more\b|\b(?:or|and) (?:above|up|upwards?|higher|over|greater|longer)\b|\b(?:not?|never) (?:less|fewer|lower) than\b"
    r"|^\s*(?:well |just |always )?(?:over|above|more than|greater than|exceeding|beyond|upwards of|north of|minimum|min\.)\s",
    re.I,
)
_UPPER = re.compile(
    r"≤|⩽|<=|^\s*<|\bat most\b|\bup to\b|\bor (?:less|fewer|below|under|lower|shorter)\b|\b(?:not?|never) more than\b"
    r"|^\s*(?:well |just |always )?(?:under|below|less than|fewer than|within|maximum|max\.)\s",
    re.I,
)
_DENIED = re.compile(r"\b(?:not?|never) (?:less|fewer|lower|more) than\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a spelling states: where it stands, and everything that it may mean ("1.500" is two numbers)."""

    text: str
    begin: int
    end: int  # of the digits
    after: int  # of the digits with their multiplier or unit
    values: frozenset[float]


def contradiction(
    spelling: str, form: str, low: float | None, high: float | None, unit: str | None, open_ended: bool
) -> tuple[str, str] | None:
    """Return the field that does not fit the spelling and what is wrong with it, or None where nothing contradicts.

    form: one of the schema's forms of a quantity; `verbal` is free unless its spelling is nothing but one number.
    """
    if wrong := _other_currency(spelling, unit):
        return "unit", wrong
    numbers = numbers_of(spelling, unit) if (low, high) != (None, None) else []
    if not numbers or _VAGUE.search(spelling):
        return None
    if form == "verbal" and not (len(numbers) == 1 and _is_bare(spelling, numbers[0])):
        return None
    if form != "verbal" and (wrong := _other_form(spelling, form, numbers, open_ended)):
        return "form", wrong
    possible = {value for number in numbers for value in number.values} | set(_together(spelling, numbers, unit))
    for field, value in (("low", low), ("high", high)):
        if value is not None and not any(_same(value, stated, unit) for stated in possible):
            if field == "low" and value == 0 and _UPPER.search(spelling):
                continue  # "up to 100", kept as 0 to 100
            stated = " and ".join(dict.fromkeys(number.text for number in numbers))
            return field, f"{value:,.15g} is not what the spelling says, which is {stated}: mend the one that is wrong"
    return None


def numbers_of(spelling: str, unit: str | None = None) -> list[Number]:
    """Return the numbers that a spelling states, in their order, in the quantity's unit where that can be known."""
    found = [_read(match, spelling, unit) for match in _NUMBER.finditer(spelling)]
    if found:
        return _with_shared_suffix(spelling, found, unit)
    return list(_in_words(spelling))


# --- one number ------------------------------------------------------------------------------------------------------


def _read(match: re.Match[str], spelling: str, unit: str | None) -> Number:
    values = set(_digits(match["digits"]))
    power = match["power"] or (match["ten"] or "").translate(_HIGHER_POWER).replace("−", "-")
    if power:
        values = {value * 10.0 ** int(power) for value in values}
    if match["sign"] in ("-", "−"):
        values |= {-value for value in values}
    if "version" in f"{spelling} {unit}".casefold():  # 3.13 is the version 13 of 3
        values |= {float(part) for part in match["digits"].split(".") if part.isdigit()}
    after, values = _scaled(spelling, match.end(), values, unit)
    return Number(spelling[match.start() : after].strip(" -"), match.start(), match.end(), after, frozenset(values))


def _digits(text: str) -> Iterator[float]:
    """Yield what a group of digits may mean: 1,234.5 and 1.234,5 are one number, 1.500 is 1.5 or 1,500."""
    text = re.sub(r"[ \u00a0\u2009\u202f'’_]", "", text)
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = max(",", ".", key=text.rindex)
        whole, _, part = text.rpartition(decimal)
        yield float(f"{re.sub('[.,]', '', whole)}.{part}")
    elif commas:
        groups = text.split(",")
        grouped = all(len(group) in (2, 3) for group in groups[1:]) and len(groups[-1]) == 3 and groups[0] not in ("", "0")
        if grouped:
            yield float("".join(groups))
        elif commas == 1:
            yield float(text.replace(",", "."))
        else:
            yield from (float(group) for group in groups if group)
    elif dots > 1:
        yield float(text.replace(".", ""))
        yield from (float(part) for part in text.split("."))
    else:
        yield float(text)
        if dots and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
            yield float(text.replace(".", ""))


def _scaled(spelling: str, at: int, values: set[float], unit: str | None) -> tuple[int, set[float]]:
    """Return where the multipliers and the unit behind a number end, and what it may mean with them."""
    after = at
    while suffix := _SUFFIX.match(spelling, after):
        word = suffix[1]
        factor = _multiplier(word)
        if factor is None:
            return _in_unit(word, suffix.end(), after, values, unit)
        own, is_letter = (unit or "").casefold(), word.casefold() in LETTERS
        if is_letter and _seconds_or_bytes(unit) and _known(word):
            return _in_unit(word, suffix.end(), after, values, unit)
        in_the_unit = own.startswith(word.casefold()) or _multiplier(own.partition(" ")[0]) == factor  # 12k, in "k requests"
        values = {value * factor for value in values} | (values if in_the_unit or (is_letter and word != "M") else set())
        after = suffix.end()
    return after, values


def _multiplier(word: str) -> float | None:
    return MULTIPLIERS.get(word.casefold())


def _known(word: str) -> str | None:
    """Return the unit of time or memory that a word is, or None."""
    word = word.casefold()
    word = word if word in SECONDS or word in BYTES else word.removesuffix("s")
    word = SAME_UNIT.get(word, word)
    return word if word in SECONDS or word in BYTES else None


def _seconds_or_bytes(unit: str | None) -> str | None:
    return _known(unit.strip()) if unit else None


def _in_unit(word: str, end: int, before: int, values: set[float], unit: str | None) -> tuple[int, set[float]]:
    """Return the values in the quantity's unit, where both are of time or both of memory: 35 ms are 0.035 s."""
    stated, wanted = _known(word), _seconds_or_bytes(unit)
    if stated is None or wanted is None or stated == wanted:
        return (end if stated else before), values
    for family in (SECONDS, BYTES):
        if stated in family and wanted in family:
            factors = {family[stated] / family[wanted]}
            if family is BYTES:  # 1 GB is 1,000 MB to some and 1,024 to others
                binary = {name: 1024.0**at for at, name in enumerate(("byte", "kb", "mb", "gb", "tb"))}
                factors |= {binary[stated] / binary[wanted]} if stated in binary and wanted in binary else set()
            return end, {value * factor for value in values for factor in factors}
    return end, values


def _with_shared_suffix(spelling: str, numbers: list[Number], unit: str | None) -> list[Number]:
    """Give the first number of "5-20k" the multiplier or the unit of the second as well."""
    shared = list(numbers)
    for at, (one, other) in enumerate(pairwise(numbers)):
        if one.after == one.end and other.after > other.end and _JOINS.fullmatch(spelling, one.after, other.begin):
            _, values = _scaled(spelling, other.end, set(one.values), unit)
            keep = one.values if _known(spelling[other.end : other.after].strip(" -")) is None else frozenset()
            shared[at] = Number(one.text, one.begin, one.end, one.after, frozenset(values) | keep)
    return shared


def _in_words(spelling: str) -> Iterator[Number]:
    """Yield the number that a spelling begins with in words: "eight", "about twenty-five thousand", "a hundred"."""
    bare = _OPENING.match(spelling)
    begin = at = bare.end() if bare else 0
    total, part, end = 0.0, None, at
    for match in re.finditer(r"[^\W\d_]+|[\s-]+", spelling[at:].casefold()):
        word = match[0]
        if word in NUMBER_WORDS:
            part = (part or 0.0) + NUMBER_WORDS[word]
        elif word in ("a", "an") and part is None and end == at:
            part = None
        elif word not in LETTERS and (factor := _multiplier(word)) and (part is not None or end > at or factor == 100):
            part = (part or 1.0) * factor
        elif not word.isspace() and word != "-":
            break
        end = begin + match.end()
    if part is not None:
        total += part
        yield Number(spelling[begin:end].strip(" -"), begin, end, end, frozenset({total}))


# --- several numbers ---------------------------------------------------------------------------------------------------


def _together(spelling: str, numbers: list[Number], unit: str | None) -> Iterator[float]:
    """Yield what neighbouring numbers may mean as one: 2 x 4, 3/4, 1 in 5, 100 ± 5, 1h 30m, 1:30, 57 % as 0.57 or 1.57."""
    for one, other in pairwise(numbers):
        between = spelling[one.after : other.begin].strip()
        for a in one.values:
            for b in other.values:
                if between in ("x", "×", "*", "·"):
                    yield a * b
                if between in ("/", ":", "in", "of", "out of", "to", "⁄") and b:
                    yield a / b
                    yield 100 * a / b
                if between in ("±", "+/-", "+-"):
                    yield from (a - b, a + b, a * (1 - b / 100), a * (1 + b / 100))
                if between in ("", "and", ",", "+"):
                    yield a + b
                if between == ":":
                    yield from (a * 60 + b, a + b / 60, a * 3600 + b * 60)
    is_percent = (unit or "").strip() in ("%", "percent")
    for number in numbers:
        if not is_percent and spelling[number.after :].lstrip().startswith(("%", "percent", "per cent")):
            for value in number.values:
                yield from (value / 100, 1 + value / 100, 1 - value / 100)
    for match in _INSIDE_A_WORD.finditer(spelling):
        yield from _digits(match[0])


def _same(value: float, stated: float, unit: str | None) -> bool:
    """Say whether two numbers are one; a month or a year in another unit is never exact."""
    return isclose(value, stated, rel_tol=0.05 if _seconds_or_bytes(unit) in ROUGHLY else 1e-9, abs_tol=1e-12)


def _is_bare(spelling: str, number: Number) -> bool:
    """Say whether a spelling is one number and nothing else."""
    return not re.search(r"\w", spelling[: number.begin] + spelling[number.after :])


# --- form and currency -------------------------------------------------------------------------------------------------


def _other_form(spelling: str, form: str, numbers: list[Number], open_ended: bool) -> str | None:
    denied = {match[0].casefold().rsplit(" ", 2)[1] for match in _DENIED.finditer(spelling)}
    words = _DENIED.sub("", spelling)
    lower = bool(_LOWER.search(words)) or bool(denied & {"less", "fewer", "lower"})
    upper = bool(_UPPER.search(words)) or "more" in denied
    ends = _range_of(spelling, numbers)
    if lower != upper:
        stated = " or more" if lower else " at most"
        wanted = "at-least" if lower else "at-most"
        bound_as_point = form == "point" and not (lower and open_ended) and not ends
        if bound_as_point or form == ("at-most" if lower else "at-least"):
            return f"{form} is not what the spelling says, which is {numbers[0].text}{stated}: choose {wanted}"
    if ends and (form == "point" or (form in ("at-least", "at-most") and not lower and not upper)):
        return f"{form} is not what the spelling says, which is a range, {ends}: choose range, with both ends"
    return None


def _range_of(spelling: str, numbers: list[Number]) -> str | None:
    """Return the two ends of a spelling that is one range and nothing else ("3-5x", "between 2 and 4 weeks"), or None."""
    if len(numbers) != 2:
        return None
    one, other = numbers
    between = spelling[one.after : other.begin] + (spelling[other.begin] if spelling[other.begin] in "-−" else "")
    joined = _JOINS.fullmatch(between) or (re.match(r"\s*between\b", spelling, re.I) and between.strip() == "and")
    is_date = re.fullmatch(r"\d{4}", spelling[one.begin : one.end]) and re.fullmatch(r"-\d{2}", spelling[one.end : other.end])
    if not joined or is_date or not _OPENING.fullmatch(spelling, 0, one.begin):
        return None
    rises = any(abs(a) < abs(b) for a in one.values for b in other.values)
    return f"{one.text} to {other.text.lstrip('-−')}" if rises else None


def _other_currency(spelling: str, unit: str | None) -> str | None:
    code = (unit or "").strip()
    if code not in CODES | DOLLARS:
        return None
    for sign, codes in {**CURRENCIES, "$": tuple(DOLLARS)}.items():
        if sign in spelling and code not in codes:
            return f"{code} is not the currency of the spelling, which is in {sign}: nothing is converted"
    named = re.findall(r"\b[A-Z]{3}\b", spelling)
    if named and named[0] in CODES | DOLLARS and code not in named:
        return f"{code} is not the currency of the spelling, which is in {named[0]}: nothing is converted"
    return None


def of_plain(quantity: Any) -> tuple[str, str] | None:
    """Return the contradiction within a quantity of a plain tree, where numbers may still be texts; None where it has none.

    What is no quantity at all, or has numbers that are none, is for the schema to say.
    """
    if not isinstance(quantity, dict) or not isinstance(spelling := quantity.get("spelling"), str):
        return None
    try:
        low, high = (None if quantity.get(end) is None else float(quantity[end]) for end in ("low", "high"))
    except (TypeError, ValueError):
        return None
    unit = quantity.get("unit")
    is_open = str(quantity.get("open_ended", "")).casefold() in ("true", "1", "yes", "on")
    form = str(quantity.get("form") or "point")
    return contradiction(spelling.strip(), form, low, high, unit if isinstance(unit, str) else None, is_open)
