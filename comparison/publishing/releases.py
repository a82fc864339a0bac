"""The releases as readers get them: the newest, a named one, several. Kept in memory, because a
release never changes.
"""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from comparison.core.document.former_names import Gone
from comparison.core.document.schema import Document
from comparison.core.selection import NAMED_BY, Note
from comparison.models import Release
from comparison.publishing.garbage_collection import made_to_stay
from comparison.publishing.kept_in_memory import KeptInMemory

log = logging.getLogger(__name__)
A_NOUN = 1_200  # bytes that a cell, a claim or the like takes in memory besides its texts
AWAY = (DatabaseError, InterfaceError)  # what the database's absence looks like


@dataclass(frozen=True, slots=True)
class Published:
    """A release as readers get it. Frozen, and kept in memory by its number, so that nothing needs
    invalidating.
    """

    slug: str
    number: int
    document: Document
    prose: dict[str, str]
    digest: str
    editor: str
    note: str
    published_at: datetime
    withdrawn: Gone = field(default_factory=dict)  # what earlier releases had and this one has not
    size: int = 0  # bytes that it takes in memory, roughly

    @property
    def kept_as(self) -> tuple[Any, ...]:
        """The key under which it is kept in memory, and which owns what is made of it."""
        return (Published, self.slug, self.number or self.digest)  # drafts have no number

    def gone(self, note: Note) -> tuple[str, int] | None:
        """Return the name, and the last release, of what a note says is unknown; None where no
        release ever had it.
        """
        kind = NAMED_BY.get(note.key) if note.kind == "unknown-name" else None
        return self.withdrawn.get(kind, {}).get(note.value) if kind else None


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def published(release: Release) -> Published:
    """Return the stored release as a frozen value."""
    return Published(
        slug=release.slug,
        number=release.number,
        document=made_to_stay(Document.model_validate_json, release.document),
        prose=release.prose,
        digest=release.digest,
        editor=release.editor,
        note=release.note,
        published_at=release.published_at,
        withdrawn=release.withdrawn or {},
        size=len(release.document) + A_NOUN * release.document.count("{"),
    )


class _Memory:
    """The releases read last, by slug and number. A release never changes, so what is here stays
    right. What is made of one is kept with it, and goes with it.
    """

    def __init__(self, kept: KeptInMemory) -> None:
        self.kept = kept

    def get(self, slug: str, number: int) -> Published | None:
        release: Published | None = self.kept.get((Published, slug, number))
        return release

    def newest(self, slug: str) -> Published | None:
        numbers = [key[2] for key in self._keys() if key[1] == slug and isinstance(key[2], int)]
        return self.get(slug, max(numbers)) if numbers else None

    def put(self, release: Published) -> None:
        self.kept.put(release.kept_as, release, release.size)

    def drop(self, slug: str, number: int) -> None:
        self.kept.drop((Published, slug, number))

    def is_filled(self) -> bool:
        return bool(self.kept)

    def forget(self) -> None:
        self.kept.forget()

    def _keys(self) -> list[tuple[Any, ...]]:
        keys = [key for key in self.kept if isinstance(key, tuple)]
        return [key for key in keys if key[0] is Published]


memory = _Memory(KeptInMemory(3 * settings.MEMORY // 4))


def current(slug: str) -> Published | None:
    """Return the newest release of a comparison, or None where there is none; of one that was
    renamed, by any address it had.

    Asks the database for one number; everything else is in memory. With the database away, the
    newest release that this process has read is still served.
    """
    try:
        number, successor = _latest(slug)
        if successor:
            slug, number = successor, _latest(successor)[0]
    except AWAY:
        log.exception("The database does not answer; serving %s from memory.", slug)
        newest = memory.newest(slug)
        if newest is None:
            raise
        return newest
    return pinned(slug, number) if number else None


def pinned(slug: str, number: int) -> Published | None:
    """Return one release of a comparison, or None where it was never published."""
    release = memory.get(slug, number)
    if release is None:
        stored = Release.objects.filter(slug=slug, number=number).first()
        if stored is None:
            return None
        release = published(stored)
        memory.put(release)
    return release


def several(newest: Published, numbers: Collection[int]) -> dict[int, Published]:
    """Return those of a comparison's releases, by number, that were ever published; one query for
    all that is not in memory.

    newest: a release that knows the addresses which the comparison had before; releases keep the
    one that they came out under.
    """
    slugs = (newest.slug, *newest.document.names.former)
    by_number = {
        n: kept for n in numbers for slug in reversed(slugs) if (kept := memory.get(slug, n))
    }
    by_number |= {newest.number: newest} if newest.number in numbers else {}
    not_in_memory = [
        number for number in numbers if number not in by_number and 0 < number < newest.number
    ]
    if not_in_memory:
        for stored in Release.objects.filter(slug__in=slugs, number__in=not_in_memory):
            release = published(stored)
            memory.put(release)
            by_number[release.number] = release
    return by_number


_LATEST = (
    "SELECT (SELECT MAX(number) FROM comparison_release WHERE slug = %s), "
    "(SELECT successor FROM comparison_formeraddress WHERE slug = %s)"
)


def _latest(slug: str) -> tuple[int | None, str | None]:
    """Return the number of an address's newest release, and the address that took its place.

    In plain SQL: it is asked on every request, and the ORM would take ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [slug, slug])
        row: tuple[int | None, str | None] = cursor.fetchone()
    return row
