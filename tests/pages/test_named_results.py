"""Wherever a page names a result, how firm it is stands with it, and both are what the engine says
of that very selection.
"""

import re
from urllib.parse import unquote

import pytest

from tests import worlds
from tests.results import faults, results_in, without_results
from tests.tools import Page, get, html

pytestmark = pytest.mark.django_db
NAMES = {"ada": "Ada", "bob": "Bob", "cyd": "Cyd"}
# Together: every label of a leader with rivals, a tie, nothing counted, nothing qualified, nothing
# known, one left, one verified.
SELECTIONS = [
    "",
    "use=race",
    "use=thrift",
    "off=ease",
    "w=speed:1",
    "w=cost:5&tree=hurry:no",
    "off=speed,ease,cost",
    "must=speed,cost&options=ada,bob",
    "distrust=first,second",
    "options=ada",
    "must=cost&waive=speed&tree=hurry:yes",
    "distrust=second&basis=claims",
]
PLACES = [
    "",
    "embed/",
    "why/ada/",
    "why/bob/",
    "why/cyd/",
    "sensitivity/",
    "tree/",
    "sources/first/",
    "-/flips/",
    "case/race/",
]
# Words that name a result. What is said about the way of naming one, on /method/ and in help, holds
# no option's name.
NAMING = re.compile(
    r"(Ada|Bob|Cyd)[^.?]{0,40}\b(leads?|ahead|come out equal|would be|wins?|beats?)\b"
)


@pytest.fixture
def tiny():
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=5))
    return worlds.publish(worlds.tiny_tree())


def told(of):
    """Return what programs are told of a selection, given as "?query" or "@release?query"."""
    release, _, query = unquote(of).partition("?")
    return get(f"/tiny/{release + '/' if release else ''}-/data.json?{query}").json()["decision"]


def wrong(address):
    text = html(address)
    problems = [
        f"{of}: {fault}"
        for of, words in results_in(text)
        for fault in faults(words, told(of), NAMES)
    ]
    return problems + [
        f"named without its label: {naming[0]}" for naming in NAMING.finditer(without_results(text))
    ]


@pytest.mark.parametrize("query", SELECTIONS)
def test_every_page_names_each_result_with_its_label(tiny, query):
    assert {place: faults for place in PLACES if (faults := wrong(f"/tiny/{place}?{query}"))} == {}


@pytest.mark.parametrize(
    "address", ["/tiny/changes/1..2/", "/tiny/?w=ease:4&from=1", "/tiny/changes/", "/", "/method/"]
)
def test_pages_of_more_than_one_selection_do_so_too(tiny, address):
    assert wrong(address) == []


def test_the_pages_that_name_results_are_seen_to(tiny):
    """The walk finds results where there are some: it cannot pass by seeing none."""
    named = {
        place: len(results_in(html(f"/tiny/{place}?off=ease&tree=hurry:no"))) for place in PLACES
    }
    assert all(named.values()), named
    assert len(results_in(html("/tiny/changes/1..2/"))) == 5
    assert [of for of, _ in results_in(html("/tiny/?w=ease:4&from=1"))].count("@1?w=ease:4") == 1


def test_what_a_toss_up_is_called_never_puts_one_option_ahead(tiny):
    for place in ("", "embed/", "sources/first/"):
        for of, words in results_in(html(f"/tiny/{place}?w=speed:1")):
            if told(of)["label"] == "toss-up":
                assert not re.search(r"\b(leads?|ahead|still)\b", words), words


def test_the_hub_counts_a_use_case_for_an_option_only_where_it_is_recommended():
    tree = worlds.tiny_tree()
    tree["use_cases"].append(
        {
            **tree["use_cases"][0],
            "slug": "even",
            "name": "Even",
            "importances": {"speed": 1},
            "must": [],
        }
    )
    worlds.publish(tree)
    cases = [case["slug"] for case in tree["use_cases"]]
    recommended = [got for case in cases if (got := told(f"?use={case}")["recommended"])]
    assert 0 < len(recommended) < len(cases)
    words = " ".join(Page(html("/")).text.split())
    assert f"Ada in {recommended.count('ada')} use case" in words
    assert f"undecided in {len(cases) - len(recommended)}" in words
