"""The marks of the options: whichever two stand against one another, shape and colour tell them
apart, wherever they are.
"""

import re
from itertools import combinations

import pytest
from django.template import engines
from django.test import Client

from comparison.core.selection import Selection
from comparison.pages.comparison.answer.recommendation import results_of
from comparison.pages.option_marks import INK, SLOTS, OptionName, beside, keys_of
from comparison.pages.scored_release import ScoredRelease, score
from comparison.pages.view import view_of
from comparison.publishing import releases
from comparison.rendering.jinja import render
from comparison.rendering.joined_files import joined
from comparison.sharing.social_card import card_of
from tests import worlds
from tests.requests import requested

pytestmark = pytest.mark.django_db


def four() -> dict[str, object]:
    """Return a world whose third and fourth option lead."""
    tree = worlds.tiny_tree(slug="four", questions=[], use_cases=[])
    tree["options"] = [
        {"slug": slug, "name": slug.capitalize(), "line": "One of four."}
        for slug in ("ada", "bob", "cyd", "dan")
    ]
    for criterion, scores in zip(
        tree["criteria"], ((1, 2, 9, 6), (2, 1, 5, 7), (2, 2, 5, 5)), strict=True
    ):
        criterion["cells"] = {
            slug: {"text": str(score), "score": score, "note": "Given."}
            for slug, score in zip(("ada", "bob", "cyd", "dan"), scores, strict=True)
        }
    return tree


def scored_release_of(tree: dict[str, object]) -> ScoredRelease:
    """Publish a world and read it without any choice."""
    worlds.publish(tree)
    release = releases.current(str(tree["slug"]))
    assert release
    return score(release, Selection())


def marks_of(html: str) -> list[str]:
    """Return the marks in a piece of a page, in order, each as its class and its key."""
    return [
        f"{kind} {number}".strip()
        for kind, number in re.findall(
            r'class="mark (mark-\w(?: lettered)?)"[^>]*>([^<]*?) ?</i>', html
        )
    ]


def part(html: str, start: str, end: str) -> str:
    """Return a piece of a page, from one mark in its source to another."""
    return html[html.index(start) :].split(end)[0]


def test_leader_and_rival_are_told_apart_on_the_page_and_in_the_frame(client: Client) -> None:
    scored_release_of(four())
    page = client.get("/four/").content.decode()
    heads = dict(
        zip(("ada", "bob", "cyd", "dan"), marks_of(part(page, "<thead", "</thead>")), strict=True)
    )
    assert len(set(heads.values())) == 4
    bars = part(page, '<dl class="scores">', "</dl>")
    first, second = marks_of(bars)[:2]
    assert {first, second} == {heads["cyd"], heads["dan"]}
    assert marks_of(part(page, 'class="pair-legend"', "</h3>")) == [heads["cyd"], heads["dan"]]
    parts = part(page, '<ol class="contributions', "</ol>")
    sides = set(re.findall(r'class="shape-(\w)"', parts))
    assert sides == {mark[-1] for mark in (first, second)}
    assert marks_of(client.get("/four/embed/").content.decode())[:2] == [first, second]


def test_leader_and_rival_are_told_apart_in_the_picture() -> None:
    card = card_of(requested(four()).view)
    picture = render("sharing/card.svg", page=card)
    shapes = re.findall(r'<g fill="(#\w+)"><path transform="[^"]*" d="([^"]*)"', picture)
    leader, *bars = shapes
    assert leader == bars[0]
    assert len({colour for colour, _ in bars}) == len({shape for _, shape in bars}) == len(bars)
    assert len({part.slot for part in card.parts}) == 2


def test_of_any_two_of_thirty_options_mark_and_colour_differ() -> None:
    scored = scored_release_of(worlds.large_tree(30, 3))
    for one, other in combinations(scored.named, 2):
        pair = beside(scored.named, one, other)
        assert pair[one].slot != pair[other].slot
        assert mark_alone(pair[one].label) != mark_alone(pair[other].label)


def mark_alone(label: str) -> str:
    """Return the mark as one sees it without colours: its key, else its shape."""
    kind, _, number = marks_of(label)[0].partition(" lettered ")
    return number or kind


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Option 2", "Option 27", "Option 28"], ["O2", "O27", "O28"]),
        (["Granian", "Gunicorn", "Grape", "granite"], ["Gr", "Gu", "Gra", "ga"]),
        (["Visual Studio Code", "Visual Studio"], ["VSC", "VS"]),
        (["C", "C", "C++"], ["C1", "C2", "C3"]),
        (["東京 証券", "🦄"], ["東証", "2"]),
    ],
)
def test_a_key_is_a_few_letters_of_the_name_that_no_other_has(
    names: list[str], keys: list[str]
) -> None:
    assert keys_of(names) == keys


