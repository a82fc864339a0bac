"""Whoever has an answer already is told so, at every public address: the walk reads `urls.py`."""

import re

import pytest
from django.test import Client

from tests import worlds
from tests.web.public_addresses import addresses

pytestmark = pytest.mark.django_db
# They carry no tag: each visitor's own form, a way to another page, a page of the site's alone,
# what a load balancer hears.
WITHOUT_A_TAG = re.compile(
    r"|healthz|readyz|favicon\.ico|robots\.txt|sitemap(-pages)?\.xml|oembed|method/|-/comparisons/|api/"
    r"|full/(@1/)?suggest/(speed/swift/)?"
)


@pytest.fixture
def full():
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.full_tree(title="Another title"))


def test_the_walk_meets_every_kind_of_address():
    walked = addresses()
    assert len(walked) > 90
    for route in ("full/-/results/", "full/@1/cell/speed/swift/", "full/-/data.json", "feed.xml"):
        assert route in walked


@pytest.mark.parametrize("encoding", ["", "br"])
def test_who_has_an_answer_is_told_that_it_has_not_changed(full, encoding):
    untagged, unheard = [], []
    for address in addresses():
        response = get_any(f"/{address}", **{"Accept-Encoding": encoding})
        if "ETag" not in response.headers:
            untagged += [address] if not WITHOUT_A_TAG.fullmatch(address) else []
            continue
        known = {"Accept-Encoding": encoding, "If-None-Match": response.headers["ETag"]}
        again = get_any(f"/{address}", **known)
        if again.status_code != 304 or again.content:
            unheard.append(address)
        for header in ("ETag", "Vary", "Cache-Control"):
            if again.headers.get(header) != response.headers.get(header):
                unheard.append(f"{address}: another {header}")
    assert untagged == []
    assert unheard == []


def get_any(address, **headers):
    response = Client(headers=headers).get(address)
    assert response.status_code < 400 or address == "/oembed", (address, response.status_code)
    return response
