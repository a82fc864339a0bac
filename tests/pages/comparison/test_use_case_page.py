"""One use case in full, the list that a case is chosen from, and its mark in the plot."""

import pytest

from tests import worlds
from tests.tools import Page, get, html, publish, words_of

pytestmark = pytest.mark.django_db
RACE = worlds.TINY["use_cases"][0]
THRIFT = worlds.TINY["use_cases"][1]


@pytest.mark.parametrize("address", ["/tiny/case/race/", "/tiny/-/case/race/"])
def test_a_case_says_what_it_is_like_and_what_each_source_advises(tiny, address):
    words = words_of(html(address))
    assert "Only speed counts." in words
    assert words.count("Ada, or Bob + Add-on") == 2
    assert "Our score: Ada by 2.1 (strong)" in words


def test_a_condition_stands_with_its_advice_and_silent_sources_are_counted(db):
    tree = worlds.tiny_tree()
    tree["sources"][0]["advice"][0] |= {"condition": "if it rains", "strength": "advised-against"}
    tree["sources"][1]["advice"] = []
    publish(sources=tree["sources"])
    words = words_of(html("/tiny/case/race/"))
    assert "Not Ada, or Bob + Add-on" in words
    assert "if it rains" in words
    assert "1 source says nothing" in words


def test_a_case_that_is_not_there_leads_to_the_comparison_with_a_note(tiny):
    words = words_of(html("/tiny/case/nowhere/"))
    assert "Ada, Bob or Cyd?" in words
    assert "nowhere" in words


def test_the_address_of_a_renamed_case_leads_to_its_new_one(tiny):
    publish(
        use_cases=[RACE | {"slug": "sprint"}, THRIFT],
        sources=[],
        runs=[],
        renamed=[{"kind": "use-case", "old": "race", "new": "sprint"}],
    )
    assert get("/tiny/case/race/?off=cost", 301)["Location"] == "/tiny/case/sprint/?off=cost"


def in_force(page):
    return [
        button["value"] for button in page.find("button", name="apply", **{"aria-current": "true"})
    ]


def test_the_plot_marks_the_case_in_force_and_opens_its_family(db):
    cases = [
        RACE | {"slug": f"case-{number}", "family": f"Family {number % 2}", "must": []}
        for number in range(20)
    ]
    publish(use_cases=cases, sources=[], runs=[])
    for query, chosen, opened in (("", [], [0]), ("?use=case-3", ["case-3"], [0, 1])):
        page = Page(html(f"/tiny/{query}"))
        assert in_force(page) == chosen
        families = page.find("details", **{"class": "family"})
        assert [index for index, family in enumerate(families) if "open" in family] == opened
        words = words_of(page.outer("cases"))
        assert words.count("In use") == len(chosen)


def test_a_case_is_chosen_from_a_list_by_families_with_none_first(db):
    publish(use_cases=[RACE | {"family": "Sports"}, THRIFT])
    page = Page(html("/tiny/?use=race"))
    (picker,) = page.find("select", name="use")
    assert picker["form"] == "selection"
    options = [e for e in page.find("option") if picker["from"] < e["from"] < picker["to"]]
    assert [option["value"] for option in options] == ["none", "thrift", "race"]
    assert [option["value"] for option in options if "selected" in option] == ["race"]
    assert [group["label"] for group in page.find("optgroup")] == ["Sports"]


@pytest.mark.parametrize(
    ("query", "chosen", "used"),
    [
        ("", "No case chosen yet (2 to choose from)", []),
        ("?off=cost", "No case chosen yet (2 to choose from)", []),
        ("?use=none", "No particular case", []),
        ("?use=race", "A race", ["race"]),
    ],
)
def test_the_case_that_the_editors_start_from_is_not_yet_a_choice(db, query, chosen, used):
    publish(default_use_case="race")
    page = Page(html(f"/tiny/{query}"))
    (picker,) = page.find("select", name="use")
    options = [e for e in page.find("option") if picker["from"] < e["from"] < picker["to"]]
    (selected,) = [option for option in options if "selected" in option] or options[:1]
    assert words_of(page.html[selected["from"] : selected["to"]]) == chosen
    assert in_force(page) == used
    assert "A race start" in words_of(page.outer("cases"))


def test_without_a_script_each_line_links_to_its_case(tiny):
    page = Page(html("/tiny/?off=cost"))
    links = [link["href"] for link in page.find("a") if "/case/" in link.get("href", "")]
    assert sorted(links) == ["/tiny/case/race/?off=cost", "/tiny/case/thrift/?off=cost"]


def test_a_comparison_without_use_cases_has_no_plot_and_no_list(db):
    publish(use_cases=[], sources=[], runs=[])
    page = Page(html("/tiny/"))
    assert not page.find("section", id="cases")
    assert not page.find("select", name="use")
