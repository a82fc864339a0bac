"""Many options: columns that stay where they are until the reader sorts them, heads that hide an
option, the list that finds one, and cards where columns do not fit.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH

SERVERS = "/python-app-servers/"
pytestmark = pytest.mark.browser

# where the first of each kind is that can be seen in the table
SHOWN = """(queries) => queries.map((query) =>
  [...document.querySelectorAll(`#matrix ${query}`)]
    .find((part) => part.checkVisibility()).getBoundingClientRect().toJSON())"""
LABELS = "cells => cells.map((cell) => cell.getAttribute('aria-label'))"


@pytest.fixture
def servers(page: Page) -> Page:
    page.goto(SERVERS)
    return page


def names(page: Page) -> list[str]:
    return page.locator("#rows thead bdi").all_inner_texts()


def ranks(page: Page) -> list[int]:
    words = page.locator("#rows thead .overall-score small").all_inner_texts()
    return [int(word[:-2]) for word in words if word[:1].isdigit()]


def switch_all_but_last_off(page: Page) -> None:
    """Switch off all criteria that stand in the table but one: another order."""
    boxes = page.locator('tr:not([hidden]) [name="on"]')
    page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('tr:not([hidden]) [name="on"]')];
          boxes.slice(0, -1).forEach((box) => { box.checked = false; });
          boxes.at(-1).checked = true;
          boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(page).to_have_url(re.compile("off="))
    assert boxes.count() > 1


def colours(page: Page) -> dict[str, set[str]]:
    """Return the colours of the heads, and of the marks in them, by the options' own."""
    drawn: list[list[str]] = page.locator("#rows thead [data-slot]").evaluate_all(
        """(heads) => heads.map((head) => [head.dataset.slot,
          head.className.match(/name-(.)/)[1], head.querySelector(".mark").className.at(-1)])"""
    )
    return {
        own: {colour for slot, *two in drawn if slot == own for colour in two} for own, *_ in drawn
    }


def test_a_head_keeps_its_colour_whoever_leads(servers: Page) -> None:
    servers.goto(SERVERS + "?show=all")
    switch_all_but_last_off(servers)
    expect(servers.locator(".sort-again")).to_be_visible()
    for own, drawn in colours(servers).items():
        assert own in drawn and drawn <= {own, "n"}


def test_a_change_renews_ranks_in_place_and_the_reader_sorts_the_columns(servers: Page) -> None:
    servers.goto(SERVERS + "?show=all")
    before = names(servers)
    assert ranks(servers) == sorted(ranks(servers))
    expect(servers.locator(".sort-again")).to_be_hidden()
    switch_all_but_last_off(servers)
    expect(servers.locator(".sort-again")).to_be_visible()
    assert names(servers) == before and ranks(servers) != sorted(ranks(servers))
    servers.locator(".sort-again button").click()
    expect(servers.locator(".sort-again")).to_be_hidden()
    assert names(servers) != before and ranks(servers) == sorted(ranks(servers))


@pytest.mark.parametrize("order", ["", "&by=http2"])
def test_after_a_must_have_the_order_is_said_to_be_from_before_and_sorted_excluded_are_last(
    servers: Page, order: str
) -> None:
    servers.goto(f"{SERVERS}?show=all{order}")
    words = servers.locator("#rows thead .overall-score small")
    servers.locator("label:has(#must-windows)").click()
    expect(words.first).to_have_text("excluded")
    expect(servers.locator("#announce")).not_to_be_empty()
    expect(servers.locator(".sort-again")).to_contain_text("In the order from before")
    servers.locator("#rows thead .out summary").first.click()
    expect(servers.locator(".head[open] [name=hide]")).to_be_visible()
    expect(servers.locator(".head[open] [name=rival]")).to_be_hidden()
    servers.keyboard.press("Escape")
    servers.locator(".sort-again button").click()
    expect(servers.locator(".sort-again")).to_be_hidden()
    expect(servers.locator("#rows thead summary").first).to_be_focused()
    expect(servers.locator("#announce")).to_have_text(
        f"Sorted: {', '.join(names(servers)[:3])}, then the others"
    )
    assert [word == "excluded" for word in words.all_inner_texts()] == 3 * [False] + 4 * [True]
    sorted_once = names(servers)
    servers.reload()
    assert names(servers) == sorted_once
    expect(servers.locator(".sort-again")).to_be_hidden()


