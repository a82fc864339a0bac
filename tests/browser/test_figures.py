"""Figures in a real browser: plots have ink at every width, marks are not cut off, labels do not
overlap, and what is closed is brought when it is opened.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import violations
from tests.browser.reader_page import COMPARISON, open_comparison

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1024, 1280, 1920, 2560)
SERVERS = "/python-app-servers/"
NARROWEST = 150  # px: of a plot in which places can still be told apart
# What is wrong with the plots as they stand, as sentences.
FAULTS = """() => {
  const faults = [];
  const inside = (one, box) => one.left >= box.left - .5 && one.right <= box.right + .5
    && one.top >= box.top - .5 && one.bottom <= box.bottom + .5;
  for (const plot of document.querySelectorAll("td.plot")) {
    const box = plot.getBoundingClientRect();
    const row = plot.parentElement.textContent.replace(/\\s+/g, " ").slice(0, 60);
    if (box.width < NARROWEST) faults.push(`only ${box.width} px wide: ${row}`);
    for (const ink of plot.querySelectorAll("g path, g rect:not(.band), g circle")) {
      const drawn = ink.getBoundingClientRect();
      if (!inside(drawn, box)) faults.push(`cut off: ${row}`);
      if (drawn.width === 0 && drawn.height === 0) faults.push(`nothing drawn: ${row}`);
    }
    for (const other of plot.parentElement.children) {
      const text = other.getBoundingClientRect();
      if (other === plot || text.width === 0) continue;
      const apart = text.right <= box.left + .5 || text.left >= box.right - .5
        || text.bottom <= box.top + .5 || text.top >= box.bottom - .5;
      if (!apart) faults.push(`plot over words: ${row}`);
    }
  }
  for (const axis of document.querySelectorAll(".axis")) {
    const labels = [...axis.querySelectorAll("text")].map((one) => one.getBoundingClientRect());
    const shown = labels.filter((one) => one.width > 0);
    if (shown.length < 2) faults.push("an axis with fewer than two places");
    shown.slice(1).forEach((label, index) => {
      const name = axis.parentElement.closest("[id]").id;
      if (label.left < shown[index].right + 2) faults.push(`labels of ${name} touch`);
    });
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
  return faults;
}""".replace("NARROWEST", str(NARROWEST))


@pytest.mark.parametrize(
    "path",
    [
        f"{COMPARISON}figures/",
        f"{SERVERS}figures/",
        f"{COMPARISON}costs/",
        f"{COMPARISON}migrations/",
        f"{COMPARISON}popularity/",
    ],
)
def test_every_plot_has_room_and_nothing_in_it_is_cut_off(page: Page, path: str) -> None:
    page.goto(path)
    assert page.locator("td.plot path, td.plot rect").count() > 0
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if here := page.evaluate(FAULTS):
            faults[width] = sorted(set(here))
    assert faults == {}


def test_a_closed_figure_brings_its_plot_when_it_is_opened(page: Page) -> None:
    open_comparison(page)
    expect(page.locator("#fig-times td.plot").first).to_be_visible()
    fold = page.locator("#figure-latency")
    expect(fold.locator("td.plot")).to_have_count(0)
    fold.locator("summary").first.click()
    expect(fold.locator("td.plot").first).to_be_visible()
    assert violations(page, "a figure opened", "#figures") == []


def test_without_scripts_a_closed_figure_leads_to_the_page_of_all(
    open_page: Callable[..., Page],
) -> None:
    plain = open_page(java_script_enabled=False)
    plain.goto(COMPARISON)
    fold = plain.locator("#figure-latency")
    fold.locator("summary").first.click()
    fold.get_by_role("link").click()
    expect(plain.locator("#fig-latency td.plot").first).to_be_visible()
    assert plain.url.endswith("/figures/#fig-latency")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@pytest.mark.parametrize("path", [f"{COMPARISON}figures/", f"{SERVERS}figures/"])
def test_the_first_screen_of_the_figures_holds_a_question_and_its_plot(
    page: Page, path: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path)
    for heading in page.locator(".figure h2").all():
        expect(heading).to_have_text(re.compile(r"\?$"))
    expect(page.locator(".figure h2").first).to_be_in_viewport()
    expect(page.locator("tbody td.plot svg").first).to_be_in_viewport(ratio=1)
