"""The importances of all use cases as one grid."""

import pytest

from comparison.models import Criterion, UseCase
from tests.admin.drinks import admin_page, opens, stored_importances
from tests.admin.grid.sending import send

pytestmark = pytest.mark.django_db


def edit(criterion: str, typed: str, shown: str) -> dict[str, object]:
    return {
        "row": UseCase.objects.get().pk,
        "column": str(Criterion.objects.get(slug=criterion).pk),
        "typed": {"importance": typed},
        "shown": {"importance": shown},
    }


def test_every_use_case_is_a_row_and_every_criterion_a_column(released, root):
    UseCase.objects.get().importances.update(importance=2.5)
    html = " ".join(opens(root, admin_page(released, "grid", released.pk, "importances")).split())
    assert "> 2.5 <del>5</del>" in html


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("decaf", "1", ""), [("strength", 5, 0), ("decaf", 1, 1)]),
        (("strength", "2,5", "5"), [("strength", 2.5, 0)]),
        (("strength", "", "5"), []),
    ],
)
def test_an_importance_is_set_changed_and_taken_back(typed, stored, drinks, root):
    (told,) = send(root, drinks, "importances", edit(*typed))["cells"]
    assert told["problem"] == ""
    assert stored_importances() == stored


@pytest.mark.parametrize("typed", ["6", "-1", "2.55", "much", "nan"])
def test_what_is_no_importance_says_what_to_write(typed, drinks, root):
    (told,) = send(root, drinks, "importances", edit("strength", typed, "5"))["cells"]
    assert "write 0 to 5" in told["problem"]
    assert stored_importances() == [("strength", 5, 0)]


def test_what_somebody_else_set_meanwhile_is_not_put_back(drinks, root):
    (told,) = send(root, drinks, "importances", edit("strength", "1", "3"))["cells"]
    assert "changed this meanwhile to “5”" in told["problem"]
    assert stored_importances() == [("strength", 5, 0)]


@pytest.mark.parametrize(("theirs", "named"), [("2", "2"), ("", "")])
def test_of_an_importance_that_two_set_the_second_hears_who_and_chooses(
    theirs, named, drinks, root, editor
):
    send(editor, drinks, "importances", edit("strength", theirs, "5"))
    (told,) = send(root, drinks, "importances", edit("strength", "1", "5"))["cells"]
    assert told["by_another"].startswith("eve, at ")
    assert f"changed this meanwhile to “{named}”. Yours is not saved." in told["problem"]
    assert told["texts"] == {"importance": named}
    assert stored_importances() == ([("strength", 2, 0)] if theirs else [])
    # "Keep mine" sends it as said over theirs
    (told,) = send(root, drinks, "importances", edit("strength", "1", named))["cells"]
    assert told["problem"] == ""
    assert stored_importances() == [("strength", 1, 0)]
