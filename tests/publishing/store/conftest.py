"""The database taken away, and a server's way of looking at it."""

import pytest
from django.db import OperationalError, connections

from comparison.publishing.store import follower


@pytest.fixture
def away():
    """Take the database away, and bring it back by calling what this gives."""

    def gone(*args, **kwargs):
        raise OperationalError("It does not answer.\nNor does it say more.")

    connection = connections["default"]
    connection.cursor = gone

    def back():
        vars(connection).pop("cursor", None)

    yield back
    back()


@pytest.fixture
def followed(monkeypatch):
    """Let nobody look but who calls `follower.look`, as in a server, where a thread does."""
    monkeypatch.setattr(follower, "_is_followed", True)
