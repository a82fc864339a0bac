"""What was done that an administrator may have to look up: a record of the log with a name and
facts, written once it holds, and never when it was taken back.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

_is_told: ContextVar[bool] = ContextVar("is_told", default=True)
log = logging.getLogger("comparison.events")


@contextmanager
def untold() -> Iterator[None]:
    """Write nothing down: whoever does it says so in words of their own."""
    before = _is_told.set(False)
    try:
        yield
    finally:
        _is_told.reset(before)


def tell(event: str, /, **facts: object) -> None:
    """Write an event down when what it tells of is in the database. facts: names, no texts."""
    if not _is_told.get():
        return
    transaction.on_commit(partial(log.info, event, extra={"fields": facts}))
