"""The answer where a reader meets it: on the first screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH
from tests.browser.reader_page import open_comparison

pytestmark = pytest.mark.browser

SCREENS = {"phone": TOUCH, "desk": {"viewport": {"width": 1280, "height": 800}}}
CHOSEN = "use=rest-api"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("query", ["", CHOSEN], ids=["no case", "a case"])
def test_the_answer_and_its_buttons_are_on_the_first_screen(
    open_page: Callable[..., Page], screen: str, query: str
) -> None:
    page = open_comparison(open_page(**SCREENS[screen]), query)
    headline = "FastAPI" if query else "It depends on your case"
    expect(page.locator("#results h2")).to_have_text(headline)
    buttons = ".card-actions a" if screen == "phone" else "#results .foot > *"
    for part in ("#use-case", "#results h2", "#results .scores", "#results .label", buttons):
        for shown in page.locator(part).all():
            expect(shown).to_be_in_viewport(ratio=1)
