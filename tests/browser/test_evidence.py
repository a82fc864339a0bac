"""Who says what, in a real browser: sections opened in place, sources left out at once, the tree
walked, everything searched.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.access import FOCUSED, tab_until, violations
from tests.browser.reader_page import (
    COMPARISON,
    CONTENT,
    SOURCE,
    address,
    answered,
    decision,
    open_comparison,
    same_as_fresh,
)

pytestmark = pytest.mark.browser

COMMERCIAL = [source.slug for source in CONTENT.sources if source.is_commercial]
COMPARED = [option.slug for option in CONTENT.options if not option.parts]
ALL = [source.slug for source in CONTENT.sources]
NOBODY = f"distrust={','.join(ALL)}"


@pytest.fixture
def plain(open_page: Callable[..., Page]) -> Page:
    """The comparison in a browser that runs no scripts."""
    page = open_page(java_script_enabled=False)
    page.goto(COMPARISON)
    return page


def asked_of(page: Page, part: str) -> list[str]:
    """Return the list that grows with every request whose address has the part."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if part in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


# --- sections -------------------------------------------------------------------------------------


def test_a_section_brings_its_statements_once_when_it_is_opened(page: Page) -> None:
    open_comparison(page)
    asked = asked_of(page, "/-/section/")
    fold, summary = page.locator("#more-costs"), page.locator("#more-costs summary")
    expect(fold.locator(".claims > li")).to_have_count(0)
    summary.click()
    expect(fold.locator(".claims > li").first).to_be_visible()
    assert fold.locator(".claims > li").count() == len(CONTENT.costs)
    for _ in range(2):
        summary.click()
        expect(fold).not_to_have_attribute("open", "")
        summary.click()
        expect(fold.locator(".claims > li").first).to_be_visible()
    assert len(asked) == 1
    assert page.evaluate("location.pathname + location.search") == COMPARISON


def test_a_section_is_opened_with_the_keyboard(page: Page) -> None:
    open_comparison(page)
    page.locator("#more-security summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#more-security .claims > li").first).to_be_visible()
    expect(page.locator("#more-security summary")).to_be_focused()


def test_links_in_an_opened_section_keep_the_whole_selection(page: Page) -> None:
    open_comparison(page, "use=rest-api&off=orm")
    page.locator("#more-costs summary").click()
    page.locator("#more-costs .claims > li a.reference").first.click()
    expect(page).to_have_url(re.compile(r"/sources/[\w-]+/\?use=rest-api&off=orm$"))


def test_a_section_falls_with_its_sources(page: Page) -> None:
    open_comparison(page)
    page.get_by_text("Whom you trust").click()
    page.get_by_role("button", name="Leave out all").click()
    expect(page.locator("#more")).to_have_count(0)
    page.get_by_role("button", name="Count all again").click()
    page.locator("#more-costs summary").click()
    expect(page.locator("#more-costs .claims > li").first).to_be_visible()


def test_a_sections_link_leads_to_its_page_without_a_script(plain: Page) -> None:
    plain.goto(f"{COMPARISON}?distrust={SOURCE}")
    plain.locator("#more-costs summary").click()
    plain.locator("#more-costs a").click()
    expect(plain).to_have_url(re.compile(rf"/costs/\?distrust={SOURCE}$"))
    expect(plain.locator("h1")).to_have_text("Costs")
    expect(plain.locator(".claims > li").first).to_be_visible()


# --- several sources at once ----------------------------------------------------------------------


def test_a_button_leaves_out_who_sells_something_and_everything_follows(page: Page) -> None:
    open_comparison(page)
    before = page.locator("#rows").inner_text()
    page.get_by_text("Whom you trust").click()
    page.get_by_role("button", name="Leave out who sells something").click()
    expect(page).to_have_url(address(f"distrust={','.join(COMMERCIAL)}"))
    for slug in ALL:
        expect(page.locator(f"[name=trust][value={slug}]")).to_be_checked(
            checked=slug not in COMMERCIAL
        )
    expect(page.locator("#rows")).not_to_have_text(before)
    expect(page.locator("#results h2")).to_have_text(
        decision(page, f"distrust={','.join(COMMERCIAL)}")["headline"]
    )
    same_as_fresh(page)
    page.get_by_role("button", name="Count all again").click()
    expect(page).to_have_url(address())
    expect(page.locator("[name=trust]:not(:checked)")).to_have_count(0)
    same_as_fresh(page)


def test_a_button_keeps_the_focus_and_what_was_left_out_before(page: Page) -> None:
    measured = next(slug for slug in ALL if slug not in COMMERCIAL)
    open_comparison(page, f"off=orm&distrust={measured}")
    button = page.get_by_role("button", name="Leave out who sells something")
    button.focus()
    page.keyboard.press("Enter")
    left_out = [slug for slug in ALL if slug in {measured, *COMMERCIAL}]
    expect(page).to_have_url(address(f"off=orm&distrust={','.join(left_out)}"))
    expect(button).to_be_focused()


