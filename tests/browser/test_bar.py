"""What passes a result on and what begins anew, always in view: in the panel where it stays beside
the page, else in the bar at the foot, which says the answer in short.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import SPACING, TOUCH
from tests.browser.reader_page import (
    COMPARISON,
    address,
    answered,
    choose_case,
    open_comparison,
    same_as_fresh,
)

pytestmark = pytest.mark.browser

PATHS = (COMPARISON, "/python-app-servers/", "/five-options/", "/many-options/", "/long-names/")
SCREENS = ((320, 640), (360, 740), (768, 1024), (1024, 768), (1280, 800), (2560, 1300))
# at the top of the page, within it, and at its end
PLACES = (0, 0.3, 0.7, 1)
# of each kind: how much of it can be pressed now, in pixels, for a pointer in its middle
IN_REACH = """() => Object.fromEntries(
  [["copy", "[data-copy='#following']"], ["share", "[data-opens=share]"],
    ["reset", "[data-fresh], [data-reset]"]].map(([kind, query]) => [kind, Math.max(0,
      ...[...document.querySelectorAll(query)]
        .filter((control) => control.checkVisibility({ visibilityProperty: true }))
        .map((control) => [control, control.getBoundingClientRect()])
        .filter(([control, box]) => box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight &&
          box.right <= innerWidth && control.contains(
            document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)))
        .map(([, box]) => Math.min(box.width, box.height)))]))"""
# who leads, a case that it depends on, a toss-up, a tie, gaps, nobody, and what was changed
STATES = (
    COMPARISON,
    f"{COMPARISON}?use=rest-api",
    f"{COMPARISON}?use=fraud-detection",
    f"{COMPARISON}?use=fraud-detection&options=fastapi,django,both&w=orm:5,performance:0&off=testing",
    f"{COMPARISON}?off=orm&must=admin-panel&options=django",
    f"{COMPARISON}?must=admin-panel,async-support",
    f"{COMPARISON}?options=django",
    f"{COMPARISON}?distrust=ai-consultancy,capsquery,comparison-site",
    f"{COMPARISON}?use=fraud-detection&distrust=ai-consultancy,capsquery,comparison-site",
    "/python-app-servers/?use=small-vps",
    "/python-app-servers/?use=small-vps&off=memory",
    "/many-options/",
    "/many-options/?off=criterion-1",
    "/many-options/?use=case-0&options=option-27,option-28,option-25",
    "/many-options/?use=case-1&options=option-27,option-3",
    "/five-options/",
    "/five-options/?off=criterion-1",
    "/five-options/?use=case-1",
    "/long-names/",
    "/long-names/?distrust=agency,vendor&basis=claims",
    "/long-names/?options=swift,dan",
    "/long-names/?off=throughput,rate-limits",
)
# two words or more of each line: no word or number stands in a line of its own below others
LINES_OF_WORDS = """(words) => {
  const lines = [], range = document.createRange();
  range.selectNodeContents(words);
  for (const box of range.getClientRects()) {
    const line = lines.find((line) => Math.abs(line.bottom - box.bottom) < 8);
    if (line) line.right = box.right;
    else if (box.width) lines.push({ left: box.left, right: box.right, bottom: box.bottom });
  }
  return lines.map((line) => Math.round(line.right - line.left));
}"""
SMALL = {"width": 320, "height": 640}
# of the card, what something else than the bar lies on, as it first stands
COVERED = """() => {
  const edge = document.getElementById("bar").getBoundingClientRect().top;
  const parts = "#recommendation :is(h2, p, dt, dd, summary > span, select)";
  return [...document.querySelectorAll(parts)]
    .filter((part) => part.checkVisibility())
    .map((part) => [part, part.getBoundingClientRect()])
    .filter(([, box]) => box.y + box.height / 2 < edge)
    .filter(([part, box]) => {
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return over && !part.contains(over) && !over.contains(part);
    })
    .map(([part]) => part.innerText);
}"""
CUT = """() => {
  const bar = document.getElementById("bar"), box = bar.getBoundingClientRect();
  return [bar, ...bar.querySelectorAll("*")]
    .filter((part) => part.checkVisibility() && !part.closest(".visually-hidden, svg") &&
      getComputedStyle(part).clipPath === "none" && part.innerText)
    .filter((part) => {
      const own = part.getBoundingClientRect(), style = getComputedStyle(part);
      return own.left < box.left - 0.5 || own.right > box.right + 0.5 ||
        own.top < box.top - 0.5 || own.bottom > box.bottom + 0.5 ||
        (style.overflow !== "visible" && part.scrollWidth > part.clientWidth);
    })
    .map((part) => part.className || part.id || part.tagName)
    .concat(box.bottom > innerHeight + 0.5 || box.height > innerHeight / 4 ? "too high" : []);
}"""


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_copying_sharing_and_beginning_anew_are_always_in_reach(
    open_page: Callable[..., Page], laid_out: str, width: int, height: int
) -> None:
    is_phone = width < 768
    page = open_page(
        base_url=laid_out,
        viewport={"width": width, "height": height},
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    least = 40 if is_phone else 24
    for path in PATHS:
        page.goto(path)
        expect(page.locator("#theme")).to_be_attached()
        for place in PLACES:
            page.evaluate(
                "place => scrollTo(0, place * document.documentElement.scrollHeight)", place
            )
            page.wait_for_function(
                f"least => Object.values(({IN_REACH})()).every((size) => size >= least)", arg=least
            )


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_the_bar_is_cut(
    open_page: Callable[..., Page], laid_out: str, state: str
) -> None:
    page = open_page(base_url=laid_out, **TOUCH)
    page.goto(state)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    expect(page.locator("#leader")).to_be_visible()
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(CUT) == [], width


@pytest.mark.parametrize("state", STATES)
def test_the_words_of_the_bar_are_two_lines_of_like_length_at_most(
    open_page: Callable[..., Page], laid_out: str, state: str
) -> None:
    page = open_page(base_url=laid_out, **TOUCH)
    page.goto(state)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    words = page.locator(".bar-margin")
    expect(words).to_be_visible()
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        lines = words.evaluate(LINES_OF_WORDS)
        assert len(lines) <= 2 and min(lines) > 0.4 * max(lines), (width, words.inner_text())


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_the_card_is_covered_but_by_the_bar(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, bypass_csp=True, **TOUCH | {"viewport": SMALL})
    page.goto(path)
    for label in ("Why?", "My priorities"):
        expect(page.locator("#bar").get_by_role("link", name=label)).to_be_in_viewport(ratio=1)
    for width, spacing in ((320, "* {}"), (360, SPACING)):
        page.set_viewport_size(SMALL | {"width": width})
        page.add_style_tag(content=spacing)
        assert page.evaluate(COVERED) == [], width
        assert page.evaluate(CUT) == [], width


def test_the_evidence_is_on_the_smallest_first_screen(open_page: Callable[..., Page]) -> None:
    page = open_page(**TOUCH | {"viewport": SMALL})
    open_comparison(page)
    bar = page.locator("#bar").bounding_box()
    mark = page.locator("#how-certain > summary > span").bounding_box()
    assert mark and bar and mark["y"] + mark["height"] <= bar["y"]


@pytest.mark.parametrize("path", [COMPARISON, "/python-app-servers/", "/many-options/"])
def test_what_it_depends_on_is_one_line_of_the_bar(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, **TOUCH)
    page.goto(path)
    page.evaluate("scrollTo(0, 3000)")
    words = page.locator(".bar-margin")
    expect(words).to_be_visible()
    assert words.evaluate("(words) => words.getClientRects().length") == 1, words.inner_text()


def test_the_bar_says_in_a_number_what_was_changed(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_comparison(page, "off=orm&must=admin-panel")
    page.evaluate("scrollTo(0, 3000)")
    expect(page.locator(".bar-margin")).to_contain_text("2 changes")
    page.locator("#on-orm").click()
    expect(page.locator(".bar-margin")).to_contain_text("1 change")
    expect(page.locator(".bar-altered")).to_have_text("1 must-have is added.")
    same_as_fresh(page)


def test_the_bar_copies_shares_and_resets_what_is_set_now(
    open_page: Callable[..., Page], laid_out: str
) -> None:
    page = open_page(
        base_url=laid_out,
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 360, "height": 740},
    )
    open_comparison(page)
    choose_case(page, "rest-api")
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("use=rest-api&off=orm"))
    answered(page)
    bar = page.locator("#bar")
    copy = bar.locator("[data-copy]")
    copy.click()
    expect(copy).to_have_text("Copied")
    expect(copy.locator("span")).to_be_in_viewport()
    expect(copy).to_have_accessible_name("Copy link")
    expect(copy.locator(".icon")).to_be_visible()
    assert "use=rest-api&off=orm" in page.evaluate("navigator.clipboard.readText()")
    share = bar.get_by_role("link", name="Copy as")
    expect(share).to_have_attribute("href", f"{COMPARISON}share/?use=rest-api&off=orm")
    share.click()
    expect(page.locator("#share")).to_be_visible()
    page.keyboard.press("Escape")
    reset = bar.get_by_role("link", name="Reset")
    assert (reset.get_attribute("href") or "").endswith("?use=rest-api")
    reset.click()
    expect(page).to_have_url(address("use=rest-api"))
    expect(page.locator("#on-orm")).to_be_checked()
    expect(reset).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_a_script_the_bar_leads_to_the_same(
    open_page: Callable[..., Page], laid_out: str, width: int
) -> None:
    page = open_page(
        base_url=laid_out,
        java_script_enabled=False,
        viewport={"width": width, "height": 740},
    )
    page.goto("/five-options/?off=criterion-1")
    bar = page.locator("#bar")
    expect(bar.locator(".bar-answer")).to_be_in_viewport()
    expect(bar.locator("[data-copy]")).to_be_hidden()
    expect(bar.locator("[data-opens=share]")).to_have_attribute(
        "href", "/five-options/share/?off=criterion-1"
    )
    bar.get_by_role("link", name="Reset").click()
    expect(page).to_have_url("/five-options/")


@pytest.mark.parametrize("window", [(1280, 900), (1366, 768)])
def test_without_a_script_the_bar_stands_below_the_panel(
    open_page: Callable[..., Page], laid_out: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(base_url=laid_out, viewport=size, java_script_enabled=False)
    page.goto("/five-options/")
    panel, bar = (page.locator(part).bounding_box() for part in ("#recommendation", "#bar"))
    assert panel and bar
    assert panel["y"] + panel["height"] <= bar["y"]
