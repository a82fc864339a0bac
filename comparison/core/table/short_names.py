"""The slug of a name: "C++ (clang)" is c-plus-plus-clang. Within one list none is given twice."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
_SIGNS = (("++", " plus plus "), ("#", " sharp "), ("&", " and "), ("+", " plus "), ("@", " at "))
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"})


def short_name(name: str, fallback: str, taken: Collection[str] = ()) -> str:
    """Return the slug of a name that is not taken yet; `fallback` where no letter of it is Latin
    and no digit is in it.
    """
    text = name.casefold()
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", ascii_only.replace("'", "").replace("’", ""))
    slug = _shortened("-".join(words)) or fallback
    number, unique = 1, slug
    while unique in taken:
        number += 1
        unique = f"{slug[: LONGEST - 5]}-{number}"
    return unique


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]
