"""What the catalogue keeps of what is withheld: every act, and from them which releases lists leave
out. Knows no file.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from comparison.publishing.store.withheld import WHOLE, Act, Withheld, in_force

TABLES = """
CREATE TABLE act (
  slug TEXT, number INTEGER, step INTEGER, is_withheld INTEGER, reason TEXT, editor TEXT, at TEXT,
  PRIMARY KEY (slug, number, step)
) WITHOUT ROWID;
CREATE TABLE withheld (slug TEXT, number INTEGER, PRIMARY KEY (slug, number)) WITHOUT ROWID;
"""
# the condition on `release` that readers may see it
IS_READABLE = (
    "NOT EXISTS (SELECT 1 FROM withheld w WHERE w.slug = release.slug "
    "AND w.number IN (0, release.number))"
)


def add(connection: sqlite3.Connection, acts: Iterable[Act]) -> None:
    """Write acts down; what follows from them for the lists is `refresh`."""
    connection.executemany(
        "INSERT OR REPLACE INTO act VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*act[:6], act.at.astimezone(UTC).isoformat()) for act in acts],
    )


def are_there(connection: sqlite3.Connection) -> bool:
    """Return whether anything is, or was, withheld."""
    return connection.execute("SELECT 1 FROM act LIMIT 1").fetchone() is not None


def keys(connection: sqlite3.Connection) -> set[tuple[str, int, int, bool]]:
    """Return what names each act that is written down, and whether it withholds."""
    rows = connection.execute("SELECT slug, number, step, is_withheld FROM act")
    return {(*key, bool(is_withheld)) for *key, is_withheld in rows}


def refresh(connection: sqlite3.Connection) -> None:
    """Work out anew which releases lists leave out: a comparison may have more addresses now."""
    connection.execute("DELETE FROM withheld")
    now = state(connection)
    left_out = [*now.releases, *((slug, WHOLE) for slug in now.wholes)]
    connection.executemany("INSERT OR IGNORE INTO withheld VALUES (?, ?)", left_out)


def state(connection: sqlite3.Connection) -> Withheld:
    """Return what is withheld now."""
    rows = connection.execute("SELECT * FROM act").fetchall()
    if not rows:
        return NOTHING
    acts = [
        Act(slug, number, step, bool(is_withheld), reason, editor, datetime.fromisoformat(at))
        for slug, number, step, is_withheld, reason, editor, at in rows
    ]
    releases: dict[tuple[str, int], Act] = {}
    wholes: dict[str, Act] = {}
    numbers: dict[str, set[int]] = defaultdict(set)
    for (slug, number), act in in_force(acts).items():
        if not act.is_withheld:
            continue
        family = family_of(connection, slug)
        if number == WHOLE:
            wholes |= dict.fromkeys(family, act)
            continue
        releases[slug, number] = act
        for one in family:
            numbers[one].add(number)
    return Withheld(releases, wholes, {slug: frozenset(of) for slug, of in numbers.items()})


NOTHING = Withheld()


def family_of(connection: sqlite3.Connection, slug: str) -> list[str]:
    """Return every address of a comparison, the present one first."""
    found = connection.execute("SELECT successor FROM address WHERE slug = ?", (slug,)).fetchone()
    present = found[0] if found else slug
    former = connection.execute("SELECT slug FROM address WHERE successor = ?", (present,))
    return list(dict.fromkeys([present, *(one for (one,) in former), slug]))
