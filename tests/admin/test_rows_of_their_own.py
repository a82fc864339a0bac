"""Rows with a page of their own: ways there and back, and the list of cells as a work list."""

from html import unescape

import pytest
from django.contrib import admin
from django.utils import timezone

from comparison.models import (
    Advice,
    Cell,
    Claim,
    Criterion,
    Figure,
    Option,
    Run,
    Source,
    Verdict,
)
from tests.admin.drinks import (
    TREE,
    admin_page,
    change_page,
    drafted,
    opens,
)
from tests.admin.filled_form import sent_by

pytestmark = pytest.mark.django_db

BELOW = [
    (Source, Claim, "source"),
    (Source, Advice, "source"),
    (Source, Verdict, "source"),
    (Criterion, Cell, "criterion"),
    (Criterion, Claim, "criterion"),
    (Run, Figure, "run"),
]


def test_no_form_carries_rows_that_have_a_page_of_their_own():
    carried = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    assert not carried & set(admin.site._registry)


@pytest.mark.parametrize(("parent", "model", "column"), BELOW)
def test_a_page_leads_to_its_rows_and_a_new_one_leads_back_there(
    parent, model, column, drinks, root
):
    holder = parent.objects.first()
    html = opens(root, change_page(holder))
    rows = admin_page(model, "changelist") + f"?{column}__id__exact={holder.pk}"
    assert f'href="{rows}"' in html
    add = unescape(html.split(admin_page(model, "add") + "?", 1)[1].split('"')[0])
    page = root.get(admin_page(model, "add") + "?" + add)
    assert page.context["adminform"].form[column].value() in (holder.pk, str(holder.pk))
    assert f"_changelist_filters={column}__id__exact%3D{holder.pk}" in page.content.decode()


@pytest.mark.parametrize("filters", ["", "?_changelist_filters=option__id__exact%3D1"])
def test_saving_a_row_leads_to_the_rows_beside_it_or_to_the_list_that_was_left(
    filters, drinks, root
):
    claim = Claim.objects.get()
    answer = root.post(change_page(claim) + filters, sent_by(root, change_page(claim)))
    beside = "option__id__exact=1" if filters else f"source__id__exact={claim.source_id}"
    assert answer.url == admin_page(Claim, "changelist") + "?" + beside


@pytest.mark.parametrize("model", [Option, Claim])
def test_where_it_is_not_known_for_which_comparison_a_new_row_is_that_is_asked_first(
    model, drinks, root
):
    other = drafted({**TREE, "slug": "another", "title": "Another?"})
    html = opens(root, admin_page(model, "add"))
    link = admin_page(model, "add") + f"?comparison={other.pk}"
    assert f'href="{link}"' in html
    offered = opens(root, link)
    column = "comparison" if model is Option else "source"
    assert f'name="{column}"' in offered
    assert "tea-or-coffee:" not in offered  # the rows of one comparison alone
    through = "" if model is Option else "source__"
    filters = f"?_changelist_filters={through}comparison__id__exact%3D{other.pk}"
    assert f'name="{column}"' in opens(root, admin_page(model, "add") + filters)


@pytest.mark.parametrize(
    ("column", "value", "is_dated"),
    [
        ("text", "Rather mild", True),
        ("score", "5", True),
        ("quantity_spelling", "5 of 10", True),
        ("score", "4.0", False),
        ("text", "Mild ", False),
        ("note", "Tasted twice.", False),
        ("checked_title", "A manual", False),
    ],
)
def test_a_cell_is_dated_when_its_value_changes_and_only_then(
    column, value, is_dated, drinks, root
):
    cell = Cell.objects.get(criterion__slug="strength", option__slug="tea")
    assert (
        root.post(change_page(cell), sent_by(root, change_page(cell)) | {column: value}).status_code
        == 302
    )
    cell.refresh_from_db()
    assert cell.changed_on == (timezone.localdate() if is_dated else None)
    assert cell.checked_read_on is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("value=unknown", {("decaf", "coffee")}),
        ("value=does-not-apply", set()),
        ("value=known", {("strength", "tea"), ("strength", "coffee"), ("decaf", "tea")}),
        ("check=never", {("strength", "tea"), ("decaf", "tea"), ("decaf", "coffee")}),
        ("check=overdue", {("strength", "coffee")}),
        ("check=in-date", set()),
    ],
)
def test_the_list_of_cells_is_a_work_list(query, expected, drinks, root):
    response = root.get(admin_page(Cell, "changelist") + "?" + query, follow=True)
    cells = response.context["cl"].queryset
    assert {(cell.criterion.slug, cell.option.slug) for cell in cells} == expected


def test_filters_offer_the_rows_of_the_comparison_that_is_filtered_by(drinks, root):
    other = drafted({**TREE, "slug": "another", "title": "Another"})
    html = opens(
        root, admin_page(Cell, "changelist") + f"?criterion__comparison__id__exact={drinks.pk}"
    )
    ours, theirs = (
        Option.objects.filter(comparison=drinks).first(),
        Option.objects.filter(comparison=other).first(),
    )
    assert f"option__id__exact={ours.pk}" in html
    assert f"option__id__exact={theirs.pk}" not in html
