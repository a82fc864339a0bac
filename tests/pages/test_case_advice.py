"""What the sources advise for the use case in force, counted in one sentence."""

from comparison.pages.comparison.case_advice import case_advice_of
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
    world = tree([take("ada"), take("ada", condition="at night")], [take("ada", "bob")], [])
    assert counts(world) == (2, [("Ada", 2, 0), ("Bob", 1, 0)], [], 0)


def test_advice_against_and_on_a_condition_is_told_apart():
    against = take("bob", strength="advised-against")
    addon = {"choices": [{"components": ["addon"]}]}
    world = tree([take("ada", condition="at night")], [against], [addon])
    assert counts(world) == (3, [("Ada", 1, 1)], [("Bob", 1)], 1)


def test_a_source_that_is_left_out_is_not_asked():
    world = tree([take("ada")], [take("bob")])
    assert counts(world, RACE + "&distrust=source-1") == (1, [("Ada", 1, 0)], [], 0)


def test_without_a_use_case_nobody_is_asked():
    assert case_advice_of(requested(tree([take("ada")])).view) is None


def test_the_panel_says_it_in_one_sentence(db):
    against = take("bob", strength="advised-against")
    worlds.publish(tree([take("ada"), against], [take("ada", condition="at night")], [take("cyd")]))
    panel = words_of(Page(html("/tiny/?use=race")).outer("results"))
    assert (
        "2 of 3 sources that speak of this case advise Ada (1 on a condition), 1 Cyd; "
        "1 against Bob."
    ) in panel
    assert "No source speaks of this case." in words_of(html("/tiny/?use=thrift"))


def words_of_advice(world):
    return words_of(str(render("comparison/answer/case_advice.html", page=page_of(world))))


def page_of(world):
    return result_page(requested(world, RACE).view)


def test_one_source_and_several_are_counted_in_sentences_that_read_right():
    against = take("bob", strength="advised-against")
    for advice, words in (
        (([take("ada")],), "The one source that speaks of this case advises Ada."),
        (([against],), "The one source that speaks of this case advises against Bob."),
        (
            ([take("ada")], [against]),
            "1 of 2 sources that speak of this case advises Ada; 1 against Bob.",
        ),
        (
            ([against], [against], [{"choices": [{"components": ["addon"]}]}]),
            "2 of 3 sources that speak of this case advise against Bob.",
        ),
    ):
        assert words_of_advice(tree(*advice)) == words
