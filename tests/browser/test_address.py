"""The address is the state: Back, Forward, reload, bookmarks and shared links all show what was
seen. Cells open theirs.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import (
    COMPARISON,
    address,
    choose_case,
    label_of,
    open_comparison,
    same_as_fresh,
    shows,
    use_case_of_plot,
    view,
)

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def comparison(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


def test_back_and_forward_step_through_the_presets(comparison: Page) -> None:
    seen = [view(comparison)]
    for case in ("rest-api", "full-web-app"):
        choose_case(comparison, case)
        expect(comparison).to_have_url(address(f"use={case}"))
        same_as_fresh(comparison)
        seen.append(view(comparison))
        comparison.locator("#search").focus()  # the next case is a step of its own
    for query, expected in (("use=rest-api", seen[1]), ("", seen[0])):
        comparison.go_back()
        expect(comparison).to_have_url(address(query))
        shows(comparison, expected)
    for query, expected in (("use=rest-api", seen[1]), ("use=full-web-app", seen[2])):
        comparison.go_forward()
        expect(comparison).to_have_url(address(query))
        shows(comparison, expected)


def test_back_after_apply_returns_to_what_the_reader_had_set(comparison: Page) -> None:
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    same_as_fresh(comparison)
    before = view(comparison)
    use_case_of_plot(comparison, "rest-api").click()
    expect(comparison).to_have_url(address("use=rest-api&off=orm"))
    comparison.go_back()
    expect(comparison).to_have_url(address("off=orm"))
    shows(comparison, before)


def test_a_reload_shows_the_same_controls_and_result(comparison: Page) -> None:
    comparison.locator("#on-orm").click()
    label_of(comparison, "w-performance-0").click()
    label_of(comparison, "must-admin-panel").click()
    expect(comparison).to_have_url(address("off=orm&w=performance:0&must=admin-panel"))
    same_as_fresh(comparison)
    before = view(comparison)
    comparison.reload()
    shows(comparison, before)


def test_leaving_the_page_and_coming_back_shows_the_same(comparison: Page) -> None:
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    same_as_fresh(comparison)
    before = view(comparison)
    comparison.get_by_role("link", name="Evenhand", exact=True).click()
    expect(comparison).to_have_url(re.compile("/$"))
    comparison.go_back()
    expect(comparison).to_have_url(address("off=orm"))
    shows(comparison, before)


def test_back_from_a_place_on_the_page_agrees_with_the_address(comparison: Page) -> None:
    """The step to a place on the page is the browser's own; a switch after it belongs to that step
    alone.
    """
    before = view(comparison)
    comparison.locator(".contents a[href='#matrix']").click()
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    comparison.go_back()
    expect(comparison).to_have_url(address())
    shows(comparison, before)


def test_a_shared_link_shows_another_reader_the_same(
    comparison: Page, open_page: Callable[..., Page]
) -> None:
    label_of(comparison, "w-performance-5").click()
    choose_case(comparison, "startup-mvp")
    expect(comparison).to_have_url(address("use=startup-mvp&w=performance:5"))
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("use=startup-mvp&off=orm&w=performance:5"))
    same_as_fresh(comparison)
    expected = view(comparison)
    other = open_page()
    other.goto(comparison.url)
    shows(other, expected)
    for page, whose in ((comparison, "2 changes"), (other, "Somebody set 2 things")):
        expect(page.locator("#altered b").first).to_have_text(whose)
    for link in ("#following", "#pinned"):
        other.goto(comparison.locator(link).input_value())
        for part in ("result", "overallScores", "controls"):
            assert view(other)[part] == expected[part]


@pytest.mark.parametrize(
    ("frozen", "field"), [(False, "following"), (True, "pinned")], ids=["following", "frozen"]
)
def test_a_copied_link_is_the_link_shown(
    open_page: Callable[..., Page], frozen: bool, field: str
) -> None:
    page = open_comparison(open_page(permissions=["clipboard-read", "clipboard-write"]))
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    page.get_by_role("link", name="Copy as").click()
    page.locator("#freeze").set_checked(frozen)
    copy = page.locator("#share-links > [data-copy]")
    copy.click()
    expect(copy).to_have_text("Copied")
    expect(copy).to_be_focused()
    copy.click()
    # the button says its own name again, however often it was pressed
    expect(copy).to_have_text("Copy link")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(f"#{field}").input_value()
    assert "off=orm" in copied


PASTED = """async () => {
  const [item] = await navigator.clipboard.read();
  const texts = item.types.map(async (type) => [type, await (await item.getType(type)).text()]);
  return Object.fromEntries(await Promise.all(texts));
}"""


def test_two_clicks_copy_the_table_for_documents_and_for_programs(
    open_page: Callable[..., Page],
) -> None:
    page = open_comparison(
        open_page(permissions=["clipboard-read", "clipboard-write"]), "use=rest-api"
    )
    page.get_by_role("link", name="Copy as").click()
    copy = page.locator("[data-formatted]")
    expect(copy).to_be_in_viewport(ratio=1)
    copy.click()
    expect(copy).to_have_text("Copied")
    pasted = page.evaluate(PASTED)
    assert pasted["text/plain"].count("\n| ") > 12
    assert "| **9** Low overhead" in pasted["text/plain"]
    assert pasted["text/html"].count("</tr>") == pasted["text/plain"].count("\n| ") - 1
    assert "<b>9</b> Low overhead" in pasted["text/html"]
    for type in ("image/png", "text/plain"):
        copy = page.locator(f"[data-type='{type}']")
        copy.click()
        expect(copy).to_have_text("Copied")
        assert [*page.evaluate(PASTED)] == [type]
    assert '"address"' in page.evaluate("navigator.clipboard.readText()")


def test_an_address_that_cannot_be_used_whole_says_so_and_stays_usable(page: Page) -> None:
    open_comparison(page, "off=orm,gone&colour=red&use=nothing")
    expect(page.locator(".notes")).to_contain_text("“gone” does not exist here")
    page.locator("#on-performance").click()
    expect(page).to_have_url(address("off=performance,orm"))
    same_as_fresh(page)


def test_the_hub_finds_comparisons_while_somebody_types(page: Page) -> None:
    page.goto("/")
    search = page.get_by_role("searchbox")
    search.press_sequentially("capsquery")
    expect(page).to_have_url(re.compile(r"/\?q=capsquery$"))
    expect(page.locator(".hub li")).to_have_count(1)
    expect(search).to_be_focused()
    search.fill("été & 日本 #1 100%")
    expect(page.locator(".empty")).to_contain_text("Nothing by that name")
    page.wait_for_function(
        "() => new URLSearchParams(location.search).get('q') === 'été & 日本 #1 100%'"
    )
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("été & 日本 #1 100%")


# --- evidence -------------------------------------------------------------------------------------


def test_a_cell_opens_its_claims_beside_the_matrix(comparison: Page) -> None:
    cell = comparison.locator("#c-orm .cell").first
    entries = comparison.evaluate("history.length")
    cell.click()
    panel = comparison.locator("#evidence")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading", name=re.compile("ORM"))).to_be_focused()
    expect(panel.locator(".claims li .reference").first).to_be_visible()
    expect(cell).to_have_attribute("aria-expanded", "true")
    box, matrix = panel.bounding_box(), comparison.locator("#rows").bounding_box()
    assert box
    assert matrix
    assert box["x"] >= matrix["x"] + matrix["width"] - 1, "the panel stands over the matrix"
    comparison.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cell).to_be_focused()
    expect(cell).not_to_have_attribute("aria-expanded", "true")
    expect(comparison).to_have_url(address())
    cell.click()
    expect(panel).to_be_visible()
    assert comparison.evaluate("history.length") == entries + 1, "one step for all sheets"


def test_a_cell_opens_with_the_keyboard_and_its_panel_closes_with_its_button(
    comparison: Page,
) -> None:
    cell = comparison.locator("#c-performance .cell").first
    cell.press("Enter")
    expect(comparison.locator("#evidence h2")).to_be_focused()
    comparison.locator("#evidence").get_by_role("button", name="Close").click()
    expect(comparison.locator("#evidence")).to_be_hidden()
    expect(cell).to_be_focused()


def test_another_cell_replaces_what_the_panel_shows(comparison: Page) -> None:
    first, second = (
        comparison.locator("#c-orm .cell").nth(0),
        comparison.locator("#c-orm .cell").nth(1),
    )
    first.click()
    expect(comparison.locator("#claims .eyebrow")).to_have_text("FastAPI")
    second.click()
    expect(comparison.locator("#claims .eyebrow")).to_have_text("Django")
    expect(comparison.locator("#evidence")).to_be_visible()
    expect(first).not_to_have_attribute("aria-expanded", "true")
    comparison.keyboard.press("Escape")
    expect(second).to_be_focused()


def test_a_switch_works_while_the_evidence_is_open(comparison: Page) -> None:
    comparison.locator("#c-orm .cell").first.click()
    expect(comparison.locator("#evidence")).to_be_visible()
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    expect(comparison.locator("#evidence")).to_be_hidden()
    expect(comparison.locator("#on-orm")).to_be_focused()
    same_as_fresh(comparison)


def test_the_way_from_the_evidence_to_its_row_keeps_the_selection(comparison: Page) -> None:
    comparison.locator("#on-performance").click()
    expect(comparison).to_have_url(address("off=performance"))
    comparison.locator("#c-orm .cell").first.click()
    comparison.locator("#evidence").get_by_role("link", name="Link to this row").click()
    expect(comparison).to_have_url(re.compile(r"\?off=performance#c-orm$"))
    expect(comparison.locator("#on-performance")).not_to_be_checked()


def test_a_cells_own_address_is_a_whole_page(comparison: Page, page: Page) -> None:
    comparison.goto(comparison.locator("#c-orm .cell").first.get_attribute("href") or "")
    expect(page.get_by_role("heading", name=re.compile("ORM"))).to_be_visible()
    expect(page.locator(".claims li").first).to_be_visible()
    page.locator(".claims .reference").first.click()
    expect(page).to_have_url(re.compile("#source-"))
    page.get_by_role("link", name="FastAPI or Django?").click()
    expect(page).to_have_url(re.compile(re.escape(COMPARISON) + "#c-orm$"))


def test_on_a_phone_a_cell_opens_as_a_sheet_from_below(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(**PHONE))
    cell = page.locator("#c-orm .cell").first
    cell.tap()
    panel = page.locator("#evidence")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box
    assert (box["x"], round(box["width"])) == (
        0,
        page.evaluate("document.documentElement.clientWidth"),
    )
    assert abs(box["y"] + box["height"] - 740) < 2
    assert box["y"] > 100
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cell).to_be_focused()


def test_on_a_phone_the_recommendation_opens_from_the_bottom_bar(
    open_page: Callable[..., Page],
) -> None:
    page = open_comparison(open_page(**PHONE))
    expect(page.locator("#results h2")).to_be_in_viewport()
    foot = page.locator("#results .foot")
    expect(foot).to_be_hidden()
    bar = page.get_by_role("link", name="Show the recommendation")
    expect(bar).to_be_hidden()
    page.locator("#on-orm").tap()
    expect(bar).to_be_in_viewport()
    expect(page).to_have_url(address("off=orm"))
    expect(page.locator("#leader")).to_contain_text(
        page.locator("#results h2").text_content() or ""
    )
    bar.tap()
    expect(foot).to_be_in_viewport()
    foot.get_by_role("link", name="Reset").tap()
    expect(page).to_have_url(address())
    expect(foot).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(foot).to_be_hidden()
    expect(bar).to_be_in_viewport()


def test_back_closes_what_is_open_over_the_page_before_it_leaves_the_view(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**PHONE)
    page.goto(f"{COMPARISON}sources/")
    open_comparison(page, "off=orm")
    cells, panel = page.locator(".cell:visible"), page.locator("#evidence")
    cells.first.tap()
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    expect(cells.first).to_be_focused()
    page.go_forward()
    cells.nth(1).tap()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page).to_have_url(address("off=orm"))
    page.go_back()  # what was closed otherwise is passed over
    expect(page).to_have_url(re.compile("/sources/$"))
