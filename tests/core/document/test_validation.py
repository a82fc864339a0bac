"""Everything that is wrong with a tree, said at once, each in a place an editor can find."""

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.core.document.schema import Document
from comparison.core.document.shape import RESERVED_SLUGS
from comparison.core.document.validation import problems
from tests import worlds
from tests.trees import change, problems_of


@pytest.mark.parametrize(
    "tree", [worlds.tiny_tree(), worlds.full_tree(), worlds.large_tree(4, 12, claims_per_cell=1)]
)
def test_a_whole_tree_has_no_problem(tree):
    assert problems(tree) == []


def test_a_problem_says_where_it_is_in_the_editors_words():
    tree = worlds.tiny_tree()
    tree["options"][0] = {"slug": "fastapi", "name": "FastAPI", "line": "Fast."}
    cells = {"fastapi": {"text": "Native", "score": 11, "note": "Read."}}
    tree["criteria"][0] |= {"slug": "async-support", "cells": cells}
    assert "criteria › async-support › FastAPI › score: 11 is above 10" in problems_of(tree)


def test_two_anchors_that_are_the_same_are_a_problem():
    tree = worlds.tiny_tree()
    anchors = {"anchor_low": "5", "anchor_high": 5.0, "direction": "lower-is-better", "unit": "ms"}
    tree["criteria"][0] |= {"kind": "quantity", "cells": {}, **anchors}
    (problem,) = [one for one in problems_of(tree) if "anchor_high" in one]
    assert "two numbers that differ" in problem


