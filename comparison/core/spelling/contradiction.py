"""The spelling of a quantity, as its source prints it, against the numbers that are drawn and
scored.

Reads the numbers that a spelling may state: thousands, decimals, powers, "k" and "million", "35 ms"
in seconds, "1h 30m", "eight". Says only what truly contradicts: another number, a range kept as a
point, an upper bound kept as a lower one, another currency. A spelling that cannot be read
("several", "unlimited") contradicts nothing. Corrects nothing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from math import isclose
from typing import Any

from comparison.core.spelling.currency import other_currency
from comparison.core.spelling.number_words import is_unread, multiplier
from comparison.core.spelling.numbers import (
    JOINS,
    NUMBER,
    Number,
    digits_of,
    in_common_signs,
    numbers_of,
)
from comparison.core.spelling.units import is_rough

_VAGUE = re.compile(
    r"\b(?:few|several|couple|many|tens|dozens|hundreds|thousands|millions"
    r"|billions|half|halves|quarters?|thirds?|nines)\b",
    re.I,
)
_FREE = re.compile(r"\b(?:free|none|nothing|nil|no|zero|without)\b", re.I)
_DOWNWARDS = re.compile(
    r"\b(?:slower|less|fewer|lower|smaller|shorter|cheaper|decreased?|drop"
    r"|decline|down|cut|minus|reduction|reduced|loss|below|fall)\b",
    re.I,
)
_INSIDE_A_WORD = re.compile(r"(?<=[^\W\d_])\d+(?:[.,]\d+)*")  # the 95 of p95, the 2 of EC2
_OPENING = re.compile(
    r"\s*(?:(?:about|around|roughly|approximately|approx|circa|ca?|between|from|some|[^\w\s])\s*)*",
    re.I,
)
_LOWER = re.compile(
    r"\d\s?\+(?!\s?\d)"
    r"|\d[.\d]*\s?(?:k|m|b|bn|x|%|thousand|million|billion|lakhs?|crores?)\s?\+"
    r"|≥|⩾|>=|^\s*>|\bat least\b"
    r"|\bor more\b|\b(?:or|and) (?:above|up|upwards?|higher|over|greater|longer)\b"
    r"|\b(?:not?|never) (?:less|fewer|lower) than\b"
    r"|^\s*(?:well |just |always )?"
    r"(?:over|above|more than|greater than|exceeding|beyond|upwards of|north of|minimum|min\.)\s",
    re.I,
)
_UPPER = re.compile(
    r"≤|⩽|<=|^\s*<|\bat most\b|\bup to\b"
    r"|\bor (?:less|fewer|below|under|lower|shorter)\b|\b(?:not?|never) more than\b"
    r"|^\s*(?:well |just |always )?(?:under|below|less than|fewer than|within|maximum|max\.)\s",
    re.I,
)
_DENIED = re.compile(r"\b(?:not?|never) (?:less|fewer|lower|more) than\b", re.I)


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
    if wrong := other_currency(spelling, unit):
        return "unit", wrong
    spelling = in_common_signs(spelling)
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
                (
                    f"{value:,.15g} is not what the spelling says, which is {stated}: mend the "
                    "one that is wrong"
                ),
            )
    return None


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
        yield from digits_of(match[0])


def _scales(unit: str | None) -> Iterator[float]:
    """Yield the numbers that a unit itself holds: those of "USD per million requests"."""
    for word in re.findall(r"[^\W\d_]+", unit or ""):
        yield multiplier(word) or 1.0
    for match in NUMBER.finditer(unit or ""):
        yield from digits_of(match["digits"])


def _is_percent(unit: str | None) -> bool:
    return (unit or "").strip() in ("%", "percent", "per cent")


def _is_one_of(value: float, meant: set[float], tolerance: float = 1e-9) -> bool:
    """Say whether a number is one of these; what was converted need not be so to the last digit."""
    return any(isclose(value, number, rel_tol=tolerance, abs_tol=1e-12) for number in meant)


def _is_bare(spelling: str, number: Number) -> bool:
    """Say whether a spelling is one number and nothing else."""
    return not re.search(r"\w", spelling[: number.begin] + spelling[number.after :])


# --- form -----------------------------------------------------------------------------------------


def _other_form(spelling: str, form: str, numbers: list[Number], open_ended: bool) -> str | None:
    denied = {match[0].casefold().rsplit(" ", 2)[1] for match in _DENIED.finditer(spelling)}
    words = _DENIED.sub("", spelling)
    lower = bool(_LOWER.search(words)) or bool(denied & {"less", "fewer", "lower"})
    upper = bool(_UPPER.search(words)) or "more" in denied
    ends = _range_of(spelling, numbers)
    if lower != upper:
        stated = " or more" if lower else " at most"
        right_form = "at-least" if lower else "at-most"
        bound_as_point = form == "point" and not (lower and open_ended) and not ends
        if bound_as_point or form == ("at-most" if lower else "at-least"):
            return (
                f"{form} is not what the spelling says, which is {numbers[0].text}{stated}: "
                f"choose {right_form}"
            )
    if ends and (form == "point" or (form in ("at-least", "at-most") and not lower and not upper)):
        return (
            f"{form} is not what the spelling says, which is a range, {ends}: choose range, "
            "with both ends"
        )
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
    joined = JOINS.fullmatch(between) or (
        re.match(r"\s*between\b", spelling, re.I) and between.strip() == "and"
    )
    is_date = re.fullmatch(r"\d{4}", spelling[one.begin : one.end]) and re.fullmatch(
        r"-\d{2}", spelling[one.end : other.end]
    )
    if not joined or is_date or not _OPENING.fullmatch(spelling, 0, one.begin):
        return None
    rises = any(abs(a) < abs(b) for a in one.meant for b in other.meant)
    return f"{one.text} to {other.text.lstrip('-−')}" if rises else None


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
