"""`make handbook`: the pictures of content/HANDBOOK.md, drawn anew from the site as it is."""

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.chromium import chromium_path
from tests.snapshot.screenshots import QUIET, serving, session_of_editor
from tests.snapshot.site import HOST, prepared_site

PICTURES = Path(__file__).resolve().parents[2] / "static/img/handbook"
WINDOW = {"width": 1280, "height": 860}
COLOURS = 128  # of a picture: enough for a page of text, and a quarter of its bytes
OF_A_COMPARISON = "/admin/comparison/comparison/2/"
DRINKS = "\n".join(
    "\t".join(cells)
    for cells in (
        ("", "Tea", "Coffee", "Cocoa", "Weight"),
        ("Warm", "yes", "yes", "partly", "40%"),
        ("Minutes to make", "3 min", "5 min", "8 min", "20%"),
        ("Price (EUR)", "0.20", "0.35", "?", "40%"),
        ("Taste", "mild", "strong", "sweet", ""),
    )
)


def show_home(page: Page) -> None:
    page.goto("/admin/")
    page.wait_for_load_state("networkidle")  # the state of each draft comes after the page


def show_new(page: Page) -> None:
    page.goto("/admin/comparison/comparison/new/")


def show_guesses(page: Page) -> None:
    page.goto("/admin/comparison/comparison/from-table/")
    page.get_by_label("Paste the table").fill(DRINKS)
    page.get_by_role("button", name="Show what it becomes").click()
    page.get_by_text("Its criteria, as they were guessed").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def show_matrix(page: Page) -> None:
    page.goto(f"{OF_A_COMPARISON}grid/matrix/")
    page.locator("#grid tr[data-row] td").nth(2).click()
    page.get_by_role("heading", name="What sources say").wait_for()


def show_publish(page: Page) -> None:
    page.goto(f"{OF_A_COMPARISON}grid/matrix/")
    page.locator("#grid tr[data-row] td").first.click()
    page.keyboard.type("Corrected for the handbook")
    page.keyboard.press("Enter")
    page.get_by_text("Saved to the draft.").wait_for()
    page.goto(f"{OF_A_COMPARISON}publish/")


SHOWN: dict[str, Callable[[Page], None]] = {
    "home": show_home,
    "new": show_new,
    "guesses": show_guesses,
    "matrix": show_matrix,
    "publish": show_publish,
}


def main() -> int:
    """Draw all of them."""
    logging.disable()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with prepared_site(with_worlds=False), serving() as port, sync_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{port}"
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*QUIET, rules])
        context = browser.new_context(
            base_url=f"http://{HOST}/", reduced_motion="reduce", viewport=WINDOW
        )
        cookie = {"name": "session", "value": session_of_editor(), "url": f"http://{HOST}/"}
        context.add_cookies([cookie])
        page = context.new_page()
        for name, show in SHOWN.items():
            show(page)
            with Image.open(BytesIO(page.screenshot(animations="disabled"))) as picture:
                small = picture.convert("RGB").quantize(COLOURS)
                small.save(PICTURES / f"{name}.png", optimize=True)
        browser.close()
    print(f"{len(SHOWN)} pictures are in {PICTURES}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
