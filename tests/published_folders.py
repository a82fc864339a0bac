"""Where tests keep what they publish: each in a folder of its own; and worlds that are published
once for all tests of a module.
"""

import itertools
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from comparison.publishing import releases

_numbers = itertools.count()
_begun: list[str] = []  # folders of worlds that are there for all tests of a module


@contextmanager
def fresh(place):
    """Begin with a folder in which there is nothing but what the module has published; nothing is
    made of it unless something is published.
    """
    folder = settings.PUBLISHED_DIR = f"{place}/{next(_numbers)}"
    if _begun:
        shutil.copytree(_begun[-1], folder)
    releases.forget()
    try:
        yield folder
    finally:
        releases.forget()
        if os.path.exists(folder):
            shutil.rmtree(folder)


@contextmanager
def undone(blocker, place):
    """Publish for all tests of a module, in one transaction, which is undone at the end. place: a
    folder for it, which goes as well.
    """
    before, settings.PUBLISHED_DIR = settings.PUBLISHED_DIR, str(Path(place) / "published")
    releases.forget()
    with blocker.unblock(), as_of_a_test():
        _begun.append(settings.PUBLISHED_DIR)
        try:
            yield
        finally:
            _begun.pop()
    releases.forget()
    settings.PUBLISHED_DIR = before


@contextmanager
def as_of_a_test():
    """Undo at the end what is written within, as after a test: publishing may begin and end its own
    transaction there.
    """
    whole = transaction.atomic()
    whole._from_testcase = True
    with whole:
        try:
            yield
        finally:
            transaction.set_rollback(True)
