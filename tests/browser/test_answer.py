"""The answer where a reader meets it: on the first screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.access import TOUCH
from tests.browser.reader_page import open_comparison, press_in_view

pytestmark = pytest.mark.browser

SCREENS = {"phone": TOUCH, "desk": {"viewport": {"width": 1280, "height": 800}}}
DEPENDS, TOSS_UP = "It depends on your case", "A toss-up"
# of two options, of seven, and of thirty with 120 criteria: no case chosen, one chosen, a toss-up
STATES = {
    "/fastapi-vs-django/": DEPENDS,
    "/fastapi-vs-django/?use=rest-api": "FastAPI",
    "/fastapi-vs-django/?use=fraud-detection": TOSS_UP,
    "/python-app-servers/": DEPENDS,
    "/python-app-servers/?use=django-nginx": "Gunicorn",
    "/python-app-servers/?use=small-vps": TOSS_UP,
    "/python-app-servers/?from=9&q=zebra&colour=red": DEPENDS,  # with a notice about the link
    "/many-options/": TOSS_UP,
    "/many-options/?use=case-1": "Option 27",
    "/many-options/?use=case-0": TOSS_UP,
}
MARKS = ("#how-firm > summary", "#how-certain > summary")
PARTS = ("#use-case", "#results h2", ".for-case", ".scores", *MARKS, ".nearest-trial")
ONE_LINE = """(mark) => new Set([...mark.children].map((part) =>
  Math.round(part.getBoundingClientRect().bottom / 8))).size === 1"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_the_answer_is_on_the_first_screen(
    open_page: Callable[..., Page], laid_out: str, screen: str, state: str
) -> None:
    page = open_page(base_url=laid_out, **SCREENS[screen])
    page.goto(state)
    expect(page.locator("#results h2")).to_have_text(STATES[state])
    buttons = page.locator("#bar .answer-actions a" if screen == "phone" else "#results .foot > *")
    parts = list(PARTS)
    parts += [".case-advice"] * ("use=" in state) + [".case-shares"] * (STATES[state] == DEPENDS)
    for part in (*map(page.locator, parts), *buttons.all()):
        expect(part).to_be_in_viewport(ratio=1)
    if screen == "desk":
        edge = top_of(buttons.first)
        assert [part for part in parts if bottom_of(page.locator(part)) > edge] == []
    for mark in MARKS:
        assert page.locator(mark).evaluate(ONE_LINE), mark


