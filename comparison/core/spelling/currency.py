"""Which currency a spelling is in, by its sign or its code. Nothing is ever converted."""

import re

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


def other_currency(spelling: str, unit: str | None) -> str | None:
    """Return what is wrong with a unit that is another currency than the spelling's, or None."""
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
            return (
                f"{code} is not the currency of the spelling, which is in {sign}: nothing is "
                "converted"
            )
    named = re.findall(r"\b[A-Z]{3}\b", spelling)
    if named and named[0] in CODES | DOLLARS and code not in named:
        return (
            f"{code} is not the currency of the spelling, which is in {named[0]}: nothing is "
            "converted"
        )
    return None
