"""No reader waits for the database: none of their addresses asks it, and each answers without it,
also in a process that has never read anything.
"""

import pytest
from django.db import OperationalError, connections
from django.test import Client

from comparison.publishing import releases
from comparison.publishing.store import follower
from tests import worlds
from tests.web.public_addresses import addresses

pytestmark = pytest.mark.django_db
RIGHT = {200, 301, 302}
# what asks for more than readers do: a form that is sent, and the look at the database itself
OTHERS = ("readyz",)


def of_readers():
    return [address for address in addresses() if address not in OTHERS]


@pytest.fixture
def followed(monkeypatch):
    """The full world twice, as a server has it whose thread has looked."""
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.full_tree(title="Another title"))
    worlds.publish(worlds.tiny_tree())
    monkeypatch.setattr(follower, "_is_followed", True)


@pytest.fixture
def away():
    def gone(*args, **kwargs):
        raise OperationalError("It does not answer.")

    connection = connections["default"]
    connection.cursor = gone
    yield
    vars(connection).pop("cursor", None)


def answers(client):
    """Return status and length of the answer of every address, but for those that are right."""
    found = {address: client.get(f"/{address}").status_code for address in of_readers()}
    return {address: status for address, status in found.items() if status not in RIGHT}


def test_no_address_of_readers_asks_the_database(followed, django_assert_num_queries):
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answers(client)


def test_every_address_answers_without_it_in_a_process_that_has_read_nothing(followed, request):
    client = Client(raise_request_exception=False)
    before = answers(client)
    assert set(before.values()) <= {404, 405}
    releases.forget()
    request.getfixturevalue("away")
    assert answers(client) == before
