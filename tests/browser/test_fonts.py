"""English loads the basic letters of our two faces alone, and is drawn in them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

BASIC = {"besley", "libre-franklin"}
SHIPPED = ("/", "/fastapi-vs-django/", "/python-app-servers/", "/fastapi-vs-django/costs/")
# symbols that neither face has
DRAWN_BY_THE_SYSTEM = set("₹✓√")
# of each face, the characters of all texts that a reader sees
CHARACTERS = r"""() => {
  const texts = { Besley: "", Franklin: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element.checkVisibility()) continue;
    const [face] = getComputedStyle(element).fontFamily.split(",");
    if (face in texts) texts[face] += node.data.replace(/\s/g, "");
  }
  return Object.fromEntries(
    Object.entries(texts).map(([face, text]) => [face, [...new Set(text)].join("")])
  );
}"""


DRAWN = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
})"""
UNSEEN = 0.001  # a line of a hundred that moves by a hundredth of the window
# what has moved since the page was opened, as browsers score it (0.1 and more is called poor)
MOVED = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) moved += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/python-app-servers/", "/many-options/"])
def test_nothing_moves_while_the_script_comes(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out)
    page.goto(path, wait_until="networkidle")
    page.evaluate(MOVED)
    page.evaluate(DRAWN)
    assert page.evaluate("moved") < UNSEEN


def font_files(page: Page) -> set[str]:
    """Return the names of the font files that the page has loaded."""
    names: list[str] = page.evaluate("""async () => {
      await document.fonts.ready;
      return performance.getEntriesByType("resource")
        .map((file) => file.name.match("fonts/([a-z-]+)")?.[1]).filter(Boolean);
    }""")
    return set(names)


def drawn_by_others(page: Page, text: str, tag: str) -> list[str]:
    """Return the fonts other than ours that draw a text in an element of the page."""
    page.evaluate(
        """async ([text, tag]) => {
          const element = Object.assign(document.createElement(tag), { id: "sample" });
          element.textContent = text;
          document.querySelector("main").prepend(element);
          await document.fonts.load(`1em ${getComputedStyle(element).fontFamily}`, text);
          await document.fonts.ready;
        }""",
        [text, tag],
    )
    expect(page.locator("#sample")).to_be_visible()
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    element = session.send("DOM.querySelector", {"nodeId": root, "selector": "#sample"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": element["nodeId"]})["fonts"]
    assert fonts
    page.locator("#sample").evaluate("element => element.remove()")
    return [font["familyName"] for font in fonts if not font["isCustomFont"]]


def test_the_shipped_pages_load_the_basic_letters_alone(page: Page) -> None:
    loaded = {}
    for path in SHIPPED:
        page.goto(path)
        loaded[path] = font_files(page)
    assert loaded == dict.fromkeys(SHIPPED, BASIC)


def test_every_letter_of_the_shipped_pages_is_drawn_in_our_faces(page: Page) -> None:
    letters: dict[str, set[str]] = {"Besley": set(), "Franklin": set()}
    for path in SHIPPED:
        page.goto(path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        for face, text in page.evaluate(CHARACTERS).items():
            letters[face] |= set(text)
    for face, tag in (("Besley", "h2"), ("Franklin", "p")):
        text = "".join(sorted(letters[face] - DRAWN_BY_THE_SYSTEM))
        assert len(text) > 40
        assert drawn_by_others(page, text, tag) == [], f"{face} for {text}"


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_the_rest_of_latin_comes_when_a_text_has_it(
    open_page: Callable[..., Page], tag: str
) -> None:
    page = open_page()
    page.goto("/")
    assert font_files(page) == BASIC
    assert drawn_by_others(page, "Žluťoučký", tag) != [], "this test sees other fonts"
    assert drawn_by_others(page, "Æsop à Besançon: £5, «größer», 10 €", tag) == []
    assert len(font_files(page)) == 3


@pytest.mark.parametrize("path", ["/fastapi-vs-django/", "/many-options/"])
def test_nothing_moves_when_the_faces_come_late(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, viewport={"width": 360, "height": 740})
    late: list[Route] = []
    page.route("**/*.woff2", lambda font: late.append(font))
    page.add_init_script(f"({MOVED})()")
    page.goto(path, wait_until="domcontentloaded")
    page.evaluate(DRAWN)
    assert len(late) >= 2
    for font in late:
        font.continue_()
    page.evaluate(f"document.fonts.ready.then({DRAWN})")
    assert font_files(page) == BASIC
    assert page.evaluate("moved") < 0.05