def test_without_any_source_no_evidence_is_left(page: Page) -> None:
    open_comparison(page)
    page.get_by_text("Whom you trust").click()
    page.get_by_role("button", name="Leave out all").click()
    expect(page).to_have_url(address(NOBODY))
    expect(page.locator("#results h2")).to_have_text("No evidence is left")
    expect(page.locator("#leader")).to_contain_text("No evidence is left")
    expect(page.locator("#overall_scores td")).to_have_text(["–"] * len(COMPARED))
    same_as_fresh(page)


def test_the_buttons_work_without_a_script(plain: Page) -> None:
    plain.locator("#on-orm").uncheck()
    plain.get_by_text("Whom you trust").click()
    plain.get_by_role("button", name="Leave out who sells something").click()
    expect(plain).to_have_url(address(f"off=orm&distrust={','.join(COMMERCIAL)}"))
    for slug in ALL:
        expect(plain.locator(f"[name=trust][value={slug}]")).to_be_checked(
            checked=slug not in COMMERCIAL
        )
    plain.get_by_role("button", name="Leave out all").click()
    expect(plain).to_have_url(address(f"off=orm&{NOBODY}"))
    expect(plain.locator("#results h2")).to_have_text("No evidence is left")
    plain.get_by_role("button", name="Count all again").click()
    expect(plain).to_have_url(address("off=orm"))


def test_a_change_is_undone_without_a_script(plain: Page) -> None:
    plain.goto(f"{COMPARISON}?off=orm&distrust={SOURCE}")
    plain.locator("#altered").get_by_role("link", name="Undo: ORM and migrations off").click()
    expect(plain).to_have_url(address(f"distrust={SOURCE}"))
    expect(plain.locator("#on-orm")).to_be_checked()


def test_only_what_is_left_counts_in_place(page: Page) -> None:
    open_comparison(page, f"distrust={SOURCE}")
    page.get_by_role("link", name="Count only what is left").click()
    expect(page).to_have_url(address(f"distrust={SOURCE}&basis=claims"))
    same_as_fresh(page)


