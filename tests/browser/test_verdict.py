"""What would change the verdict, tried in a real browser; the frame on other people's pages; the
verdict's own pages for all.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH, violations
from tests.browser.reader_page import COMPARISON, address, decision, open_comparison, same_as_fresh

pytestmark = pytest.mark.browser
# Every number on the rulers that lies outside its safe range, by what is drawn and not by what is
# noted: "orm 1".
DRAWN = """() => [...document.querySelectorAll("#rows .importance label")].filter((label) => {
  const style = getComputedStyle(label.querySelector("span"));
  return style.borderBottomStyle === "dotted" && parseFloat(style.borderBottomWidth) > 0;
}).map((label) => label.closest("tr").dataset.criterion + " " + label.textContent.trim())"""


def outside(page: Page, query: str) -> list[str]:
    """Return the numbers outside the safe ranges, worked out from what programs are told."""
    changes = decision(page, query)["decision"]["changes"]
    return [
        f"{criterion} {importance}"
        for criterion, low, high in (changes["intervals"] if changes else [])
        for importance in range(6)
        if not low - 1e-9 <= importance <= high + 1e-9
    ]


def drawn(page: Page) -> list[str]:
    texts: list[str] = page.evaluate(DRAWN)
    return texts


def promised(page: Page) -> str:
    """Return who would lead, or the first whom a toss-up would be between, as the sentence beside
    "Try it" says.
    """
    told = page.locator("#results .nearest-change").inner_text()
    match = re.search(r"(?:\d|[a-z]|\s)([A-Z][\w ]*?) would lead \(", told) or re.search(
        r"a toss-up: (\w+)", told
    )
    assert match
    return match[1].split()[-1]


# --- trying a change ------------------------------------------------------------------------------

TRIALS = {"": "off=admin-panel,orm", "off=orm": "off=orm&w=admin-panel:1"}


@pytest.mark.parametrize("query", TRIALS, ids=["smallest set", "nearest change"])
def test_trying_a_change_applies_it_at_once_and_the_address_carries_it(
    page: Page, query: str
) -> None:
    open_comparison(page, query)
    leader = promised(page)
    page.evaluate("window.same = true")
    link = page.locator("#results a.trial")
    address_of_link = link.get_attribute("href")
    link.click()
    expect(page.locator("#results h2")).to_have_text(decision(page, TRIALS[query])["headline"])
    expect(page).to_have_url(address(TRIALS[query]))
    assert address_of_link == f"{COMPARISON}?{TRIALS[query]}"
    assert leader in page.locator("#results").inner_text()
    assert page.evaluate("window.same") is True, "the page was loaded anew"
    same_as_fresh(page)


def test_trying_a_change_works_with_the_keyboard(page: Page) -> None:
    open_comparison(page, "off=orm")
    page.evaluate("window.same = true")
    page.locator("#results a.trial").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    expect(page.locator("#w-admin-panel-1")).to_be_checked()
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


@pytest.mark.parametrize("query", TRIALS, ids=["smallest set", "nearest change"])
def test_without_a_script_trying_is_a_link(open_page: Callable[..., Page], query: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(COMPARISON + (f"?{query}" if query else ""))
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address(TRIALS[query]))
    expect(page.locator("#results h2")).to_have_text(decision(page, TRIALS[query])["headline"])


def test_a_change_that_was_tried_is_taken_back_by_hand(page: Page) -> None:
    open_comparison(page, "off=orm")
    before = page.locator("#results").inner_text()
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    page.locator("label:has(#w-admin-panel-3)").click()
    expect(page).to_have_url(address("off=orm"))
    # now it is what this browser set, and no longer what came with the link
    own = before.replace("Somebody set 1 thing", "1 change")
    assert own != before
    expect(page.locator("#results")).to_have_text(own, use_inner_text=True)


def test_back_undoes_a_change_that_was_tried(page: Page) -> None:
    open_comparison(page, "off=orm")
    before = page.locator("#results h2").inner_text()
    page.locator("#results a.trial").click()
    expect(page).to_have_url(address("off=orm&w=admin-panel:1"))
    page.go_back()
    expect(page).to_have_url(address("off=orm"))
    expect(page.locator("#results h2")).to_have_text(before)
    expect(page.locator("#w-admin-panel-3")).to_be_checked()


def test_a_change_that_is_opened_elsewhere_leaves_this_page_alone(page: Page) -> None:
    open_comparison(page, "off=orm")
    with page.context.expect_page() as other:
        page.locator("#results a.trial").click(modifiers=["Control"])
    expect(other.value).to_have_url(address("off=orm&w=admin-panel:1"))
    assert page.url.endswith("?off=orm")


def test_what_is_opened_in_the_panel_stays_open_and_follows(page: Page) -> None:
    open_comparison(page)
    for part in ("#how-firm", "#whatelse"):
        page.locator(f"{part} summary").click()
    expect(page.locator("#flips")).to_contain_text("Why not FastAPI?")
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    told = page.request.get(f"{COMPARISON}-/data.json?off=orm").json()["decision"]["changes"]
    expect(page.locator("#flips")).to_contain_text(
        f"wrong by {int(100 * told['tolerance'])} % at once"
    )
    for part in ("#how-firm", "#whatelse"):
        expect(page.locator(part)).to_have_attribute("open", "")
    page.locator("#flips a.trial").first.click()
    expect(page).not_to_have_url(address("off=orm"))
    same_as_fresh(page)


# --- the safe range -------------------------------------------------------------------------------


def test_the_safe_range_is_drawn_where_the_engine_says(page: Page) -> None:
    open_comparison(page, "off=admin-panel")
    expected = outside(page, "off=admin-panel")
    assert "orm 1" in expected and "resource-use 4" in expected
    assert drawn(page) == expected


def test_the_safe_range_follows_a_switch_and_reads_as_after_a_fresh_load(page: Page) -> None:
    open_comparison(page)
    assert drawn(page) == outside(page, "") == []
    for switch, query in (("orm", "off=orm"), ("orm", ""), ("admin-panel", "off=admin-panel")):
        page.locator(f"#on-{switch}").click()
        expect(page).to_have_url(address(query))
        expect(page.locator("#results h2")).to_have_text(decision(page, query)["headline"])
        expected = outside(page, query)
        page.wait_for_function(
            f"expected => JSON.stringify(({DRAWN})()) === expected", arg=_as_script_writes(expected)
        )
        same_as_fresh(page)
    now = drawn(page)
    page.reload()
    assert drawn(page) == now != []


def _as_script_writes(value: list[str]) -> str:
    return "[" + ",".join(f'"{item}"' for item in value) + "]"


# --- on other people's pages ----------------------------------------------------------------------


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """Serve one page from an origin of its own, as another site would."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode() if self.path == "/" else b"")

        def log_message(self, *args: Any) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}/"
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def framing(address: str) -> str:
    return (
        '<!doctype html><html lang="en"><title>Theirs</title><link rel="icon" '
        f'href="data:,"><iframe src="{address}"></iframe>'
    )


