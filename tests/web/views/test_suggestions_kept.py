"""Which suggestions are kept: from our own page alone, as many as editors can read, and
what fits.
"""

import re
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.models import Count, FormerAddress, Suggestion
from comparison.models import suggestions as bounds
from comparison.web.limits import rate_limit
from comparison.web.views import suggestions
from tests.suggesting import CELL, SAID, field, send, suggestion, written_in
from tests.tools import Page, get, publish, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tiny")]


OWN, OTHER = "http://testserver", "http://evil.example"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OWN},
        {"Referer": f"{OWN}/tiny/"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://testserver"},  # TLS ends before us
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://trusted.example"},
        {"Cookie": "csrf=y"},
    ],
    ids=str,
)
def test_a_form_of_ours_is_taken_whatever_the_browser_says_of_it(headers, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    answer = Client(enforce_csrf_checks=True, headers=headers).post(CELL, SAID)
    assert answer.status_code == 303
    assert not answer.cookies
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OTHER},
        {"Origin": "null"},
        {"Origin": f"{OWN}.evil.example"},
        {"Referer": f"{OTHER}/{OWN}/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": OTHER},
    ],
    ids=str,
)
def test_a_form_that_another_site_sends_is_refused_and_given_back(headers):
    answer = Client(headers=headers).post(CELL, SAID | {"text": "Ada <b>is</b> slower."})
    page = Page(answer.content.decode())
    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")
    assert "another site sent it" in words_of(page.outer("problems"))
    assert written_in(page) == "Ada <b>is</b> slower."
    assert page.find("form", method="post")[0]["action"] == CELL
    assert Suggestion.objects.count() == 0


def test_an_editor_whose_browser_keeps_no_cookie_hears_the_same():
    answer = Client(enforce_csrf_checks=True).post(
        "/admin/login/", {"username": "eve", "password": "x"}
    )
    assert answer.status_code == 403
    assert "Allow this site’s cookie" in words_of(answer.content.decode())
    assert Page(answer.content.decode()).find("a", href="/admin/")


def test_what_the_editors_cannot_read_is_given_back(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 2)
    monkeypatch.setattr(suggestions, "OFTEN", replace(suggestions.OFTEN, most=20))
    assert [send().status_code for _ in range(3)] == [303, 303, 503]
    response = send()
    page = Page(response.content.decode())
    sentence = (
        "The editors have more suggestions than they can read at the moment; your text is "
        "below, copy it and come back."
    )
    assert sentence in words_of(page.outer("problems"))
    assert written_in(page) == SAID["text"] and field(page, "address")["value"] == SAID["address"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Suggestion.objects.count() == 2
    publish(slug="other")
    assert send("/other/suggest/").status_code == 303  # each comparison has its own room
    Suggestion.objects.filter(comparison="tiny").first().delete()
    assert send().status_code == 303


def test_who_sends_too_many_gets_the_text_back(monkeypatch):
    monkeypatch.setattr(suggestions, "OFTEN", replace(suggestions.OFTEN, most=2))
    assert [send().status_code for _ in range(2)] == [303, 303]
    refused = send()
    page = Page(refused.content.decode())
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3_600
    assert written_in(page) == SAID["text"] and field(page, "address")["value"] == SAID["address"]
    assert re.search(
        r"copy it, and send it again in \d+ minutes?\.", words_of(page.outer("problems"))
    )
    assert Suggestion.objects.count() == 2
    assert send(text="short").status_code == 200  # what is wrong is told as ever
    assert Client(REMOTE_ADDR="192.0.2.77").post(CELL, SAID).status_code == 303


def test_a_flooder_is_shed_and_nobody_else(monkeypatch):
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: 1_800_001_800.0))
    flooder, other = Client(REMOTE_ADDR="192.0.2.66"), Client(REMOTE_ADDR="192.0.2.77")
    answers = Counter(flooder.post(CELL, SAID).status_code for _ in range(200))
    assert answers == {303: 5, 429: 195}
    assert Suggestion.objects.count() == 5
    assert other.post(CELL, SAID).status_code == 303
    assert Suggestion.objects.count() == 6


def test_a_sender_of_many_days_leaves_room_for_others(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 5)
    now = {"": 1_800_001_800.0}
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: now[""]))
    flooder = Client(REMOTE_ADDR="192.0.2.66")
    for _ in range(4):  # days: all five of the first, and then one a day
        for _ in range(9):
            flooder.post(CELL, SAID)
        now[""] += 86_400
    assert Suggestion.objects.count() == 8
    assert [flooder.post(CELL, SAID).status_code for _ in range(2)] == [303, 503]
    assert Client(REMOTE_ADDR="192.0.2.77").post(CELL, SAID).status_code == 303
    # which has an end, too: as many again as editors can read
    assert Suggestion.objects.count() == 10
    assert Client(REMOTE_ADDR="192.0.2.78").post(CELL, SAID).status_code == 503