def test_the_key_of_what_decides_it_takes_a_second_line_for_long_names_alone(
    page: Page, laid_out: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    for path, most in (("/long-names/", 2), ("/many-options/", 1), ("/fastapi-vs-django/", 1)):
        page.goto(laid_out + path)
        key = page.locator("#results .pair-legend")
        lines, cut = key.evaluate("""(key) => {
          const names = [...key.children];
          const line = Number.parseFloat(getComputedStyle(names[0]).lineHeight);
          return [key.offsetHeight / line,
            names.some((name) => name.scrollHeight > name.clientHeight + 1)];
        }""")
        assert (round(lines), cut) == (most, False), path
        expect(key.locator(".mark")).to_have_count(2)


def top_of(part: Locator) -> float:
    return (part.bounding_box() or {"y": 0})["y"]


def bottom_of(part: Locator) -> float:
    box = part.bounding_box() or {"y": 0, "height": 0}
    return box["y"] + box["height"]


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_how_says_what_a_mark_rests_on(open_page: Callable[..., Page], has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script, **TOUCH)
    page.goto("/fastapi-vs-django/?use=rest-api")
    for mark, words in (("#how-firm", "of 100 re-runs"), ("#how-certain", "because")):
        expect(page.locator(f"{mark} p")).to_be_hidden()
        page.locator(f"{mark} summary").click()
        expect(page.locator(f"{mark} p")).to_contain_text(words)


def test_what_was_changed_is_undone_without_loading_the_page(page: Page) -> None:
    open_comparison(page, "off=orm&w=admin-panel:5&must=admin-panel")
    page.evaluate("window.same = true")
    undone = {
        "Undo: ORM and migrations off": "w=admin-panel:5&must=admin-panel",
        "Undo: Admin panel 5 instead of 3": "must=admin-panel",
    }
    for link, query in undone.items():
        page.get_by_role("link", name=link).click()
        expect(page).to_have_url(f"/fastapi-vs-django/?{query}")
    page.go_back()
    expect(page).to_have_url("/fastapi-vs-django/?w=admin-panel:5&must=admin-panel")
    expect(page.locator("[name=w-admin-panel][value='5']")).to_be_checked()


def test_one_criterion_alone_is_taken_back_at_once(page: Page) -> None:
    open_comparison(page, "w=orm:5")
    page.evaluate("window.same = true")
    page.locator("button.only[value=performance]").dispatch_event("click")
    expect(page.locator("#altered")).to_contain_text("on Performance alone")
    expect(page.locator(".for-case")).to_have_text("on Performance alone")
    page.get_by_role("link", name="Every criterion again").click()
    expect(page).to_have_url("/fastapi-vs-django/?w=orm:5")
    assert page.evaluate("window.same")


def test_what_to_do_about_the_editors_own_scores_is_one_line(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        open_comparison(page, "distrust=ai-consultancy,capsquery,comparison-site,vibe-connect")
        link = page.get_by_role("link", name="Count only what is left")
        assert link.evaluate("(link) => link.getClientRects().length") == 1, width


def test_each_way_back_in_the_list_of_changes_is_as_high_as_a_finger(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**TOUCH)
    page.goto("/fastapi-vs-django/?w=orm:5,admin-panel:1,performance:5&off=security")
    page.locator("#altered summary").first.tap()
    boxes = [link.bounding_box() for link in page.locator("#altered a").all()]
    assert len(boxes) == 5
    assert [box for box in boxes if not box or box["height"] < 44] == []


@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_the_list_of_cases_is_as_wide_as_its_card(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/python-app-servers/")
    picker, answer = (page.locator(part).bounding_box() for part in ("#use-case", "#results"))
    assert picker
    assert answer
    assert abs(picker["width"] - answer["width"]) < 2


def test_who_leads_and_by_how_much_ends_no_line_with_a_number_alone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**TOUCH | {"viewport": {"width": 320, "height": 740}})
    open_comparison(page)
    words = page.locator("#how-firm > summary > span")
    assert bottom_of(words) - top_of(words) < 45
    assert "for Django by\u00a0" in words.inner_text()


def test_the_numbers_of_sources_left_out_are_one_line_of_one_weight(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**TOUCH)
    open_comparison(page, "distrust=ai-consultancy,capsquery,comparison-site,vibe-connect")
    chips = page.locator("#altered .reference")
    expect(chips).to_have_count(4)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert len({top_of(chip) for chip in chips.all()}) == 1, width
    weights = chips.evaluate_all(
        "(chips) => chips.map((chip) => getComputedStyle(chip).fontWeight)"
    )
    assert len(set(weights)) == 1


@pytest.mark.parametrize("path", ["/fastapi-vs-django/?use=rest-api", "/python-app-servers/"])
def test_on_a_small_desk_the_marks_stand_beside_the_scores(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto(path)
    expect(page.locator("#theme")).to_be_visible()
    parts = ("#results h2", ".scores", ".marks", "#recommendation")
    head, scores, marks, card = (page.locator(part).bounding_box() for part in parts)
    assert head and scores and marks and card
    assert marks["x"] > scores["x"] + scores["width"] and marks["y"] < scores["y"]
    assert card["height"] < 345
    press_in_view(page.locator("#bar").get_by_role("link", name="Why?"))
    expect(page.locator("#recommendation:popover-open")).to_be_visible()
    assert top_of(page.locator(".marks")) > bottom_of(page.locator("#results > .scores"))


def test_the_panel_ends_above_the_next_section(page: Page, laid_out: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(f"{laid_out}/many-options/")
    panel, section = (page.locator(part).bounding_box() for part in ("#recommendation", "#case"))
    assert panel
    assert section
    assert panel["y"] + panel["height"] + 16 <= section["y"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_gap_is_drawn_that_is_too_narrow_to_be_read(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/fastapi-vs-django/", "/python-app-servers/"):
        page.goto(path)
        widths = page.locator("#results > .scores .gap").evaluate_all(
            "gaps => gaps.map((gap) => gap.getBoundingClientRect().width).filter(Boolean)"
        )
        assert [width for width in widths if width < 6] == []


def test_what_has_the_focus_is_not_behind_the_foot_of_the_panel(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto("/python-app-servers/")
    page.locator("#use-case").focus()
    places = []
    while page.locator("#recommendation :focus:not(.foot *)").count():
        places.append(page.evaluate("document.activeElement.getBoundingClientRect().bottom"))
        assert places[-1] <= top_of(page.locator(".foot")), places
        page.keyboard.press("Tab")
    assert len(places) > 10
