"""What the log tells of signing in: each event once, with its time and user, and nothing secret."""

import io
import logging
import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from comparison.web.operation.log_lines import Console, Lines
from comparison.web.sign_in import second_factor
from tests.admin.drinks import digest_seen, logged_in, member, publish_page
from tests.codes import code_at

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "seven grey kettles sing", "eight red herrings swim"
ANOTHER = "nine tall ladders lean"
KEY, NOW = "31" * 20, 1_800_000_000
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO comparison\.events ")


@pytest.fixture
def log():
    """Everything that is logged, as a server writes it."""
    written = io.StringIO()
    handler = Console()
    handler.setStream(written)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def clock(monkeypatch):
    now = [NOW]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


def events_in(log):
    """Return the events, less what all have; then forget them."""
    lines = [line for line in log.getvalue().splitlines() if " comparison.events " in line]
    assert all(TIME.match(line) for line in lines)
    log.seek(0)
    log.truncate()
    return [
        re.sub(r" network=\S+", "", TIME.sub("", re.sub(r" \[\w+\]", "", line))) for line in lines
    ]


def note_in(answer):
    return re.search(r'name="half_way" value="([^"]*)"', answer.content.decode())[1]


def test_each_event_is_told_once_with_its_user_and_no_secret(
    log, clock, settings, drinks, django_capture_on_commit_callbacks
):
    settings.ACCESS_LOG = True
    eve, client, whole = member("eve", "Editor"), Client(), ""
    eve.set_password(PASSWORD)
    eve.save()
    events_in(log)

    def told(action):
        nonlocal whole
        with django_capture_on_commit_callbacks(execute=True):
            answer = action()
        whole += log.getvalue()
        return events_in(log), answer

    def signs_in(password, name="eve"):
        return client.post("/admin/login/", {"username": name, "password": password})

    def gives(code):
        return client.post("/admin/login/code/", {"half_way": note, "code": code})

    # with the password alone
    assert told(lambda: signs_in(WRONG))[0] == ["sign-in failed account=eve"]
    assert told(lambda: signs_in(PASSWORD))[0] == ["sign-in user=eve method=password"]
    assert told(lambda: client.get("/admin/logout/"))[0] == []  # refused: it takes a button
    assert told(lambda: client.post("/admin/logout/"))[0] == ["sign-out user=eve"]
    assert told(lambda: client.post("/admin/logout/"))[0] == []
    assert told(lambda: Client(enforce_csrf_checks=True).post("/admin/logout/"))[0] == []

    # a second factor
    signs_in(PASSWORD)
    page = client.get("/admin/second-factor/set-up/").content.decode()
    events_in(log)
    signed = re.search(r'name="key" value="([^"]*)"', page)[1]
    key = second_factor.key_in(signed, eve)
    sent = {"key": signed, "password": PASSWORD, "code": code_at(key, NOW)}
    events, shown = told(lambda: client.post("/admin/second-factor/set-up/", sent))
    assert events == ["second factor set up account=eve"]
    codes = re.findall(r"<code>(\S{19})</code>", shown.content.decode())
    client.post("/admin/logout/")
    events_in(log)

    events, page = told(lambda: signs_in(PASSWORD))
    assert events == []  # half way
    note = note_in(page)
    assert told(lambda: gives("123456"))[0] == ["second factor failed account=eve"]
    clock[0] += 60
    code = code_at(key, clock[0])
    assert told(lambda: gives(code))[0] == ['sign-in user=eve method="password and code"']
    client.post("/admin/logout/")
    events_in(log)
    assert told(lambda: gives(codes[0]))[0] == [
        "recovery code used account=eve left=9",
        'sign-in user=eve method="password and recovery code"',
    ]
    sent = {"note": "A note of mine.", "seen": digest_seen(client, drinks)}
    assert told(lambda: client.post(publish_page(drinks), sent))[0] == [
        "publish comparison=tea-or-coffee release=1 user=eve"
    ]
    sent = {"password": PASSWORD, "code": codes[1]}
    events, _ = told(lambda: client.post("/admin/second-factor/remove/", sent))
    assert events == [
        "recovery code used account=eve left=8",
        "second factor removed account=eve",
    ]

    # another password
    new = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
    events, _ = told(lambda: client.post("/admin/password_change/", new))
    assert events == ["password changed account=eve user=eve"]
    events, _ = told(lambda: client.post("/admin/password_change/", new))
    assert events == ["password change failed account=eve"]
    eve.refresh_from_db()
    ada = logged_in(member("ada", "Administrator"))
    events_in(log)
    new, own = (
        {"password1": PASSWORD, "password2": PASSWORD},
        f"/admin/auth/user/{eve.pk}/password/",
    )
    events, _ = told(lambda: ada.post(own, new))
    assert events == ["password changed account=eve user=ada"]
    eve.refresh_from_db()

    # by an administrator
    second_factor.set_up(eve, KEY, code_at(KEY, clock[0]))
    assert told(lambda: call_command("reset_second_factor", "eve"))[0] == [
        'second factor removed account=eve by="command line"'
    ]
    writers = Group.objects.get(name="Writer")
    assert told(lambda: eve.groups.add(writers))[0] == [
        "role change of=eve kind=group given=Writer"
    ]

    # what goes
    guests = Group.objects.create(name="Guests")
    assert told(guests.delete)[0] == ["group deleted group=Guests"]
    pat = User.objects.create_user("pat")
    assert told(pat.delete)[0] == ["account deleted account=pat"]

    # and the first one
    printed = io.StringIO()
    call_command("first_administrator", stdout=printed)
    link = printed.getvalue().strip().partition("link=")[2]
    chosen = {"username": "mira", "password1": PASSWORD, "password2": PASSWORD, "link": link}
    address = "/admin/first-administrator/"
    assert told(lambda: Client().get(f"{address}?link={link}"))[0] == []
    events, _ = told(lambda: Client().post(f"{address}?link={link}", chosen))
    assert events.count("first administrator account=mira") == 1
    assert events.count('sign-in user=mira method="first link"') == 1

    assert "/admin/first-administrator/" in whole  # requests are in it, too
    secrets = [PASSWORD, WRONG, ANOTHER, code, *codes, key, signed, note, link, "A note of mine"]
    assert [one for one in secrets if one in whole or one.replace("-", "") in whole] == []
