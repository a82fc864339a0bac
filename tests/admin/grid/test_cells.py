"""What is typed into the grid: saved cell by cell, refused in words, and never over what somebody
else saved meanwhile.
"""

import pytest
from django.contrib.admin.models import LogEntry

from comparison.models import Cell, Criterion, Option
from tests.admin.drinks import admin_page
from tests.admin.grid.sending import send

pytestmark = pytest.mark.django_db


def edit(criterion: str, option: str, **typed: str) -> dict[str, object]:
    """Return an edit of a cell that shows what is stored: `words` or `value`."""
    cell = stored(criterion, option)
    shown = {"words": cell.text, "value": "" if cell.score is None else f"{cell.score:g}"}
    return {
        "row": Criterion.objects.get(slug=criterion).pk,
        "column": str(Option.objects.get(slug=option).pk),
        "typed": typed,
        "shown": {name: shown[name] for name in typed},
    }


def stored(criterion: str, option: str) -> Cell:
    return Cell.objects.filter(criterion__slug=criterion, option__slug=option).first() or Cell()


def test_words_and_value_of_a_cell_are_saved_dated_and_noted_in_the_history(drinks, root):
    told = send(
        root, drinks, "matrix", edit("strength", "tea", value="6,5", words=" Rather  mild ")
    )
    assert [(one["texts"], one["problem"]) for one in told["cells"]] == [
        ({"words": "Rather mild", "value": "6.5"}, "")
    ]
    cell = stored("strength", "tea")
    assert (cell.text, cell.score, cell.version) == ("Rather mild", 6.5, 2)
    assert cell.changed_on is not None
    assert "in the grid" in LogEntry.objects.get().change_message


def test_a_cell_that_was_not_there_is_made(drinks, root):
    assert stored("decaf", "both").pk is None
    send(root, drinks, "matrix", edit("decaf", "both", words="Half of it"))
    assert stored("decaf", "both").text == "Half of it"


def test_one_wrong_cell_keeps_no_other_from_being_saved(drinks, root):
    told = send(
        root,
        drinks,
        "matrix",
        edit("strength", "tea", value="11"),
        edit("strength", "coffee", words="x" * 301),
        edit("strength", "both", words="In between"),
    )
    problems = [one["problem"] for one in told["cells"]]
    assert "from 0 to 10" in problems[0]
    assert "300" in problems[1]
    assert problems[2] == ""
    assert stored("strength", "both").text == "In between"
    assert stored("strength", "tea").version == 1


def test_what_somebody_else_saved_meanwhile_is_not_put_back(drinks, root, editor):
    mine = edit("strength", "tea", words="Mine")
    send(editor, drinks, "matrix", edit("strength", "tea", words="Theirs"))
    (told,) = send(root, drinks, "matrix", mine)["cells"]
    assert told["texts"]["words"] == "Theirs"
    assert "eve" in told["by_another"]
    assert "eve" in told["problem"]
    assert stored("strength", "tea").text == "Theirs"


def test_another_field_of_the_same_cell_is_no_conflict(drinks, root, editor):
    mine = edit("strength", "tea", value="9")
    send(editor, drinks, "matrix", edit("strength", "tea", words="Theirs"))
    assert send(root, drinks, "matrix", mine)["cells"][0]["problem"] == ""
    cell = stored("strength", "tea")
    assert (cell.text, cell.score, cell.version) == ("Theirs", 9, 3)


def test_a_row_that_was_deleted_is_named(drinks, root):
    gone = edit("strength", "tea", words="Mine") | {"column": "999999"}
    assert "is gone" in send(root, drinks, "matrix", gone)["cells"][0]["problem"]


@pytest.mark.parametrize(
    "sent",
    ["{", "[]", '{"cells": 3}', '{"cells": [{}]}', '{"cells": [{"row": "x", "column": "1"}]}'],
)
def test_what_is_no_list_of_cells_is_refused_in_words(sent, drinks, root):
    answer = root.post(
        admin_page(drinks, "grid", drinks.pk, "matrix"), sent, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "Load the page anew" in answer.json()["problem"]


def test_what_is_too_long_for_any_cell_keeps_no_other_from_being_saved(drinks, root):
    long, short = edit("strength", "tea", words="x" * 5_000), edit("strength", "coffee", words="B")
    told = send(root, drinks, "matrix", long, short)["cells"]
    assert "4,000 are the most" in told[0]["problem"]
    assert (told[1]["problem"], stored("strength", "coffee").text) == ("", "B")


def test_hidden_characters_are_refused(drinks, root):
    (told,) = send(root, drinks, "matrix", edit("strength", "tea", words="a\u202eb"))["cells"]
    assert told["problem"]
    assert stored("strength", "tea").version == 1


def test_what_is_taken_back_is_no_change(released, root):
    before = stored("strength", "tea").changed_on
    send(root, released, "matrix", edit("strength", "tea", words="Weak"))
    assert stored("strength", "tea").changed_on != before
    send(root, released, "matrix", edit("strength", "tea", words="Mild"))
    assert stored("strength", "tea").changed_on == before
