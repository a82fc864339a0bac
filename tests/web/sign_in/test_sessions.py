"""Sessions end after idling, and after a day; reading writes nothing; a changed role or password
ends those elsewhere.
"""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comparison.publishing.store import refused_writes
from comparison.web.sign_in.sessions import end_others
from tests.admin.drinks import logged_in, member

pytestmark = pytest.mark.django_db
PAGE = "/admin/password_change/"


@pytest.fixture
def clock(monkeypatch, settings):
    """Let minutes pass."""
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 60, 12
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def passes(**time):
        now[0] += timedelta(**time)

    return passes


def is_in(client):
    return client.get(PAGE).status_code == 200


def writes_of(client):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert is_in(client)
    return [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]


def test_a_session_ends_after_idling(clock):
    client = logged_in(member("eve", "Editor"))
    clock(minutes=59)
    assert is_in(client)
    clock(minutes=61)
    assert not is_in(client)


def test_who_does_something_stays_until_the_day_is_over(clock):
    client = logged_in(member("eve", "Editor"))
    for _ in range(14):
        clock(minutes=50)
        assert is_in(client)
    clock(minutes=19)
    assert is_in(client)
    clock(minutes=2)
    assert not is_in(client)


def test_reading_writes_nothing_but_once_in_a_while(clock):
    client = logged_in(member("eve", "Editor"))
    clock(minutes=5)
    assert writes_of(client) == []
    clock(minutes=2)
    assert any("django_session" in sql for sql in writes_of(client))
    assert writes_of(client) == []


def test_without_an_idle_time_the_day_ends_it(clock, settings):
    settings.SESSION_IDLE_MINUTES = 0
    client = logged_in(member("eve", "Editor"))
    clock(hours=11)
    assert writes_of(client) == []
    clock(hours=2)
    assert not is_in(client)


def test_a_session_of_a_former_version_begins_to_count(clock):
    client = logged_in(member("eve", "Editor"))
    session = client.session
    for key in ("began", "_session_expiry"):
        del session[key]
    session.save()
    assert is_in(client)
    clock(minutes=61)
    assert not is_in(client)


def test_a_database_that_takes_nothing_is_not_asked_to(clock, monkeypatch):
    client = logged_in(member("eve", "Editor"))
    monkeypatch.setattr(refused_writes, "are_there", lambda: True)
    clock(minutes=30)
    assert writes_of(client) == []


def test_what_is_over_is_put_away_when_somebody_signs_in(clock):
    logged_in(member("eve", "Editor"))
    clock(minutes=61)
    logged_in(member("ada", "Editor"))
    assert Session.objects.count() == 1


def test_a_readers_page_looks_up_no_session(clock):
    client = logged_in(member("eve", "Editor"))
    clock(minutes=30)
    with CaptureQueriesContext(connection) as asked:
        client.get("/method/")
    assert not any("django_session" in one["sql"] for one in asked)


# --- ended elsewhere ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda eve: eve.groups.clear(), id="all groups are taken"),
        pytest.param(lambda eve: eve.groups.add(Group.objects.get(name="Writer")), id="a group"),
        pytest.param(
            lambda eve: eve.groups.first().user_set.remove(eve), id="from the group's side"
        ),
        pytest.param(lambda eve: (setattr(eve, "is_superuser", True), eve.save()), id="a right"),
        pytest.param(
            lambda eve: (eve.set_password("seven grey kettles"), eve.save()), id="password"
        ),
    ],
)
def test_a_changed_role_or_password_ends_the_sessions_of_whose_it_is(change):
    eve, ada = member("eve", "Editor"), logged_in(member("ada", "Editor"))
    hers = logged_in(eve)
    change(eve)
    assert not is_in(hers)
    assert is_in(ada)


def test_saving_an_account_as_it_is_ends_nothing():
    eve = member("eve", "Editor")
    client = logged_in(eve)
    eve.first_name = "Eve"
    eve.save()
    eve.groups.set([Group.objects.get(name="Editor")])
    assert is_in(client)


def test_who_changes_their_own_role_stays_where_they_do_it():
    root = User.objects.create_superuser("root")
    here, elsewhere = logged_in(root), logged_in(root)
    form = here.get(f"/admin/auth/user/{root.pk}/change/").context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    joined = datetime.now().strftime
    sent |= {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
    sent |= {"date_joined_0": joined("%Y-%m-%d"), "date_joined_1": joined("%H:%M:%S")}
    sent |= {"groups": [Group.objects.get(name="Writer").pk]}
    answer = here.post(f"/admin/auth/user/{root.pk}/change/", sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert is_in(here)
    assert not is_in(elsewhere)


def test_one_of_several_sessions_may_stay():
    eve = member("eve", "Editor")
    clients = [logged_in(eve) for _ in range(3)]
    assert end_others(eve, but=clients[1].session.session_key) == 2
    assert [is_in(client) for client in clients] == [False, True, False]
