"""Signing in: who tries in vain too often waits a while, before a password is looked at, and nobody
is locked out.
"""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import OperationalError
from django.template.response import SimpleTemplateResponse
from django.test import Client

from comparison.web.limits import sign_in_limit
from comparison.web.sign_in import hashing
from tests.tools import Page

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-for-tests-7"
MOST = sign_in_limit.OF_ACCOUNT.most


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Let seconds pass; a test begins where a stretch of time does."""
    now = [1_800_000_000.0]

    def passes(seconds):
        now[0] += seconds

    clock = SimpleNamespace(time=lambda: now[0])
    monkeypatch.setattr("comparison.web.limits.rate_limit.time", clock)
    return passes


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


def test_a_thousand_guesses_from_twenty_addresses_are_few_tries(monkeypatch):
    """What is counted is what reaches the hasher, which is what takes long."""
    names, hashed = ("eve", "ada"), []
    User.objects.create_user("ada", password=PASSWORD, is_staff=True)
    real = MD5PasswordHasher.encode

    def encode(self, password, salt):
        hashed.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")  # a thousand pages
    guesses = [(n, names[n % 2], f"198.51.100.{n // 2 % 20}") for n in range(1_000)]
    statuses = [sign_in(f"{n} {name} {at}", name, at).status_code for n, name, at in guesses]
    assert set(statuses) == {200, 429}
    tries = Counter(guess.partition(" ")[2] for guess in hashed)
    assert len(tries) == 40 and set(tries.values()) == {MOST}
    assert sign_in(PASSWORD).status_code == 302  # the real one, from where nobody guessed


def test_after_some_minutes_the_real_one_gets_in_from_where_others_guessed(clock):
    for _ in range(MOST + 2):
        sign_in("wrong")
    assert sign_in(PASSWORD).status_code == 429
    clock(sign_in_limit.OF_ACCOUNT.seconds)
    assert sign_in(PASSWORD).status_code == 302


def test_a_network_of_ipv6_is_one_address():
    for number in range(MOST):
        sign_in("wrong", address=f"2001:db8:1:2::{number:x}")
    assert sign_in(PASSWORD, address="2001:db8:1:2:ffff::1").status_code == 429
    assert sign_in(PASSWORD, address="2001:db8:1:3::1").status_code == 302


def test_addresses_that_are_not_known_count_as_one(settings):
    settings.BEHIND_PROXY = True  # and the proxy says nothing
    statuses = [sign_in("wrong").status_code for _ in range(MOST + 1)]
    assert statuses == [200] * MOST + [429]


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


def test_letters_of_another_width_are_the_same_name():
    for name in ("ｅve", "eｖe", "ev\uff45", "\U0001d41eve", "\u3000ｅｖｅ"):
        assert sign_in("wrong", name=name).status_code == 200
    assert sign_in(PASSWORD, name="\uff25ve").status_code == sign_in(PASSWORD).status_code == 429


def test_the_networks_of_one_organisation_count_together(monkeypatch):
    few = sign_in_limit.Limit("sign-in from neighbours", 6, 300)
    monkeypatch.setattr(sign_in_limit, "OF_NEIGHBOURS", few)
    statuses = [sign_in("wrong", address=f"2001:db8:7:{n:x}::1").status_code for n in range(8)]
    assert statuses == [200] * 6 + [429] * 2
    assert sign_in(PASSWORD, address="2001:db8:8::1").status_code == 302


def test_what_is_hashed_knows_how_often_its_sender_has_tried(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "django.contrib.auth.forms.authenticate", lambda *_, **__: seen.append(hashing.tries.get())
    )
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1"):
        sign_in("wrong", address=address)
    assert seen == [1, 2, 1, 1, 2]
    assert hashing.tries.get() == 0


def test_what_waits_on_the_page_is_still_there():
    for _ in range(MOST):
        sign_in("wrong")
    refused = sign_in(PASSWORD, **{"typed:title": "Half a page of text"})
    assert "Half a page of text" in refused.content.decode()
