"""Every page of the admin opens under the strict policy, and saving it as it is changes nothing."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from comparison.models import (
    Claim,
    Comparison,
    Confinement,
    Count,
    DiscardedDraft,
    FirstLink,
    FormerAddress,
    LastLook,
    Option,
    Presence,
    RecoveryCodes,
    Release,
    Review,
    Schedule,
    SharedLink,
    Source,
    UseCaseImportance,
    Withholding,
    history,
)
from comparison.publishing import drafts
from comparison.publishing.draft.draft_stamps import kinds_of_rows
from tests.admin.drinks import (
    DRAFTS,
    EDITABLE,
    TREE,
    admin_page,
    change_page,
    drafted,
    opens,
    row_of,
)
from tests.admin.filled_form import sent_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("label", EDITABLE)
def test_every_list_opens(label, drinks, root):
    model = apps.get_model(label)
    within = getattr(root.get(admin_page(model, "changelist")), "url", "")
    html = opens(root, within or admin_page(model, "changelist"))
    row = row_of(label)
    assert change_page(row) in html
    searched = getattr(root.get(admin_page(model, "changelist") + "?q=tea"), "url", "")
    opens(root, searched or admin_page(model, "changelist") + "?q=tea")


@pytest.mark.parametrize("label", EDITABLE)
def test_every_add_page_opens(label, drinks, root):
    opens(root, admin_page(apps.get_model(label), "add"))


@pytest.mark.parametrize("label", EDITABLE)
def test_every_change_page_opens(label, drinks, root):
    opens(root, change_page(row_of(label)))


@pytest.mark.parametrize("label", DRAFTS)
def test_a_change_page_saved_as_it_is_changes_nothing(label, drinks, root):
    row = row_of(label)
    before = drafts.read_draft(drinks).digest
    response = root.post(change_page(row), sent_by(root, change_page(row)))
    assert response.status_code == 302, response.context["errors"]
    assert drafts.read_draft(drinks).digest == before


@pytest.mark.parametrize("label", DRAFTS)
def test_an_add_page_opens_while_it_is_not_known_for_which_comparison(label, drinks, root):
    drafted({**TREE, "slug": "another"})
    opens(root, admin_page(apps.get_model(label), "add"))


@pytest.mark.parametrize("name", ["publish", "releases"])
def test_the_pages_of_a_comparison_open(name, released, root):
    opens(root, admin_page(released, name, released.pk))


def test_the_page_of_a_release_leads_to_the_readers_page_itself(released, root):
    """Not by Django's own address, which would tell slugs by key to whoever asks."""
    release = Release.objects.get()
    assert f'href="{release.get_absolute_url()}"' in opens(root, change_page(release))
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, release.pk])


def test_the_page_of_a_comparison_leads_to_all_its_rows_and_to_readers_pages(released, root):
    html = opens(root, change_page(released))
    for kind, way in kinds_of_rows().items():
        if kind in admin.site._registry:
            of = f'{admin_page(kind, "changelist")}?{way}__id__exact={released.pk}"'
            assert of in html
            assert f"({kind._default_manager.count()})</a>" in html.split(of, 1)[1]
    assert 'href="/tea-or-coffee/"' in html
    assert 'href="/tea-or-coffee/@draft/"' in html


def test_the_page_of_a_comparison_that_was_never_published_leads_to_no_reader(drinks, root):
    assert 'href="/tea-or-coffee/"' not in opens(root, change_page(drinks))


def test_the_question_before_publishing_again_opens(released, root):
    opens(root, admin_page(released, "again", released.pk, 1))


def test_the_front_and_the_history_open_under_our_name(released, root):
    assert "Evenhand" in opens(root, reverse("admin:index"))
    opens(root, admin_page(released, "history", released.pk))
    opens(Client(), reverse("admin:login"))


@pytest.mark.parametrize("name", ["publish", "releases"])
def test_a_page_of_no_comparison_is_not_found(name, root):
    assert root.get(admin_page(Comparison, name, 999)).status_code == 404


def test_every_draft_noun_has_a_page_or_stands_on_its_parents():
    inlines = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    inlines.add(UseCaseImportance)  # a table of numbers on its use case's page
    # written by publishing alone, by limits, accounts, signing in, open pages, and discarding
    others = {FormerAddress, Count, Confinement, FirstLink, RecoveryCodes, SharedLink}
    others |= {Presence, DiscardedDraft}
    others |= {Review, Schedule, LastLook, Withholding}  # what was decided, and what waits
    every = apps.get_app_config("comparison").get_models()
    nouns = {kind for kind in every if not issubclass(kind, history.Line)} - others
    assert nouns == inlines | {
        model for model in admin.site._registry if model._meta.app_label == "comparison"
    }


def test_lists_do_not_ask_more_for_more_rows(drinks, root, django_assert_max_num_queries):
    source = Source.objects.get()
    for number in range(40):
        Claim.objects.create(
            source=source,
            slug=f"claim-{number}",
            option=Option.objects.first(),
            position=number + 1,
        )
    with django_assert_max_num_queries(25):
        root.get(admin_page(Claim, "changelist"))
    with django_assert_max_num_queries(25):
        root.get(change_page(source))
