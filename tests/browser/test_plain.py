"""Without a script every control works by form and link, and lands on the same short address with
the same decision.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import (
    COMPARISON,
    address,
    choose_case,
    decision,
    label_of,
    use_case_of_plot,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def at(open_page: Callable[..., Page]) -> Page:
    """The comparison in a browser that runs no scripts."""
    page = open_page(java_script_enabled=False)
    page.goto(COMPARISON)
    return page


def lands_on(page: Page, query: str) -> None:
    """Check the short address, and that the page and the decision for programs say the same."""
    expect(page).to_have_url(address(query))
    told = decision(page, query)
    assert told["selection"] == query
    assert told["notes"] == []
    expect(page.locator("#results h2")).to_have_text(told["headline"])


def submit(page: Page) -> None:
    page.get_by_role("button", name="Show my result").first.click()


def test_all_controls_together_land_on_one_short_address(at: Page) -> None:
    at.locator("#on-security").uncheck()
    at.locator("#on-flexibility").uncheck()
    label_of(at, "w-performance-5").click()
    choose_case(at, "rest-api")
    label_of(at, "must-orm").click()
    at.locator("#search").fill("async & api")
    at.locator("#show").select_option("differences")
    submit(at)
    lands_on(
        at,
        "use=rest-api&off=security,flexibility&w=performance:5&must=orm&show=differences&q=async%20%26%20api",
    )
    expect(at.locator("#on-security")).not_to_be_checked()
    expect(at.locator("#use-case")).to_have_value("rest-api")
    expect(at.locator("#w-performance-5")).to_be_checked()


def test_a_second_submission_changes_nothing(at: Page) -> None:
    at.goto(f"{COMPARISON}?use=full-web-app&off=orm&w=performance:5&waive=admin-panel")
    submit(at)
    lands_on(at, "use=full-web-app&off=orm&w=performance:5&waive=admin-panel")


def test_a_group_is_switched_off_and_on_again(at: Page) -> None:
    group = at.locator("tbody[data-group=included]")
    slugs = [box.get_attribute("value") for box in group.locator("[name=on]").all()]
    group.get_by_role("button", name="All off").click()
    lands_on(at, f"off={','.join(str(slug) for slug in slugs)}")
    at.locator("tbody[data-group=included]").get_by_role("button", name="All on").click()
    lands_on(at, "")


def test_a_case_is_taken_from_its_line_in_the_plot(at: Page) -> None:
    use_case_of_plot(at, "full-web-app").click()
    lands_on(at, "use=full-web-app")
    expect(at.locator("#must-admin-panel")).to_be_checked()


def test_one_must_have_is_dropped_where_none_qualifies(at: Page) -> None:
    at.goto(f"{COMPARISON}?must=async-support,admin-panel")
    at.get_by_role("button", name="Drop “Admin included”").click()
    lands_on(at, "must=async-support")


def test_enter_in_the_search_searches_and_presses_no_other_button(at: Page) -> None:
    at.goto(f"{COMPARISON}?must=async-support,admin-panel")
    at.locator("#search").fill("orm")
    at.locator("#search").press("Enter")
    lands_on(at, "must=async-support,admin-panel&q=orm")


def test_a_search_that_finds_nothing_leads_back_to_all_rows(at: Page) -> None:
    at.goto(f"{COMPARISON}?off=orm&q=zebra")
    expect(at.locator(".empty")).to_contain_text("No row matches")
    at.get_by_role("link", name="Show all rows").click()
    lands_on(at, "off=orm&show=all")


def test_reset_is_a_link(at: Page) -> None:
    at.goto(f"{COMPARISON}?use=rest-api&off=orm")
    at.get_by_role("link", name="Reset").click()
    lands_on(at, "use=rest-api")


def test_sources_options_and_basis_are_chosen(at: Page) -> None:
    at.get_by_text("Whom you trust").click()
    at.locator("label:has([name=trust][value=capsquery])").click()
    at.get_by_text("count only what the sources claim").click()
    at.get_by_text("Options compared").click()
    at.locator("label:has([name=option][value=both])").click()
    submit(at)
    lands_on(at, "distrust=capsquery&options=fastapi,django,both&basis=claims")


def test_a_cell_and_every_part_of_the_margin_are_pages(at: Page) -> None:
    at.locator("#c-orm .cell").first.click()
    expect(at).to_have_url(re.compile("/cell/orm/fastapi/$"))
    expect(at.locator(".claims li").first).to_be_visible()
    at.go_back()
    at.get_by_role("link", name=re.compile("The other .*, together")).click()
    expect(at).to_have_url(re.compile("/parts/$"))
    expect(at.locator("tfoot")).to_contain_text("is ahead by")


def test_the_hub_is_searched_by_its_form(at: Page) -> None:
    at.goto("/")
    at.get_by_role("searchbox").fill("zebra stripes")
    at.get_by_role("button", name="Search").click()
    expect(at).to_have_url(re.compile(r"/\?q=zebra\+stripes$"))
    expect(at.locator(".empty")).to_contain_text("Nothing by that name")
