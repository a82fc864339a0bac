"""From login to the reader's page: an editor corrects a cell and publishes; no page breaks the
content policy on the way.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.access import violations
from tests.browser.reader_page import COMPARISON, address, answered, choose_case, open_comparison
from tests.conftest import log_in, serving

pytestmark = pytest.mark.browser
NEW_TEXT = "One person’s word, corrected just now"


@pytest.fixture
def own_server(prepared: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server for one test: what another published would change the verdicts that
    it publishes.
    """
    with serving(prepared, tmp_path / "var") as address:
        yield address


def test_the_console_stays_silent_on_the_readers_pages(page: Page, complaints: list[str]) -> None:
    page.add_init_script("""
      window.reports = [];
      addEventListener("securitypolicyviolation", (event) =>
        reports.push(event.violatedDirective + " " + event.blockedURI)
      );
    """)
    for path in (
        "/",
        f"{COMPARISON}cell/orm/fastapi/",
        f"{COMPARISON}parts/",
        f"{COMPARISON}@1/",
        f"{COMPARISON}@999/",
        COMPARISON,
    ):
        page.goto(path)
        assert page.evaluate("reports") == [], path
    page.locator("#on-orm").click()
    expect(page).to_have_url(address("off=orm"))
    choose_case(page, "rest-api")
    expect(page).to_have_url(address("use=rest-api&off=orm"))
    page.locator("#search").fill("async")
    expect(page).to_have_url(address("use=rest-api&off=orm&q=async"))
    page.locator("#c-async-support .cell").first.click()
    expect(page.locator("#evidence h2")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#whatelse summary").click()
    expect(page.locator("#flips .whys")).to_be_visible()
    assert page.evaluate("reports") == []
    assert complaints == []


def test_the_content_policy_does_report_what_it_forbids(page: Page, complaints: list[str]) -> None:
    """Without this the silence above would prove nothing."""
    open_comparison(page)
    page.evaluate("""document.body.insertAdjacentHTML("beforeend", '<p style="color:red">x</p>')""")
    page.wait_for_function(
        "() => getComputedStyle(document.body.lastElementChild).color !== 'rgb(255, 0, 0)'"
    )
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


def test_the_console_stays_silent_in_the_admin(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_page()
    log_in(page)
    page.goto("/admin/comparison/comparison/")
    page.get_by_role("link", name="FastAPI or Django?").click()
    expect(page.get_by_role("link", name="Preview the draft")).to_be_visible()
    page.get_by_role("link", name="Publish…").click()
    expect(page.locator("#nothing-new")).to_be_visible()
    page.goto("/admin/comparison/cell/")
    page.get_by_role("searchbox").or_(page.locator("#searchbar")).first.fill("ORM")
    page.locator("#searchbar").press("Enter")
    page.locator("#result_list tbody th a").first.click()
    expect(page.get_by_label("Text", exact=False).first).to_be_visible()
    page.goto("/admin/comparison/criterion/add/")
    assert complaints == []


def test_the_admin_pages_fit_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    log_in(page)
    for path in (
        "comparison/comparison/",
        "comparison/comparison/1/change/",
        "comparison/comparison/1/publish/",
    ):
        page.goto(f"/admin/{path}")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path


def test_what_is_typed_and_not_saved_is_not_left_without_a_question(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    log_in(page)
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto("/admin/comparison/comparison/1/step-by-step/criteria/")
    page.locator("textarea").first.fill("Typed and not saved")
    page.locator("a.closelink").click()
    assert questions == ["beforeunload"]
    page.locator("textarea").first.fill("")  # as it was: nothing to ask
    page.locator("a.closelink").click()
    page.wait_for_url("**/step-by-step/groups/")
    page.goto("/admin/comparison/usecase/")
    page.locator("#result_list tbody th a").first.click()
    page.locator("a[rel=next]").click()
    page.wait_for_load_state()
    assert questions == ["beforeunload"]
    page.locator("#id_name").fill("Typed and not saved")
    page.locator("a[rel=prev]").click()
    assert questions == ["beforeunload"] * 2


def test_what_an_editor_publishes_is_what_readers_see(
    open_page: Callable[..., Page], own_server: str
) -> None:
    editor, reader = open_page(base_url=own_server), open_page(base_url=own_server)
    open_comparison(reader, "off=performance")
    cell = reader.locator("#c-orm .cell").first
    old_text = "None; SQLModel, SQLAlchemy or Tortoise to choose"
    expect(cell).to_contain_text(old_text)

    log_in(editor)
    editor.goto("/admin/comparison/cell/?q=orm")
    row = editor.locator(
        "#result_list tbody tr", has=editor.get_by_role("cell", name="FastAPI", exact=True)
    )
    row.filter(has_text="ORM and migrations").locator("th a").click()
    editor.get_by_role("button", name="Preview beside").click()
    beside = editor.frame_locator("iframe.beside")
    expect(beside.locator("main")).to_contain_text(old_text)
    text = editor.locator("#id_text")
    text.fill(NEW_TEXT)
    editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")

    reader.reload()
    expect(cell).to_contain_text(old_text)  # saving never publishes

    editor.goto("/admin/comparison/comparison/")
    editor.get_by_role("link", name="FastAPI or Django?").click()
    editor.get_by_role("link", name="Preview the draft").click()
    expect(editor.locator(".notes")).to_contain_text("This is the draft")
    expect(editor.locator("#c-orm .cell").first).to_contain_text(NEW_TEXT)
    asked: list[str] = []
    editor.on(
        "request", lambda request: asked.append(request.url) if "/-/" in request.url else None
    )
    editor.locator("#on-orm").click()
    expect(editor).to_have_url(re.compile(r"/@draft/\?off=orm$"))
    answered(editor)
    assert len(asked) == 1  # a draft's answers may not be kept, so none is fetched ahead
    reader.goto(f"{COMPARISON}@draft/")
    expect(reader).to_have_url(re.compile("/admin/login/"))

    editor.goto("/admin/comparison/comparison/1/publish/")
    expect(editor.locator("#changes")).to_contain_text(NEW_TEXT)
    expect(editor.locator("#effect")).to_contain_text("No verdict changes")
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("Say in the change note what is different now.")).to_be_visible()
    editor.get_by_label("Change note").fill("The cell on the ORM says what one person said.")
    editor.get_by_role("button", name="Publish").click()
    expect(editor.locator(".messagelist")).to_contain_text("Release 2 is published")

    open_comparison(reader, "off=performance")
    expect(cell).to_contain_text(NEW_TEXT)
    expect(reader.locator("#sources")).to_contain_text("Release 2")
    expect(reader.locator("#sources")).to_contain_text("what one person said")
    expect(reader.locator("#on-performance")).not_to_be_checked()
    reader.goto(f"{COMPARISON}@1/?off=performance")
    expect(cell).to_contain_text(old_text)
    expect(reader.locator(".notes")).to_contain_text("You are reading release 1")
    reader.get_by_role("link", name="Release 2 is the newest").click()
    expect(reader).to_have_url(address("off=performance"))
    expect(cell).to_contain_text(NEW_TEXT)

    reader.goto(f"{COMPARISON}?from=1")  # the link was sent before
    expect(reader.locator("#ageing")).to_contain_text("This link was made on release 1")
    reader.locator("#search").fill("async")  # looking for a row is no other selection
    expect(reader).to_have_url(address("q=async&from=1"))
    expect(reader.locator("#ageing")).to_be_visible()
    reader.locator("#on-async-support").click()
    expect(reader).to_have_url(address("off=async-support&q=async"))
    expect(reader.locator("#ageing")).to_have_count(0)


class Round:
    """An editor at work, whose clicks are counted: of the mouse, and Enter on a link or button.
    From field to field goes the Tab key.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.first.click()

    def follow(self, name: str, within: str = "#container") -> None:
        self.click(self.page.locator(within).get_by_role("link", name=name))

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def fill_in(self, **fields: str) -> None:
        """Fill in a form: a click into the first field, then the Tab key."""
        for number, (name, text) in enumerate(fields.items()):
            if number == 0:
                self.click(self.page.locator(f"#id_{name}"))
                self.page.keyboard.press("Control+A")
            while self.page.evaluate("document.activeElement.id") != f"id_{name}":
                self.page.keyboard.press("Tab")
            self.page.keyboard.type(text)

    def type_into_cell(self, row: int, column: int, text: str) -> None:
        """Type into a cell of a grid, which saves it."""
        rows = self.page.locator("#grid tr[data-row]")
        self.click(rows.nth(row).locator("td").nth(column))
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#grid-state")).to_have_text("Saved to the draft.")


def test_a_daily_round_takes_few_clicks(
    open_page: Callable[..., Page], own_server: str, complaints: list[str]
) -> None:
    page = open_page(base_url=own_server)
    log_in(page)
    editor = Round(page)
    draft = page.locator(".draft", has_text="FastAPI or Django?")
    expect(draft.locator(".work li").first).to_be_visible()
    assert violations(page, "home", schemes=["light"]) == []

    editor.click(draft.get_by_role("link", name="Matrix"))
    editor.type_into_cell(0, 0, "APIs, and nothing else")
    editor.follow("Figures", ".grid-bar")
    editor.type_into_cell(0, 0, "21,000")
    editor.follow("Importances", ".grid-bar")
    editor.type_into_cell(0, 0, "4")

    editor.follow("Matrix", ".grid-bar")
    editor.click(page.locator("#grid tr[data-row] th a"))
    editor.follow("The criterion itself")
    expect(page.locator("#id_question")).to_be_visible()
    assert violations(page, "criterion", schemes=["light"]) == []
    complaints.clear()  # axe writes styles, which the policy forbids
    editor.fill_in(question="What is it for, in one line?")
    editor.press("Save")
    expect(page.locator("#grid")).to_be_visible()

    editor.follow("FastAPI or Django?", ".breadcrumbs")
    editor.click(page.locator("#nav-sidebar .model-option .addlink"))
    editor.fill_in(name="Flask", line="A small framework, to be extended.")
    editor.press("Save")

    editor.click(page.locator("#nav-sidebar .model-source .addlink"))
    editor.fill_in(
        slug="a-weblog",
        title="Why we moved",
        published="2026",
        read_on="2026-11-20",
        publisher="A weblog",
        publisher_kind="pract",
        interest="None stated",
    )
    editor.press("Save and continue editing")
    editor.click(page.locator(".field-claims a", has_text="Add"))
    editor.fill_in(
        slug="small", option="Flask", statement="Flask is enough.", place="First paragraph"
    )
    editor.press("Save")

    editor.follow("FastAPI or Django?", ".within")
    editor.follow("Preview the draft")
    expect(page.locator(".notes").first).to_contain_text("This is the draft")
    page.go_back()
    editor.clicks += 1
    editor.follow("Publish…")
    expect(page.locator("#reason")).to_be_visible()  # with the verdicts that change
    editor.fill_in(reason="Flask is looked at, too.", note="A daily round.")
    editor.press("Publish")
    published = page.locator(".messagelist .success")
    expect(published).to_contain_text("is published")

    editor.follow("Releases", ".object-tools")
    editor.follow("Publish this one again…")
    editor.click(page.locator("#content input[type=submit]"))
    expect(published).to_contain_text("is published")
    assert editor.clicks <= 35


def test_what_a_reader_suggests_is_taken_reworded_published_and_read(
    open_page: Callable[..., Page], own_server: str, complaints: list[str]
) -> None:
    reader, editor = open_page(base_url=own_server), open_page(base_url=own_server)
    reader.goto(f"{COMPARISON}suggest/?criterion=orm&option=fastapi")
    reader.get_by_label("What is missing or wrong").fill("The guide names one ORM first.")
    reader.get_by_label("What it should say instead").fill("SQLModel comes first")
    reader.get_by_label("Where it is to be read").fill("guide.example.org/orm")
    reader.get_by_label("What stands there, word for word").fill("Begin with SQLModel.")
    reader.get_by_label("Whom to thank or ask back").fill("Wim")
    faults = violations(reader, "the form", "main")
    reader.get_by_role("button", name="Send to the editors").click()
    expect(reader.get_by_role("status")).to_contain_text("Thank you")

    log_in(editor)
    editor.get_by_role("link", name=re.compile("orm of fastapi")).click()
    expect(editor.locator(".changed-texts")).to_contain_text("New source")
    expect(editor.locator(".changed-texts")).to_contain_text("The guide names one ORM first.")
    expect(editor.locator("#content")).to_contain_text("deleted 90 days after the decision")
    faults += violations(editor, "a suggestion", "#content")
    for width in (320, 1280):
        editor.set_viewport_size({"width": width, "height": 900})
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert editor.evaluate(fits), width
    editor.get_by_role("button", name="Take it into the draft").click()
    expect(editor.locator(".messagelist")).to_contain_text("It is in the draft")
    faults += violations(editor, "a suggestion that is taken", "#content")
    editor.goto("/admin/comparison/comparison/1/publish/")
    expect(editor.locator("#content")).to_contain_text("still holds what a reader sent")
    expect(editor.get_by_role("button", name="Publish", exact=True)).to_have_count(0)

    editor.goto("/admin/comparison/suggestion/1/change/")
    editor.get_by_role("link", name=re.compile("^claim ")).first.click()
    expect(editor.get_by_role("link", name="From a reader: suggestion 1")).to_be_visible()
    editor.locator("#id_statement").fill("SQLModel is the ORM to begin with.")
    editor.locator("#id_place").fill("The first section")
    editor.get_by_role("button", name="Save", exact=True).first.click()
    editor.goto("/admin/comparison/suggestion/1/change/")
    editor.get_by_role("link", name=re.compile("^source ")).first.click()
    for field, words in (
        ("title", "The ORM guide"),
        ("published", "2024"),
        ("read_on", "2025-01-01"),
        ("publisher", "Guides"),
        ("interest", "None stated"),
    ):
        editor.locator(f"#id_{field}").fill(words)
    editor.locator("#id_publisher_kind").select_option(index=1)
    editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    editor.goto("/admin/comparison/comparison/1/publish/")
    editor.get_by_label("Change note").fill("One more source on the ORM, as a reader told us.")
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.locator(".messagelist")).to_contain_text("is published")

    reader.goto(f"{COMPARISON}cell/orm/fastapi/")
    expect(reader.locator("main")).to_contain_text("SQLModel is the ORM to begin with.")
    expect(reader.locator("main")).not_to_contain_text("The guide names one ORM first.")
    complaints.clear()  # of the styles that the checker brings
    assert not faults, "\n".join(faults)
