"""What a reader chose, and its one spelling: nothing fails, everything comes back, the plain form
says the same.
"""

import random
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import example, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from comparison.core.document.schema import Document
from comparison.core.query import FORM_KEYS, KEYS
from comparison.core.selection import (
    MOST_TEXT,
    NO_USE_CASE,
    Note,
    Selection,
    canonical,
    is_form,
    layer_below,
    parse,
    settings,
    spell,
    use_case_of,
)
from tests import worlds

TINY = worlds.tiny()
PRESET = worlds.tiny(default_use_case="race", slug="preset")
LARGE = Document.model_validate(worlds.large_tree(6, 24, claims_per_cell=2))
WORLDS = {"tiny": TINY, "preset": PRESET, "full": worlds.full(), "large": LARGE}


def read(query, document=TINY):
    return parse(document, query)[0]


def notes(query, document=TINY):
    return [(note.kind, note.key, note.value) for note in parse(document, query)[1]]


def respelled(query, document=TINY):
    return spell(document, read(query, document))


# --- one spelling ---------------------------------------------------------------------------------


def test_the_default_is_spelled_as_nothing():
    assert spell(TINY, Selection()) == ""
    assert parse(TINY, "") == (Selection(), ())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("use=race", Selection(use="race"), id="use"),
        pytest.param("off=speed,cost", Selection(off=frozenset({"speed", "cost"})), id="off"),
        pytest.param("w=speed:5,cost:1", Selection(importances={"speed": 5, "cost": 1}), id="w"),
        pytest.param("must=cost", Selection(must=frozenset({"cost"})), id="must"),
        pytest.param(
            "use=race&waive=speed", Selection(use="race", waive=frozenset({"speed"})), id="waive"
        ),
        pytest.param("distrust=first", Selection(distrust=frozenset({"first"})), id="distrust"),
        pytest.param("options=ada,cyd", Selection(options=frozenset({"ada", "cyd"})), id="options"),
        pytest.param("tree=hurry:yes", Selection(tree=(("hurry", "yes"),)), id="tree"),
        pytest.param("show=differences", Selection(show="differences"), id="show"),
        pytest.param("q=a%20b", Selection(q="a b"), id="q"),
        pytest.param("basis=claims", Selection(basis="claims"), id="basis"),
        pytest.param("from=7", Selection(made_on=7), id="from"),
    ],
)
def test_every_key_is_read_and_spelled_again(query, expected):
    assert parse(TINY, query) == (expected, ())
    assert spell(TINY, expected) == query


def test_keys_stand_in_one_order_and_names_in_the_documents():
    query = (
        "from=3&basis=claims&q=x&show=differences&tree=hurry:no&options=cyd,ada&distrust=second"
        "&must=cost&w=cost:1,speed:5"
    )
    assert respelled(query + "&off=ease,speed&use=thrift") == (
        "use=thrift&off=speed,ease&w=speed:5,cost:1&must=cost&distrust=second&options=ada,cyd&tree=hurry:no"
        "&show=differences&q=x&basis=claims&from=3"
    )


@pytest.mark.parametrize(
    "query",
    [
        "w=speed:3",
        "options=ada,bob,cyd",
        "use=none",
        "waive=cost",
        "must=",
        "q=%20",
        "off=",
        "from=",
        "w=",
        "tree=,",
    ],
)
def test_what_the_layer_below_says_already_is_not_spelled(query):
    assert respelled(query) == ""
    assert notes(query) == []


def test_a_default_use_case_is_not_spelled_and_its_absence_is():
    assert respelled("use=race", PRESET) == ""
    assert respelled("use=none", PRESET) == "use=none"
    assert use_case_of(PRESET, read("", PRESET)) == "race"
    assert use_case_of(PRESET, read("use=none", PRESET)) is None
    assert settings(PRESET, read("use=none", PRESET)).importances == {
        "speed": 3,
        "ease": 3,
        "cost": 3,
    }


@pytest.mark.parametrize(
    "text", ["async & await", "50 %", "a+b", "ä ö", "a=b", "x#y", "日本", "a/b?c", "100%25", "<b>"]
)
def test_a_search_text_comes_back_whatever_it_holds(text):
    selection = Selection(q=text)
    assert parse(TINY, spell(TINY, selection)) == (selection, ())


