"""What two documents differ in: by cell, claim, figure, use case, source and everything else,
matched by slug.
"""

import copy

import pytest

from comparison.core.document.change_words import as_text
from comparison.core.document.diff import (
    KINDS,
    PARTS,
    Change,
    FieldChange,
    count,
    diff,
    readdressings,
)
from comparison.core.document.schema import Document
from comparison.core.document.slugs import LIST_OF, NameKind
from tests import worlds


def changed(change, world=worlds.tiny_tree):
    """Return the differences that a change to the tree makes."""
    before, after = world(), world()
    change(after)
    return diff(Document.model_validate(before), Document.model_validate(after))


def test_the_same_documents_differ_in_nothing():
    assert diff(worlds.tiny(), worlds.tiny()) == ()
    assert diff(worlds.full(), worlds.full()) == ()


def test_a_cell_is_named_by_criterion_and_option():
    def slower(tree):
        tree["criteria"][0]["cells"]["ada"] |= {"score": 6, "text": "slower"}

    assert changed(slower) == (
        Change(
            "cell",
            "changed",
            ("speed", "ada"),
            (FieldChange("text", "speed of ada", "slower"), FieldChange("score", 9, 6)),
        ),
    )


def test_a_claim_is_named_by_its_source():
    (change,) = changed(lambda tree: tree["sources"][1]["claims"][0].update(score=4))
    assert change == Change(
        "claim", "changed", ("second", "speed-ada"), (FieldChange("score", 5, 4),)
    )


def test_a_figure_is_named_by_its_run_and_its_quantity_part_by_part():
    def more(tree):
        tree["runs"][0]["figures"][0]["quantity"] |= {"spelling": "2,100", "low": 2100}

    (change,) = changed(more)
    assert change.kind == "figure" and change.path == ("first-walk", "ada")
    assert change.fields == (
        FieldChange("quantity.spelling", "2,000", "2,100"),
        FieldChange("quantity.low", 2000, 2100),
    )


def test_a_use_case_is_compared_importance_by_importance():
    def other(tree):
        tree["use_cases"][0] |= {"importances": {"speed": 4, "cost": 2}, "must": []}

    (change,) = changed(other)
    assert change == Change(
        "use-case",
        "changed",
        ("race",),
        (
            FieldChange("importances.speed", 5, 4),
            FieldChange("importances.cost", None, 2),
            FieldChange("must", ["speed"], []),
        ),
    )


def test_an_importance_that_a_use_case_gave_and_gives_no_more_is_told():
    (change,) = changed(lambda tree: tree["use_cases"][0]["importances"].pop("speed"))
    assert change.fields == (FieldChange("importances.speed", 5, None),)


def test_a_new_use_case_says_which_criterion_each_importance_is_of():
    later = {"slug": "walk", "name": "Walk", "situation": "for a walk", "description": "Slowly."}
    (change,) = changed(
        lambda tree: tree["use_cases"].append(later | {"importances": {"speed": 1, "cost": 2}})
    )
    assert change.how == "added"
    assert change.fields[-2:] == (
        FieldChange("importances.speed", None, 1),
        FieldChange("importances.cost", None, 2),
    )


@pytest.mark.parametrize("turned", [False, True], ids=["comes", "goes"])
def test_a_value_object_that_comes_or_goes_is_told_part_by_part(turned):
    check = {"text": "Read.", "title": "Manual", "version": "1", "read_on": "2026-11-20"}
    bare, checked = worlds.tiny_tree(), worlds.tiny_tree()
    checked["criteria"][0]["cells"]["ada"]["checked"] = check
    documents = [Document.model_validate(tree) for tree in (bare, checked)]
    (change,) = diff(*(reversed(documents) if turned else documents))
    assert {(field.name, field.before if turned else field.after) for field in change.fields} == {
        (f"checked.{name}", value) for name, value in check.items()
    }


@pytest.mark.parametrize(("score", "text"), [(6.5, "6.5"), (8.0, "8"), (10.0, "10")], ids=str)
def test_a_number_is_told_as_a_reader_writes_it(score, text):
    (change,) = changed(lambda tree: tree["criteria"][0]["cells"]["ada"].update(score=score))
    assert [as_text(field.after) for field in change.fields] == [text]


def test_a_use_case_that_joins_a_family_has_changed():
    (change,) = changed(lambda tree: tree["use_cases"][0].update(family="Sports"))
    assert change == Change(
        "use-case", "changed", ("race",), (FieldChange("family", None, "Sports"),)
    )


