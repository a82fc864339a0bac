"""Signing in: who tries in vain too often waits a while, before a password is looked at, and nobody
is locked out.
"""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from comparison.web.limits import sign_in_limit
from tests.tools import Page

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-for-tests-7"
MOST = sign_in_limit.OF_ACCOUNT.most


@pytest.fixture(autouse=True)
def eve():
    return User.objects.create_user("eve", password=PASSWORD, is_staff=True)


def sign_in(password, name="eve", address="192.0.2.1", **more):
    sent = {"username": name, "password": password, "next": "/admin/", **more}
    client = Client(raise_request_exception=False)
    return client.post("/admin/login/", sent, REMOTE_ADDR=address)


def test_after_some_tries_in_vain_none_is_made_for_a_while(monkeypatch):
    assert {sign_in("wrong").status_code for _ in range(MOST)} == {200}
    looked = []
    monkeypatch.setattr("django.contrib.auth.forms.authenticate", lambda *_, **__: looked.append(1))
    refused = sign_in(PASSWORD)
    assert (refused.status_code, looked) == (429, [])
    assert 0 < int(refused["Retry-After"]) <= 300
    page = Page(refused.content.decode())
    assert "too many tries" in " ".join(page.text.split())
    assert page.find("input", name="password")  # to try again here


def test_the_real_one_still_signs_in_from_elsewhere():
    for number in range(20):
        for _ in range(MOST + 2):
            sign_in("wrong", address=f"198.51.100.{number}")
    assert sign_in(PASSWORD).status_code == 302


def test_many_guesses_from_few_addresses_are_few_tries(monkeypatch):
    tried = []
    monkeypatch.setattr(
        "django.contrib.auth.forms.authenticate",
        lambda request, **given: tried.append(request.META["REMOTE_ADDR"]),
    )
    for number in range(100):
        sign_in(f"guess {number}", address=f"198.51.100.{number % 4}")
    assert {tried.count(address) for address in set(tried)} == {MOST}
    assert len(set(tried)) == 4


def test_one_address_cannot_try_every_account(monkeypatch):
    monkeypatch.setattr(
        sign_in_limit, "OF_ADDRESS", sign_in_limit.Limit("sign-in from an address", 6, 300)
    )
    statuses = [sign_in("wrong", name=f"nobody{number}").status_code for number in range(8)]
    assert statuses == [200] * 6 + [429] * 2


def test_signing_in_is_no_try_in_vain():
    assert {sign_in(PASSWORD).status_code for _ in range(3 * MOST)} == {302}


def test_what_nobody_could_look_at_is_no_try_in_vain(monkeypatch):
    def away(*_, **__):
        raise OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as patched:
        patched.setattr("django.contrib.auth.forms.authenticate", away)
        assert {sign_in(PASSWORD).status_code for _ in range(MOST + 2)} == {503}
    assert sign_in(PASSWORD).status_code == 302


def test_a_name_is_one_name_however_it_is_spelled():
    for name in ("eve", "EVE", " eve", "Eve ", "eVe"):
        sign_in("wrong", name=name)
    assert sign_in(PASSWORD).status_code == 429


def test_what_waits_on_the_page_is_still_there():
    for _ in range(MOST):
        sign_in("wrong")
    refused = sign_in(PASSWORD, **{"typed:title": "Half a page of text"})
    assert "Half a page of text" in refused.content.decode()