# --- layers: comparison, use case, reader ---------------------------------------------------------


def test_a_use_case_sets_importances_and_must_haves():
    found = settings(TINY, read("use=race"))
    assert found.importances == {"speed": 5, "ease": 1, "cost": 1}
    assert [(must_have.criterion, must_have.minimum) for must_have in found.must_haves] == [
        ("speed", 5)
    ]


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
    found = settings(TINY, read("use=race&off=speed"))
    assert found.dormant == {"speed": 5}
    assert read("use=race&off=speed&w=speed:2").importances == {"speed": 2}


def test_only_differences_from_the_use_case_are_spelled():
    assert respelled("use=race&w=speed:5,ease:1,cost:4") == "use=race&w=cost:4"
    assert respelled("use=race&must=speed") == "use=race"
    assert respelled("use=thrift&must=speed&waive=cost") == "use=thrift&must=speed"


def musts_in(query):
    return {must_have.id for must_have in settings(TINY, read(query)).must_haves}


def test_a_must_have_of_the_use_case_can_be_set_aside():
    assert musts_in("use=race") == {"speed"}
    assert musts_in("use=race&waive=speed") == set()
    assert musts_in("use=race&waive=speed&must=cost") == {"cost"}


def test_must_haves_stand_in_the_documents_order():
    assert [r.id for r in settings(TINY, read("must=cost,speed")).must_haves] == ["speed", "cost"]


# --- what cannot be used is dropped and noted -----------------------------------------------------


