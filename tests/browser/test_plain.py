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
def page_without_script(open_page: Callable[..., Page]) -> Page:
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


def test_all_controls_together_land_on_one_short_address(page_without_script: Page) -> None:
    page_without_script.locator("#on-security").uncheck()
    page_without_script.locator("#on-flexibility").uncheck()
    label_of(page_without_script, "w-performance-5").click()
    choose_case(page_without_script, "rest-api")
    label_of(page_without_script, "must-orm").click()
    page_without_script.locator("#search").fill("async & api")
    page_without_script.locator("#show").select_option("differences")
    submit(page_without_script)
    lands_on(
        page_without_script,
        "use=rest-api&off=security,flexibility&w=performance:5&must=orm&show=differences&q=async%20%26%20api",
    )
    expect(page_without_script.locator("#on-security")).not_to_be_checked()
    expect(page_without_script.locator("#use-case")).to_have_value("rest-api")
    expect(page_without_script.locator("[name=w-performance][value='5']")).to_be_checked()


def test_a_second_submission_changes_nothing(page_without_script: Page) -> None:
    page_without_script.goto(
        f"{COMPARISON}?use=full-web-app&off=orm&w=performance:5&waive=admin-panel"
    )
    submit(page_without_script)
    lands_on(page_without_script, "use=full-web-app&off=orm&w=performance:5&waive=admin-panel")


def test_a_group_is_switched_off_and_on_again(page_without_script: Page) -> None:
    group = page_without_script.locator("tbody[data-group=included]")
    slugs = [box.get_attribute("value") for box in group.locator("[name=on]").all()]
    group.get_by_role("button", name="All off").click()
    lands_on(page_without_script, f"off={','.join(str(slug) for slug in slugs)}")
    page_without_script.locator("tbody[data-group=included]").get_by_role(
        "button", name="All on"
    ).click()
    lands_on(page_without_script, "")


def test_a_case_is_taken_from_its_line_in_the_plot(page_without_script: Page) -> None:
    use_case_of_plot(page_without_script, "full-web-app").click()
    lands_on(page_without_script, "use=full-web-app")
    expect(page_without_script.locator("#must-admin-panel")).to_be_checked()


def test_one_must_have_is_dropped_where_none_qualifies(page_without_script: Page) -> None:
    page_without_script.goto(f"{COMPARISON}?must=async-support,admin-panel")
    page_without_script.get_by_role("button", name="Drop “Admin included”").click()
    lands_on(page_without_script, "must=async-support")


def test_enter_in_the_search_searches_and_presses_no_other_button(
    page_without_script: Page,
) -> None:
    page_without_script.goto(f"{COMPARISON}?must=async-support,admin-panel")
    page_without_script.locator("#search").fill("orm")
    page_without_script.locator("#search").press("Enter")
    lands_on(page_without_script, "must=async-support,admin-panel&q=orm")


def test_a_search_that_finds_nothing_leads_back_to_all_rows(page_without_script: Page) -> None:
    page_without_script.goto(f"{COMPARISON}?off=orm&q=zebra")
    expect(page_without_script.locator(".empty")).to_contain_text("No row matches")
    page_without_script.get_by_role("link", name="Show all rows").click()
    lands_on(page_without_script, "off=orm&show=all")


def test_reset_is_a_link(page_without_script: Page) -> None:
    page_without_script.goto(f"{COMPARISON}?use=rest-api&off=orm")
    page_without_script.get_by_role("link", name="Reset").click()
    lands_on(page_without_script, "use=rest-api")


def test_sources_options_and_basis_are_chosen(page_without_script: Page) -> None:
    page_without_script.get_by_text("Whom you trust").click()
    page_without_script.locator("label:has([name=trust][value=capsquery])").click()
    page_without_script.get_by_text("count only what the sources claim").click()
    page_without_script.get_by_text("Options compared").click()
    page_without_script.locator("label:has([name=option][value=both])").click()
    submit(page_without_script)
    lands_on(page_without_script, "distrust=capsquery&options=fastapi,django,both&basis=claims")


def test_a_cell_and_every_part_of_the_margin_are_pages(page_without_script: Page) -> None:
    page_without_script.locator("#c-orm .cell").first.click()
    expect(page_without_script).to_have_url(re.compile("/cell/orm/fastapi/$"))
    expect(page_without_script.locator(".claims li").first).to_be_visible()
    page_without_script.go_back()
    page_without_script.get_by_role("link", name=re.compile("The other .*, together")).click()
    expect(page_without_script).to_have_url(re.compile("/parts/$"))
    expect(page_without_script.locator("tfoot")).to_contain_text("is ahead by")


def test_the_hub_is_searched_by_its_form(page_without_script: Page) -> None:
    page_without_script.goto("/")
    page_without_script.get_by_role("searchbox").fill("zebra stripes")
    page_without_script.get_by_role("button", name="Search").click()
    expect(page_without_script).to_have_url(re.compile(r"/\?q=zebra\+stripes$"))
    expect(page_without_script.locator(".empty")).to_contain_text("Nothing by that name")


def test_without_a_script_what_sets_a_group_looks_like_a_link_and_stands_apart(
    page_without_script: Page,
) -> None:
    off, on = page_without_script.locator("[data-group]:not([hidden]) .group-buttons button").all()[
        :2
    ]
    expect(off).to_have_css("border-top-width", "0px")
    first, second = off.bounding_box(), on.bounding_box()
    assert first
    assert second
    assert second["x"] - first["x"] - first["width"] >= 12
    legend = page_without_script.locator(".must-haves legend").bounding_box()
    above = page_without_script.locator("#case > .actions").bounding_box()
    assert legend
    assert above
    assert legend["y"] - above["y"] - above["height"] >= 10


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [COMPARISON, "/python-app-servers/"])
def test_what_passes_the_result_on_is_offered_once_and_needs_no_script(
    open_page: Callable[..., Page], path: str, width: int
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": width, "height": 800})
    page.goto(path)
    shown = page.locator(":is(.foot, #bar) .button:visible").all_inner_texts()
    assert len(shown) == 2, shown
    assert page.locator("[data-copy]:visible").count() == 0
