"""The matrix as a spreadsheet: keys, paste, fill, undo, a lost network, two editors, a screen
reader.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.access import violations
from tests.conftest import log_in

pytestmark = pytest.mark.browser
SAVED = "Saved to the draft."
PATH = "/admin/comparison/comparison/1/grid/matrix/"


@pytest.fixture
def grid(open_page: Callable[..., Page], own_server: str) -> Iterator[Page]:
    page = open_page(base_url=own_server, viewport={"width": 1280, "height": 900})
    log_in(page)
    page.goto(PATH)
    yield page
    expect(page.locator("#grid-state")).not_to_contain_text("Saving")


def cell(page: Page, row: int, column: int) -> Locator:
    """Return a cell: rows from 0, and two columns for each option."""
    return page.locator("#grid tr[data-row]").nth(row).locator("td").nth(column)


def words(page: Page, row: int, column: int) -> str:
    """Return what stands in a cell, without what is said about it."""
    return str(
        cell(page, row, column).evaluate(
            "cell => [...cell.childNodes].filter((node) => node.nodeType === 3)"
            ".map((node) => node.data).join('').trim()"
        )
    )


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def saved(page: Page) -> None:
    expect(page.locator("#grid-state")).to_have_text(SAVED)


def test_a_cell_is_typed_saved_and_there_after_a_reload(grid: Page) -> None:
    cell(grid, 0, 0).click()
    grid.keyboard.type("Typed here")
    grid.keyboard.press("Tab")
    expect(cell(grid, 0, 1)).to_be_focused()
    grid.keyboard.press("Enter")
    grid.keyboard.press("Control+A")
    grid.keyboard.type("7,5")
    grid.keyboard.press("Enter")
    expect(cell(grid, 1, 1)).to_be_focused()
    saved(grid)
    grid.reload()
    assert (words(grid, 0, 0), words(grid, 0, 1)) == ("Typed here", "7.5")


def test_saved_is_never_said_of_what_was_typed_after_it(grid: Page) -> None:
    cell(grid, 0, 0).click()
    grid.keyboard.type("Saved first")
    grid.keyboard.press("Enter")
    saved(grid)
    grid.evaluate(
        """() => addEventListener("keydown", ({ key }) => {
          if (key === "Enter") window.saidAtOnce = document.querySelector("#grid-state").innerText;
        })"""
    )
    grid.keyboard.type("Not saved yet")
    grid.keyboard.press("Enter")
    assert grid.evaluate("saidAtOnce") == "Saving …"
    saved(grid)


def test_the_grid_is_one_stop_of_the_tab_key_and_arrows_go_on_from_there(grid: Page) -> None:
    assert grid.locator("#grid td[tabindex='0']").count() == 1
    cell(grid, 0, 0).focus()
    grid.keyboard.press("ArrowLeft")
    assert grid.locator("#grid th a:focus").count() == 1
    grid.keyboard.press("ArrowRight")
    for key in ("ArrowDown", "ArrowRight", "End", "ArrowRight", "ArrowUp", "Home"):
        grid.keyboard.press(key)
    expect(cell(grid, 0, 0)).to_be_focused()
    grid.keyboard.press("Tab")
    expect(grid.locator("#cell-panel :focus")).to_have_count(1)
    grid.keyboard.press("Shift+Tab")
    assert grid.locator("#grid *:focus").count() == 1


def test_escape_leaves_a_cell_as_it_was(grid: Page) -> None:
    before = words(grid, 2, 0)
    cell(grid, 2, 0).dblclick()
    grid.keyboard.type(" and more")
    grid.keyboard.press("Escape")
    assert words(grid, 2, 0) == before
    expect(cell(grid, 2, 0)).to_be_focused()


def test_a_block_is_pasted_filled_down_emptied_and_taken_back(grid: Page) -> None:
    before = [words(grid, row, 0) for row in range(3, 7)]
    cell(grid, 3, 0).click()
    paste(grid, 'One\t1\n"Two, with\na line"\t2\n')
    assert [words(grid, row, 0) for row in (3, 4)] == ["One", "Two, with a line"]
    saved(grid)
    cell(grid, 4, 0).click()
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Control+D")
    assert [words(grid, row, 0) for row in (5, 6)] == ["Two, with a line"] * 2
    grid.keyboard.press("Delete")
    assert [words(grid, row, 0) for row in (4, 5, 6)] == [""] * 3
    for _ in range(3):
        grid.keyboard.press("Control+Z")
    assert [words(grid, row, 0) for row in range(3, 7)] == before
    grid.keyboard.press("Control+Shift+Z")
    assert words(grid, 3, 0) == "One"
    grid.keyboard.press("Control+Z")
    saved(grid)


def test_a_block_that_does_not_fit_is_refused_whole(grid: Page) -> None:
    cell(grid, 0, 0).focus()
    grid.keyboard.press("End")
    before = grid.locator("#grid").inner_text()
    paste(grid, "\n".join("\t".join("12345678") for _ in range(2000)))
    expect(grid.locator("#grid-state")).to_contain_text("2000 rows and 8 columns")
    assert grid.locator("#grid").inner_text() == before


def test_what_is_no_value_stands_in_its_cell_with_the_reason(grid: Page) -> None:
    cell(grid, 8, 1).click()
    grid.keyboard.type("eleven")
    grid.keyboard.press("Enter")
    expect(cell(grid, 8, 1)).to_have_attribute("aria-invalid", "true")
    expect(cell(grid, 8, 1)).to_contain_text("eleven")
    expect(grid.locator("#grid-state")).to_contain_text("1 cell not saved")
    grid.keyboard.press("Control+Z")
    expect(cell(grid, 8, 1)).not_to_have_attribute("aria-invalid", "true")


def test_a_lost_network_loses_nothing(grid: Page, complaints: list[str]) -> None:
    def cut(route: Route) -> None:
        route.abort()

    grid.route(f"**{PATH}", cut)
    cell(grid, 9, 0).click()
    grid.keyboard.type("Typed without a network")
    grid.keyboard.press("Enter")
    expect(grid.locator("#grid-state")).to_contain_text("kept in this browser")
    grid.unroute(f"**{PATH}", cut)
    grid.on("dialog", lambda dialog: dialog.accept())
    grid.reload()
    saved(grid)
    grid.reload()
    assert words(grid, 9, 0) == "Typed without a network"
    complaints.clear()  # of the network


def test_kept_words_outlive_a_page_that_does_not_show_their_row(
    grid: Page, complaints: list[str]
) -> None:
    def cut(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    grid.on("dialog", lambda dialog: dialog.accept())
    grid.route(f"**{PATH}*", cut)
    cell(grid, 12, 0).click()
    grid.keyboard.type("Kept for later")
    grid.keyboard.press("Enter")
    expect(grid.locator("#grid-state")).to_contain_text("kept in this browser")
    name = cell(grid, 12, 0).locator("xpath=../th/a").inner_text()
    grid.unroute(f"**{PATH}*", cut)
    grid.goto(f"{PATH}?group=people")
    expect(grid.get_by_role("link", name=name, exact=True)).to_have_count(0)
    cell(grid, 0, 0).click()
    grid.keyboard.type("Saved at once")
    grid.keyboard.press("Enter")
    saved(grid)
    grid.goto(PATH)
    saved(grid)
    grid.reload()
    assert words(grid, 12, 0) == "Kept for later"
    complaints.clear()  # of the network


def test_the_second_of_two_editors_sees_both_and_chooses(
    grid: Page, open_page: Callable[..., Page], own_server: str
) -> None:
    other = open_page(base_url=own_server)
    log_in(other)
    other.goto(PATH)
    for page, text in ((other, "Theirs"), (grid, "Mine")):
        cell(page, 10, 0).click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("#grid-state")).not_to_contain_text("Saving")
    saved(other)
    conflict = cell(grid, 10, 0)
    expect(conflict).to_contain_text("changed this meanwhile to “Theirs”")
    assert words(grid, 10, 0) == "Mine"
    grid.on("dialog", lambda dialog: dialog.accept())
    grid.reload()  # asks again, and puts nothing in the place of theirs
    expect(conflict).to_contain_text("changed this meanwhile to “Theirs”")
    conflict.click()
    grid.keyboard.type("Mine anew")
    grid.keyboard.press("Enter")
    expect(conflict).to_contain_text("changed this meanwhile to “Theirs”")
    conflict.get_by_role("button", name="Take theirs").click()
    assert words(grid, 10, 0) == "Theirs"
    for page, text in ((other, "Theirs again"), (grid, "Mine again")):
        cell(page, 10, 0).click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("#grid-state")).not_to_contain_text("Saving")
    conflict.get_by_role("button", name="Keep mine").click()
    saved(grid)
    other.reload()
    assert words(other, 10, 0) == "Mine again"


def test_what_the_server_refuses_whole_is_not_sent_again_by_itself(
    grid: Page, complaints: list[str]
) -> None:
    sent: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.url)
        route.fulfill(status=403, json={"problem": "You may look, and not change."})

    grid.route(f"**{PATH}", refuse)
    cell(grid, 11, 0).click()
    grid.keyboard.type("Refused")
    grid.keyboard.press("Enter")
    expect(grid.locator("#grid-state")).to_contain_text("You may look")
    grid.get_by_role("button", name="Send again").click()
    expect(grid.locator("#grid-state")).to_contain_text("You may look")
    assert len(sent) <= 2
    grid.unroute(f"**{PATH}", refuse)
    grid.get_by_role("button", name="Send again").click()
    saved(grid)
    complaints.clear()  # of the refusals


def test_beside_a_cell_stand_its_scale_and_its_sources(grid: Page) -> None:
    cell(grid, 0, 0).click()
    expect(grid.locator("#cell-panel h2")).to_be_visible()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Tab")  # at once: what is typed next is of the cell below
    expect(grid.get_by_label("Words", exact=True)).to_be_focused()
    expect(grid.get_by_label("Words", exact=True)).to_have_value(words(grid, 1, 0))
    expect(grid.locator("#cell-panel")).to_contain_text("What sources say")


def test_a_screen_reader_is_told_of_a_grid_with_names(grid: Page, complaints: list[str]) -> None:
    table = grid.get_by_role("grid", name="Matrix")
    assert table.get_by_role("row").count() > 40
    assert table.get_by_role("columnheader", name="Django", exact=True).count() == 1
    assert violations(grid, "grid", "#content") == []
    complaints.clear()  # of the styles that the checker brings


def test_what_is_typed_beside_a_cell_is_saved_and_stands_in_it(
    grid: Page, complaints: list[str]
) -> None:
    cell(grid, 9, 0).click()
    note = grid.get_by_label("Note", exact=True)
    grid.keyboard.press("Tab")
    expect(grid.locator("#cell-panel")).to_contain_text("What sources say")
    grid.route("**/grid/matrix/*/*/", lambda route: route.abort())
    note.fill("A reason, typed without a network.")
    grid.get_by_label("Words", exact=True).fill("Words from beside")
    note.press("Escape")
    expect(cell(grid, 9, 0)).to_be_focused()
    expect(grid.locator("#grid-state")).to_contain_text("kept in this browser and sent again")
    grid.unroute("**/grid/matrix/*/*/")
    grid.locator("#grid-again").click()
    saved(grid)
    assert words(grid, 9, 0) == "Words from beside"
    grid.reload()
    cell(grid, 9, 0).click()
    expect(note).to_have_value("A reason, typed without a network.")
    complaints.clear()  # of the lost network


def test_of_one_field_beside_a_cell_that_two_tabs_changed_the_second_chooses(grid: Page) -> None:
    cell(grid, 10, 0).click()
    note = grid.get_by_label("Note", exact=True)
    expect(note).to_be_visible()
    grid.evaluate(
        """async () => {
          const form = document.querySelector("#cell-form");
          const body = new URLSearchParams(new FormData(form));
          body.set("note", "From the other tab");
          const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
          await fetch(form.action, { method: "POST", headers: { "X-CSRFToken": token }, body });
        }"""
    )
    note.fill("From this tab")
    note.press("Escape")
    expect(grid.locator("#cell-panel em")).to_contain_text("“From the other tab”")
    grid.get_by_role("button", name="Take theirs").click()
    saved(grid)
    expect(note).to_have_value("From the other tab")
