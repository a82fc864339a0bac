"""A draft, by a link, for people without an account: for a day, of one comparison, and without what
editors see.
"""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import F
from django.test import Client

from comparison.models import Cell, Comparison, Option
from comparison.publishing import preview_links, publish
from comparison.publishing.editorial import withholding
from comparison.publishing.editorial.withholding import Target
from comparison.publishing.preview_links import preview_link
from comparison.web.operation.log_lines import Lines
from tests import worlds
from tests.tools import Page, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(drafted):
    """What an address names to show the draft, in which Ada is called Ida."""
    Option.objects.filter(slug="ada").update(name="Ida", version=F("version") + 1)
    eve = User.objects.create_superuser("eve")
    return preview_link(Comparison.objects.get(), eve)[0]


def opened(named, rest="", slug="tiny", status=200):
    response = Client().get(f"/{slug}/@{named}/{rest}")
    assert response.status_code == status, response.status_code
    return response


PLACES = ["", "?use=race", "-/results/?off=cost", "cell/speed/ada/", "sources/"]


@pytest.mark.parametrize("rest", PLACES)
def test_a_stranger_sees_the_draft_and_nobody_finds_or_keeps_it(named, rest):
    response = opened(named, rest)
    assert b"Ida" in response.content or rest == "sources/"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.cookies == {}
    assert b"/admin/" not in response.content


def test_it_says_what_it_is_and_leads_to_itself(named):
    html = opened(named, "?use=race").content.decode()
    assert "This is a draft, shown to you before it is published." in words_of(html)
    page = Page(html)
    assert page.find("form", id="selection")[0]["action"] == f"/tiny/@{named}/"
    assert all(
        cell["href"].startswith(f"/tiny/@{named}/") for cell in page.find("a", **{"class": "cell"})
    )


def test_of_what_is_broken_a_stranger_hears_how_much_and_not_what(named):
    Cell.objects.filter(criterion__slug="speed", option__slug="ada").update(
        text="", version=F("version") + 1
    )
    words = words_of(opened(named).content.decode())
    assert "What is not finished is left out: 1 part." in words
    assert "is missing" not in words


@pytest.mark.parametrize("change", ["cut", "other", "none", "signed"])
def test_a_mangled_link_shows_nothing_and_leads_to_what_is_published(named, change):
    mangled = {
        "cut": named[:-3],
        "other": named.replace(".", "..", 1),
        "none": "preview-",
        "signed": "preview-" + signing.TimestampSigner(salt="another", sep="~").sign("1.1.1"),
    }[change]
    for rest in ("", "-/results/", "sources/", "-/view.csv"):
        response = opened(mangled, rest, status=404)
        assert b"Ida" not in response.content
    response = opened(mangled, status=404)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'href="/tiny/"' in response.content.decode()


@pytest.mark.parametrize("query", ["", "?use=race"])
def test_a_link_without_its_last_slash_is_the_same_link(named, query):
    response = Client().get(f"/tiny/@{named}{query}")
    assert b"Ida" in response.content
    assert response.headers["Cache-Control"] == "private, no-store"
    for mangled in (named[:-3], named.upper(), "preview-é"):
        response = Client().get(f"/tiny/@{mangled}{query}")
        assert response.status_code == 404
        assert b"The link is not whole" in response.content
        assert response.headers["Cache-Control"] == "private, no-store"


def test_a_link_ends_after_a_day(named, monkeypatch):
    monkeypatch.setattr(preview_links, "LASTS", timedelta(seconds=-1))
    response = opened(named, status=410)
    assert "they are over" in words_of(response.content.decode())
    assert b"Ida" not in response.content
    opened(named, "-/results/", status=410)
    opened(named, "-/view.csv", status=404)  # for programs


def test_a_link_ends_with_the_next_release(named):
    publish.publish(Comparison.objects.get(), "eve", "Now.")
    assert b"What readers see has changed since" in opened(named, status=410).content


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}, {"is_superuser": False}]
)
def test_a_link_ends_when_its_maker_may_not_change_drafts_any_more(named, change):
    User.objects.update(**change)
    assert b"edits here no longer" in opened(named, status=410).content


def test_a_link_ends_where_the_comparison_is_withheld_and_none_leads_around_it(named):
    withholding.withhold(Target("tiny", 0), "root", "A court said so.", 0)
    opened(named, status=410)
    anew, _ = preview_link(Comparison.objects.get(), User.objects.get())
    assert b"withheld" in opened(anew, status=410).content


def test_a_link_lasts_beside_a_withheld_release_and_ends_where_the_draft_says_the_same(named):
    draft = Comparison.objects.get()
    publish.publish(draft, "eve", "With Ida.")
    withholding.withhold(Target("tiny", 2), "root", "A court said so.", 0)
    of_it, _ = preview_link(draft, User.objects.get())
    assert b"The draft says what is withheld" in opened(of_it, status=410).content
    Option.objects.filter(slug="ada").update(name="Una", version=F("version") + 1)
    assert b"Una" in opened(of_it).content


def test_nothing_of_another_draft_is_reached_with_it(named):
    worlds.draft(worlds.full_tree())
    opened(named, slug="full", status=404)


def test_a_link_of_what_was_never_published_shows_the_draft_and_no_share_page():
    draft = worlds.draft()
    named, _ = preview_link(draft, User.objects.create_superuser("eve"))
    opened(named)
    opened(named, "share/", status=404)


def test_the_log_says_who_made_a_link_and_never_what_it_is(
    drafted, caplog, django_capture_on_commit_callbacks
):
    eve = User.objects.create_superuser("eve")
    with caplog.at_level(logging.INFO), django_capture_on_commit_callbacks(execute=True):
        named, _ = preview_link(Comparison.objects.get(), eve)
    (record,) = [one for one in caplog.records if one.getMessage() == "preview link"]
    assert record.fields == {"comparison": "tiny", "user": "eve"}
    secret = named.removeprefix("preview-")
    for form in ("text", "json"):
        line = logging.LogRecord("x", 20, "", 0, f"slow /tiny/@{named}/", None, None)
        line.fields = {"path": f"/tiny/@{named}/sources/", "again": f"/tiny/%40{named}/"}
        text = Lines(form).format(line)
        assert secret not in text
        assert "/sources/" in text
