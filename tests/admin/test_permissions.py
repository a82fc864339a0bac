"""Who may what: writers, editors, strangers, and forged forms."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from comparison.models import (
    Release,
)
from comparison.publishing import drafts
from tests.admin.drinks import (
    DRAFTS,
    admin_page,
    change_page,
    logged_in,
    member,
    opens,
    publish_page,
    reword,
    row_of,
)

pytestmark = pytest.mark.django_db


def test_a_writer_sees_problems_and_changes_but_cannot_publish(released, writer):
    reword(released, "Coffee or tea?")
    html = opens(writer, publish_page(released))
    assert "Coffee or tea?" in html
    assert 'id="publish_form"' not in html
    seen = drafts.read_draft(released).digest
    assert writer.post(publish_page(released), {"note": "Mine.", "seen": seen}).status_code == 403
    again = admin_page(released, "again", released.pk, 1)
    assert writer.get(again).status_code == writer.post(again).status_code == 403
    assert again not in opens(writer, admin_page(released, "releases", released.pk))
    assert Release.objects.count() == 1


@pytest.mark.parametrize("label", DRAFTS)
def test_writers_edit_every_draft(label, drinks, writer):
    html = opens(writer, change_page(row_of(label)))
    assert 'name="_save"' in html


def test_strangers_are_sent_to_the_login(released):
    for address in (
        change_page(released),
        publish_page(released),
        admin_page(released, "again", released.pk, 1),
    ):
        response = Client().post(address)
        assert response.status_code == 302
        assert reverse("admin:login") in response.url


def test_a_member_of_staff_without_a_group_sees_nothing(released):
    client = logged_in(User.objects.create_user("zed", is_staff=True))
    for address in (
        change_page(released),
        publish_page(released),
        admin_page(released, "releases", released.pk),
    ):
        assert client.get(address).status_code == 403


def test_publishing_is_refused_without_the_forms_token(released):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("eve", "Editor"))
    assert client.post(publish_page(released), {"note": "Forged.", "seen": "x"}).status_code == 403
    assert client.post(admin_page(released, "again", released.pk, 1)).status_code == 403
