"""What a first visit costs: bytes to load, a page to scroll, stops of the Tab key.

Numbers, not times: they are the same on every machine.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH, pressed

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
# the whole page and all that it loads, compressed, without the heads of the answers
WEIGHT = """() => [
    ...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")
  ].map((file) => [new URL(file.name).pathname, file.encodedBodySize])"""


@pytest.mark.parametrize(
    ("path", "most"), [("/fastapi-vs-django/", 80_000), ("/many-options/", 100_000)]
)
def test_a_first_visit_loads_few_bytes(
    open_page: Callable[..., Page], laid_out: str, path: str, most: int
) -> None:
    page = open_page(base_url=laid_out, **DESK)
    page.goto(path, wait_until="networkidle")
    weights = dict(page.evaluate(WEIGHT))
    assert {name.rpartition(".")[2] for name in weights} >= {"js", "css", "woff2"}
    assert all(weights.values()), f"not counted: {weights}"
    assert sum(weights.values()) <= most, weights


def test_the_style_of_claims_comes_with_the_first_of_them(page: Page) -> None:
    style = page.locator("#opening-style")
    page.goto("/fastapi-vs-django/", wait_until="networkidle")
    assert style.evaluate("style => style.sheet") is None, "loaded on the first visit"
    page.locator("a.cell").first.click()
    expect(page.locator("#claims .agreement")).not_to_have_css("padding-bottom", "0px")


@pytest.mark.parametrize(("screen", "most"), [(DESK, 5_500), (TOUCH, 9_500)], ids=["desk", "phone"])
def test_the_page_as_first_opened_is_short(
    open_page: Callable[..., Page], screen: dict[str, object], most: int
) -> None:
    page = open_page(**screen)
    page.goto("/fastapi-vs-django/")
    heights = page.evaluate("""() => [document.documentElement, ...document.querySelectorAll(
        "main section"
      )].map((part) => [part.id || part.tagName, part.offsetHeight])""")
    assert dict(heights)["HTML"] <= most, heights


@pytest.mark.parametrize(("path", "most"), [("/fastapi-vs-django/", 120), ("/many-options/", 200)])
def test_few_stops_of_the_tab_key_lie_before_the_sources(
    open_page: Callable[..., Page], laid_out: str, path: str, most: int
) -> None:
    page = open_page(base_url=laid_out, **DESK)
    page.goto(path)
    stops = []
    while not page.evaluate("Boolean(document.activeElement.closest('#sources'))"):
        stops.append(pressed(page, "Tab")["name"])
        assert len(stops) <= most, stops
