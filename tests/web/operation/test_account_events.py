"""Events for the log: who signed in, who tried in vain, who may do what from now on, and what was
published.
"""

import io
import logging

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from comparison.publishing import publish
from comparison.web.operation.log_lines import Console, Lines
from tests import worlds
from tests.requests import requested

PASSWORD = "a-long-password-for-tests-7"


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something; return the events' lines, from their names on."""
    handler = Console()
    handler.setFormatter(Lines())
    log = logging.getLogger("comparison.events")

    def tell(action):
        handler.setStream(io.StringIO())
        log.addHandler(handler)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                action()
        finally:
            log.removeHandler(handler)
        lines = handler.stream.getvalue().splitlines()
        return [line.partition("comparison.events ")[2] for line in lines]

    return tell


@pytest.fixture
def eve(db):
    return User.objects.create_user("eve", password=PASSWORD, is_staff=True)


def sign_in(client, name, password):
    return client.post("/admin/login/", {"username": name, "password": password})


def test_signing_in_and_out(told, eve):
    client = Client()
    (line,) = told(lambda: sign_in(client, "eve", PASSWORD))
    assert line.endswith("sign-in user=eve method=password network=127.0.0.1")
    (line,) = told(lambda: client.post("/admin/logout/"))
    assert line.endswith("sign-out user=eve network=127.0.0.1")


@pytest.mark.parametrize(("typed", "named"), [("eve", "eve"), ("MyPassword1", "unknown")])
def test_a_vain_try_names_accounts_and_never_what_may_be_a_password(told, eve, typed, named):
    (line,) = told(lambda: sign_in(Client(), typed, "wrong-and-secret"))
    assert line.endswith(f'"sign-in failed" account={named} network=127.0.0.1'.replace('"', ""))
    assert "secret" not in line


def test_roles_that_are_given_and_taken(told, eve):
    writers = Group.objects.get(name="Writer")
    assert told(lambda: eve.groups.add(writers)) == ["role change of=eve kind=group given=Writer"]
    assert told(lambda: eve.groups.add(writers)) == []
    assert told(lambda: eve.groups.remove(writers)) == [
        "role change of=eve kind=group taken=Writer"
    ]
    assert told(lambda: eve.groups.clear()) == ["role change of=eve kind=group all=taken"]


def test_rights_of_an_account(told, eve):
    eve.is_superuser = True
    assert told(eve.save) == ["role change account=eve superuser=True"]
    assert told(eve.save) == []
    eve.is_active = False
    assert told(lambda: eve.save(update_fields=["is_active"])) == [
        "role change account=eve active=False"
    ]
    made = told(lambda: User.objects.create_superuser("ada"))
    assert {line.rpartition(" ")[2] for line in made} == {
        "active=True",
        "staff=True",
        "superuser=True",
    }


def test_publishing_and_publishing_again(told, db):
    comparison = worlds.draft()
    publish.append(requested().release.document, "ada", "By the way.")
    comparison.title = "Another title"
    comparison.save()
    assert told(lambda: publish.publish(comparison, "eve", "New.")) == [
        "publish comparison=tiny release=2 user=eve"
    ]
    assert told(lambda: publish.revert("tiny", 1, "eve")) == [
        "publish again comparison=tiny release=3 of=1 user=eve"
    ]


def test_what_was_taken_back_is_not_told(told, db):
    def fails():
        with pytest.raises(publish.Unpublishable):
            publish.publish(worlds.draft(), "eve", "")

    assert told(fails) == []
