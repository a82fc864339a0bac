"""`make screenshots TO=folder`: how every kind of page looks at three widths, light and dark;
AGAINST=folder compares.

The server stands in this process, so that its clock is stopped. The browser asks for it under one
name, whatever its port: addresses that a page shows are the same in every run.
"""

import logging
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.chromium import chromium_path
from tests.snapshot.site import HOST, prepared_site

WIDTHS = (360, 768, 1280)
HEIGHT = 900
TALLEST = 16_000  # px of one picture: a browser draws little more at once
COLOURS = ("light", "dark")
LONGEST = 300_000  # ms for one answer or picture: a busy machine takes long over a tall page
UNSEEN = 2  # of 255: by so much one browser rounds one edge in two ways from run to run
OPENED = "opened"  # with all open that opens
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
DRAWN = """async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--hide-scrollbars",
]
PAGES = [
    "/",
    "/?page=2",
    "/?q=nothing-like-it",
    "/method/",
    "/api/",
    "/no-such-page/",
    "/fastapi-vs-django/",
    "/fastapi-vs-django/cell/performance/fastapi/",
    "/fastapi-vs-django/case/rest-api/",
    "/fastapi-vs-django/sources/practitioner/",
    "/fastapi-vs-django/why/fastapi/",
    "/fastapi-vs-django/tree/?tree=full-product:no",
    "/fastapi-vs-django/samples/",
    "/fastapi-vs-django/embed/",
    "/python-app-servers/",
    "/python-app-servers/search/?find=async",
    "/python-app-servers/sensitivity/",
    "/python-app-servers/freshness/",
    "/wide/",
    "/wide/parts/",
    "/tiny/?from=1",
    "/tiny/?off=speed,ease,cost",
    "/tiny/?must=speed,cost",
    "/tiny/@1/",
    "/tiny/changes/",
    "/tiny/changes/1..2/",
    "/tiny/share/",
    "/tiny/suggest/?criterion=speed&option=ada",
    "/tiny/suggest/?sent=1",
    "/ties/",
    "/gappy/",
    "/full/",
    "/full/?off=learning-curve&must=rate-limits&options=swift,whole",
    "/full/?q=nothing-like-it",
    "/full/?use=gone&colour=red",
    "/full/parts/",
    "/full/sources/",
    "/full/search/?find=swift",
    "/full/architecture/",
    "/full/costs/",
    "/full/migrations/",
    "/full/popularity/",
    "/full/pros-and-cons/",
    "/full/questions/",
    "/full/stories/",
    "/full/together/",
    "/full/tree/",
]
WITH_ALL_OPEN = ["/fastapi-vs-django/", "/full/"]
OF_EDITORS = [
    "/admin/",
    "/admin/comparison/comparison/",
    "/admin/comparison/comparison/1/change/",
    "/admin/comparison/comparison/1/publish/",
    "/admin/comparison/claim/",
    "/admin/comparison/criterion/1/change/",
    "/admin/comparison/usecase/1/change/",
    "/drafted/@draft/",
    "/unfinished/@draft/",
]


def main() -> int:
    """Draw, compare, say what is different. Returns 1 where anything is."""
    parser = ArgumentParser(prog="make screenshots", description="TO=folder [AGAINST=folder]")
    parser.add_argument("to", type=Path)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    if given.against and not any(given.against.glob("*.png")):
        parser.error(f"{given.against} holds no pictures to compare with.")
    given.to.mkdir(parents=True, exist_ok=True)
    for path in given.to.glob("*.png"):
        path.unlink()
    begun = time.monotonic()
    draw(given.to)
    count = len(list(given.to.glob("*.png")))
    print(f"{count} pictures are in {given.to}, after {time.monotonic() - begun:.0f} s.")
    if not given.against:
        return 0
    told = compared(given.against, given.to)
    print("\n".join(told) or "No pixel is different.")
    return 1 if told else 0


# --- drawing --------------------------------------------------------------------------------------


def draw(folder: Path) -> None:
    """Draw every page into the folder."""
    logging.disable()
    with prepared_site(), serving() as port, sync_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{port}"
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*QUIET, rules])
        reader, editor = _context(browser), _context(browser)
        editor.add_cookies(
            [{"name": "session", "value": session_of_editor(), "url": f"http://{HOST}/"}]
        )
        for path in PAGES:
            _draw_page(reader, path, folder)
        for path in WITH_ALL_OPEN:
            _draw_page(reader, path, folder, OPENED)
        _draw_page(reader, "/admin/login/", folder)
        for path in OF_EDITORS:
            _draw_page(editor, path, folder)
        browser.close()


def _context(browser: object) -> BrowserContext:
    context = browser.new_context(base_url=f"http://{HOST}/", reduced_motion="reduce")
    context.set_default_timeout(LONGEST)
    return context


class _Requests:
    """The requests of a page that are under way: what opens fetches what it holds only then."""

    def __init__(self, page: Page) -> None:
        self.page, self.open = page, set()
        page.on("request", lambda request: self.open.add(request))
        page.on("requestfinished", lambda request: self.open.discard(request))
        page.on("requestfailed", lambda request: self.open.discard(request))

    def wait(self) -> None:
        """Wait until everything is there and drawn, and nothing more was asked for by it."""
        for _ in range(2):
            self.page.evaluate(DRAWN)
            while self.open:
                self.page.wait_for_timeout(20)
        self.page.evaluate(DRAWN)


def _draw_page(context: BrowserContext, path: str, folder: Path, how: str = "") -> None:
    page = context.new_page()
    requests = _Requests(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(path, wait_until="load")
        if how == OPENED:
            page.evaluate(OPEN_ALL)
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            requests.wait()
            name = "-".join(filter(None, (_name_of(path), how, str(width), colours)))
            _draw(page, folder, name)
    page.close()


def _draw(page: Page, folder: Path, name: str) -> None:
    """Draw the whole page, a tall one in parts."""
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    for number, top in enumerate(range(0, height, TALLEST)):
        part = {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top)}
        path = folder / f"{name}{f'-{number + 1}' if number else ''}.png"
        page.screenshot(path=path, full_page=True, clip=part, animations="disabled", scale="css")


def _name_of(path: str) -> str:
    plain = "".join(sign if sign.isalnum() or sign in ".,=@-" else "_" for sign in path)
    return plain.strip("_") or "hub"


@contextmanager
def serving() -> Iterator[int]:
    """Serve the site on a port that is free, from a thread."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from comparison.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def session_of_editor() -> str:
    """Return the cookie of an editor who has signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get())
    return client.cookies["session"].value


# --- comparing ------------------------------------------------------------------------------------


def compared(before: Path, after: Path) -> list[str]:
    """Return a line for each picture that is not the same."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.png")})
    told = []
    for name in names:
        if not (before / name).exists() or not (after / name).exists():
            told.append(f"{name}: only {'after' if (after / name).exists() else 'before'}")
        elif difference := difference_of(before / name, after / name):
            told.append(f"{name}: {difference}")
    return [*told, "", f"{len(told)} of {len(names)} pictures differ."] if told else []


def difference_of(before: Path, after: Path) -> str:
    """Return in words how many pixels of two pictures are not alike and where; nothing if none."""
    with Image.open(before) as one, Image.open(after) as other:
        sizes = "" if one.size == other.size else f"{_size(one)} before, {_size(other)} after; "
        common = (0, 0, min(one.width, other.width), min(one.height, other.height))
        pictures = (picture.convert("RGB").crop(common) for picture in (one, other))
        red, green, blue = ImageChops.difference(*pictures).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        changed = most.point([0] * (UNSEEN + 1) + [255] * (255 - UNSEEN))
    pixels = common[2] * common[3] - changed.histogram()[0]
    if not pixels:
        return sizes and f"{sizes}no pixel of what both have"
    left, top, right, bottom = changed.getbbox()
    return f"{sizes}{pixels:,} pixels, between {left},{top} and {right},{bottom}"


def _size(picture: Image.Image) -> str:
    return f"{picture.width} × {picture.height}"


if __name__ == "__main__":
    sys.exit(main())
