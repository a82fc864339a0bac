"""Units of which one is a number times another: 35 ms in seconds, 512 MB in GB, 1 Gbit/s in Mbit/s,
60 a minute in seconds.

Only for asking whether a number fits its spelling: nothing that is shown is ever converted.
"""

import re

SECONDS = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "μs": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
}
SECONDS |= {"day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0, "year": 31_557_600.0}
BYTES = {
    "byte": 1.0,
    "kb": 1e3,
    "mb": 1e6,
    "gb": 1e9,
    "tb": 1e12,
    "kib": 2.0**10,
    "mib": 2.0**20,
    "gib": 2.0**30,
    "tib": 2.0**40,
}
# 1 GB is 1,024 MB to some
BINARY = {name: 1024.0**power for power, name in enumerate(("byte", "kb", "mb", "gb", "tb"))}
SAME_UNIT = {
    "sec": "s",
    "second": "s",
    "millisecond": "ms",
    "microsecond": "us",
    "nanosecond": "ns",
    "minute": "min",
}
SAME_UNIT |= {
    "m": "min",
    "b": "byte",
    "hour": "h",
    "hr": "h",
    "d": "day",
    "wk": "week",
    "w": "week",
    "mo": "month",
    "yr": "year",
}
ROUGHLY = frozenset({"month", "year"})  # a month has no fixed number of days
PREFIXES = {
    "": 1.0,
    "n": 1e-9,
    "µ": 1e-6,
    "μ": 1e-6,
    "u": 1e-6,
    "m": 1e-3,
    "c": 1e-2,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
}
PREFIXES |= {"G": 1e9, "T": 1e12, "P": 1e15}
BASES = {
    "bit": "bit",
    "bits": "bit",
    "bps": "bit",
    "b": "bit",
    "B": "byte",
    "Bps": "byte",
    "Hz": "Hz",
    "hz": "Hz",
    "m": "m",
}
BASES |= {
    "g": "g",
    "W": "W",
    "Wh": "Wh",
    "V": "V",
    "A": "A",
    "J": "J",
    "l": "l",
    "L": "l",
    "FLOPS": "FLOPS",
    "flops": "FLOPS",
}


def known(word: str | None) -> str | None:
    """Return the unit of time or memory that a word is, or None."""
    word = (word or "").strip().casefold()
    word = word if word in SECONDS or word in BYTES else word.removesuffix("s")
    word = SAME_UNIT.get(word, word)
    return word if word in SECONDS or word in BYTES else None


def factors(stated: str, unit: str | None) -> set[float]:
    """Return what a number in the stated unit may be multiplied by to be one in the wanted unit;
    nothing where they differ.
    """
    first = re.split(r"[\s/]", (unit or "").strip())[0]  # the GB of "GB RAM"
    one, other = known(stated), known(unit) or known(first)
    if one in SECONDS and other in SECONDS:
        return {SECONDS[one] / SECONDS[other]}
    if one in BYTES and other in BYTES:
        both_ways = {BINARY[one] / BINARY[other]} if one in BINARY and other in BINARY else set()
        return {BYTES[one] / BYTES[other]} | both_ways
    return _prefixed(stated, first)


def _prefixed(stated: str, unit: str) -> set[float]:
    def parts(word: str) -> set[tuple[str, float]]:
        return {
            (BASES[word[len(p) :]], f)
            for p, f in PREFIXES.items()
            if word.startswith(p) and word[len(p) :] in BASES
        }

    return {f / g for base, f in parts(stated) for other, g in parts(unit) if base == other} - {1.0}


def rate_factor(stated: str, unit: str | None) -> float | None:
    """Return the factor between two rates in words, "1 request/s" and "requests per minute", or
    None where there is none.
    """
    matches = [
        re.search(r"(?:/|\b(?:per|an?|each)\s)\s*([^\W\d_]+)", words or "")
        for words in (stated, unit)
    ]
    one, other = (known(match[1]) if match else None for match in matches)
    return (
        SECONDS[other] / SECONDS[one]
        if one in SECONDS and other in SECONDS and one != other
        else None
    )


def is_rough(unit: str | None) -> bool:
    """Say whether a number in this unit is never exact when it comes from another."""
    return known(unit) in ROUGHLY
