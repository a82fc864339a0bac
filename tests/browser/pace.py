"""A person's pace at a page: what a robot does at once is counted as a practised editor would take
it, by the keystroke-level model with the times that this site's editors were measured by.

Not counted: thinking, and waiting for the site, which tests of speed measure.

Source: Card, Moran, Newell, The Psychology of Human-Computer Interaction, 1983, chapter 8.
"""

from playwright.sync_api import Locator, Page

CHARACTER = 0.28  # seconds for a key, of an average typist
FIELD = 1.1  # to point at something and press
FORM = 6.85  # to send a form and take in the page that comes


class Editor:
    """Somebody at a page, and how long it took so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seconds = 0.0
        self.clicks = self.keys = self.forms = 0

    def click(self, target: Locator) -> None:
        """Press something that sends nothing, or a link."""
        self._points()
        target.click()

    def send(self, button: Locator) -> None:
        """Press the button of a form."""
        self.forms += 1
        self.seconds += FORM
        self.click(button)

    def write(self, field: Locator, text: str) -> None:
        """Point at a field and type."""
        self._points()
        self._presses(len(text))
        field.fill(text)

    def paste(self, field: Locator, text: str) -> None:
        """Point at a field and paste: two keys."""
        self._points()
        self._presses(2)
        field.fill(text)

    def choose(self, field: Locator, value: str) -> None:
        """Open a list and point at one of it; do nothing where it is chosen already."""
        if field.input_value() != value:
            self._points()
            self._points()
            field.select_option(value)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self._presses(len(text))
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press one key."""
        self._presses(1)
        self.page.keyboard.press(key)

    def _points(self) -> None:
        self.clicks += 1
        self.seconds += FIELD

    def _presses(self, keys: int) -> None:
        self.keys += keys
        self.seconds += keys * CHARACTER
