"""The pages beside a comparison in a browser: how long they are as opened, what marks a place."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH, violations
from tests.browser.reader_page import COMPARISON

pytestmark = pytest.mark.browser
HEIGHT = "document.documentElement.scrollHeight"
PAGES = {
    "method": "/method/",
    "sensitivity": COMPARISON + "sensitivity/?off=orm",
    "why": COMPARISON + "why/fastapi/?off=orm",
    "why-leader": COMPARISON + "why/django/",
    "changes": COMPARISON + "changes/",
    "api": "/api/",
}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"{COMPARISON}sources/ai-consultancy/", 4_200),
        (f"{COMPARISON}sources/vibe-connect/", 4_200),
        (f"{COMPARISON}cell/performance/fastapi/", 2_200),
        ("/api/", 7_500),
    ],
)
def test_a_page_is_as_short_as_what_it_says_first(page: Page, address: str, most: int) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    assert 800 <= page.evaluate(HEIGHT) <= most


def test_the_groups_of_pages_open_one_at_a_time_and_fit_a_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto(f"{COMPARISON}costs/")
    navigation = page.locator(".navigation")
    expect(navigation.locator("details[open]")).to_have_count(0)
    navigation.locator("summary", has_text="Evidence").click()
    navigation.locator("summary", has_text="Figures").click()
    expect(navigation.locator("details[open]")).to_have_count(1)
    current = navigation.locator("[aria-current=page]")
    expect(current).to_have_text("Costs")
    expect(current).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/method/", "#where .prose"),
        (f"{COMPARISON}suggest/", "form"),
        (f"{COMPARISON}costs/", ".figure"),
    ],
)
def test_words_forms_and_plots_use_the_width_of_a_wide_screen(
    page: Page, address: str, part: str
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto(address)
    share = page.locator(f".body {part}").first.evaluate("""(part) => {
      const right = Math.max(...[part, ...part.querySelectorAll("p, td")].map((one) =>
        one.getBoundingClientRect().right));
      const body = part.closest(".body").getBoundingClientRect();
      return (right - body.left) / body.width;
    }""")
    assert share > 0.9


def test_the_button_of_the_search_stands_apart_from_its_field(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"{COMPARISON}search/")
    field = page.locator(".body [type=search]").bounding_box()
    button = page.locator(".body form button").bounding_box()
    assert field and button
    assert button["y"] - (field["y"] + field["height"]) >= 8


@pytest.mark.parametrize("path", ["/long-names/stories/", f"{COMPARISON}stories/"])
def test_on_a_phone_what_the_comparison_says_takes_two_lines_above_the_heading(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, **TOUCH)
    page.goto(path)
    verdict = page.locator(".top .eyebrow a")
    lines = verdict.evaluate(
        "(link) => link.offsetHeight / parseFloat(getComputedStyle(link).lineHeight)"
    )
    assert lines < 2.5
    above, heading = verdict.bounding_box(), page.locator("h1").bounding_box()
    assert above and heading
    assert heading["y"] - (above["y"] + above["height"]) >= 6


@pytest.mark.parametrize(
    ("query", "leader"), [("", "Django in 21"), ("?use=rest-api", "FastAPI leads by")]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_verdict_in_one_line_begins_with_the_leader_and_is_not_cut_off(
    page: Page, query: str, leader: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{COMPARISON}stories/{query}")
    verdict = page.locator(".top .verdict")
    expect(verdict).to_have_text(re.compile(f"^{leader}"))
    assert verdict.evaluate("(line) => line.scrollWidth <= line.clientWidth")
    assert (verdict.bounding_box() or {"height": 99})["height"] < 24


def test_a_link_to_a_folded_part_opens_it(page: Page) -> None:
    page.goto("/api/#schema-Decision")
    expect(page.locator("#schema-Decision")).to_be_visible()


def test_what_shadows_mark_is_marked_by_lines_in_forced_colours(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(forced_colors="active")
    page.goto(f"{COMPARISON}sensitivity/")
    now = page.locator(".strips .now").first
    assert now.evaluate("(cell) => getComputedStyle(cell).outlineStyle") == "solid"


@pytest.mark.parametrize("colours", ["none", "active"])
def test_only_the_group_of_this_page_is_underlined(
    open_page: Callable[..., Page], colours: str
) -> None:
    page = open_page(forced_colors=colours)
    page.goto(f"{COMPARISON}sources/")
    widths = page.locator(".navigation").evaluate(
        "(all) => [...all.querySelectorAll(':scope summary, :scope > a')].map((one) => "
        "parseFloat(getComputedStyle(one).borderBottomWidth))"
    )
    assert sorted(widths) == [0, 0, 0, 0, 0, 3]


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_pages_beside_a_comparison(
    open_page: Callable[..., Page], name: str, screen: str
) -> None:
    page = open_page(**TOUCH) if screen == "phone" else open_page()
    page.goto(PAGES[name])
    # tables of one kind, one after another, would keep axe busy for a minute: ten stand for all
    page.evaluate(
        "[...document.querySelectorAll('details')].slice(0, 10).forEach((details) => { "
        "details.open = true; })"
    )
    assert (
        violations(page, name, schemes=("light", "dark") if screen == "desk" else ("light",)) == []
    )
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_the_numbers_of_an_example_stand_near_their_names(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/method/")
    cells = page.locator("#example tbody tr").first.locator("th, td")
    name, number = (cells.nth(place).bounding_box() for place in (0, 1))
    assert name and number and number["x"] + number["width"] - name["x"] < 480


@pytest.mark.parametrize("width", [320, 360, 600])
def test_a_caption_of_the_method_stands_above_its_table(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/method/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    captions = page.locator("caption")
    assert captions.count() > 2
    for caption in captions.all():
        above, table = caption.bounding_box(), caption.locator("..").bounding_box()
        row = caption.locator("..").locator("tbody tr").first.bounding_box()
        assert above and table and row
        assert above["y"] + above["height"] <= row["y"] + 1
        assert above["width"] >= table["width"] - 2


def test_a_link_stands_in_the_line_of_its_numbers(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{COMPARISON}why/fastapi/")
    row = page.locator("#against tbody tr").first
    lines = row.evaluate("""(row) => [...row.cells].map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell.querySelector("a") ?? cell);
      return range.getBoundingClientRect().bottom;
    })""")
    assert max(lines) - min(lines) < 1.5, lines


def test_all_parts_of_a_margin_begin_at_one_line(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{COMPARISON}parts/")
    places = page.locator("#parts .contribution-bar line").evaluate_all(
        "(lines) => lines.map((line) => Math.round(line.getBoundingClientRect().x * 10))"
    )
    assert len(places) > 20 and len(set(places)) == 1


def test_in_a_wide_window_head_and_foot_are_as_wide_as_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1000})
    for address in (COMPARISON, "/api/"):
        page.goto(address)
        edges = page.evaluate("""() => [".masthead", "main", ".footer"].map((part) =>
          document.querySelector(part).getBoundingClientRect().left)""")
        assert len(set(edges)) == 1, (address, edges)
    # the list beside a comparison stands in one line elsewhere
    tops = "(links) => links.map((link) => link.getBoundingClientRect().top)"
    assert len(set(page.locator(".contents a").evaluate_all(tops))) == 1


def test_in_a_wide_window_the_panel_of_many_options_ends_where_the_criteria_do(page: Page) -> None:
    page.set_viewport_size({"width": 2560, "height": 1000})
    page.goto("/python-app-servers/")
    ends = page.evaluate("""() => [".recommendation", "#selection", ".masthead nav"].map((part) =>
      Math.round(document.querySelector(part).getBoundingClientRect().right))""")
    assert len(set(ends)) == 1, ends
