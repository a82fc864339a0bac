"""What an address may name in a document, and the slugs that old links still name."""

import pytest

from comparison.core.document.slugs import NameKind, end_of
from tests import worlds


def record(kind, old, new):
    return {"kind": kind, "old": old, "new": new}


def test_names_stand_in_editorial_order():
    names = worlds.tiny().names
    assert names.criteria == ("speed", "ease", "cost")
    assert names.options == ("ada", "bob", "cyd")
    assert names.sources == ("first", "second")
    assert names.groups == {"use": ("speed", "ease"), "money": ("cost",)}
    assert names.questions == {"hurry": {"yes", "no"}}


def test_a_use_case_says_its_own_importances_then_otherwise_then_the_defaults():
    tree = worlds.tiny_tree()
    tree["criteria"][1]["importance"] = 4
    del tree["use_cases"][1]["otherwise"]
    names = worlds.tiny(criteria=tree["criteria"], use_cases=tree["use_cases"]).names
    assert names.defaults == {"speed": 3, "ease": 4, "cost": 3}
    assert names.use_cases["race"] == {"speed": 5, "ease": 1, "cost": 1}
    assert names.use_cases["thrift"] == {"speed": 3, "ease": 4, "cost": 5}


def test_otherwise_0_leaves_out_every_criterion_that_a_use_case_does_not_name():
    assert worlds.tiny().names.use_cases["thrift"] == {"speed": 0, "ease": 0, "cost": 5}


@pytest.mark.parametrize(
    ("arrangements", "compared"),
    [
        pytest.param(("cyd",), ("ada", "bob"), id="two for themselves"),
        pytest.param(("bob", "cyd"), ("ada", "bob", "cyd"), id="one for itself"),
    ],
)
def test_arrangements_are_compared_only_where_fewer_than_two_options_stand_alone(
    arrangements, compared
):
    tree = worlds.tiny_tree()
    for option in tree["options"]:
        if option["slug"] in arrangements:
            option["parts"] = [{"option": "ada", "role": "Runs"}]
    assert worlds.tiny(options=tree["options"]).names.compared == compared


def test_a_must_have_that_the_criterion_does_not_offer_is_none():
    tree = worlds.tiny_tree()
    tree["use_cases"][0]["must"] = ["speed", "ease"]
    names = worlds.tiny(use_cases=tree["use_cases"]).names
    assert names.must_haves == {"speed": 5, "cost": 5}
    assert names.must == {"race": {"speed"}, "thrift": frozenset()}


@pytest.mark.parametrize(
    ("slug", "leads", "end"),
    [
        pytest.param("a", {}, "a", id="never renamed"),
        pytest.param("a", {"a": "b"}, "b", id="once"),
        pytest.param("a", {"a": "b", "b": "c"}, "c", id="twice"),
        pytest.param("b", {"a": "b", "b": "c"}, "c", id="from the middle"),
        pytest.param("a", {"a": "b", "b": "a"}, "a", id="a ring"),
        pytest.param("a", {"a": "b", "b": "c", "c": "b"}, "b", id="into a ring"),
    ],
)
def test_a_chain_of_renamings_leads_to_its_end(slug, leads, end):
    assert end_of(slug, leads) == end


def test_a_thing_is_found_under_every_slug_it_had_and_only_among_its_kind():
    names = worlds.tiny(
        renamed=[
            record("option", "al", "adam"),
            record("option", "adam", "ada"),
            record("comparison", "small", "tiny"),
        ]
    ).names
    assert names.present(NameKind.OPTION, "al") == "ada"
    assert names.present(NameKind.OPTION, "adam") == "ada"
    assert names.present(NameKind.OPTION, "bob") == "bob"
    assert names.present(NameKind.CRITERION, "al") == "al"
    assert names.former == ("small",)


# --- sources that are left out at once ------------------------------------------------------------


def muted(*sources):
    """Return the groups of sources, of which each is given by what is special about it."""
    tree = worlds.tiny_tree()
    first = tree["sources"][0]
    made = [{**first, "slug": f"s{number}", **changes} for number, changes in enumerate(sources)]
    return worlds.tiny(sources=made, runs=[]).names.mutes


def test_whoever_sells_is_left_out_with_the_commercial_ones_unless_without_interest():
    mutes = muted(
        {"publisher_kind": "vendor", "interest": "Sells it"},
        {"publisher_kind": "vendor", "interest": "None stated"},
        {"publisher_kind": "comparison-site", "interest": "Sells it"},
    )
    assert mutes["commercial"] == {"s0"}
    assert "commercial" not in muted({"publisher_kind": "documentation"})


def test_whoever_did_not_measure_is_left_out_with_the_unmeasured():
    mutes = muted({"measured": True}, {})
    assert mutes["unmeasured"] == {"s1"}
    assert mutes["all"] == {"s0", "s1"}
    assert "unmeasured" not in muted({"measured": True})


@pytest.mark.parametrize(
    ("published", "groups"),
    [
        pytest.param("2025-11-20", set(), id="a year to the day"),
        pytest.param("2025-11-19", {"older-12"}, id="a day more"),
        pytest.param("2025-11", set(), id="the month a year ago"),
        pytest.param("2025-10", {"older-12"}, id="a month more"),
        pytest.param("2025", set(), id="the year before"),
        pytest.param("2024", {"older-12"}, id="two years before"),
        pytest.param("2023", {"older-12", "older-24"}, id="three years before"),
        pytest.param("2022", {"older-12", "older-24", "older-36"}, id="four years before"),
        pytest.param("undated", {"older-12", "older-24", "older-36"}, id="undated"),
    ],
)
def test_an_age_is_counted_to_the_day_when_the_sources_were_last_read(published, groups):
    mutes = muted(
        {"published": published, "read_on": "2024-01-01"},
        {"published": "2026-11-01", "read_on": "2026-11-20"},
    )
    assert {name for name, slugs in mutes.items() if "older" in name and "s0" in slugs} == groups
    assert not [name for name, slugs in mutes.items() if "older" in name and "s1" in slugs]


def test_without_sources_nothing_can_be_left_out():
    assert muted() == {}
