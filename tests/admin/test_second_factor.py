"""The second factor's pages: set up, asked for, lost, removed; what was typed is there on the other
side.
"""

import re
from base64 import b32decode
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from comparison.models import Release
from comparison.publishing import drafts
from comparison.web.limits import sign_in_limit
from comparison.web.sign_in import half_way, second_factor
from tests.admin.drinks import admin_page, logged_in, member, publish_page, reword
from tests.codes import STEP, code_at
from tests.tools import Page, words_of

pytestmark = pytest.mark.django_db
PASSWORD = "seven grey kettles sing"
NOW = 1_800_000_000
SET_UP, CODE, OVERVIEW = (
    "/admin/second-factor/set-up/",
    "/admin/login/code/",
    "/admin/second-factor/",
)
OWN = {"HTTP_ORIGIN": "http://testserver"}


class Telephone:
    """Somebody's app, and its clock."""

    def __init__(self, set_to):
        self.now, self.key, self._set_to = NOW, "", set_to
        set_to(NOW)

    def waits(self, steps=1):
        self.now += steps * STEP
        self._set_to(self.now)

    def reads(self, html):
        """Take in the key that a page shows as text."""
        shown = words_of(Page(html).outer("key"))
        self.key = b32decode("".join(shown.split())).hex()

    @property
    def code(self):
        return code_at(self.key, self.now)


@pytest.fixture
def telephone(monkeypatch):
    def set_to(seconds):
        clock = SimpleNamespace(time=lambda: seconds)
        monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", clock)

    return Telephone(set_to)


@pytest.fixture
def eve():
    user = member("eve", "Editor")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def recovery(eve, telephone):
    """Eve has a second factor; the codes that she was shown once."""
    telephone.key = "31" * 20
    assert second_factor.set_up(eve, telephone.key, telephone.code)
    telephone.waits()
    return second_factor.new_codes(eve)


def html_of(answer):
    return answer.content.decode()


def hidden_in(html):
    """Return what a form of ours sends along by itself."""
    fields = Page(html).find("input", type="hidden")
    return {one["name"]: one["value"] for one in fields if one["name"] != "csrfmiddlewaretoken"}


def gives_password(client=None, **more):
    sent = {"username": "eve", "password": PASSWORD, "next": "/admin/", **more}
    return (client or Client()).post("/admin/login/", sent)


def gives_code(client, answer, code):
    return client.post(CODE, hidden_in(html_of(answer)) | {"code": code})


def sets_up(client, answer, telephone, **more):
    telephone.reads(html_of(answer))
    return client.post(SET_UP, hidden_in(html_of(answer)) | {"code": telephone.code, **more})


def codes_in(answer):
    return re.findall(r"<code>((?:\w{4}-?){4})</code>", html_of(answer))


def is_in(client):
    return client.get("/admin/").status_code == 200


# --- setting up -----------------------------------------------------------------------------------


def test_who_shows_password_and_code_has_a_second_factor_and_sees_its_codes_once(eve, telephone):
    client, elsewhere = logged_in(eve), logged_in(eve)
    key = client.session.session_key
    page = client.get(SET_UP)
    assert "<svg" in html_of(page) and "style=" not in html_of(page)
    shown = sets_up(client, page, telephone, password=PASSWORD)
    assert len(codes_in(shown)) == second_factor.CODES
    assert "no-store" in shown["Cache-Control"]
    assert client.session.session_key != key
    assert is_in(client) and not is_in(elsewhere)
    assert codes_in(client.get(OVERVIEW)) == []


def test_a_session_left_open_is_not_enough_to_set_one_up(eve, telephone):
    client = logged_in(eve)
    refused = sets_up(client, client.get(SET_UP), telephone, password="wrong")
    assert "not your password" in html_of(refused)
    assert not second_factor.is_set_up(eve)
    again = telephone.key
    telephone.reads(html_of(refused))
    assert telephone.key == again  # the app has it already


def test_a_code_of_another_key_sets_nothing_up(eve, telephone):
    client = logged_in(eve)
    page = client.get(SET_UP)
    sent = hidden_in(html_of(page)) | {"code": "123456", "password": PASSWORD}
    assert "not right" in html_of(client.post(SET_UP, sent))
    sent["key"] += "x"
    assert "too long ago" in html_of(client.post(SET_UP, sent))
    assert not second_factor.is_set_up(eve)


# --- signing in -----------------------------------------------------------------------------------


def test_a_password_alone_lets_nobody_in(recovery, telephone):
    client = Client()
    page = gives_password(client)
    assert not is_in(client) and "_auth_user_id" not in client.session
    assert Page(html_of(page)).find("input", name="code")
    done = gives_code(client, page, telephone.code)
    assert (done.status_code, done.url) == (302, "/admin/")
    assert is_in(client)
    assert client.get("/admin/second-factor/").wsgi_request.user.is_verified()


