"""A link opened later: what has moved for its selection, and where it leads."""

import pytest
from django.db import OperationalError

from comparison.publishing import releases
from comparison.web.comparison_request import ask
from tests import worlds
from tests.tools import Page, get, html, notice, words_of

pytestmark = pytest.mark.django_db


def test_a_link_made_earlier_says_what_has_moved_in_one_line(moved):
    sentence = notice("/tiny/?from=1")
    assert sentence.startswith(
        "This link was made on release 1. Was Ada by 1.0 (clear), now a tie of Ada and "
        "Cyd; 1 cell changed. See it as it was."
    )
    assert "Speed, Ada: speed of ada (9), now speed of ada (6)" in sentence


def test_the_notice_leads_to_the_page_as_it_was_and_to_every_change(moved):
    page = Page(html("/tiny/?w=ease:4&from=1"))
    assert page.find("a", href="/tiny/@1/?w=ease:4")
    assert page.find("a", href="/tiny/changes/1..2/")
    assert page.find("div", id="ageing")
    assert not Page(html("/tiny/@1/?w=ease:4")).find("div", id="ageing")
    assert "Ada" in words_of(Page(html("/tiny/@1/?w=ease:4")).outer("results"))


@pytest.mark.parametrize(
    "query",
    [
        "off=speed&from=1",
        "w=speed:0&from=1",
        "options=bob,cyd&from=1",
        "off=speed,ease,cost&from=1",
        "use=thrift&from=1",
    ],
)
def test_nothing_is_said_where_nothing_moved_for_this_selection(moved, query):
    assert notice(f"/tiny/?{query}") is None


@pytest.mark.parametrize("query", ["", "from=2", "from=0", "from=x", "from="])
def test_nothing_is_said_of_a_link_that_names_no_earlier_release(moved, query):
    assert notice(f"/tiny/?{query}") is None


def unchanged(address):
    page = Page(html(address))
    return words_of(page.outer("unchanged")) if page.find("p", id="unchanged") else None


def test_of_a_link_made_on_the_newest_release_it_is_said_that_nothing_has_changed(moved):
    said = unchanged("/tiny/?off=cost&from=2")
    assert said == "This link was made on release 2, the newest: nothing has changed since."
    for query in ("", "from=1", "from=3", "from=x"):
        assert unchanged(f"/tiny/?{query}") is None
    assert unchanged("/tiny/@2/?from=2") is None


def test_of_a_link_to_an_only_release_it_is_said_that_there_is_no_other(tiny):
    said = "This link was made on release 1, the only one so far: nothing has changed."
    assert unchanged("/tiny/?from=1") == said


def test_a_page_that_names_its_release_says_nothing(moved):
    assert notice("/tiny/@1/?from=1") is None
    assert notice("/tiny/@2/?from=1") is None


def test_a_cell_can_change_without_moving_the_result(moved):
    worlds.publish(worlds.with_scores(worlds.tiny_tree(), speed_ada=6, cost_bob=5))
    assert notice("/tiny/?from=2").startswith(
        "This link was made on release 2. Still a tie of Ada and Cyd; 1 cell changed. See "
        "it as it was."
    )


def test_a_change_and_its_return_are_nothing(moved):
    worlds.publish(worlds.tiny_tree())
    assert notice("/tiny/?from=1") is None
    assert notice("/tiny/?from=2")


def test_a_moved_preset_is_told():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["use_cases"][0]["importances"] = {"speed": 3}
    tree["use_cases"][0]["must"] = []
    worlds.publish(tree)
    sentence = notice("/tiny/?use=race&from=1")
    assert "Importance of Speed: 5, now 3" in sentence
    assert "Another must-have than then: “Speed included”" in sentence
    assert "Importance" not in notice("/tiny/?use=race&w=speed:4&from=1")
    assert notice("/tiny/?from=1") is None


def test_new_and_withdrawn_criteria_and_options_are_named():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"][1] |= {"slug": "calm", "name": "Calm"}
    tree["options"].append({"slug": "dee", "name": "Dee", "line": "New."})
    worlds.publish(tree)
    sentence = notice("/tiny/?from=1")
    assert "Counts now, and did not then: Calm" in sentence
    assert "Counted then, and not any more: Ease" in sentence
    assert "Compared now, and was not there: Dee" in sentence
    assert "Dee" not in notice("/tiny/?options=ada,bob&from=1")


def test_a_criterion_that_became_words_alone_counts_no_more_and_is_not_said_to_be_gone():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    ease = tree["criteria"][1]
    ease |= {"kind": "text", "cells": {"ada": {"text": "Easy"}}}
    del ease["scale_low"], ease["scale_high"]
    worlds.publish(tree)
    assert "Counted then, and not any more: Ease" in notice("/tiny/?from=1&w=ease:4")
    worlds.publish(worlds.tiny_tree())
    assert "Counts now, and did not then: Ease" in notice("/tiny/?from=2")


def test_evidence_that_only_got_firmer_is_told_as_such():
    worlds.publish(worlds.tiny_tree())
    tree = worlds.tiny_tree()
    tree["criteria"][1]["cells"]["ada"]["checked"] = {
        "title": "Notes",
        "read_on": "2026-11-20",
        "text": "So it is.",
    }
    worlds.publish(tree)
    assert "Ease, Ada: the same, on other evidence" in notice("/tiny/?from=1")


@pytest.mark.parametrize("number", ["3", "99", "999999999"])
def test_a_link_from_a_release_that_never_was_says_so_kindly(moved, number):
    words = words_of(html(f"/tiny/?off=cost&from={number}"))
    assert f"was made on release {number}, which was never published" in words
    assert notice(f"/tiny/?from={number}") is None


def test_the_notice_asks_the_database_no_more_than_the_page(moved, django_assert_num_queries):
    releases.memory.forget()  # publishing has read release 1
    html("/tiny/")
    with django_assert_num_queries(1):
        html("/tiny/?from=1")
    with django_assert_num_queries(1):
        html("/tiny/?off=cost&from=1")


def test_without_the_database_the_notice_still_comes(moved, monkeypatch):
    said = notice("/tiny/?from=1")

    def away(*args, **kwargs):
        raise OperationalError("away")

    releases.memory.drop("tiny", 1)
    monkeypatch.setattr("django.db.connection.cursor", away)
    assert said and notice("/tiny/?from=1") == said


def test_regions_and_data_do_not_work_the_notice_out(moved, rf, monkeypatch):
    monkeypatch.setattr("comparison.pages.history.link_age.ageing", None)
    get("/tiny/-/results/?from=1")
    get("/tiny/-/rows/?from=1")
    assert ask(rf.get("/tiny/?from=1"), "tiny", None).selection.made_on == 1


def test_the_same_address_is_the_same_answer(moved):
    first, again = get("/tiny/?from=1"), get("/tiny/?from=1")
    assert first.content == again.content and first["ETag"] == again["ETag"]
    get("/tiny/?from=1", 304, **{"If-None-Match": first["ETag"]})
