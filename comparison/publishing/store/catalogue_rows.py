"""The tables of the catalogue, and what a release changes in them. Knows no file."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from comparison.core.spelling.words import words_in
from comparison.publishing.store import withheld_rows
from comparison.publishing.store.release_file import Damaged, Head

FORMAT = 3  # of these tables; a catalogue of another one is made anew
_TABLES = """
CREATE TABLE release (
  slug TEXT, number INTEGER, title TEXT, digest TEXT, editor TEXT, note TEXT, published_at TEXT,
  changed TEXT, PRIMARY KEY (slug, number)
) WITHOUT ROWID;
CREATE INDEX release_by_time ON release (published_at DESC, slug, number DESC);
CREATE TABLE unreadable (slug TEXT, number INTEGER, PRIMARY KEY (slug, number)) WITHOUT ROWID;
CREATE TABLE address (slug TEXT PRIMARY KEY, successor TEXT, number INTEGER) WITHOUT ROWID;
CREATE INDEX address_by_successor ON address (successor);
CREATE TABLE comparison (
  id INTEGER PRIMARY KEY, slug TEXT UNIQUE, number INTEGER, title TEXT, digest TEXT,
  published_at TEXT, place TEXT
);
CREATE INDEX comparison_by_place ON comparison (place, slug);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, slug TEXT, number INTEGER, digest TEXT, build TEXT, html TEXT,
  UNIQUE (slug, build)
);
"""
_SEARCHED = (
    "CREATE VIRTUAL TABLE searched USING fts5(words, tokenize='unicode61')",
    "CREATE TABLE searched (words TEXT)",
)
LINE = ("slug", "number", "title", "digest", "editor", "note", "published_at", "changed")
BUILDS = 2  # whose hub entries are kept: an old and a new server may run side by side
_empty: list[bytes] = []


def make(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty catalogue. They are copied: making them takes longer."""
    if not _empty:
        first = sqlite3.connect(":memory:", isolation_level=None)
        first.executescript(f"PRAGMA user_version = {FORMAT}; {_TABLES} {withheld_rows.TABLES}")
        try:
            first.execute(_SEARCHED[0])
        except sqlite3.OperationalError:  # this SQLite cannot search texts
            first.execute(_SEARCHED[1])
        _empty.append(first.serialize())
        first.close()
    connection.deserialize(_empty[0])


