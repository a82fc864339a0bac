"""The plot of use cases and the list that one is chosen from, in a browser."""

import re
from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH, pressed
from tests.browser.reader_page import (
    CONTENT,
    address,
    choose_case,
    open_comparison,
    same_as_fresh,
    use_case_of_plot,
)

pytestmark = pytest.mark.browser
# What stands in the plot and reaches out of it, or over what stands beside it in its line.
MISPLACED = """() => {
  const plot = document.querySelector(".case-plot").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".case-plot :is(summary > *, .leads text, button)")]
    .filter((part) => part.checkVisibility() && !part.matches(".visually-hidden"));
  const outside = parts.filter((part) => {
    const { left, right, width } = part.getBoundingClientRect();
    return width && (left < plot.left - 1 || right > plot.right + 1);
  });
  const covered = [...document.querySelectorAll(".case")].filter((line) => {
    const button = line.querySelector("button").getBoundingClientRect();
    return [...line.querySelectorAll("summary > *")].some((part) => {
      const { top, bottom, right } = part.getBoundingClientRect();
      return right > button.left && bottom > button.top && top < button.bottom;
    });
  });
  return [...outside, ...covered].map((part) => part.textContent.trim());
}"""


@pytest.fixture
def comparison(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/python-app-servers/"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_plot_keeps_within_its_width_and_no_button_covers_anything(
    open_page: Callable[..., Page], path: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, has_touch=width < 500)
    page.goto(path)
    page.evaluate("document.querySelectorAll('.family').forEach((fold) => { fold.open = true })")
    assert page.evaluate(MISPLACED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "most"), [(1280, 1600), (360, 2600)])
def test_the_plot_as_first_opened_is_not_long(
    open_page: Callable[..., Page], width: int, most: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto("/fastapi-vs-django/")
    box = page.locator("#cases").bounding_box()
    assert box
    assert box["height"] <= most


def test_use_stands_in_the_middle_of_a_name_of_two_lines(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/python-app-servers/")
    middles = page.locator(".case").evaluate_all(
        """(lines) => lines.filter((line) => line.checkVisibility()).map((line) =>
          [line, line.querySelector("button b")].map((part) => part.getBoundingClientRect())
            .map(({ top, bottom }) => (top + bottom) / 2))"""
    )
    assert [pair for pair in middles if abs(pair[0] - pair[1]) > 2] == []


def test_what_sources_advise_takes_one_line_of_a_phone_or_seldom_two(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**TOUCH)
    page.goto("/python-app-servers/")
    heights = page.locator(".case .advised").evaluate_all(
        "parts => parts.filter((part) => part.checkVisibility()).map((part) => part.offsetHeight)"
    )
    assert heights
    assert median(heights) < 24, heights
    assert max(heights) < 40, heights


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/python-app-servers/"])
def test_a_phone_has_the_plot_over_its_whole_width_and_no_number_reaches_out(
    open_page: Callable[..., Page], path: str
) -> None:
    page = open_page(**TOUCH)
    page.goto(path)
    page.evaluate("document.querySelectorAll('.family').forEach((fold) => { fold.open = true })")
    plots = page.locator(".case-plot .leads").evaluate_all(
        """(plots) => plots.map((plot) => [plot, ...plot.querySelectorAll("text")]
          .map((part) => part.getBoundingClientRect()).map(({ left, right }) => [left, right]))"""
    )
    whole = page.locator(".case-plot").bounding_box()
    assert whole
    for (left, right), *texts in plots:
        assert right - left == pytest.approx(whole["width"], abs=1)
        assert all(left <= start and end <= right for start, end in texts), texts


def test_the_scale_ends_at_the_longest_leads_and_says_so(comparison: Page) -> None:
    heads = comparison.locator(".case-head > span").all_inner_texts()
    leads = comparison.locator(".case .leads").evaluate_all(
        """(plots) => plots.map((plot) => [
          parseFloat(plot.querySelector("g > line").getAttribute("x2")),
          plot.querySelector("text").textContent])"""
    )
    (left, least), (right, most) = min(leads), max(leads)
    assert heads[1].endswith(f"(to {least})")
    assert heads[2].endswith(f"(to {most})")
    assert left == pytest.approx(100 - right, abs=1)


def test_a_mark_stands_where_its_lead_puts_it(comparison: Page) -> None:
    """On the side of the option that leads, in its colour, the longer lead the farther out."""
    middle = comparison.locator("#case-rest-api .zero").bounding_box()
    mark = comparison.locator("#case-rest-api use").bounding_box()
    farther = comparison.locator("#case-high-performance-api use").bounding_box()
    assert middle
    assert mark
    assert farther
    assert farther["x"] < mark["x"] < middle["x"] - 20
    fill = "e => getComputedStyle(e).fill"
    colour = comparison.locator(".case-head .mark").first.evaluate("e => getComputedStyle(e).color")
    assert comparison.locator("#case-rest-api use").evaluate(fill) == colour


def test_a_line_opens_for_what_is_said_of_its_case(comparison: Page) -> None:
    (case,) = (use for use in CONTENT.use_cases if use.slug == "rest-api")
    comparison.locator("#case-rest-api summary").click()
    expect(comparison.locator("#case-rest-api")).to_contain_text(case.description)
    expect(comparison.locator("#case-rest-api .advice li")).not_to_have_count(0)
    expect(comparison).to_have_url(address())
    comparison.locator("#case-rest-api").get_by_role("link", name="What decides it").click()
    expect(comparison).to_have_url(re.compile(r"/parts/\?use=rest-api$"))


def test_a_case_is_found_by_its_name_or_its_family(comparison: Page) -> None:
    search = comparison.get_by_label("Find a case")
    shown = comparison.locator(".case:visible")
    before = shown.count()
    search.fill("dashboards")
    expect(shown).to_have_count(2)
    expect(comparison.locator(".case-search output")).to_have_text(
        f"2 of {len(CONTENT.use_cases)} cases"
    )
    search.fill("live data trading")
    expect(shown).to_have_count(1)
    search.fill("zeppelin")
    expect(shown).to_have_count(0)
    expect(comparison.locator(".case-search output")).to_have_text("No case matches")
    search.fill("")
    expect(shown).to_have_count(before)
    expect(comparison.locator(".case-search output")).to_be_empty()


def test_the_case_in_force_says_so_however_it_was_chosen(comparison: Page) -> None:
    in_force = comparison.locator("#cases [aria-current]")
    expect(in_force).to_have_count(0)
    choose_case(comparison, "e-commerce")
    expect(comparison).to_have_url(address("use=e-commerce"))
    expect(in_force).to_have_attribute("value", "e-commerce")
    expect(in_force).to_be_visible()
    expect(in_force).to_contain_text("In use")
    same_as_fresh(comparison)
    use_case_of_plot(comparison, "rest-api").click()
    expect(comparison).to_have_url(address("use=rest-api"))
    expect(in_force).to_have_attribute("value", "rest-api")
    expect(comparison.locator("#use-case")).to_have_value("rest-api")
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("use=rest-api&off=orm"))
    expect(in_force).to_have_attribute("value", "rest-api")
    choose_case(comparison, "none")
    expect(comparison).to_have_url(address("off=orm"))
    expect(in_force).to_have_count(0)


def test_the_plot_is_not_loaded_again_for_a_choice(comparison: Page) -> None:
    comparison.locator("#cases").evaluate("e => { e.isTheSame = true }")
    use_case_of_plot(comparison, "rest-api").click()
    expect(comparison).to_have_url(address("use=rest-api"))
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("use=rest-api&off=orm"))
    assert comparison.locator("#cases").evaluate("e => e.isTheSame")


