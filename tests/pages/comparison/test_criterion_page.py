"""All that the options are like on one criterion: a page, and a panel beside the matrix."""

import pytest

from comparison.pages.comparison.criterion_page import criterion_page
from tests import worlds
from tests.requests import requested
from tests.tools import Page, get, html, words_of
from tests.worlds.score_rows import world

pytestmark = pytest.mark.django_db
MANY = worlds.large_tree(9, 4, slug="many", claims_per_cell=1)


def test_every_option_is_told_the_best_first_and_unknown_scores_last() -> None:
    view = requested(MANY).view
    page = criterion_page(view, "criterion-1")
    assert page
    scores = [view.scored.evidence.scores[cell.option.slug]["criterion-1"] for cell in page.cells]
    known = [score for score in scores if score is not None]
    assert len(scores) == 9
    assert scores == sorted(known, reverse=True) + [None] * (9 - len(known))
    assert criterion_page(view, "speed") is None


def test_a_bar_is_as_long_as_the_score_beside_it() -> None:
    worlds.publish(world(one=(8.3, 7.5)))
    bars = Page(html("/tiny/cell/one/")).find("rect")
    assert [e["width"] for e in bars if e["class"] != "bar-ground"] == ["83%", "75%"]


def test_who_is_excluded_stands_last_and_says_so() -> None:
    tree = worlds.tiny_tree()
    worlds.publish(tree)
    told = words_of(Page(html("/tiny/cell/speed/?must=cost")).outer("claims"))
    assert told.index("Cyd") < told.index("Bob") < told.index("Ada excluded")
    assert "excluded" not in words_of(Page(html("/tiny/cell/speed/")).outer("claims"))


def test_its_panel_is_a_part_of_its_page_and_leads_to_every_cell() -> None:
    worlds.publish(MANY)
    whole, panel = html("/many/cell/criterion-1/"), html("/many/-/claims/criterion-1/")
    assert panel in whole
    cells = [link for link in Page(panel).find("a") if link.get("class") == "cell"]
    assert {link["href"] for link in cells} == {
        f"/many/cell/criterion-1/option-{number}/" for number in range(9)
    }
    (speed,) = [row for row in MANY["criteria"] if row["slug"] == "criterion-1"]
    assert all(cell["text"] in words_of(panel) for cell in speed["cells"].values())


def test_a_row_of_many_options_leads_there_and_one_of_a_few_says_it_itself() -> None:
    worlds.publish(MANY)
    worlds.publish(worlds.large_tree(7, 4, slug="few"))
    assert 'href="/many/cell/criterion-1/"' in html("/many/")
    assert '/few/cell/criterion-1/"' not in html("/few/")


def test_a_criterion_that_is_not_there_is_answered_with_the_whole_comparison() -> None:
    worlds.publish(MANY)
    answer = get("/many/cell/speed/")
    assert "The criterion “speed” does not exist here" in words_of(answer.content.decode())
