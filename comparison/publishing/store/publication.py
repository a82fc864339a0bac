"""One transaction in which releases are published: their files are there before the database has
them, and are taken once it has. Killed in between, the next look at the folder decides by the
database.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from comparison.publishing.store import folder
from comparison.publishing.store.catalogue import catalogue
from comparison.publishing.store.release_file import Whole, to_bytes

log = logging.getLogger(__name__)


class NotWritten(Exception):
    """The file of a release cannot be written. The message says why, and what to do."""


class Publication:
    """What is written in a transaction, and waits for its end."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Whole, folder.Pending]] = []

    def write(self, release: Whole) -> None:
        """Write the file of a release that is in the database now, as nobody else sees it yet.
        Raises NotWritten.
        """
        slug, number = release.head.slug, release.head.number
        try:
            pending = folder.Pending(slug, number, to_bytes(release))
        except OSError as error:
            raise NotWritten(
                f"The release could not be written to {folder.place()} ({error.strerror}). Nothing "
                "was published. Make room there, or make it writable, then publish again."
            ) from error
        self.waiting.append((release, pending))

    def take(self) -> None:
        """Let readers have what was written: the database has it."""
        for _, pending in self.waiting:
            try:
                pending.take()
            except OSError as error:
                log.warning("%s could not be taken (%s); a look will.", pending.path, error)
        catalogue.add(release.head for release, _ in self.waiting)

    def take_back(self) -> None:
        for _, pending in self.waiting:
            pending.take_back()


_under_way: ContextVar[Publication | None] = ContextVar("publication", default=None)


@contextmanager
def publication() -> Iterator[Publication]:
    """Publish within one transaction; within a publication that is under way, as a part of it."""
    if outer := _under_way.get():
        yield outer
        return
    mine = Publication()
    token = _under_way.set(mine)
    try:
        with transaction.atomic(durable=True):
            yield mine
    except BaseException:
        mine.take_back()
        raise
    else:
        mine.take()
    finally:
        _under_way.reset(token)
