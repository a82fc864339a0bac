"""What counts in a view as one table that is copied, as Markdown and as it is pasted into
documents: the same rows, scores and words as the view's file.
"""

import re

import markdown
import pytest

from comparison.sharing.copied_table import as_markdown, copied_table
from tests import worlds
from tests.requests import requested
from tests.tools import Page, copied, get, html, publish, words_of

pytestmark = pytest.mark.django_db
HOSTILE = "a | b <b>&</b> [c](http://d.example) **e** `f` </textarea><script>alert(1)</script>"


def rows_of(markup):
    """Return the texts of each row of a table's HTML."""
    return [
        [words_of(cell) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>|<td>.*?</td>", row, re.S)]
        for row in re.findall(r"<tr[ >].*?</tr>", markup, re.S)
    ]


def as_read(address):
    """Return the rows of the copied table as Markdown is read, and as a document takes them."""
    text = html(address)
    body = markdown.markdown(copied(address)["as-markdown"], extensions=["tables"])
    return rows_of(body.replace("<th>", "<th >")), rows_of(Page(text).outer("rich-table"))


def test_the_table_holds_what_counts_with_words_scores_and_overall_scores():
    publish()
    read, pasted = as_read("/tiny/share/?use=race&off=ease")
    assert read[0] == pasted[0] == ["Criterion", "Importance", "Ada", "Bob", "Cyd"]
    assert read[1:3] == [
        ["In use", "", "", "", ""],
        ["Speed", "5", "9 speed of ada", "3 speed of bob", "6 speed of cyd"],
    ]
    assert pasted[2:3] == read[2:3]
    assert [row[:2] for row in read[3:5]] == [["Money", ""], ["Cost", "1"]]
    file = get("/tiny/-/view.json?use=race&off=ease").json()
    totals = [option["score"] for option in file["options"]]
    assert [float(cell.partition(" (excluded)")[0]) for cell in read[-1][2:]] == totals
    assert pasted[-1][1:] == read[-1][2:]
    assert "(excluded)" in read[-1][3]


def test_a_filter_hides_no_row_of_it():
    publish()
    assert as_read("/tiny/share/?q=cost&show=differences") == as_read("/tiny/share/")


@pytest.mark.parametrize("address", ["/tiny/share/", "/tiny/-/share/copies/"])
def test_case_release_and_link_go_with_the_table(address):
    publish()
    text = html(f"{address}?use=race")
    pasted = words_of(Page(text).outer("rich-table"))
    for words in (pasted, copied(f"{address}?use=race")["as-markdown"]):
        assert "Ada for a race, ahead of Cyd by 2.1 points" in words
        assert "Release 1, " in words
        assert "http://testserver/tiny/@1/?use=race" in words
        assert "CC BY 4.0" in words


def test_what_editors_wrote_is_a_text_in_both_and_nothing_else():
    tree = worlds.tiny_tree()
    tree["options"][0]["name"] = HOSTILE
    tree["criteria"][0]["name"] = HOSTILE
    tree["criteria"][0]["cells"]["ada"]["text"] = HOSTILE
    publish(**tree)
    text = html("/tiny/share/")
    assert "<script>alert" not in text
    read, pasted = as_read("/tiny/share/")
    for rows in (read, pasted):
        assert [rows[0][2], rows[2][0], rows[2][2]] == [HOSTILE, HOSTILE, f"9 {HOSTILE}"]
    assert {len(row) for row in read} == {5}


def test_an_unknown_score_is_none_and_its_words_say_so():
    table = copied_table(requested(worlds.gappy_tree()).view)
    unknown = [
        cell
        for group in table.groups
        for row in group.rows
        for cell in row.cells
        if cell.text == "Not known"
    ]
    assert unknown
    assert {cell.score for cell in unknown} == {""}
    assert "| Not known |" in as_markdown(table)


def test_of_many_options_the_first_stand_side_by_side_and_it_is_said():
    worlds.publish(worlds.large_tree(12, 6))
    read, pasted = as_read("/large/share/")
    file = get("/large/-/view.json").json()
    scores = {option["name"]: option["score"] for option in file["options"]}
    assert read[0][2:] == pasted[0][2:]
    assert [scores[name] for name in read[0][2:]] == sorted(scores.values(), reverse=True)[:7]
    for words in (copied("/large/share/")["as-markdown"], words_of(html("/large/share/"))):
        assert "the first 7 of 12 options" in words
