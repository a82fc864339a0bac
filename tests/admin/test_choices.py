"""Choices on the pages of rows stay within one comparison, and new rows go to the end."""

import pytest
from django.urls import reverse

from comparison.models import (
    Cell,
    Claim,
    Criterion,
    Option,
    OptionPart,
    UseCase,
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


def test_choices_are_those_of_the_rows_own_comparison(drinks, root):
    other = drafted({**TREE, "slug": "another"})
    mine, theirs = (
        Option.objects.get(comparison=drinks, slug="tea"),
        Option.objects.get(comparison=other, slug="tea"),
    )
    for row in (Claim, Cell, Criterion, UseCase):
        html = opens(root, change_page(row._default_manager.first()))
        assert f'<option value="{theirs.pk}"' not in html or row is UseCase
    form = root.get(change_page(Claim.objects.first())).context["adminform"].form
    assert mine in form.fields["option"].queryset
    assert theirs not in form.fields["option"].queryset


def test_a_row_of_another_comparison_is_refused(drinks, root):
    other = drafted({**TREE, "slug": "another"})
    claim = Claim.objects.get(source__comparison=drinks)
    sent = sent_by(root, change_page(claim)) | {
        "option": Option.objects.get(comparison=other, slug="tea").pk
    }
    response = root.post(change_page(claim), sent)
    assert "Select a valid choice" in response.content.decode()


def test_a_new_row_is_limited_to_the_comparison_that_it_names(drinks, root):
    other = drafted({**TREE, "slug": "another"})
    form = (
        root.get(admin_page(Criterion, "add") + f"?comparison={other.pk}").context["adminform"].form
    )
    assert {group.comparison for group in form.fields["group"].queryset} == {other}


def test_a_search_for_a_criterion_stays_within_the_comparison(drinks, root):
    other = drafted({**TREE, "slug": "another"})
    assert f"autocomplete/?of={drinks.pk}" in opens(
        root, change_page(Claim.objects.get(source__comparison=drinks))
    )
    asked = {
        "app_label": "comparison",
        "model_name": "claim",
        "field_name": "criterion",
        "of": other.pk,
    }
    results = root.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert {int(result["id"]) for result in results} == set(
        other.criteria.values_list("pk", flat=True)
    )


def test_a_row_does_not_move_to_another_comparison(drinks, root):
    other = drafted({**TREE, "slug": "another"})
    criterion = Criterion.objects.filter(comparison=drinks).first()
    root.post(
        change_page(criterion), sent_by(root, change_page(criterion)) | {"comparison": other.pk}
    )
    criterion.refresh_from_db()
    assert criterion.comparison == drinks


def test_a_slug_that_is_taken_is_refused_in_words(drinks, root):
    criterion = Criterion.objects.get(slug="decaf")
    response = root.post(
        change_page(criterion), sent_by(root, change_page(criterion)) | {"slug": "strength"}
    )
    assert response.status_code == 200
    assert response.context["errors"]


def test_a_new_row_without_a_place_goes_to_the_end(drinks, root):
    sent = {
        "comparison": drinks.pk,
        "position": "",
        "name": "Cocoa",
        "slug": "cocoa",
        "line": "Beans too.",
    }
    counts = {"parts-TOTAL_FORMS": 0, "parts-INITIAL_FORMS": 0}
    assert root.post(admin_page(Option, "add"), sent | counts).status_code == 302
    assert Option.objects.last().slug == "cocoa"


def test_new_rows_on_their_parents_page_go_to_the_end(drinks, root):
    option = Option.objects.get(slug="both")
    sent = sent_by(root, change_page(option)) | {
        "parts-TOTAL_FORMS": "2",
        "parts-1-id": "",
        "parts-1-whole": option.pk,
        "parts-1-option": Option.objects.get(slug="coffee").pk,
        "parts-1-role": "mornings",
        "parts-1-position": "",
    }
    assert root.post(change_page(option), sent).status_code == 302
    assert list(OptionPart.objects.values_list("role", "position")) == [
        ("evenings", 0),
        ("mornings", 1),
    ]
