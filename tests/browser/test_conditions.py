"""The page in conditions that readers set themselves: at 400 %, in forced colours, on paper."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import PAPER, violations
from tests.browser.kinds_of_pages import FOR_AXE, NOWHERE
from tests.browser.layout import faults
from tests.browser.reader_page import COMPARISON, ROWS, SOURCE, open_comparison

pytestmark = pytest.mark.browser

SHEET = 1_020  # px: the height of A4 between its margins, where its width is PAPER
# what floats over the page, and how much of the window's height it takes away
FLOATING = """() => [...document.querySelectorAll("*")]
  .filter((part) => /fixed|sticky/.test(getComputedStyle(part).position))
  .map((part) => part.checkVisibility() ? part.getBoundingClientRect() : { top: 0, bottom: 0 })
  .map(({ top, bottom }) => Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)))
  .reduce((sum, height) => sum + height, 0)"""
# marks that are painted in the very colour of the paper they lie on, as a browser draws them
VANISHED = """() => {
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const is_unseen = (colour) => ["rgba(0, 0, 0, 0)", "none", ground].includes(colour);
  return [...document.querySelectorAll("main .mark, main .disc, main .evidence i, main svg rect")]
    .filter((mark) => mark.checkVisibility() && mark.getBoundingClientRect().width > 0)
    .filter((mark) => {
      const is_drawn_inside = mark.matches(".mark:not(.lettered)");
      const style = getComputedStyle(mark, is_drawn_inside ? "::before" : null);
      if (mark instanceof SVGElement) return [style.fill, style.stroke].every(is_unseen);
      const is_framed = parseFloat(style.borderTopWidth) > 0 && !is_unseen(style.borderTopColor);
      return !is_framed && is_unseen(style.backgroundColor) && style.backgroundImage === "none";
    })
    .map((mark) => mark.className.baseVal ?? mark.className);
}"""


@pytest.mark.parametrize("path", ["", "sources/", "costs/"])
def test_at_four_hundred_percent_what_floats_leaves_most_of_the_window(
    page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(COMPARISON + path)
    for top in (0, 1_500, 1_000_000):
        page.evaluate(f"scrollTo(0, {top})")
        assert page.evaluate(FLOATING) <= 128, top


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [COMPARISON, "/python-app-servers/"])
def test_no_mark_vanishes_in_forced_colours(
    open_page: Callable[..., Page], path: str, scheme: str
) -> None:
    page = open_page(forced_colors="active", color_scheme=scheme)
    page.goto(path)
    assert page.evaluate("document.querySelectorAll('main .mark, main .disc').length") > 20
    assert page.evaluate(VANISHED) == []


STATES = ["", "off=orm", "must=admin-panel", "distrust=capsquery", "use=internal-tools"]


@pytest.mark.parametrize("query", STATES)
def test_what_a_reader_prints_for_fits_on_three_sheets(page: Page, query: str) -> None:
    """And the first says how good the evidence is, and how far the leader leads."""
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(f"{COMPARISON}?{query}")
    page.emulate_media(media="print")
    ends = page.evaluate("""() => ["results", "matrix"].map((id) =>
      document.getElementById(id).getBoundingClientRect().bottom + scrollY)""")
    assert ends[0] <= SHEET
    assert max(ends) <= 3 * SHEET
    assert page.locator("#how-certain summary").is_visible()
    assert page.locator("#how-firm summary").is_visible() is (query in STATES[:2] + STATES[3:4])
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 3


def test_on_paper_two_options_have_their_own_words_and_no_count_of_rows_not_shown(
    page: Page,
) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(COMPARISON)
    page.emulate_media(media="print")
    values = page.locator("#rows tr[data-criterion]:not([hidden]) .value")
    assert values.count() == 24
    assert all(value.is_visible() for value in values.all())
    expect(page.locator("#row_count")).to_have_text("12 of 42 rows: what decides it")
    assert page.locator("#search").is_hidden()
    assert not page.locator("[data-counted]:visible").count()
    page.goto(f"{COMPARISON}?w=performance:0,orm:5")
    assert page.locator("#rows tr[data-criterion]:visible").count() == 12
    expect(page.locator("#c-performance")).to_be_visible()
    page.goto(f"{COMPARISON}?use=rest-api&show=all")
    assert 0 < page.locator("#rows tr[data-criterion]:visible").count() < ROWS
    expect(page.locator("#row_count")).to_be_hidden()


def test_the_code_for_cameras_is_fetched_when_the_page_is_printed(page: Page) -> None:
    """Of the result that is on the screen then, and never by a reader who does not print."""
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url) if "qr.svg" in answer.url else None)
    open_comparison(page)
    page.locator("#on-orm").click()
    expect(page.locator("#counts [data-counted]")).to_contain_text("41 of")
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.pdf()
    assert [urlsplit(url).query for url in asked] == ["off=orm"]
    assert page.locator("#code").evaluate("image => image.complete && image.naturalWidth") > 0


def test_in_forced_colours_the_heading_leaves_the_list_of_cases_its_lower_edge(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(forced_colors="active")
    page.goto(COMPARISON)
    cases, heading = (page.locator(part).bounding_box() for part in ("#use-case", "#results h2"))
    assert cases
    assert heading
    assert heading["y"] - cases["y"] - cases["height"] >= 12


@pytest.mark.parametrize("path", ["/five-options/", "/python-app-servers/"])
def test_on_paper_up_to_seven_options_have_their_own_words(
    page: Page, laid_out: str, path: str
) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(laid_out + path)
    page.emulate_media(media="print")
    values = page.locator("#rows tr[data-criterion] .value").filter(visible=True)
    assert values.count() >= 30
    assert [fault for fault in faults(page, (PAPER,)) if "tr.group" not in fault] == []
    assert all(
        values.evaluate_all(
            """(values) => values.map((value) => {
              const own = value.getBoundingClientRect();
              const cell = value.closest("td").getBoundingClientRect();
              return own.height > 8 && own.bottom <= cell.bottom + 1 && own.right <= cell.right + 1;
            })"""
        )
    )


def test_on_paper_nothing_is_offered_to_press(page: Page) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(COMPARISON + "?off=orm&distrust=" + SOURCE)
    for control in (".trial", "#altered a", ".trust-effect a"):
        expect(page.locator(control).first).to_be_attached()
    page.emulate_media(media="print")
    for control in (".trial", "#altered a", ".trust-effect a"):
        assert not any(link.is_visible() for link in page.locator(control).all()), control


# what can be pressed or typed into, and the sign of a fold; answers to choose are words there
CONTROLS = """() => [
    ...document.querySelectorAll("button, select, [type=search], .button, summary")
  ].filter((control) => control.checkVisibility() && (control.matches("summary")
    ? getComputedStyle(control).listStyleType !== "none"
    : parseFloat(getComputedStyle(control).borderTopWidth) || control.matches("button, select")))
  .map((control) => control.textContent.trim())"""


@pytest.mark.parametrize(
    ("width", "opener"), [(1280, "a.cell"), (360, ".answer-actions [data-opens]")]
)
def test_what_is_open_over_the_page_is_not_on_paper(page: Page, width: int, opener: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_comparison(page)
    page.locator(opener).first.click()
    expect(page.locator(":popover-open")).to_be_visible()
    page.pdf()
    expect(page.locator(":popover-open")).to_have_count(0)


def test_on_paper_no_kind_of_page_shows_controls(page: Page) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    places = ("share/", "tree/", "sensitivity/", "search/?find=async", "samples/", "?use=rest-api")
    shown = {}
    for place in places:
        page.goto(COMPARISON + place)
        shown[place] = page.evaluate(CONTROLS)
    assert shown == {place: [] for place in places}


def test_on_paper_thirty_options_can_be_read(page: Page, laid_out: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.goto(f"{laid_out}/many-options/")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("#rows thead :is(bdi, b, small, .mark), #rows td b")]
          .filter((part) => part.checkVisibility() && part.textContent.trim())
          .map((part) => parseFloat(getComputedStyle(part).fontSize))"""
    )
    assert len(sizes) > 100
    names = page.locator("#rows .head bdi").filter(visible=True)
    assert all(
        names.evaluate_all("names => names.map((name) => name.scrollWidth <= name.clientWidth)")
    )
    # no key is broken into two lines
    heights = page.locator("#rows .head .mark").filter(visible=True)
    assert max(heights.evaluate_all("marks => marks.map((mark) => mark.offsetHeight)")) < 20
    assert min(sizes) >= 8.5, "smaller than 6.4 points"


