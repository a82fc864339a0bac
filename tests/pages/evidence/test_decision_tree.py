"""The decision tree: questions asked one by one, advice held against the scores, and no score
changed.
"""

import re

import pytest

from tests import worlds
from tests.pages.evidence.evidence_pages import (
    links,
    main_of,
    section,
    words_on,
)
from tests.tools import data, publish

pytestmark = pytest.mark.django_db


def test_the_tree_asks_its_first_question_and_says_what_can_still_come_out():
    words = words_on("/full/tree/")
    assert "1. Is it a whole product?" in words
    assert "An agency. Figure 1" in words
    assert "Yes then still possible: Whole" in words
    assert "Still possible now: Swift, Whole" in words
    assert "Your answers" not in words
    assert words.count("not asked yet") == 3


def test_the_tree_is_walked_by_links_to_a_leaf_and_back():
    step = "/full/tree/?tree=whole-product:no"
    assert step in links(main_of("/full/tree/"))
    assert "2. Is it one service?" in words_on(step)
    leaf = "/full/tree/?tree=whole-product:no,one-service:yes"
    assert leaf in links(main_of(step))
    words = words_on(leaf)
    assert "Swift It is small." in words and "Your answers" in words
    assert "Same. By the scores " in words
    changes = links(main_of(leaf))
    assert step in changes and changes.count("/full/tree/") >= 2  # change the first, begin again


def test_answers_that_belong_to_no_question_on_the_way_are_left_out_and_said():
    words = words_on("/full/tree/?tree=whole-product:yes,one-service:no")
    assert "1 answer belongs to no question on this way and is left out." in words
    assert "It is all there." in words


def test_a_changed_answer_drops_those_after_it():
    leaf = main_of("/full/tree/?tree=whole-product:no,one-service:yes")
    (change,) = re.findall(
        r'href="([^"]*)">Change<span class="visually-hidden">: Is it one service', leaf
    )
    assert change == "/full/tree/?tree=whole-product:no"
    (first,) = re.findall(
        r'href="([^"]*)">Change<span class="visually-hidden">: Is it a whole', leaf
    )
    assert first == "/full/tree/"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tree=whole-product:no,one-service:yes", "Same. By the scores Swift "),
        ("tree=whole-product:yes", "Different. By the scores Swift leads by "),
        ("tree=whole-product:no,one-service:no", "Overlap. By the scores Swift leads by "),
        (
            "must=rate-limits&tree=whole-product:yes",
            "Blocked. It fails a must-have: “Rate limits included”.",
        ),
        (
            "distrust=agency,vendor&tree=whole-product:yes",
            "Different. By the scores nobody leads (no evidence).",
        ),
    ],
    ids=["same", "different", "overlap", "blocked", "no scores"],
)
def test_the_advice_is_held_against_the_scores(query, words):
    assert words in words_on(f"/full/tree/?{query}")


def test_options_that_are_meant_together_are_joined_by_and():
    assert "Both together" in words_on("/full/tree/?tree=whole-product:no,one-service:no")
    questions = worlds.tiny_tree()["questions"]
    questions[0]["answers"][0] |= {"options": ["ada", "bob"], "together": True}
    publish(questions=questions)
    assert section("/tiny/tree/?tree=hurry:yes", "question") == "Ada and Bob"
    questions[0]["answers"][0] |= {"together": False}
    publish(questions=questions)
    assert section("/tiny/tree/?tree=hurry:yes", "question") == "Ada or Bob"


def test_every_rule_says_where_it_stands():
    words = section("/full/tree/?tree=whole-product:yes", "rules")
    # one of them in the heading's sentence
    assert words.count("decides") == 2 and words.count("may hold too") == 2
    words = section("/full/tree/?tree=whole-product:no,one-service:yes", "rules")
    assert words.count("ruled out") == 2


def test_answers_change_no_score():
    assert data("", "full")["decision"] == data("tree=whole-product:yes", "full")["decision"]


def test_an_unknown_answer_is_noted_and_the_question_asked():
    words = words_on("/full/tree/?tree=whole-product:perhaps")
    assert "The question “whole-product” does not exist here" in words
    assert "1. Is it a whole product?" in words
