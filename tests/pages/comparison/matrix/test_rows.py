"""The rows of the matrix and their groups: what they look like under a selection, what they say."""

import pytest

from tests import worlds
from tests.tools import Page, html, words_of
from tests.worlds.score_rows import world

pytestmark = pytest.mark.django_db


def look(page, slug):
    (row,) = page.find("tr", id=f"c-{slug}")
    return set((row["class"] or "").split())


def test_a_row_that_does_not_count_looks_so_and_one_that_is_changed_says_what_it_was(tiny):
    page = Page(html("/tiny/?use=race&off=ease&w=cost:0"))
    looks = [look(page, slug) - {"unsettled", "muted"} for slug in ("speed", "ease", "cost")]
    assert looks == [set(), {"off", "switched"}, {"off", "changed"}]
    # the use case sets 5 for speed and 1 for the others
    controls = page.find("div", **{"class": "row-controls"})
    assert [box["data-preset"] for box in controls] == list("511")


def test_beside_one_criterion_alone_no_row_says_that_it_was_on(tiny):
    page = Page(html("/tiny/?use=race&off=ease,cost&w=cost:0"))
    assert look(page, "ease") - {"muted"} == {"off"}
    assert "changed" in look(page, "cost")


def test_a_row_that_a_use_case_ignores_is_off_but_not_changed(tiny):
    assert look(Page(html("/tiny/?use=thrift")), "ease") == {"off"}


def test_the_sums_of_the_groups_add_up_to_the_lead(tiny):
    # Ada 7, Cyd 6: speed 3 and ease 2 for Ada, cost 2 for Cyd, each with a third of the weight
    page = Page(html("/tiny/"))
    sums = [e for e in page.elements if "data-sum" in e]
    assert [words_of(page.html[e["from"] : e["to"]]) for e in sums] == [
        "1.67 for Ada",
        "0.67 for Cyd",
    ]
    assert page.find("section", id="results")[0]["data-sums"] == (
        "use=1.67 for Ada|money=0.67 for Cyd"
    )


def test_nothing_is_summed_where_nobody_leads(tiny):
    page = Page(html("/tiny/?off=speed,ease,cost"))
    assert page.find("section", id="results")[0]["data-sums"] == ""


@pytest.mark.parametrize(("query", "marked"), [("", True), ("w=speed:1,ease:5,cost:0", False)])
def test_a_dispute_is_marked_only_where_it_could_move_the_result(tiny, query, marked):
    # the second source gives Ada's speed 5 of 10, the editors 9: it decides, unless ease does
    page = Page(html(f"/tiny/?{query}"))
    assert ("unsettled" in look(page, "speed")) is marked
    assert (page.find("section", id="results")[0]["data-unsettled"] == "speed") is marked
    assert (", disputed" in words_of(page.outer("results"))) is marked


def test_a_cell_is_called_by_its_option_and_its_criterion(tiny):
    page = Page(html("/tiny/"))
    (cell,) = [a for a in page.find("a") if a.get("href") == "/tiny/cell/speed/bob/"]
    name = words_of(page.html[cell["from"] : cell["to"]])
    assert name.startswith("Bob, Speed: speed of bob, 3 of 10")


def test_a_cell_without_words_says_how_many_claims_its_score_is_from(db):
    tree = worlds.tiny_tree()
    del tree["criteria"][0]["cells"]["ada"]
    worlds.publish(tree)
    page = Page(html("/tiny/"))
    (cell,) = [a for a in page.find("a") if a.get("href") == "/tiny/cell/speed/ada/"]
    assert "Score from 2 claims, 7 of 10" in words_of(page.html[cell["from"] : cell["to"]])


def test_only_this_criterion_switches_all_others_off(tiny):
    page = Page(html("/tiny/"))
    assert [button["value"] for button in page.find("button", name="alone")] == [
        "speed",
        "ease",
        "cost",
    ]


def test_a_group_that_gives_nothing_to_the_lead_is_said_to_be_even(db):
    tree = world(one=(5, 5), two=(9, 3))
    other = next(group["slug"] for group in tree["groups"] if group["slug"] != "use")
    tree["criteria"][0]["group"] = other
    worlds.publish(tree)
    page = Page(html("/tiny/"))
    shown = [one for one in page.find("span") if "data-sum" in one]
    sums = [words_of(page.html[one["from"] : one["to"]]) for one in shown]
    assert sorted(sums) == ["3.00 for Ada", "even"]
