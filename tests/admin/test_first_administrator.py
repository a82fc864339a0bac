"""The link that a site without an administrator prints: once, for a day, and with kind words
afterwards.
"""

import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comparison.management.commands import serve
from comparison.models import FirstLink
from comparison.publishing.releases import AWAY
from tests.tools import Page

pytestmark = pytest.mark.django_db
PASSWORD = "seven grey kettles sing"
CHOSEN = {"username": "mira", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def link():
    said = io.StringIO()
    call_command("first_administrator", stdout=said)
    address = urlsplit(said.getvalue().strip())
    return f"{address.path}?{address.query}"


def sent_through(client, link, **more):
    token = link.partition("link=")[2]
    return client.post(link.partition("?")[0], {**CHOSEN, "link": token, **more})


def leads_no_further(answer):
    return answer.status_code == 404 and "leads no further" in answer.content.decode()


def test_whoever_has_the_link_chooses_name_and_password_and_is_in(link):
    client = Client()
    page = client.get(link)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert Page(page.content.decode()).find("input", name="password1")
    assert sent_through(client, link).url == "/admin/"
    assert client.get("/admin/auth/user/").status_code == 200
    mira = User.objects.get()
    assert [group.name for group in mira.groups.all()] == ["Administrator"]
    assert not mira.is_superuser and mira.check_password(PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_works(link):
    client = Client()
    weak = dict.fromkeys(("password1", "password2"), "evenhand")
    refused = sent_through(client, link, **weak)
    assert "12 characters" in refused.content.decode()
    assert not User.objects.exists()
    assert sent_through(client, link).status_code == 302


def test_it_works_once(link):
    sent_through(Client(), link)
    assert leads_no_further(Client().get(link))
    assert leads_no_further(sent_through(Client(), link, username="other"))
    User.objects.all().delete()
    assert leads_no_further(Client().get(link))


def test_with_an_administrator_no_link_works_and_none_is_printed(link):
    User.objects.create_superuser("root", password="seven grey kettles")
    page = Client().get(link)
    assert leads_no_further(page) and "Sign in" in page.content.decode()
    assert leads_no_further(sent_through(Client(), link))
    with pytest.raises(CommandError, match="There is an administrator"):
        call_command("first_administrator")
    assert User.objects.count() == 1


@pytest.mark.parametrize("mangled", ["", "?link=", "?link=abc", "?link=%00%F0", "?lin=k"])
def test_a_mangled_link_is_told_so(link, mangled):
    page = Client().get(link.partition("?")[0] + mangled)
    assert leads_no_further(page)
    assert "manage.py first_administrator" in page.content.decode()


def test_it_is_good_for_a_day(link):
    FirstLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert leads_no_further(Client().get(link))
    FirstLink.objects.update(until=timezone.now() + timedelta(hours=23, minutes=59))
    assert Client().get(link).status_code == 200
    assert FirstLink.objects.get().until < timezone.now() + timedelta(hours=24)


def test_only_a_digest_of_it_is_kept(link):
    token = link.partition("link=")[2]
    assert len(token) == 40
    assert token not in str(FirstLink.objects.values().get())


def test_where_everybody_needs_a_second_factor_the_first_one_does(settings, link):
    settings.SECOND_FACTOR = "everybody"
    client = Client()
    page = sent_through(client, link)
    assert Page(page.content.decode()).find("code", id="key")
    assert client.get("/admin/").status_code == 302


def test_the_start_prints_it_while_it_is_needed():
    words = serve.how_to_sign_in("http://127.0.0.1:8000", "http://127.0.0.1:8000/admin/")
    address = words.splitlines()[-1]
    assert address.startswith("http://127.0.0.1:8000/admin/first-administrator/?link=")
    assert Client().get(address.partition(":8000")[2]).status_code == 200
    User.objects.create_superuser("root", password="seven grey kettles")
    words = serve.how_to_sign_in("http://127.0.0.1:8000", "http://127.0.0.1:8000/admin/")
    assert "link=" not in words and "/admin/" in words


def test_a_database_that_is_away_keeps_nothing_from_starting(monkeypatch):
    def away():
        raise AWAY[0]("It is away.")

    monkeypatch.setattr(serve, "is_needed", away)
    assert "/admin/" in serve.how_to_sign_in("http://a.example", "http://a.example/admin/")
