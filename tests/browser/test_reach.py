"""Everybody reaches everything: by keyboard, on narrow screens, with assistive technology, in other
colours and on paper.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import FOCUSED, TOUCH, pressed, tab_until, violations
from tests.browser.reader_page import COMPARISON, address, open_comparison

pytestmark = pytest.mark.browser
PAGES = {
    "hub": "/",
    "comparison": COMPARISON,
    "none-qualifies": COMPARISON
    + "?must=async-support,admin-panel&options=fastapi,django&off=orm,gone&q=zebra",
    "cell": COMPARISON + "cell/orm/fastapi/",
    "parts": COMPARISON + "parts/",
    "message": "/no-such-comparison/",
}


# --- keyboard -------------------------------------------------------------------------------------


def test_everything_is_reached_and_used_with_the_keyboard(page: Page) -> None:
    open_comparison(page)
    stops = tab_until(page, lambda stop: stop["name"] == "group-tick")
    assert [stop["name"] for stop in stops if not stop["ring"]] == [], "no visible focus"
    assert [stop["name"] for stop in stops if not stop["inside"] or stop["covered"]] == [], (
        "focus out of sight"
    )
    assert [stop["kind"] for stop in stops].count("use") == 1, "the use cases are one stop"
    first = pressed(page, "ArrowDown")
    assert first["kind"] == "on"
    assert first["ring"]
    page.keyboard.press("Space")
    expect(page).to_have_url(address(f"off={first['value']}"))
    page.keyboard.press("Space")
    expect(page).to_have_url(address())
    ruler = pressed(page, "Tab")
    assert ruler["kind"] == f"w-{first['value']}"
    assert ruler["ring"]
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(address(f"w={first['value']}:{int(ruler['value']) + 1}"))
    page.keyboard.press("Shift+Tab")
    assert pressed(page, "ArrowRight")["kind"] == f"w-{first['value']}"
    assert pressed(page, "End")["name"] == "cell"
    page.keyboard.press("Enter")
    expect(page.locator("#evidence h2")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED)["name"].startswith("cell")


def test_the_tab_order_is_header_case_and_result_use_cases_must_haves_matrix(page: Page) -> None:
    open_comparison(page)
    stops = tab_until(page, lambda stop: stop["name"] == "group-tick")
    order = [stop["kind"] or stop["name"] for stop in stops]
    expected = ["skip", "brand", "use", "trial", "case-search", "must", "q", "group-tick"]
    assert [name for name in dict.fromkeys(order) if name in expected] == expected


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("Skip to content", "#main"),
        ("Skip to the result", "#recommendation"),
        ("Skip to your priorities", "#case"),
        ("Skip to the criteria", "#matrix"),
    ],
)
def test_a_skip_link_leads_to_its_part(page: Page, name: str, leads_to: str) -> None:
    open_comparison(page)
    skip = page.get_by_role("link", name=name)
    tab_until(page, lambda _: skip.evaluate("e => e === document.activeElement"), most=4)
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(leads_to).get_by_role("heading").first).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.locator(f"{leads_to} :focus").count() == 1


def test_on_a_phone_nothing_covers_what_has_the_focus(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(**TOUCH))
    stops = tab_until(page, lambda stop: stop["name"] == "group-tick")
    stops += [pressed(page, "ArrowDown"), pressed(page, "Tab")]
    assert stops[-1]["kind"].startswith("w-")
    assert [stop["name"] for stop in stops if stop["covered"] or not stop["inside"]] == []


# --- widths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 360, 768, 1130, 1280])
def test_no_page_scrolls_sideways(page: Page, width: int, complaints: list[str]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for name, path in {**PAGES, "login": "/admin/login/"}.items():
        page.goto(path)
        page.evaluate(
            "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
        )
        wide, window = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if wide > window:
            too_wide[name] = wide
    complaints.clear()  # the console names the 404
    assert too_wide == {}


@pytest.mark.parametrize("width", [320, 360])
def test_panel_and_sheet_fit_a_narrow_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    open_comparison(page)
    for opener, panel in (
        ("#c-performance .cell >> nth=0", "#evidence"),
        (".bar-answer", "#recommendation"),
    ):
        page.locator(opener).click()
        expect(page.locator(panel)).to_be_visible()
        assert page.locator(panel).evaluate("e => e.scrollWidth <= e.clientWidth")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        page.keyboard.press("Escape")


def test_targets_are_large_enough_for_fingers(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(**TOUCH))
    small = page.evaluate("""() => [...document.querySelectorAll(
        "#selection label, #selection a, #selection button, .bar, .button, summary, select"
      )]
      .filter((e) => e.checkVisibility() && e.closest(".visually-hidden") === null)
      .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5)
      .map(([words, box]) => words + " " + Math.round(box.height))""")
    assert small == []


# --- assistive technology -------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    open_page: Callable[..., Page], complaints: list[str], name: str, screen: str
) -> None:
    page = open_page(**TOUCH) if screen == "phone" else open_page()
    page.goto(PAGES[name])
    page.evaluate(
        "document.querySelectorAll('details:not(.fold)').forEach((details) => { "
        "details.open = true; })"
    )
    assert (
        violations(page, name, schemes=("light", "dark") if screen == "desk" else ("light",)) == []
    )
    if name == "message":
        complaints.clear()  # the console names the 404


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_axe_finds_nothing_in_the_open_panel_and_sheet(
    open_page: Callable[..., Page], screen: str
) -> None:
    page = open_comparison(
        open_page(**TOUCH) if screen == "phone" else open_page(),
        "off=orm&w=performance:0&must=admin-panel",
    )
    page.locator("#c-performance .cell").first.click()
    expect(page.locator("#evidence h2")).to_be_focused()
    problems = violations(page, "evidence", "#evidence")
    page.keyboard.press("Escape")
    if screen == "phone":
        page.locator(".bar-answer").click()
        expect(page.locator("#results .foot")).to_be_visible()
    page.locator("#whatelse summary").click()
    expect(page.locator("#flips .whys")).to_be_visible()
    assert problems + violations(page, "recommendation", "#recommendation") == []


# --- paper, motion, colours -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [600, 1280])
def test_on_paper_the_result_stands_and_the_controls_do_not(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_comparison(page, "use=rest-api&off=orm&must=admin-panel")
    page.emulate_media(media="print")
    expect(page.locator("#results h2")).to_be_visible()
    # for which case, in words: the list to choose from is a control
    case = page.locator("#results .for-case")
    expect(case).to_be_visible()
    expect(case).to_contain_text("a REST API or microservice")
    expect(page.locator("#c-performance .cell").first).to_be_visible()
    for control in (
        ".tools :is(input, select, button)",
        "#results .foot",
        ".picker",
        "#share",
        "#theme",
        ".contents",
        "#bar",
        ".set-all select",
        ".masthead nav",
        ".close",
    ):
        assert not any(element.is_visible() for element in page.locator(control).all()), control
    for name in ("w-performance", "must"):
        shown = [box for box in page.locator(f"label:has([name={name}])").all() if box.is_visible()]
        assert len(shown) == 1, name
    assert page.evaluate(
        "document.querySelector('#results').getBoundingClientRect().top"
    ) < page.evaluate("document.querySelector('#matrix').getBoundingClientRect().top")


def test_with_reduced_motion_nothing_moves_by_itself(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(reduced_motion="reduce"))
    page.evaluate("""() => document.addEventListener("htmx:afterSettle", () => {
      window.moving = document.getAnimations().length;
    })""")
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    page.wait_for_function("() => 'moving' in window")
    assert page.evaluate("moving") == 0


def test_forced_colours_keep_the_page_usable(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(forced_colors="active", **TOUCH))
    page.locator("#on-orm").tap()
    expect(page).to_have_url(address("off=orm"))
    page.locator("#c-performance .cell").first.tap()
    expect(page.locator("#evidence")).to_be_visible()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_the_chosen_colours_are_kept(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page())
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_label("Dark").check()
    page.goto("/")
    expect(page.get_by_label("Dark")).to_be_checked()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