def test_a_head_hides_its_option_and_closes_with_escape(servers: Page) -> None:
    before = names(servers)
    head = servers.locator("#rows thead summary").nth(2)
    head.click()
    servers.keyboard.press("Escape")
    expect(servers.locator("#rows .head[open]")).to_have_count(0)
    expect(head).to_be_focused()
    head.press("Enter")
    servers.locator("#rows .head[open] [name=hide]").click()
    expect(servers).to_have_url(re.compile("options="))
    expect(servers.locator("#rows thead bdi")).to_have_text(before[:2] + before[3:])


def test_a_rival_and_an_order_are_chosen_and_their_link_shows_the_same(servers: Page) -> None:
    before = names(servers)
    servers.locator("#rows thead summary").nth(4).click()
    servers.locator("#rows .head[open] [name=rival]").click()
    expect(servers).to_have_url(re.compile("against="))
    expect(servers.locator("#rows thead bdi").nth(1)).to_have_text(before[4])
    expect(servers.locator("#results .pair-legend")).to_contain_text(before[4])
    servers.locator("tr:not([hidden]) [name=sort]").last.click()
    expect(servers).to_have_url(re.compile("against=.*by="))
    expect(servers.locator("#rows thead [name=sort]")).to_be_visible()
    shown = names(servers)
    assert shown[:2] == [before[0], before[4]] and shown[2:] != before[1:4] + before[5:]
    expect(servers.locator(".sort-again")).to_be_hidden()
    servers.reload()
    assert names(servers) == shown
    servers.locator("#rows thead [name=sort]").click()
    expect(servers).not_to_have_url(re.compile("by="))


def test_a_group_that_brings_hidden_rows_leaves_the_columns_where_they_are(servers: Page) -> None:
    before, rows = names(servers), servers.locator("#rows tr[data-criterion]:not([hidden])")
    count = rows.count()
    servers.locator("[data-set-all]:visible").first.select_option("5")
    expect(rows).not_to_have_count(count)
    assert names(servers) == before
    expect(servers.locator(".sort-again")).to_be_visible()
    cells = servers.locator("#rows tr[data-criterion]:not([hidden])").first.locator(".cell")
    assert [label.split(":")[0] for label in cells.evaluate_all(LABELS)] == before


