"""A use case's importances: one labelled number for each criterion."""

import pytest

from comparison.models import (
    UseCase,
)
from tests.admin.drinks import (
    admin_page,
    change_page,
    importance_field,
    opens,
    stored_importances,
)
from tests.admin.filled_form import FilledForm, sent_by

pytestmark = pytest.mark.django_db


def test_every_criterion_has_one_labelled_number_and_an_unnamed_one_is_empty(drinks, root):
    html = opens(root, change_page(UseCase.objects.get()))
    sent = FilledForm(html, "usecase_form").sent
    assert (sent[importance_field("strength")], sent[importance_field("decaf")]) == (["5"], [""])
    for slug in ("strength", "decaf"):
        assert html.count(f'<label for="id_{importance_field(slug)}">') == 1


@pytest.mark.parametrize(("otherwise", "meant"), [(None, 3), (1, 1), (0, 0)])
def test_an_empty_number_shows_what_it_means(otherwise, meant, drinks, root):
    UseCase.objects.update(otherwise=otherwise)
    html = opens(root, change_page(UseCase.objects.get()))
    assert (
        f'placeholder="{meant}"'
        in html.split(f'id="id_{importance_field("decaf")}"')[1].split(">")[0]
    )


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"decaf": "1"}, [("strength", 5, 0), ("decaf", 1, 1)]),
        ({"decaf": "2.5"}, [("strength", 5, 0), ("decaf", 2.5, 1)]),
        ({"strength": "0"}, [("strength", 0, 0)]),
        ({"strength": ""}, []),
        ({"strength": "", "decaf": "5"}, [("decaf", 5, 1)]),
    ],
)
def test_numbers_are_set_changed_and_taken_back(sent, stored, drinks, root):
    address = change_page(UseCase.objects.get())
    written = {importance_field(slug): number for slug, number in sent.items()}
    assert root.post(address, sent_by(root, address) | written).status_code == 302
    assert stored_importances() == stored


@pytest.mark.parametrize("wrong", ["6", "-1", "2.55", "5.1", "much", "05", "\u0663"])
def test_what_is_no_importance_is_refused_by_name_and_stays_in_the_form(wrong, drinks, root):
    address = change_page(UseCase.objects.get())
    answer = root.post(address, sent_by(root, address) | {importance_field("decaf"): wrong})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"Decaf: “{wrong}” is no importance." in html
    assert FilledForm(html, "usecase_form").sent[importance_field("decaf")] == [wrong]
    assert stored_importances() == [("strength", 5, 0)]


def test_a_number_that_the_page_did_not_show_stays(drinks, root):
    address = change_page(UseCase.objects.get())
    sent = sent_by(root, address)
    del sent[importance_field("strength")]
    assert root.post(address, sent).status_code == 302
    assert stored_importances() == [("strength", 5, 0)]


def test_a_new_use_case_takes_its_importances_along(drinks, root):
    sent = sent_by(root, admin_page(UseCase, "add"), "usecase_form")
    written = {"name": "Night", "slug": "night", importance_field("decaf"): "4"}
    assert root.post(admin_page(UseCase, "add"), sent | written).status_code == 302
    assert ("decaf", 4, 0) in stored_importances()
