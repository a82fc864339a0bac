"""The tiny world, published, and beside it as a draft."""

import pytest

from tests import worlds
from tests.tools import PROSE, publish


@pytest.fixture
def tiny():
    """The tiny world as release 1."""
    return publish()


@pytest.fixture
def drafted(tiny):
    """The tiny world as release 1, and the same as a draft."""
    worlds.draft(worlds.tiny_tree(prose=PROSE))
    return tiny
