"""What the tests of pages share."""

import pytest

from tests import worlds


@pytest.fixture
def tiny(db):
    """The tiny world as release 1."""
    return worlds.publish(worlds.tiny_tree())


@pytest.fixture
def moved(db):
    """Two releases: in the second, Ada's speed is 6 instead of 9, so that Ada and Cyd tie at 6."""
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=6))
