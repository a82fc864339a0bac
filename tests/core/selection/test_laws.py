"""Laws of selections, on random ones: nothing fails, and everything comes back."""

import random
from dataclasses import replace
from urllib.parse import quote

import pytest

pytest.importorskip("hypothesis", reason="the laws need the packages of requirements-dev.txt")

from hypothesis import example, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from comparison.core.query import FORM_KEYS, KEYS
from comparison.core.selection import (
    NO_USE_CASE,
    Note,
    Selection,
    SpelledAt,
    canonical,
    layer_below,
    parse,
    settings,
    spell,
    use_case_of,
)
from tests.selections import LARGE, PRESET, TINY, WORLDS, form_of, picked, read, respelled

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
        importances=draw(
            st.dictionaries(
                st.sampled_from(names.criteria),
                st.sampled_from([0, 1, 2, 2.5, 3, 4, 4.9, 5]),
            )
        ),
        must=some(names.must_haves),
        waive=some(names.must_haves),
        distrust=some(names.sources),
        options=some(names.options),
        against=draw(st.sampled_from([None, *names.options])),
        by=draw(st.sampled_from([None, *names.criteria])),
        tree=tuple(dict(draw(st.lists(st.sampled_from(answers)))).items()) if answers else (),
        show=draw(st.sampled_from([None, "counted", "disputed", "differences"])),
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
@given(chosen(), st.data())
def test_a_query_at_another_importance_is_that_selection_spelled(world, data):
    document, selection = WORLDS[world[0]], world[1]
    criterion = data.draw(st.sampled_from(document.names.criteria))
    spelled = SpelledAt(document, selection).at(criterion, range(6))
    for importance in range(6):
        then = replace(
            selection,
            importances={**selection.importances, criterion: importance},
            off=selection.off - {criterion},
        )
        assert spelled[importance] == spell(document, canonical(document, then))


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
def test_changing_the_case_in_the_form_is_changing_it_in_the_spelling(world, index):
    document, selection = WORLDS[world[0]], world[1]
    uses = [NO_USE_CASE, *document.names.use_cases]
    use = uses[index % len(uses)]
    expected = canonical(document, replace(selection, use=use))
    sent = form_of(document, selection)
    now = picked(document, selection)
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
        show=chance.choice([None, "counted", "disputed", "differences"]),
    )
    selection = read(form_of(document, drawn, state), document)
    assert selection == canonical(document, state)
    assert settings(document, selection) == settings(document, state)


@law
@given(chosen())
def test_a_selection_always_gives_settings_the_decision_takes(world):
    document, selection = WORLDS[world[0]], world[1]
    chosen_settings = settings(document, selection)
    assert list(chosen_settings.importances) == list(document.names.criteria)
    assert all(0 <= importance <= 5 for importance in chosen_settings.importances.values())
    assert all(chosen_settings.importances[slug] == 0 for slug in selection.off)
    preset = layer_below(document, use_case_of(document, selection)).must_haves
    assert (
        {r.criterion for r in chosen_settings.must_haves}
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
        selection, notes = parse(document, query)
        assert len(notes) <= 20
        assert all(isinstance(note, Note) for note in notes)
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