def test_a_source_that_is_gone_takes_its_claims_along():
    changes = changed(lambda tree: tree["sources"].pop())
    assert [(c.kind, c.how, c.path) for c in changes] == [
        ("source", "removed", ("second",)),
        ("claim", "removed", ("second", "speed-ada")),
        ("advice", "removed", ("second", "race")),
    ]
    assert FieldChange("title", "What second thinks", None) in changes[0].fields


def test_what_is_new_says_all_that_it_says():
    def added(tree):
        tree["options"].append({"slug": "dee", "name": "Dee", "line": "The new one."})

    assert changed(added) == (
        Change(
            "option",
            "added",
            ("dee",),
            (FieldChange("name", None, "Dee"), FieldChange("line", None, "The new one.")),
        ),
    )


def test_what_is_gone_says_no_more_than_it_said():
    before = worlds.tiny_tree()
    before["options"].append({"slug": "dee", "name": "Dee", "line": "The new one."})
    (change,) = diff(Document.model_validate(before), worlds.tiny())
    assert change.fields == (
        FieldChange("name", "Dee", None),
        FieldChange("line", "The new one.", None),
    )


def test_a_new_thing_without_any_words_is_still_there():
    changes = changed(lambda tree: tree["criteria"][0]["cells"].pop("bob"))
    assert [(c.kind, c.how, c.path) for c in changes] == [("cell", "removed", ("speed", "bob"))]


def test_another_order_is_no_change():
    def turned(tree):
        for field in ("options", "criteria", "sources", "use_cases"):
            tree[field].reverse()

    assert changed(turned) == ()


def test_the_heading_and_the_prose_are_compared():
    def other(tree):
        tree["title"] = "Bob, Ada or Cyd?"
        tree["prose"] = {"figures": "New."}

    assert changed(other) == (
        Change(
            "comparison",
            "changed",
            (),
            (FieldChange("title", "Ada, Bob or Cyd?", "Bob, Ada or Cyd?"),),
        ),
        Change("prose", "added", ("figures",), (FieldChange("text", None, "New."),)),
        Change(
            "prose",
            "removed",
            ("matrix",),
            (FieldChange("text", "Scores of **imaginary** tools.", None),),
        ),
    )


