"""Nobody decides twice: a request of any kind decides its own selection once, and every other one
that it looks at once, too. What is kept with the release is there already.
"""

from collections import Counter

import pytest
from django.test import Client

from comparison.pages import view
from tests import worlds
from tests.tools import get
from tests.web.public_addresses import addresses

pytestmark = pytest.mark.django_db
WARMING, MEASURED = "w=throughput:2", "w=throughput:1"


@pytest.fixture
def full():
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.full_tree(title="Another title"))


@pytest.fixture
def decided(monkeypatch):
    """Count decisions by what is decided."""
    counts, decide = Counter(), view.decide

    def counted(matrix, importances, *, must_haves=(), **how):
        counts[matrix, tuple(sorted(importances.items())), tuple(must_haves)] += 1
        return decide(matrix, importances, must_haves=must_haves, **how)

    monkeypatch.setattr(view, "decide", counted)
    return counts


def test_no_request_decides_the_same_twice(full, decided):
    twice = {}
    for address in addresses():
        if not address.startswith("full/") and not address.endswith("/decision"):
            continue  # of no selection
        Client().get(f"/{address}?{WARMING}")
        decided.clear()
        Client().get(f"/{address}?{MEASURED}")
        if repeated := [count for count in decided.values() if count > 1]:
            twice[address] = repeated
    assert twice == {}


def test_the_decisions_are_seen(full, decided):
    get(f"/full/?{WARMING}")
    decided.clear()
    get(f"/full/?{MEASURED}")
    assert decided
