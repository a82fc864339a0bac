"""The pages about the evidence, for everybody: read aloud, at every width, without an error."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.access import violations
from tests.browser.reader_page import COMPARISON, SOURCE, open_comparison

pytestmark = pytest.mark.browser

LEAF = "tree=full-product:yes"
PAGES = {
    "sources": "sources/",
    "source": f"sources/{SOURCE}/",
    "tree": "tree/",
    "leaf": f"tree/?{LEAF}",
    "samples": "samples/",
    "search": "search/?find=python",
    "freshness": "freshness/",
    "costs": "costs/",
    "suggest": "suggest/?criterion=orm&option=nobody",
}
WIDTHS = [320, 360, 768, 1280]
OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
REPORTS = """
  window.reports = [];
  addEventListener("securitypolicyviolation", (event) =>
    reports.push(event.violatedDirective + " " + event.blockedURI)
  );
"""


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_about_the_evidence(page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(COMPARISON + PAGES[name])
    # 20 programs, marked word by word, would keep axe busy for a minute: the first stands for all
    if name == "samples":
        page.evaluate(
            "document.querySelectorAll('.sides').forEach((sides, index) => { if (index) "
            "sides.remove(); })"
        )
    assert (
        violations(
            page, f"{name} at {width}", schemes=("light", "dark") if width > 1_000 else ("light",)
        )
        == []
    )


def test_axe_finds_nothing_in_opened_sections(page: Page) -> None:
    open_comparison(page)
    for name in ("#more-costs", "#more-migrations"):
        page.locator(f"{name} summary").click()
        expect(page.locator(f"{name} .claims > li").first).to_be_visible()
    assert violations(page, "more", "#more") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_about_the_evidence_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for name, path in PAGES.items():
        page.goto(COMPARISON + path)
        page.evaluate(OPEN_ALL)
        wide, window = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if wide > window:
            too_wide[name] = wide
    assert too_wide == {}


@pytest.mark.parametrize("comparison", [COMPARISON, "/python-app-servers/"])
def test_the_console_stays_silent_on_the_pages_about_the_evidence(
    reader: BrowserContext, page: Page, comparison: str
) -> None:
    page.add_init_script(REPORTS)
    for path in (
        "sources/",
        "tree/",
        "search/?find=python",
        "freshness/",
        "questions/",
        "suggest/",
        *(["samples/"] if comparison == COMPARISON else []),
    ):
        answer = page.goto(comparison + path)
        assert answer and answer.ok, path
        assert page.evaluate("reports") == [], path
    page.goto(comparison)
    page.locator("#more .fold summary").first.click()
    expect(page.locator("#more .fold .claims > li").first).to_be_visible()
    assert page.evaluate("reports") == []
