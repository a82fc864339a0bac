"""Which lane an address is in."""

import pytest
from django.urls import get_resolver

from comparison.server.which_lane import LANES, SEARCHED, Name, lane_of, place_of, reading_of


def lane(target, method="GET"):
    path, _, query = target.partition("?")
    return lane_of(place_of(path), method, query.encode())


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/static/css/site.css", Name.STATIC),
        ("/healthz", Name.STATIC),
        ("/robots.txt", Name.STATIC),
        ("/readyz", Name.HEALTH),
        ("/", Name.READING),
        ("/?q=", Name.READING),
        ("/?page=2", Name.READING),
        ("/?q=python", Name.DEAR),
        ("/-/comparisons/?page=1&q=py", Name.DEAR),
        ("/tiny/", Name.READING),
        ("/tiny/-/results/?off=ease", Name.READING),
        ("/tiny/@2/", Name.READING),
        ("/tiny/sensitivity/?off=ease", Name.DEAR),
        ("/tiny/@2/sensitivity/", Name.DEAR),
        ("/tiny/sources/", Name.READING),
        ("/tiny/sources/blog/", Name.DEAR),
        ("/tiny/changes/1..2/", Name.DEAR),
        ("/tiny/-/card.png", Name.DEAR),
        ("/tiny/release.json", Name.DEAR),
        ("/api/v1/comparisons/tiny/releases/1", Name.DEAR),
        ("/api/v1/comparisons/tiny/decision", Name.READING),
        ("/admin/", Name.EDITING),
        ("/tiny/suggest/", Name.READING),
        ("/nowhere", Name.READING),
        ("/" + "x" * 9_000, Name.READING),
    ],
)
def test_an_address_is_in_its_lane(target, name):
    assert lane(target) is name


def test_what_is_sent_is_in_a_lane_of_its_own():
    assert lane("/tiny/suggest/", "POST") is Name.WRITING
    assert lane("/admin/comparison/cell/1/change/", "POST") is Name.EDITING
    assert lane("/admin/login/", "POST") is Name.SIGNING_IN
    assert lane("/admin/login/") is Name.EDITING
    assert place_of("/tiny/suggest/").takes_forms and place_of("/admin/x/").takes_forms
    assert not place_of("/tiny/").takes_forms


def names_in(resolver, space=""):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from names_in(one, "api:" if one.app_name == "api" else space)
        elif one.name:
            yield space + one.name


def test_the_table_names_addresses_that_there_are():
    assert {*LANES, *SEARCHED} <= set(names_in(get_resolver()))


def test_what_makes_a_reading_of_its_own_is_told_from_the_one_that_all_have():
    assert reading_of("/tiny/", b"") == reading_of("/tiny/", b"off=ease&w=speed:3") == ()
    one = reading_of("/tiny/", b"options=ada,c&off=ease")
    assert one and one == reading_of("/tiny/-/results/", b"w=speed:3&options=ada,c")
    assert one != reading_of("/tiny/", b"options=ada")
    assert one != reading_of("/other/", b"options=ada,c")
    assert reading_of("/tiny/", b"%6fptions=ada") == reading_of("/tiny/", b"options=ada")
    assert reading_of("/tiny/", b"off=ease&amp;distrust=blog")
