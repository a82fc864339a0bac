"""Why not another option, as a reader meets the answer."""

import re

import pytest

from tests import worlds
from tests.recommendation import QUERIES, leaders, links, opened, query_of, spaced, told
from tests.tools import Page, get, html, words_of
from tests.worlds.score_rows import NAMES, world

pytestmark = pytest.mark.django_db


def test_every_option_that_does_not_lead_has_its_question(tiny):
    assert links(opened("off=ease"), "/why/") == [
        "/tiny/why/bob/?off=ease",
        "/tiny/why/cyd/?off=ease",
    ]
    for address in links(opened("off=ease"), "/why/"):
        get(address)


def test_of_the_leader_it_is_said_that_it_leads(tiny):
    words = words_of(html("/tiny/why/ada/"))
    assert (
        "Ada leads by 1 points (" in words.replace("1.0", "1")
        and "What would put it first" not in words
    )
    assert "Bob and Cyd come out equal (tie)" in words_of(html("/tiny/why/bob/?use=thrift"))


def section(page, name):
    return spaced(Page(page).outer(name)) if f'id="{name}"' in page else ""


def test_of_the_leader_it_is_told_why_and_what_would_make_it_lose(tiny):
    page = html("/tiny/why/ada/?w=cost:5")
    assert words_of(page).startswith("Why Ada? ·")
    assert "It has 6.5 of 10." in words_of(page)
    assert page.index('id="speaking"') < page.index('id="against"')
    assert "Speed 9 6 0.82" in section(page, "speaking")  # against Cyd, who comes second
    assert "Cost 4 6 0.91" in section(page, "against")
    lost = section(page, "losing")
    assert (
        "What would make it lose" in lost
        and "The leader would stay the same if every importance" in lost
    )
    assert links(page, "/why/bob/") and links(page, "/sensitivity/") and links(page, "/parts/")


def test_the_leader_is_held_against_whom_the_reader_chose(tiny):
    page = html("/tiny/why/ada/?w=cost:5&against=bob")
    assert "Speed 9 3 1.64" in section(page, "speaking")


def test_a_toss_up_is_said_to_be_one_on_the_page_of_its_first():
    worlds.publish(world(one=(9, 3), two=(3, 8.9)))
    page = html("/tiny/why/ada/")
    assert "too little more than Bob to be sure" in words_of(page)
    assert "One 9 3" in section(page, "speaking") and section(page, "losing")


def test_tied_options_differ_where_it_is_said_and_are_parted_by_that(tiny):
    page = html("/tiny/why/bob/?use=thrift")
    assert "Nowhere that counts: Bob and Cyd have the same score" in section(page, "alone")
    assert "What would end the tie" in section(page, "losing")
    worlds.publish(world(one=(9, 3, 5), two=(3, 9, 5)))
    page = html("/tiny/why/ada/")
    assert "One, Two. What speaks for one there is outweighed" in section(page, "alone")
    assert "Another importance of any criterion" in section(page, "losing")


@pytest.mark.parametrize(
    ("query", "option", "reason"),
    [
        ("options=ada", "ada", "Bob is left out Cyd is left out"),
        ("must=cost&options=ada,bob", "bob", "Ada is excluded: “Cost included” not met"),
    ],
)
def test_an_only_option_is_told_why_the_others_are_no_rivals(tiny, query, option, reason):
    page = html(f"/tiny/why/{option}/?{query}")
    assert reason in " ".join(section(page, "alone").split())
    assert "One of the others has to come back first" in section(page, "losing")
    for address in links(Page(page).outer("alone"), "/why/"):
        get(address)


def test_of_options_without_a_score_it_is_said_that_they_have_none():
    worlds.publish(world(one=(9, None, None), two=(9, None, None)))
    assert "Bob has no score that is known" in section(html("/tiny/why/ada/"), "alone")


def test_whoever_does_not_lead_links_to_why_the_leader_does(tiny):
    (address,) = links(html("/tiny/why/bob/?off=ease"), "/why/ada/")
    assert words_of(html(address)).startswith("Why Ada?")


@pytest.mark.parametrize("option", ["ada", "bob"])
def test_the_result_is_told_once_above_the_reasons(tiny, option):
    page = html(f"/tiny/why/{option}/")
    assert words_of(page[: page.index('<nav class="navigation')]).count("Ada leads by") == 1


