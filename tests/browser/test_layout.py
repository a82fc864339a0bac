"""Every kind of page, from a small phone to a wide desk: no word is broken, nothing is cut off or
on top of something else.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import PAPER, SPACING
from tests.browser.kinds_of_pages import (
    ACCOUNTS,
    EVERY_WIDTH,
    FEWER,
    KINDS,
    KINDS_OF_ROWS,
    NOWHERE,
    SOAK,
    SPACED,
    WIDTHS,
)
from tests.browser.layout import faults
from tests.conftest import log_in

pytestmark = pytest.mark.browser

# the recommendation's heading, beside the page or in the bar at its foot, as far as it is shown
ANSWERS = """() => [...document.querySelectorAll("#results h2, #leader .bar-headline")]
  .map((answer) => [answer, answer.getBoundingClientRect()])
  .filter(([answer, box]) => answer.checkVisibility() && box.top >= 0 && box.top < innerHeight)
  .map(([answer, box]) => ({ words: answer.innerText.trim(), ends: box.bottom }))
  .filter(({ words }) => words)"""
ANSWERED = (
    "/fastapi-vs-django/", "/fastapi-vs-django/?use=full-web-app", "/python-app-servers/",
    "/long-names/", "/five-options/", "/many-options/",
)  # fmt: skip


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_no_word_is_broken_and_nothing_overlaps(
    page: Page, laid_out: str, complaints: list[str], path: str
) -> None:
    page.goto(laid_out + path)
    if path == NOWHERE:
        complaints.clear()  # the browser reports that page's status
    assert faults(page, WIDTHS if path in EVERY_WIDTH else FEWER) == []


@pytest.mark.parametrize("path", SPACED)
def test_on_paper_and_with_wider_spacing_nothing_overlaps(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, bypass_csp=True)
    page.goto(path)
    page.emulate_media(media="print")
    assert faults(page, (PAPER,)) == []
    page.emulate_media(media="screen")
    page.add_style_tag(content=SPACING)
    assert faults(page, FEWER) == []


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (360, 740), (768, 1024), (1280, 800), (1920, 1080)]
)
def test_the_answer_is_on_the_first_screen(
    page: Page, laid_out: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for path in ANSWERED:
        page.goto(laid_out + path)
        answers = page.evaluate(ANSWERS)
        assert answers, f"{path}: no answer in sight"
        assert all(answer["ends"] <= height + 0.5 for answer in answers), (path, answers)


def test_a_suggestion_that_was_not_taken_is_laid_out_well(page: Page, laid_out: str) -> None:
    page.goto(f"{laid_out}/long-names/suggest/throughput/swift/")
    page.locator("#text").fill("short")
    page.locator("#address").fill("no address at all")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("#problems")).to_be_visible()
    assert faults(page, FEWER) == []


# of a list, whose frame would scroll
CUT_OFF = """() => {
  const frame = document.querySelector("#changelist .results");
  return innerWidth >= 1280 && frame !== null && frame.scrollWidth > frame.clientWidth;
}"""


@pytest.fixture
def editor(open_page: Callable[..., Page], laid_out: str) -> Page:
    """A page of somebody who has signed in."""
    page = open_page(base_url=laid_out)
    log_in(page)
    return page


def test_the_editors_pages_are_laid_out_well(editor: Page, complaints: list[str]) -> None:
    editor.goto("/admin/comparison/comparison/")
    rows = editor.locator("#result_list tbody th a")
    drafts = [
        link.get_attribute("href") or ""
        for link in (rows if SOAK else rows.filter(has_text="Streaming")).all()
    ]
    paths = [
        *drafts,
        *(draft.replace("change/", "publish/") for draft in drafts),
        *(draft.replace("change/", "history/") for draft in drafts),
        "/long-names/@draft/",
    ]
    for kind in KINDS_OF_ROWS:
        editor.goto(f"/admin/comparison/{kind}/")
        first = editor.locator("#result_list tbody th a").first
        paths += [f"/admin/comparison/{kind}/", first.get_attribute("href") or ""]
    paths += [f"/admin/{path}" for path in ACCOUNTS]
    problems = {}
    for path in paths:
        editor.goto(path)
        problems[path] = faults(editor, FEWER)
    assert {path: messages for path, messages in problems.items() if messages} == {}


def test_every_list_of_the_admin_keeps_within_its_frame(
    editor: Page, complaints: list[str]
) -> None:
    editor.goto("/admin/comparison/comparison/")
    name = editor.locator("#result_list tbody th a", has_text="Streaming").first
    editor.goto(name.get_attribute("href") or "")  # from here on, lists are of it
    lists = editor.locator("#nav-sidebar th a").evaluate_all("(all) => all.map((one) => one.href)")
    assert len(lists) >= 26
    assert [path for path in lists if editor.goto(path) and editor.evaluate(CUT_OFF)] == []


def test_what_the_admin_says_to_who_may_not_save_is_laid_out_well(
    editor: Page, complaints: list[str]
) -> None:
    editor.goto("/admin/comparison/comparison/add/")
    editor.locator("#id_title").fill("Donaudampfschifffahrtsgesellschaftskapitän")
    editor.locator("[name=csrfmiddlewaretoken]").last.evaluate(
        "field => { field.value = 'from another page'; }"
    )
    save = editor.get_by_role("button", name="Save", exact=True).first
    save.click()
    expect(editor.locator("#resend")).to_be_visible()
    complaints.clear()  # the browser reports that answer's status
    refused = faults(editor, FEWER)

    editor.context.clear_cookies()
    editor.goto("/admin/comparison/comparison/add/")
    expect(editor.get_by_label("Password")).to_be_visible()
    assert refused + faults(editor, FEWER) == []
