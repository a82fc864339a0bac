"""A change in words: things by name, and values as texts."""

import pytest

from comparison.core.document.change_words import Called, as_text
from comparison.core.document.diff import Change
from comparison.core.document.schema import Document
from tests import worlds


def names(kind, *path, before=None, after=None):
    """Return the name of what a changed thing is part of, and its own."""
    called = Called(before, after or worlds.full())
    change = Change(kind, "changed", path, ())
    return called.home(change), called.of(change)


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("comparison", (), ("", "")),
        ("option", ("swift",), ("Swift", "Swift")),
        ("cell", ("rate-limits", "swift"), ("Rate limits", "Swift")),
        ("claim", ("agency", "has-no-name"), ("Swift vs Whole", "has-no-name")),
        ("answer", ("one-service", "yes"), ("Is it one service?", "yes")),
        ("derived-figure", ("percent",), ("", "percent")),
        ("prose", ("matrix",), ("matrix", "matrix")),
    ],
)
def test_things_are_called_by_their_names(kind, path, expected):
    assert names(kind, *path) == expected


def test_a_thing_is_called_as_in_the_newer_document_else_as_in_the_older():
    tree = worlds.tiny_tree()
    tree["options"][0]["name"] = "Ida"
    tree["sources"].pop()
    after = Document.model_validate(tree)
    assert names("option", "ada", before=worlds.tiny(), after=after)[1] == "Ida"
    assert names("source", "second", before=worlds.tiny(), after=after)[1] == "What second thinks"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (False, "no"),
        (True, "yes"),
        (0, "0"),
        ("9", "9"),
        (["a", "b"], "a; b"),
        ({"title": "Guide", "parts": ["a", 1]}, "Guide, a; 1"),
    ],
    ids=str,
)
def test_a_value_is_one_text(value, text):
    assert as_text(value) == text
