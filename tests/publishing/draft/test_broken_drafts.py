"""Trees with problems, less what is broken: a document, or nothing, whatever was wrong."""

from copy import deepcopy
from random import Random

import pytest

from comparison.core.document.schema import Document
from comparison.publishing.draft.broken_drafts import without, without_what_is_broken
from comparison.publishing.inspection import inspect
from tests import worlds

STRANGE = ("", None, "no such thing", "<b>", 11, -1, [], {}, "2099-01-01", ["x"], "\u202e", True)


def places(tree, path=()):
    """Yield the path of everything in a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for step, value in pairs:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from places(value, (*path, step))


def damaged(seed: int) -> dict:
    """Return a whole tree with some of its places damaged at random, the same ones each time."""
    tree, random = deepcopy(worlds.full_tree()), Random(seed)
    for _ in range(random.choice([1, 2, 5, 20])):
        path = random.choice(list(places(tree)))
        holder = tree
        for step in path[:-1]:
            holder = holder[step]
        if random.random() < 0.4:
            del holder[path[-1]]
        else:
            holder[path[-1]] = deepcopy(random.choice(STRANGE))
    return tree


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, 200, 50)])
def test_whatever_is_broken_the_rest_is_a_document_or_nothing(seeds):
    shown = 0
    for seed in seeds:
        tree = damaged(seed)
        before = deepcopy(tree)
        inspection = inspect(tree)
        if inspection.document is None:
            document = without_what_is_broken(tree, inspection.problems)
            assert document is None or isinstance(document, Document)
            shown += document is not None
        assert tree == before, seed  # nothing is taken from what was read
    assert shown > 25  # of fifty; the others lack what nothing can do without


def test_only_what_is_broken_is_left_out():
    tree = deepcopy(worlds.tiny_tree())
    del tree["criteria"][0]["cells"]["ada"]["text"]
    document = without_what_is_broken(tree, inspect(tree).problems)
    whole = worlds.tiny()
    (first, *others), (was, *were) = document.criteria, whole.criteria
    assert first.cells == {slug: cell for slug, cell in was.cells.items() if slug != "ada"}
    assert (others, document.options, document.use_cases) == (were, whole.options, whole.use_cases)


def test_what_names_a_thing_that_is_left_out_goes_with_it():
    tree = deepcopy(worlds.tiny_tree())
    tree["criteria"][0]["group"] = "nowhere"
    gone = tree["criteria"][0]["slug"]
    document = without_what_is_broken(tree, inspect(tree).problems)
    assert gone not in document.names.criteria
    assert all(gone not in use.importances for use in document.use_cases)


def test_a_comparison_without_its_own_words_is_shown_with_others():
    tree = worlds.tiny_tree(title="", topic="")
    document = without_what_is_broken(tree, inspect(tree).problems)
    assert {document.title, document.topic} == {"[not written yet]"}


def test_a_tree_without_a_place_stays_the_same_elsewhere():
    tree = {"a": [{"b": 1, "c": 2}, {"d": 3}], "e": {"f": 4}}
    left = without(tree, [("a", 0, "b"), ("a", 1)])
    assert left == {"a": [{"c": 2}], "e": {"f": 4}}
    assert left["e"] is tree["e"]