def test_the_words_of_every_option_open_beside_the_table(page: Page, laid_out: str) -> None:
    page.goto(f"{laid_out}/many-options/")
    link = page.locator(".all-cells").first
    link.click()
    expect(page.locator("#claims .cell")).to_have_count(30)
    expect(page.locator("#claims-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_beside_the_first_alone_the_focus_goes_on_to_the_result(servers: Page) -> None:
    servers.locator("#rows thead summary").nth(2).click()
    chosen = [names(servers)[place] for place in (0, 2)]
    servers.get_by_role("button", name="Only this and the first").click()
    expect(servers).to_have_url(re.compile("options="))
    expect(servers.locator("#rows thead th")).to_have_count(3)
    assert [name in servers.locator("#rows thead").inner_text() for name in chosen] == [True, True]
    expect(servers.locator("#results h2")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 1920, 2560])
def test_all_of_the_page_begins_at_the_edge_of_the_table(
    page: Page, laid_out: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{laid_out}/many-options/")
    parts = (".brand", "h1", ".contents", "#cases", "#case", "#matrix", "#sources", ".footer p")
    edges = [round((page.locator(part).first.bounding_box() or {"x": 0})["x"]) for part in parts]
    assert len(set(edges)) == 1, dict(zip(parts, edges, strict=True))
    below = [page.locator(part).bounding_box() or {"width": 0} for part in ("#matrix", "#sources")]
    assert below[0]["width"] == below[1]["width"], "what follows the criteria is as wide"


def test_three_options_are_found_by_typing_and_chosen(servers: Page) -> None:
    servers.locator("#options > summary").click()
    servers.get_by_role("button", name="None", exact=True).click()
    search = servers.locator("[data-find-options]")
    for slug in ("uvicorn", "granian", "uwsgi"):
        search.fill(slug)
        expect(servers.locator(".ranking li:visible")).to_have_count(1)
        servers.locator(".ranking li:visible input").check()
    expect(servers).to_have_url(re.compile("options=[a-z,]*$"))
    expect(servers.locator("#rows thead th")).to_have_count(4)


@pytest.mark.parametrize("width", [320, 768, 1280, 2560])
def test_nothing_scrolls_sideways_and_nothing_scrolls_by_itself(
    open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(SERVERS)
    wide, window, scrollers = page.evaluate(
        """() => [document.documentElement.scrollWidth, innerWidth,
          [...document.querySelectorAll("#matrix *")].filter(
            (part) => /auto|scroll/.test(getComputedStyle(part).overflow)).length]"""
    )
    assert (wide <= window, scrollers) == (True, 0)
    is_card = page.locator("#rows tr[data-criterion]:not([hidden])").first.evaluate(
        'row => getComputedStyle(row).display === "grid"'
    )
    assert is_card == (width < 1000)
    expect(page.locator("#rows .value:visible").first).to_be_visible()


def test_on_a_phone_the_lowest_score_lies_left_of_all_others(
    open_page: Callable[..., Page], laid_out: str
) -> None:
    page = open_page(base_url=laid_out, **TOUCH)
    page.goto("/many-options/?show=all")
    rows = page.evaluate("""() => [...document.querySelectorAll("tr[data-criterion]")]
      .filter((row) => row.checkVisibility())
      .map((row) => [...row.querySelectorAll("td:has(.cell)")].map((cell) => [
        Number(cell.querySelector("a").getAttribute("aria-label").match(/: ([0-9.]+) of 10/)?.[1]),
        Math.round(cell.getBoundingClientRect().left),
      ]))""")
    lowest = [place for row in rows for score, place in row if score is not None and score < 0.5]
    highest = [place for row in rows for score, place in row if score is not None and score > 9.5]
    assert lowest
    assert max(lowest) < min(highest)


@pytest.mark.parametrize("width", [360, 768, 1024])
def test_the_head_of_a_group_is_as_wide_as_its_rows(page: Page, laid_out: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{laid_out}/many-options/")
    head, choice, row = page.evaluate(SHOWN, [".group th > div", ".set-all", "[data-criterion]"])
    assert abs(head["width"] - row["width"]) <= 2
    if width < 1024:
        assert abs(choice["right"] - row["right"]) <= 2


@pytest.mark.parametrize(("width", "count"), [(1100, 24), (1280, 30), (1920, 30), (2560, 30)])
def test_thirty_options_have_columns_where_they_fit(
    page: Page, laid_out: str, width: int, count: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{laid_out}/many-options/")
    shown = page.locator("#rows thead [data-place]").filter(visible=True)
    assert shown.count() == count
    last = shown.last.bounding_box() or {"x": 9999, "width": 0}
    assert last["x"] + last["width"] <= width
    row = page.locator("#rows tr[data-criterion]:not([hidden])").first
    for cell in row.locator("td").filter(visible=True).all():
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
    more = page.locator(".more-options summary").filter(visible=True)
    assert more.all_inner_texts() == ([] if count == 30 else ["6 more, from 25th on"])


# WCAG 1.4.12: what a reader may set
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}"""
# scores and ranks in the heads that reach out of their own, or into one another
CROWDED = """() => [...document.querySelectorAll("#rows thead [data-place]")]
  .filter((head) => head.checkVisibility())
  .flatMap((head) => {
    const place = head.getBoundingClientRect();
    const boxes = [...head.querySelectorAll(".overall-score > *")].map((part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      // a line is higher than its letters
      const { fontSize, writingMode } = getComputedStyle(part);
      const across = writingMode === "horizontal-tb";
      const spare = ((across ? bottom - top : right - left) - Number.parseFloat(fontSize)) / 2;
      return across ? { left, right, top: top + spare, bottom: bottom - spare }
        : { left: left + spare, right: right - spare, top, bottom };
    });
    const apart = boxes[0].bottom <= boxes[1].top + 1 || boxes[0].right <= boxes[1].left + 1;
    return apart && boxes.every((box) => box.left >= place.left - 1 && box.right <= place.right + 1)
      ? [] : [head.textContent];
  })"""


@pytest.mark.parametrize("spacing", ["", SPACING], ids=["usual", "spaced"])
@pytest.mark.parametrize("width", [1100, 1280, 1920, 2560])
def test_no_overall_score_of_thirty_runs_into_another(
    open_page: Callable[..., Page], laid_out: str, width: int, spacing: str
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(f"{laid_out}/many-options/")
    if spacing:
        page.add_style_tag(content=spacing)
    assert page.evaluate(CROWDED) == []


@pytest.mark.parametrize("width", [320, 360, 600])
def test_on_a_phone_the_keys_of_a_card_do_not_run_into_each_other(
    page: Page, laid_out: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{laid_out}/many-options/")
    touching = page.locator("#c-criterion-13 .cell .mark").evaluate_all(
        """(marks) => {
          const boxes = marks.map((mark) => mark.getBoundingClientRect());
          return boxes.filter((one, index) => boxes.slice(index + 1).some((other) =>
            one.left < other.right - 1 && other.left < one.right - 1 &&
            one.top < other.bottom - 1 && other.top < one.bottom - 1)).length;
        }"""
    )
    assert touching == 0


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_first_five_of_thirty_are_lines_and_one_press_shows_all(
    open_page: Callable[..., Page], laid_out: str, width: int, script: bool
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page.goto(f"{laid_out}/many-options/")
    heads = page.locator("#rows thead [data-place]").filter(visible=True)
    expect(heads).to_have_count(5)
    boxes = [head.bounding_box() or {} for head in heads.all()]
    assert len({box["x"] for box in boxes}) == 1
    assert max(box["height"] for box in boxes) <= 32
    scores = page.locator("#rows thead .overall-score b").filter(visible=True).all()
    assert len({(score.bounding_box() or {})["x"] for score in scores}) == 1
    page.get_by_text("25 more", exact=True).click()
    expect(heads).to_have_count(30)


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_line_of_a_card_is_nearer_to_its_own_words_than_to_the_next(
    servers: Page, width: int
) -> None:
    servers.set_viewport_size({"width": width, "height": 800})
    gaps = servers.evaluate("""() => {
      const [row] = [...document.querySelectorAll("#rows tr[data-criterion]")]
        .filter((row) => row.checkVisibility());
      const lines = [...row.querySelectorAll("td")].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell.querySelector(".value"));
        const words = range.getBoundingClientRect();
        const { left, bottom } = cell.getBoundingClientRect();
        return { left, top: words.top, ends: words.bottom, bottom };
      });
      const inOrder = Object.values(Object.groupBy(lines, ({ left }) => left))
        .map((column) => column.sort((one, other) => one.top - other.top));
      return inOrder.flatMap((column) => column.slice(1).map(({ top }, index) => [
        column[index].bottom - column[index].ends, top - column[index].bottom]));
    }""")
    assert len(gaps) == (6 if width < 768 else 5), "one line below the other, or two side by side"
    assert all(own * 1.5 < other for own, other in gaps), gaps
