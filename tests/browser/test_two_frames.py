"""What made a change slow to be seen, and may not come back: causes, not times, which differ from
machine to machine.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import address, answered, open_comparison

pytestmark = pytest.mark.browser

# what htmx and the page do from here on
WATCHED = """() => {
  window.seen = { histories: 0, spelled: 0, asked: 0 };
  addEventListener("htmx:beforeHistorySave", () => { seen.histories += 1; });
  addEventListener("htmx:beforeSend", () => { seen.asked += 1; });
  const controls = HTMLFormControlsCollection.prototype;
  const each = controls[Symbol.iterator];
  controls[Symbol.iterator] = function () { seen.spelled += 1; return each.call(this); };
}"""
# what moves, by which properties, and how it starts
MOVING = """() => document.getAnimations().map((motion) => {
  const steps = motion.effect.getKeyframes();
  const names = steps.flatMap((step) => Object.keys(step)).filter(
    (name) => !["offset", "computedOffset", "easing", "composite", "transformOrigin"].includes(name)
  );
  const [, scale] = steps[0].transform?.match(/scaleX\\((.*)\\)/) ?? [];
  return [motion.constructor.name, ...names, `scaleX(${Number(scale).toFixed(3)})`];
})"""


def test_a_change_spells_the_selection_once_asks_once_and_copies_no_page(page: Page) -> None:
    open_comparison(page)
    page.evaluate(WATCHED)
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    answered(page)
    expect(page.locator("#counts [data-counted]")).to_contain_text("41 of")
    assert page.evaluate("seen") == {"histories": 0, "spelled": 1, "asked": 1}


def test_bars_move_by_their_transform_alone(page: Page) -> None:
    open_comparison(page)
    page.evaluate(
        f"""() => document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(() => {{
      window.moving = ({MOVING})();
    }}))"""
    )
    before = width_of(page, "score-of-django")
    page.locator("#on-orm").click()
    page.wait_for_function("() => window.moving")
    moving: list[list[str]] = page.evaluate("moving")
    assert {name for motion in moving for name in motion if "scaleX" not in name} == {
        "Animation",
        "transform",
    }
    now = width_of(page, "score-of-django")
    assert now != before
    assert f"scaleX({before / now:.3f})" in {motion[-1] for motion in moving}


def width_of(page: Page, bar: str) -> float:
    width: float = page.locator(f"#{bar}").evaluate("bar => parseFloat(bar.getAttribute('width'))")
    return width


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
