"""What is asked of the catalogue: which release is the newest, which there are, what lists and
feeds say of each. No file of a release is opened here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comparison.publishing.store import withheld_rows
from comparison.publishing.store.catalogue import Reader, catalogue
from comparison.publishing.store.catalogue_rows import LINE, line_of
from comparison.publishing.store.hub_search import found_by
from comparison.publishing.store.withheld import Withheld
from comparison.publishing.store.withheld_rows import IS_READABLE

_COLUMNS = ", ".join(LINE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A comparison as lists name it."""

    slug: str  # its address now
    number: int  # of its newest release
    title: str
    digest: str
    published_at: datetime
    entry: str  # what the hub shows of it; empty where that is not known yet


def newest(slug: str) -> tuple[str, int] | None:
    """Return slug and number of the newest release of the comparison that has, or had, an
    address; of those that are not withheld.
    """

    def asked(reader: Reader) -> tuple[str, int] | None:
        known = reader.newest.get(slug)
        if known is None:
            known = reader.connection.execute(
                "SELECT slug, number FROM comparison WHERE slug = ? "
                "OR slug = (SELECT successor FROM address WHERE slug = ?)",
                (slug, slug),
            ).fetchone()
            if known:
                reader.newest[slug] = known
        return known

    return catalogue.ask(asked)


def releases_of(slug: str) -> list[tuple[str, int]]:
    """Return slug and number of every release of the comparison at an address, newest first: those
    too that came out under an address that it had before.
    """
    return catalogue.ask(
        lambda reader: reader.connection.execute(
            "SELECT slug, number FROM release WHERE slug = ? "
            "OR slug IN (SELECT slug FROM address WHERE successor = ?) ORDER BY number DESC",
            (slug, slug),
        ).fetchall()
    )


def present_address(slug: str) -> str:
    """Return the address that the comparison has now which has, or had, an address."""

    def asked(reader: Reader) -> str:
        sql = "SELECT successor FROM address WHERE slug = ?"
        found = reader.connection.execute(sql, (slug,)).fetchone()
        return found[0] if found else slug

    return catalogue.ask(asked)


def withheld() -> Withheld:
    """Return what is withheld now."""

    def asked(reader: Reader) -> Withheld:
        if reader.withheld is None:
            reader.withheld = withheld_rows.state(reader.connection)
        return reader.withheld

    return catalogue.ask(asked)


def acts() -> set[tuple[str, int, int, bool]]:
    """Return slug, number and step of each act by which something was withheld or shown again, and
    whether it was withheld.
    """
    return catalogue.ask(lambda reader: withheld_rows.keys(reader.connection))


def are_there() -> bool:
    """Return whether anything was ever published."""
    sql = "SELECT EXISTS (SELECT 1 FROM release)"
    return bool(catalogue.ask(lambda reader: reader.connection.execute(sql).fetchone()[0]))


def digests(slugs: Collection[str]) -> dict[tuple[str, int], str]:
    """Return the digest of every release that came out under some addresses."""
    sql = f"SELECT slug, number, digest FROM release WHERE slug IN ({_places(slugs)})"  # noqa: S608
    found = catalogue.ask(lambda reader: reader.connection.execute(sql, (*slugs,)).fetchall())
    return {(slug, number): digest for slug, number, digest in found}


def named(slugs: Collection[str], numbers: Collection[int]) -> list[tuple[str, int]]:
    """Return slug and number of those releases that there are, readable or not."""
    among = f"slug IN ({_places(slugs)}) AND number IN ({_places(numbers)})"
    sql = " UNION ".join(
        f"SELECT slug, number FROM {table} WHERE {among}"  # noqa: S608
        for table in ("release", "unreadable")
    )
    values = (*slugs, *numbers)
    return catalogue.ask(
        lambda reader: reader.connection.execute(sql, (*values, *values)).fetchall()
    )


def known() -> set[tuple[str, int]]:
    """Return slug and number of every release."""
    return catalogue.ask(
        lambda reader: set(reader.connection.execute("SELECT slug, number FROM release"))
    )


def known_digests() -> dict[tuple[str, int], str]:
    """Return the digest of every release."""
    sql = "SELECT slug, number, digest FROM release"
    found = catalogue.ask(lambda reader: reader.connection.execute(sql).fetchall())
    return {(slug, number): digest for slug, number, digest in found}