@pytest.mark.parametrize(
    ("query", "canon", "expected"),
    [
        pytest.param(
            "use=nowhere", "", [("unknown-name", "use", "nowhere")], id="unknown use case"
        ),
        pytest.param(
            "off=speed,gone",
            "off=speed",
            [("unknown-name", "off", "gone")],
            id="withdrawn criterion",
        ),
        pytest.param("w=gone:3", "", [("unknown-name", "w", "gone")], id="importance of nothing"),
        pytest.param(
            "must=ease", "", [("unknown-name", "must", "ease")], id="must-have that is not offered"
        ),
        pytest.param("distrust=x", "", [("unknown-name", "distrust", "x")], id="unknown source"),
        pytest.param(
            "options=ada,zed",
            "options=ada",
            [("unknown-name", "options", "zed")],
            id="unknown option",
        ),
        pytest.param(
            "tree=hurry:perhaps", "", [("unknown-name", "tree", "hurry")], id="unknown answer"
        ),
        pytest.param("colour=red", "", [("unknown-key", "", "colour")], id="unknown key"),
        pytest.param("w=speed:9", "w=speed:5", [("clamped", "w", "speed")], id="importance 9"),
        pytest.param("w=speed:-1", "w=speed:0", [("clamped", "w", "speed")], id="importance -1"),
        pytest.param("w=speed:4.4", "w=speed:4", [("clamped", "w", "speed")], id="importance 4.4"),
        pytest.param("w=speed:4.0", "w=speed:4", [], id="importance 4.0"),
        pytest.param(
            "w=speed:999999999", "", [("bad-value", "w", "speed")], id="importance of nine digits"
        ),
        pytest.param("w=speed:high", "", [("bad-value", "w", "speed")], id="importance in words"),
        pytest.param("w=speed:nan", "", [("bad-value", "w", "speed")], id="importance nan"),
        pytest.param("w=speed:inf", "", [("bad-value", "w", "speed")], id="importance inf"),
        pytest.param("w=speed:1e3", "", [("bad-value", "w", "speed")], id="importance 1e3"),
        pytest.param(
            "w=speed:%D9%A3", "", [("bad-value", "w", "speed")], id="importance in other digits"
        ),
        pytest.param("w=speed", "", [("bad-value", "w", "speed")], id="importance missing"),
        pytest.param(
            "w=speed:1&w=speed:5", "w=speed:5", [("repeated", "w", "speed")], id="importance twice"
        ),
        pytest.param("w=speed:5,speed:5", "w=speed:5", [], id="the same importance twice"),
        pytest.param(
            "use=race&use=thrift", "use=thrift", [("repeated", "use", "")], id="two use cases"
        ),
        pytest.param("use=race&use=race", "use=race", [], id="the same use case twice"),
        pytest.param("off=speed&off=cost", "off=speed,cost", [], id="a list in two parts"),
        pytest.param(
            "must=cost&waive=cost",
            "must=cost",
            [("contradiction", "must", "cost")],
            id="added and set aside",
        ),
        pytest.param(
            "use=race&must=speed&waive=speed",
            "use=race",
            [("contradiction", "must", "speed")],
            id="the preset's as well",
        ),
        pytest.param("show=all", "", [("bad-value", "show", "all")], id="show"),
        pytest.param("basis=guess", "", [("bad-value", "basis", "guess")], id="basis"),
        pytest.param("from=0", "", [("bad-value", "from", "0")], id="from 0"),
        pytest.param("from=-1", "", [("bad-value", "from", "-1")], id="from -1"),
        pytest.param("from=abc", "", [("bad-value", "from", "abc")], id="from abc"),
        pytest.param(
            "from=99999999999", "", [("bad-value", "from", "99999999999")], id="from too large"
        ),
        pytest.param(
            "q=" + "a" * 200, "q=" + "a" * MOST_TEXT, [("clamped", "q", "")], id="long search"
        ),
        pytest.param("off=%00speed", "off=speed", [("unreadable", "", "")], id="NUL"),
        pytest.param("q=a%00b", "q=ab", [("unreadable", "", "")], id="NUL in the search"),
        pytest.param("q=%FF%FE", "", [("unreadable", "", "")], id="not UTF-8"),
        pytest.param("q=%", "q=%25", [], id="lone percent"),
        pytest.param("q=%zz", "q=%25zz", [], id="percent garbage"),
        pytest.param("q=\x00", "", [("unreadable", "", "")], id="raw NUL"),
        pytest.param("q=a\ud800b", "q=ab", [("unreadable", "", "")], id="lone surrogate"),
        pytest.param("q=%ED%A0%80", "", [("unreadable", "", "")], id="quoted surrogate"),
        pytest.param(
            "q=%E2%80%AEabc", "q=abc", [("unreadable", "", "")], id="writing direction turned"
        ),
        pytest.param(
            "q=a%0D%0ASet-Cookie:x", "q=aSet-Cookie%3Ax", [("unreadable", "", "")], id="line ends"
        ),
        pytest.param("OFF=speed", "off=speed", [], id="capital key"),
        pytest.param("off=Speed", "off=speed", [], id="capital slug"),
        pytest.param("off=<script>", "", [("unknown-name", "off", "")], id="markup is not shown"),
        pytest.param(
            "<script>=1", "", [("unknown-key", "", "")], id="markup as a key is not shown"
        ),
        pytest.param("&&&=&=x&", "", [], id="only separators"),
        pytest.param("off", "", [], id="key without a value"),
    ],
)
def test_what_cannot_be_used_is_dropped_and_noted(query, canon, expected):
    assert respelled(query) == canon
    assert notes(query) == expected


def test_ten_kilobytes_are_read():
    query = "off=speed&" + "&".join(f"junk-{at}=x" for at in range(1000)) + "&w=cost:1"
    assert len(query) > 10_000
    assert respelled(query) == "off=speed&w=cost:1"
    assert 0 < len(notes(query)) <= 20


def test_more_than_that_is_cut_between_two_parameters():
    query = "off=speed&" + "q=" + "x" * 40_000 + "&w=cost:1"
    assert respelled(query) == "off=speed"
    assert ("too-long", "", "") in notes(query)
    assert read("x" * 100_000) == Selection()


def test_notes_hold_nothing_but_slugs():
    given = [f'"><img src=x onerror=alert({at})>' for at in range(50)]
    for query in (
        "off=" + ",".join(given),
        "&".join(f"{key}=1" for key in given),
        "use=" + quote(given[0]),
    ):
        assert all(note.value == "" for note in parse(TINY, query)[1])


# --- the plain form -------------------------------------------------------------------------------


