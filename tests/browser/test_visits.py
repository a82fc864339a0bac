"""What is new since a reader's last visit: told by this browser alone, and to nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import violations

pytestmark = pytest.mark.browser
TWO_RELEASES = "/long-names/"
KEPT = f"localStorage.getItem('{TWO_RELEASES}')"


@pytest.fixture
def returning(open_page: Callable[..., Page], laid_out: str) -> Page:
    """The page of a comparison in its second release, as somebody opens it who read the first."""
    page = open_page(base_url=laid_out)
    page.goto(TWO_RELEASES)
    expect(page.locator("#news")).to_have_count(0)  # nobody was here before
    assert page.evaluate(KEPT) == "2"
    page.evaluate(f"localStorage.setItem('{TWO_RELEASES}', '1')")
    page.reload()
    return page


def test_who_comes_back_is_led_to_what_has_changed(returning: Page) -> None:
    news = returning.locator("#news")
    expect(news).to_contain_text("Since your last visit: what release 2 changed")
    returning.reload()
    expect(news).to_be_visible()  # until it is read, or hidden
    news.get_by_role("link").click()
    expect(returning).to_have_url(f"{TWO_RELEASES}changes/1..2/")
    returning.goto(TWO_RELEASES)
    expect(returning.locator("#meta")).to_be_visible()
    expect(news).to_have_count(0)


def test_it_is_hidden_with_one_press_and_stays_so(returning: Page) -> None:
    returning.get_by_role("button", name="Hide").click()
    expect(returning.locator("#news")).to_have_count(0)
    returning.reload()
    expect(returning.locator("#theme")).to_be_visible()
    expect(returning.locator("#news")).to_have_count(0)


def test_it_can_be_reached_by_everybody(returning: Page) -> None:
    assert violations(returning, "news") == []


def test_a_page_that_names_its_release_is_no_visit(returning: Page) -> None:
    returning.goto(f"{TWO_RELEASES}@1/")
    expect(returning.locator("#theme")).to_be_visible()
    expect(returning.locator("#news")).to_have_count(0)
    assert returning.evaluate(KEPT) == "1"


def test_where_nothing_may_be_kept_nothing_is_said(
    open_page: Callable[..., Page], laid_out: str, complaints: list[str]
) -> None:
    page = open_page(base_url=laid_out)
    page.add_init_script("""
      Object.defineProperty(window, "localStorage", { get() { throw new Error("blocked"); } });
    """)
    page.goto(TWO_RELEASES)
    expect(page.locator("#theme")).to_be_visible()
    expect(page.locator("#news")).to_have_count(0)
    assert complaints == []


def test_the_last_visit_is_sent_to_nobody(returning: Page) -> None:
    sent: list[str] = []
    returning.on("request", lambda request: sent.append(f"{request.url} {request.headers}"))
    returning.reload()
    expect(returning.locator("#news")).to_be_visible()
    assert sent and not any("1..2" in one or "cookie" in one for one in sent)
