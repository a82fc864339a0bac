"""What is fetched ahead of a change, and shown within it: nothing else is different for it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader_page import (
    COMPARISON,
    address,
    answered,
    fetched_ahead,
    listen,
    open_comparison,
    open_with_a_stopped_clock,
    same_as_fresh,
)

pytestmark = pytest.mark.browser

SHOWN = "[location.search, document.querySelector('#results').dataset.result]"


@pytest.fixture
def comparison(page: Page) -> Page:
    """The comparison, opened without any choice."""
    return open_comparison(page)


@pytest.mark.parametrize("how", ["rest", "press", "space"])
@pytest.mark.parametrize(
    ("control", "query"),
    [("#on-orm", "off=orm"), ("[name=w-orm][value='5']", "w=orm:5"), ("#must-orm", "must=orm")],
)
def test_what_a_box_will_ask_for_is_in_hand_when_it_changes(
    open_page: Callable[..., Page], control: str, query: str, how: str
) -> None:
    comparison = open_comparison(open_page())  # whose browser has nothing of it yet
    asked: list[str] = []
    comparison.on(
        "request", lambda request: asked.append(request.url) if "/-/" in request.url else None
    )
    # what is shown when everything has heard of the change
    comparison.evaluate(f"""() => addEventListener("change", () => {{ window.at = {SHOWN}; }})""")
    box = comparison.locator(f"label:has({control})")
    with fetched_ahead(comparison, f"/-/results/[?]{query}$"):
        if how == "space":
            comparison.locator(control).focus()
            comparison.keyboard.down(" ")
        else:
            box.hover()
        if how == "press":
            comparison.mouse.down()
    assert comparison.evaluate(SHOWN) == ["", ""]
    if how == "press":
        comparison.mouse.up()
    elif how == "space":
        comparison.keyboard.up(" ")
    else:
        box.click()
    expect(comparison).to_have_url(address(query))
    assert comparison.evaluate("at") == [f"?{query}", query]
    # where the mouse still rests, the way back may be asked for already
    assert sum(url.endswith(query) for url in asked) == 1
    same_as_fresh(comparison)


@pytest.mark.parametrize("query", ["", "options=waitress,uvicorn,gunicorn,granian,hypercorn"])
def test_an_answer_for_many_options_is_in_hand_under_the_address_that_stays(
    open_page: Callable[..., Page], query: str
) -> None:
    comparison = open_page()
    comparison.goto(f"/python-app-servers/?{query}")
    kinds: list[str] = []
    comparison.on(
        "request",
        lambda request: kinds.append(request.resource_type) if "/-/" in request.url else None,
    )
    box = comparison.locator("#rows [name=on]:visible").first
    with fetched_ahead(comparison, "/-/results/"):
        box.hover()
    comparison.evaluate("""() => {
      window.written = [];
      for (const name of ["pushState", "replaceState"]) {
        const write = history[name];
        history[name] = function (...what) { written.push(what[2]); write.apply(this, what); };
      }
    }""")
    box.click()
    answered(comparison)
    assert len(comparison.evaluate("written")) == 1
    assert "xhr" not in kinds
    assert comparison.evaluate("location.search.slice(1) === results.dataset.result")


def test_an_answer_that_names_an_address_of_its_own_is_left_to_the_click(
    open_page: Callable[..., Page],
) -> None:
    comparison = open_comparison(open_page())
    asked: list[str] = []

    def name_another(route: Route) -> None:
        asked.append(route.request.resource_type)
        answer = route.fetch()
        headers = answer.headers | {"hx-replace-url": "/fastapi-vs-django/?off=orm&from=1"}
        route.fulfill(response=answer, headers=headers)

    comparison.route(re.compile("/-/results/"), name_another)
    with fetched_ahead(comparison, "/-/results/"):
        comparison.locator("label:has(#on-orm)").hover()
    comparison.locator("#on-orm").click()
    answered(comparison)
    assert asked == ["fetch", "xhr"]


def test_with_few_data_or_another_button_nothing_is_asked_ahead(
    open_page: Callable[..., Page],
) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    asked: list[str] = []
    comparison.on(
        "request", lambda request: asked.append(request.url) if "/-/" in request.url else None
    )
    comparison.evaluate("navigator.connection.__proto__.__defineGetter__('saveData', () => true)")
    comparison.locator("label:has(#on-orm)").hover()
    comparison.clock.run_for(1000)
    comparison.mouse.down(button="right")
    comparison.mouse.up(button="right")
    comparison.clock.run_for(1000)
    assert asked == []


def test_twenty_fast_clicks_end_in_the_right_state_and_one_sentence(comparison: Page) -> None:
    places = [box.bounding_box() for box in comparison.locator("#rows [name=on]:visible").all()[:4]]
    listen(comparison)
    for number in range(20):
        place = places[number % 4]
        assert place
        comparison.mouse.click(place["x"] + 5, place["y"] + 5, delay=20)
    answered(comparison)
    same_as_fresh(comparison)
    comparison.wait_for_timeout(700)  # all that is to be said is said
    assert comparison.evaluate("heard.length") <= 1


def test_a_press_that_is_let_go_elsewhere_changes_nothing(comparison: Page) -> None:
    with comparison.expect_response(re.compile("/-/results/[?]off=orm$")):
        comparison.locator("label:has(#on-orm)").hover()
        comparison.mouse.down()
    comparison.locator("h1").hover()
    comparison.mouse.up()
    expect(comparison.locator("#on-orm")).to_be_checked()
    expect(comparison).to_have_url(COMPARISON)


def test_a_mouse_that_only_crosses_boxes_asks_nothing(open_page: Callable[..., Page]) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    asked: list[str] = []
    comparison.on(
        "request", lambda request: asked.append(request.url) if "/-/" in request.url else None
    )
    comparison.locator("label:has(#on-orm)").hover()
    comparison.clock.run_for(50)
    comparison.locator("h1").hover()
    comparison.clock.run_for(1000)
    assert asked == []


def test_a_wandering_mouse_asks_for_one_answer_at_a_time_and_for_five_until_a_press(
    open_page: Callable[..., Page],
) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    boxes = comparison.locator("#rows label:has([name=on]):visible").all()
    held: list[Route] = []
    asked: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)
        asked.append(route.request.url)

    def rest_on(number: int) -> None:
        boxes[number % len(boxes)].hover()
        comparison.clock.run_for(65)

    def answer() -> None:
        if held:
            with comparison.expect_event("requestfinished"):
                held.pop().fulfill(body="")

    comparison.route(re.compile("/-/results/"), hold)
    with comparison.expect_request(re.compile("/-/results/")):
        rest_on(0)
    rest_on(1)
    rest_on(2)
    assert len(asked) == 1
    answer()
    # more often than five times: a rest before the last answer has come asks nothing
    for number in range(3, 15):
        rest_on(number)
        answer()
    assert len(asked) == 5
    comparison.locator("h1").click()
    with comparison.expect_request(re.compile("/-/results/")):
        rest_on(0)


def test_an_answer_that_was_in_hand_for_long_is_asked_for_anew(
    open_page: Callable[..., Page],
) -> None:
    comparison = open_with_a_stopped_clock(open_page())
    with comparison.expect_response(re.compile("/-/results/[?]off=orm$")):
        comparison.locator("label:has(#on-orm)").hover()
        comparison.clock.run_for(65)
    comparison.clock.run_for(5000)
    with comparison.expect_request(re.compile("/-/results/[?]off=orm$")):
        comparison.evaluate("document.querySelector('#on-orm').click()")
    answered(comparison)
    same_as_fresh(comparison)


def test_an_answer_in_hand_takes_the_note_of_a_failure_away(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    comparison = open_comparison(open_page())
    comparison.route(re.compile("/-/"), lambda route: route.abort())
    comparison.locator("#on-orm").click()
    expect(comparison.locator("#failure")).to_be_visible()
    note = comparison.locator("#failure").bounding_box() or {}
    copy_link = comparison.locator(".foot button").bounding_box() or {}
    assert note["x"] + note["width"] < copy_link["x"]
    comparison.unroute(re.compile("/-/"))
    with fetched_ahead(comparison, "/-/results/[?]off=orm,security$"):
        comparison.locator("label:has(#on-security)").hover()
        comparison.mouse.down()
    comparison.mouse.up()
    expect(comparison.locator("#failure")).to_be_hidden()
    same_as_fresh(comparison)
    complaints.clear()  # the console names what did not come
