"""Each thing that a view changes has a way back of its own."""

import pytest

from comparison.pages.comparison.answer.altered_lines import (
    MOST_IN_ROWS,
    altered_lines_of,
    preset_of,
)
from tests import worlds
from tests.requests import requested
from tests.tools import Page, html, words_of

EVERYTHING = (
    "use=race&off=cost&w=ease:4&must=cost&waive=speed&distrust=first&options=ada,bob&basis=claims"
)
KINDS = ["options", "sources", "scores", "off", "importances", "added", "set-aside"]


def test_each_thing_is_named_and_each_way_back_leaves_the_others():
    view = requested(worlds.tiny_tree(), EVERYTHING).view
    lines = altered_lines_of(view)
    assert [line.kind for line in lines] == KINDS
    assert (lines[4].name, lines[4].usual, lines[4].now) == ("Ease", "1", "4")
    for line in lines:
        left = altered_lines_of(requested(worlds.tiny_tree(), line.query).view)
        assert [other.kind for other in left] == [kind for kind in KINDS if kind != line.kind]


def test_all_ways_back_together_lead_to_the_preset():
    view = requested(worlds.tiny_tree(), EVERYTHING).view
    while lines := altered_lines_of(view):
        view = requested(worlds.tiny_tree(), lines[0].query).view
    assert view.query == "use=race" == preset_of(view)


@pytest.mark.parametrize(
    ("query", "link"), [("use=race&w=ease:4", "/tiny/?use=race"), ("w=ease:4", "/tiny/")]
)
def test_the_panel_lists_them_and_offers_the_preset(query, link, db):
    worlds.publish(worlds.tiny_tree())
    page = Page(html(f"/tiny/?{query}"))
    altered = page.outer("altered")
    assert "1 change" in words_of(altered) and "Ease 4 instead of" in words_of(altered)
    assert f'href="{link}"' in altered
    assert page.find("b", **{"data-received": "Somebody set 1 thing"})
    assert not Page(html("/tiny/?use=race")).find("p", id="altered")


def test_of_four_and_more_the_first_three_are_named_and_the_preset_stays_outside_the_fold(db):
    worlds.publish(worlds.tiny_tree())
    altered = Page(html(f"/tiny/?{EVERYTHING}")).outer("altered")
    folded, outside = altered.split("</details>")
    summary = words_of(folded.partition("</summary>")[0])
    first = "Cyd left out, Source 1 left out, The editors’ own scores left out"
    assert summary.strip() == f"7 changes: {first}, and 4 more."
    assert "Show it as the case has it" in words_of(outside)
    assert "/tiny/?use=race" in outside and folded.count(">undo</a>") == 7


def with_sources(count):
    """Return a world of 2 options by 4 criteria with sources that say nothing."""
    tree = worlds.large_tree(2, 4)
    silent = {"claims": [], "advice": []}
    tree["sources"] = [tree["sources"][0] | silent | {"slug": f"s{n}"} for n in range(count)]
    return tree


def test_sources_are_one_line_by_their_numbers_with_one_way_back(db):
    tree, query = with_sources(5), "off=criterion-0&distrust=s0,s1,s3"
    worlds.publish(tree)
    page = Page(html(f"/large/?{query}"))
    altered = page.outer("altered")
    assert words_of(altered).startswith("4 changes: Sources 1\u200b2\u200b4 left out (undo), ")
    assert (
        altered.count('class="reference"') == 3 and 'aria-label="Undo: Sources 1, 2, 4' in altered
    )
    (back,) = page.find(
        "a", **{"data-mute": "s0 s1 s3", "aria-label": "Undo: Sources 1, 2, 4 left out"}
    )
    assert back["href"] == "/large/?off=criterion-0"
    (line, _) = altered_lines_of(requested(tree, query).view)
    assert (line.kind, line.things, line.query) == ("sources", 3, "off=criterion-0")


@pytest.mark.parametrize(
    ("left_out", "words"), [(12, "All 12 sources left out"), (9, "9 of 12 sources left out")]
)
def test_all_sources_and_most_of_many_are_counted(db, left_out, words):
    worlds.publish(with_sources(12))
    query = "distrust=" + ",".join(f"s{n}" for n in range(left_out))
    altered = words_of(Page(html(f"/large/?{query}")).outer("altered"))
    assert f"{left_out} changes: {words} (undo)" in altered


def test_of_many_the_first_have_a_way_back_and_the_others_are_counted(db):
    worlds.publish(worlds.large_tree(2, 25))
    altered = Page(html(f"/large/?off={switched_off(20)}")).outer("altered")
    assert "20 changes" in words_of(altered)
    assert altered.count(">undo</a>") == MOST_IN_ROWS == 12
    assert "The other 8 are marked in their rows." in words_of(altered)
    altered = Page(html(f"/large/?off={switched_off(13)}")).outer("altered")
    assert "The other one is marked in its row." in words_of(altered)


def test_what_has_no_row_has_its_way_back_in_the_list_however_much_it_is(db):
    tree = worlds.large_tree(20, 25)
    worlds.publish(tree)
    left = ",".join(option["slug"] for option in tree["options"][:14])
    altered = Page(html(f"/large/?options={left}&off={switched_off(13)}")).outer("altered")
    assert altered.count(">undo</a>") == 6 + 12
    assert "The other one is marked in its row." in words_of(altered)


def switched_off(count):
    return ",".join(f"criterion-{number}" for number in range(count))


def test_one_criterion_alone_is_one_change_that_one_link_takes_back(db):
    worlds.publish(worlds.tiny_tree())
    page = Page(html("/tiny/?off=speed,cost&w=ease:5"))
    assert "for no particular case" not in words_of(page.outer("results"))
    (case,) = [page.html[e["from"] : e["to"]] for e in page.find("p", **{"class": "for-case"})]
    assert words_of(case) == "on Ease alone"
    altered = words_of(page.outer("altered"))
    assert "2 changes" in altered and "on Ease alone (every criterion again)" in altered
    view = requested(worlds.tiny_tree(), "off=speed,cost&w=ease:5").view
    (alone, _) = altered_lines_of(view)
    assert (alone.kind, alone.query) == ("alone", "w=ease:5")


def test_few_of_many_options_are_one_change_that_names_them(db):
    worlds.publish(worlds.large_tree(7, 4))
    two = worlds.large_tree(7, 4)["options"][:2]
    slugs = ",".join(option["slug"] for option in two)
    page = Page(html(f"/large/?options={slugs}"))
    altered = page.outer("altered")
    names = " and ".join(option["name"] for option in two)
    assert f"1 change: Only {names} (undo)" in words_of(altered)
    assert page.find("b", **{"data-received": "Somebody set 1 thing"})
    assert 'href="/large/"' in altered and "data-only" not in altered
    # passed on, it is said who is left out
    assert "left out" in page.outer("results").partition("data-altered")[2].partition(">")[0]
