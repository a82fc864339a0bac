"""Names that are easily taken for one another: "Hiring and onboarding" and "Hiring pool"."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.8  # how much of two spellings is the same, from which on they are taken for one another
FROM = 4  # letters that a word has to have, to say what a name is about
MOST = 3


def near_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the names that may be taken for one, at most three of them, in their order: those that
    share the word they begin with, half of their words, or nearly all their letters. The name
    itself is none of them.
    """
    mine = _words(name)
    near = (other for other in others if other != name and _is_near(name, mine, other))
    return tuple(near)[:MOST]


def _is_near(name: str, mine: list[str], other: str) -> bool:
    theirs = _words(other)
    if mine and theirs:
        shared = set(mine) & set(theirs)
        fewer = min(len(set(mine)), len(set(theirs)))
        if mine[0] == theirs[0] or 2 * len(shared) > fewer:
            return True
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= ALIKE


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name.casefold()) if len(word) >= FROM]
