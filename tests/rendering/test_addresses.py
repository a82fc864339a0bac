"""Addresses come from `urls.py` by name, through one function."""

import ast
from pathlib import Path

import pytest
from django.urls import NoReverseMatch

from comparison.rendering.addresses import Home, address_of, with_query

ROOT = Path(__file__).resolve().parents[2]
READERS = [
    path
    for room in ("pages", "web", "sharing", "api")
    for path in sorted((ROOT / "comparison" / room).rglob("*.py"))
]
# A problem's type is a place on the API's page for ever, whatever its address is called.
BY_HAND = {"comparison/api/openapi.py: /api/#"}


def test_an_address_has_its_names_and_its_query():
    assert address_of("hub") == "/"
    assert address_of("cell", slug="tiny", criterion="speed", option="ada", query="off=ease") == (
        "/tiny/cell/speed/ada/?off=ease"
    )
    assert with_query("/tiny/", "") == "/tiny/"


@pytest.mark.parametrize(
    ("release", "path"), [("", "/tiny/"), ("3", "/tiny/@3/"), ("draft", "/tiny/@draft/")]
)
def test_links_within_a_comparison_stay_on_the_release_that_is_named(release, path):
    home = Home("tiny", release)
    assert home.path == path
    assert home.address_of("why", option="ada") == f"{path}why/ada/"
    assert home.address_of("region", region="results", query="off=ease") == (
        f"{path}-/results/?off=ease"
    )


def test_an_address_that_is_not_in_the_map_is_a_mistake():
    with pytest.raises(NoReverseMatch):
        address_of("no-such-name")


def test_no_address_is_put_together_by_hand():
    found = set()
    for path in READERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if start.startswith("/"):
                    found.add(f"{path.relative_to(ROOT).as_posix()}: {start}")
    assert found == BY_HAND
