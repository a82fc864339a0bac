"""Every kind of page, from a small phone to a wide desk: no word is broken, nothing is cut off or
on top of something else.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import PAPER
from tests.conftest import log_in

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "layout.js").read_text()
# `make soak`: every kind of page at every width. `make test` looks at those that break most easily.
SOAK = "SOAK" in os.environ
WIDTHS = (320, 360, 584, 768, 1024, 1280, 1920, 2560)
FEWER = WIDTHS if SOAK else (320, 1280)
EVERY_WIDTH = ("/long-names/",)
# WCAG 1.4.12
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em "
    "!important; }"
)

# the recommendation's heading, beside the page or in the bar at its foot, as far as it is shown
ANSWERS = """() => [...document.querySelectorAll("#results h2, #leader .bar-headline")]
  .map((answer) => [answer, answer.getBoundingClientRect()])
  .filter(([answer, box]) => answer.checkVisibility() && box.top >= 0 && box.top < innerHeight)
  .map(([answer, box]) => ({ words: answer.innerText.trim(), ends: box.bottom }))
  .filter(({ words }) => words)"""
ANSWERED = (
    "/fastapi-vs-django/", "/fastapi-vs-django/?use=full-web-app", "/python-app-servers/",
    "/long-names/", "/five-options/", "/many-options/",
)  # fmt: skip

OF_A_COMPARISON = (
    "", "parts/", "sources/", "search/?find=async", "sensitivity/", "freshness/", "changes/",
    "share/", "suggest/", "embed/",
)  # fmt: skip
SECTIONS = (
    "architecture/", "choose-when/", "costs/", "deployment/", "migrations/", "popularity/",
    "practices/", "pros-and-cons/",
    "questions/", "security/", "stories/", "together/", "trends/",
)  # fmt: skip
FRAMEWORKS: tuple[str, ...] = ("",)
SERVERS: tuple[str, ...] = ()
NAMED: tuple[str, ...] = (
    "", "parts/", "search/?find=async", "sensitivity/", "freshness/", "share/", "embed/",
    "architecture/", "costs/", "figures/",
    "cell/throughput/swift/", "sources/agency/", "tree/", "why/whole/", "?options=swift,whole,both",
)  # fmt: skip
MANY: tuple[str, ...] = ("",)
FIVE: tuple[str, ...] = ()
ALONE: tuple[str, ...] = ("/", "/method/")
# Of the admin: what holds most or is laid out by us, and the one of Django's own forms that breaks
# most easily.
KINDS_OF_ROWS: tuple[str, ...] = ("claim",)
ACCOUNTS: tuple[str, ...] = ("auth/group/add/",)
NOWHERE = "/no-such-page/"
SPACED: tuple[str, ...] = ("/long-names/",)
if SOAK:
    FRAMEWORKS = (
        *OF_A_COMPARISON, *SECTIONS, "cell/performance/fastapi/", "tree/", "samples/",
        "search/?find=nothing-like-it",
        "?q=nothing-like-it", "suggest/orm/django/", "why/fastapi/",
        "?off=orm&must=async-support,admin-panel&options=fastapi,django",
    )  # fmt: skip
    SERVERS = (*OF_A_COMPARISON, *SECTIONS, "why/uwsgi/", "@1/")
    NAMED = (
        *OF_A_COMPARISON, *SECTIONS, "cell/throughput/swift/", "sources/agency/", "tree/",
        "why/whole/", "changes/1..2/",
        "samples/", "@1/?use=gone", "?from=1", "?options=swift,whole", "?options=swift,whole,both",
    )  # fmt: skip
    MANY = (*OF_A_COMPARISON, "why/option-3/")
    FIVE = ("", "parts/")
    ALONE = ("/", "/method/", "/api/", NOWHERE)
    KINDS_OF_ROWS = (
        "advice", "answeredquestion", "cell", "claim", "component", "costline", "criterion",
        "derivedfigure", "figure", "group",
        "hybrid", "migration", "option", "point", "popularity", "question", "release", "run",
        "sample", "source", "story",
        "usecase", "workload",
    )  # fmt: skip
    ACCOUNTS = (
        "", "auth/", "auth/user/", "auth/user/add/", "auth/user/1/change/",
        "auth/user/1/password/", "auth/user/1/delete/",
        "auth/user/1/history/", "auth/group/", "auth/group/add/", "auth/group/1/change/",
        "password_change/",
    )  # fmt: skip
    SPACED = (
        "/long-names/", "/long-names/?options=swift,whole",
        "/long-names/?options=swift,whole,both", "/long-names/sensitivity/",
        "/long-names/cell/throughput/swift/", "/five-options/", "/many-options/",
        "/fastapi-vs-django/", "/python-app-servers/",
    )  # fmt: skip

KINDS = {
    **{f"frameworks {path or 'page'}": f"/fastapi-vs-django/{path}" for path in FRAMEWORKS},
    **{f"servers {path or 'page'}": f"/python-app-servers/{path}" for path in SERVERS},
    **{f"long names {path or 'page'}": f"/long-names/{path}" for path in NAMED},
    **{f"many options {path or 'page'}": f"/many-options/{path}" for path in MANY},
    **{f"five options {path or 'page'}": f"/five-options/{path}" for path in FIVE},
    **{f"alone {path}": path for path in ALONE},
}


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_no_word_is_broken_and_nothing_overlaps(
    page: Page, laid_out: str, complaints: list[str], path: str
) -> None:
    page.goto(laid_out + path)
    if path == NOWHERE:
        complaints.clear()  # the browser reports that page's status
    assert faults(page, WIDTHS if path in EVERY_WIDTH else FEWER) == []


@pytest.mark.parametrize("path", SPACED)
def test_on_paper_and_with_wider_spacing_nothing_overlaps(
    open_page: Callable[..., Page], laid_out: str, path: str
) -> None:
    page = open_page(base_url=laid_out, bypass_csp=True)
    page.goto(path)
    page.emulate_media(media="print")
    assert faults(page, (PAPER,)) == []
    page.emulate_media(media="screen")
    page.add_style_tag(content=SPACING)
    assert faults(page, FEWER) == []


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (360, 740), (768, 1024), (1280, 800), (1920, 1080)]
)
def test_the_answer_is_on_the_first_screen(
    page: Page, laid_out: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for path in ANSWERED:
        page.goto(laid_out + path)
        answers = page.evaluate(ANSWERS)
        assert answers, f"{path}: no answer in sight"
        assert all(answer["ends"] <= height + 0.5 for answer in answers), (path, answers)


def test_a_suggestion_that_was_not_taken_is_laid_out_well(page: Page, laid_out: str) -> None:
    page.goto(f"{laid_out}/long-names/suggest/throughput/swift/")
    page.locator("#text").fill("short")
    page.locator("#address").fill("no address at all")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("#problems")).to_be_visible()
    assert faults(page, FEWER) == []


@pytest.fixture
def editor(open_page: Callable[..., Page], laid_out: str) -> Page:
    """A page of somebody who has signed in."""
    page = open_page(base_url=laid_out)
    log_in(page)
    return page


def test_the_editors_pages_are_laid_out_well(editor: Page, complaints: list[str]) -> None:
    editor.goto("/admin/comparison/comparison/")
    rows = editor.locator("#result_list tbody th a")
    drafts = [
        link.get_attribute("href") or ""
        for link in (rows if SOAK else rows.filter(has_text="Streaming")).all()
    ]
    paths = [
        *drafts,
        *(draft.replace("change/", "publish/") for draft in drafts),
        "/long-names/@draft/",
    ]
    for kind in KINDS_OF_ROWS:
        editor.goto(f"/admin/comparison/{kind}/")
        first = editor.locator("#result_list tbody th a").first
        paths += [f"/admin/comparison/{kind}/", first.get_attribute("href") or ""]
    paths += [f"/admin/{path}" for path in ACCOUNTS]
    found = {}
    for path in paths:
        editor.goto(path)
        found[path] = faults(editor, FEWER)
    assert {path: said for path, said in found.items() if said} == {}


def test_what_the_admin_says_to_who_may_not_save_is_laid_out_well(
    editor: Page, complaints: list[str]
) -> None:
    editor.goto("/admin/comparison/comparison/add/")
    editor.locator("#id_title").fill("Donaudampfschifffahrtsgesellschaftskapitän")
    editor.locator("[name=csrfmiddlewaretoken]").last.evaluate(
        "field => { field.value = 'from another page'; }"
    )
    save = editor.get_by_role("button", name="Save", exact=True).first
    save.click()
    expect(editor.locator("#resend")).to_be_visible()
    complaints.clear()  # the browser reports that answer's status
    refused = faults(editor, FEWER)

    editor.context.clear_cookies()
    editor.goto("/admin/comparison/comparison/add/")
    expect(editor.get_by_label("Password")).to_be_visible()
    assert refused + faults(editor, FEWER) == []


def faults(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with the page as it stands at some widths, all that opens being open;
    each fault once.
    """
    page.evaluate(
        "document.querySelectorAll('details:not(.more)').forEach((part) => { part.open = true; })"
    )
    found: dict[str, list[int]] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for fault in page.evaluate(MEASURE):
            found.setdefault(fault, []).append(width)
    return [f"{', '.join(map(str, at))} px: {fault}" for fault, at in found.items()]
