"""The worlds whose evidence is shown."""

import pytest
from django.db import transaction

from comparison.publishing import publish as publishing
from tests import worlds
from tests.tools import publish


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """The tiny and the full world, published once for all tests of this module; what a test changes
    is undone after it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        publish()
        publishing.publish(worlds.draft(worlds.full_tree()), "eve", "Now.")
        yield
        transaction.set_rollback(True)