def test_arrow_keys_in_the_list_are_one_step_back(comparison: Page) -> None:
    entries = comparison.evaluate("history.length")
    cases = [
        option.get_attribute("value") for option in comparison.locator("#use-case option").all()
    ]
    comparison.locator("#use-case").focus()
    for case in cases[1:4]:
        comparison.keyboard.press("ArrowDown")
        expect(comparison).to_have_url(address(f"use={case}"))
    assert comparison.evaluate("history.length") == entries + 1
    comparison.go_back()
    expect(comparison).to_have_url(address())
    expect(comparison.locator("#use-case")).to_have_value("none")


def test_the_next_visit_to_the_list_is_a_step_of_its_own(comparison: Page) -> None:
    entries = comparison.evaluate("history.length")
    for case in ("rest-api", "trading"):
        comparison.locator("#use-case").focus()
        choose_case(comparison, case)
        expect(comparison).to_have_url(address(f"use={case}"))
        comparison.locator("#on-orm").focus()
    assert comparison.evaluate("history.length") == entries + 2


def test_the_plot_is_one_stop_and_arrows_go_on_from_there(comparison: Page) -> None:
    first = comparison.locator(".case:visible").first
    first.locator("summary").focus()
    assert pressed(comparison, "ArrowRight")["name"] == "apply"
    below = pressed(comparison, "ArrowDown")
    assert below["name"] == "apply"
    pressed(comparison, "ArrowLeft")
    expect(comparison.locator("*:focus")).to_have_js_property("tagName", "SUMMARY")
    pressed(comparison, "ArrowUp")
    expect(first.locator("summary")).to_be_focused()
    pressed(comparison, "ArrowUp")
    expect(comparison.locator(".family > summary").first).to_be_focused()
    comparison.keyboard.press("Tab")
    assert comparison.evaluate("!document.activeElement.closest('.case-plot')")
    comparison.keyboard.press("Shift+Tab")
    expect(comparison.locator(".family > summary").first).to_be_focused()


def test_on_paper_every_family_is_open_and_nothing_can_be_pressed(comparison: Page) -> None:
    comparison.emulate_media(media="print")
    assert comparison.locator("#cases button:visible").count() == 0
    lines = comparison.locator("#cases .case")
    assert lines.count() == len(CONTENT.use_cases)
    assert lines.last.is_visible()