def form_of(document, drawn, state=None, **more):
    """Return what the plain form sends: drawn under one selection, its controls then set to another
    state.
    """
    state = state or drawn
    under = use_case_of(document, drawn) or NO_USE_CASE
    shown = settings(document, state)
    musts = {must_have.id for must_have in shown.must_haves}
    names = document.names
    pairs = [("form", "1")]
    pairs += [("from", str(state.made_on))] if state.made_on else []
    pairs += [("tree", ",".join(":".join(pair) for pair in state.tree))] if state.tree else []
    pairs += [("under", under)]
    pairs += [("use", use_case_of(document, state) or NO_USE_CASE)] if names.use_cases else []
    pairs += [("must", slug) for slug in names.must_haves if slug in musts]
    pairs += [("trust", slug) for slug in names.sources if slug not in state.distrust]
    pairs += [("basis", "claims")] if state.basis else []
    pairs += [
        ("option", slug) for slug in names.options if not state.options or slug in state.options
    ]
    pairs += [("q", state.q)]
    pairs += [("show", "differences")] if state.show else []
    for slug in names.criteria:
        pairs += [("on", slug)] if slug not in state.off else []
        pairs += [(f"w-{slug}", str(shown.dormant.get(slug, shown.importances[slug])))]
    return urlencode(pairs + [(key, value) for key, value in more.items() if value])


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


# --- laws -----------------------------------------------------------------------------------------

law = runs(derandomize=True, deadline=None, database=None, max_examples=60)


@st.composite
def chosen(draw):
    """Draw the name of a world and a canonical selection in it."""
    world = draw(st.sampled_from(list(WORLDS)))
    document, names = WORLDS[world], WORLDS[world].names

    def some(slugs):
        return draw(st.frozensets(st.sampled_from(sorted(slugs)))) if slugs else frozenset()

    answers = [
        (question, answer)
        for question, known in names.questions.items()
        for answer in sorted(known)
    ]
    selection = Selection(
        use=draw(st.sampled_from([None, NO_USE_CASE, *names.use_cases])),
        off=some(names.criteria),
        importances=draw(st.dictionaries(st.sampled_from(names.criteria), st.integers(0, 5))),
        must=some(names.must_haves),
        waive=some(names.must_haves),
        distrust=some(names.sources),
        options=some(names.options),
        tree=tuple(dict(draw(st.lists(st.sampled_from(answers)))).items()) if answers else (),
        show=draw(st.sampled_from([None, "differences"])),
        q=" ".join(
            draw(
                st.text(
                    st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd"),
                    max_size=20,
                )
            ).split()
        ),
        basis=draw(st.sampled_from([None, "claims"])),
        made_on=draw(st.none() | st.integers(1, 999_999_999)),
    )
    return world, canonical(document, replace(selection, waive=selection.waive - selection.must))


@law
@given(chosen())
def test_what_is_spelled_is_read_back(world):
    document, selection = WORLDS[world[0]], world[1]
    assert parse(document, spell(document, selection)) == (selection, ())


@law
@given(chosen())
def test_spelling_twice_is_spelling_once(world):
    document, selection = WORLDS[world[0]], world[1]
    query = spell(document, selection)
    assert respelled(query, document) == query
    assert canonical(document, selection) == selection


@law
@given(chosen(), st.randoms(use_true_random=False))
def test_the_order_of_keys_and_names_does_not_matter(world, chance):
    document, selection = WORLDS[world[0]], world[1]
    pairs = []
    for pair in spell(document, selection).split("&"):
        key, _, value = pair.partition("=")
        parts = value.split(",") if key != "q" else [value]
        chance.shuffle(parts)
        pairs.append(f"{key}={','.join(parts)}")
    chance.shuffle(pairs)
    assert respelled("&".join(pairs), document) == spell(document, selection)


@law
@given(chosen())
def test_a_query_holds_only_characters_that_need_no_quoting_twice(world):
    document, selection = WORLDS[world[0]], world[1]
    query = spell(document, selection)
    assert query.isascii()
    assert query.isprintable()
    assert not set(query) & set(" \"<>`#'")


