"""Answers that are slow, overtaken or missing: nothing that a reader set is lost, and page and
address always agree.
"""

import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader_page import (
    CONTENT,
    ROWS,
    address,
    announced,
    answered,
    choose_case,
    listen,
    open_comparison,
    open_with_a_stopped_clock,
    same_as_fresh,
    same_as_fresh_but_for_rows_that_stayed,
    use_case_of_plot,
    view,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def at(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


def test_a_switch_during_a_slow_change_of_the_use_case_loses_neither(at: Page) -> None:
    hold(at, "/-/musts/")
    entries = at.evaluate("history.length")
    with at.expect_request(re.compile("/-/musts/")):
        choose_case(at, "full-web-app")
    at.locator("#on-security").click()
    expect(at).to_have_url(address("use=full-web-app&off=security"))
    expect(at.locator("#on-security")).to_be_focused()
    same_as_fresh(at)
    assert at.evaluate("history.length") == entries + 1


def test_a_switch_during_a_slow_search_loses_neither(at: Page) -> None:
    hold(at, "/-/rows/")
    with at.expect_request(re.compile("/-/rows/")):
        at.locator("#search").fill("async")
    at.locator("#on-async-support").click()
    expect(at).to_have_url(address("off=async-support&q=async"))
    same_as_fresh(at)


def test_an_answer_that_comes_after_a_newer_change_is_not_shown(at: Page) -> None:
    """The rows come back as they were asked for, while a switch in them has been used and its own
    question is on its way.
    """
    held = hold(at, r"/-/rows/\?q=async")
    with at.expect_request(re.compile("/-/rows/")):
        at.locator("#search").fill("async")
    at.evaluate("document.querySelector('#on-async-support').click()")
    held[0].continue_()
    expect(at).to_have_url(address("off=async-support&q=async"))
    expect(at.locator("#on-async-support")).not_to_be_checked()
    same_as_fresh(at)


def test_of_two_use_cases_the_last_one_counts(at: Page) -> None:
    hold(at, r"/-/musts/\?use=rest-api")
    entries = at.evaluate("history.length")
    choose_case(at, "rest-api")
    choose_case(at, "startup-mvp")
    expect(at).to_have_url(address("use=startup-mvp"))
    assert at.evaluate("history.length") == entries + 1
    same_as_fresh(at)


def test_a_switch_during_a_slow_apply_loses_neither(at: Page) -> None:
    hold(at, "/-/musts/")
    with at.expect_request(re.compile("/-/musts/")):
        use_case_of_plot(at, "full-web-app").click()
    at.locator("#on-security").click()
    expect(at).to_have_url(address("use=full-web-app&off=security"))
    same_as_fresh(at)


def test_a_cell_opened_during_a_slow_answer_loses_nothing(at: Page) -> None:
    held = hold(at, "/-/results/")
    with at.expect_request(re.compile("/-/results/")):
        at.locator("#on-orm").click()
    at.locator("#c-performance .cell").first.click()
    expect(at.locator("#evidence")).to_be_visible()
    held[0].continue_()
    expect(at).to_have_url(address("off=orm"))
    expect(at.locator("#evidence")).to_be_visible()
    same_as_fresh(at)


def test_a_switch_during_a_slow_cell_loses_nothing(at: Page) -> None:
    held = hold(at, "/-/claims/")
    with at.expect_request(re.compile("/-/claims/")):
        at.locator("#c-performance .cell").first.click()
    at.locator("#on-orm").click()
    expect(at).to_have_url(address("off=orm"))
    held[0].continue_()
    expect(at.locator("#evidence")).to_be_visible()
    same_as_fresh(at)


def test_reset_during_a_slow_answer_wins(at: Page) -> None:
    open_comparison(at, "use=rest-api&off=orm")
    hold(at, "/-/results/")
    with at.expect_request(re.compile("/-/results/")):
        at.locator("#on-performance").click()
    at.get_by_role("link", name="Reset").click()
    expect(at).to_have_url(address("use=rest-api"))
    same_as_fresh(at)


def test_a_switch_is_asked_for_at_once(open_page: Callable[..., Page]) -> None:
    at = open_with_a_stopped_clock(open_page())
    for control, query in (
        ("#on-orm", "?off=orm"),
        ("#must-admin-panel", "?off=orm&must=admin-panel"),
        ("[name=trust]", "&distrust="),
    ):
        with at.expect_request(re.compile("/-/")) as asked:
            at.evaluate("control => document.querySelector(control).click()", control)
        assert query in asked.value.url
        answered(at)
        at.clock.run_for(100)


def test_twenty_switches_before_an_answer_ask_the_server_twice(
    open_page: Callable[..., Page],
) -> None:
    """The first one at once; all that follow while it is unanswered together, a moment later; and
    one sentence is said.
    """
    at = open_with_a_stopped_clock(open_page())
    hold(at, "/-/")
    asked: list[str] = []
    at.on("request", lambda request: asked.append(request.url) if "/-/" in request.url else None)
    listen(at)
    boxes = at.locator("#rows [name=on]").count()
    assert boxes > 19
    switch = "at => document.querySelectorAll('#rows [name=on]')[at].click()"
    with at.expect_request(re.compile("/-/")):
        at.evaluate(switch, 0)
    for number in [*range(1, 19), 0]:
        at.evaluate(switch, number)
    expect(at.locator("#recommendation")).to_have_attribute("aria-busy", "true")
    assert len(asked) == 1
    at.clock.run_for(100)
    expect(at).to_have_url(re.compile(r"\?off=[^&]+$"))
    answered(at)
    assert len(asked) == 2
    at.clock.run_for(600)
    assert len(announced(at)) == 1
    expect(at.locator("#counts")).to_contain_text(f"{ROWS - 18} of {ROWS}")
    same_as_fresh(at)


def test_switches_and_use_cases_in_a_burst_whose_answer_fails_are_all_asked_for_again(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    at = open_with_a_stopped_clock(open_page())
    at.route(re.compile("/-/"), lambda route: route.abort())
    for control in ("#on-security", "#cases [value=full-web-app]", "#on-orm", "#w-performance-5"):
        at.evaluate("control => document.querySelector(control).click()", control)
    at.clock.run_for(100)
    expect(at.locator("#failure")).to_be_visible()
    at.unroute_all()
    complaints.clear()
    at.locator("#failure").get_by_role("button", name="Try again").evaluate(
        "button => button.click()"
    )
    at.clock.run_for(200)
    expect(at).to_have_url(address("use=full-web-app&off=orm,security&w=performance:5"))
    answered(at)
    at.clock.run_for(100)
    expect(at.locator("#failure")).to_be_hidden()
    same_as_fresh(at)


@pytest.mark.parametrize("how", ["no-connection", "broken-server"])
def test_when_no_answer_comes_a_note_offers_to_try_again(
    at: Page, complaints: list[str], how: str
) -> None:
    at.route(
        re.compile("/-/"),
        lambda route: (
            route.abort() if how == "no-connection" else route.fulfill(status=500, body="no")
        ),
    )
    failure = at.locator("#failure")
    expect(failure).to_be_hidden()
    at.locator("#on-orm").click()
    expect(failure).to_be_visible()
    expect(failure).to_be_in_viewport()
    expect(at.locator("#on-orm")).not_to_be_checked()
    expect(at.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    at.unroute_all()
    complaints.clear()
    failure.get_by_role("button", name="Try again").click()
    expect(at).to_have_url(address("off=orm"))
    expect(failure).to_be_hidden()
    expect(at.locator("#on-orm")).to_be_focused()
    same_as_fresh(at)


@pytest.mark.parametrize("what", ["use case", "apply", "search", "reset", "cell"])
def test_trying_again_asks_for_what_was_asked_for(
    at: Page, complaints: list[str], what: str
) -> None:
    if what == "reset":
        open_comparison(at, "off=orm")
    at.route(re.compile("/-/"), lambda route: route.abort())
    if what == "use case":
        choose_case(at, "rest-api")
    elif what == "apply":
        use_case_of_plot(at, "rest-api").click()
    elif what == "search":
        at.locator("#search").fill("async")
    elif what == "reset":
        at.get_by_role("link", name="Reset").click()
    else:
        at.locator("#c-orm .cell").first.click()
    expect(at.locator("#failure")).to_be_visible()
    at.unroute_all()
    complaints.clear()
    at.locator("#failure").get_by_role("button", name="Try again").click()
    if what == "cell":
        expect(at.locator("#evidence")).to_be_visible()
    else:
        query = {"search": "q=async", "reset": ""}.get(what, "use=rest-api")
        expect(at).to_have_url(address(query))
        same_as_fresh(at)


def test_waiting_is_shown_and_the_old_numbers_stay(at: Page) -> None:
    held = hold(at, "/-/results/")
    before = view(at)
    with at.expect_request(re.compile("/-/results/")):
        at.locator("#on-orm").click()
    expect(at.locator("#recommendation")).to_have_attribute("aria-busy", "true")
    assert view(at)["result"] == before["result"]
    held[0].continue_()
    expect(at.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    expect(at).to_have_url(address("off=orm"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_many_hasty_changes_the_page_shows_what_its_address_says(at: Page, seed: int) -> None:
    choice = random.Random(seed)
    controls = {
        "#rows [name=on]": ROWS, "#rows .importance input": 6 * ROWS,
        "[name=must]": 5,
        "#cases [name=apply]": len(CONTENT.use_cases),
        "[data-group-tick]": 6,
    }  # fmt: skip
    held = hold(at, "/-/")
    for query in choice.choices(list(controls), k=14):
        at.evaluate(
            "([query, at]) => document.querySelectorAll(query)[at].click()",
            [query, choice.randrange(controls[query])],
        )
        # some are used at once, some while an answer comes, some after it
        for _ in range(choice.choice((0, 0, 1, 4))):
            at.evaluate("() => new Promise((done) => setTimeout(done, 40))")
    held[0].continue_()
    expect(at.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    same_as_fresh_but_for_rows_that_stayed(at)


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold back the answer to the first question at some addresses; it comes when its route is
    continued, or never.
    """
    held: list[Route] = []
    page.route(re.compile(pattern), lambda route: route.continue_() if held else held.append(route))
    return held