def test_of_a_trailing_option_the_parts_are_shown_on_both_sides(tiny):
    page = html("/tiny/why/bob/?w=cost:5")
    words = words_of(page)
    assert "It has 5.2 of 10, 1.3 points behind Ada." in words
    against, speaking = (spaced(Page(page).outer(part)) for part in ("against", "speaking"))
    # 0.545: rounded so that the sums give the margin
    assert "Speed 3 9 1.64" in against and "Ease 6 8 0.54" in against
    assert "Together 2.18" in against
    assert "Cost 6 4 0.91" in speaking and "Together 0.91" in speaking


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("option", ["ada", "bob", "cyd"])
def test_both_sides_of_a_trailing_option_give_its_distance(tiny, option, query):
    page = html(f"/tiny/why/{option}/?{query}")
    behind = re.search(r"([\d.]+) points behind", words_of(page))
    if behind:
        sums = dict.fromkeys(("against", "speaking"), 0.0)
        for side in sums:
            rows = (
                re.findall(r'class="number"[^>]*>([\d.]+)</td></tr>', Page(page).outer(side))
                if f'id="{side}"' in page
                else []
            )
            if rows:
                *parts, sums[side] = map(float, rows)
                assert round(sum(parts), 2) == sums[side]
        assert sums["against"] - sums["speaking"] == pytest.approx(float(behind[1]), abs=0.06)


def test_the_answers_to_the_questions_stand_beside_the_scores(tiny):
    assert "Your answers to the questions lead to Ada: the scores say the same." in told(
        "tree=hurry:yes"
    )
    assert "Your answers to the questions lead to Bob: the scores say otherwise." in told(
        "tree=hurry:no"
    )
    assert "Your answers to the questions lead to Bob: it lacks a must-have." in told(
        "use=race&tree=hurry:no"
    )
    assert "Your answers" not in told()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("option", ["ada", "bob", "cyd"])
def test_each_opening_puts_the_option_first(tiny, option, query):
    page = html(f"/tiny/why/{option}/?{query}")
    if not Page(page).find("section", id="openings"):
        return
    openings = Page(page).outer("openings")
    addresses = [e["href"] for e in Page(openings).find("a", **{"class": "button"})]
    assert bool(addresses) != ("No single change is enough" in openings)
    for address in addresses:
        assert NAMES[option] in leaders(query_of(address)), address
        assert NAMES[option] not in leaders(query)


def test_of_an_opening_that_is_off_it_is_said_that_it_is_not_counted(tiny):
    openings = words_of(Page(html("/tiny/why/bob/?use=thrift&w=cost:0,ease:3")).outer("openings"))
    assert "Cost at " in openings and "which is not counted" in openings
    assert "instead of 0" not in openings


def test_the_smallest_set_for_the_tiny_world_has_openings_somewhere(tiny):
    assert links(html("/tiny/why/cyd/?off=ease"), r"off=ease&w=speed:1$")
    assert "No single change is enough." in html("/tiny/why/bob/")


def test_of_an_excluded_option_it_is_said_what_excludes_it(tiny):
    words = words_of(html("/tiny/why/ada/?must=cost"))
    assert "It is excluded: “Cost included” not met." in words
    assert "Dropping a must-have is the first step." in words


def test_an_option_that_only_a_must_have_holds_back_is_not_said_to_be_behind():
    worlds.publish(world(one=(9, 6, 5), two=(9, 6, 5), three=(None, 6, 5)))
    assert leaders("must=three") == ["Bob"]
    words = words_of(html("/tiny/why/ada/?must=three"))
    assert "It is not known whether it has “Three included”." in words
    assert "points behind" not in words


def test_of_an_unrated_option_it_is_said_that_nothing_is_known():
    worlds.publish(world(one=(9, None, 5), two=(9, None, 5)))
    assert "No score of it is known." in words_of(html("/tiny/why/bob/"))


@pytest.mark.parametrize(
    "query", ["off=speed,ease,cost", "must=speed,cost&options=ada,bob", "distrust=first,second"]
)
def test_where_nobody_leads_the_question_is_still_answered(tiny, query):
    answer = words_of(html(f"/tiny/why/bob/?{query}"))
    assert any(
        words in answer for words in ("Nobody leads", "It is excluded", "No score of it is known.")
    )


@pytest.mark.parametrize("option", ["zebra", "%3Cscript%3E", "%FF", "a" * 300])
def test_of_an_unknown_option_the_page_says_so_kindly(tiny, option):
    page = html(f"/tiny/why/{option}/?off=cost")
    assert "<script>" not in page.replace("<script src", "")
    assert words_of(Page(page).outer("results")).startswith("Ada")
    assert "There is no such page of this comparison; this is the whole of it." in words_of(page)


def test_an_option_is_found_by_what_it_was_called_once():
    tree = worlds.tiny_tree(renamed=[{"kind": "option", "old": "robert", "new": "bob"}])
    worlds.publish(tree)
    moved = get("/tiny/why/robert/?off=ease", 301).headers["Location"]
    assert moved == "/tiny/why/bob/?off=ease"
    assert words_of(html(moved)).startswith("Why not Bob? ·")
