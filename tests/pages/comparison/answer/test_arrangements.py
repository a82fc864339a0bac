"""An arrangement of options: offered beside the answer, and ranked only where a reader asks."""

import pytest

from comparison.core.selection import Selection, parse, spell
from comparison.pages.comparison.answer.arrangements import arrangements_of
from comparison.pages.comparison.page import result_page
from comparison.rendering.jinja import render
from tests import worlds
from tests.requests import requested
from tests.tools import Page, html, words_of

DUO = {
    "slug": "duo",
    "name": "Duo",
    "line": "Both at once.",
    "parts": [{"option": "ada", "role": "Runs"}, {"option": "bob", "role": "Pays"}],
}


def tree(**changes):
    """Return the tiny world with an arrangement of Ada and Bob that has 10 points everywhere."""
    world = worlds.tiny_tree(**changes)
    world["options"].append(DUO)
    for criterion in world["criteria"]:
        criterion["cells"]["duo"] = {"text": "All.", "score": 10}
    world["sources"][0]["advice"].append(
        {
            "slug": "thrift",
            "use_case": "thrift",
            "choices": [{"option": "duo"}],
            "statement": "Take both.",
            "place": "Line 9",
        }
    )
    return world


def offers(query=""):
    return arrangements_of(requested(tree(), query).view)


def test_an_arrangement_is_not_ranked_unless_it_is_asked_for():
    decision = requested(tree()).view.decision
    assert decision.leaders == ("ada",)
    assert [option.option for option in decision.options] == ["ada", "cyd", "bob"]
    asked = requested(tree(), "options=ada,bob,cyd,duo").view.decision
    assert asked.leaders == ("duo",)
    assert requested(tree(), "options=bob,duo").view.decision.leaders == ("duo",)


def test_the_numbers_of_the_ranked_are_those_of_a_world_without_it():
    with_it, without = requested(tree()).view, requested(worlds.tiny_tree()).view
    assert with_it.decision == without.decision


@pytest.mark.parametrize(
    ("query", "spelled"),
    [
        ("options=ada,bob,cyd", ""),
        ("options=ada,bob,cyd,duo", "options=ada,bob,cyd,duo"),
        ("options=ada,duo", "options=ada,duo"),
    ],
)
def test_the_rivals_are_the_default_and_the_arrangement_has_to_be_named(query, spelled):
    document = requested(tree()).release.document
    assert spell(document, parse(document, query)[0]) == spelled


def test_where_fewer_than_two_stand_for_themselves_all_are_ranked():
    world = tree()
    world["options"] = [world["options"][0], {**DUO, "parts": [{"option": "ada", "role": "All"}]}]
    del world["questions"][0]["answers"][1]
    for criterion in world["criteria"]:
        criterion["cells"] = {slug: criterion["cells"][slug] for slug in ("ada", "duo")}
    world |= {"runs": [], "questions": []}
    for source in world["sources"]:
        source["advice"] = []
    view = requested(world).view
    assert view.decision.leaders == ("duo",) and view.query == ""
    assert arrangements_of(view) == ()


def test_it_is_offered_with_who_does_what_and_who_advises_it():
    (offer,) = offers("use=thrift&waive=speed&w=speed:5")
    assert offer.option.name == "Duo"
    assert [(option.name, role) for option, role in offer.parts] == [
        ("Ada", "Runs"),
        ("Bob", "Pays"),
    ]
    assert [source.slug for source in offer.advisers] == ["first"]
    assert offers("use=race")[0].advisers == ()
    assert [source.slug for source in offers()[0].advisers] == ["first"]
    assert offers("distrust=first")[0].advisers == ()


@pytest.mark.parametrize(
    "query", ["options=ada,cyd", "options=ada,bob,cyd,duo", "off=speed,ease,cost"]
)
def test_it_is_not_offered_without_its_parts_or_once_it_is_ranked_or_where_nobody_leads(query):
    assert offers(query) == ()


def test_what_the_offer_leads_to_ranks_it_too():
    (offer,) = offers("w=cost:5")
    assert requested(tree(), offer.query).view.decision.leaders == ("duo",)


def test_a_view_that_ranks_it_says_so():
    altered = requested(tree(), "options=ada,duo").view
    words = words_of(html_of(altered))
    assert all(f"{change} (undo)" in words for change in ("Bob left out", "Duo ranked too"))


def html_of(view):
    return str(render("comparison/regions/results.html", page=result_page(view)))


@pytest.fixture
def published(db):
    return worlds.publish(tree())


def test_its_evidence_keeps_its_pages(published):
    assert "Duo" in words_of(html("/tiny/cell/speed/duo/"))


def test_why_it_does_not_lead_is_told_of_a_ranking_with_it(published):
    assert "Duo leads" in words_of(html("/tiny/why/duo/"))


def test_the_way_to_rank_it_stands_apart_from_who_advises_it(published):
    assert ". Rank it too" in words_of(html("/tiny/"))


def test_the_page_counts_it_apart_and_ticks_it_on_demand(published):
    page = Page(html("/tiny/"))
    assert "3 options and 1 arrangement" in words_of(page.outer("meta"))
    boxes = {box["value"]: "checked" in box for box in page.find("input", name="option")}
    assert boxes == {"ada": True, "bob": True, "cyd": True, "duo": False}
    ticked = Page(html("/tiny/?options=ada,bob,cyd,duo")).find("input", name="option")
    assert all("checked" in box for box in ticked)


def test_the_plain_form_ranks_it_when_it_is_ticked():
    document = requested(tree()).release.document
    form = "form=1&under=none&on=speed&on=ease&on=cost&trust=first&trust=second"
    rivals = form + "".join(f"&option={slug}" for slug in ("ada", "bob", "cyd"))
    assert parse(document, rivals)[0] == Selection()
    assert parse(document, rivals + "&option=duo")[0].options == {"ada", "bob", "cyd", "duo"}
