"""What readers come for, as they would do it on a desk's screen, and on a phone of 360 by 740: each
in at most two clicks or taps, and never more than one screen away from where they are.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import answered, open_comparison
from tests.browser.task_reader import Reader

pytestmark = pytest.mark.browser
SERVERS = "/python-app-servers/"


@pytest.fixture
def on_a_desk(open_page: Callable[..., Page]) -> Reader:
    page = open_page(viewport={"width": 1280, "height": 800})
    open_comparison(page)
    return Reader(page)


@pytest.fixture
def on_a_phone(open_page: Callable[..., Page]) -> Reader:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    open_comparison(page)
    return Reader(page)


@pytest.fixture(params=["on_a_desk", "on_a_phone"])
def reader(request: pytest.FixtureRequest) -> Reader:
    either: Reader = request.getfixturevalue(request.param)
    return either


# --- what is done the same way --------------------------------------------------------------------


def test_an_internal_admin_tool_with_a_small_api(reader: Reader) -> None:
    reader.choose(reader.page.locator("#use-case"), "Internal admin tools")
    expect(reader.page.locator("#results h2")).to_have_text("Django")
    for words in ("The only option left", "All 3 sources that speak of this case advise Django"):
        reader.look_at(reader.page.locator("#results").get_by_text(words))
    reader.done()


def test_one_criterion_alone(reader: Reader) -> None:
    reader.click(reader.page.locator(".contents a[href='#matrix']"))
    reader.click(reader.page.locator("#c-performance [name=alone]"))
    answered(reader.page)
    expect(reader.page.locator("#counts")).to_contain_text("1 of 42")
    reader.done()


def test_what_has_changed(reader: Reader) -> None:
    reader.click(reader.page.locator("#meta").get_by_role("link", name=re.compile("Checked")))
    expect(reader.page.get_by_role("heading", name=re.compile("chang", re.I)).first).to_be_visible()
    reader.done()


def test_only_two_of_many_options(reader: Reader) -> None:
    page = reader.page
    page.goto(SERVERS)
    expect(page.locator("#theme")).to_be_visible()
    reader.choose(page.get_by_label("Compare only two options"), "Uvicorn and Waitress")
    expect(page).to_have_url(re.compile("options=uvicorn,waitress"))
    expect(page.locator("#meta")).to_contain_text("2 of 7 options")
    expect(page.get_by_label("Compare only two options")).to_have_value("")
    reader.done()


def test_whether_it_is_really_three_to_five_times_faster(reader: Reader) -> None:
    reader.click(reader.page.locator(".contents a[href='#figures']"))
    heading = reader.page.get_by_role("heading", name="How many times faster is FastAPI?")
    reader.look_at(heading)
    reader.look_at(reader.page.get_by_text("1.91").first)
    reader.done()


def test_a_sheet_to_take_along(reader: Reader) -> None:
    reader.page.emulate_media(media="print")
    expect(reader.page.locator("#results h2")).to_be_visible()
    reader.done()


# --- what is done in another place ---------------------------------------------------------------


def test_why_and_who_says_so_on_a_desk(on_a_desk: Reader) -> None:
    on_a_desk.click(on_a_desk.page.locator(".contributions a").first)
    on_a_desk.click(on_a_desk.page.locator("#c-admin-panel .cell").last)
    claims = on_a_desk.page.locator("#claims")
    expect(claims).to_contain_text("Our check")
    expect(claims).to_contain_text("An AI consultancy for Indian start-ups")
    on_a_desk.done()


def test_why_and_who_says_so_on_a_phone(on_a_phone: Reader) -> None:
    on_a_phone.press(on_a_phone.page.locator("#bar").get_by_role("link", name="Why?"))
    on_a_phone.click(on_a_phone.page.locator(".contributions a").first)
    claims = on_a_phone.page.locator("#claims")
    expect(claims).to_contain_text("Our check")
    expect(claims).to_contain_text("An AI consultancy for Indian start-ups")
    expect(claims.locator("h2")).to_be_in_viewport()
    on_a_phone.page.keyboard.press("Escape")
    expect(on_a_phone.page.locator("#c-admin-panel")).to_be_in_viewport()  # to be weighed anew
    on_a_phone.done()


def test_without_who_sells_something_on_a_desk(on_a_desk: Reader) -> None:
    on_a_desk.click(on_a_desk.page.locator(".contents a[href='#trust']"))
    on_a_desk.click(on_a_desk.page.get_by_role("button", name=re.compile("sells? something")))
    answered(on_a_desk.page)
    expect(on_a_desk.page.locator("#results")).to_contain_text("Without those sources:")
    on_a_desk.done()


def test_without_who_sells_something_on_a_phone(on_a_phone: Reader) -> None:
    on_a_phone.click(on_a_phone.page.locator(".contents a[href='#trust']"))
    on_a_phone.click(on_a_phone.page.get_by_role("button", name=re.compile("sells? something")))
    answered(on_a_phone.page)
    expect(on_a_phone.page.locator("#results")).to_contain_text("Without those sources:")
    on_a_phone.done()


def test_a_link_for_a_colleague_on_a_desk(on_a_desk: Reader) -> None:
    on_a_desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    on_a_desk.click(on_a_desk.page.locator("#results").get_by_role("button", name="Copy link"))
    assert on_a_desk.copied().endswith("?from=1")
    on_a_desk.done()


def test_a_link_for_a_colleague_on_a_phone(on_a_phone: Reader) -> None:
    on_a_phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    on_a_phone.click(on_a_phone.page.locator("#bar").get_by_role("button", name="Copy link"))
    assert on_a_phone.copied().endswith("?from=1")
    on_a_phone.done()


def test_the_table_for_a_pull_request_or_a_slide_on_a_desk(on_a_desk: Reader) -> None:
    on_a_desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    on_a_desk.click(on_a_desk.page.locator("#results").get_by_role("link", name="Copy as"))
    on_a_desk.click(on_a_desk.page.get_by_role("button", name="Copy table").first)
    assert "| Admin panel |" in on_a_desk.copied()
    on_a_desk.done()


def test_the_table_for_a_pull_request_or_a_slide_on_a_phone(on_a_phone: Reader) -> None:
    on_a_phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    on_a_phone.click(on_a_phone.page.locator("#bar [data-opens=share]"))
    on_a_phone.click(on_a_phone.page.get_by_role("button", name="Copy table").first)
    assert "| Admin panel |" in on_a_phone.copied()
    on_a_phone.done()