def test_a_code_that_was_used_is_refused_and_another_browser_needs_its_own(recovery, telephone):
    code = telephone.code
    assert gives_code(Client(), gives_password(), code).status_code == 302
    refused = gives_code(Client(), gives_password(), code)
    assert "used already" in html_of(refused)
    telephone.waits()
    assert gives_code(Client(), refused, telephone.code).status_code == 302


def test_a_recovery_code_lets_in_once(recovery):
    assert gives_code(Client(), gives_password(), recovery[0]).status_code == 302
    assert gives_code(Client(), gives_password(), recovery[0]).status_code == 200
    assert gives_code(Client(), gives_password(), recovery[1].upper()).status_code == 302


@pytest.mark.parametrize("what", ["old", "altered", "missing", "other password"])
def test_a_note_that_does_not_hold_leads_back_to_the_password(
    recovery, telephone, monkeypatch, eve, what
):
    page = gives_password()
    sent = hidden_in(html_of(page)) | {"code": telephone.code}
    match what:
        case "old":
            monkeypatch.setattr(half_way, "VALID", -1)
        case "altered":
            sent["half_way"] = sent["half_way"][:-1]
        case "missing":
            del sent["half_way"]
        case _:
            eve.set_password("another one of kettles")
            eve.save()
    client = Client()
    answer = client.post(CODE, sent)
    assert (answer.status_code, answer.url) == (302, "/admin/login/")
    assert not is_in(client)


def test_what_waits_while_somebody_signs_in_waits_through_the_code_too(recovery, telephone):
    typed = {"typed:title": "Half a page of text", "next": "/admin/comparison/comparison/add/"}
    client = Client()
    page = gives_password(client, **typed)
    assert "Half a page of text" in html_of(page)
    wrong = gives_code(client, page, "123456")
    done = gives_code(client, wrong, telephone.code)
    (form,) = Page(html_of(done)).find("form", id="resend")
    assert form["action"] == "/admin/comparison/comparison/add/"
    assert hidden_in(html_of(done))["title"] == "Half a page of text"


def test_a_note_that_ran_out_keeps_what_waits(recovery, telephone, monkeypatch):
    page = gives_password(**{"typed:title": "Half a page of text"})
    monkeypatch.setattr(half_way, "VALID", -1)
    answer = gives_code(Client(), page, telephone.code)
    assert Page(html_of(answer)).find("input", name="password")
    assert hidden_in(html_of(answer))["typed:title"] == "Half a page of text"


def test_what_leads_elsewhere_is_not_followed(recovery, telephone):
    page = gives_password(next="https://evil.example/")
    assert gives_code(Client(), page, telephone.code).url == "/admin/"


# --- limits ---------------------------------------------------------------------------------------


def test_codes_are_limited_for_each_account(recovery, telephone):
    page = gives_password()
    sent = hidden_in(html_of(page)) | {"code": "123456"}
    addresses = [f"198.51.100.{number}" for number in range(9)]
    tried = [
        Client().post(CODE, sent, REMOTE_ADDR=address)
        for address in addresses
        for _ in range(sign_in_limit.OF_CODE.most + 1)
    ]
    looked_at = ["not right, or" in html_of(answer) for answer in tried]
    assert looked_at.count(True) == sign_in_limit.OF_CODES.most
    refused = Client().post(CODE, sent | {"code": telephone.code}, REMOTE_ADDR="192.0.2.1")
    assert "too many codes" in html_of(refused)
    # the owner is not locked out
    entered = Client().post(CODE, sent | {"code": recovery[0]}, REMOTE_ADDR="192.0.2.1")
    assert entered.status_code == 302


def test_codes_that_are_right_are_not_counted(recovery, telephone):
    for _ in range(2 * sign_in_limit.OF_CODES.most):
        telephone.waits()
        assert gives_code(Client(), gives_password(), telephone.code).status_code == 302


# --- where everybody has to have one --------------------------------------------------------------


def test_everybody_sets_one_up_before_they_are_in(settings, eve, telephone):
    settings.SECOND_FACTOR = "everybody"
    client, before = Client(), logged_in(eve)
    assert not is_in(before)  # a session of before
    page = gives_password(client)
    assert not is_in(client)
    assert not Page(html_of(page)).find("input", name="password")
    assert codes_in(sets_up(client, page, telephone))
    assert is_in(client)


# --- publishing -----------------------------------------------------------------------------------


def publishes(client, comparison, **more):
    seen = drafts.read_draft(comparison).digest
    return client.post(publish_page(comparison), {"note": "A note.", "seen": seen}, **more)


def test_publishing_asks_for_one_and_keeps_the_note(settings, released, eve, telephone):
    settings.SECOND_FACTOR = "publishing"
    reword(released, "Coffee or tea?")
    client = logged_in(eve)
    asked = publishes(client, released, **OWN)
    assert asked.status_code == 403 and Release.objects.count() == 1
    shown = re.findall(r'<label for="typed-\d+">(\w+)</label>', html_of(asked))
    assert shown == ["note"]  # and no digest of ours
    shown = sets_up(client, asked, telephone, password=PASSWORD)
    assert codes_in(shown) and hidden_in(html_of(shown))["note"] == "A note."
    (form,) = Page(html_of(shown)).find("form", id="resend")
    assert form["action"] == publish_page(released)
    assert client.post(form["action"], hidden_in(html_of(shown))).status_code == 302
    assert Release.objects.count() == 2


