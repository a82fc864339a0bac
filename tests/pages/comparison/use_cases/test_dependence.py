"""Where the use cases go to different options, no winner is named until a reader has chosen one."""

import re

import pytest

from comparison.core.document.schema import plain
from comparison.pages.comparison.page import result_page
from comparison.pages.comparison.use_cases.dependence import dependence_of
from comparison.pages.comparison.wording import in_words
from comparison.sharing.exports import recommendation_words
from tests import worlds
from tests.requests import requested
from tests.results import faults, results_in
from tests.tools import Page, get, html, words_of

NAMES = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd"}


def tree(**changes):
    """Return the tiny world, in which Bob is the cheapest and Ada leads in a race and overall."""
    return worlds.with_scores(worlds.tiny_tree(**changes), cost_bob=10)


def led(query="", **changes):
    depends = dependence_of(requested(tree(**changes), query).view)
    return depends and [(leader.option.name, leader.count) for leader in depends.cases.led]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "show=differences",
        "q=speed",
        "from=3",
        "by=cost",
        "against=bob",
        "by=ease&show=all&use=none",
    ],
)
def test_it_depends_until_something_is_chosen_or_changed(query):
    assert led(query) == [("Ada", 1), ("Bob", 1)]


@pytest.mark.parametrize(
    "query",
    [
        "use=race",
        "w=cost:5",
        "off=ease",
        "must=cost",
        "distrust=first",
        "options=ada,bob",
        "basis=claims",
        "tree=hurry:yes",
    ],
)
def test_it_does_not_once_something_is_chosen_or_changed(query):
    assert led(query) is None


def test_a_default_use_case_is_the_editors_choice_and_not_the_readers():
    assert led("", default_use_case="race") == led("use=none", default_use_case="race") is not None
    assert led("use=race", default_use_case="race") is None


def test_where_one_option_leads_in_all_it_is_named():
    assert dependence_of(requested(worlds.tiny_tree()).view) is None


def test_every_word_of_the_default_view_says_that_it_depends():
    page = result_page(requested(tree()).view)
    words = in_words(page)
    assert words.head == "It depends on your case"
    assert words.case == "Ada in 1, Bob in 1"
    assert words.margin.startswith("As the editors weigh it, Ada is ahead of Bob by ")
    for sentence in (words.sentence, recommendation_words(page)):
        assert "depends on the case: Ada in 1, Bob in 1; as the editors weigh it, Ada" in sentence
    chosen = in_words(result_page(requested(tree(), "use=race").view))
    assert chosen.head == "Ada" and "epends" not in chosen.sentence


def test_the_lead_that_counting_everything_gives_says_whose_it_is(db):
    worlds.publish(tree())
    for query, words in (
        ("", r"lead for Ada by \d\.\d How"),
        ("?w=cost:2", r"lead, \d\.\d points H"),
    ):
        assert re.search(words, words_of(Page(html(f"/tiny/{query}")).outer("how-firm")))


def test_of_a_default_use_case_its_own_result_is_told():
    words = in_words(result_page(requested(tree(default_use_case="race")).view))
    assert words.margin.startswith("To start with, as for a race, Ada is ")


@pytest.mark.parametrize(
    ("query", "case"),
    [("use=race", "for a race"), ("off=ease", "weighed as for a race")],
    ids=["chosen", "not chosen"],
)
def test_the_case_is_named_as_one_that_was_chosen_only_where_it_was(query, case):
    page = result_page(requested(tree(default_use_case="race"), query).view)
    assert (in_words(page).head, in_words(page).case) == ("Ada", case)
    assert (page.results.case_advice is not None) is (query == "use=race")


@pytest.fixture
def published(db):
    return worlds.publish(tree())


@pytest.mark.parametrize("place", ["", "embed/", "sensitivity/"])
def test_what_names_the_default_view_is_not_coloured_for_anybody_and_gives_the_result_too(
    published, place
):
    page = html(f"/tiny/{place}")
    decision = get("/tiny/-/data.json").json()["decision"]
    named = [words for query, words in results_in(page) if query == "?"]
    assert named
    for words in named:
        assert "depends on" in words or re.match(r"Ada in 1, Bob in 1 of \d cases", words)
    whole = max(named, key=len).partition("weigh it")[2]
    assert not faults(whole, decision, NAMES)
    for heading in Page(page).find("h2"):
        assert "name-" not in heading.get("class", "")


def test_where_nobody_leads_in_any_case_that_is_a_sentence(published):
    cases = words_of(Page(html("/tiny/?distrust=first,second")).outer("cases"))
    assert cases.startswith("Use cases Nobody leads in any of the 2 cases. Each line")


def test_programs_are_told_in_how_many_cases_each_leads(published):
    depends = {
        "leads": [{"option": "ada", "use_cases": 1}, {"option": "bob", "use_cases": 1}],
        "toss_ups": 0,
        "ties": 0,
        "undecided": 0,
        "counted_until_chosen": None,
    }
    for address in ("/tiny/-/data.json", "/api/v1/comparisons/tiny/decision"):
        assert get(address).json()["depends"] == depends
        assert get(address + "?use=race").json()["depends"] is None
    assert "depends on" in words_of(get("/oembed?url=http://testserver/tiny/").json()["title"])


def test_an_order_and_a_rival_name_no_winner():
    for query in ("by=asgi", "against=granian"):
        view = requested(plain(worlds.content("python-app-servers")), query).view
        assert in_words(result_page(view)).head == "It depends on your case"
