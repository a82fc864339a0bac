"""What the sources advise for the use case in force, counted in one sentence."""

import pytest

from comparison.pages.comparison.answer.case_advice import case_advice_of
from comparison.pages.comparison.page import result_page
from comparison.rendering.jinja import render
from tests import worlds
from tests.requests import requested
from tests.tools import Page, html, words_of

RACE = "use=race"


def tree(*advice):
    """Return the tiny world with one source for each list of advice, of the use case of a race."""
    world = worlds.tiny_tree()
    world["sources"] = [
        world["sources"][0]
        | {
            "slug": f"source-{number}",
            "advice": [
                {
                    "slug": f"race-{number}",
                    "use_case": "race",
                    "statement": "So.",
                    "place": "Line 1",
                }
                | one
                for number, one in enumerate(each)
            ],
        }
        for number, each in enumerate(advice)
    ]
    world["runs"] = []
    return world


ADDON = {"choices": [{"components": ["addon"]}]}


def take(*options, **more):
    return {"choices": [{"option": option} for option in options]} | more


def counts(world, query=RACE):
    advice = case_advice_of(requested(world, query).view)
    return (
        advice.speaking,
        [(line.option.name, line.sources, line.conditional) for line in advice.advised],
        [(line.option.name, line.sources) for line in advice.against],
        advice.elsewhere,
    )


def test_sources_are_counted_once_for_each_option_that_they_advise():
    world = tree([take("ada"), take("ada", condition="at night")], [take("ada"), take("bob")], [])
    assert counts(world) == (2, [("Ada", 2, 0), ("Bob", 1, 0)], [], 0)


def test_a_second_choice_is_no_advice_and_a_part_counts_as_its_option():
    """As in the plot of the cases, so that both say the same."""
    world = tree([take("ada", "bob")], [{"choices": [{"components": ["part-of-cyd"]}]}])
    part = {"slug": "part-of-cyd", "name": "Part of Cyd", "line": "A part.", "option": "cyd"}
    world["components"] = [*world["components"], part]
    assert counts(world) == (2, [("Ada", 1, 0), ("Cyd", 1, 0)], [], 0)


def test_advice_against_and_on_a_condition_is_told_apart():
    against = take("bob", strength="advised-against")
    world = tree([take("ada", condition="at night")], [against], [ADDON])
    assert counts(world) == (3, [("Ada", 1, 1)], [("Bob", 1)], 1)


def test_a_source_that_is_left_out_is_not_asked():
    world = tree([take("ada")], [take("bob")])
    assert counts(world, RACE + "&distrust=source-1") == (1, [("Ada", 1, 0)], [], 0)


@pytest.mark.parametrize(
    ("left_out", "panel", "plot", "case"),
    [
        (
            "source-0",
            "The one source that you count and that speaks of this case advises Bob.",
            "Source 2 advises Bob",
            "You leave out 1 source that speaks of it.",
        ),
        (
            "source-0,source-1",
            "No source that you count speaks of this case.",
            "No source that you count speaks of it",
            "You leave out 2 sources that speak of it.",
        ),
        ("source-2", "Of 2 sources that speak of this case", "Source 1 advises Ada", "Our score"),
    ],
)
def test_what_is_left_out_is_not_said_to_be_silent(left_out, panel, plot, case, db):
    worlds.publish(tree([take("ada")], [take("bob")], []))
    page = Page(html(f"/tiny/?{RACE}&distrust={left_out}"))
    assert panel in words_of(page.outer("results"))
    assert plot in page.outer("case-race")
    assert case in words_of(html(f"/tiny/case/race/?distrust={left_out}"))


def test_without_a_use_case_nobody_is_asked():
    assert case_advice_of(requested(tree([take("ada")])).view) is None


def test_the_panel_says_it_in_one_sentence(db):
    against = take("bob", strength="advised-against")
    worlds.publish(tree([take("ada"), against], [take("ada", condition="at night")], [take("cyd")]))
    panel = words_of(Page(html("/tiny/?use=race")).outer("results"))
    assert (
        "Of 3 sources that speak of this case, 2 advise Ada (1 on a condition) and 1 Cyd; "
        "1 of them advises against Bob."
    ) in panel
    assert "No source speaks of this case." in words_of(html("/tiny/?use=thrift"))


def words_of_advice(world):
    return words_of(str(render("comparison/answer/case_advice.html", page=page_of(world))))


def page_of(world):
    return result_page(requested(world, RACE).view)


AGAINST_BOB = take("bob", strength="advised-against")
AT_NIGHT = {"condition": "at night"}


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        # nobody, and nothing that is compared
        ((), "No source speaks of this case."),
        (([ADDON],), "1 source speaks of this case, and advises none of the options."),
        # all agree
        (([take("ada")],), "The one source that speaks of this case advises Ada."),
        (([AGAINST_BOB],), "The one source that speaks of this case advises against Bob."),
        (([take("ada")],) * 2, "Both sources that speak of this case advise Ada."),
        (([take("ada")],) * 3, "All 3 sources that speak of this case advise Ada."),
        # one source, of several
        (
            ([take("ada"), AGAINST_BOB],),
            "The one source that speaks of this case advises Ada; it advises against Bob.",
        ),
        (
            ([take("ada"), take("bob", **AT_NIGHT), take("cyd", strength="advised-against")],),
            "The one source that speaks of this case advises Ada and Bob (on a condition); "
            "it advises against Cyd.",
        ),
        # as many advise an option as advise against it
        (
            ([take("ada"), take("bob")], [take("ada"), AGAINST_BOB]),
            "Both sources that speak of this case advise Ada; 1 of them also advises Bob, "
            "and 1 advises against Bob.",
        ),
        # some of them on a condition, and all
        (
            ([take("ada", **AT_NIGHT)],),
            "The one source that speaks of this case advises Ada (on a condition).",
        ),
        (
            ([take("ada")], [take("ada", **AT_NIGHT)]),
            "Both sources that speak of this case advise Ada (1 on a condition).",
        ),
        (
            ([take("ada", **AT_NIGHT)],) * 3,
            "All 3 sources that speak of this case advise Ada (each on a condition).",
        ),
        # all agree, and name another, too
        (
            ([take("ada")], [take("ada"), take("bob", **AT_NIGHT)], [take("ada")]),
            "All 3 sources that speak of this case advise Ada; 1 of them also advises Bob (on a "
            "condition).",
        ),
        # split
        (
            ([take("ada")], [AGAINST_BOB]),
            "Of 2 sources that speak of this case, 1 advises Ada; 1 of them advises against Bob.",
        ),
        (
            ([take("ada")], [take("ada")], [take("bob")], [take("cyd")], [ADDON]),
            "Of 5 sources that speak of this case, 2 advise Ada, 1 Bob, 1 Cyd and 1 something "
            "else.",
        ),
        (
            ([AGAINST_BOB], [AGAINST_BOB], [ADDON]),
            "Of 3 sources that speak of this case, 2 advise against Bob.",
        ),
        (
            ([AGAINST_BOB, take("cyd", strength="advised-against")], [AGAINST_BOB], [ADDON]),
            "Of 3 sources that speak of this case, 2 advise against Bob and 1 against Cyd.",
        ),
    ],
)
def test_each_state_is_one_plain_sentence(advice, words):
    assert words_of_advice(tree(*advice)) == words
