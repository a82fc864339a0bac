"""The rows of the matrix: what a change, a link, a group and a small screen do to them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import TOUCH
from tests.browser.reader_page import (
    ROWS,
    address,
    answered,
    label_of,
    open_comparison,
    same_as_fresh,
)

pytestmark = pytest.mark.browser
HIDDEN_AT_FIRST = "c-learning-curve"


@pytest.fixture
def comparison(page: Page) -> Page:
    """The comparison without any choice."""
    return open_comparison(page)


def test_a_row_looks_off_and_changed_as_soon_as_it_is(comparison: Page) -> None:
    row = comparison.locator("#c-orm")
    comparison.locator("#on-orm").click()
    expect(row).to_have_class("off switched")
    expect(comparison).to_have_url(address("off=orm"))
    same_as_fresh(comparison)
    comparison.locator("#on-orm").click()
    expect(row).to_have_class("")
    label_of(comparison, "w-orm-0").click()
    expect(row).to_have_class("off changed")


def test_who_is_ahead_has_no_colour_in_a_row_that_is_off(page: Page) -> None:
    open_comparison(page, "off=orm")
    colours = """(discs) => [...new Set(discs.map((disc) => getComputedStyle(disc).color))]"""
    discs = page.locator("#c-orm .disc")
    assert discs.and_(page.locator("[class*=mark-]")).count() == 1
    assert len(discs.evaluate_all(colours)) == 1


def test_a_group_says_what_it_gives_to_the_lead(comparison: Page) -> None:
    group = comparison.locator("tbody", has=comparison.locator("#c-orm"))
    before = group.locator("[data-sum]").inner_text()
    assert before.endswith(" for Django")
    comparison.locator("#on-orm").click()
    expect(comparison).to_have_url(address("off=orm"))
    expect(group.locator("[data-sum]")).not_to_have_text(before)
    same_as_fresh(comparison)


def test_a_group_folds_and_stays_folded(comparison: Page) -> None:
    group = comparison.locator("tbody", has=comparison.locator("#c-orm"))
    fold = group.locator(".fold-group")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(comparison.locator("#c-orm")).to_be_hidden()
    comparison.locator("#on-async-support").click()
    expect(comparison).to_have_url(address("off=async-support"))
    expect(comparison.locator("#c-orm")).to_be_hidden()
    fold.click()
    expect(comparison.locator("#c-orm")).to_be_visible()


def test_all_rows_come_with_their_cells(comparison: Page) -> None:
    expect(comparison.locator(f"#{HIDDEN_AT_FIRST}")).to_be_hidden()
    comparison.get_by_role("link", name=f"Show all {ROWS} rows").click()
    expect(comparison).to_have_url(address("show=all"))
    expect(comparison.locator(f"#{HIDDEN_AT_FIRST} .cell").first).to_be_visible()
    expect(comparison.locator("#show")).to_be_focused()
    same_as_fresh(comparison)


def test_a_link_to_a_hidden_row_shows_it(comparison: Page) -> None:
    comparison.evaluate(f"location.hash = '{HIDDEN_AT_FIRST}'")
    expect(comparison.locator(f"#{HIDDEN_AT_FIRST} .cell").first).to_be_in_viewport()
    assert comparison.evaluate("document.querySelector(':target').id") == HIDDEN_AT_FIRST


def test_what_set_all_does_to_hidden_rows_is_shown(comparison: Page) -> None:
    group = comparison.locator("tbody", has=comparison.locator(f"#{HIDDEN_AT_FIRST}"))
    group.locator("[data-set-all]").select_option("5")
    expect(comparison.locator(f"#{HIDDEN_AT_FIRST} .cell").first).to_be_visible()
    expect(comparison.locator("[name=w-learning-curve][value='5']")).to_be_checked()
    same_as_fresh(comparison)


def test_only_this_criterion_switches_the_others_off_and_back_undoes_it(comparison: Page) -> None:
    comparison.locator("#c-orm .only").click()
    expect(comparison.locator("#counts")).to_contain_text(f"1 of {ROWS}")
    expect(comparison.locator("#on-orm")).to_be_checked()
    expect(comparison.locator("#c-async-support")).to_have_class("off")
    comparison.go_back()
    expect(comparison).to_have_url(address())
    expect(comparison.locator("#counts")).to_contain_text(f"{ROWS} of {ROWS}")


def test_a_row_that_is_switched_off_says_that_it_was_on_not_its_preset(comparison: Page) -> None:
    said = "e => getComputedStyle(e, '::after').content"
    controls = comparison.locator("#c-orm .row-controls")
    comparison.locator("#on-orm").click()
    answered(comparison)
    assert "was on" in controls.evaluate(said)
    same_as_fresh(comparison)
    label_of(comparison, "w-orm-5").click()
    answered(comparison)
    assert "preset" in controls.evaluate(said)


def test_without_a_script_only_this_criterion_is_a_button(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/fastapi-vs-django/")
    page.locator("#c-orm .only").click()
    expect(page.locator("#counts")).to_contain_text(f"1 of {ROWS}")


def test_on_a_phone_a_number_opens_its_ruler(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(**TOUCH))
    expect(label_of(page, "w-orm-5")).to_be_hidden()
    ruler = page.locator("#c-orm .importance")
    box = ruler.bounding_box()
    assert box
    assert box["width"] >= 44
    assert box["height"] >= 44
    ruler.tap()
    expect(label_of(page, "w-orm-5")).to_be_visible()
    expect(page.locator("[name=w-orm][value='3']")).to_be_checked()
    page.wait_for_timeout(200)  # for what a touch might have asked
    expect(page).to_have_url(address())
    label_of(page, "w-orm-4").tap()
    expect(page).to_have_url(address("w=orm:4"))
    expect(label_of(page, "w-orm-5")).to_be_hidden()  # closed: the row can be read again


@pytest.mark.parametrize("width", [320, 360])
def test_an_open_ruler_leaves_its_name_and_the_words_of_other_rows(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    open_comparison(page)
    page.locator("[name=w-performance]:checked").focus()
    ruler = page.locator("#c-performance .importance").bounding_box() or {}
    row = page.locator("#c-performance").bounding_box() or {}
    name = page.locator("#c-performance .toggle").bounding_box() or {}
    assert ruler["y"] >= name["y"] + name["height"] - 1
    assert ruler["y"] + ruler["height"] <= row["y"] + row["height"]
    assert ruler["x"] >= 0 and ruler["x"] + ruler["width"] <= width


def test_a_digit_sets_the_importance_whose_ruler_has_the_focus(comparison: Page) -> None:
    comparison.locator("[name=w-orm]:checked").focus()
    comparison.keyboard.press("5")
    expect(comparison.locator("[name=w-orm][value='5']")).to_be_focused()
    expect(comparison).to_have_url(address("w=orm:5"))
    comparison.keyboard.press("7")
    comparison.keyboard.press("0")
    expect(comparison).to_have_url(address("w=orm:0"))
    comparison.locator("#search").press_sequentially("5")
    expect(comparison.locator("#search")).to_have_value("5")


def test_the_keys_leave_a_ruler_open_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_comparison(open_page(**TOUCH))
    page.locator("[name=w-orm]:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(address("w=orm:4"))
    expect(label_of(page, "w-orm-5")).to_be_visible()


def test_cells_of_four_options_on_a_phone_have_the_marks_of_their_options(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/python-app-servers/?options=gunicorn,uvicorn,granian,uwsgi")
    cells = page.locator("tr[data-criterion]:not([hidden])").first.locator("td")
    expect(cells).to_have_count(4)
    for cell in cells.all():
        expect(cell.locator(".whose .mark")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 740})
    expect(page.locator(".whose").first).to_be_hidden()


def test_on_a_page_of_their_own_the_cells_of_a_row_name_their_options(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto("/fastapi-vs-django/cell/performance/")
        cells = page.locator(".every-cell .cell")
        expect(cells).to_have_count(2)
        for cell in cells.all():
            whose, words = cell.locator(".whose"), cell.locator(".value")
            expect(whose).to_be_visible()
            name, value = whose.bounding_box(), words.bounding_box()
            assert name and value and 0 <= value["y"] - name["y"] < 60  # in one column


# of the first row that is shown: what each option's cell, head and overall score look like
EXCLUDED = """() => {
  const seen = (query) => [...document.querySelectorAll(query)].filter((e) => e.checkVisibility());
  const [row] = seen("#rows tr[data-criterion]");
  const [head] = seen("#rows thead tr");
  const struck = (e, part) => getComputedStyle(e, part).textDecorationLine === "line-through";
  const names = [...(head?.querySelectorAll("th:not(:first-child) > span, bdi") ?? [])];
  return {
    heads: names.filter(struck).map((name) => name.textContent),
    labels: [...row.querySelectorAll(".whose, td, .cell")].filter((e) => e.checkVisibility() && (
      e.matches(".whose") ? struck(e) :
      getComputedStyle(e, "::before").content !== "none" && struck(e, "::before"))).length,
    hatched: [...row.querySelectorAll("td")]
      .filter((e) => getComputedStyle(e).backgroundImage.includes("gradient"))
      .map((e) => [...row.querySelectorAll("td")].indexOf(e)),
  };
}"""
FEW = "/fastapi-vs-django/?must=admin-panel"
FOUR = "/python-app-servers/?must=websockets&options=gunicorn,uvicorn,granian,uwsgi"
SEVEN = "/python-app-servers/?must=websockets"


@pytest.mark.parametrize(
    ("path", "width", "media"),
    [
        (path, *screen)
        for path in (FEW, FOUR, SEVEN)
        for screen in ((1280, "screen"), (360, "screen"), (700, "print"))
    ],
)
def test_what_is_excluded_is_marked_wherever_scores_are_read(
    page: Page, path: str, width: int, media: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)  # type: ignore[arg-type]
    page.goto(path)
    out = page.locator("#columns col").evaluate_all(
        "(all) => all.flatMap((col, index) => col.matches('.out') ? [index - 1] : [])"
    )
    legend = page.locator("#rows .for-excluded")
    if media == "screen":  # the row that a pointer or a finger is on, too
        page.locator("#rows tr[data-criterion]:visible .cell").first.hover()
        expect(legend).to_be_visible()
    look = page.evaluate(EXCLUDED)
    assert out
    assert look["hatched"] == out
    assert len(out) in (len(look["heads"]), look["labels"])
    words = page.locator("#overall_scores td.out, #rows th.out small")
    assert words.all_inner_texts()
    assert all("excluded" in word for word in words.all_inner_texts())


def test_no_importance_and_no_cell_is_a_layer_of_its_own_to_paint(comparison: Page) -> None:
    positioned = comparison.locator(
        ".importance label, .importance label *, #rows .cell, #rows .disc"
    ).evaluate_all(
        """(parts) => parts.filter((part) => {
          const { position, opacity } = getComputedStyle(part);
          return position !== "static" || opacity !== "1";
        }).length"""
    )
    assert positioned == 0


# words in cells that stand on two lines
BROKEN = r"""() => [...document.querySelectorAll("#rows .value")].flatMap((value) => {
  const range = document.createRange();
  return [...value.childNodes].filter((node) => node.nodeType === 3).flatMap((node) =>
    [...node.data.matchAll(/[\p{L}\p{N}]+/gu)].filter((word) => {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1;
    }).map(String));
})"""
SERVERS = ["gunicorn", "uvicorn", "granian", "hypercorn", "uwsgi", "daphne", "waitress"]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_word_of_a_cell_is_broken(page: Page, count: int) -> None:
    for options in (SERVERS[:count], SERVERS[-count:]):
        page.goto(f"/python-app-servers/?show=all&options={','.join(options)}")
        for width in (320, 360, 768, 1024, 1180, 1280, 1920, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(BROKEN) == [], (options, width)


@pytest.mark.parametrize("width", [1180, 1280, 1920])
def test_only_stands_beside_the_ruler(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/python-app-servers/?options=gunicorn,uvicorn,granian,uwsgi")
    row = page.locator("#rows tr[data-criterion]:not([hidden])").first
    ruler, only = (row.locator(part).bounding_box() or {} for part in (".importance", ".only"))
    assert abs(ruler["y"] - only["y"]) < 4
