"""What links of former days name: what was withdrawn, and what seems to have another slug."""

import pytest

from comparison.core.document.former_names import Readdressed, called, readdressed, withdrawn
from comparison.core.document.slugs import NameKind
from tests import worlds


def options(*pairs, renamed=()):
    """Return a document with options of these slugs and names, and records of renamed ones."""
    tree = worlds.tiny_tree(questions=[], runs=[])
    for source in tree["sources"]:
        source["claims"], source["advice"] = [], []
    for criterion in tree["criteria"]:
        criterion["cells"] = {}
    return worlds.tiny(
        **{key: tree[key] for key in ("questions", "runs", "sources", "criteria")},
        options=[{"slug": slug, "name": name, "line": "x"} for slug, name in pairs],
        renamed=[{"kind": "option", "old": old, "new": new} for old, new in renamed],
    )


ADA, BOB = ("ada", "Ada"), ("bob", "Bob")


def test_everything_is_called_by_its_name_or_title_and_by_its_old_slug_too():
    names = called(worlds.tiny(renamed=[{"kind": "option", "old": "al", "new": "ada"}]))
    assert names[NameKind.OPTION] == {"ada": "Ada", "bob": "Bob", "cyd": "Cyd", "al": "Ada"}
    assert names[NameKind.SOURCE]["first"] == "What first thinks"
    assert NameKind.COMPARISON not in names


# --- withdrawn ------------------------------------------------------------------------------------


def test_what_is_gone_was_last_in_the_release_before():
    gone = withdrawn(options(ADA, BOB, ("cyd", "Cyd")), 7, {}, options(ADA, BOB))
    assert gone["option"] == {"cyd": ("Cyd", 7)}
    assert gone["criterion"] == {}


def test_what_was_gone_already_keeps_its_release():
    already = {"option": {"dan": ("Dan", 3)}}
    gone = withdrawn(options(ADA, BOB, ("cyd", "Cyd")), 7, already, options(ADA, BOB))
    assert gone["option"] == {"dan": ("Dan", 3), "cyd": ("Cyd", 7)}


def test_what_comes_back_is_not_withdrawn_any_more():
    already = {"option": {"dan": ("Dan", 3)}}
    gone = withdrawn(options(ADA, BOB), 7, already, options(ADA, BOB, ("dan", "Dan the second")))
    assert gone["option"] == {}


def test_what_was_renamed_with_a_record_is_not_withdrawn():
    before, after = options(ADA, BOB), options(ADA, ("rob", "Bob"), renamed=[("bob", "rob")])
    assert withdrawn(before, 7, {}, after)["option"] == {}


# --- another slug without a record ----------------------------------------------------------------


def test_a_thing_of_the_same_name_under_another_slug_is_taken_for_the_same():
    renamings = readdressed(options(ADA, BOB), options(ADA, ("rob", "BOB")))
    assert renamings == (Readdressed(NameKind.OPTION, "BOB", "bob", "rob"),)


def test_a_recorded_thing_is_not_told_of():
    after = options(ADA, ("rob", "Bob"), renamed=[("bob", "rob")])
    assert readdressed(options(ADA, BOB), after) == ()


def test_a_renamed_thing_is_not_offered_to_a_twin_that_is_gone():
    """The twin has the name of a thing whose own record leads to the only new slug."""
    before = options(ADA, BOB, ("twin", "Bob"))
    after = options(ADA, ("rob", "Bob"), renamed=[("bob", "rob")])
    assert readdressed(before, after) == ()
    unrecorded = options(ADA, BOB, ("rob", "Bob"))
    assert readdressed(before, unrecorded) == (Readdressed(NameKind.OPTION, "Bob", "twin", "rob"),)


def test_a_new_twin_of_a_renamed_thing_is_not_offered_as_it():
    after = options(ADA, ("rob", "Bob"), ("bert", "Bob"), renamed=[("bob", "rob")])
    assert readdressed(options(ADA, BOB), after) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([ADA, BOB], [ADA, ("rob", "Rob")], id="another name"),
        pytest.param([ADA, BOB, ("twin", "Bob")], [ADA, ("rob", "Bob")], id="two are gone"),
        pytest.param([ADA, BOB], [ADA, ("rob", "Bob"), ("bert", "Bob")], id="two are new"),
        pytest.param([ADA, BOB], [ADA, BOB, ("rob", "Bob")], id="none is gone"),
        pytest.param([ADA, BOB, ("cyd", "Cyd")], [ADA, BOB], id="none is new"),
    ],
)
def test_what_is_not_alone_of_its_name_is_not_guessed(before, after):
    assert readdressed(options(*before), options(*after)) == ()
