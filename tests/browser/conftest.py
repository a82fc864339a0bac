"""What tests of pages in a browser share: a server with comparisons that are hard to lay out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import serving


@pytest.fixture(scope="session")
def laid_out(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the real content, and comparisons with many options and with
    names that are hard to place.
    """
    folder = tmp_path_factory.mktemp("layout") / "var"
    with serving(prepared, folder, "tests.browser.hard_to_place") as address:
        yield address
