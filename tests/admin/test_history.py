"""Who changed what, on the page of a draft's history and from a row; and who is at which row."""

import json
import re

import pytest
from django.test import Client

from comparison.admin.history.lines import began_at
from comparison.models import Cell, Comparison, Criterion, Option, Presence, UseCase, history
from tests import worlds
from tests.admin.drinks import admin_page, change_page, importance_field, opens
from tests.admin.filled_form import sent_by
from tests.tools import words_of

pytestmark = pytest.mark.django_db


def history_of(comparison, **query) -> str:
    return admin_page(comparison, "history_of", comparison.pk) + (
        "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
    )


def told(client: Client, comparison, **query) -> list[tuple[str, str, str]]:
    """Return the lines of a page: who and how, of what, what to what."""
    page = client.get(history_of(comparison, **query)).context["page"]
    return [
        (
            f"{line.by}, {line.how}",
            line.called,
            "; ".join(f"{one.name}: {one.before} → {one.after}" for one in line.fields)
            or line.what,
        )
        for line in page.lines
    ]


def typed(client: Client, comparison, cell: Cell, kind: str, text: str, shown: str):
    edit = {
        "row": cell.criterion_id,
        "column": str(cell.option_id),
        "typed": {kind: text},
        "shown": {kind: shown},
    }
    address = admin_page(comparison, "grid", comparison.pk, "matrix")
    body = json.dumps({"cells": [edit]})
    return client.post(address, body, content_type="application/json").json()["cells"][0]


def test_a_form_and_the_grid_say_from_what_to_what(drinks, editor, writer):
    cell = Cell.objects.get(option__slug="tea", criterion__slug="strength")
    opened = sent_by(editor, change_page(cell))
    assert editor.post(change_page(cell), opened | {"score": "1"}).status_code == 302
    assert typed(writer, drinks, cell, "value", "3", "1")["problem"] == ""
    assert told(editor, drinks)[:2] == [
        ("wim, in the grid", "Strength, Tea", "score: 1 → 3"),
        ("eve, in a form", "Strength, Tea", "score: 4 → 1"),
    ]
    assert len(told(editor, drinks, by="eve")) == len(told(editor, drinks, by="e%00ve")) == 1
    assert told(editor, drinks, kind="option") == []


def test_who_made_one_into_three_is_two_clicks_from_a_row_and_from_the_grid(drinks, editor):
    cell = Cell.objects.get(option__slug="tea", criterion__slug="strength")
    typed(editor, drinks, cell, "value", "3", "4")
    button = re.search(r'href="([^"]*/history/)"', opens(editor, change_page(cell)))
    html = editor.get(button[1], follow=True).content.decode()
    assert "score: 4 → 3" in words_of(html)
    panel = admin_page(drinks, "matrix_cell", drinks.pk, cell.criterion_id, cell.option_id)
    beside = re.search(r'href="([^"]*)">Who changed it', editor.get(panel).content.decode())
    assert "score: 4 → 3" in words_of(opens(editor, beside[1].replace("&amp;", "&")))


def test_an_importance_that_is_emptied_is_told(drinks, editor):
    address = change_page(UseCase.objects.get())
    opened = sent_by(editor, address)
    assert editor.post(address, opened | {importance_field("strength"): ""}).status_code == 302
    assert ("eve, in a form", "Morning, Strength", "deleted") in told(editor, drinks)


def test_the_first_line_of_all_is_how_it_came_in(drinks, editor):
    row = Option.objects.first()
    page = editor.get(history_of(drinks, kind="option", row=row.pk)).context["page"]
    assert (page.lines, page.row, page.came.what) == ((), str(row), "added")
    history.lines_of(Comparison).delete()  # a draft of the days before
    page = editor.get(history_of(drinks, kind="option", row=row.pk)).context["page"]
    assert page.began == began_at() is not None


def test_a_page_of_a_long_history_of_a_large_draft_takes_few_queries(
    editor, django_assert_max_num_queries
):
    draft = worlds.draft(worlds.large_tree(6, 20, claims_per_cell=3))
    with history.batch() as lines:
        for cell in Cell.objects.select_related("criterion", "option"):
            lines.changed(cell, {"score": -1.0})
    with django_assert_max_num_queries(12):
        page = editor.get(history_of(draft)).context["page"]
    assert (len(page.lines), page.newer) == (50, "")
    older = editor.get(page.older).context["page"]
    assert not set(page.lines) & set(older.lines)
    last = editor.get(history_of(draft, page="99")).context["page"]
    assert (last.older, last.lines[-1].kind) == ("", "comparison")


def test_who_may_not_see_a_draft_sees_no_history(drinks):
    assert Client().get(history_of(drinks)).status_code == 302


# --- who else is here -----------------------------------------------------------------------------


def here(client: Client, comparison, **fields: str):
    return client.post(admin_page(comparison, "here", comparison.pk), fields).json()


def test_who_opens_a_row_is_told_who_else_is_there(drinks, editor, root):
    cell, other = Cell.objects.all()[:2]
    opens(root, change_page(cell))
    page = editor.get(change_page(cell)).context["page"]
    assert page.here.words.startswith("root is at this row")
    assert editor.get(change_page(other)).context["page"].here.words == ""
    # the row of the grid, and the page of the criterion, have the cell in them
    row = f"criterion-{cell.criterion_id}"
    assert here(editor, drinks, tab="grid", place=row)["rows"][row] == "root"
    criterion = Criterion.objects.get(pk=cell.criterion_id)
    assert "root" in editor.get(change_page(criterion)).context["page"].here.words


def test_who_left_is_forgotten_at_once_and_who_is_silent_after_a_minute(drinks, editor, root):
    cell = Cell.objects.first()
    place = {"tab": "one", "place": f"cell-{cell.pk}"}
    here(root, drinks, **place)
    assert "root" in here(editor, drinks, **place)["words"]
    here(root, drinks, **place, left="1")
    assert here(editor, drinks, **place)["words"] == ""
    here(root, drinks, **place)
    Presence.objects.update(seen_at="2026-01-01T00:00Z")
    assert here(editor, drinks, **place)["words"] == ""


def test_one_row_is_kept_for_each_open_page(drinks, editor):
    for _ in range(3):
        here(editor, drinks, tab="one", place="cell-1")
    assert Presence.objects.count() == 1


def test_a_store_that_is_broken_is_in_nobodys_way(drinks, editor, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("comparison.admin.history.presence._store", broken)
    assert 'name="_save"' in opens(editor, change_page(Cell.objects.first()))


def test_who_may_see_no_draft_is_told_of_nobody(drinks):
    assert Client().post(admin_page(drinks, "here", drinks.pk)).status_code == 302
