"""What is like publishing, and stands on Django's own pages, asks for a second factor, too."""

import pytest
from django.contrib.auth.models import User

from tests.admin.drinks import logged_in, member
from tests.tools import Page

pytestmark = pytest.mark.django_db


def test_deleting_a_comparison_withdrawing_a_time_and_accounts_ask_for_one(settings, released):
    ada, eve = member("ada", "Administrator"), member("eve", "Editor")
    client = logged_in(ada)
    account = f"/admin/auth/user/{eve.pk}/"
    settings.SECOND_FACTOR = "publishing"
    for address, sent in (
        (f"/admin/comparison/comparison/{released.pk}/delete/", {"slug": released.slug}),
        ("/admin/comparison/comparison/withdraw/", {"withdraw": "1"}),
        ("/admin/auth/user/add/", {"username": "zed"}),
        (f"{account}change/", {"username": "eva"}),
        (f"{account}password/", {"password1": "x", "password2": "x"}),
        ("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [eve.pk]}),
    ):
        asked = client.post(address, sent, HTTP_ORIGIN="http://testserver")
        assert asked.status_code == 403, address
        assert Page(asked.content.decode()).find("form", id="set-up-form"), address
    assert client.get(f"{account}change/").status_code == 200  # to look at
    root = logged_in(User.objects.create_superuser("root"))
    for address in (f"{account}delete/", "/admin/auth/group/add/"):
        asked = root.post(address, {"post": "yes"}, HTTP_ORIGIN="http://testserver")
        assert Page(asked.content.decode()).find("form", id="set-up-form"), address
    refused = logged_in(eve).post(
        f"/admin/auth/user/{ada.pk}/change/", {"username": "x"}, HTTP_ORIGIN="http://testserver"
    )
    assert not Page(refused.content.decode()).find("form", id="set-up-form")