def _places(value, path=()):
    """Yield the path of every scalar of a tree."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*path, index))
    elif isinstance(value, str) and path[-1] in (
        "text",
        "name",
        "title",
        "statement",
        "place",
        "description",
        "line",
        "spelling",
    ):
        yield path


@pytest.mark.parametrize(
    "path", sorted({str(p[0]): p for p in _places(worlds.full_tree())}.values(), key=str), ids=str
)
def test_no_list_of_the_schema_is_overlooked(path):
    tree = worlds.full_tree()
    here = tree
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = "something else"
    assert diff(worlds.full(), Document.model_validate(tree))


def test_every_list_of_the_schema_has_a_kind():
    lists = {name for name, value in worlds.full() if isinstance(value, tuple | dict)}
    assert lists - {"renamed"} == set(KINDS)
    parts = {
        (name, field)
        for name in KINDS
        for thing in (getattr(worlds.full(), name) if name != "prose" else ())
        for field, value in thing
        if isinstance(value, tuple | dict) and value and hasattr(next(iter(_items(value))), "slug")
    }
    assert {(name, field) for name, fields in PARTS.items() for field in fields} - {
        ("criteria", "cells")
    } == parts


def _items(value):
    return value.values() if isinstance(value, dict) else value


def test_turning_the_two_around_turns_every_record_around():
    before, after = worlds.tiny(), worlds.full()
    there, back = diff(before, after), diff(after, before)
    assert {(c.kind, c.path) for c in there} == {(c.kind, c.path) for c in back}
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    ways = {(c.kind, c.path): c.how for c in back}
    assert all(ways[c.kind, c.path] == turned[c.how] for c in there)
    fields = {
        (c.kind, c.path): {(f.name, str(f.after), str(f.before)) for f in c.fields} for c in back
    }
    for change in there:
        if change.how == "changed":
            assert {(f.name, str(f.before), str(f.after)) for f in change.fields} == fields[
                change.kind, change.path
            ]


def test_changes_are_counted_by_kind_and_how():
    def many(tree):
        tree["criteria"][0]["cells"]["ada"]["score"] = 1
        tree["criteria"][1]["cells"]["ada"]["score"] = 1
        tree["sources"].pop()

    assert count(changed(many)) == {
        "cell": {"changed": 2},
        "source": {"removed": 1},
        "claim": {"removed": 1},
        "advice": {"removed": 1},
    }
    assert count(()) == {}


# --- renamed things -------------------------------------------------------------------------------


def renamed(old, new, kind, tree=None):
    """Return the tiny world with every mention of a slug changed, and the renaming written down."""

    def again(value):
        if isinstance(value, dict):
            return {
                new if key == old else key: item if key == "slug" else again(item)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [again(item) for item in value]
        return new if value == old else value

    made = again(tree or worlds.tiny_tree()) | {"renamed": [{"kind": kind, "old": old, "new": new}]}
    for thing in made[LIST_OF[NameKind(kind)]]:
        thing["slug"] = new if thing["slug"] == old else thing["slug"]
    return made


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("criterion", "speed", "pace"),
        ("option", "ada", "ida"),
        ("source", "first", "primary"),
        ("use-case", "race", "sprint"),
    ],
)
def test_a_renamed_thing_stays_the_same_thing(kind, old, new):
    after = Document.model_validate(renamed(old, new, kind))
    assert diff(worlds.tiny(), after) == (
        Change(kind, "renamed", (new,), (FieldChange("slug", old, new),)),
    )


def test_a_renamed_thing_is_compared_under_its_new_name():
    tree = renamed("speed", "pace", "criterion")
    tree["criteria"][0]["cells"]["ada"]["score"] = 2
    changes = diff(worlds.tiny(), Document.model_validate(tree))
    assert [(c.kind, c.how, c.path) for c in changes] == [
        ("criterion", "renamed", ("pace",)),
        ("cell", "changed", ("pace", "ada")),
    ]


def test_what_is_merged_into_another_thing_is_gone():
    tree = worlds.tiny_tree(renamed=[{"kind": "source", "old": "second", "new": "first"}])
    tree["sources"].pop()
    assert ("source", "removed", ("second",)) in [
        (c.kind, c.how, c.path) for c in diff(worlds.tiny(), Document.model_validate(tree))
    ]


def test_before_the_first_document_everything_is_added():
    changes = diff(None, worlds.tiny())
    assert {change.how for change in changes} == {"added"}
    assert {field.before for change in changes for field in change.fields} == {None}
    assert {(change.kind, change.path) for change in changes} >= {
        ("comparison", ()),
        ("option", ("ada",)),
        ("cell", ("speed", "ada")),
        ("claim", ("first", "speed-ada")),
    }


# --- addresses ------------------------------------------------------------------------------------


def test_another_slug_of_the_comparison_is_told_beside_the_changes():
    before, after = worlds.tiny(), worlds.tiny(slug="teeny")
    assert diff(before, after) == ()
    assert readdressings(before, after) == (
        Change("comparison", "changed", (), (FieldChange("slug", "tiny", "teeny"),)),
    )
    (first,) = readdressings(None, after)
    assert (first.how, first.fields) == ("added", (FieldChange("slug", None, "teeny"),))


def test_records_of_renamed_slugs_are_told_beside_the_changes():
    records = [
        {"kind": "criterion", "old": "pace", "new": "speed"},
        {"kind": "option", "old": "al", "new": "ada"},
        {"kind": "option", "old": "rob", "new": "bob"},
    ]
    before = worlds.tiny(renamed=records[:2])
    after = worlds.tiny(renamed=[{**records[1], "new": "bob"}, records[2]])
    assert diff(before, after) == ()
    assert readdressings(before, after) == (
        Change("renamed-slug", "changed", ("option", "al"), (FieldChange("new", "ada", "bob"),)),
        Change("renamed-slug", "added", ("option", "rob"), (FieldChange("new", None, "bob"),)),
        Change(
            "renamed-slug", "removed", ("criterion", "pace"), (FieldChange("new", "speed", None),)
        ),
    )
    assert readdressings(after, after) == ()


# --- a large one ----------------------------------------------------------------------------------


def test_thirty_options_by_120_criteria_are_told_apart_cell_by_cell():
    tree = worlds.large_tree(30, 120, claims_per_cell=1)
    other = copy.deepcopy(tree)
    for criterion in other["criteria"]:
        for cell in criterion["cells"].values():
            cell["score"] = 10 - cell["score"]
    before, after = Document.model_validate(tree), Document.model_validate(other)
    assert sum(c.kind == "cell" for c in diff(before, after)) > 2500
