"""Importances with one decimal: preset, in a link, and on the ruler."""

import pytest

from comparison.publishing.draft.draft_rows import tree_of
from tests import worlds
from tests.tools import Page, data, get, html, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def halves():
    """The tiny world, in which Ease has 2.5 of itself, and Speed 4.5 in a race."""
    tree = worlds.tiny_tree()
    tree["criteria"][1]["importance"] = 2.5
    tree["use_cases"][0]["importances"]["speed"] = 4.5
    worlds.publish(tree)
    return tree


def ruler(query, slug="ease"):
    """Return the values of a ruler, and which of them are ticked."""
    buttons = Page(html(f"/tiny/?{query}")).find("input", name=f"w-{slug}")
    return [b["value"] for b in buttons], [b["value"] for b in buttons if "checked" in b]


def test_a_preset_between_two_steps_stands_between_them(halves):
    assert ruler("") == (["0", "1", "2", "2.5", "3", "4", "5"], ["2.5"])
    assert ruler("w=ease:3") == (["0", "1", "2", "2.5", "3", "4", "5"], ["3"])
    assert ruler("use=race", "speed")[1] == ["4.5"]
    assert ruler("", "cost") == (["0", "1", "2", "3", "4", "5"], ["3"])
    assert 'data-preset="2.5"' in html("/tiny/")


def test_a_link_may_say_a_decimal_and_the_form_gives_it_back(halves):
    assert ruler("w=cost:1.3", "cost")[1] == ["1.3"]
    assert data("w=cost:1.3")["selection"] == "w=cost:1.3"
    sent = "form=1&trust=first&trust=second&under=none&on=speed&on=ease&on=cost"
    sent += "&w-speed=3&w-ease=2.5&w-cost=1.3"
    assert get(f"/tiny/?{sent}", 302).headers["Location"].endswith("?w=cost:1.3")


def test_it_counts_with_its_decimal(halves):
    # (3 * 9 + 2.5 * 8 + 3 * 4) / 8.5
    scores = {option["option"]: option["score"] for option in data()["decision"]["options"]}
    assert scores["ada"] == pytest.approx(59 / 8.5)


def test_what_was_changed_says_both_numbers(halves):
    assert "Ease 3 instead of 2.5" in words_of(html("/tiny/?w=ease:3"))
    assert ",2.5," in get("/tiny/-/view.csv").content.decode().replace('"', "")
    assert "now 2.5" in words_of(html("/tiny/sensitivity/"))


def test_it_goes_through_the_rows_of_a_draft_and_whole_numbers_stay_whole(halves):
    tree, _ = tree_of(worlds.draft(halves))
    assert [repr(criterion["importance"]) for criterion in tree["criteria"]] == ["3", "2.5", "3"]
    assert repr(tree["use_cases"][0]["importances"]["speed"]) == "4.5"
