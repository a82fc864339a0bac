"""What is typed into the grid: saved cell by cell, refused in words, and never over what somebody
else saved meanwhile.
"""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from comparison.models import Cell, Comparison, Criterion, Option
from tests.admin.drinks import admin_page

pytestmark = pytest.mark.django_db


def send(client: Client, draft: Comparison, *cells: dict[str, object]) -> dict[str, object]:
    """Return what the grid is told about cells that it sends."""
    answer = client.post(
        admin_page(draft, "matrix", draft.pk),
        json.dumps({"cells": cells}),
        content_type="application/json",
    )
    assert answer.headers["Content-Type"] == "application/json"
    return {"status": answer.status_code, **answer.json()}


def edit(criterion: str, option: str, **typed: str) -> dict[str, object]:
    """Return an edit of a cell that shows what is stored: `text` or `value`."""
    cell = stored(criterion, option)
    shown = {"text": cell.text, "value": "" if cell.score is None else f"{cell.score:g}"}
    return {
        "criterion": Criterion.objects.get(slug=criterion).pk,
        "option": Option.objects.get(slug=option).pk,
        "typed": typed,
        "shown": {name: shown[name] for name in typed},
    }


def stored(criterion: str, option: str) -> Cell:
    return Cell.objects.filter(criterion__slug=criterion, option__slug=option).first() or Cell()


def test_words_and_value_of_a_cell_are_saved_dated_and_noted_in_the_history(drinks, root):
    told = send(root, drinks, edit("strength", "tea", value="6,5", text=" Rather  mild "))
    assert [(one["text"], one["value"], one["problem"]) for one in told["cells"]] == [
        ("Rather mild", "6.5", "")
    ]
    cell = stored("strength", "tea")
    assert (cell.text, cell.score, cell.version) == ("Rather mild", 6.5, 2)
    assert cell.changed_on is not None
    assert "in the grid" in LogEntry.objects.get().change_message


def test_a_cell_that_was_not_there_is_made(drinks, root):
    assert stored("decaf", "both").pk is None
    send(root, drinks, edit("decaf", "both", text="Half of it"))
    assert stored("decaf", "both").text == "Half of it"


def test_one_wrong_cell_keeps_no_other_from_being_saved(drinks, root):
    told = send(
        root,
        drinks,
        edit("strength", "tea", value="11"),
        edit("strength", "coffee", text="x" * 301),
        edit("strength", "both", text="In between"),
    )
    problems = [one["problem"] for one in told["cells"]]
    assert "from 0 to 10" in problems[0]
    assert "300" in problems[1]
    assert problems[2] == ""
    assert stored("strength", "both").text == "In between"
    assert stored("strength", "tea").version == 1


def test_what_somebody_else_saved_meanwhile_is_not_put_back(drinks, root, editor):
    mine = edit("strength", "tea", text="Mine")
    send(editor, drinks, edit("strength", "tea", text="Theirs"))
    (told,) = send(root, drinks, mine)["cells"]
    assert (told["text"], told["by_another"]) == (
        "Theirs",
        told["problem"].partition(" changed")[0],
    )
    assert "eve" in told["problem"]
    assert stored("strength", "tea").text == "Theirs"


def test_another_field_of_the_same_cell_is_no_conflict(drinks, root, editor):
    mine = edit("strength", "tea", value="9")
    send(editor, drinks, edit("strength", "tea", text="Theirs"))
    assert send(root, drinks, mine)["cells"][0]["problem"] == ""
    cell = stored("strength", "tea")
    assert (cell.text, cell.score, cell.version) == ("Theirs", 9, 3)


def test_a_row_that_was_deleted_is_named(drinks, root):
    gone = edit("strength", "tea", text="Mine") | {"option": 999_999}
    assert "is gone" in send(root, drinks, gone)["cells"][0]["problem"]


@pytest.mark.parametrize(
    "sent",
    ["{", "[]", '{"cells": 3}', '{"cells": [{}]}', '{"cells": [{"criterion": "x", "option": 1}]}'],
)
def test_what_is_no_list_of_cells_is_refused_in_words(sent, drinks, root):
    answer = root.post(
        admin_page(drinks, "matrix", drinks.pk), sent, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "Load the page anew" in answer.json()["problem"]


def test_hidden_characters_are_refused(drinks, root):
    (told,) = send(root, drinks, edit("strength", "tea", text="a\u202eb"))["cells"]
    assert told["problem"]
    assert stored("strength", "tea").version == 1
