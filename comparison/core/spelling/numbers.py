"""The spelling of a quantity, as its source prints it, against the numbers that are drawn and
scored.

Reads the numbers that a spelling may state: thousands, decimals, powers, "k" and "million", "35 ms"
in seconds, "1h 30m", "eight". Says only what truly contradicts: another number, a range kept as a
point, an upper bound kept as a lower one, another currency. A spelling that cannot be read
("several", "unlimited") contradicts nothing. Corrects nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import isclose
from typing import Any

from comparison.core.spelling.number_words import LETTERS, in_words, is_unread, multiplier
from comparison.core.spelling.units import factors, is_rough, known, rate_factor

CURRENCIES = {
    "₹": ("INR",),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₩": ("KRW",),
    "₽": ("RUB",),
}
CODES = frozenset(
    {
        "INR",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "KRW",
        "RUB",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "ZAR",
        "TRY",
        "ILS",
    }
)
# all written with "$"
DOLLARS = frozenset(
    {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"}
)

_VAGUE = re.compile(
    r"\b(?:few|several|couple|many|tens|dozens|hundreds|thousands|millions|billions|half|halves|quarters?|thirds?|nines)\b",
    re.I,
)
_FREE = re.compile(r"\b(?:free|none|nothing|nil|no|zero|without)\b", re.I)
_DOWNWARDS = re.compile(
    r"\b(?:slower|less|fewer|lower|smaller|shorter|cheaper|decreased?|drop|decline|down|cut|minus|reduction|reduced|loss|below|fall)\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![\w,])(?<!(?<!\.)\.)(?P<sign>[-−+]?)"
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f'’_]\d{3})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:[eE](?P<power>[+-]?\d{1,3})(?!\w)|\s*[x×*·]\s*10\^?(?P<ten>[-−+]?\d{1,2}|[⁻⁰¹²³⁴-⁹]+)(?!\d))?"
)
_INSIDE_A_WORD = re.compile(r"(?<=[^\W\d_])\d+(?:[.,]\d+)*")  # the 95 of p95, the 2 of EC2
_SUFFIX = re.compile(r"(?:\s?\+)?[\s\u00a0\u2009\u202f-]?([^\W\d_]+)")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_HIGHER_POWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_JOINS = re.compile(r"\s*(?:[-‐-―−~〜…]|\.{2,3}|to|till|until|through)\s*[^\w\s]?\s*", re.I)
_OPENING = re.compile(
    r"\s*(?:(?:about|around|roughly|approximately|approx|circa|ca?|between|from|some|[^\w\s])\s*)*",
    re.I,
)
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


def contradiction(
    spelling: str,
    form: str,
    low: float | None,
    high: float | None,
    unit: str | None,
    open_ended: bool,
) -> tuple[str, str] | None:
    """Return the field that does not fit the spelling and what is wrong with it, or None where
    nothing contradicts.

    form: one of the schema's forms of a quantity; `verbal` is free unless its spelling is nothing
    but one number.
    """
    if wrong := _other_currency(spelling, unit):
        return "unit", wrong
    spelling = _plain(spelling)
    numbers = numbers_of(spelling, unit) if (low, high) != (None, None) else []
    is_free = (low, high) == (0, None) and _FREE.search(_DENIED.sub("", spelling))
    if (
        not numbers
        or is_free
        or _VAGUE.search(spelling)
        or any(map(is_unread, re.findall(r"[^\W\d_]+", spelling)))
    ):
        return None
    if form == "verbal" and not (len(numbers) == 1 and _is_bare(spelling, numbers[0])):
        return None
    if form != "verbal" and (wrong := _other_form(spelling, form, numbers, open_ended)):
        return "form", wrong
    exact = {value for number in numbers for value in number.values}
    near = {value for number in numbers for value in number.converted} | set(
        _together(spelling, numbers, unit)
    )
    if _DOWNWARDS.search(spelling):
        exact |= {-value for value in exact}
    for field, value in (("low", low), ("high", high)):
        if value is not None and not (
            _is_one_of(value, exact) or _is_one_of(value, near, 0.1 if is_rough(unit) else 0.02)
        ):
            if field == "low" and value == 0 and _UPPER.search(spelling):
                continue  # "up to 100", kept as 0 to 100
            stated = " and ".join(dict.fromkeys(number.text for number in numbers))
            return (
                field,
                f"{value:,.15g} is not what the spelling says, which is {stated}: mend the one that is wrong",
            )
    return None


def numbers_of(spelling: str, unit: str | None = None) -> list[Number]:
    """Return the numbers that a spelling states, in their order, in the quantity's unit where that
    can be known.
    """
    found = [_read(match, spelling, unit) for match in _NUMBER.finditer(spelling)]
    for begin, end, value in in_words(spelling):
        if not any(number.begin <= begin < number.after for number in found):
            after, values, converted = _scaled(spelling, end, {value}, unit)
            found.append(
                Number(
                    spelling[begin:after],
                    begin,
                    end,
                    after,
                    frozenset(values),
                    frozenset(converted),
                )
            )
    return _with_shared_suffix(spelling, sorted(found, key=lambda number: number.begin), unit)


def _plain(spelling: str) -> str:
    """Return the spelling with its rarer signs written in the common way: full-width digits, 1½,
    10⁶, 1h30, 5'30", 1:02:03.
    """
    text = spelling.translate(_NARROW)
    text = re.sub(
        r"(?:(\d+)\s?)?([¼½¾⅐-⅞])",
        lambda found: f"{float(found[1] or 0) + unicodedata.numeric(found[2]):.4g}",
        text,
    )
    text = re.sub(
        r"(?<![\d.,/])(\d+)[ -](\d)/([2-9])(?![\d/])",
        lambda found: f"{int(found[1]) + int(found[2]) / int(found[3]):.4g}",
        text,
    )
    text = re.sub(r"^\s*[-−]\s+(?=\d)", "-", text)
    text = re.sub(
        r"(?<![\d.,])(?<![x×*·]\s)(?<![x×*·])(?:(\d{1,3})\^\s?([-−+]?\d{1,2})|10([⁻⁰¹²³⁴-⁹]+))(?!\d)",
        _power,
        text,
    )
    text = re.sub(r"(\d)\s?(h|min)\s?(\d{1,2})(?![\d.,]|\s?[^\W\d])", _smaller_unit, text)
    text = re.sub(r"(?<!\d)(\d{1,3})\s?['′]\s?(\d{1,2})\s?(?:[\"″]|'')", r"\1 min \2 s", text)
    return re.sub(r"(?<![\d:])(\d+):(\d\d):(\d\d)(?![\d:])", r"\1 h \2 min \3 s", text)


def _power(found: re.Match[str]) -> str:
    power = (found[2] or found[3].translate(_HIGHER_POWER)).replace("−", "-")
    try:
        return f"{float(found[1] or 10) ** int(power):.15g}"
    except (ArithmeticError, ValueError):  # too large, or signs alone
        return found[0]


def _smaller_unit(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]} {found[3]} {'min' if found[2] == 'h' else 's'}"


# --- one number -----------------------------------------------------------------------------------


def _read(match: re.Match[str], spelling: str, unit: str | None) -> Number:
    values = set(_digits(match["digits"]))
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


def _digits(text: str) -> Iterator[float]:
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
    spelling: str, at: int, values: set[float], unit: str | None
) -> tuple[int, set[float], set[float]]:
    """Return where the multipliers and the unit behind a number end, what it may mean with them,
    and what in the other unit.
    """
    after = at
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
    for at, (one, other) in enumerate(pairwise(numbers)):
        if (
            one.after == one.end
            and other.after > other.end
            and _JOINS.fullmatch(spelling, one.after, other.begin)
        ):
            _, values, converted = _scaled(spelling, other.end, set(one.values), unit)
            keep = (
                one.values
                if known(spelling[other.end : other.after].strip(" -")) is None
                else frozenset()
            )
            shared[at] = Number(
                one.text,
                one.begin,
                one.end,
                one.after,
                frozenset(values) | keep,
                frozenset(converted),
            )
    return shared


# --- several numbers ------------------------------------------------------------------------------


def _together(spelling: str, numbers: list[Number], unit: str | None) -> Iterator[float]:
    """Yield what several numbers may mean as one: 2 x 4, 3/4, 1 in 5, 100 ± 5, 1h 30m, 1:30, 57 %
    as 0.57 or 1.57.
    """
    for one, other in pairwise(numbers):
        between = spelling[one.after : other.begin].strip()
        is_per = re.search(r"(?:/|\bper|\bfor)$", between)
        for a in one.meant:
            for b in other.meant:
                if between in ("x", "×", "*", "·"):
                    yield a * b
                if (is_per or between in (":", "in", "of", "out of", "to", "⁄")) and b:
                    yield from (a / b, 100 * a / b, *(a * scale / b for scale in _scales(unit)))
                if between in ("±", "+/-", "+-"):
                    yield from (a - b, a + b, a * (1 - b / 100), a * (1 + b / 100))
                if between in ("", "and", ",", "+"):
                    yield a + b
                if between == ":":
                    yield from (a * 60 + b, a + b / 60, a * 3600 + b * 60)
    if all(not spelling[one.after : other.begin].strip() for one, other in pairwise(numbers)):
        # 1 h 2 min 3 s
        yield from (sum(parts) for parts in product(*(number.meant for number in numbers[:3])))
    in_percent, says_percent = _is_percent(unit), re.search(r"%|\bper ?cent\b", spelling)
    for number in numbers:
        for value in number.meant:
            if says_percent and not in_percent:
                yield from (value / 100, 1 + value / 100, 1 - value / 100)
            if (
                in_percent
                and not says_percent
                and (value <= 1 or re.match(r"\s?(?:x|×|times|fold)\b", spelling[number.after :]))
            ):
                yield value * 100
            if re.search(r"[¢]|\b(?:cents?|ct|pence)\b", spelling):
                yield value / 100
    for match in _INSIDE_A_WORD.finditer(spelling):
        yield from _digits(match[0])


def _scales(unit: str | None) -> Iterator[float]:
    """Yield the numbers that a unit itself holds: those of "USD per million requests"."""
    for word in re.findall(r"[^\W\d_]+", unit or ""):
        yield multiplier(word) or 1.0
    for match in _NUMBER.finditer(unit or ""):
        yield from _digits(match["digits"])


def _is_percent(unit: str | None) -> bool:
    return (unit or "").strip() in ("%", "percent", "per cent")


def _is_one_of(value: float, meant: set[float], tolerance: float = 1e-9) -> bool:
    """Say whether a number is one of these; what was converted need not be so to the last digit."""
    return any(isclose(value, number, rel_tol=tolerance, abs_tol=1e-12) for number in meant)


def _is_bare(spelling: str, number: Number) -> bool:
    """Say whether a spelling is one number and nothing else."""
    return not re.search(r"\w", spelling[: number.begin] + spelling[number.after :])


# --- form and currency ----------------------------------------------------------------------------


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
    """Return the two ends of a spelling that is one range and nothing else ("3-5x", "between 2 and
    4 weeks"), or None.
    """
    if len(numbers) != 2:
        return None
    one, other = numbers
    between = spelling[one.after : other.begin] + (
        spelling[other.begin] if spelling[other.begin] in "-−" else ""
    )
    joined = _JOINS.fullmatch(between) or (
        re.match(r"\s*between\b", spelling, re.I) and between.strip() == "and"
    )
    is_date = re.fullmatch(r"\d{4}", spelling[one.begin : one.end]) and re.fullmatch(
        r"-\d{2}", spelling[one.end : other.end]
    )
    if not joined or is_date or not _OPENING.fullmatch(spelling, 0, one.begin):
        return None
    rises = any(abs(a) < abs(b) for a in one.meant for b in other.meant)
    return f"{one.text} to {other.text.lstrip('-−')}" if rises else None


def _other_currency(spelling: str, unit: str | None) -> str | None:
    code = (unit or "").strip()
    if code not in CODES | DOLLARS:
        return None
    signs = {
        sign: codes
        for sign, codes in {**CURRENCIES, "$": tuple(DOLLARS)}.items()
        if sign in spelling
    }
    for sign in signs:
        if not any(code in codes for codes in signs.values()):  # "€5 (about $6)" is in both
            return f"{code} is not the currency of the spelling, which is in {sign}: nothing is converted"
    named = re.findall(r"\b[A-Z]{3}\b", spelling)
    if named and named[0] in CODES | DOLLARS and code not in named:
        return f"{code} is not the currency of the spelling, which is in {named[0]}: nothing is converted"
    return None


def of_plain(quantity: Any) -> tuple[str, str] | None:
    """Return the contradiction within a quantity of a plain tree, where numbers may still be texts;
    None where it has none.

    What is no quantity at all, or has numbers that are none, is for the schema to say.
    """
    if not isinstance(quantity, dict) or not isinstance(spelling := quantity.get("spelling"), str):
        return None
    try:
        low, high = (
            None if quantity.get(end) is None else float(quantity[end]) for end in ("low", "high")
        )
    except (TypeError, ValueError):
        return None
    unit = quantity.get("unit")
    is_open = str(quantity.get("open_ended", "")).casefold() in ("true", "1", "yes", "on")
    form = str(quantity.get("form") or "point")
    return contradiction(
        spelling.strip(), form, low, high, unit if isinstance(unit, str) else None, is_open
    )
