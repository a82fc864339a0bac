"""A grid down as a file and up again: only what differs is a change, seen before it is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comparison.models import Cell, Figure, UseCaseImportance
from tests.admin.drinks import admin_page

pytestmark = pytest.mark.django_db


def down(client, draft, kind: str, ending: str) -> bytes:
    return client.get(admin_page(draft, "grid_file", draft.pk, kind, ending)).content


def up(client, draft, kind: str, content: bytes, ending: str = "csv"):
    file = SimpleUploadedFile(f"mine.{ending}", content)
    return client.post(admin_page(draft, "grid_upload", draft.pk, kind), {"file": file})


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["matrix", "importances", "figures"])
def test_what_comes_down_changes_nothing_when_it_comes_up(kind, ending, drinks, root):
    Cell.objects.filter(option__slug="tea").update(text='=HYPERLINK("x"), Mild [1]*')
    answer = up(root, drinks, kind, down(root, drinks, kind, ending), ending)
    page = answer.context["page"]
    assert (page.problems, page.changes, page.is_unchanged) == ((), (), True)


def test_what_differs_is_shown_first_and_saved_then(drinks, root):
    content = down(root, drinks, "matrix", "csv").replace(b'"Mild","4"', b'"Milder","3,5"')
    page = up(root, drinks, "matrix", content).context["page"]
    assert [(one.row, one.column, one.before, one.after) for one in page.changes] == [
        ("Strength", "Tea, words", "Mild", "Milder"),
        ("Strength", "Tea, value", "4", "3,5"),
    ]
    cell = Cell.objects.get(criterion__slug="strength", option__slug="tea")
    assert (cell.text, cell.score) == ("Mild", 4)
    address = admin_page(drinks, "grid_upload", drinks.pk, "matrix")
    assert root.post(address, {"carried": page.carried}).status_code == 302
    cell.refresh_from_db()
    assert (cell.text, cell.score) == ("Milder", 3.5)


def test_one_wrong_cell_keeps_a_file_from_being_saved(drinks, root):
    content = down(root, drinks, "matrix", "csv").replace(b'"Mild","4"', b'"Milder","14"')
    page = up(root, drinks, "matrix", content).context["page"]
    assert "Strength, Tea: “14” is no score" in page.problems[0]
    assert not page.carried


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "no text"),
        (b"Name,Tea\nStrength,4\n", 'the first cell has to be "row"'),
        (b"row,,tea: words,milk\nstrength,,Mild,1\n", '"milk" is no column of this grid'),
        (b"row,,tea: words\nweakness,,Mild\n", 'mine.csv:2: "weakness" is no row of this grid'),
        (b"row,,tea: words\nstrength,,A\nstrength,,B\n", 'mine.csv:3: "strength" stands there'),
        (b"row,,tea: words,tea: words\nstrength,,A,B\n", '"tea: words" stands there twice'),
    ],
)
def test_what_is_no_file_of_this_grid_is_refused_with_file_and_row(content, said, drinks, root):
    page = up(root, drinks, "matrix", content).context["page"]
    assert said in (" ".join(page.problems) or str(page.form.errors))


def test_a_column_that_a_file_does_not_have_is_left_alone(drinks, root):
    page = up(root, drinks, "matrix", b"row;;tea: value\nstrength;;9\n").context["page"]
    assert [(one.column, one.after) for one in page.changes] == [("Tea, value", "9")]


def test_what_somebody_else_saved_meanwhile_refuses_the_whole(drinks, root):
    page = up(root, drinks, "matrix", b"row,,tea: value\nstrength,,9\n").context["page"]
    Cell.objects.filter(criterion__slug="strength", option__slug="tea").update(score=1)
    address = admin_page(drinks, "grid_upload", drinks.pk, "matrix")
    answer = root.post(address, {"carried": page.carried})
    assert "changed this meanwhile" in answer.context["page"].problems[0]
    assert Cell.objects.get(criterion__slug="strength", option__slug="tea").score == 1


@pytest.mark.parametrize("carried", ["", "{", '{"cells": [{"row": 1}]}'])
def test_changes_that_cannot_be_read_are_refused(carried, drinks, root):
    address = admin_page(drinks, "grid_upload", drinks.pk, "matrix")
    assert root.post(address, {"carried": carried}).context["page"].problems


def test_importances_and_figures_come_up_too(drinks, root):
    for kind, old, new in (("importances", b'"5"', b'"2.5"'), ("figures", b'"~35 ms"', b'"40 ms"')):
        page = up(root, drinks, kind, down(root, drinks, kind, "csv").replace(old, new))
        carried = page.context["page"].carried
        root.post(admin_page(drinks, "grid_upload", drinks.pk, kind), {"carried": carried})
    assert UseCaseImportance.objects.get().importance == 2.5
    assert Figure.objects.get().quantity_spelling == "40 ms"
