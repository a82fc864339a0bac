"""Every page of the admin while the database does not answer: words, 503, what was typed, and one
line in the log.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connections
from django.test import Client
from django.urls import URLPattern, get_resolver

from comparison.publishing.store import follower
from tests import worlds

pytestmark = pytest.mark.django_db
WORDS = "Words that took an hour"
OWN = {"headers": {"Origin": "http://testserver"}}
# what asks no database, and what leads elsewhere
WITHOUT = ("jsi18n", "/logout/", "/r/")


def addresses(patterns=None, before="/"):
    """Return an address of every page of the admin, as `urls.py` has it."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = getattr(one.pattern, "_route", None)
        if route is None:
            continue  # a regular expression: what leads nowhere
        route = before + re.sub(r"<(?:\w+:)?\w+>", "1", route)
        if not route.startswith("/admin/") or any(part in route for part in WITHOUT):
            continue
        is_page = isinstance(one, URLPattern)
        found += [route] if is_page else addresses(one.url_patterns, route)
    return found


@pytest.fixture
def away():
    """An editor who is signed in, as of then on without the database."""
    worlds.publish(worlds.tiny_tree())
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root"))

    def gone(*args, **kwargs):
        raise OperationalError("It does not answer.")

    connection = connections["default"]
    connection.cursor = gone
    yield client
    vars(connection).pop("cursor", None)


def test_every_page_says_so_in_words_and_the_log_once(away, caplog):
    asked = addresses()
    assert len(asked) > 100
    wrong = {}
    for address in asked:
        for answer in (away.get(address), away.post(address, {"note": WORDS}, **OWN)):
            words = "The database does not answer" in answer.content.decode()
            if answer.status_code != 503 or not words or "Retry-After" not in answer:
                wrong[answer.request["REQUEST_METHOD"], address] = answer.status_code
    assert wrong == {}
    said = [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
    assert not [record for record in said if record.exc_info]
    assert len({record.getMessage() for record in said}) == len(said)
    assert [record.getMessage() for record in said if "follower" in record.name] == [
        "The database does not answer (It does not answer.). What is published is still served."
    ]


def test_nobody_waits_for_one_that_lets_them_wait(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(follower._state, "is_late", True)
    client = Client()
    client.cookies["session"] = "a" * 32
    with django_assert_num_queries(0):
        page = client.post("/admin/comparison/cell/1/change/", {"note": WORDS}, **OWN)
    assert page.status_code == 503
    assert WORDS in page.content.decode()


def test_what_was_typed_is_given_back(away):
    address = "/admin/comparison/cell/1/change/"
    page = away.post(address, {"note": WORDS}, **OWN)
    assert page.status_code == 503
    assert WORDS in page.content.decode()


def test_signing_in_is_told_in_words_and_no_password_is_given_back(away):
    client = Client(raise_request_exception=False)
    typed = {"username": "root", "password": "a-secret-word"}
    page = client.post("/admin/login/", typed, **OWN)
    assert page.status_code == 503
    assert "a-secret-word" not in page.content.decode()
    assert "Nobody can sign in" in page.content.decode()
