"""Rows of words alone, as a reader and a program get them."""

import csv
import io

import pytest

from tests import worlds
from tests.tools import Page, data, get, html, words_of

pytestmark = pytest.mark.django_db


def row_of(html, slug="makers"):
    return Page(Page(html).outer(f"c-{slug}"))


def test_its_row_has_words_without_a_box_or_a_ruler():
    worlds.publish(worlds.worded_tree())
    page = html("/worded/")
    row = row_of(page)
    assert row.find("input") == [] and row.find("button") == []
    assert "The Ada Society" in row.text and "Not known" in row.text
    assert "3 criteria and 1 in words" in words_of(page)
    assert "Switched on: 3 of 3 criteria" in words_of(page)
    assert "All 4 rows" in words_of(page)
    assert "2 of 2 counted" in words_of(page)


def test_it_is_found_filtered_and_compared_like_any_other():
    tree = worlds.worded_tree()
    tree["criteria"][1]["cells"] = {o: {"text": "All alike"} for o in ("ada", "bob", "cyd")}
    worlds.publish(tree)

    def hidden(query):
        return "hidden" in Page(html(f"/worded/?{query}")).find("tr", id="c-makers")[0]

    assert not hidden("q=alike")
    assert hidden("show=differences") and hidden("show=counted") and hidden("show=disputed")


def test_its_panel_and_page_say_that_it_is_not_scored():
    worlds.publish(worlds.worded_tree())
    words = words_of(html("/worded/-/claims/makers/ada/"))
    assert "Words to read: they are not scored." in words
    assert "10:" not in words and "neutral" not in words
    assert "best first" not in words_of(html("/worded/cell/makers/"))


def test_nothing_else_moves():
    worlds.publish(worlds.tiny_tree())
    worlds.publish(worlds.worded_tree())
    assert data(slug="worded")["decision"] == data()["decision"]
    strips = words_of(html("/worded/sensitivity/"))
    assert "Makers" not in strips.partition("One importance at a time")[2].partition("case")[0]


def test_a_link_that_weighs_it_says_so_in_a_sentence():
    worlds.publish(worlds.worded_tree())
    assert "“Makers” is there to be read and never counts" in words_of(html("/worded/?w=makers:4"))


def test_files_and_programs_get_its_words_without_an_importance():
    worlds.publish(worlds.worded_tree())
    rows = list(csv.reader(io.StringIO(get("/worded/-/view.csv").content.decode("utf-8-sig"))))
    (row,) = [row for row in rows if row[3] == "makers"]
    assert row[4:9] == ["no", "", "", "The Ada Society", ""]
    assert (
        "| In use | Makers | no |  | The Ada Society |" in get("/worded/-/view.md").content.decode()
    )
    (told,) = [row for row in get("/worded/-/view.json").json()["rows"] if row["name"] == "Makers"]
    assert (told["counted"], told["importance"]) == (False, None)
    (named,) = [
        criterion
        for criterion in get("/api/v1/comparisons/worded").json()["criteria"]
        if criterion["slug"] == "makers"
    ]
    assert (named["kind"], named["importance"]) == ("text", None)


def test_many_options_have_the_words_behind_one_link():
    tree = worlds.large_tree(9, 4, slug="many")
    tree["criteria"][0] = {
        "slug": "makers",
        "name": "Makers",
        "group": tree["criteria"][0]["group"],
        "kind": "text",
        "cells": {"option-0": {"text": "A foundation"}},
    }
    tree["sources"], tree["use_cases"] = [], []
    worlds.publish(tree)
    row = row_of(html("/many/"))
    assert row.find("a", href="/many/cell/makers/")
    assert any("A foundation" in cell.get("aria-label", "") for cell in row.find("a"))


def test_a_comparison_of_words_alone_says_so():
    tree = worlds.worded_tree()
    tree["criteria"], tree["use_cases"] = [tree["criteria"][1]], []
    tree["sources"], tree["runs"] = [], []
    worlds.publish(tree)
    words = words_of(html("/worded/"))
    assert "Every row is words to read" in words and "0 of 0" not in words