def test_who_has_many_networks_is_counted_as_one_beside_each(monkeypatch):
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: 1_800_001_800.0))
    senders = [Client(REMOTE_ADDR=f"2001:db8:1:{number:x}::1") for number in range(40)]
    answers = Counter(one.post(CELL, SAID).status_code for one in senders)
    assert answers == {303: 20, 429: 20}
    assert Client(REMOTE_ADDR="2001:db8:2::1").post(CELL, SAID).status_code == 303


def test_what_is_counted_tells_nobody_and_is_another_hash_each_day(monkeypatch):
    now = {"": 1_800_001_800.0}
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: now[""]))
    address, days = "192.0.2.66", []
    for _ in range(3):
        Client(REMOTE_ADDR=address).post(CELL, SAID)
        days.append(set(Count.objects.values_list("key", flat=True)))
        now[""] += 86_400
    assert [len(day) for day in days] == [2, 4, 6]  # two new ones: of the hour, and of the day
    kept = [str(value) for row in Suggestion.objects.values() for value in row.values()]
    assert address not in " ".join([*kept, *set.union(*days)])
    assert not any(key in " ".join(kept) for key in set.union(*days))


def test_several_errors_in_an_hour_are_taken_from_one_sender():
    assert (suggestions.OFTEN.most, suggestions.OFTEN.seconds) == (5, 3_600)
    assert (suggestions.IN_A_DAY.most, suggestions.IN_A_DAY.seconds) == (20, 86_400)


def test_what_is_decided_on_makes_room(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 1)
    send()
    Suggestion.objects.update(state="declined")
    assert send().status_code == 303


def test_all_comparisons_together_are_bounded(monkeypatch):
    monkeypatch.setattr(bounds, "MOST", 2)
    suggestion(comparison="gone")
    assert [send().status_code for _ in range(2)] == [303, 503]


def test_the_bounds_are_what_the_editors_were_promised():
    assert (bounds.MOST_OF_ONE, bounds.MOST) == (200, 2_000)


def test_a_renaming_makes_no_new_room(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 1)
    monkeypatch.setattr(bounds, "FOR_FIRST", 1)
    suggestion(comparison="small")
    FormerAddress.objects.create(slug="small", successor="tiny")
    assert send().status_code == 503


def test_without_the_database_the_text_is_given_back(monkeypatch, caplog):
    def away(*_, **__):
        raise OperationalError("gone")

    monkeypatch.setattr(bounds.SuggestionQuerySet, "has_room", away)
    response = send()
    assert response.status_code == 503
    page = Page(response.content.decode())
    assert "Nothing can be kept at the moment; your text is below" in words_of(
        page.outer("problems")
    )
    assert written_in(page) == SAID["text"]


@pytest.mark.parametrize(
    "sent",
    [
        {"data": "text=" + "a" * 10_000_000, "content_type": "application/x-www-form-urlencoded"},
        {
            "data": "&".join(f"a{n}=1" for n in range(2_000)),
            "content_type": "application/x-www-form-urlencoded",
        },
        {"data": b"\xff", "content_type": "multipart/form-data"},
    ],
    ids=["10 MB", "2,000 fields", "no form"],
)
def test_too_much_or_no_form_at_all_gets_a_kind_page(sent, caplog):
    response = Client(raise_request_exception=False).generic(
        "POST", CELL, sent["data"], content_type=sent["content_type"]
    )
    assert response.status_code == 400
    words = words_of(response.content.decode())
    assert "That could not be read" in words and "Go back: what you wrote is still there." in words
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Suggestion.objects.count() == 0


def test_more_suggestions_cost_no_more_queries():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert send().status_code == 303
        return len(captured)

    send()
    one = queries()
    for _ in range(30):
        suggestion()
    assert queries() == one
    with CaptureQueriesContext(connection) as captured:
        get(CELL)
    assert len(captured) <= 1


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "lost"},
        {"state": ""},
        {"release": 0},
        {"text": "Too short"},
        {"text": "a" * 2_001},
        {"address": "javascript:alert(1)"},
        {"address": "ftp://example.org/"},
        {"address": "https://" + "a" * 493},
        {"contact": "w" * 201},
    ],
    ids=lambda columns: " ".join(f"{name}={str(value)[:12]}" for name, value in columns.items()),
)
def test_the_database_refuses_what_no_form_sends(columns):
    with pytest.raises(DatabaseError), transaction.atomic():
        suggestion(**columns)
    assert Suggestion.objects.count() == 0


def test_the_database_takes_what_is_just_within():
    suggestion(text="a" * 10, address="", contact="")
    suggestion(
        text="a" * 2_000, address="https://" + "a" * 492, contact="w" * 200, state="taken-up"
    )
    assert [s.state for s in Suggestion.objects.all()] == ["taken-up", "new"]
