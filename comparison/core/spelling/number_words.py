"""Numbers in words, and the words that multiply a number: "eight", "one hundred and twenty", "2 to
three", "k", "lakh", "Mrd".

Knows no units. A word in another script that is not listed may multiply too, so its number cannot
be read.
"""

import re
from collections.abc import Iterator

MULTIPLIERS = {
    "hundred": 1e2, "dozen": 12, "k": 1e3, "thousand": 1e3, "grand": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "l": 1e5,
    "m": 1e6, "mn": 1e6, "mio": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6,
    "crore": 1e7, "crores": 1e7, "cr": 1e7,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "mrd": 1e9, "mld": 1e9,
    "milliard": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12,
    "tsd": 1e3, "тыс": 1e3, "млн": 1e6, "млрд": 1e9,
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8,
    "兆": 1e12,
}  # fmt: skip
LETTERS = frozenset({"m", "b", "t", "cr", "l"})  # also units: metres, minutes, bytes, tons, litres
UP_TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = {word: float(value) for value, word in enumerate(UP_TO_NINETEEN)}
NUMBER_WORDS |= {word: 10.0 * tens for tens, word in enumerate(TENS, 2)}
LATIN_ENDS = "\u024f"


def multiplier(word: str) -> float | None:
    """Return what a word multiplies a number by, or None where it does not."""
    return MULTIPLIERS.get(word.casefold())


def is_unread(word: str) -> bool:
    """Say whether a word may multiply a number in a script that is not read here."""
    return (
        any(letter > LATIN_ENDS and letter not in "µμ°Ωω" for letter in word)
        and multiplier(word) is None
    )


def in_words(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield (begin, end, value) of every number in words: "twenty-five to thirty" holds two."""
    words = [
        (match.start(), match.end(), match[0].casefold())
        for match in re.finditer(r"[^\W\d_]+", text)
    ]
    index = 0
    while index < len(words):
        value, after = _number_at(words, index, text)
        if value is None:
            index += 1
        else:
            yield words[index][0], words[after - 1][1], value
            index = after


def _number_at(
    words: list[tuple[int, int, str]], first: int, text: str
) -> tuple[float | None, int]:
    """Return the number that begins with a word, or None, and the place of the word behind it."""
    total, part, after = 0.0, 0.0, first
    last: float | None = None  # the number word before, if it was one
    for index in range(first, len(words)):
        begin, _, word = words[index]
        has_begun = after > first
        if index > first and text[words[index - 1][1] : begin].strip(" \u00a0-"):
            break
        if word in NUMBER_WORDS and (last is None or last >= 20 > 10 > NUMBER_WORDS[word]):
            last = NUMBER_WORDS[word]
            part += last
        elif (factor := _whole_word(word)) and (
            has_begun or word == "hundred" or words[first][2] in ("a", "an")
        ):
            part, last = (part or 1.0) * factor, None
            if factor > 100:
                total, part = total + part, 0.0
        elif (word in ("a", "an") and index == first) or (
            word == "and" and has_begun and last is None
        ):
            continue  # it may begin one, or go on with it
        else:
            break
        after = index + 1
    return (total + part if after > first else None), after


def _whole_word(word: str) -> float | None:
    """Return the factor of a multiplier that is a word and not a letter or an abbreviation."""
    return multiplier(word) if len(word) > 3 and word.isascii() else None
