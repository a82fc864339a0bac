"""The list of every kind of row: names first, few columns, within one comparison, and light however
many rows there are.
"""

import pytest
from django.apps import apps
from django.contrib import admin

from comparison.admin.forms.lists import MOST_COLUMNS
from comparison.models import Claim, Comparison, Group, Option, Source
from tests.admin.drinks import DRAFTS, TREE, admin_page, change_page, drafted, opens
from tests.tools import Page, words_of

pytestmark = pytest.mark.django_db
OWN = [model for model in admin.site._registry if model._meta.app_label == "comparison"]
ROWS, MOST_QUERIES, MOST_BYTES = 10_000, 12, 150_000


@pytest.fixture
def other(drinks):
    """Another comparison, so that there is something to tell apart."""
    return drafted(TREE | {"slug": "wine-or-beer", "title": "Wine or beer?", "renamed": []})


def within(model, comparison):
    return (
        f"{admin_page(model, 'changelist')}?{model.way_to_comparison()}__id__exact={comparison.pk}"
    )


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_a_list_begins_with_a_name_and_has_few_columns(model):
    columns = admin.site._registry[model].list_display
    assert len(columns) <= MOST_COLUMNS
    assert columns[0] not in ("slug", "pk", "position", "sent_at")


@pytest.mark.parametrize("label", [label for label in DRAFTS if label != "comparison.Comparison"])
def test_a_list_of_all_names_each_rows_comparison_and_one_of_a_comparison_filters(
    label, drinks, other, root
):
    model = apps.get_model(label)
    html = opens(root, admin_page(model, "changelist"))
    assert "Wine or beer?" in words_of(html.split('id="result_list"')[1].split("</table>")[0])
    filters = [one for one in Page(html).elements if one["tag"] == "details"]
    assert len(filters) == 1  # only which comparison
    assert "Wine or beer?" not in words_of(opens(root, within(model, drinks)))


def test_the_session_remembers_the_comparison_until_it_is_left(drinks, other, root):
    root.get(change_page(other))
    listed = root.get(admin_page(Option, "changelist"))
    assert listed.url == within(Option, other)
    searched = root.get(admin_page(Claim, "changelist"), {"q": "strong"})
    assert (
        searched.url
        == f"{admin_page(Claim, 'changelist')}?q=strong&source__comparison__id__exact={other.pk}"
    )
    html = opens(root, listed.url)
    assert f'href="{change_page(other)}"' in html
    assert root.get(admin_page(Option, "changelist") + "?everywhere=1").url == admin_page(
        Option, "changelist"
    )
    opens(root, admin_page(Option, "changelist"))


def test_a_new_row_is_of_the_comparison_that_the_editor_is_in(drinks, other, root):
    root.get(within(Option, other))
    assert (
        root.get(admin_page(Group, "add")).context["adminform"].form.initial["comparison"]
        == other.pk
    )


def test_a_comparison_that_is_gone_is_forgotten(drinks, other, root):
    root.get(within(Option, other))
    session = root.session
    session["comparison"] = 10**6
    session.save()
    opens(root, admin_page(Option, "changelist"))


def test_places_are_changed_within_one_comparison_alone(drinks, other, root):
    assert "form-0-position" in opens(root, within(Option, drinks))
    root.get(admin_page(Option, "changelist") + "?everywhere=1")
    assert "form-0-position" not in opens(root, admin_page(Option, "changelist"))


def test_a_field_of_a_list_is_named_with_its_row(drinks, root):
    assert 'aria-label="Position of Tea"' in opens(root, within(Option, drinks))


@pytest.mark.parametrize("only", [False, True], ids=["of all", "of one comparison"])
def test_a_list_of_many_rows_is_light(only, drinks, other, root, django_assert_max_num_queries):
    Option.objects.bulk_create(
        Option(comparison=drinks, slug=f"option-{n}", name=f"Option {n}") for n in range(ROWS)
    )
    source, option = Source.objects.get(comparison=drinks), Option.objects.first()
    Claim.objects.bulk_create(
        Claim(source=source, slug=f"claim-{n}", option=option, statement="A statement. " * 20)
        for n in range(ROWS)
    )
    for model in (Claim, Option):
        address = (
            within(model, drinks) if only else admin_page(model, "changelist") + "?everywhere=1"
        )
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = root.get(address, follow=True)
        assert answer.status_code == 200
        assert len(answer.content) < MOST_BYTES
    assert Comparison.objects.count() == 2


@pytest.mark.parametrize("keys", [["999999"], ["no key"]])
def test_ticked_rows_that_are_gone_are_said_to_be(keys, drinks, root):
    for label in ("comparison.Criterion", "comparison.Source", "auth.User", "auth.Group"):
        address = admin_page(apps.get_model(label), "changelist")
        sent = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        answer = root.post(address, sent)
        assert answer.status_code == 302
        page = root.get(answer.url, follow=True).content.decode()
        assert "They are gone already" in words_of(page)


@pytest.mark.parametrize("typed", ["a " * 3_000, "a" * 10_000], ids=["words", "letters"])
def test_of_a_long_search_the_first_words_are_looked_for(typed, drinks, root):
    for model in (model for model, pages in admin.site._registry.items() if pages.search_fields):
        address = admin_page(model, "changelist")
        answer = root.get(address, {"q": typed}, follow=True)
        assert answer.status_code == 200, address
        assert "Only the first 20 words" in words_of(answer.content.decode()), address
