"""Comparisons are found by words: by how they begin, whatever accents, endings and slips."""

import pytest

from comparison.core.document.searched_words import searched_words
from comparison.publishing import published_lists
from comparison.publishing.store import catalogue_rows
from comparison.publishing.store.catalogue import catalogue
from tests import worlds
from tests.publishing.store.heads import head

pytestmark = pytest.mark.django_db
COMPARISONS = {
    "web": "fastapi django python web framework performance cafe",
    "data": "postgresql sqlite database transaction",
    "cloud": "kubernetes docker container orchestration pytorch",
    "text": "processor typesetting latex 日本語 node js",
}


@pytest.fixture(params=["index", "table"])
def searched(request, monkeypatch):
    """Four comparisons; where SQLite has an index of texts, and where it has none."""
    if request.param == "table":
        monkeypatch.setattr(catalogue_rows, "_SEARCHED", ("nonsense", catalogue_rows._SEARCHED[1]))
        monkeypatch.setattr(catalogue_rows, "_empty", [])
    catalogue.add([head(slug, 1, words=text.split()) for slug, text in COMPARISONS.items()])
    return lambda q: [one.slug for one in published_lists.found(q, "1", "", 20).comparisons]


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("", ["cloud", "data", "text", "web"]),
        ("django", ["web"]),
        ("djan", ["web"]),
        ("cloud", ["cloud"]),  # by its address
        ("DJANGO FastAPI", ["web"]),  # each has to be found
        ("django sqlite", []),
        ("café", ["web"]),
        ("frameworks", ["web"]),  # endings
        ("databases", ["data"]),
        ("processing", ["text"]),
        ("sso", ["text"]),  # in the middle, where no word begins so
        ("py", ["cloud", "web"]),
        ("sql", ["data"]),
        ("node.js", ["text"]),
        ("日本", ["text"]),
        ("djagno", ["web"]),  # letters in the wrong order
        ("djnago", ["web"]),
        ("pyhton", ["web"]),
        ("postgers", ["data"]),
        ("kubernets", ["cloud"]),
        ("kubernettes", ["cloud"]),
        ("kuberntis", ["cloud"]),  # two slips
        ("ontainer", ["cloud"]),
        ("dokcer containr", ["cloud"]),
        ("zebra", []),
        ("xyz", []),
        ("&&", []),
        ("%", []),
        ("_", []),
        ('"', []),
        ("NEAR", []),
        ("a" * 80, []),
    ],
)
def test_what_is_typed_finds_what_is_meant(searched, q, slugs):
    assert searched(q) == slugs


def test_a_comparison_is_found_by_the_names_in_its_newest_release_alone():
    worlds.publish(worlds.tiny_tree(title="Walrus?"))
    worlds.publish(worlds.tiny_tree(title="Ostrich?"))

    def slugs(q):
        return [one.slug for one in published_lists.found(q, "1", "", 20).comparisons]

    assert slugs("ostrich") == ["tiny"]
    assert slugs("walrus") == []


def test_the_words_are_those_of_names_each_once():
    words = searched_words(worlds.tiny())
    assert {"ada", "bob", "cyd", "speed", "ease", "tools"} <= set(words)
    assert len(set(words)) == len(words)
