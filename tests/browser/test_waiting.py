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
def comparison(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


def test_a_switch_during_a_slow_change_of_the_use_case_loses_neither(comparison: Page) -> None:
    hold(comparison, "/-/must_haves/")
    entries = comparison.evaluate("history.length")
    with comparison.expect_request(re.compile("/-/must_haves/")):
        choose_case(comparison, "full-web-app")
    comparison.locator("#on-security").click()
    expect(comparison).to_have_url(address("use=full-web-app&off=security"))
    expect(comparison.locator("#on-security")).to_be_focused()
    same_as_fresh(comparison)
    assert comparison.evaluate("history.length") == entries + 1


def test_a_switch_during_a_slow_search_loses_neither(comparison: Page) -> None:
    hold(comparison, "/-/rows/")
    with comparison.expect_request(re.compile("/-/rows/")):
        comparison.locator("#search").fill("async")
    comparison.locator("#on-async-support").click()
    expect(comparison).to_have_url(address("off=async-support&q=async"))
    same_as_fresh(comparison)


def test_an_answer_that_comes_after_a_newer_change_is_not_shown(comparison: Page) -> None:
    """The rows come back as they were asked for, while a switch in them has been used and its own
    question is on its way.
    """
    held = hold(comparison, r"/-/rows/\?q=async")
    with comparison.expect_request(re.compile("/-/rows/")):
        comparison.locator("#search").fill("async")
    comparison.evaluate("document.querySelector('#on-async-support').click()")
    held[0].continue_()
    expect(comparison).to_have_url(address("off=async-support&q=async"))
    expect(comparison.locator("#on-async-support")).not_to_be_checked()
    same_as_fresh(comparison)


def test_of_two_use_cases_the_last_one_counts(comparison: Page) -> None:
    hold(comparison, r"/-/must_haves/\?use=rest-api")
    entries = comparison.evaluate("history.length")
    choose_case(comparison, "rest-api")
    choose_case(comparison, "startup-mvp")
    expect(comparison).to_have_url(address("use=startup-mvp"))
    assert comparison.evaluate("history.length") == entries + 1
    same_as_fresh(comparison)


def test_a_switch_during_a_slow_apply_loses_neither(comparison: Page) -> None:
    hold(comparison, "/-/must_haves/")
    with comparison.expect_request(re.compile("/-/must_haves/")):
        use_case_of_plot(comparison, "full-web-app").click()
    comparison.locator("#on-security").click()
    expect(comparison).to_have_url(address("use=full-web-app&off=security"))
    same_as_fresh(comparison)


def test_a_cell_opened_during_a_slow_answer_loses_nothing(comparison: Page) -> None:
    held = hold(comparison, "/-/results/")
    with comparison.expect_request(re.compile("/-/results/")):
        comparison.locator("#on-orm").click()
    comparison.locator("#c-performance .cell").first.click()
    expect(comparison.locator("#evidence")).to_be_visible()
    held[0].continue_()
    expect(comparison).to_have_url(address("off=orm"))
    expect(comparison.locator("#evidence")).to_be_visible()
    same_as_fresh(comparison)


def test_a_switch_during_a_slow_cell_loses_nothing(comparison: Page) -> None:
    held = hold(comparison, "/-/claims/")
    with comparison.expect_request(re.compile("/-/claims/")):
        comparison.locator("#c-performance .cell").first.click()
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    held[0].continue_()
    same_as_fresh(comparison)
    expect(comparison.locator("#evidence")).to_be_hidden()  # the switch was pressed beside it


def test_reset_during_a_slow_answer_wins(comparison: Page) -> None:
    open_comparison(comparison, "use=rest-api&off=orm")
    hold(comparison, "/-/results/")
    with comparison.expect_request(re.compile("/-/results/")):
        comparison.locator("#on-performance").click()
    comparison.get_by_role("link", name="Reset").click()
    expect(comparison).to_have_url(address("use=rest-api"))
    same_as_fresh(comparison)


def test_a_switch_is_asked_for_at_once(open_page: Callable[..., Page]) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    for control, query in (
        ("#on-orm", "?off=orm"),
        ("#must-admin-panel", "?off=orm&must=admin-panel"),
        ("[name=trust]", "&distrust="),
    ):
        with comparison.expect_request(re.compile("/-/")) as asked:
            comparison.evaluate("control => document.querySelector(control).click()", control)
        assert query in asked.value.url
        answered(comparison)
        comparison.clock.run_for(100)


def test_twenty_switches_before_an_answer_ask_the_server_twice(
    open_page: Callable[..., Page],
) -> None:
    """The first one at once; all that follow while it is unanswered together, a moment later; and
    one sentence is said.
    """
    comparison = open_with_a_stopped_clock(open_page())
    hold(comparison, "/-/")
    asked: list[str] = []
    comparison.on(
        "request", lambda request: asked.append(request.url) if "/-/" in request.url else None
    )
    listen(comparison)
    boxes = comparison.locator("#rows [name=on]").count()
    assert boxes > 19
    switch = "index => document.querySelectorAll('#rows [name=on]')[index].click()"
    with comparison.expect_request(re.compile("/-/")):
        comparison.evaluate(switch, 0)
    for number in [*range(1, 19), 0]:
        comparison.evaluate(switch, number)
    assert len(asked) == 1
    comparison.clock.run_for(100)
    expect(comparison).to_have_url(re.compile(r"\?off=[^&]+$"))
    answered(comparison)
    assert len(asked) == 2
    comparison.clock.run_for(600)
    assert len(announced(comparison)) == 1
    expect(comparison.locator("#counts")).to_contain_text(f"{ROWS - 18} of {ROWS}")
    same_as_fresh(comparison)


def test_switches_and_use_cases_in_a_burst_whose_answer_fails_are_all_asked_for_again(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    comparison.route(re.compile("/-/"), lambda route: route.abort())
    ruler = "[name=w-performance][value='5']"
    for control in ("#on-security", "#cases [value=full-web-app]", "#on-orm", ruler):
        comparison.evaluate("control => document.querySelector(control).click()", control)
    comparison.clock.run_for(100)
    expect(comparison.locator("#failure")).to_be_visible()
    comparison.unroute_all()
    complaints.clear()
    comparison.locator("#failure").get_by_role("button", name="Try again").evaluate(
        "button => button.click()"
    )
    comparison.clock.run_for(200)
    expect(comparison).to_have_url(address("use=full-web-app&off=orm,security&w=performance:5"))
    answered(comparison)
    comparison.clock.run_for(100)
    expect(comparison.locator("#failure")).to_be_hidden()
    same_as_fresh(comparison)


@pytest.mark.parametrize("how", ["no-connection", "broken-server"])
def test_when_no_answer_comes_a_note_offers_to_try_again(
    comparison: Page, complaints: list[str], how: str
) -> None:
    comparison.route(
        re.compile("/-/"),
        lambda route: (
            route.abort() if how == "no-connection" else route.fulfill(status=500, body="no")
        ),
    )
    failure = comparison.locator("#failure")
    expect(failure).to_be_hidden()
    comparison.locator("#on-orm").click()
    expect(failure).to_be_visible()
    expect(failure).to_be_in_viewport()
    expect(comparison.locator("#on-orm")).not_to_be_checked()
    expect(comparison.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    comparison.unroute_all()
    complaints.clear()
    failure.get_by_role("button", name="Try again").click()
    expect(comparison).to_have_url(address("off=orm"))
    expect(failure).to_be_hidden()
    expect(comparison.locator("#on-orm")).to_be_focused()
    same_as_fresh(comparison)


@pytest.mark.parametrize("what", ["use case", "apply", "search", "reset", "cell"])
def test_trying_again_asks_for_what_was_asked_for(
    comparison: Page, complaints: list[str], what: str
) -> None:
    if what == "reset":
        open_comparison(comparison, "off=orm")
    comparison.route(re.compile("/-/"), lambda route: route.abort())
    if what == "use case":
        choose_case(comparison, "rest-api")
    elif what == "apply":
        use_case_of_plot(comparison, "rest-api").click()
    elif what == "search":
        comparison.locator("#search").fill("async")
    elif what == "reset":
        comparison.get_by_role("link", name="Reset").click()
    else:
        comparison.locator("#c-orm .cell").first.click()
    expect(comparison.locator("#failure")).to_be_visible()
    comparison.unroute_all()
    complaints.clear()
    comparison.locator("#failure").get_by_role("button", name="Try again").click()
    if what == "cell":
        expect(comparison.locator("#evidence")).to_be_visible()
    else:
        query = {"search": "q=async", "reset": ""}.get(what, "use=rest-api")
        expect(comparison).to_have_url(address(query))
        same_as_fresh(comparison)


def test_waiting_is_shown_and_the_old_numbers_stay(comparison: Page) -> None:
    held = hold(comparison, "/-/results/")
    before = view(comparison)
    with comparison.expect_request(re.compile("/-/results/")):
        comparison.locator("#on-orm").click()
    expect(comparison.locator("#recommendation")).to_have_attribute("aria-busy", "true")
    assert view(comparison)["result"] == before["result"]
    held[0].continue_()
    expect(comparison.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    expect(comparison).to_have_url(address("off=orm"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_many_hasty_changes_the_page_shows_what_its_address_says(
    comparison: Page, seed: int
) -> None:
    choice = random.Random(seed)
    controls = {
        "#rows [name=on]": ROWS, "#rows .importance input": 6 * ROWS,
        "[name=must]": 5,
        "#cases [name=apply]": len(CONTENT.use_cases),
        "[data-group-tick]": 6,
    }  # fmt: skip
    held = hold(comparison, "/-/")
    for query in choice.choices(list(controls), k=14):
        comparison.evaluate(
            "([query, at]) => document.querySelectorAll(query)[at].click()",
            [query, choice.randrange(controls[query])],
        )
        # some are used at once, some while an answer comes, some after it
        for _ in range(choice.choice((0, 0, 1, 4))):
            comparison.evaluate("() => new Promise((done) => setTimeout(done, 40))")
    held[0].continue_()
    expect(comparison.locator("#recommendation")).not_to_have_attribute("aria-busy", "true")
    same_as_fresh_but_for_rows_that_stayed(comparison)


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold back the answer to the first question at some addresses; it comes when its route is
    continued, or never.
    """
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(pattern), hold_first)
    return held