def test_on_paper_what_was_changed_is_a_sentence(page: Page) -> None:
    open_comparison(page, f"off=orm&distrust={SOURCE}")
    page.emulate_media(media="print")
    said = page.locator("#altered").inner_text()
    assert "left out" in said
    assert not re.search(r"\s[.,]", said), said


@pytest.mark.parametrize("path", [COMPARISON + "?use=rest-api", "/python-app-servers/"])
def test_without_styles_the_recommendation_is_there(
    open_page: Callable[..., Page], complaints: list[str], path: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.route("**/*.css", lambda route: route.abort())
    page.goto(path)
    for part in ("h2", ".score", ".marks", ".foot"):
        expect(page.locator(f"#results {part}").first).to_be_visible()
    icons = page.evaluate("""() => [...document.querySelectorAll("svg")]
      .map((icon) => icon.getBoundingClientRect()).filter(({ width }) => width > 0)
      .map(({ width, height }) => Math.max(width, height))""")
    assert len(icons) > 10
    assert [size for size in icons if size == 300] == [], "icons of the size that browsers invent"
    complaints.clear()  # the console names the styles that did not come


@pytest.mark.parametrize("path", FOR_AXE.values(), ids=list(FOR_AXE))
def test_axe_finds_nothing_on_any_kind_of_page(
    open_page: Callable[..., Page], laid_out: str, complaints: list[str], path: str
) -> None:
    page = open_page(base_url=laid_out)
    page.goto(path)
    if path == NOWHERE:
        complaints.clear()  # the console names that page's status
    assert violations(page, path) == []
