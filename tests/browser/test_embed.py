"""The frame on other people's pages, in a real browser."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader_page import COMPARISON

pytestmark = pytest.mark.browser
SERVERS = "/python-app-servers/"


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


SELECTIONS = [
    ("/long-names/", ""),
    (COMPARISON, ""),
    (COMPARISON, "use=rest-api"),
    (COMPARISON, "use=rest-api&w=orm:5&off=testing&distrust=capsquery&must=admin-panel"),
    (SERVERS, ""),
    (SERVERS, "use=none&options=gunicorn,granian"),
]


@pytest.mark.parametrize(("place", "query"), SELECTIONS, ids=[" ".join(one) for one in SELECTIONS])
def test_the_frame_that_is_copied_is_as_high_as_what_it_shows(
    open_page: Callable[..., Page], laid_out: str, place: str, query: str
) -> None:
    page = open_page(base_url=laid_out)
    page.goto(f"{place}share/?{query}")
    snippet = page.locator("#as-frame").input_value()
    with another_site(
        f'<!doctype html><title>Theirs</title><link rel="icon" href="data:,">{snippet}'
    ) as theirs:
        page.goto(theirs)
        (framed,) = [frame for frame in page.frames if frame is not page.main_frame]
        for width in (300, 360, 640):
            page.locator("iframe").evaluate("(e, width) => { e.width = width; }", width)
            framed.wait_for_function("width => innerWidth === width", arg=width)
            framed.evaluate("document.fonts.ready.then(() => true)")  # its own letters are narrower
            expect(page.frame_locator("iframe").locator("footer")).to_be_visible()
            high, room = framed.evaluate(
                "[document.documentElement.scrollHeight, document.documentElement.clientHeight]"
            )
            assert (width, high) == (width, room)
            if width == 300:
                left = framed.evaluate(
                    "innerHeight - document.querySelector('footer').getBoundingClientRect().bottom"
                )
                assert left < 110


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
