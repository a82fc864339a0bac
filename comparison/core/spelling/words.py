"""Words that are looked for -> whether words of a text begin with them. No stems, no synonyms."""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """Return the words of a text, in small letters and without accents: "Café-Node.js" is cafe,
    node, js.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in apart if not unicodedata.combining(sign)))


def begun(word: str) -> str:
    """Return the pattern of a word where another one begins with it: "sso" is in no "processor"."""
    return (r"(?<![^\W_])" if word[0].isalnum() else "") + re.escape(word)


def begins_one(folded: str, word: str) -> bool:
    """Return whether a word begins one of a text: what the pattern of `begun` says, but sooner."""
    place = folded.find(word)
    if word[0].isalnum():
        while place > 0 and folded[place - 1].isalnum():
            place = folded.find(word, place + 1)
    return place >= 0


def holds(folded: str, words: Sequence[str]) -> bool:
    """Return whether each of the words begins one of a text; both in small letters."""
    return all(begins_one(folded, word) for word in words)
