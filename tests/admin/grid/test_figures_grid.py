"""The benchmark figures of all runs as one grid."""

import pytest

from comparison.models import DerivedFigure, Figure, Run, Workload
from comparison.publishing.drafts import read_draft
from tests.admin.drinks import admin_page, opens
from tests.admin.grid.sending import send

pytestmark = pytest.mark.django_db


def edit(client, draft, run: Run, typed: str, shown: str) -> dict[str, object]:
    page = client.get(admin_page(draft, "grid", draft.pk, "figures")).context["page"]
    return {
        "row": run.pk,
        "column": page.columns[0].key,
        "typed": {"figure": typed},
        "shown": {"figure": shown},
    }


def test_every_run_is_a_row_and_whatever_was_measured_a_column(drinks, root):
    html = opens(root, admin_page(drinks, "grid", drinks.pk, "figures"))
    assert "In a kitchen" in html
    assert "Tea, latency" in html
    assert "~35 ms" in html


def test_a_figure_is_typed_as_its_source_prints_it(drinks, root):
    change = edit(root, drinks, Run.objects.get(), "40-50 ms", "~35 ms")
    assert send(root, drinks, "figures", change)["cells"][0]["problem"] == ""
    figure = Figure.objects.get()
    assert (figure.quantity_spelling, figure.quantity_form) == ("40-50 ms", "range")
    assert (figure.quantity_low, figure.quantity_high, figure.quantity_approximate) == (
        40,
        50,
        False,
    )


def test_a_figure_of_another_run_is_made(drinks, root):
    first = Run.objects.get()
    garden = Run.objects.create(
        comparison=drinks,
        slug="garden",
        name="In a garden",
        source=first.source,
        workload=Workload.objects.get(),
        position=1,
    )
    change = edit(root, drinks, garden, "20", "")
    assert send(root, drinks, "figures", change)["cells"][0]["problem"] == ""
    figure = garden.figures.get()
    assert (figure.slug, figure.quantity_low, figure.quantity_unit) == ("tea-latency", 20, "ms")
    assert figure.place == "not stated"
    assert read_draft(drinks).problems == ()
    change = edit(root, drinks, garden, "", "20")
    assert send(root, drinks, "figures", change)["cells"][0]["problem"] == ""
    assert not garden.figures.exists()


@pytest.mark.parametrize(
    ("typed", "said"), [("quick", "a number of ms"), ("35 MB", "a number of ms"), ("", "twice")]
)
def test_what_is_no_figure_says_what_to_write(typed, said, drinks, root):
    change = edit(root, drinks, Run.objects.get(), typed, "~35 ms")
    assert said in send(root, drinks, "figures", change)["cells"][0]["problem"]
    assert Figure.objects.get().quantity_spelling == "~35 ms"


@pytest.mark.parametrize("theirs", ["40 ms", ""])
def test_of_a_figure_that_two_changed_the_second_hears_who_and_chooses(
    theirs, drinks, root, editor
):
    DerivedFigure.objects.all().delete()  # which keeps a figure from being emptied
    run = Run.objects.get()
    mine = edit(root, drinks, run, "30 ms", "~35 ms")
    send(editor, drinks, "figures", edit(editor, drinks, run, theirs, "~35 ms"))
    if theirs:
        (told,) = send(root, drinks, "figures", mine)["cells"]
        assert told["by_another"].startswith("eve, at ")
        assert f"changed this meanwhile to “{theirs}”. Yours is not saved." in told["problem"]
        assert told["texts"] == {"figure": theirs}
        assert Figure.objects.get().quantity_spelling == theirs
        (told,) = send(root, drinks, "figures", mine | {"shown": {"figure": theirs}})["cells"]
        assert told["problem"] == ""
        assert Figure.objects.get().quantity_spelling == "30 ms"
    else:  # the last figure of its column: that is gone
        (told,) = send(root, drinks, "figures", mine)["cells"]
        assert "Its row or column is gone" in told["problem"]
        assert not Figure.objects.exists()
