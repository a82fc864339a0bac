"""The plain form of a page without a script says the same as the spelling."""

from comparison.core.selection import Selection, is_form, parse
from tests.selections import TINY, form_of, notes, read, respelled


def test_a_form_is_known_by_its_mark():
    assert is_form("form=1&on=speed")
    assert is_form("on=speed&form=1")
    assert not is_form("off=speed&q=form%3D1")
    assert not is_form("platform=1")


def test_the_untouched_form_means_what_it_was_drawn_from():
    for query in (
        "",
        "use=race",
        "use=race&off=cost&w=ease:4",
        "use=race&waive=speed&must=cost",
        "distrust=first&options=ada",
        "against=bob&by=cost",
    ):
        assert parse(TINY, form_of(TINY, read(query))) == (read(query), ())


def test_changing_the_use_case_in_the_form_keeps_the_readers_own_settings():
    drawn = read("use=race&w=ease:4&off=cost&waive=speed")
    query = form_of(TINY, drawn).replace("use=race", "use=thrift")
    assert respelled(query) == "use=thrift&off=cost&w=ease:4"


def test_applying_a_case_by_its_button_does_the_same():
    assert (
        respelled(form_of(TINY, read("use=race&w=ease:4"), apply="thrift")) == "use=thrift&w=ease:4"
    )
    assert respelled(form_of(TINY, Selection(), apply="race")) == "use=race"
    assert notes(form_of(TINY, Selection(), apply="nowhere")) == [
        ("unknown-name", "apply", "nowhere")
    ]


def test_only_this_criterion_by_its_button():
    assert respelled(form_of(TINY, read("off=ease&w=cost:1"), alone="ease")) == (
        "off=speed,cost&w=cost:1"
    )


def test_rival_and_order_by_their_buttons_and_back():
    drawn = read("against=bob&by=cost")
    assert respelled(form_of(TINY, drawn, rival="cyd")) == "against=cyd&by=cost"
    assert respelled(form_of(TINY, drawn, sort="ease")) == "against=bob&by=ease"
    assert respelled(form_of(TINY, drawn, rival="", sort="")) == ""
    assert notes(form_of(TINY, drawn, sort="gone")) == [("unknown-name", "sort", "gone")]


def test_hiding_an_option_and_showing_only_one_by_their_buttons():
    assert respelled(form_of(TINY, Selection(), hide="cyd")) == "options=ada,bob"
    assert respelled(form_of(TINY, read("options=ada,bob"), only="cyd")) == "options=cyd"
    # hidden is the only one that was shown: the choice in the address stays
    assert respelled("form=1&under=none&options=ada,bob&option=ada&hide=ada").endswith(
        "options=ada,bob"
    )


def test_dropping_a_must_have_by_its_button():
    assert respelled(form_of(TINY, read("use=race"), drop="speed")) == "use=race&waive=speed"
    assert respelled(form_of(TINY, read("must=cost,speed"), drop="cost")) == "must=speed"


def test_the_buttons_of_a_group():
    form = form_of(TINY, Selection())
    assert respelled(form + "&group=use:off") == "off=speed,ease"
    assert respelled(form_of(TINY, read("off=speed,cost")) + "&group=use:on") == "off=cost"
    assert respelled(form + "&group=use:0") == "w=speed:0,ease:0"
    assert respelled(form + "&group=use:5&group=money:off") == "off=cost&w=speed:5,ease:5"
    assert notes(form + "&group=nowhere:on") == [("unknown-name", "group", "nowhere")]
    assert notes(form + "&group=use:6") == [("unknown-name", "group", "use")]
    assert notes(form + "&group=use") == [("unknown-name", "group", "use")]


def test_a_group_button_undoes_an_own_importance_where_it_is_the_presets():
    assert respelled(form_of(TINY, read("w=speed:5")) + "&group=use:3") == ""


def test_no_box_ticked_means_nothing_is_counted():
    assert read("form=1&under=none").off == {"speed", "ease", "cost"}
    assert read("form=1&under=none").distrust == {"first", "second"}
    assert read("form=1&under=none").options == frozenset()


def test_the_form_may_be_drawn_under_a_case_that_is_gone():
    assert read(form_of(TINY, Selection()).replace("under=none", "under=gone")) == Selection()


def test_strange_values_in_the_form_are_noted():
    form = form_of(TINY, Selection()).replace("w-cost=3", "w-cost=x")
    assert set(notes(form + "&w-gone=3&on=gone&must=ease&trust=x&option=y")) == {
        ("unknown-name", "option", "y"),
        ("unknown-name", "on", "gone"),
        ("unknown-name", "must", "ease"),
        ("bad-value", "w", "cost"),
        ("unknown-name", "w", "gone"),
        ("unknown-name", "trust", "x"),
    }
