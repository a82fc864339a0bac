"""What all tests of the engine share."""

import pytest

from comparison.core.decision import Matrix, build
from tests.tables import CRITERIA, EXAMPLE, GROUPS


@pytest.fixture
def example() -> Matrix:
    """The example worked out by hand; its importances sum to 17."""
    return build(EXAMPLE, CRITERIA, EXAMPLE, groups=GROUPS)
