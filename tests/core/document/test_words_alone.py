"""A criterion of kind text: shown, never scored, never counted."""

import pytest

from comparison.core import evidence
from comparison.core.document.schema import Document
from comparison.core.document.validation import problems
from comparison.core.selection import Note, parse, settings, spell
from tests import worlds
from tests.trees import problems_of


def test_it_is_no_problem_and_no_name_that_counts():
    assert problems(worlds.worded_tree()) == []
    names = Document.model_validate(worlds.worded_tree()).names
    assert names.criteria == ("speed", "ease", "cost")
    assert names.texts == {"makers"}
    assert names.groups["use"] == ("speed", "ease")
    assert "makers" not in names.use_cases["race"]


def test_it_has_evidence_and_no_score():
    tree = worlds.worded_tree()
    claim = {"slug": "makers-ada", "option": "ada", "criterion": "makers", "place": "Line 9"}
    tree["sources"][0]["claims"].append(
        claim | {"statement": "A society makes it.", "form": "prose", "finding": "opinion"}
    )
    weighed = evidence.weigh(Document.model_validate(tree))
    cell = weighed.cells["makers", "ada"]
    assert (cell.score, cell.reach, cell.mentions) == (None, None, 1)
    assert "makers" not in weighed.scores["ada"]


@pytest.mark.parametrize("query", ["w=makers:5", "off=makers", "must=makers", "by=makers"])
def test_a_link_that_would_let_it_count_is_read_without_that(query):
    document = Document.model_validate(worlds.worded_tree())
    selection, notes = parse(document, f"{query}&q=ada")
    assert notes == (Note("not-counted", query.partition("=")[0], "makers"),)
    assert spell(document, selection) == "q=ada"
    assert "makers" not in settings(document, selection).importances


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"scale_low": "none"},
            "makers › scale_low: does not fit: a text is shown",
        ),
        ({"must": {"name": "Made", "minimum": 5}}, "makers › must: does not fit"),
        ({"cells": {"ada": {"text": "x", "score": 5}}}, "Ada › score: does not fit: the criterion"),
    ],
)
def test_what_only_a_scale_has_is_a_problem(changes, words):
    assert words in "\n".join(problems_of(worlds.worded_tree(**changes)))


def test_a_case_cannot_weigh_it():
    tree = worlds.worded_tree()
    tree["use_cases"][0]["importances"]["makers"] = 4
    assert problems_of(tree) == [
        "use_cases › race › importances › makers: does not fit: the criterion is a text, which "
        "never counts"
    ]
