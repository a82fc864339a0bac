"""The one spelling of a selection: everything comes back, and the default is spelled as nothing."""

import pytest

from comparison.core.selection import Selection, parse, settings, spell, use_case_of
from tests.selections import PRESET, TINY, notes, read, respelled


def test_the_default_is_spelled_as_nothing():
    assert spell(TINY, Selection()) == ""
    assert parse(TINY, "") == (Selection(), ())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("use=race", Selection(use="race"), id="use"),
        pytest.param("off=speed,cost", Selection(off=frozenset({"speed", "cost"})), id="off"),
        pytest.param("w=speed:5,cost:1", Selection(importances={"speed": 5, "cost": 1}), id="w"),
        pytest.param("must=cost", Selection(must=frozenset({"cost"})), id="must"),
        pytest.param(
            "use=race&waive=speed", Selection(use="race", waive=frozenset({"speed"})), id="waive"
        ),
        pytest.param("distrust=first", Selection(distrust=frozenset({"first"})), id="distrust"),
        pytest.param("options=ada,cyd", Selection(options=frozenset({"ada", "cyd"})), id="options"),
        pytest.param("against=bob", Selection(against="bob"), id="against"),
        pytest.param("by=cost", Selection(by="cost"), id="by"),
        pytest.param("tree=hurry:yes", Selection(tree=(("hurry", "yes"),)), id="tree"),
        pytest.param("show=differences", Selection(show="differences"), id="show"),
        pytest.param("q=a%20b", Selection(q="a b"), id="q"),
        pytest.param("basis=claims", Selection(basis="claims"), id="basis"),
        pytest.param("from=7", Selection(made_on=7), id="from"),
    ],
)
def test_every_key_is_read_and_spelled_again(query, expected):
    assert parse(TINY, query) == (expected, ())
    assert spell(TINY, expected) == query


def test_keys_stand_in_one_order_and_names_in_the_documents():
    query = (
        "from=3&basis=claims&q=x&show=differences&tree=hurry:no&options=cyd,ada&distrust=second"
        "&must=cost&w=cost:1,speed:5"
    )
    assert respelled(query + "&off=ease,speed&use=thrift") == (
        "use=thrift&off=speed,ease&w=speed:5,cost:1&must=cost&distrust=second&options=ada,cyd&tree=hurry:no"
        "&show=differences&q=x&basis=claims&from=3"
    )


@pytest.mark.parametrize(
    "query",
    [
        "w=speed:3",
        "options=ada,bob,cyd",
        "use=none",
        "waive=cost",
        "must=",
        "q=%20",
        "off=",
        "from=",
        "w=",
        "tree=,",
    ],
)
def test_what_the_layer_below_says_already_is_not_spelled(query):
    assert respelled(query) == ""
    assert notes(query) == []


def test_a_default_use_case_is_spelled_where_it_was_chosen_and_so_is_its_absence():
    assert respelled("use=race", PRESET) == "use=race"
    assert respelled("use=none") == ""
    assert respelled("use=none", PRESET) == "use=none"
    assert use_case_of(PRESET, read("", PRESET)) == "race"
    assert use_case_of(PRESET, read("use=none", PRESET)) is None
    assert settings(PRESET, read("use=none", PRESET)).importances == {
        "speed": 3,
        "ease": 3,
        "cost": 3,
    }


@pytest.mark.parametrize(
    "text", ["async & await", "50 %", "a+b", "ä ö", "a=b", "x#y", "日本", "a/b?c", "100%25", "<b>"]
)
def test_a_search_text_comes_back_whatever_it_holds(text):
    selection = Selection(q=text)
    assert parse(TINY, spell(TINY, selection)) == (selection, ())
