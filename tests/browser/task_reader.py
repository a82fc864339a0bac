"""Somebody who came for something: clicks or taps, and scrolls to what is not in sight; both are
counted.
"""

from playwright.sync_api import Locator, Page, expect

from tests.browser.reader_page import press_in_view


class Reader:
    """A reader of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.screens = 0.0

    def look_at(self, part: Locator) -> None:
        """Scroll until a part is in sight, and count the screens between."""
        expect(part).to_be_visible()
        away: float = part.evaluate("""part => {
          const { top, bottom } = part.getBoundingClientRect();
          return Math.max(0, -top, bottom - innerHeight) / innerHeight;
        }""")
        self.screens += away
        part.scroll_into_view_if_needed()

    def click(self, part: Locator) -> None:
        self.look_at(part)
        part.click()
        self.clicks += 1

    def press(self, part: Locator) -> None:
        """Click what is in view, without a look further down for it."""
        press_in_view(part)
        self.clicks += 1

    def choose(self, picker: Locator, label: str) -> None:
        """Open a list and choose: two clicks."""
        self.click(picker)
        picker.select_option(label=label)
        self.clicks += 1

    def copied(self) -> str:
        """Return what was copied, once the page says that it is."""
        expect(self.page.locator("#announce")).to_have_text("Copied")
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    def done(self) -> None:
        """Check what it took."""
        assert self.clicks <= 2
        assert self.screens <= 1
