"""Freshness: which checks are overdue, and what the counts follow."""

from datetime import date, timedelta

import pytest

from comparison.publishing import publish as publishing
from tests import worlds
from tests.pages.evidence.evidence_pages import (
    full,
    main_of,
    section,
    words_on,
)
from tests.tools import Page, get, html, words_of

pytestmark = pytest.mark.django_db
READ_ON, LIFE = date(2026, 11, 20), 30


@pytest.fixture
def checked(monkeypatch):
    """Another full world in which one cell's check holds thirty days; returns how to choose the
    day.
    """
    tree = full("other")
    tree["criteria"][1]["shelf_life_days"] = LIFE
    publishing.publish(worlds.draft(tree), "eve", "Now.")
    return lambda day: monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)


@pytest.mark.parametrize(
    ("days", "overdue"),
    [(0, False), (LIFE - 1, False), (LIFE, False), (LIFE + 1, True), (9999, True)],
)
def test_a_check_is_overdue_once_its_shelf_life_has_passed(checked, days, overdue):
    checked(READ_ON + timedelta(days=days))
    words = section("/other/freshness/", "overdue")
    assert words.startswith(f"Checks overdue: {int(overdue)}")
    assert ("Rate limits: Whole" in words) is overdue
    assert "20 Dec 2026" in section("/other/freshness/", "cells")
    assert bool(Page(main_of("/other/freshness/")).find("td", **{"class": "warning"})) is overdue


def test_a_check_without_a_shelf_life_is_never_overdue(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2090, 1, 1))
    assert section("/full/freshness/", "overdue").startswith("Checks overdue: 0")
    assert "As of 1 Jan 2090." in words_on("/full/freshness/")


def test_freshness_counts_claims_findings_and_cells():
    words = words_on("/full/freshness/").split("Checks overdue: ")[0]
    for count in (
        "Claims 10",
        "claims among them 26",
        "Not checked 5",
        "Wrong 1",
        "Cells 12",
        "documentation 2",
        "single source 5",
        "silent 7",
    ):
        assert count in words, count


def test_every_cell_is_listed_and_linked_with_its_days():
    page = Page(html("/full/freshness/?off=throughput"))
    cells = Page(page.outer("cells")).find("a")
    assert len(cells) == 12
    assert all(cell["href"].endswith("/?off=throughput") for cell in cells)
    assert "Rate limits Whole 21 Nov 2026 20 Nov 2026 –".replace(" ", "") in words_of(
        page.outer("cells")
    ).replace(" ", "")


def test_cells_fall_silent_with_their_sources():
    assert section("/full/freshness/", "silent").startswith("Silent: 7")
    assert section("/full/freshness/?distrust=agency", "silent").startswith("Silent: 12")
    assert section("/full/freshness/?distrust=agency", "single").startswith("A single source: 0")


def test_freshness_is_another_answer_the_next_day(monkeypatch):
    tags = set()
    for day in (date(2026, 11, 21), date(2026, 11, 22)):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
        tags.add(get("/full/freshness/").headers["ETag"])
    assert len(tags) == 2


def test_what_was_told_yesterday_or_of_another_selection_is_not_told_again(checked):
    for days, overdue in ((LIFE, 0), (LIFE + 1, 1), (LIFE, 0)):
        checked(READ_ON + timedelta(days=days))
        for query in ("", "?off=throughput"):
            page = Page(html(f"/other/freshness/{query}"))
            assert words_of(page.outer("overdue")).startswith(f"Checks overdue: {overdue}")
            hrefs = {
                cell["href"].partition("/cell/")[2] for cell in Page(page.outer("cells")).find("a")
            }
            assert hrefs and all(href.partition("/?")[2] == query[1:] for href in hrefs)
