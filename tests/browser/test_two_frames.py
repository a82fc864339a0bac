"""What made a change slow to be seen, and may not come back: causes, not times, which differ from
machine to machine.
"""

import re
from collections.abc import Callable
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader_page import (
    address,
    answered,
    fetched_ahead,
    open_comparison,
    open_with_a_stopped_clock,
)

pytestmark = pytest.mark.browser

RESULTS = re.compile("/-/results/")
ROWS = {"/fastapi-vs-django/": 42, "/many-options/": 120}

# what htmx and the page do from here on
WATCHED = """() => {
  window.seen = { histories: 0, spelled: 0, asked: 0 };
  addEventListener("htmx:beforeHistorySave", () => { seen.histories += 1; });
  addEventListener("htmx:beforeSend", () => { seen.asked += 1; });
  const controls = HTMLFormControlsCollection.prototype;
  const each = controls[Symbol.iterator];
  controls[Symbol.iterator] = function () { seen.spelled += 1; return each.call(this); };
}"""
# whether the page is written to after it was laid out for an answer: it would be laid out again
LAID_OUT = """(START) => {
  window.steps = [];
  const observer = new MutationObserver(() => {});
  const noteWrites = () => { if (observer.takeRecords().length) steps.push("written"); };
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  const measure = Element.prototype.getBoundingClientRect;
  Element.prototype.getBoundingClientRect = function () {
    noteWrites();
    steps.push("measured");
    return measure.call(this);
  };
  addEventListener(START, () => { noteWrites(); steps = []; }, true);
  addEventListener("htmx:afterOnLoad", noteWrites);
}"""


@pytest.mark.parametrize("is_in_hand", [False, True])
def test_a_change_spells_the_selection_once_asks_once_and_copies_no_page(
    page: Page, *, is_in_hand: bool
) -> None:
    open_comparison(page)
    if is_in_hand:
        with fetched_ahead(page, "/-/results/"):
            page.locator("#on-orm").hover()
    page.evaluate(WATCHED)
    page.evaluate("document.querySelector('#on-orm').click()")
    expect(page).to_have_url(address("off=orm"))
    answered(page)
    expect(page.locator("#counts [data-counted]")).to_contain_text("41 of")
    assert page.evaluate("seen") == {"histories": 0, "spelled": 1, "asked": int(not is_in_hand)}


@pytest.mark.parametrize("comes", [True, False])
def test_what_is_on_its_way_is_not_asked_for_twice_unless_it_does_not_come(
    open_page: Callable[..., Page], complaints: list[str], *, comes: bool
) -> None:
    page = open_comparison(open_page())
    asked: list[Route] = []

    def hold_the_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.route(RESULTS, hold_the_first)
    page.evaluate(WATCHED)
    page.locator("#on-orm").click()
    expect(page.locator("body")).to_have_attribute("data-awaiting", "")
    if comes:
        asked[0].continue_()
    else:
        asked[0].abort()
    expect(page.locator("#counts [data-counted]")).to_contain_text("41 of")
    answered(page)
    expect(page.locator("#results")).to_have_attribute("data-result", "off=orm")
    assert page.evaluate("seen.asked") == int(not comes)
    assert len(asked) == 1 + int(not comes)
    complaints.clear()  # of what did not come


def test_ticking_a_box_restyles_its_row_alone(page: Page) -> None:
    """A rule whose `:has()` looks for what is checked has every press restyle the whole page."""
    open_comparison(page)
    devtools = page.context.new_cdp_session(page)
    traced: list[dict[str, Any]] = []
    devtools.on("Tracing.dataCollected", lambda part: traced.extend(part["value"]))
    categories = {"includedCategories": ["devtools.timeline", "blink.user_timing"]}
    devtools.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": categories})
    page.evaluate(
        """() => {
      const box = document.querySelector("#on-orm");
      document.body.getBoundingClientRect();
      performance.mark("ticked");
      box.checked = !box.checked;
      box.getBoundingClientRect();
      performance.mark("restyled");
    }"""
    )
    ended: list[object] = []
    devtools.on("Tracing.tracingComplete", lambda end: ended.append(end))
    devtools.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(10)
    named = {event["name"]: event["ts"] for event in traced}
    restyled = [
        event["args"]["elementCount"]
        for event in traced
        if event["name"] == "UpdateLayoutTree" and named["ticked"] < event["ts"] < named["restyled"]
    ]
    assert restyled and sum(restyled) < 40


def test_nothing_moves_after_a_change(page: Page) -> None:
    """What moves costs the main thread frames of its own, and shows the result later."""
    open_comparison(page)
    page.evaluate(
        """() => document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(() => {
      window.moving = document.getAnimations().length;
    }))"""
    )
    page.locator("#on-orm").click()
    page.wait_for_function("() => window.moving !== undefined")
    assert page.evaluate("moving") == 0


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/many-options/"])
@pytest.mark.parametrize("is_in_hand", [False, True])
def test_the_page_is_laid_out_once_for_an_answer(
    open_page: Callable[..., Page], laid_out: str, path: str, *, is_in_hand: bool
) -> None:
    """The focus keeps its place on the screen, and that place is asked for before the answer and
    after all that follows from it is written.
    """
    page = open_page()
    page.goto(laid_out + path)
    box = page.locator("#rows [name=on]:visible").first
    if is_in_hand:
        with fetched_ahead(page, "/-/results/"):
            box.hover()
    page.evaluate(LAID_OUT, "click" if is_in_hand else "htmx:beforeSwap")
    if not is_in_hand:  # the answer is there after the click, however quick the server is
        page.route(RESULTS, lambda route: None)
    box.click()
    page.unroute_all()  # lets go what was held
    answered(page)
    expect(page.locator("#counts [data-counted]")).to_have_text(
        re.compile(f"^{ROWS[path] - 1} of {ROWS[path]}$")
    )
    steps: list[str] = page.evaluate("steps")
    turns = [step for step, _ in groupby(steps)]
    assert turns == ["measured", "written", "measured"]


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/many-options/"])
def test_a_new_overall_score_is_no_reason_to_lay_out_the_matrix(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    """Of a table whose columns are as wide as their widest cell, every cell has to be asked."""
    page = open_page()
    page.goto(laid_out + path)
    table = page.locator("#rows .matrix").evaluate_all(
        "tables => tables.map((table) => getComputedStyle(table).tableLayout)"
    )
    assert table == ["fixed"]


def test_what_comes_at_once_is_not_marked_as_awaited(open_page: Callable[..., Page]) -> None:
    """The mark would be drawn, and drawn away again, at every change."""
    page = open_with_a_stopped_clock(open_page())
    page.evaluate(
        """() => {
      window.marked = 0;
      const count = (records) => { marked += records.length; };
      const watched = { subtree: true, attributeFilter: ["aria-busy"] };
      new MutationObserver(count).observe(document.body, watched);
    }"""
    )
    page.locator("#on-orm").click()
    expect(page.locator("#counts [data-counted]")).to_contain_text("41 of")
    page.clock.run_for(1000)
    assert page.evaluate("marked") == 0


def test_the_chosen_colours_are_there_before_any_of_the_pages_script(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_comparison(open_page())
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light: Any = page.evaluate(colour)
    page.get_by_label("Dark").check()
    page.route("**/site*.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(colour) != light
    complaints.clear()  # the console names the script that did not come
