"""The releases as readers get them: the newest, a named one, several. From memory, where they stay
because a release never changes, else from their files: no reader waits for the database.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from comparison.core.document.former_names import Gone
from comparison.core.document.schema import Document
from comparison.core.selection import NAMED_BY, Note
from comparison.models import Release
from comparison.publishing.garbage_collection import made_to_stay
from comparison.publishing.kept_in_memory import KeptInMemory
from comparison.publishing.store import folder, follower, listing
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.release_file import Damaged, Whole
from comparison.publishing.store.withheld import Act

log = logging.getLogger(__name__)
A_NOUN = 1_200  # bytes that a cell, a claim or the like takes in memory besides its texts
AWAY = follower.AWAY  # what the database's absence looks like


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
        release ever had it that readers may see.
        """
        kind = NAMED_BY.get(note.key) if note.kind == "unknown-name" else None
        gone = self.withdrawn.get(kind, {}).get(note.value) if kind else None
        return None if gone and gone[1] in withheld_numbers(self) else gone


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
        size=size_of(release.document),
    )


def _from_file(whole: Whole) -> Published:
    head = whole.head
    try:
        document = made_to_stay(Document.model_validate_json, whole.document)
    except ValueError as error:
        raise Damaged("its document cannot be read") from error
    return Published(
        slug=head.slug,
        number=head.number,
        document=document,
        prose=whole.prose,
        digest=head.digest,
        editor=head.editor,
        note=head.note,
        published_at=head.published_at,
        withdrawn=whole.withdrawn or {},
        size=size_of(whole.document),
    )


def size_of(document: str) -> int:
    """Return how many bytes a document takes in memory, roughly. document: its text."""
    return len(document) + A_NOUN * document.count("{")


class _Memory:
    """The releases read last, by slug and number. A release never changes, so what is here stays
    right, as long as the files are the same. What is made of one is kept with it, and goes with it.
    """

    def __init__(self, kept: KeptInMemory) -> None:
        self.kept = kept
        self.made = -1  # the catalogue that stood for them; another may stand for other files

    def get(self, slug: str, number: int) -> Published | None:
        if self.made != catalogue.made:
            self.made = catalogue.made
            self.forget()
        release: Published | None = self.kept.get((Published, slug, number))
        return release

    def put(self, release: Published) -> None:
        self.kept.put(release.kept_as, release, release.size)

    def drop(self, slug: str, number: int) -> None:
        self.kept.drop((Published, slug, number))

    def forget(self) -> None:
        self.kept.forget()


memory = _Memory(KeptInMemory(3 * settings.MEMORY // 4))
# what the file of a damaged release looked like when that was found; until then it was not read
_damaged: dict[tuple[str, int], tuple[int, int, int] | None] = {}


def are_there() -> bool:
    """Return whether anything can be read, whether the database answers or not."""
    return listing.are_there()


def current(slug: str) -> Published | None:
    """Return the newest release of a comparison, or None where there is none; of one that was
    renamed, by any address it had. Where the newest is damaged or withheld, it is the newest that
    is neither.
    """
    follower.look_if_alone()
    newest = listing.newest(slug)
    if newest is None:
        return None
    if release := _read(*newest):
        return release
    earlier = (_read(*named) for named in listing.releases_of(newest[0]) if named != newest)
    return next((release for release in earlier if release), None)


def pinned(slug: str, number: int) -> Published | None:
    """Return one release of a comparison, or None where it was never published, is damaged, or is
    withheld.
    """
    if memory.get(slug, number) is None:
        follower.look_if_alone()
    return _read(slug, number)


def several(newest: Published, numbers: Collection[int]) -> dict[int, Published]:
    """Return those of a comparison's releases, by number, that were ever published, are whole and
    not withheld.

    newest: a release that knows the addresses which the comparison had before; releases keep the
    one that they came out under.
    """
    slugs = (newest.slug, *newest.document.names.former)
    by_number = {
        n: kept for n in numbers for slug in reversed(slugs) if (kept := memory.get(slug, n))
    }
    by_number |= {newest.number: newest} if newest.number in numbers else {}
    wanted = [n for n in numbers if n not in by_number and 0 < n < newest.number]
    if wanted:
        found = (_read(slug, number) for slug, number in listing.named(slugs, wanted))
        by_number |= {release.number: release for release in found if release}
    left_out = withheld_numbers(newest) & by_number.keys()
    return {n: release for n, release in by_number.items() if n not in left_out}


def withheld_numbers(release: Published) -> frozenset[int]:
    """Return the numbers of those releases of a comparison that are withheld by themselves.

    release: one that knows the addresses which the comparison had before.
    """
    now = listing.withheld()
    if not now.numbers:
        return frozenset()
    slugs = (release.slug, *release.document.names.former)
    return frozenset().union(*(now.numbers_of(slug) for slug in slugs))


def why_withheld(newest: Published, number: int) -> Act | None:
    """Return what withholds one release of a comparison; None where it is not withheld."""
    if number not in withheld_numbers(newest):
        return None
    slugs, now = (newest.slug, *newest.document.names.former), listing.withheld()
    return next((act for slug in slugs if (act := now.of(slug, number))), None)


def why_all_withheld(slug: str) -> Act | None:
    """Return what withholds a comparison that has no release that may be read: the act about all of
    it, or about its newest release; None where nothing is withheld.
    """
    now = listing.withheld()
    if act := now.wholes.get(slug):
        return act
    numbers = now.numbers_of(slug)
    if not numbers:
        return None
    acts = (now.of(*named) for named in listing.releases_of(listing.present_address(slug)))
    return next((act for act in acts if act), None)


def present_address(release: Published) -> str:
    """Return the address that the comparison of a release has now; of a draft its own."""
    return listing.present_address(release.slug) if release.number else release.slug


def is_damaged(newest: Published, number: int) -> bool:
    """Return whether a comparison's release was published, and cannot be read any more."""
    slugs = (newest.slug, *newest.document.names.former)
    is_readable = several(newest, [number]) or number in withheld_numbers(newest)
    return not is_readable and bool(listing.named(slugs, [number]))


def was_published(slug: str) -> bool:
    """Return whether a comparison was ever published at an address, readable or not."""
    return listing.newest(slug) is not None or any(one == slug for one, _ in listing.unreadable())


def _read(slug: str, number: int) -> Published | None:
    """Return a release from memory or its file; None where it is withheld, or damaged: that is said
    once, and mended from the database where it can be.
    """
    if listing.withheld().of(slug, number):
        memory.drop(slug, number)
        return None
    release = memory.get(slug, number)
    if release:
        return release
    is_known = (slug, number) in _damaged
    if is_known and _damaged[slug, number] == folder.state_of(slug, number):
        return None
    try:
        release = _from_file(folder.read(slug, number))
    except Damaged as damage:
        if (slug, number) not in listing.named([slug], [number]):
            return None  # there never was one
        _damaged[slug, number] = folder.state_of(slug, number)
        if not is_known:
            log.error("The file of release %s of %s is damaged: %s.", number, slug, damage)
        follower.want(slug, number)
        return _read(slug, number) if not is_known else None
    _damaged.pop((slug, number), None)
    memory.put(release)
    return release


def forget() -> None:
    """Forget all that was read, as when a process starts."""
    memory.forget()
    _damaged.clear()
    follower.forget()
