"""A comparison as a table brings it, published: every page reads well without what nobody wrote."""

import re

import pytest

from comparison.publishing.draft.draft_rows import tree_of
from tests import worlds
from tests.tools import Page, data, get, html, results, words_of

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/bare/",
    "/bare/?use=race",
    "/bare/cell/speed/ada/",
    "/bare/cell/speed/",
    "/bare/case/race/",
    "/bare/sensitivity/",
    "/bare/share/",
    "/bare/embed/",
    "/bare/search/?find=ada",
    "/bare/sources/",
    "/bare/why/bob/",
    "/bare/-/view.csv",
    "/bare/-/view.md",
    "/bare/-/view.json",
    "/api/v1/comparisons/bare",
    "/api/v1/comparisons/bare/decision",
)


@pytest.fixture(autouse=True)
def bare():
    worlds.publish(worlds.bare_tree())


@pytest.mark.parametrize("address", PAGES)
def test_no_page_names_what_is_not_there(address):
    text = get(address).content.decode()
    assert not re.search(r"\bNone\b(?! of| ticked)|\(\)", text), address
    if "<html" in text:
        page = Page(text)
        for tag in ("h1", "h2", "h3", "p", "dd"):
            for element in page.find(tag):
                inside = page.html[element["from"] : element["to"]]
                assert "id=" in inside or re.sub(r"<[^>]*>|\s", "", inside), (address, inside)


def test_a_rating_says_that_its_scale_and_its_reason_are_not_written():
    words = words_of(html("/bare/-/claims/speed/ada/"))
    assert "No reason is given for this score." in words
    assert "The scale is not written: nobody has said what 0 and 10 mean." in words
    assert "The scale is not written" in words_of(html("/bare/cell/ease/"))


def test_a_scale_that_follows_from_the_kind_is_told():
    tree = worlds.full_tree()
    for criterion in tree["criteria"]:
        criterion.pop("scale_low", None), criterion.pop("scale_high", None)
    worlds.publish(tree)
    assert "0: 0 requests/s10: 5,000 requests/s" in words_of(
        html("/full/-/claims/throughput/swift/")
    )
    assert "0: no10: yes" in words_of(html("/full/-/claims/rate-limits/swift/"))


def test_a_case_without_a_situation_goes_by_its_name():
    assert "for the case “A race”" in results("/bare/?use=race")


def test_programs_get_null_for_what_is_not_written():
    told = get("/api/v1/comparisons/bare").json()
    assert [told[name] for name in ("question", "summary", "licence")] == [None] * 3
    assert told["options"][0]["line"] is None
    assert data(slug="bare")["licence"] is None


def test_a_logarithmic_scale_is_told():
    tree = worlds.full_tree()
    tree["criteria"][0] |= {"scale": "logarithmic", "anchor_low": 1}
    worlds.publish(tree)
    assert tree_of(worlds.draft(tree))[0]["criteria"][0]["scale"] == "logarithmic"
    words = "In between the score follows the logarithm: each doubling moves it alike."
    assert words in words_of(html("/full/-/claims/throughput/swift/"))
    assert words in words_of(html("/full/cell/throughput/"))
    assert words not in words_of(html("/full/-/claims/rate-limits/swift/"))
