"""What stands beside a cell of the matrix: whatever happens on the way, what was typed is saved
where it belongs, or kept and found again.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.conftest import log_in

pytestmark = pytest.mark.browser
SAVED = "Saved to the draft."
PATH = "/admin/comparison/comparison/1/grid/matrix/"
PANELS = "**/grid/matrix/*/*/"


@pytest.fixture
def grid(open_page: Callable[..., Page], own_server: str) -> Page:
    page = open_page(base_url=own_server, viewport={"width": 1280, "height": 900})
    log_in(page)
    page.goto(PATH)
    return page


def cell(page: Page, row: int, column: int = 0) -> Locator:
    return page.locator("#grid tr[data-row]").nth(row).locator("td").nth(column)


def note(page: Page) -> Locator:
    return page.get_by_label("Note", exact=True)


def state(page: Page) -> Locator:
    return page.locator("#grid-state")


def choose(page: Page, row: int) -> None:
    """Choose a cell, and wait for what belongs to it."""
    with page.expect_response(PANELS):
        cell(page, row).click()
    expect(note(page)).to_be_visible()


def test_without_a_network_nothing_is_typed_into_what_belongs_to_another_cell(
    grid: Page, complaints: list[str]
) -> None:
    choose(grid, 12)
    grid.route(PANELS, lambda route: route.abort())
    cell(grid, 13).click()
    expect(grid.locator("#cell-panel")).to_contain_text("cannot be shown: no connection")
    assert grid.locator("#cell-panel input").count() == 0
    complaints.clear()  # of the lost network


def test_what_is_still_being_typed_is_there_after_a_reload(grid: Page) -> None:
    choose(grid, 14)
    note(grid).fill("Half a sen")  # the field is not left yet
    asked: list[str] = []
    grid.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.reload()
    assert asked == ["beforeunload"]
    expect(state(grid)).to_have_text(SAVED)
    choose(grid, 14)
    expect(note(grid)).to_have_value("Half a sen")


def test_what_is_refused_beside_one_cell_is_found_again_from_another(grid: Page) -> None:
    choose(grid, 15)
    grid.get_by_label("Score", exact=True).fill("11")
    note(grid).focus()
    refused = grid.locator("#grid-refused")
    expect(refused).to_contain_text("score runs from 0 to 10")
    choose(grid, 16)
    note(grid).fill("Another, which is saved")
    cell(grid, 16).focus()
    expect(state(grid)).to_contain_text("1 cell not saved")  # and no longer: Saving …
    refused.get_by_role("button", name="Open").click()
    expect(grid.get_by_label("Score", exact=True)).to_have_value("11")
    grid.get_by_label("Score", exact=True).fill("10")
    note(grid).focus()
    expect(refused).to_be_hidden()
    expect(state(grid)).to_have_text(SAVED)


def test_of_a_row_that_is_gone_what_was_typed_is_shown_and_dropped(
    grid: Page, complaints: list[str]
) -> None:
    def gone(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=404, content_type="text/html", body="gone")
        else:
            route.continue_()

    choose(grid, 17)
    grid.route(PANELS, gone)
    note(grid).fill("Kept words")
    cell(grid, 17).focus()
    refused = grid.locator("#grid-refused")
    expect(refused).to_contain_text("You typed: “Kept words”")
    grid.unroute(PANELS, gone)
    choose(grid, 18)
    note(grid).fill("Saved all the same")
    cell(grid, 18).focus()
    expect(state(grid)).to_contain_text("1 cell not saved")
    refused.get_by_role("button", name="Drop it").click()
    expect(state(grid)).to_have_text(SAVED)
    complaints.clear()  # of what was gone


def test_a_clipboard_without_text_changes_nothing(grid: Page) -> None:
    before = cell(grid, 19).inner_text()
    cell(grid, 19).click()
    grid.evaluate(
        """document.activeElement.dispatchEvent(new ClipboardEvent("paste",
          { clipboardData: new DataTransfer(), bubbles: true, cancelable: true }))"""
    )
    expect(state(grid)).to_contain_text("no text to paste")
    assert cell(grid, 19).inner_text() == before
