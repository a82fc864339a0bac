"""What the tests of pages share."""

import pytest

from tests import worlds


@pytest.fixture
def tiny(db):
    """The tiny world as release 1."""
    return worlds.publish(worlds.tiny_tree())
