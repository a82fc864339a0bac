"""Words that somebody typed -> which comparisons they mean.

Every word has to be found. It is, where a word of the comparison begins with it, whatever accents
and capitals it has; and where none does, where one holds it, begins with it less its ending, or is
spelled nearly so.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from comparison.core.spelling.words import words_in
from comparison.publishing.store.catalogue_rows import searches_texts

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ENDINGS = ("ies", "ing", "ers", "es", "ed", "er", "ly", "s")
SHORTEST_STEM = 3  # letters that stay
SHORTEST_WITHIN = 3  # letters that are looked for in the middle of words
SHORTEST_MISSPELT = 4
SHORTEST_GARBLED = 7  # letters of a word of which more than one may be wrong
ALIKE = 0.45  # of its groups of three letters, shared
MOST_MEANT = 30  # words that one may stand for
MOST_WORDS = 12  # that are looked for; the rest is not looked at
END = chr(0x10FFFF)  # after every letter

Meant = tuple[str, bool]  # a word, and whether others may begin with it


def found_by(connection: sqlite3.Connection, q: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition on `comparison c` that finds what was typed, and its values."""
    typed = list(dict.fromkeys(words_in(q)))[:MOST_WORDS]
    if not typed:
        # signs alone mean nothing here, and so they find nothing
        return ("WHERE 0", ()) if q.strip() else ("", ())
    condition = _in_index if searches_texts(connection) else _in_table
    conditions, values = [], []
    for word in typed:
        meant = _meant(connection, word, condition)
        if not meant:
            return "WHERE 0", ()
        sql, value = condition(meant)
        conditions.append(f"c.id IN (SELECT rowid FROM searched WHERE {sql})")  # noqa: S608
        values += value
    return f"WHERE {' AND '.join(conditions)}", tuple(values)


Condition = Callable[[Sequence[Meant]], tuple[str, list[str]]]


def _in_index(meant: Sequence[Meant]) -> tuple[str, list[str]]:
    either = " OR ".join(f'"{word}"{"*" if begins else ""}' for word, begins in meant)
    return "searched MATCH ?", [either]


def _in_table(meant: Sequence[Meant]) -> tuple[str, list[str]]:
    either = " OR ".join("' ' || words || ' ' LIKE ?" for _ in meant)
    return f"({either})", [f"% {word}{'%' if begins else ' %'}" for word, begins in meant]


def _meant(connection: sqlite3.Connection, word: str, condition: Condition) -> list[Meant]:
    """Return the words that a typed one stands for: the nearest that find anything."""
    for meant in _guesses(connection, word):
        if meant:
            sql, values = condition(meant)
            asked = f"SELECT 1 FROM searched WHERE {sql} LIMIT 1"  # noqa: S608
            try:
                found = connection.execute(asked, values).fetchone()
            except sqlite3.OperationalError as error:
                if "fts5" not in str(error):
                    raise
                found = None  # the index takes signs of a rare script for no letters
            if found:
                return meant
    return []


def _guesses(connection: sqlite3.Connection, word: str) -> Iterator[list[Meant]]:
    several = word.endswith("s") and not word.endswith("ss") and len(word) > SHORTEST_STEM
    yield [(word, True), *([(word[:-1], True)] if several else [])]
    yield [(stem, True) for stem in _stems(word)]
    if len(word) >= SHORTEST_WITHIN:
        yield _words(connection, "instr(word, ?)", [word])
    if len(word) >= SHORTEST_MISSPELT:
        nearly = sorted(_misspelt(word))
        places = ", ".join("(?)" for _ in nearly)
        yield _words(connection, f"word IN (VALUES {places})", nearly)
        yield [(stem, True) for stem in _begun(connection, nearly)]
    if len(word) >= SHORTEST_GARBLED:
        yield _alike(connection, word)


def _stems(word: str) -> list[str]:
    """Return the word less each ending that it may have."""
    return [
        word.removesuffix(ending)
        for ending in ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
    ]


def _words(connection: sqlite3.Connection, sql: str, values: Sequence[str]) -> list[Meant]:
    asked = f"SELECT word FROM word WHERE {sql} LIMIT {MOST_MEANT}"  # noqa: S608
    return [(word, False) for (word,) in connection.execute(asked, values)]


def _misspelt(word: str) -> set[str]:
    """Return every word that one slip turns into this one: a letter too many, too few, another, or
    two in the wrong order.
    """
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = dict.fromkeys(LETTERS + word)
    return {
        *(before + after[1:] for before, after in cuts if after),
        *(before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1),
        *(before + letter + after[1:] for before, after in cuts if after for letter in letters),
        *(before + letter + after for before, after in cuts for letter in letters),
    } - {word}


def _begun(connection: sqlite3.Connection, nearly: Sequence[str]) -> list[str]:
    """Return those of some words that others begin with."""
    long = [word for word in nearly if len(word) >= SHORTEST_MISSPELT]
    if not long:
        return []
    asked = (
        f"SELECT column1 FROM (VALUES {', '.join('(?)' for _ in long)}) "  # noqa: S608
        "WHERE EXISTS (SELECT 1 FROM word WHERE word >= column1 AND word < column1 || ?) "
        f"LIMIT {MOST_MEANT}"
    )
    return [word for (word,) in connection.execute(asked, (*long, END))]


def _alike(connection: sqlite3.Connection, word: str) -> list[Meant]:
    """Return the words with the same first letter that share most groups of three letters."""
    asked = "SELECT word FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
    bounds = (word[0], word[0] + END, len(word) - 2, len(word) + 2)
    mine = _threes(word)
    shared = {
        other: 2 * len(mine & theirs) / (len(mine) + len(theirs))
        for (other,) in connection.execute(asked, bounds)
        if (theirs := _threes(other))
    }
    best = max(shared.values(), default=0.0)
    if best < ALIKE:
        return []
    near = [other for other, share in shared.items() if share == best]
    return [(other, False) for other in sorted(near)[:MOST_MEANT]]


def _threes(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
