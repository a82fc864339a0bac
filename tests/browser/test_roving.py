"""The matrix is one stop of the Tab key; the arrow keys go on from there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import FOCUSED, pressed
from tests.browser.reader_page import ROWS, address, answered, open_comparison, order_of_rows

pytestmark = pytest.mark.browser
ROW = "e => e.closest('tr').id.slice(2)"


@pytest.fixture
def matrix(page: Page) -> Page:
    """The comparison; the tick of the first criterion has been clicked twice."""
    open_comparison(page)
    page.locator(f"#on-{order_of_rows(page)[0]}").dblclick()
    answered(page)  # else what is typed next is in the address of the second click
    return page


def row_of(page: Page) -> str:
    """Return the criterion whose row holds the focus."""
    slug: str = page.locator("*:focus").evaluate(ROW)
    return slug


def test_arrows_go_from_row_to_row_in_the_same_place(matrix: Page) -> None:
    rows = order_of_rows(matrix)
    second_cell = pressed(matrix, "End")
    assert second_cell["name"] == "cell"
    steps = [row_of(matrix)]
    # between two groups stands the head of the second, which has a single control
    while steps[-1] == steps[0] or len(set(steps)) < 8:
        stop = pressed(matrix, "ArrowDown")
        if stop["name"] == "cell":
            steps.append(row_of(matrix))
    assert steps == rows[: len(steps)]
    place = "e => [...e.closest('tr').querySelectorAll('.cell')].indexOf(e)"
    assert matrix.locator("*:focus").evaluate(place) == 1
    pressed(matrix, "ArrowUp")
    assert row_of(matrix) == steps[-2]


def test_home_and_end_are_the_ends_of_a_row_and_arrows_stop_there(matrix: Page) -> None:
    cells = "e => [...e.closest('tr').querySelectorAll('.cell')].at(-1) === e"
    assert pressed(matrix, "End")["name"] == "cell"
    assert matrix.locator("*:focus").evaluate(cells)
    pressed(matrix, "ArrowRight")
    assert matrix.locator("*:focus").evaluate(cells)
    assert pressed(matrix, "Home")["kind"] == "on"
    assert pressed(matrix, "ArrowLeft")["kind"] == "on"


def test_a_ruler_keeps_left_and_right_and_goes_up_and_down_to_other_rulers(matrix: Page) -> None:
    first, second = order_of_rows(matrix)[:2]
    ruler = pressed(matrix, "Tab")
    assert ruler["kind"] == f"w-{first}"
    pressed(matrix, "ArrowDown")  # the head of the next group
    assert pressed(matrix, "ArrowDown")["kind"] == f"w-{second}"
    before = matrix.evaluate(FOCUSED)["value"]
    assert pressed(matrix, "ArrowLeft")["value"] == str(int(before) - 1)
    pressed(matrix, "ArrowUp")
    assert pressed(matrix, "ArrowUp")["kind"] == f"w-{first}"
    assert matrix.evaluate(FOCUSED)["value"] == ruler["value"]


def test_the_arrow_from_a_tick_reaches_the_ruler_which_home_and_end_leave(matrix: Page) -> None:
    row = order_of_rows(matrix)[0]
    ruler = pressed(matrix, "ArrowRight")
    assert ruler["kind"] == f"w-{row}"
    assert pressed(matrix, "Home")["kind"] == "on"
    assert pressed(matrix, "ArrowRight") == ruler
    assert pressed(matrix, "End")["name"] == "cell"
    while (stop := pressed(matrix, "ArrowLeft"))["name"] == "cell":
        pass
    assert stop["kind"] == "alone"
    assert pressed(matrix, "ArrowLeft") == ruler


@pytest.mark.parametrize("way", [["ArrowRight", "ArrowRight"], ["End"]])
def test_a_closed_list_is_set_by_no_key_and_opens_on_enter(matrix: Page, way: list[str]) -> None:
    before = matrix.url
    for key in ("ArrowDown", "ArrowUp", "5", "PageDown"):
        matrix.locator(".group-tick:visible").nth(1).focus()
        for step in way:
            pressed(matrix, step)
        set_all = matrix.locator("*:focus")
        assert set_all.evaluate("e => e.matches('[data-set-all]')")
        stop = pressed(matrix, key)
        assert stop["name"].startswith("set-") == (not key.startswith("Arrow"))
    assert set(matrix.locator("[data-set-all]").evaluate_all("all => all.map(e => e.value)")) == {
        ""
    }
    matrix.locator("[data-set-all]:visible").first.focus()
    matrix.keyboard.press("Enter")
    assert matrix.locator("[data-set-all]:visible").first.evaluate("e => e.matches(':open')")
    assert matrix.url == before


def test_tab_comes_back_to_where_the_focus_was(matrix: Page) -> None:
    for _ in range(3):
        pressed(matrix, "ArrowDown")
    row = row_of(matrix)
    kinds = [pressed(matrix, "Tab")["kind"] for _ in range(2)]
    assert kinds[0] == f"w-{row}"
    assert matrix.locator("*:focus").evaluate("e => !e.closest('#rows tr[data-criterion]')")
    assert pressed(matrix, "Shift+Tab")["kind"] == f"w-{row}"
    assert pressed(matrix, "Shift+Tab")["value"] == row


def test_rows_that_a_filter_hides_are_passed_over(matrix: Page) -> None:
    matrix.locator("#search").fill("async")
    expect(matrix).to_have_url(address("q=async"))
    answered(matrix)
    expect(matrix.locator("#row_count")).to_contain_text(" of ")
    matrix.locator(".group-tick:visible").first.focus()
    rows, before = [], ""
    while (stop := pressed(matrix, "ArrowDown"))["name"] != before:
        before = stop["name"]
        if stop["kind"] == "on":
            rows.append(stop["value"])
    assert rows == order_of_rows(matrix)
    assert 1 < len(rows) < ROWS


def test_without_a_script_each_control_is_a_stop(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/fastapi-vs-django/")
    assert page.locator("[data-roving] [tabindex]").count() == 0
