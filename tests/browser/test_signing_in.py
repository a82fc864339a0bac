"""The first days of a site in a browser: its first administrator, a second factor on the way to
publishing, a lost telephone, a session that ended in the grid, and somebody who guesses.
"""

import shutil
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import violations
from tests.codes import code_at
from tests.conftest import ROOT, environment_of, started

pytestmark = pytest.mark.browser
NAME, PASSWORD = "mira", "seven grey kettles sing"
NOTE = "The title has a comma now, and here is why."
OFFICE, HOME = ({"X-Forwarded-For": address} for address in ("192.0.2.1", "198.51.100.7"))


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A site that asks for a second factor before publishing, and nobody signs in to yet: its
    address, and the link that it prints.
    """
    folder = tmp_path / "var"
    shutil.copytree(prepared, folder)
    with started(folder, SECOND_FACTOR="publishing", BEHIND_PROXY="1") as address:
        command = [sys.executable, "-m", "tests.first_days", address]
        printed = subprocess.run(
            command,
            cwd=ROOT,
            env=environment_of(folder),
            check=True,
            capture_output=True,
            text=True,
        )
        yield address, printed.stdout.strip()


def give_password(page: Page, password: str = PASSWORD) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Code:").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def fits(page: Page) -> bool:
    """Return whether a page is as wide as a small telephone."""
    page.set_viewport_size({"width": 320, "height": 700})
    is_within: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return is_within


def test_the_first_days_of_a_site(
    open_page: Callable[..., Page], site: tuple[str, str], complaints: list[str]
) -> None:
    address, link = site
    page = open_page(base_url=address, extra_http_headers=OFFICE)
    faults: list[str] = []

    def look(where: str) -> None:
        assert complaints == []
        assert fits(page), where
        faults.extend(violations(page, where))
        complaints.clear()  # of the styles that the checker brings

    # the first administrator
    page.goto(link)
    look("first administrator")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password:", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()

    # publishing leads through setting up a second factor, with the note
    draft = page.locator(".draft", has_text="FastAPI, or Django?")
    draft.get_by_role("link", name="Publish…").click()
    page.locator("[name=note]").fill(NOTE)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#set-up-form")).to_be_visible()
    complaints.clear()  # a 403 is one
    look("setting up")
    key = b32decode("".join(page.locator("#key").inner_text().split())).hex()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code:").fill(code_at(key, time.time()))
    page.get_by_role("button", name="Set up").click()
    codes = page.locator("#recovery-codes code").all_inner_texts()
    look("recovery codes")
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".messagelist .success")).to_contain_text("is published")
    page.goto("/fastapi-vs-django/changes/")
    expect(page.locator("main")).to_contain_text(NOTE)

    # the telephone is lost, and a session ends while a cell is typed
    page.goto("/admin/")
    draft.get_by_role("link", name="Matrix").click()
    page.context.clear_cookies(name="session")
    page.locator("#grid tr[data-row] td").first.click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Typed while signed out")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-state")).to_contain_text("sign in in another tab")
    for _ in range(3):  # after so many it waits longer and longer, but not once she is in again
        page.locator("#grid-again").click()
        expect(page.locator("#grid-state")).to_contain_text("sign in in another tab")
    complaints.clear()
    tab = page.context.new_page()
    give_password(tab)
    give_code(tab, codes[0])
    page.locator("#grid-again").click()  # it would do so by itself, in some seconds
    expect(page.locator("#grid-state")).to_have_text("Saved to the draft.")
    complaints.clear()
    tab.goto("/admin/second-factor/")
    expect(tab.locator("#content")).to_contain_text("9 recovery codes left")

    # somebody guesses, from their own address: she is not kept out
    guesser = open_page(base_url=address, extra_http_headers=HOME)
    for number in range(5):
        give_password(guesser, f"guess {number}")
    give_password(guesser)
    expect(guesser.locator(".errornote")).to_contain_text("too many tries")
    complaints.clear()  # a 429 is one
    tab.get_by_role("button", name="Log out").click()
    give_password(tab)
    expect(tab.get_by_label("Code:")).to_be_visible()
    give_code(tab, codes[1])
    assert faults == []
