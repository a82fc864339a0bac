"""The worlds whose evidence is shown."""

import pytest

from comparison.publishing import publish as publishing
from tests import worlds
from tests.published_folders import undone
from tests.tools import publish


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The tiny and the full world, published once for all tests of this module; what a test changes
    is undone after it.
    """
    with undone(django_db_blocker, tmp_path_factory.mktemp("site")):
        publish()
        publishing.publish(worlds.draft(worlds.full_tree()), "eve", "Now.")
        yield