def test_a_press_on_the_icon_of_a_button_is_a_press_on_the_button(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_comparison(page)
    icon = page.locator("#results [data-copy] use, #bar [data-copy] use").first
    icon.evaluate(
        "(use) => use.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"
    )
    expect(page.locator("#announce")).to_have_text("Copied")
    expect(page).to_have_url(address())


# --- the tree -------------------------------------------------------------------------------------


def test_the_tree_is_walked_with_the_keyboard_to_a_leaf_and_answered_anew(page: Page) -> None:
    open_comparison(page, "use=rest-api&off=orm")
    page.get_by_role("link", name="answer one question at a time").click()
    expect(page).to_have_url(re.compile(r"/tree/\?use=rest-api&off=orm$"))

    def answer(words: str) -> None:
        link = page.get_by_role("link", name=re.compile(rf"^{re.escape(words)}$"))
        tab_until(page, lambda _: link.evaluate("e => e === document.activeElement"))
        assert page.evaluate(FOCUSED)["ring"]
        page.keyboard.press("Enter")

    first, second = CONTENT.questions[:2]
    answer("No")
    expect(page.locator("#question")).to_have_text(f"2. {second.text}")
    answer("Yes")
    expect(page.locator("#question")).to_have_text("FastAPI")
    expect(page).to_have_url(
        re.compile(r"use=rest-api&off=orm&tree=full-product:no,focused-service:yes$")
    )
    expect(page.locator(".note.plain")).to_contain_text(
        re.compile("Same|Different|Overlap|Blocked")
    )
    answer(f"Change : {first.text}")
    expect(page.locator("#question")).to_have_text(f"1. {first.text}")
    expect(page.locator(".way")).to_have_count(0)
    answer("Yes")
    expect(page).to_have_url(re.compile(r"use=rest-api&off=orm&tree=full-product:yes$"))
    expect(page.locator("#question")).to_have_text("Django")


@pytest.mark.parametrize("answers", ["full-product:yes", "full-product:no,focused-service:yes"])
def test_the_tree_says_how_it_stands_to_the_scores(page: Page, answers: str) -> None:
    page.goto(f"{COMPARISON}tree/?tree={answers}")
    advised = page.locator("#question").inner_text()
    leaders = decision(page, f"tree={answers}")["headline"]
    word = (
        "Same."
        if advised == leaders
        else ("Overlap." if leaders == "FastAPI beside Django" else "Different.")
    )
    expect(page.locator(".note.plain b")).to_have_text(word)
    page.get_by_role("link", name="See the scores").click()
    expect(page.locator("#results h2")).to_have_text(leaders)


# --- search ---------------------------------------------------------------------------------------


def test_everything_is_searched_under_the_same_selection(page: Page) -> None:
    open_comparison(page)
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    page.get_by_role("link", name="Search everything").click()
    expect(page).to_have_url(re.compile(r"/search/\?off=orm$"))
    expect(page.locator("[name=find]")).to_be_focused()
    page.keyboard.type("admin")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?(off=orm&find=admin|find=admin&off=orm)$"))
    expect(page.locator("output")).to_contain_text("places")
    hit = page.locator(".claims a:not(.reference)", has_text="Admin").first
    hit.click()
    expect(page).to_have_url(re.compile(r"\?off=orm(#[\w-]+)?$"))
    target = page.evaluate("location.hash.slice(1)")
    assert not target or page.locator(f"[id='{target}']").count() == 1


def test_a_hit_in_a_source_leads_to_the_very_claim(page: Page) -> None:
    claim = CONTENT.sources[0].claims[0]
    page.goto(f"{COMPARISON}search/?find={claim.slug}")
    page.locator(f"a[href$='/sources/{SOURCE}/#claim-{claim.slug}']").click()
    expect(page.locator(f"#claim-{claim.slug}")).to_be_in_viewport()
    expect(page.locator(f"#claim-{claim.slug}")).to_contain_text(claim.statement)


# --- a cell ---------------------------------------------------------------------------------------


def test_a_cells_panel_says_how_the_sources_agree_and_what_each_sells(page: Page) -> None:
    open_comparison(page)
    page.locator("#c-performance .cell").first.click()
    panel = page.locator("#evidence")
    expect(panel.locator(".agreement b")).to_have_text(
        re.compile(r"^(Agreed|Split \d+ to \d+|A single source|Every source is silent)$")
    )
    expect(panel.locator(".claims li").first).to_contain_text("(interest: ")
    page.keyboard.press("Escape")
    page.get_by_text("Whom you trust").click()
    page.get_by_role("button", name="Leave out all").click()
    expect(page).to_have_url(address(NOBODY))
    page.locator("#c-performance .cell").first.click()
    expect(panel.locator(".agreement b")).to_have_text("You leave out every source")
    expect(panel.locator(".claims")).to_have_count(0)


def test_the_sheet_opens_at_once_and_says_what_it_waits_for(
    page: Page, complaints: list[str]
) -> None:
    open_comparison(page)
    held: list[Route] = []
    page.route(re.compile("/-/claims/"), lambda route: held.append(route))
    page.locator("#c-performance .cell").first.click()
    panel = page.locator("#evidence")
    expect(panel).to_contain_text("Loading the evidence of Performance …")
    expect(panel).to_have_attribute("aria-busy", "true")
    expect(page.locator("#claims-title")).to_be_focused()
    held[0].continue_()
    expect(panel.locator(".agreement b")).to_be_visible()
    expect(panel).not_to_contain_text("Loading")
    expect(panel).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#c-performance .cell").first).to_be_focused()
    page.locator("#c-orm .cell").first.click()
    expect(panel).to_contain_text("Loading the evidence of ORM")
    while len(held) < 2:  # the panel says so before it asks
        page.wait_for_timeout(20)
    held[1].abort()
    expect(panel).to_contain_text("The evidence did not come.")
    expect(page.locator("#failure")).to_be_visible()
    complaints.clear()  # the console names what did not come


def test_a_sheet_that_was_closed_stays_closed_when_its_answer_comes(page: Page) -> None:
    open_comparison(page)
    held: list[Route] = []
    page.route(re.compile("/-/claims/"), lambda route: held.append(route))
    cell = page.locator("#c-performance .cell").first
    cell.click()
    expect(page.locator("#claims-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    with page.expect_response(re.compile("/-/claims/")):
        held[0].continue_()
    answered(page)
    expect(page.locator("#evidence")).to_be_hidden()
    expect(cell).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_reader_suggests_a_source_from_a_cells_evidence_with_the_keyboard(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_comparison(page, "use=rest-api")
    page.locator("#on-orm").uncheck()
    expect(page).to_have_url(address("use=rest-api&off=orm"))
    page.locator("#c-performance .cell").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#claims-title")).to_be_focused()

    def reach(name: str) -> None:
        tab_until(
            page,
            lambda _: (
                page.evaluate(
                    "document.activeElement.textContent.trim() || document.activeElement.id"
                )
                == name
            ),
        )
        assert page.evaluate(FOCUSED)["ring"]

    def is_clean(name: str) -> None:
        assert (
            violations(
                page,
                f"{name} at {width}",
                schemes=("light", "dark") if width > 1_000 else ("light",),
            )
            == []
        )
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name

    reach("Suggest a source or report an error")
    page.keyboard.press("Enter")
    about = f"criterion=performance&option={CONTENT.options[0].slug}&use=rest-api&off=orm"
    expect(page).to_have_url(re.compile(rf"/suggest/\?{re.escape(about)}$"))
    expect(page.locator("h2")).to_have_text(f"About: Performance of {CONTENT.options[0].name}")
    is_clean("empty")
    reach("text")
    page.keyboard.insert_text("Too " + "W" * 2_000)
    reach("Send to the editors")
    page.keyboard.press("Enter")
    expect(page.locator("#problems")).to_be_focused()
    is_clean("refused")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the summary leads to the field
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Its newest release is twice as quick.")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("docs.example.org/" + "quick" * 20)
    reach("Send to the editors")
    page.keyboard.press("Enter")
    expect(page.locator("#suggest [role=status]")).to_contain_text("Thank you. It has been sent.")
    is_clean("sent")
    page.get_by_role("link", name="Back to the comparison").click()
    expect(page).to_have_url(address("use=rest-api&off=orm"))
