"""How long after a click the new result is on the screen, in a real browser: the site, a page that
computes in the browser, and plain Django with htmx, in turns.

Painted is the time from the click's own time stamp to the first task after the frame in which the
result had changed. The main thread's work is the browser's own measure of its tasks, from before
the click until nothing moves any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, sync_playwright

from tests.bench.lines import print_line
from tests.chromium import chromium_path, without_sandbox

ROUNDS, WARM_UP = 15, 4
HELD = 80  # ms between press and release, as with a finger; else there is no time between them
QUIET = 500  # ms after the new result in which the page may still work on it
PAINTED = ("at most 2.0", "", "at most 0.8")
WORK = ("at most 25 ms", "", "at most 60 ms")
SLOW_4G = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
# Of each page: its address, what tells one result from another, even where the scores as shown
# are the same, and the boxes of its criteria.
COUNTED = "document.querySelector('#counted').textContent"
PAGES = {
    "site": ("/{slug}/", "document.querySelector('#results').dataset.result", "[id^=on-]"),
    "computed": ("/rivals/computed/{slug}/", COUNTED, "[name=on]"),
    "plain": ("/rivals/plain/{slug}/", COUNTED, "[name=on]"),
}
WATCH = """() => {
  const result = () => RESULT;
  const { port1, port2 } = new MessageChannel();
  let clicked, before, frameAt;
  window.painted = null;
  addEventListener("click", (event) => {
    if (clicked) return;  // a label passes its click on to its box
    clicked = event.timeStamp;
    before = result();
    new MutationObserver((_, observer) => {
      if (result() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => port2.postMessage(null));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { capture: true, once: true });
  port1.onmessage = () => { window.painted = performance.now() - clicked; };
}"""


class Toggle(NamedTuple):
    """One measured toggle, in milliseconds."""

    painted: float
    work: float  # of the main thread: script, style, layout, painting


class Tab:
    """One open page of a comparison, and its boxes one after another."""

    def __init__(self, browser: Browser, origin: str, kind: str, slug: str) -> None:
        path, result, boxes = PAGES[kind]
        self.watch = WATCH.replace("RESULT", result)
        self.page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.page.goto(origin + path.format(slug=slug), wait_until="load")
        names = self.page.locator(boxes).evaluate_all(
            "boxes => boxes.filter((box) => box.checkVisibility()).map((box) => box.value)"
        )
        self.boxes = self._each(boxes, names)
        self.devtools: CDPSession = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Performance.enable")

    def _each(self, boxes: str, names: list[str]) -> Iterator[str]:
        while True:  # off one after another, then on again: never all at once
            for name in names[:-1]:
                yield f'{boxes}[value="{name}"]'

    def toggle(self, held: int = 0) -> Toggle:
        """Click on the next box, as a reader does, and wait until the page is quiet again.

        held: for how many milliseconds the button is pressed.
        """
        box = self.page.locator(next(self.boxes))
        box.evaluate("box => box.scrollIntoView({ block: 'center' })")
        place = box.bounding_box()
        assert place
        self.page.evaluate(self.watch)
        self.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        self.page.wait_for_timeout(QUIET / 2)
        before = self._work()
        self.page.mouse.down()
        if held:
            self.page.wait_for_timeout(held)
        self.page.mouse.up()
        self.page.wait_for_function("() => window.painted !== null", polling=QUIET)
        self.page.wait_for_timeout(QUIET)
        return Toggle(self.page.evaluate("painted"), self._work() - before)

    def _work(self) -> float:
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    def slow_down(self) -> None:
        self.devtools.send("Network.enable")
        self.devtools.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})


def measure_toggles(port: int, slugs: tuple[str, ...]) -> None:
    """Toggles of comparisons of three sizes (2 × 25, 3 × 42, 30 × 120), the last also slowly."""
    origin = f"http://127.0.0.1:{port}"
    with chromium() as browser:
        for slug, painted, work in zip(slugs, PAINTED, WORK, strict=True):
            _print(slug, toggles(browser, origin, slug), painted, work)
            _print_held(slug, toggles(browser, origin, slug, held=HELD))
        for slug in slugs:
            _print_slow(slug, toggles(browser, origin, slug, slow=True))
            _print_held(slug, toggles(browser, origin, slug, slow=True, held=HELD), " slow 4G,")


def _print(slug: str, measured: dict[str, list[Toggle]], painted: str, work: str) -> None:
    for kind, of_kind in measured.items():
        print_line(
            f"toggle painted, {slug}, {kind}, ms", [one.painted for one in of_kind], "", "{:.0f}"
        )
    pairs = zip(measured["site"], measured["computed"], strict=True)
    print_line(
        "  / computed", [site.painted / computed.painted for site, computed in pairs], painted
    )
    for kind, of_kind in measured.items():
        print_line(
            f"main thread, {slug}, {kind}, ms",
            [one.work for one in of_kind],
            work if kind == "site" else "",
            "{:.0f}",
        )


def _print_slow(slug: str, measured: dict[str, list[Toggle]]) -> None:
    for kind in ("site", "plain"):
        print_line(
            f"slow 4G, {slug}, {kind}, ms beyond a round trip",
            [one.painted - SLOW_4G["latency"] for one in measured[kind]],
            "at most 35 ms" if kind == "site" else "",
            "{:.0f}",
        )


def _print_held(slug: str, measured: dict[str, list[Toggle]], where: str = "") -> None:
    for kind, of_kind in measured.items():
        print_line(
            f"pressed for {HELD} ms,{where} {slug}, {kind}, ms",
            [one.painted for one in of_kind],
            "",
            "{:.0f}",
        )


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--disable-gpu", *without_sandbox()]
        )
        try:
            yield browser
        finally:
            browser.close()


def toggles(
    browser: Browser,
    origin: str,
    slug: str,
    *,
    slow: bool = False,
    held: int = 0,
    rounds: int = ROUNDS,
) -> dict[str, list[Toggle]]:
    """Return the measured toggles of each page, taken in turns."""
    tabs = {kind: Tab(browser, origin, kind, slug) for kind in PAGES}
    if slow:
        for tab in tabs.values():
            tab.slow_down()
    measured: dict[str, list[Toggle]] = {kind: [] for kind in tabs}
    for turn in range(WARM_UP + rounds):
        for kind in list(tabs)[:: 1 if turn % 2 else -1]:
            tabs[kind].page.bring_to_front()
            toggle = tabs[kind].toggle(held)
            if turn >= WARM_UP:
                measured[kind].append(toggle)
    for tab in tabs.values():
        tab.page.close()
    return measured
