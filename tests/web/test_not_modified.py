"""Whoever has an answer already is told so, at every public address: the walk reads `urls.py`."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

from comparison.web.regions import REGIONS
from tests import worlds

pytestmark = pytest.mark.django_db
# What paths name, in the world that has one of everything.
NAMES = {
    "slug": ["full"],
    "release": ["1"],
    "number": ["1"],
    "criterion": ["speed"],
    "option": ["swift"],
    "source": ["agency"],
    "span": ["1..2"],
    "region": list(REGIONS),
    "section": ["costs", "questions"],
    "figure": ["latency"],
    "use_case": ["first-product"],
}
# Addresses whose path is a regular expression, spelled out.
OF_ANY_PATH = ["full/no/such/page/", "full/@1/no/such/page/"]
# They carry no tag: each visitor's own form, a way to another page, a page of the site's alone.
WITHOUT_A_TAG = re.compile(
    r"admin/|favicon|(.*/)?suggest/|robots|sitemap|oembed|method/|$|-/comparisons/|api/$|.*sections"
)


def routes(patterns, before=""):
    """Return every route of some patterns, whole, as `urls.py` writes it."""
    spelled = []
    for one in patterns:
        if isinstance(one.pattern, RegexPattern):
            continue
        route = before + str(one.pattern)
        spelled += [route] if isinstance(one, URLPattern) else routes(one.url_patterns, route)
    return spelled


def addresses():
    """Return every public address, with all that its path may name."""
    whole = []
    for route in routes(get_resolver().url_patterns):
        if route.startswith("admin/"):
            continue
        spelled = [route.replace("sitemap-<section>", "sitemap-pages")]
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            spelled = [
                re.sub(rf"<(\w+:)?{name}>", value, text)
                for text in spelled
                for value in NAMES[name]
            ]
        whole += spelled
    return list(dict.fromkeys([*whole, *OF_ANY_PATH]))


@pytest.fixture
def full():
    worlds.publish(worlds.full_tree())
    worlds.publish(worlds.full_tree(title="Another title"))


def test_the_walk_meets_every_kind_of_address():
    walked = addresses()
    assert len(walked) > 90
    for route in ("full/-/results/", "full/@1/cell/speed/swift/", "full/-/data.json", "feed.xml"):
        assert route in walked


def test_who_has_an_answer_is_told_that_it_has_not_changed(full):
    untagged, unheard = [], []
    for address in addresses():
        response = get_any(f"/{address}")
        if "ETag" not in response.headers:
            untagged += [address] if not WITHOUT_A_TAG.match(address) else []
            continue
        again = get_any(f"/{address}", **{"If-None-Match": response.headers["ETag"]})
        if again.status_code != 304 or again.content:
            unheard.append(address)
        elif again.headers["ETag"] != response.headers["ETag"]:
            unheard.append(f"{address}: another tag")
    assert untagged == []
    assert unheard == []


def get_any(address, **headers):
    response = Client(headers=headers).get(address)
    assert response.status_code < 400 or address == "/oembed", (address, response.status_code)
    return response
