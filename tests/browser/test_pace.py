"""From a spreadsheet to a published comparison in a quarter of an hour of a person's pace."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comparison.core.document.schema import Cell, Criterion, Document, Kind
from comparison.core.table.draft_tree import LineCorrection, TableDraft, draft_of
from comparison.core.table.kinds import LineKind
from comparison.core.table.source import About
from comparison.publishing.content_files.content_import import read_folder
from comparison.publishing.inspection import today
from comparison.publishing.tables.reading import table_in
from tests.browser.access import violations
from tests.browser.pace import Editor
from tests.conftest import log_in

pytestmark = pytest.mark.browser
SERVERS = Path(__file__).parents[2] / "content" / "python-app-servers"
MOST_MINUTES = 15


def as_pasted(document: Document) -> str:
    """Return the matrix as a spreadsheet has it: words, numbers, a column of importances, and rows
    that head others.
    """
    names = {group.slug: group.name for group in document.groups}
    lines, last = [["Criterion", "Importance", *(one.name for one in document.options)]], ""
    for criterion in document.criteria:
        if criterion.group != last:
            last = criterion.group
            lines.append([names[last]])
        cells = [criterion.cells.get(one.slug) for one in document.options]
        importance = f"{criterion.importance:g}"
        lines.append([criterion.name, importance, *(words_of(cell) for cell in cells)])
    return "\n".join("\t".join(line) for line in lines)


def words_of(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return cell.quantity.spelling if cell.quantity else cell.text


def value_of(cell: Cell | None, kind: Kind) -> str:
    """Return what an editor types into the cell's value."""
    if cell is None or kind is Kind.QUANTITY:
        return ""
    if kind is Kind.SUPPORT:
        return str(cell.support or "")
    return "" if cell.score is None else f"{cell.score:g}"


def values_to_type(document: Document, draft: TableDraft) -> list[list[str]]:
    """Return for each option what is typed into its value on each criterion, "" where the table
    has given it.
    """
    given = {one["name"]: one["cells"] for one in draft.tree["criteria"]}

    def typed(criterion: Criterion, option: str) -> str:
        value = value_of(criterion.cells.get(option), criterion.kind)
        cell = given[criterion.name].get(option, {})
        return "" if value in (cell.get("support"), f"{cell.get('score')}") else value

    return [[typed(one, option.slug) for one in document.criteria] for option in document.options]


def corrected(document: Document, slugs: list[str]) -> dict[str, LineCorrection]:
    """Return what an editor says of the lines: what kind each is, and of numbers the rest."""
    kinds = {
        slug: LineCorrection(LineKind(one.kind.value), one.unit, one.direction)
        for slug, one in zip(slugs, document.criteria, strict=True)
    }
    return kinds


@pytest.mark.skipif(not os.environ.get("SOAK"), reason="takes 20 s: make soak")
def test_seven_servers_are_pasted_scored_and_published_within_a_quarter_of_an_hour(
    open_page: Callable[..., Page], own_server: str
) -> None:
    document = read_folder(SERVERS)
    text = as_pasted(document)
    about = About("servers", today())
    table = table_in(text, "the paste")
    slugs = [line.slug for line in draft_of(table, about).lines]
    draft = draft_of(table, about, corrected(document, slugs))
    assert (len(document.options), len(document.criteria)) == (7, 37)

    page: Page = open_page(base_url=own_server, viewport={"width": 1280, "height": 900})
    log_in(page)
    page.goto("/admin/")
    editor = Editor(page)
    editor.click(page.get_by_role("link", name="New comparison"))
    editor.click(page.get_by_role("link", name="Paste or upload a table"))
    editor.paste(page.locator("#id_paste"), text)
    editor.send(page.get_by_role("button", name="Show what it becomes"))

    editor.write(page.get_by_label("Title"), "Which server for Python?")
    editor.write(page.get_by_label("Slug"), "servers")
    editor.write(page.get_by_label("Topic"), "Python app servers")
    for slug, criterion in zip(slugs, document.criteria, strict=True):
        kind = page.locator(f"[name={slug}-kind]")
        editor.choose(kind, criterion.kind.value)
        if criterion.kind is Kind.QUANTITY:
            better = page.locator(f"[name={slug}-direction]")
            editor.choose(better, criterion.direction.value)
            unit = page.locator(f"[name={slug}-unit]")
            editor.write(unit, criterion.unit)
    editor.send(page.get_by_role("button", name="Make the draft"))

    editor.click(page.get_by_role("link", name="Matrix").first)
    for column, values in enumerate(values_to_type(document, draft)):
        rows = page.locator("#grid tr[data-row]")
        editor.click(rows.first.locator("td").nth(2 * column + 1))
        for value in values:
            if value:
                editor.type(value)
                editor.press("Enter")
            else:
                editor.press("ArrowDown")
        expect(page.locator("#grid-state")).to_contain_text("Saved")

    editor.click(page.get_by_role("link", name=re.compile("Publish")).first)
    editor.write(page.locator("[name=note]"), "First release.")
    editor.send(page.get_by_role("button", name=re.compile("Publish")))
    assert editor.seconds < MOST_MINUTES * 60

    published = page.request.get("/servers/release.json").json()
    cells = {one["name"]: one.get("cells", {}) for one in published["document"]["criteria"]}
    for criterion in document.criteria:
        for option, cell in criterion.cells.items():
            made = cells[criterion.name][option]
            assert made.get("score") == cell.score, (criterion.name, option)
            assert made.get("support") == cell.support, (criterion.name, option)


def test_the_pages_where_a_comparison_begins_fit_everybody_and_every_phone(
    open_page: Callable[..., Page], own_server: str, complaints: list[str]
) -> None:
    page = open_page(base_url=own_server, viewport={"width": 1280, "height": 900})
    log_in(page)
    found = []

    def look(name: str) -> None:
        found.extend(violations(page, name, "#content"))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 800})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            found.append(f"{name} is {width} px wide on a phone")
        page.set_viewport_size({"width": 1280, "height": 900})

    page.goto("/admin/comparison/comparison/new/")
    look("beginnings")
    page.get_by_role("link", name="Begin step by step").click()
    page.get_by_label("Title").fill("Tea or coffee?")
    page.get_by_label("Topic").fill("Hot drinks")
    page.get_by_role("button", name="Save and go on").click()
    page.locator("#id_more").fill("Tea\nCoffee\nTea")
    page.get_by_role("button", name="Save and stay").click()
    look("options, refused")
    page.locator("#id_more").fill("Tea\nCoffee")
    for step in ("groups", "criteria"):
        page.get_by_role("button", name="Save and go on").click()
        page.locator("textarea").first.fill(f"One of {step}\nAnother")
    page.get_by_role("button", name="Save and stay").click()
    page.locator("[name$=-kind]").first.select_option("quantity")
    expect(page.get_by_label("Unit").first).to_be_visible()
    look("criteria")
    page.goto("/admin/comparison/comparison/from-table/")
    closed = "".join(f"Line {n}\tyes\tno\n" for n in range(40))
    page.locator("#id_paste").fill(f"Feature\tA\tB\nPrice\t5\t7\n{closed}")
    page.get_by_role("button", name="Show what it becomes").click()
    look("guesses")
    assert found == []
    complaints.clear()  # of axe, which brings styles