def is_whole(connection: sqlite3.Connection) -> bool:
    """Return whether these are the tables that `make` makes."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT)


def searches_texts(connection: sqlite3.Connection) -> bool:
    """Return whether the words are kept in an index, and not only in a table."""
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'searched'").fetchone()
    return made is not None and "VIRTUAL" in made[0]


def add(connection: sqlite3.Connection, heads: Iterable[Head]) -> None:
    """Write down releases, in any order; what is there already is written anew."""
    for head in sorted(heads, key=lambda head: head.number):
        connection.execute(
            "INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                head.slug,
                head.number,
                head.title,
                head.digest,
                head.editor,
                head.note,
                _stamp(head.published_at),
                json.dumps(head.changed),
            ),
        )
        connection.execute(
            "DELETE FROM unreadable WHERE slug = ? AND number = ?", (head.slug, head.number)
        )
        _send_on(connection, head)
        _make_newest(connection, head)


def list_readable(
    connection: sqlite3.Connection, slugs: Iterable[str], read_head: Callable[[str, int], Head]
) -> None:
    """List some comparisons by the newest release that is not withheld, or not at all. read_head:
    of the file of a release, or Damaged.
    """
    if not withheld_rows.are_there(connection):
        return
    withheld_rows.refresh(connection)
    families = {tuple(withheld_rows.family_of(connection, slug)) for slug in slugs}
    for present, *former in families:
        for slug in (present, *former):
            _take_down(connection, slug)
        if head := _newest_readable(connection, (present, *former), read_head):
            _list(connection, present, head)


def _newest_readable(
    connection: sqlite3.Connection, slugs: tuple[str, ...], read_head: Callable[[str, int], Head]
) -> Head | None:
    places = ", ".join("?" * len(slugs))
    found = connection.execute(
        f"SELECT slug, number FROM release WHERE slug IN ({places}) "  # noqa: S608
        f"AND {withheld_rows.IS_READABLE} ORDER BY number DESC",
        slugs,
    ).fetchall()
    for slug, number in found:
        try:
            return read_head(slug, number)
        except Damaged:
            continue
    return None


def _send_on(connection: sqlite3.Connection, head: Head) -> None:
    """Let the addresses that the comparison had lead to the one it has, unless a later release says
    otherwise.
    """
    connection.execute(
        "DELETE FROM address WHERE slug = ? AND number < ?", (head.slug, head.number)
    )
    for old in head.former:
        connection.execute(
            "UPDATE address SET successor = ?, number = ? WHERE successor = ? AND number < ?",
            (head.slug, head.number, old, head.number),
        )
        connection.execute(
            "INSERT INTO address (slug, successor, number) SELECT ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM release WHERE slug = ? AND number > ?) "
            "ON CONFLICT (slug) DO UPDATE SET successor = excluded.successor, "
            "number = excluded.number WHERE excluded.number > number",
            (old, head.slug, head.number, old, head.number),
        )
        if is_former(connection, old):
            _take_down(connection, old)


def is_former(connection: sqlite3.Connection, slug: str) -> bool:
    """Return whether an address leads to another one."""
    asked = connection.execute("SELECT 1 FROM address WHERE slug = ?", (slug,))
    return asked.fetchone() is not None


def _take_down(connection: sqlite3.Connection, slug: str) -> None:
    row = connection.execute("SELECT id FROM comparison WHERE slug = ?", (slug,)).fetchone()
    if row:
        connection.execute("DELETE FROM searched WHERE rowid = ?", row)
        connection.execute("DELETE FROM comparison WHERE id = ?", row)


def _make_newest(connection: sqlite3.Connection, head: Head) -> None:
    """List the comparison by this release, unless a later one is listed."""
    row = connection.execute(
        "SELECT number FROM comparison WHERE slug = ?", (head.slug,)
    ).fetchone()
    if (row and row[0] > head.number) or is_former(connection, head.slug):
        return
    _take_down(connection, head.slug)
    _list(connection, head.slug, head)


def _list(connection: sqlite3.Connection, slug: str, head: Head) -> None:
    """List a comparison, which is not listed, by a release. slug: its present address; the release
    may have come out under another one.
    """
    place = " ".join(words_in(head.title)) or head.title
    listed = connection.execute(
        "INSERT INTO comparison (slug, number, title, digest, published_at, place) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (slug, head.number, head.title, head.digest, _stamp(head.published_at), place),
    )
    # whoever has its address at hand types that
    words = dict.fromkeys((*head.words, *words_in(slug)))
    connection.execute(
        "INSERT INTO searched (rowid, words) VALUES (?, ?)", (listed.lastrowid, " ".join(words))
    )
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?)", [(word,) for word in words])


def note_unreadable(connection: sqlite3.Connection, slug: str, number: int) -> None:
    """Write down that there is a release which cannot be read."""
    connection.execute("INSERT OR IGNORE INTO unreadable VALUES (?, ?)", (slug, number))


def keep_entries(
    connection: sqlite3.Connection, build: str, entries: Iterable[tuple[str, int, str, str]]
) -> None:
    """Keep what the hub shows of comparisons: slug, number, digest and text of each."""
    for slug, number, digest, html in entries:
        connection.execute(
            "INSERT OR REPLACE INTO entry (slug, number, digest, build, html) "
            "VALUES (?, ?, ?, ?, ?)",
            (slug, number, digest, build, html),
        )
        connection.execute(
            "DELETE FROM entry WHERE slug = ? AND id NOT IN "
            "(SELECT id FROM entry WHERE slug = ? ORDER BY id DESC LIMIT ?)",
            (slug, slug, BUILDS),
        )


def line_of(row: tuple[Any, ...]) -> Mapping[str, Any]:
    """Return a row of releases by the names of `LINE`."""
    line = dict(zip(LINE, row, strict=True))
    line["published_at"] = datetime.fromisoformat(line["published_at"])
    line["changed"] = json.loads(line["changed"])
    return line


def _stamp(moment: datetime) -> str:
    """Return a moment as text that sorts as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
