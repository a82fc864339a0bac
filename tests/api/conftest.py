"""What the tests of the API share."""

import pytest

from tests.tools import publish


@pytest.fixture
def tiny(db):
    return publish()
