"""What the marks of options and cells mean: the legend above the rows, and that a mark is the same
wherever it stands.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import answered

SERVERS = "/python-app-servers/"
pytestmark = pytest.mark.browser


def test_few_of_many_have_the_same_marks_in_the_list_as_in_the_table(
    page: Page, laid_out: str
) -> None:
    page.goto(f"{laid_out}/many-options/")
    listed = page.locator(".ranking li:has(:checked)")
    kinds = "(marks) => marks.map((mark) => mark.className).sort()"
    assert set(listed.locator(".mark").evaluate_all(kinds)) == {"mark mark-n lettered"}
    page.evaluate("""() => {
      const boxes = [...document.querySelectorAll("[name=option]")];
      boxes.forEach((box) => { box.checked = /-(0|8|9|16)$/.test(box.value); });
      boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    answered(page)
    marks = page.locator("#rows thead .mark").evaluate_all(kinds)
    assert len(set(marks)) == 4 and not any("lettered" in mark for mark in marks)
    assert listed.locator(".mark").evaluate_all(kinds) == marks
    assert page.locator(".ranking .mark").count() == 4


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", SERVERS])
def test_the_legend_explains_strokes_where_the_rows_have_them(page: Page, path: str) -> None:
    page.goto(path)
    has_strokes = page.locator("#rows .evidence").count() > 0
    assert bool(page.locator("#matrix .legend .evidence").count()) == has_strokes
    page.locator("#reading summary").click()
    assert bool(page.locator(".reading .evidence").count()) == has_strokes


def test_the_legend_is_that_of_the_rows_when_their_kind_changes(page: Page) -> None:
    page.goto(SERVERS)
    legend = page.locator("#matrix .legend")
    expect(legend.locator(".hatching")).to_have_count(1)
    page.goto("/python-app-servers/?options=gunicorn,uvicorn")
    expect(legend).to_contain_text("a source agrees")
    page.evaluate("""() => {
      const boxes = document.querySelectorAll("[name=option]");
      for (const box of boxes) box.checked = true;
      boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    answered(page)
    expect(legend.locator(".hatching")).to_have_count(1)
    expect(legend).to_have_count(1)


def test_the_legend_of_cards_shows_their_marks(page: Page) -> None:
    page.goto(SERVERS)
    legend = page.locator("#matrix .legend")
    expect(legend.locator(".hatching")).to_be_visible()
    expect(legend.locator(".tick")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(legend.locator(".tick")).to_be_visible()
    expect(legend.locator(".hatching")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_the_legend_of_tints_is_true_in_all_colours(
    open_page: Callable[..., Page], laid_out: str, colours: str
) -> None:
    forced = {"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}
    page = open_page(viewport={"width": 1280, "height": 900}, **forced)
    page.goto(f"{laid_out}/many-options/?must=criterion-80")
    legend = page.locator("#matrix .legend")
    assert not re.search("dark|light", legend.inner_text())
    expect(legend.locator(".shade")).to_be_visible(visible=colours != "forced")
    struck = page.locator("#rows td.out b").first
    has_line = "line-through" in struck.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert has_line == (colours == "forced")


MARKS = """(query) => Object.fromEntries([...document.querySelectorAll(query)]
  .map((mark) => [mark.textContent.trim(), [
    getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor].join()]))"""


def test_of_thirty_options_leader_and_rival_alone_have_a_colour_and_one_everywhere(
    page: Page, laid_out: str
) -> None:
    page.goto(f"{laid_out}/many-options/")
    heads, cells, verdict = (
        page.evaluate(MARKS, query)
        for query in ("#rows thead .mark", "#c-criterion-13 .mark", "#results .score .mark")
    )
    assert len(set(page.evaluate(MARKS, ".ranking .mark").values())) == 1
    assert heads == cells
    kinds = [list(heads.values()).count(look) for look in heads.values()]
    assert kinds == [1, 1, *[28] * 28]
    assert {key: heads[key] for key in verdict} == verdict
