"""Whose importance counts: the comparison's, a use case's or the reader's own."""

from comparison.core.selection import layer_below, settings
from tests.selections import TINY, WORLDS, read, respelled


def test_a_use_case_sets_importances_and_must_haves():
    chosen_settings = settings(TINY, read("use=race"))
    assert chosen_settings.importances == {"speed": 5, "ease": 1, "cost": 1}
    assert [
        (must_have.criterion, must_have.minimum) for must_have in chosen_settings.must_haves
    ] == [("speed", 5)]


def test_a_use_case_without_otherwise_leaves_the_defaults():
    full = WORLDS["full"]
    assert layer_below(full, "live-dashboards").importances == {
        "throughput": 5,
        "rate-limits": 3,
        "learning-curve": 2,
    }
    assert layer_below(full, "first-product").importances == {
        "throughput": 0,
        "rate-limits": 1,
        "learning-curve": 5,
    }
    assert layer_below(full, None).importances == {
        "throughput": 4,
        "rate-limits": 3,
        "learning-curve": 2,
    }


def test_own_settings_lie_on_top_of_the_use_case():
    assert settings(TINY, read("use=race&w=ease:4&off=cost")).importances == {
        "speed": 5,
        "ease": 4,
        "cost": 0,
    }


def test_a_criterion_that_is_off_keeps_its_importance_for_later():
    chosen_settings = settings(TINY, read("use=race&off=speed"))
    assert chosen_settings.dormant == {"speed": 5}
    assert read("use=race&off=speed&w=speed:2").importances == {"speed": 2}


def test_only_differences_from_the_use_case_are_spelled():
    assert respelled("use=race&w=speed:5,ease:1,cost:4") == "use=race&w=cost:4"
    assert respelled("use=race&must=speed") == "use=race"
    assert respelled("use=thrift&must=speed&waive=cost") == "use=thrift&must=speed"


def must_haves_in(query):
    return {must_have.id for must_have in settings(TINY, read(query)).must_haves}


def test_a_must_have_of_the_use_case_can_be_set_aside():
    assert must_haves_in("use=race") == {"speed"}
    assert must_haves_in("use=race&waive=speed") == set()
    assert must_haves_in("use=race&waive=speed&must=cost") == {"cost"}


def test_must_haves_stand_in_the_documents_order():
    assert [r.id for r in settings(TINY, read("must=cost,speed")).must_haves] == ["speed", "cost"]