def test_among_many_options_no_key_is_another_ones_number() -> None:
    scored = scored_release_of(worlds.large_tree(30, 3))
    assert scored.named["option-27"].key == "O27"
    assert {name.key for name in scored_release_of(four()).named.values()} == {""}


def test_no_two_options_of_one_panel_share_a_colour_other_than_ink() -> None:
    results = results_of(requested(worlds.large_tree(30, 12)).view)
    slots = [bar.option.slot for bar in results.bars]
    assert len(slots) > 3
    coloured = [slot for slot in slots if slot != INK]
    assert len(set(coloured)) == len(coloured)
    sharing = beside(_thirty(), "option-3", "option-4")
    assert [sharing[f"option-{n}"].slot for n in (3, 4, 5, 11)] == ["e", "f", INK, INK]
    assert {option.slot for option in _thirty().values()} == {INK}, "colour is the pair's"
    alike = beside(_thirty(), "option-3", "option-11")
    assert [alike[f"option-{n}"].slot for n in (3, 11)] == ["e", INK]


@pytest.mark.parametrize("shown", [(0, 1, 2, 3), (0, 8, 16, 24), (1, 9, 2, 3, 4, 5, 6, 7)])
def test_few_of_thirty_have_a_colour_and_a_shape_each(shown: tuple[int, ...]) -> None:
    thirty = scored_release_of(worlds.large_tree(30, 3))
    selection = Selection(options=frozenset(f"option-{number}" for number in shown))
    few = score(thirty.release, selection)
    assert len({option.slot for option in few.option_names}) == len(shown)
    assert {option.key for option in few.option_names} == {""}
    first = view_of(few, selection).decision.options[0].option
    assert few.named[first].slot == thirty.named[first].own


def _thirty() -> dict[str, OptionName]:
    return scored_release_of(worlds.large_tree(30, 3, slug="thirty")).named


def test_an_option_keeps_its_mark_when_others_are_not_shown() -> None:
    scored = scored_release_of(four())
    fewer = score(scored.release, Selection(options=frozenset({"cyd", "dan"})))
    assert {o: name.slot for o, name in fewer.named.items()} == {
        o: scored.named[o].slot for o in ("cyd", "dan")
    }


def test_plots_draw_every_slot_with_a_shape_of_its_own() -> None:
    marks = engines["reader"].env.get_template("macros/icons.html").module
    shapes = {str(marks.shape(slot)).strip() for slot in SLOTS}
    assert len(shapes) == len(SLOTS)


@pytest.mark.parametrize("sheet", ["site.css", "embed.css"])
def test_the_style_sheets_draw_every_slot_with_a_shape_and_a_colour_of_its_own(sheet: str) -> None:
    css = joined(f"css/{sheet}")
    shapes = dict(
        re.findall(
            r"\.mark-([a-z])\.mark::before\s*{\s*((?:border-radius|rotate|clip-path)[^}]*?)\s*}",
            css,
        )
    )  # a square has no rule
    assert len({shapes.get(slot, "square") for slot in SLOTS}) == len(SLOTS)
    colours = {
        slot: set(
            re.findall(
                rf"\.mark-{slot}:is\(\.mark, ?\.disc\)[^{{}}]*{{\s*--own:\s*var\(--([\w-]+)\)", css
            )
        )
        for slot in SLOTS
    }
    assert all(len(names) == 1 for names in colours.values()), colours
    assert len(set.union(*colours.values())) == len(SLOTS)
    values = dict(re.findall(r"--([\w-]+):\s*light-dark\((#\w+,\s*#\w+)\)", css))
    assert len({values[name] for names in colours.values() for name in names}) == len(SLOTS)


@pytest.mark.parametrize("sheet", ["site.css", "embed.css"])
def test_the_colours_of_the_marks_can_be_read_on_every_ground(sheet: str) -> None:
    css = joined(f"css/{sheet}")
    pairs = dict(re.findall(r"--([\w-]+): ?light-dark\((#\w+, ?#\w+)\)", css))
    grounds = [
        pairs[name].replace(" ", "").split(",")
        for name in ("ground", "sheet", "tint")
        if name in pairs
    ]
    for slot in SLOTS:
        own = pairs[f"mark-{slot}"].replace(" ", "").split(",")
        for ground in grounds:
            for theme in (0, 1):
                assert contrast(own[theme], ground[theme]) >= 4.5, (slot, own[theme], ground[theme])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("value", "label"),
    [(500, "500"), (2_500, "2.5k"), (10_000_000, "10M"), (20_000_000_000, "20bn"), (0.5, "0.5")],
)
def test_a_place_on_an_axis_is_short_and_exact(value: float, label: str) -> None:
    assert (
        engines["reader"].env.get_template("macros/icons.html").module.tick(value).strip() == label
    )