@pytest.mark.parametrize("place", ["embed/", "@1/embed/"], ids=["live", "pinned"])
def test_a_page_of_another_origin_frames_the_embed_and_sees_it(
    open_page: Callable[..., Page], server: str, place: str
) -> None:
    page = open_page()
    with another_site(framing(f"{server}{COMPARISON}{place}?off=orm")) as theirs:
        page.goto(theirs)
        assert not theirs.startswith(server)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        expect(frame.locator("body")).to_contain_text("Django")
        expect(frame.locator("body")).to_contain_text("Release 1")
        assert frame.locator("rect").count() > 0


def test_the_snippet_that_is_copied_works_on_another_page(
    open_page: Callable[..., Page], server: str
) -> None:
    page = open_page()
    page.goto(f"{COMPARISON}share/?off=orm")
    snippet = page.locator("#as-frame").input_value()
    with another_site(
        f'<!doctype html><title>Theirs</title><link rel="icon" href="data:,">{snippet}'
    ) as theirs:
        page.goto(theirs)
        expect(page.frame_locator("iframe").locator("body")).to_contain_text("Django")


@pytest.mark.parametrize(
    "place",
    [
        COMPARISON,
        f"{COMPARISON}@1/",
        f"{COMPARISON}why/fastapi/",
        f"{COMPARISON}sensitivity/",
        "/method/",
        "/",
    ],
)
def test_every_other_page_refuses_to_be_framed(
    open_page: Callable[..., Page], complaints: list[str], server: str, place: str
) -> None:
    page = open_page()
    with another_site(framing(server + place)) as theirs:
        with page.expect_event("console", lambda message: message.type == "error") as refusal:
            page.goto(theirs)
        assert re.search("frame-ancestors|X-Frame-Options|frame", refusal.value.text)
        (framed,) = [frame for frame in page.frames if frame is not page.main_frame]
        framed.wait_for_load_state()
        assert framed.url.startswith("chrome-error:") or "Evenhand" not in framed.content()
    complaints.clear()  # the refusal is what was wanted


# --- for everybody --------------------------------------------------------------------------------

PAGES = {
    "method": "/method/",
    "sensitivity": COMPARISON + "sensitivity/?off=orm",
    "why": COMPARISON + "why/fastapi/?off=orm",
    "why-leader": COMPARISON + "why/django/",
    "changes": COMPARISON + "changes/",
    "api": "/api/",
}


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_pages_about_the_verdict(
    open_page: Callable[..., Page], name: str, screen: str
) -> None:
    page = open_page(**TOUCH) if screen == "phone" else open_page()
    page.goto(PAGES[name])
    page.evaluate(
        "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
    )
    assert (
        violations(page, name, schemes=("light", "dark") if screen == "desk" else ("light",)) == []
    )
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
