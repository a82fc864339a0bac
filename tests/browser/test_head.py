"""The head of the page follows every change: what browsers share, save and copy from it is of the
result on the screen.
"""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import COMPARISON, address, choose_case, label_of, open_comparison

pytestmark = pytest.mark.browser

# What a head says, element by element, with addresses whole and decoded. What htmx adds to an
# element says nothing.
HEAD = """(root) => [
  ...root.head.querySelectorAll("title, meta, link, script[type='application/ld+json']")
].map((e) => [
  e.localName, e.getAttribute("name") || e.getAttribute("property") || e.getAttribute("rel") || "",
  decodeURIComponent(e.getAttribute("content") || e.getAttribute("href") || e.textContent),
].join(" | ")).sort()"""
FRESH = "new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')"


def as_if_loaded(page: Page, words: str) -> None:
    """Wait until the page's head is that of its address when it is opened anew, and check that it
    tells of the change.
    """
    fresh: list[str] = page.evaluate(f"async () => ({HEAD})({FRESH})")
    assert sum(words in line for line in fresh if line.startswith(("meta", "script"))) >= 6, fresh
    expected = json.dumps(fresh, ensure_ascii=False, separators=(",", ":"))
    try:
        page.wait_for_function(
            f"expected => JSON.stringify(({HEAD})(document)) === expected", arg=expected
        )
    except Exception:  # then say what differs
        assert page.evaluate(f"() => ({HEAD})(document)") == fresh


@pytest.mark.parametrize("base", [COMPARISON, f"{COMPARISON}@1/"])
def test_after_every_kind_of_change_the_head_is_that_of_the_address(page: Page, base: str) -> None:
    page.goto(base)
    expect(page.locator("#theme")).to_be_visible()
    query = ""
    changes: list[tuple[Callable[[], None], str, str]] = [
        (lambda: page.locator("#on-orm").click(), "off=orm", "1 criterion is switched off"),
        (
            lambda: label_of(page, "w-performance-0").click(),
            "&w=performance:0",
            "1 importance is changed",
        ),
        (
            lambda: label_of(page, "must-admin-panel").click(),
            "&must=admin-panel",
            "1 must-have is added",
        ),
    ]
    for change, adds, words in changes:
        change()
        query += adds
        expect(page).to_have_url(f"{base}?{query}")
        as_if_loaded(page, words)
    page.locator("#results [data-fresh]").first.click()
    expect(page).to_have_url(base)
    as_if_loaded(page, "depends on the case")
    choose_case(page, "rest-api")
    expect(page).to_have_url(f"{base}?use=rest-api")
    as_if_loaded(page, "for a ")


def test_sources_options_and_filters_move_it_too(page: Page) -> None:
    open_comparison(page)
    page.get_by_text("Whom you trust").click()
    page.locator("label:has([name=basis])").click()
    expect(page).to_have_url(address("basis=claims"))
    as_if_loaded(page, "the editors’ own scores are left out")
    page.get_by_text("Options compared").click()
    page.locator("label:has([name=option])").first.click()
    expect(page).to_have_url(address("options=django&basis=claims"))
    as_if_loaded(page, "FastAPI is left out")
    page.locator("label:has([name=trust])").first.click()
    expect(page).to_have_url(re.compile("distrust="))
    as_if_loaded(page, "1 of 5 sources is not counted")
    page.locator("#show").select_option("differences")
    expect(page).to_have_url(re.compile("show=differences"))
    as_if_loaded(page, "FastAPI is left out")
