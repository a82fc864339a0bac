"""How long after a click the new result is on the screen, in a real browser: the site, a page that
computes in the browser, and plain Django with htmx, in turns.

Painted is the time from the click's own time stamp to the first task after the frame in which the
result had changed. The main thread's work is the browser's own measure of its tasks, from before
the pointer comes to the box until nothing is done any more: what is fetched ahead counts, too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, sync_playwright

from tests.bench.lines import LARGE, SMALL, print_line
from tests.chromium import chromium_path, without_sandbox

ROUNDS, WARM_UP = 9, 3
QUIET = 300  # ms before a press, in which the last one's work comes to its end
SETTLED = 600  # ms after the new result in which the page may still work on it, and says it
BUDGETS = {  # of a toggle that is painted, against the computed page; of the main thread's work
    SMALL: ("at most 2.0", "at most 25 ms"),
    "fastapi-vs-django": ("", ""),
    LARGE: ("at most 0.8", "at most 60 ms"),
}
SLOW_4G = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}


class Press(NamedTuple):
    """How a box is pressed."""

    name: str
    rest: int  # ms for which the pointer lies on the box before
    held: int  # ms between press and release


PRESSES = (
    Press("at once", rest=0, held=0),  # nothing can be fetched ahead
    Press("by finger", rest=0, held=80),
    Press("by mouse", rest=200, held=80),
)
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

    def toggle(self, press: Press = PRESSES[0]) -> Toggle:
        """Press the next box, as a reader does, and wait until the page is quiet again."""
        mouse = self.page.mouse
        mouse.move(0, 0)
        box = self.page.locator(next(self.boxes))
        box.evaluate("box => box.scrollIntoView({ block: 'center' })")
        place = box.bounding_box()
        assert place
        self.page.evaluate(self.watch)
        self.page.wait_for_timeout(QUIET)
        before = self._work()
        mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        if press.rest:
            self.page.wait_for_timeout(press.rest)
        mouse.down()
        if press.held:
            self.page.wait_for_timeout(press.held)
        mouse.up()
        self.page.wait_for_function("() => window.painted !== null", polling=QUIET)
        self.page.wait_for_timeout(SETTLED)
        return Toggle(self.page.evaluate("painted"), self._work() - before)

    def _work(self) -> float:
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    def slow_down(self) -> None:
        self.devtools.send("Network.enable")
        self.devtools.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})


def measure_toggles(port: int) -> None:
    """Toggles of comparisons of three sizes, pressed in three ways, at once and on slow 4G."""
    origin = f"http://127.0.0.1:{port}"
    with chromium() as browser:
        for slug in BUDGETS:
            for press in PRESSES:
                _print(slug, press, toggles(browser, origin, slug, press))
        for slug in BUDGETS:
            for press in PRESSES:
                _print_slow(slug, press, toggles(browser, origin, slug, press, is_slow=True))


def _print(slug: str, press: Press, measured: dict[str, list[Toggle]]) -> None:
    painted, work = BUDGETS[slug]
    for kind, of_kind in measured.items():
        name = f"{slug} {press.name}, {kind}"
        print_line(f"painted, {name}, ms", [one.painted for one in of_kind], "", "{:.0f}")
    pairs = zip(measured["site"], measured["computed"], strict=True)
    print_line(
        "  / computed", [site.painted / computed.painted for site, computed in pairs], painted
    )
    for kind, of_kind in measured.items():
        name = f"{slug} {press.name}, {kind}"
        budget = work if kind == "site" else ""
        print_line(f"main thread, {name}, ms", [one.work for one in of_kind], budget, "{:.0f}")


def _print_slow(slug: str, press: Press, measured: dict[str, list[Toggle]]) -> None:
    for kind, of_kind in measured.items():
        print_line(
            f"4G, ms beyond 150, {slug} {press.name}, {kind}",
            [one.painted - SLOW_4G["latency"] for one in of_kind],
            "at most 35 ms" if kind == "site" else "",
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
    browser: Browser, origin: str, slug: str, press: Press, *, is_slow: bool = False
) -> dict[str, list[Toggle]]:
    """Return the measured toggles of each page, taken in turns; on a slow network of those alone
    that ask for something.
    """
    kinds = [kind for kind in PAGES if not (is_slow and kind == "computed")]
    tabs = {kind: Tab(browser, origin, kind, slug) for kind in kinds}
    if is_slow:
        for tab in tabs.values():
            tab.slow_down()
    measured: dict[str, list[Toggle]] = {kind: [] for kind in tabs}
    for turn in range(WARM_UP + ROUNDS):
        for kind in kinds[:: 1 if turn % 2 else -1]:
            tabs[kind].page.bring_to_front()
            toggle = tabs[kind].toggle(press)
            if turn >= WARM_UP:
                measured[kind].append(toggle)
    for tab in tabs.values():
        tab.page.close()
    return measured