@law
@given(chosen())
def test_the_form_says_the_same_as_the_short_spelling(world):
    document, selection = WORLDS[world[0]], world[1]
    assert parse(document, form_of(document, selection)) == (selection, ())


@law
@given(chosen(), st.integers(0, 99))
def test_changing_the_case_in_the_form_is_changing_it_in_the_spelling(world, at):
    document, selection = WORLDS[world[0]], world[1]
    uses = [NO_USE_CASE, *document.names.use_cases]
    use = uses[at % len(uses)]
    expected = canonical(document, replace(selection, use=use))
    sent = form_of(document, selection)
    now = use_case_of(document, selection) or NO_USE_CASE
    assert read(sent.replace(f"&use={now}&", f"&use={use}&"), document) == expected
    assert read(sent + f"&apply={use}", document) == expected


@law
@given(chosen(), st.randoms(use_true_random=False))
def test_any_state_of_the_controls_is_read_as_it_is_shown(world, chance):
    document, drawn = WORLDS[world[0]], world[1]
    names = document.names
    layer = dict(layer_below(document, use_case_of(document, drawn)).importances)
    state = replace(
        drawn,
        off=frozenset(slug for slug in names.criteria if chance.random() < 0.4),
        importances={
            slug: value for slug in names.criteria if (value := chance.randrange(6)) != layer[slug]
        },
        distrust=frozenset(slug for slug in names.sources if chance.random() < 0.4),
        show=chance.choice([None, "differences"]),
    )
    found = read(form_of(document, drawn, state), document)
    assert found == canonical(document, state)
    assert settings(document, found) == settings(document, state)


@law
@given(chosen())
def test_a_selection_always_gives_settings_the_decision_takes(world):
    document, selection = WORLDS[world[0]], world[1]
    found = settings(document, selection)
    assert list(found.importances) == list(document.names.criteria)
    assert all(0 <= importance <= 5 for importance in found.importances.values())
    assert all(found.importances[slug] == 0 for slug in selection.off)
    preset = layer_below(document, use_case_of(document, selection)).musts
    assert (
        {r.criterion for r in found.must_haves}
        == (preset - selection.waive) | selection.must
        <= document.names.must_haves.keys()
    )


pieces = st.sampled_from(
    [
        *KEYS,
        *FORM_KEYS,
        "w-speed",
        "w-",
        "speed",
        "cost",
        "race",
        "none",
        ":",
        ",",
        "=",
        "&",
        "%",
        "%00",
        "+",
        "5",
        "-1",
        "1e9",
    ]
)
garbage = st.lists(pieces | st.text(max_size=6), max_size=40).map("".join)


@law
@given(garbage | st.text(max_size=300))
@example("\ud800=\udfff&q=\udc80%\udcff")
@example("form=1&group=:&group=use:٣&w-speed=٣")
@example("w=" + ",".join(["speed:1"] * 3000))
@example("%" * 5000 + "&" * 5000)
def test_nothing_that_is_sent_fails(query):
    for document in (TINY, PRESET):
        selection, found = parse(document, query)
        assert len(found) <= 20
        assert all(isinstance(note, Note) for note in found)
        again = spell(document, selection)
        assert parse(document, again) == (selection, ())
        settings(document, selection)


@law
@given(st.binary(max_size=200))
def test_no_bytes_fail(sent):
    for text in (
        sent.decode("latin-1"),
        sent.decode("utf-8", "surrogateescape"),
        "q=" + quote(sent),
    ):
        selection, _ = parse(TINY, text)
        assert parse(TINY, spell(TINY, selection)) == (selection, ())


def test_ten_thousand_random_states_of_the_real_size_agree():
    chance = random.Random(7)
    names = LARGE.names
    for _ in range(300):
        selection = canonical(
            LARGE,
            Selection(
                use=chance.choice([None, *names.use_cases]),
                off=frozenset(chance.sample(names.criteria, chance.randrange(24))),
                importances={
                    slug: chance.randrange(6) for slug in chance.sample(names.criteria, 8)
                },
            ),
        )
        assert (
            read(form_of(LARGE, selection), LARGE)
            == read(spell(LARGE, selection), LARGE)
            == selection
        )
