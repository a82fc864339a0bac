"""A reader's page in a real browser: each control changes the result at once, moves nothing, and
keeps the address right.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import (
    COMPARISON,
    ROWS,
    address,
    announced,
    answered,
    choose_case,
    decision,
    label_of,
    listen,
    open_comparison,
    open_with_a_stopped_clock,
    order_of_rows,
    same_as_fresh,
    use_case_of_plot,
    view,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def comparison(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


def test_a_switch_changes_the_result_and_the_address_and_moves_nothing(comparison: Page) -> None:
    switch = comparison.locator("#on-admin-panel")
    switch.scroll_into_view_if_needed()
    rows, scrolled, entries = (
        order_of_rows(comparison),
        comparison.evaluate("scrollY"),
        comparison.evaluate("history.length"),
    )
    place, before = switch.bounding_box(), view(comparison)
    listen(comparison)
    switch.click()
    expect(comparison).to_have_url(address("off=admin-panel"))
    expect(comparison.locator("#results")).not_to_have_text(before["result"])
    expect(comparison.locator("#leader")).not_to_have_text(before["leader"])
    expect(comparison.locator("#counts")).to_contain_text(f"{ROWS - 1} of {ROWS}")
    expect(switch).to_be_focused()
    assert switch.bounding_box() == place
    assert comparison.evaluate("scrollY") == scrolled
    assert order_of_rows(comparison) == rows
    assert comparison.evaluate("history.length") == entries
    assert len(announced(comparison)) == 1
    same_as_fresh(comparison)


def test_a_burst_of_switches_is_announced_once_and_adds_no_history(
    open_page: Callable[..., Page],
) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    entries = comparison.evaluate("history.length")
    listen(comparison)
    for slug, query in (
        ("performance", "off=performance"),
        ("async-support", "off=performance,async-support"),
        ("orm", "off=performance,async-support,orm"),
        ("performance", "off=async-support,orm"),
    ):
        comparison.evaluate("slug => document.getElementById('on-' + slug).click()", slug)
        expect(comparison).to_have_url(address(query))
        answered(comparison)
        comparison.clock.run_for(100)
    comparison.clock.run_for(380)
    assert comparison.evaluate("heard") == []
    comparison.clock.run_for(50)
    assert len(announced(comparison)) == 1
    assert comparison.locator("#results h2").inner_text() in announced(comparison)[0]
    assert comparison.evaluate("history.length") == entries
    same_as_fresh(comparison)


def test_the_result_is_what_the_decision_says(comparison: Page) -> None:
    for query in (
        "",
        "off=admin-panel,orm,authentication",
        "use=full-web-app",
        "w=performance:5,async-support:5",
        "must=admin-panel",
    ):
        open_comparison(comparison, query)
        told = decision(comparison, query)
        assert comparison.locator("#results h2").inner_text() == told["headline"]
        assert told["selection"] == query


def test_an_importance_is_set_with_the_mouse(comparison: Page) -> None:
    label_of(comparison, "w-orm-5").click()
    expect(comparison).to_have_url(address("w=orm:5"))
    expect(comparison.locator("[name=w-orm][value='5']")).to_be_focused()
    label_of(comparison, "w-orm-0").click()
    expect(comparison.locator("#counts")).to_contain_text(f"{ROWS - 1} of {ROWS}")
    expect(comparison).to_have_url(address("w=orm:0"))
    same_as_fresh(comparison)


def test_an_importance_is_set_with_the_arrow_keys(comparison: Page) -> None:
    chosen = comparison.locator("[name=w-orm]:checked")
    start = int(chosen.get_attribute("value") or "")
    chosen.focus()
    comparison.keyboard.press("ArrowRight")
    expect(comparison).to_have_url(address(f"w=orm:{start + 1}"))
    expect(comparison.locator(f"[name=w-orm][value='{start + 1}']")).to_be_focused()
    comparison.keyboard.press("ArrowLeft")
    expect(comparison).to_have_url(address())
    same_as_fresh(comparison)


def test_a_use_case_sets_the_rows_and_the_must_haves_and_keeps_what_the_reader_set(
    comparison: Page,
) -> None:
    comparison.locator("#on-security").click()
    label_of(comparison, "w-performance-5").click()
    expect(comparison).to_have_url(address("off=security&w=performance:5"))
    entries = comparison.evaluate("history.length")
    choose_case(comparison, "full-web-app")
    expect(comparison).to_have_url(address("use=full-web-app&off=security&w=performance:5"))
    assert comparison.evaluate("history.length") == entries + 1
    expect(comparison.locator("#use-case")).to_have_value("full-web-app")
    expect(comparison.locator("#must-admin-panel")).to_be_checked()
    expect(comparison.locator("[name=w-admin-panel][value='5']")).to_be_checked()
    expect(comparison.locator("[name=w-performance][value='5']")).to_be_checked()
    expect(comparison.locator("#on-security")).not_to_be_checked()
    same_as_fresh(comparison)


def test_a_must_have_excludes_strikes_and_hatches(comparison: Page) -> None:
    must = label_of(comparison, "must-admin-panel")
    expect(must).to_contain_text("excludes FastAPI")
    must.click()
    expect(comparison).to_have_url(address("must=admin-panel"))
    bar = comparison.locator("#results .score", has_text="FastAPI")
    expect(bar).to_have_class(re.compile(r"\bout\b"))
    assert "line-through" in bar.evaluate("e => getComputedStyle(e).textDecorationLine")
    expect(comparison.locator("#results .usual").last).to_contain_text(
        "Excluded: FastAPI, “Admin included” not met"
    )
    expect(comparison.locator("#columns col.out")).to_have_count(1)
    expect(comparison.locator("#overall_scores td.out")).to_contain_text("excluded")
    expect(comparison.locator("#must-admin-panel")).to_be_focused()
    same_as_fresh(comparison)


def test_where_none_qualifies_one_must_have_can_be_dropped(comparison: Page) -> None:
    open_comparison(comparison, "must=async-support,admin-panel")
    expect(comparison.locator("#results h2")).to_have_text("No option has every must-have")
    drop = comparison.get_by_role("button", name=re.compile("Drop “Async throughout”"))
    expect(drop).to_contain_text("Django would be the only option left")
    entries = comparison.evaluate("history.length")
    drop.click()
    expect(comparison).to_have_url(address("must=admin-panel"))
    expect(comparison.locator("#results h2")).to_have_text("Django")
    expect(comparison.locator("#must-async-support")).not_to_be_checked()
    expect(comparison.locator("#results h2")).to_be_focused()
    assert comparison.evaluate("history.length") == entries + 1
    same_as_fresh(comparison)


def test_reset_keeps_the_use_case_and_forgets_the_rest(comparison: Page) -> None:
    open_comparison(
        comparison, "use=rest-api&off=orm&w=performance:0&must=orm&show=differences&q=api"
    )
    comparison.get_by_role("link", name="Reset").click()
    expect(comparison).to_have_url(address("use=rest-api"))
    expect(comparison.locator("#on-orm")).to_be_checked()
    expect(comparison.locator("#search")).to_have_value("")
    expect(comparison.locator("#show")).to_have_value("")
    expect(comparison.locator("#use-case")).to_have_value("rest-api")
    same_as_fresh(comparison)
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("use=rest-api&off=orm"))
    same_as_fresh(comparison)


def test_a_case_is_taken_from_its_line_in_the_plot(comparison: Page) -> None:
    comparison.locator("#on-security").click()
    expect(comparison).to_have_url(address("off=security"))
    button = use_case_of_plot(comparison, "high-performance-api")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    button.click()
    expect(comparison).to_have_url(address("use=high-performance-api&off=security"))
    expect(comparison.locator("#use-case")).to_have_value("high-performance-api")
    expect(button).to_be_focused()
    assert place
    now = button.bounding_box()
    assert now
    assert abs(now["y"] - place["y"]) < 2
    same_as_fresh(comparison)


def test_only_differences_hides_rows_and_leaves_the_result(comparison: Page) -> None:
    before = view(comparison)
    comparison.locator("#show").focus()
    comparison.locator("#show").select_option("differences")
    expect(comparison).to_have_url(address("show=differences"))
    expect(comparison.locator("#show")).to_be_focused()
    assert view(comparison)["result"] == before["result"]
    same_as_fresh(comparison)


def test_a_search_hides_rows_and_leaves_the_result(comparison: Page) -> None:
    before = view(comparison)
    comparison.locator("#search").press_sequentially("async")
    expect(comparison.locator("#row_count")).to_have_text(re.compile(rf"^\d of {ROWS} rows"))
    expect(comparison).to_have_url(address("q=async"))
    expect(comparison.locator("#search")).to_be_focused()
    expect(comparison.locator("#c-async-support")).to_be_visible()
    expect(comparison.locator("#c-admin-panel")).to_be_hidden()
    assert view(comparison)["result"] == before["result"]
    same_as_fresh(comparison)


def test_a_search_that_finds_nothing_offers_all_rows_again(comparison: Page) -> None:
    comparison.locator("#search").fill("zebra & Übermut 100%")
    expect(comparison.locator(".empty")).to_contain_text("No row matches")
    expect(comparison.locator("#row_count")).to_have_text(f"0 of {ROWS} rows")
    same_as_fresh(comparison)
    comparison.get_by_role("link", name="Show all rows").click()
    expect(comparison.locator("#row_count")).to_have_text(f"All {ROWS} rows")
    expect(comparison).to_have_url(address("show=all"))
    expect(comparison.locator("#search")).to_be_focused()
    same_as_fresh(comparison)


def test_a_switch_right_after_a_search_is_not_lost(comparison: Page) -> None:
    comparison.locator("#search").press_sequentially("async")
    expect(comparison).to_have_url(address("q=async"))
    comparison.locator("#on-async-support").click()
    expect(comparison).to_have_url(address("off=async-support&q=async"))
    expect(comparison.locator("#on-async-support")).not_to_be_checked()
    expect(comparison.locator("#on-async-support")).to_be_focused()
    same_as_fresh(comparison)


def test_enter_in_the_search_presses_no_other_button(comparison: Page) -> None:
    open_comparison(comparison, "must=async-support,admin-panel")
    comparison.locator("#search").fill("orm")
    comparison.locator("#search").press("Enter")
    expect(comparison).to_have_url(address("must=async-support,admin-panel&q=orm"))
    comparison.locator("#on-orm").press("Enter")
    comparison.locator("#on-orm").press("Space")
    expect(comparison).to_have_url(address("off=orm&must=async-support,admin-panel&q=orm"))
    same_as_fresh(comparison)


def test_a_group_is_switched_and_set_as_a_whole(comparison: Page) -> None:
    group = comparison.locator("tbody[data-group=included]")
    tick, rows = group.locator("[data-group-tick]"), group.locator("[name=on]")
    tick.click()
    expect(group.locator("[data-counted]")).to_have_text(f"0 of {rows.count()}")
    assert not any(row.is_checked() for row in rows.all())
    same_as_fresh(comparison)
    rows.first.click()
    expect(group.locator("[data-counted]")).to_have_text(f"1 of {rows.count()}")
    assert tick.evaluate("e => e.indeterminate")
    tick.click()
    tick.click()
    expect(tick).to_be_checked()
    group.get_by_label("Set all of").select_option("5")
    expect(comparison).to_have_url(re.compile(r"w=.*:5"))
    for ruler in group.locator(".importance").all():
        expect(ruler.locator(":checked")).to_have_value("5")
    same_as_fresh(comparison)


def test_a_source_that_is_not_trusted_no_longer_counts(comparison: Page) -> None:
    comparison.get_by_text("Whom you trust").click()
    chip = comparison.locator("label:has([name=trust])").first
    slug = chip.locator("input").get_attribute("value")
    chip.click()
    expect(comparison).to_have_url(address(f"distrust={slug}"))
    expect(chip.locator("input")).to_be_focused()
    expect(comparison.locator("details.more-choices", has_text="Whom you trust")).to_have_attribute(
        "open", ""
    )
    same_as_fresh(comparison)


def test_the_editors_own_scores_can_be_left_out(comparison: Page) -> None:
    comparison.get_by_text("Whom you trust").click()
    comparison.get_by_text("count only what the sources claim").click()
    expect(comparison).to_have_url(address("basis=claims"))
    expect(comparison.locator("[name=basis]")).to_be_focused()
    same_as_fresh(comparison)


def test_the_options_compared_can_be_chosen(comparison: Page) -> None:
    comparison.get_by_text("Options compared").click()
    comparison.locator("label:has([name=option][value=both])").click()
    expect(comparison).to_have_url(address("options=fastapi,django,both"))
    expect(comparison.locator("#rows thead th")).to_have_count(4)
    expect(comparison.locator("#results .score")).to_have_count(3)
    expect(comparison.locator("#results")).to_contain_text("FastAPI beside Django ranked too")
    same_as_fresh(comparison)


def test_with_nothing_switched_on_the_page_says_so(comparison: Page) -> None:
    open_comparison(comparison, "show=all")
    for tick in comparison.locator("[data-group-tick]").all():
        tick.click()
    expect(comparison.locator("#results h2")).to_have_text("Nothing is counted yet")
    expect(comparison.locator("#counts")).to_contain_text(f"0 of {ROWS}")
    same_as_fresh(comparison)


@pytest.mark.parametrize("path", [COMPARISON, "/python-app-servers/"])
@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_where_no_option_is_ticked_it_is_said_that_all_are_compared(
    open_page: Callable[..., Page], path: str, scripting: bool
) -> None:
    page = open_page(java_script_enabled=scripting)
    page.goto(path)
    page.locator("#options > summary").click()
    said = page.get_by_text("None ticked: all are compared.")
    boxes = page.locator("#options [name=option]")
    expect(said).to_be_hidden()
    for box in boxes.all():
        box.uncheck(force=True)
    expect(said).to_be_visible()
    boxes.first.check(force=True)
    expect(said).to_be_hidden()
