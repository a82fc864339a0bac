"""Every page of the admin that we wrote or filled: nothing is wider than the window, and axe finds
nothing.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.access import violations
from tests.conftest import log_in

pytestmark = pytest.mark.browser

OF_A_COMPARISON = "comparison/comparison/1/"
# what other tests do not look at already
OWN_PAGES = (
    "",
    f"{OF_A_COMPARISON}change/",
    f"{OF_A_COMPARISON}copy/",
    f"{OF_A_COMPARISON}publish/",
    f"{OF_A_COMPARISON}preview/",
    f"{OF_A_COMPARISON}schedule/",
    f"{OF_A_COMPARISON}history/",
    f"{OF_A_COMPARISON}discard/?to=1",
    "auth/user/1/change/",
    f"{OF_A_COMPARISON}grid/importances/",
    f"{OF_A_COMPARISON}grid/matrix/1/",
    "comparison/usecase/1/change/",
)
IN_A_SOAK = (
    "comparison/comparison/",
    "comparison/comparison/new/",
    "comparison/comparison/new/step-by-step/",
    "comparison/comparison/from-table/",
    "comparison/comparison/upload/",
    f"{OF_A_COMPARISON}releases/",
    f"{OF_A_COMPARISON}releases/1/again/",
    f"{OF_A_COMPARISON}review/",
    "auth/group/add/",
    f"{OF_A_COMPARISON}delete/",
    f"{OF_A_COMPARISON}step-by-step/options/",
    f"{OF_A_COMPARISON}step-by-step/criteria/",
    f"{OF_A_COMPARISON}grid/figures/",
    f"{OF_A_COMPARISON}grid/matrix/upload/",
    "comparison/cell/add/?criterion=1",
)
KINDS = (
    *("usecase", "group", "option", "source", "workload", "criterion", "cell", "run", "figure"),
    *("advice", "verdict", "story", "popularity", "point", "costline", "claim", "component"),
    *("question", "derivedfigure", "migration", "hybrid", "answeredquestion", "sample"),
)
# Django's own tables of part rows, list to choose several from, and field to find one
OF_DJANGO = (".original: Element does not", ".search-label-icon", "#select2-id_criterion-container")
# a table that scrolls in its own frame is reached by keyboard, and says what it is
REACHED = """[...document.querySelectorAll(".wide-table")].every(
  (frame) => frame.tabIndex === 0 && frame.role === "region" && frame.ariaLabel)"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def pages() -> Iterator[str]:
    """Yield the pages to look at; in a soak, the list and the forms of every kind of row, too."""
    yield from OWN_PAGES
    if os.environ.get("SOAK"):
        yield from IN_A_SOAK
        for kind in KINDS:
            yield from (f"comparison/{kind}/", f"comparison/{kind}/add/?comparison=1")
            yield f"comparison/{kind}/1/change/"


def test_every_page_of_the_admin_fits_and_is_within_reach(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto("/admin/login/")
    faults = violations(page, "login", "body", schemes=("light",))
    log_in(page)
    for path in pages():
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(f"/admin/{path}")
        assert answer is not None
        assert answer.ok, path
        found = violations(page, path, "#content", schemes=("light",))
        faults += [fault for fault in found if not any(words in fault for words in OF_DJANGO)]
        if not page.evaluate(REACHED):
            faults.append(f"{path}: a table that scrolls is out of the keyboard's reach")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 740})
            if not page.evaluate(FITS):
                faults.append(f"{path}: wider than {width} px")
    complaints.clear()  # of the styles that the checker brings
    assert not faults, "\n".join(faults)
