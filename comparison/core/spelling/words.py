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


def holds(folded: str, words: Sequence[str]) -> bool:
    """Return whether each of the words begins one of a text; both in small letters."""
    return all(word in folded and re.search(begun(word), folded) for word in words)
