"""What would change the result, tried in a real browser; and the safe range of each importance."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import COMPARISON, address, decision, open_comparison, same_as_fresh

pytestmark = pytest.mark.browser
# Every number on the rulers that lies outside its safe range, by what is drawn and not by what is
# noted: "orm 1".
DRAWN = """() => [...document.querySelectorAll("#rows .importance label")].filter((label) => {
  const style = getComputedStyle(label.querySelector("span"));
  return style.borderBottomStyle === "dotted" && parseFloat(style.borderBottomWidth) > 0;
}).map((label) => label.closest("tr").id.slice(2) + " " + label.textContent.trim())"""


def outside(page: Page, query: str) -> list[str]:
    """Return the numbers outside the safe ranges, worked out from what programs are told."""
    changes = decision(page, query)["decision"]["changes"]
    return [
        f"{criterion} {importance}"
        for criterion, low, high in (changes["intervals"] if changes else [])
        for importance in range(6)
        if not low - 1e-9 <= importance <= high + 1e-9
    ]


def drawn(page: Page) -> list[str]:
    texts: list[str] = page.evaluate(DRAWN)
    return texts


def promised(page: Page) -> str:
    """Return who would lead, or the first whom a toss-up would be between, as the sentence beside
    "Try it" says.
    """
    told = page.locator("#results .nearest-trial").inner_text()
    match = re.search(r"(?:\d|[a-z]|\s)([A-Z][\w ]*?) would lead \(", told) or re.search(
        r"a toss-up: (\w+)", told
    )
    assert match
    return match[1].split()[-1]


# --- trying a change ------------------------------------------------------------------------------

TRIALS = {"": "off=admin-panel,orm", "off=orm": "off=orm&w=admin-panel:1"}


@pytest.mark.parametrize("query", TRIALS, ids=["smallest set", "nearest change"])
def test_trying_a_change_applies_it_at_once_and_the_address_carries_it(
    page: Page, query: str
) -> None:
    open_comparison(page, query)
    leader = promised(page)
    page.evaluate("window.same = true")
    link = page.locator("#results a.trial")
    address_of_link = link.get_attribute("href")
    link.click()
    expect(page.locator("#results h2")).to_have_text(decision(page, TRIALS[query])["headline"])
    expect(page).to_have_url(address(TRIALS[query]))
    assert address_of_link == f"{COMPARISON}?{TRIALS[query]}"
    assert leader in page.locator("#results").inner_text()
    assert page.evaluate("window.same") is True, "the page was loaded anew"
    same_as_fresh(page)


def test_trying_a_change_works_with_the_keyboard(page: Page) -> None:
    open_comparison(page, "off=orm")
    page.evaluate("window.same = true")
    page.locator("#results a.trial").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    expect(page.locator("[name=w-admin-panel][value='1']")).to_be_checked()
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


@pytest.mark.parametrize("query", TRIALS, ids=["smallest set", "nearest change"])
def test_without_a_script_trying_is_a_link(open_page: Callable[..., Page], query: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(COMPARISON + (f"?{query}" if query else ""))
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address(TRIALS[query]))
    expect(page.locator("#results h2")).to_have_text(decision(page, TRIALS[query])["headline"])


def test_a_change_that_was_tried_is_taken_back_by_hand(page: Page) -> None:
    open_comparison(page, "off=orm")
    before = page.locator("#results").inner_text()
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    page.locator("label:has([name=w-admin-panel][value='3'])").click()
    expect(page).to_have_url(address("off=orm"))
    expect(page.locator("#results")).to_have_text(before, use_inner_text=True)


def test_what_cannot_be_read_of_a_received_link_is_no_change_of_the_reader(page: Page) -> None:
    open_comparison(page, "off=orm,nothing&w=admin-panel:5,zebra:3&must=admin-panel")
    whose = page.locator("#altered b").first
    expect(whose).to_have_text("Somebody set 3 things")
    page.locator("#on-orm").click()
    expect(whose).to_have_text("Somebody set 3 things, you changed 1")


def test_of_a_received_link_both_are_said_what_came_and_what_was_changed(page: Page) -> None:
    open_comparison(page, "off=orm&w=admin-panel:5&must=admin-panel")
    whose = page.locator("#altered b").first
    expect(whose).to_have_text("Somebody set 3 things")
    page.locator("#on-performance").click()
    expect(whose).to_have_text("Somebody set 3 things, you changed 1")
    page.locator("label:has([name=w-admin-panel][value='4'])").click()
    expect(whose).to_have_text("Somebody set 3 things, you changed 2")
    page.reload()
    expect(whose).to_have_text("Somebody set 3 things, you changed 2")
    page.locator("label:has([name=w-admin-panel][value='5'])").click()
    page.locator("#on-performance").click()
    expect(whose).to_have_text("Somebody set 3 things")
    page.locator("#results [data-fresh]").click()
    expect(page.locator("#altered")).to_have_count(0)
    page.locator("#on-orm").click()
    expect(whose).to_have_text("1 change")


# each sentence that is announced, however soon the next one follows
HEAR = """() => {
  window.heard = [];
  new MutationObserver(() => heard.push(announce.textContent)).observe(announce, {childList: true});
}"""


def test_the_list_of_what_came_stays_open_while_one_after_another_is_undone(page: Page) -> None:
    open_comparison(page, "off=orm,security,performance,testing,scalability,hiring")
    undo = page.locator("#altered .undo a")
    page.locator("#altered summary").click()
    page.evaluate(HEAR)
    count = undo.count()
    for left in (count - 1, count - 2):
        said = undo.first.get_attribute("aria-label") or ""
        undo.first.click()
        expect(undo).to_have_count(left)
        expect(undo.first).to_be_focused()
        page.wait_for_function("words => heard.includes(words)", arg=said.replace("Undo", "Undone"))


def test_back_undoes_a_change_that_was_tried(page: Page) -> None:
    open_comparison(page, "off=orm")
    before = page.locator("#results h2").inner_text()
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    page.go_back()
    expect(page).to_have_url(address("off=orm"))
    expect(page.locator("#results h2")).to_have_text(before)
    expect(page.locator("[name=w-admin-panel][value='3']")).to_be_checked()


def test_a_change_that_is_opened_elsewhere_leaves_this_page_alone(page: Page) -> None:
    open_comparison(page, "off=orm")
    with page.context.expect_page() as other:
        page.locator("#results a.trial").click(modifiers=["Control"])
    expect(other.value).to_have_url(address("off=orm&w=admin-panel:1"))
    assert page.url.endswith("?off=orm")


def test_what_is_opened_in_the_panel_stays_open_and_follows(page: Page) -> None:
    open_comparison(page)
    for part in ("#how-firm", "#whatelse"):
        page.locator(f"{part} summary").click()
    expect(page.locator("#flips")).to_contain_text("Why not FastAPI?")
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    told = page.request.get(f"{COMPARISON}-/data.json?off=orm").json()["decision"]["changes"]
    expect(page.locator("#flips")).to_contain_text(
        f"up to {int(100 * told['tolerance'])} % too high"
    )
    for part in ("#how-firm", "#whatelse"):
        expect(page.locator(part)).to_have_attribute("open", "")
    page.locator("#flips a.trial").first.click()
    expect(page).not_to_have_url(address("off=orm"))
    same_as_fresh(page)


# --- the safe range -------------------------------------------------------------------------------


def test_the_safe_range_is_drawn_where_the_engine_says(page: Page) -> None:
    open_comparison(page, "off=admin-panel")
    expected = outside(page, "off=admin-panel")
    assert "orm 1" in expected and "resource-use 4" in expected
    assert drawn(page) == expected


def test_the_safe_range_follows_a_switch_and_reads_as_after_a_fresh_load(page: Page) -> None:
    open_comparison(page)
    assert drawn(page) == outside(page, "") == []
    for switch, query in (("orm", "off=orm"), ("orm", ""), ("admin-panel", "off=admin-panel")):
        page.locator(f"#on-{switch}").click()
        expect(page).to_have_url(address(query))
        expect(page.locator("#results h2")).to_have_text(decision(page, query)["headline"])
        expected = outside(page, query)
        page.wait_for_function(
            f"expected => JSON.stringify(({DRAWN})()) === expected", arg=_as_script_writes(expected)
        )
        same_as_fresh(page)
    now = drawn(page)
    page.reload()
    assert drawn(page) == now != []


def _as_script_writes(value: list[str]) -> str:
    return "[" + ",".join(f'"{item}"' for item in value) + "]"


def test_an_arrangement_is_ranked_in_place(page: Page) -> None:
    open_comparison(page)
    page.evaluate("window.same = true")
    page.locator("#results summary", has_text="Or together").click()
    page.get_by_role("link", name="Rank it too").click()
    expect(page).to_have_url(address("options=fastapi,django,both"))
    expect(page.locator("#results .score")).to_have_count(3)
    assert page.evaluate("window.same")
    same_as_fresh(page)


def test_a_chip_with_a_long_name_stays_within_its_line(page: Page, laid_out: str) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{laid_out}/long-names/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    chips = page.locator(".chips span").filter(visible=True)
    assert chips.count() > 3
    cut = chips.evaluate_all("""(chips) => chips.filter((chip) =>
      chip.scrollWidth > chip.clientWidth + 1 ||
      chip.getBoundingClientRect().right > innerWidth - 15).map((chip) => chip.innerText)""")
    assert cut == []
