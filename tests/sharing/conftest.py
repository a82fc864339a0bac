"""What the tests of sharing share."""

import pytest

from tests.tools import publish


@pytest.fixture
def tiny(db):
    return publish()
