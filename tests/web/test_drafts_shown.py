"""A draft as staff see it: on the reader's own page, never cached, and nothing of it for anybody
else.
"""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import F
from django.test import Client

from comparison.models import Cell, Option
from tests import worlds
from tests.tools import (
    PROSE,
    Page,
    get,
    html,
    staff,
    words_of,
)

pytestmark = pytest.mark.django_db


def test_a_stranger_asking_for_a_draft_is_sent_to_the_login(tiny):
    response = get("/tiny/@draft/?off=cost", 302)
    assert response.headers["Location"] == "/admin/login/?next=/tiny/%40draft/%3Foff%3Dcost"


def test_staff_see_the_draft_on_the_readers_own_page(drafted):
    Option.objects.filter(slug="ada").update(name="Ida")
    response = staff().get("/tiny/@draft/?off=cost")
    assert response.status_code == 200
    assert "Ida" in Page(response.content.decode()).outer("results")
    assert "This is the draft." in words_of(response.content.decode())
    assert "Ida" not in html("/tiny/")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "-/results/",
        "-/rows/",
        "-/data.json",
        "parts/",
        "cell/speed/ada/",
        "-/claims/speed/ada/",
    ],
)
def test_a_draft_is_never_cached(drafted, rest):
    client = staff()
    for _ in range(2):
        response = client.get(f"/tiny/@draft/{rest}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in response.headers
        Option.objects.filter(slug="ada").update(name="Ida", version=F("version") + 1)
    if rest in ("", "-/results/", "-/rows/"):
        assert b"Ida" in response.content


@pytest.mark.parametrize(
    "rest",
    ["-/results/", "-/rows/", "-/data.json", "parts/", "cell/speed/ada/", "-/claims/speed/ada/"],
)
def test_a_stranger_gets_nothing_of_a_draft_from_its_parts(drafted, rest):
    Option.objects.filter(slug="ada").update(name="Ida")
    Cell.objects.update(text="secret")
    response = Client().get(f"/tiny/@draft/{rest}")
    assert b"Ida" not in response.content
    assert b"secret" not in response.content


def test_who_is_no_editor_hears_that_drafts_are_for_editors(tiny):
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    for client in (Client(), reader):
        shown = words_of(client.get("/tiny/@draft/sources/", follow=True).content.decode())
        assert "You asked for a draft, which is shown to editors alone" in shown
    assert "a draft" not in words_of(Client().get("/admin/login/?next=/tiny/").content.decode())


@pytest.mark.parametrize(
    "address",
    [
        *(f"/tiny/@draft/{rest}" for rest in ("sources/", "search/?q=a", "changes/", "share/")),
        *("/tiny/@draft/cell/speed/ada/", "/tiny/@draft/no/", "/never-published/@draft/"),
    ],
)
def test_whoever_was_signed_out_is_led_to_signing_in_from_every_page_of_a_draft(drafted, address):
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={quote(address)}"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("rest", ["-/view.json", "-/results/"])
def test_a_file_of_a_draft_is_refused_and_is_not_what_is_published(drafted, rest):
    assert Client().get(f"/tiny/@draft/{rest}").status_code == 403


def test_a_member_who_is_not_staff_is_a_stranger(tiny):
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/tiny/@draft/").status_code == 302


@pytest.mark.parametrize("may_edit", [True, False])
def test_a_half_finished_draft_says_what_is_missing_and_leads_there_who_may(drafted, may_edit):
    Option.objects.filter(slug="ada").update(name="")
    client = staff()
    if not may_edit:
        looker = User.objects.create_user("lea", is_staff=True)
        looker.user_permissions.add(Permission.objects.get(codename="view_comparison"))
        client.force_login(looker)
    response = client.get("/tiny/@draft/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "Option “ada”, name: is missing" in words_of(html)
    pk = Option.objects.get(slug="ada").pk
    field = f"/admin/comparison/option/{pk}/change/?_back=problems#id_name"
    assert (f'href="{field}"' in html) is may_edit
    assert response.headers["Cache-Control"] == "private, no-store"


def test_where_there_is_no_draft_staff_see_the_newest_release(tiny):
    response = staff().get("/tiny/@draft/?off=cost")
    assert response.status_code == 200
    assert "was never published; this is the newest." in words_of(response.content.decode())


def test_a_draft_without_a_release_is_shown_to_staff_alone():
    worlds.draft(worlds.tiny_tree(prose=PROSE))
    assert staff().get("/tiny/@draft/").status_code == 200
    get("/tiny/", 404)


def test_a_draft_links_to_itself(drafted):
    page = Page(staff().get("/tiny/@draft/").content.decode())
    assert page.find("form", id="selection")[0]["action"] == "/tiny/@draft/"
    assert all(
        cell["href"].startswith("/tiny/@draft/") for cell in page.find("a", **{"class": "cell"})
    )
