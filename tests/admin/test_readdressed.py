"""A slug that was changed without a record of it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comparison.models import (
    Comparison,
    Criterion,
    Option,
    Release,
    Source,
    UseCase,
)
from tests.admin.drinks import (
    admin_page,
    change_page,
    digest_seen,
    logged_in,
    opens,
    publish_page,
)
from tests.tools import words_of

pytestmark = pytest.mark.django_db

RECORD = {"kind": "criterion", "old": "strength", "new": "power"}


WARNING = (
    "Strength had the address strength until now and has power. Links to the old address will "
    "be told that it was withdrawn."
)


@pytest.fixture
def readdressed(released) -> Comparison:
    """A draft in which the criterion Strength, published as `strength`, has the slug `power`."""
    Criterion.objects.filter(slug="strength").update(slug="power")
    return released


def record_page(comparison) -> str:
    return admin_page(comparison, "record", comparison.pk)


def test_a_slug_changed_without_a_record_is_warned_of_and_not_refused(readdressed, editor):
    html = opens(editor, publish_page(readdressed))
    assert WARNING in words_of(html)
    assert f'href="{change_page(readdressed)}#renamed-group"' in html
    assert 'id="renamed-group"' in opens(editor, change_page(readdressed))
    editor.post(
        publish_page(readdressed),
        {"note": "All the same.", "seen": digest_seen(editor, readdressed)},
    )
    assert Release.objects.count() == 2
    assert WARNING not in words_of(opens(editor, publish_page(readdressed)))


def test_one_press_records_the_old_slug_and_its_links_go_on_working(readdressed, writer, editor):
    answer = writer.post(record_page(readdressed), RECORD, follow=True)
    assert answer.request["PATH_INFO"] == publish_page(readdressed)
    html = answer.content.decode()
    assert "Links to strength will lead to power." in html
    assert WARNING not in words_of(html)
    (row,) = readdressed.renamed.all()
    assert (row.kind, row.old, row.new) == ("criterion", "strength", "power")
    editor.post(
        publish_page(readdressed), {"note": "Renamed.", "seen": digest_seen(editor, readdressed)}
    )
    assert Release.objects.of(readdressed.slug).first().withdrawn["criterion"] == {}


@pytest.mark.parametrize(
    "changed",
    [{"new": "decaf"}, {"old": "decaf"}, {"kind": "option"}, {"kind": ""}, {"old": "<b>"}],
)
def test_only_what_is_warned_of_is_recorded(changed, readdressed, writer):
    answer = writer.post(record_page(readdressed), RECORD | changed, follow=True)
    assert "The draft has changed meanwhile." in answer.content.decode()
    assert not readdressed.renamed.exists()


def test_recording_needs_permission_the_forms_token_and_a_press(readdressed, writer):
    assert writer.get(record_page(readdressed)).url == publish_page(readdressed)
    looker = User.objects.create_user("lou", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_comparison"))
    client = logged_in(looker)
    html = opens(client, publish_page(readdressed))
    assert WARNING in words_of(html)
    assert record_page(readdressed) not in html
    assert client.post(record_page(readdressed), RECORD).status_code == 403
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(User.objects.get(username="wim"))
    assert forger.post(record_page(readdressed), RECORD).status_code == 403
    assert Client().post(record_page(readdressed), RECORD).status_code == 302
    assert not readdressed.renamed.exists()


@pytest.mark.parametrize("model", [Option, Source, UseCase])
def test_every_kind_of_slug_is_looked_at_and_capitals_make_no_other_name(model, released, editor):
    row = model.objects.first()
    column = "title" if model is Source else "name"
    name = getattr(row, column).upper()
    model.objects.filter(pk=row.pk).update(**{"slug": "new-slug", column: name})
    assert f"{name} had the address {row.slug} until now and has new-slug." in opens(
        editor, publish_page(released)
    )


def test_another_name_or_a_recorded_rename_is_no_warning(readdressed, editor):
    Criterion.objects.filter(slug="power").update(name="Power")
    assert 'id="readdressed"' not in opens(editor, publish_page(readdressed))
    Criterion.objects.filter(slug="power").update(name="Strength")
    readdressed.renamed.create(kind="criterion", old="strength", new="power")
    assert 'id="readdressed"' not in opens(editor, publish_page(readdressed))