def test_every_problem_is_said_at_once():
    tree = worlds.tiny_tree(title="", default_use_case="nowhere", colour="red")
    del tree["topic"]
    tree["criteria"][0]["cells"]["ada"]["score"] = 11
    tree["criteria"][0]["importance"] = "high"
    tree["criteria"][1]["group"] = "nowhere"
    tree["criteria"][2]["kind"] = "guess"
    tree["sources"][0]["claims"][0]["score"] = -1
    tree["sources"][1]["published"] = "soon"
    tree["use_cases"][1]["slug"] = "race"
    assert problems_of(tree) == [
        "title: is empty: leave the key out when nothing is known",
        "topic: is missing",
        "criteria › speed › importance: high is not a number",
        "criteria › speed › Ada › score: 11 is above 10",
        "criteria › cost › kind: guess is not one of 'rating', 'support', 'quantity' or 'text'",
        "sources › first › claims › speed-ada › score: -1 is below 0",
        (
            "sources › second › published: soon is not a date: write 2024-01-05, 2024-01, 2024 "
            'or "undated"'
        ),
        "colour: is not a known key here: check its spelling",
        'default_use_case: there is no "nowhere" among the use cases',
        'criteria › ease › group: there is no "nowhere" among the groups',
        'use_cases › race › slug: "race" stands 2 times: a slug names one thing',
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(
            {"sources__0__claims__0__place": None},
            "sources › agency › claims › rps-possible › place: is missing",
            id="place",
        ),
        pytest.param(
            {"sources__0__interest": None}, "sources › agency › interest: is missing", id="interest"
        ),
        pytest.param({"sources__0__interest": ""}, "interest: is empty", id="interest empty"),
        pytest.param(
            {"runs__0__figures__0__quantity__unit": None},
            "quantity: unit is missing",
            id="figure without unit",
        ),
        pytest.param(
            {"runs__0__figures__0__place": None},
            "swift-mean › place: is missing",
            id="figure without place",
        ),
        pytest.param(
            {"sources__0__advice__0__place": None},
            "product › place: is missing",
            id="advice without place",
        ),
        pytest.param(
            {"sources__0__claims__7__reason": None},
            'the finding "wrong" needs a reason and a reference',
            id="wrong, no reason",
        ),
        pytest.param(
            {"stories__0__source": None},
            "stories › big-house › source: is missing",
            id="story without source",
        ),
        pytest.param(
            {"sources__0__claims__7__reference": None},
            'the finding "wrong" needs a reason and a reference',
            id="wrong, no reference",
        ),
        pytest.param(
            {"sources__0__claims__0__option": None},
            "a claim names an option or a component",
            id="claim of nothing",
        ),
        pytest.param(
            {"sources__0__claims__0__statement": None},
            "statement: is missing",
            id="claim without words",
        ),
        pytest.param(
            {"criteria__2__cells__swift__support": "yes"}, "takes score", id="support on a rating"
        ),
        pytest.param(
            {"criteria__1__cells__swift__score": 5}, "takes support", id="score on a support"
        ),
        pytest.param(
            {"criteria__0__cells__swift__score": 5}, "takes quantity", id="score on a quantity"
        ),
        pytest.param(
            {"sources__0__claims__0__score": 5},
            "takes quantity",
            id="score of a claim on a quantity",
        ),
        pytest.param(
            {"sources__0__claims__7__score": 5}, "takes support", id="score of a claim on a support"
        ),
        pytest.param(
            {"criteria__0__anchor_low": None},
            "a quantity needs unit, direction",
            id="quantity without anchors",
        ),
        pytest.param(
            {"criteria__0__direction": "lower-is-better"},
            "anchors run against",
            id="anchors against the direction",
        ),
        pytest.param(
            {"criteria__0__anchor_high": 0}, "anchors run against", id="anchors that are one"
        ),
        pytest.param(
            {"criteria__0__cells__swift__quantity__unit": "requests"},
            "units are never converted",
            id="other unit",
        ),
        pytest.param(
            {"criteria__0__cells__both__quantity": {"spelling": "x", "form": "verbal"}},
            "does not apply",
            id="not applying",
        ),
        pytest.param(
            {"questions__1__answers__1__question": "whole-product"},
            "leads to a question or to options",
            id="both ways",
        ),
        pytest.param(
            {"questions__0__answers__1__question": None},
            "leads to a question or to options",
            id="answer to nowhere",
        ),
        pytest.param(
            {"questions__0__answers__0__reason": None},
            "ends at options needs a reason",
            id="end without a reason",
        ),
        pytest.param(
            {"questions__0__answers__0": None}, "answers: needs at least 2", id="one answer"
        ),
        pytest.param(
            {"sources__0__advice__0__choices__0": {}},
            "a choice names an option or a component",
            id="empty choice",
        ),
        pytest.param(
            {"sources__0__advice__0__choices": []}, "choices: needs at least 1", id="no choice"
        ),
        pytest.param(
            {"use_cases__0__must": ["learning-curve"]}, "offers no must-have", id="must of nothing"
        ),
        pytest.param(
            {"use_cases__0__slug": "none"},
            "means that no use case is chosen",
            id="use case called none",
        ),
        pytest.param({"criteria__0__importance": 6}, "importance: 6 is above 5", id="importance 6"),
        pytest.param(
            {"criteria__0__importance": 2.55},
            "importance: 2.55 is finer than a tenth: write 2.5, one decimal at most",
            id="importance 2.55",
        ),
        pytest.param({"criteria__0__shelf_life_days": 0}, "has to be above 0", id="no shelf life"),
        pytest.param(
            {"criteria__0__cells__swift": "Fast"},
            "Swift: is not a mapping of keys",
            id="cell as a text",
        ),
        pytest.param({"criteria": {"a": 1}}, "criteria: is not a list", id="criteria as a mapping"),
        pytest.param(
            {"criteria__0": "throughput"}, "is not a mapping of keys", id="criterion as a text"
        ),
        pytest.param({"options": []}, "options: needs at least 2", id="no option"),
        pytest.param({"costs__0__currency": "rupees"}, "does not have the form", id="currency"),
        pytest.param(
            {"sources__0__read_on": "yesterday"},
            "yesterday is not a date: write 2026-11-20",
            id="day",
        ),
        pytest.param({"sources__0__measured": "maybe"}, "maybe is not true or false", id="truth"),
        pytest.param({"title": ["x"]}, "title: ['x'] is not a text", id="title as a list"),
        pytest.param({"title": "x" * 301}, "title: is longer than 300 characters", id="long title"),
        pytest.param(
            {"options__0__name": "Two\nlines"}, "has to stand on one line", id="two lines"
        ),
        pytest.param({"groups__0__slug": "A B"}, "A B is not a slug: use small letters", id="slug"),
        pytest.param(
            {"sources__0__address": "javascript:alert(1)"}, "has to begin with http", id="address"
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_place(changes, words):
    lines = problems_of(change(**changes))
    assert [line for line in lines if words in line], lines


def test_a_question_that_nothing_leads_to_is_named():
    tree = worlds.full_tree()
    tree["questions"].append(
        {"slug": "lonely", "text": "Alone?", "answers": tree["questions"][1]["answers"]}
    )
    assert problems_of(tree) == ["questions › lonely: no answer leads here"]


def test_answers_that_lead_back_are_named():
    tree = worlds.full_tree()
    tree["questions"][1]["answers"][0] = {"slug": "yes", "text": "Yes", "question": "whole-product"}
    assert problems_of(tree) == [
        "questions › whole-product: its answers lead back to it: a reader would never arrive",
        "questions › one-service: its answers lead back to it: a reader would never arrive",
    ]


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_comparison_cannot_take_an_address_of_the_site(slug):
    assert problems_of(worlds.tiny_tree(slug=slug)) == [
        f'slug: "{slug}" is kept for the site itself: choose another'
    ]


def test_the_first_levels_of_addresses_are_kept_for_the_site():
    from django.urls import get_resolver

    first = {str(entry.pattern).partition("/")[0] for entry in get_resolver().url_patterns}
    assert {word for word in first if word.isalnum()} <= RESERVED_SLUGS


@pytest.mark.parametrize("tree", [None, [], "text", 3, {}, {"slug": "x"}], ids=str)
def test_what_is_no_comparison_at_all_is_said_in_words(tree):
    assert problems_of(tree)


# --- laws -----------------------------------------------------------------------------------------


law = settings(derandomize=True, deadline=None, database=None, max_examples=60)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value, path=()):
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from places(item, (*path, key))


PLACES = list(places(worlds.full_tree()))


@law
@given(st.lists(st.tuples(st.sampled_from(PLACES), anything), min_size=1, max_size=4))
def test_no_tree_is_too_strange_to_be_judged(changes):
    tree = worlds.full_tree()
    for path, value in changes:
        here = tree
        for step in path[:-1]:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(here, dict) or (
                isinstance(here, list) and isinstance(path[-1], int) and path[-1] < len(here)
            ):
                here[path[-1]] = value
    violations = problems(tree)
    assert all(problem.message and isinstance(problem.where, str) for problem in violations)
    if not violations:
        Document.model_validate(tree)


@law
@given(st.dictionaries(st.sampled_from(list(Document.model_fields)), anything, max_size=6))
def test_no_mapping_is_too_strange_to_be_judged(tree):
    assert problems(tree)


@pytest.mark.parametrize("kind", ["option", "criterion", "source", "use-case"])
def test_an_old_slug_that_leads_to_nothing_is_named_whatever_its_kind(kind):
    tree = worlds.tiny_tree(renamed=[{"kind": kind, "old": "former", "new": "nowhere"}])
    words = f'there is no {kind.replace("-", " ")} "nowhere" that it leads to'
    assert [problem.message for problem in problems(tree)] == [words]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"options__0__home_page": "swift.example"}, "home_page: is not an address"),
        ({"options__0__tags": ["a", "A"]}, "options › swift › tags › number 2: A stands twice"),
        ({"options__0__tags": ["x" * 41]}, "is longer than 40 characters"),
        ({"options__0__tags": [f"t{n}" for n in range(21)]}, "tags: has more than 20"),
    ],
)
def test_what_is_wrong_with_the_facts_of_an_option_is_said(changes, words):
    assert words in "\n".join(problems_of(change(**changes)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"criteria__0__anchor_low": 0}, "a logarithmic scale needs both anchors above 0"),
        ({"criteria__0__anchor_low": -1}, "a logarithmic scale needs both anchors above 0"),
        ({"criteria__0__kind": "rating"}, "scale: does not fit: only a quantity has"),
    ],
)
def test_a_logarithmic_scale_needs_a_quantity_and_anchors_above_nothing(changes, words):
    logarithmic = {"criteria__0__scale": "logarithmic", "criteria__0__anchor_low": 1}
    assert problems_of(change(**logarithmic)) == []
    assert words in "\n".join(problems_of(change(**logarithmic | changes)))