def unreadable() -> set[tuple[str, int]]:
    """Return slug and number of every release whose file could not be read."""
    return catalogue.ask(
        lambda reader: set(reader.connection.execute("SELECT slug, number FROM unreadable"))
    )


def is_known(slugs: Collection[str]) -> bool:
    """Return whether any of these addresses is, or was, a published comparison's."""
    listed = _places(slugs)
    sql = (
        f"SELECT EXISTS (SELECT 1 FROM release WHERE slug IN ({listed})) "  # noqa: S608
        f"OR EXISTS (SELECT 1 FROM address WHERE slug IN ({listed}))"
    )
    return bool(
        catalogue.ask(lambda reader: reader.connection.execute(sql, (*slugs, *slugs)).fetchone()[0])
    )


def lines(slugs: Collection[str], below: int, most: int) -> list[Mapping[str, Any]]:
    """Return releases that came out under some addresses, newest first, as mappings of `LINE`;
    those that are withheld are left out.

    below: only those with a smaller number.
    """
    sql = (
        f"SELECT {_COLUMNS} FROM release WHERE slug IN ({_places(slugs)}) "  # noqa: S608
        f"AND number < ? AND {IS_READABLE} ORDER BY number DESC LIMIT ?"
    )
    found = catalogue.ask(
        lambda reader: reader.connection.execute(sql, (*slugs, below, most)).fetchall()
    )
    return [line_of(row) for row in found]


def last_lines(most: int) -> list[Mapping[str, Any]]:
    """Return the releases of the whole site that came out last and are not withheld, as mappings
    of `LINE`.
    """
    sql = (
        f"SELECT {_COLUMNS} FROM release WHERE {IS_READABLE} "  # noqa: S608
        "ORDER BY published_at DESC, slug, number DESC LIMIT ?"
    )
    found = catalogue.ask(lambda reader: reader.connection.execute(sql, (most,)).fetchall())
    return [line_of(row) for row in found]


def comparisons(after: str, most: int) -> list[Listed]:
    """Return comparisons by slug, those after one."""
    return _listed("WHERE c.slug > ? ORDER BY c.slug LIMIT ?", (after, most))


def days() -> list[tuple[str, datetime]]:
    """Return the address of every comparison, by address, and when its newest release came out."""
    sql = "SELECT slug, published_at FROM comparison ORDER BY slug"
    found = catalogue.ask(lambda reader: reader.connection.execute(sql).fetchall())
    return [(slug, datetime.fromisoformat(published_at)) for slug, published_at in found]


def total(q: str = "") -> int:
    """Return how many comparisons there are, or how many are found by some words."""

    def asked(reader: Reader) -> int:
        where, values = found_by(reader.connection, q)
        sql = f"SELECT count(*) FROM comparison c {where}"  # noqa: S608
        return int(reader.connection.execute(sql, values).fetchone()[0])

    return catalogue.ask(asked)


def page(q: str, build: str, first: int, most: int) -> list[Listed]:
    """Return comparisons by title: all, or those that are found by some words.

    build: of the code whose hub entries are wanted. first: how many come before.
    """

    def asked(reader: Reader) -> list[tuple[Any, ...]]:
        where, values = found_by(reader.connection, q)
        sql = f"{_LISTED} {where} ORDER BY c.place, c.slug LIMIT ? OFFSET ?"
        return reader.connection.execute(sql, (build, *values, most, first)).fetchall()

    return [_as_listed(row) for row in catalogue.ask(asked)]


def without_entry(build: str, most: int) -> list[Listed]:
    """Return comparisons, by title, of which it is not known what the hub shows."""
    return _listed("WHERE e.html IS NULL ORDER BY c.place, c.slug LIMIT ?", (most,), build)


_LISTED = (
    "SELECT c.slug, c.number, c.title, c.digest, c.published_at, coalesce(e.html, '') "
    "FROM comparison c LEFT JOIN entry e ON e.slug = c.slug AND e.build = ? "
    "AND e.number = c.number AND e.digest = c.digest"
)


def _listed(rest: str, values: Sequence[Any], build: str = "") -> list[Listed]:
    found = catalogue.ask(
        lambda reader: reader.connection.execute(f"{_LISTED} {rest}", (build, *values)).fetchall()
    )
    return [_as_listed(row) for row in found]


def _as_listed(row: tuple[Any, ...]) -> Listed:
    slug, number, title, digest, published_at, entry = row
    return Listed(slug, number, title, digest, datetime.fromisoformat(published_at), entry)


def _places(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