def test_a_session_without_a_code_is_asked_for_one(settings, released, eve, recovery, telephone):
    settings.SECOND_FACTOR = "publishing"
    reword(released, "Coffee or tea?")
    client = logged_in(eve)
    key = client.session.session_key
    asked = publishes(client, released, **OWN)
    done = gives_code(client, asked, telephone.code)
    assert hidden_in(html_of(done))["note"] == "A note."
    assert client.session.session_key != key
    assert publishes(client, released).status_code == 302


def test_publishing_again_asks_for_one(settings, released, eve, recovery, telephone):
    reword(released, "Coffee or tea?")
    assert publishes(logged_in(eve), released).status_code == 302
    settings.SECOND_FACTOR = "publishing"
    client, again = logged_in(eve), admin_page(released, "again", released.pk, 1)
    asked = client.post(again, **OWN)
    assert asked.status_code == 403
    assert gives_code(client, asked, telephone.code).url == again
    assert client.post(again).status_code == 302
    assert Release.objects.count() == 3


@pytest.mark.parametrize("page", ["review", "schedule", "withhold"])
def test_what_is_like_publishing_asks_for_one(settings, released, telephone, page):
    settings.SECOND_FACTOR = "publishing"
    client = logged_in(member("ada", "Administrator"))
    row = Release.objects.get() if page == "withhold" else released
    sent = {"do": "withhold" if page == "withhold" else "approve", "reason": "A court says so."}
    asked = client.post(admin_page(row, page, row.pk), sent, **OWN)
    assert asked.status_code == 403
    assert Page(html_of(asked)).find("form", id="set-up-form")
    assert hidden_in(html_of(asked))["typed:reason"] == "A court says so."


def test_a_code_and_a_key_wait_nowhere(eve, telephone):
    sent = {"code": "123456", "key": "a" * 40}
    for address in (f"{OVERVIEW}codes/", SET_UP):
        answer = Client().post(address, sent, **OWN)
        assert "123456" not in html_of(answer)


def test_what_waits_beside_a_code_outlives_a_form_of_yesterday():
    sent = {"code": "123456", "next": "/admin/comparison/option/1/change/", "typed:line": "An hour"}
    for address in ("/admin/login/code/", "/admin/login/"):
        html = html_of(Client(enforce_csrf_checks=True).post(address, sent, **OWN))
        assert hidden_in(html)["typed:line"] == "An hour"
        assert "123456" not in html


def test_the_code_is_typed_at_once_into_its_field(recovery):
    (field,) = Page(html_of(gives_password())).find("input", name="code")
    assert "autofocus" in field


def test_who_may_not_publish_is_told_so_and_nothing_else(settings, released, writer):
    settings.SECOND_FACTOR = "publishing"
    assert "permission" in html_of(publishes(writer, released))


def test_programs_publish_without_one(settings, drinks):
    settings.SECOND_FACTOR = "publishing"
    call_command("publish", drinks.slug, note="First.", verbosity=0)
    assert Release.objects.count() == 1


# --- afterwards -----------------------------------------------------------------------------------


def signed_in(telephone):
    client = Client()
    assert gives_code(client, gives_password(), telephone.code).status_code == 302
    telephone.waits()
    return client


def test_new_recovery_codes_take_a_code(recovery, telephone):
    client = signed_in(telephone)
    assert codes_in(client.post(f"{OVERVIEW}codes/", {"code": "123456"})) == []
    shown = codes_in(client.post(f"{OVERVIEW}codes/", {"code": telephone.code}))
    assert set(shown) & set(recovery) == set() and len(shown) == second_factor.CODES


def test_removing_it_takes_password_and_code(eve, recovery, telephone):
    client = signed_in(telephone)
    for sent in (
        {"code": telephone.code, "password": "wrong"},
        {"code": "123456", "password": PASSWORD},
    ):
        client.post(f"{OVERVIEW}remove/", sent)
        assert second_factor.is_set_up(eve)
    client.post(f"{OVERVIEW}remove/", {"code": telephone.code, "password": PASSWORD})
    assert not second_factor.is_set_up(eve) and second_factor.codes_left(eve) == 0
    assert gives_password().status_code == 302


def test_an_administrator_resets_one_that_is_lost(eve, recovery, telephone, capsys):
    client = signed_in(telephone)
    call_command("reset_second_factor", "eve")
    assert "eve has no second factor any more" in capsys.readouterr().out
    assert not is_in(client)
    assert gives_password().status_code == 302
    for name in ("eve", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)


def test_nobody_elses_key_is_on_any_page(recovery):
    root = logged_in(User.objects.create_superuser("root"))
    assert "otp_totp" not in html_of(root.get("/admin/"))
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404
