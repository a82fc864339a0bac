"""What lists, feeds and searches say of the published comparisons. From the catalogue: no document
is read for it, and the database is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comparison.publishing.releases import Published
from comparison.publishing.store import catalogue_rows, follower, listing
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.listing import Listed

Line = Mapping[str, Any]  # of one release, by the names of `catalogue_rows.LINE`
MOST = 10**9


@dataclass(frozen=True, slots=True)
class Found:
    """A page of comparisons, by title."""

    comparisons: tuple[Listed, ...]
    total: int  # of all pages
    number: int  # of this page, from 1
    pages: int  # at least 1


def releases_of(release: Published, below: int, most: int) -> list[Line]:
    """Return the releases of a comparison with a smaller number, newest first.

    release: one that knows the addresses which the comparison had before.
    """
    follower.look_if_alone()
    return listing.lines((release.slug, *release.document.names.former), below, most)


def number_before(slug: str, number: int) -> int:
    """Return the number of the release before one that readers may see; 0 where there is none.
    slug: any address of the comparison.
    """
    withheld = listing.withheld().numbers_of(slug)
    return next((n for n in range(number - 1, 0, -1) if n not in withheld), 0)


def last_releases(most: int) -> list[Line]:
    """Return the releases of all comparisons that came out last."""
    follower.look_if_alone()
    return listing.last_lines(most)


def comparisons(after: str, most: int) -> list[Listed]:
    """Return the comparisons that come after an address, by address."""
    follower.look_if_alone()
    return listing.comparisons(after, most)


def days() -> list[tuple[str, datetime]]:
    """Return the address of every comparison, and when its newest release came out."""
    follower.look_if_alone()
    return listing.days()


def found(q: str, number: str, build: str, per_page: int) -> Found:
    """Return a page of the comparisons that are found by some words; of all where there are none.

    number: of the page, as an address has it; the nearest that there is. build: of the code whose
    hub entries are wanted.
    """
    follower.look_if_alone()
    total = listing.total(q)
    pages = max(1, -(-total // per_page))
    is_number = number.isascii() and number.isdigit() and len(number) < 9
    page = min(max(1, int(number)), pages) if is_number else 1
    listed = listing.page(q, build, (page - 1) * per_page, per_page) if total else []
    return Found(tuple(listed), total, page, pages)


def keep_entries(build: str, entries: list[tuple[Listed, str]]) -> None:
    """Keep what the hub shows of comparisons, so that it need not be worked out again."""
    rows = [(one.slug, one.number, one.digest, html) for one, html in entries]
    if rows:
        catalogue.change(lambda tables: catalogue_rows.keep_entries(tables, build, rows))


def without_entry(build: str, most: int) -> list[Listed]:
    """Return comparisons of which it is not known yet what the hub shows."""
    return listing.without_entry(build, most)
