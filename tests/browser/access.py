"""Whether everything is within reach: on a phone, by keyboard alone, by what axe finds."""

from collections.abc import Callable, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAPER = 680  # px: the width of A4 between its margins
# WCAG 1.4.12
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em "
    "!important; }"
)
TOUCH = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
FOCUSED = """() => {
  const e = document.activeElement;
  const shown = e.matches(".chips input, .importance input") ? e.nextElementSibling : e;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: e.matches(".group-tick") ? "group-tick" : e.id || e.name || e.className || e.tagName,
    kind: e.name || "", value: e.value || "",
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: Boolean(
      over && !shown.contains(over) && !over.contains(shown) && over.closest("#bar, thead")
    ),
  };
}"""


def pressed(page: Page, key: str) -> dict[str, Any]:
    """Press a key; return what has the focus then."""
    page.keyboard.press(key)
    stop: dict[str, Any] = page.evaluate(FOCUSED)
    return stop


def tab_until(
    page: Page, is_reached: Callable[[dict[str, Any]], bool], most: int = 80
) -> list[dict[str, Any]]:
    """Press Tab until the focus is where it should be; return every stop on the way."""
    stops = []
    for _ in range(most):
        stops.append(pressed(page, "Tab"))
        if is_reached(stops[-1]):
            return stops
    raise AssertionError(f"Tab never gets there: {[stop['name'] for stop in stops]}")


# Nothing floats: a target is as large as where it does not lie half under something. And no colour
# of the scheme before is still on its way to that of the next.
IN_PLACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "#bar { position: static !important } *, ::before, ::after { transition: none !important }");
  document.adoptedStyleSheets.push(sheet);
}"""


def violations(
    page: Page, where: str, part: str = "html", schemes: Sequence[str] = ("light", "dark")
) -> list[str]:
    """Return what axe finds against the guidelines and good practice; in the dark scheme, which
    changes colours alone, against their rule. In a high window: what is only half scrolled under
    something that floats is not too small a target.
    """
    problems = []
    window = page.viewport_size or {"width": 1280}
    page.set_viewport_size({"width": window["width"], "height": 2_400})
    page.evaluate(IN_PLACE)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        results = Axe().run(page, context=part, options=RULES if scheme == "light" else COLOURS)
        problems += [
            (
                f"{where}, {scheme}: {rule['id']}: {node['target'][0]}: "
                f"{node['failureSummary'].splitlines()[-1].strip()}"
            )
            for rule in results.response["violations"]
            for node in rule["nodes"][:3]
        ]
    return problems
