"""A reader suggests a source or reports an error; editors read it. What is sent is bounded, kept as
text, and no draft's part.
"""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comparison.admin.suggestions import SuggestionAdmin
from comparison.models import Comparison, FormerAddress, Suggestion
from comparison.models import suggestions as bounds
from comparison.publishing import drafts
from comparison.publishing import publish as publishing
from comparison.publishing.draft_rows import clear
from comparison.web.views import suggestions
from tests import worlds
from tests.tools import Page, get, html, publish, words_of

pytestmark = pytest.mark.django_db
HERE = "/tiny/suggest/"
CELL = "/tiny/suggest/?criterion=speed&option=ada"
SAID = {
    "text": "Ada is slower than that.",
    "address": "https://docs.example.org/speed",
    "contact": "Wim",
}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def tiny():
    """The tiny world as release 1."""
    return publish()


def send(place=CELL, /, **written):
    """Return the answer to the form as it is sent from a browser."""
    return Client().post(place, SAID | written)


def suggestion(**columns):
    return Suggestion.objects.create(
        **({"comparison": "tiny", "release": 1, "text": SAID["text"]} | columns)
    )


def field(page, name):
    (found,) = [
        e for e in page.elements if e["tag"] in ("input", "textarea") and e.get("name") == name
    ]
    return found


def written_in(page):
    """Return what stands in the text's field."""
    return words_of(page.html[field(page, "text")["from"] : field(page, "text")["to"]])


# --- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "about"),
    [
        (HERE, "About: the whole comparison"),
        (CELL, "About: Speed of Ada"),
        (f"{HERE}?criterion=speed", "About: Speed"),
        (f"{HERE}?option=ada", "About: Ada"),
    ],
)
def test_the_form_says_what_it_is_about(address, about):
    page = Page(html(address))
    assert about in page.text
    assert page.find("form", method="post")[0]["action"] == address


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "criterion=nope",
            "The criterion that the link names does not exist here, or not any more. So this is about",
        ),
        (
            "criterion=nope&option=%00",
            "The criterion and the option that the link names do not exist here",
        ),
        (
            "criterion=speed&option=nope",
            "The option that the link names does not exist here, or not any more.",
        ),
    ],
)
def test_an_unknown_name_is_said_kindly(query, said):
    words = words_of(html(f"{HERE}?{query}"))
    assert said in words
    assert "About: Speed" in words if "speed" in query else "About: the whole comparison" in words
    assert "nope" not in words


@pytest.mark.parametrize(
    "query",
    ["criterion=%FF%00&option=%0d%0a", "a" * 20_000, "&&==&option", "release=draft", "release=%00"],
)
def test_a_strange_address_is_answered(query):
    assert "Send to the editors" in html(f"{HERE}?{query}")
    assert send(f"{HERE}?{query}").status_code == 303


def test_a_former_slug_means_what_it_means_now():
    renamed = [
        {"kind": "criterion", "old": "pace", "new": "speed"},
        {"kind": "option", "old": "adele", "new": "ada"},
    ]
    publish(renamed=renamed)
    address = f"{HERE}?criterion=pace&option=adele"
    assert "About: Speed of Ada" in words_of(html(address))
    send(address)
    assert [(s.criterion, s.option) for s in Suggestion.objects.all()] == [("speed", "ada")]


def test_every_field_has_its_label_and_its_help():
    page = Page(html(CELL))
    ids = {e.get("id") for e in page.elements}
    for name in ("text", "address", "contact"):
        assert page.find("label", **{"for": name})
        assert field(page, name)["aria-describedby"] in ids


def test_the_page_says_what_is_kept():
    words = words_of(html(HERE))
    assert (
        "What is kept: what you write here, when, about which cell, and which release you read."
        in words
    )
    assert "Neither your network address nor your browser is kept." in words
    columns = {column.name for column in Suggestion._meta.get_fields()} - {"id", "state", "remark"}
    assert columns == {
        "comparison",
        "release",
        "criterion",
        "option",
        "text",
        "address",
        "contact",
        "sent_at",
    }


def test_the_page_is_never_cached_and_alone_sets_a_cookie():
    response = get(CELL)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert list(response.cookies) == ["csrf"]
    assert response.cookies["csrf"]["httponly"]
    for address in (
        "/tiny/",
        "/tiny/cell/speed/ada/",
        f"{HERE}?sent=1",
        "/tiny/suggest/speed/ada/",
    ):
        assert not Client().get(address).cookies, address


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(method):
    response = getattr(Client(), method)(HERE)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert Client().head(HERE).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_comparison_is_not_found(method):
    assert getattr(Client(), method)("/nowhere/suggest/", SAID).status_code == 404


# --- sending --------------------------------------------------------------------------------------


def test_what_is_sent_is_kept_and_thanked_for():
    publish(title="Again")
    response = send(CELL + "&use=race&w=ease:4")
    assert (response.status_code, response.headers["Location"]) == (
        303,
        CELL + "&use=race&w=ease:4&sent=1",
    )
    assert response.headers["Cache-Control"] == "private, no-store"
    (kept,) = Suggestion.objects.all()
    assert (kept.comparison, kept.release, kept.criterion, kept.option) == (
        "tiny",
        2,
        "speed",
        "ada",
    )
    assert (kept.text, kept.address, kept.contact) == tuple(SAID.values())
    assert (kept.state, kept.remark) == ("new", "")
    assert timezone.now() - kept.sent_at < timedelta(minutes=1)
    page = Page(html(response.headers["Location"]))
    assert "Thank you." in page.text and "checks it against primary documentation" in page.text
    assert "counts only once it is published" in page.text
    assert not page.find("form")
    links = {e["href"] for e in page.find("a")}
    assert {
        "/tiny/?use=race&w=ease:4",
        "/tiny/cell/speed/ada/?use=race&w=ease:4",
        CELL + "&use=race&w=ease:4",
    } <= links
    assert "/tiny/changes/?use=race&w=ease:4" in links


def test_the_text_alone_is_enough():
    assert send(HERE, address="", contact="").status_code == 303
    assert Suggestion.objects.get().about == "the whole comparison"


def test_an_address_without_its_beginning_is_completed():
    send(address="docs.example.org/speed")
    assert Suggestion.objects.get().address == "https://docs.example.org/speed"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("text", "", "Write what is missing or wrong."),
        ("text", " \n ", "Write what is missing or wrong."),
        ("text", "Too short", "Write a little more: at least 10 characters."),
        ("text", "\0" * 20, "Write what is missing or wrong."),
        ("text", "é" * 2_001, "2001 characters are too many: at most 2,000 fit."),
        ("address", "ftp://example.org/", "Write one address of a web page"),
        ("address", "javascript:alert(1)", "Write one address of a web page"),
        ("address", "eve@example.org and more", "Write one address of a web page"),
        ("address", "http://[::1", "Write one address of a web page"),
        (
            "address",
            "https://example.org/" + "a" * 481,
            "The address is too long: at most 500 characters fit.",
        ),
        ("contact", "w" * 201, "That is too long: at most 200 characters fit."),
    ],
)
def test_a_refused_field_is_told_beside_it_and_above_and_everything_typed_stays(name, value, said):
    response = send(CELL + "&use=race", **{name: value})
    assert response.status_code == 200
    assert Suggestion.objects.count() == 0
    page = Page(response.content.decode())
    summary = Page(page.outer("problems"))
    assert (summary.elements[0]["role"], summary.elements[0]["tabindex"]) == ("alert", "-1")
    assert "autofocus" in summary.elements[0]
    assert [e["href"] for e in summary.find("a")] == [f"#{name}"]
    assert said in summary.text and said in words_of(page.outer(f"{name}-problem"))
    assert page.text.lstrip().startswith("Not sent yet: ")
    for other, typed in (SAID | {name: value}).items():
        shown = field(page, other)
        assert shown.get("aria-invalid") == ("true" if other == name else None)
        assert f"{other}-problem" in shown["aria-describedby"] if other == name else True
        standing = written_in(page) if other == "text" else shown["value"]
        assert standing == (" ".join(typed.replace("\0", "").split()) if other == "text" else typed)
    assert page.find("form", method="post")[0]["action"] == CELL + "&use=race"


@pytest.mark.parametrize("length", [10, 2_000])
def test_the_shortest_and_the_longest_text_are_kept(length):
    assert send(text="日" * length).status_code == 303
    assert len(Suggestion.objects.get().text) == length


def test_a_line_end_counts_as_one_character_as_in_the_browser():
    assert send(text="a\r\n" * 1_000).status_code == 303
    assert Suggestion.objects.get().text == ("a\n" * 1_000).strip()


def test_what_is_not_seen_is_cleaned_away():
    send(
        text="Ada\0 is\x1b[31m \u202eslower\u2066 than\r\nthat.\tReally.\x7f",
        contact=" Wim\n\0of  X ",
    )
    kept = Suggestion.objects.get()
    assert kept.text == "Ada is[31m slower than\nthat.\tReally."
    assert kept.contact == "Wim of X"


def test_a_hidden_field_that_is_filled_in_is_answered_as_if_it_were_sent():
    page = Page(html(CELL))
    assert (field(page, "more")["tabindex"], field(page, "more").get("value")) == ("-1", None)
    response = send(more="Cheap things")
    assert (response.status_code, response.headers["Location"]) == (303, CELL + "&sent=1")
    assert Suggestion.objects.count() == 0


def test_hostile_text_is_shown_as_text():
    for page in (
        send(text=HOSTILE, address=HOSTILE, contact=HOSTILE * 9),
        send(f"{HERE}?option={HOSTILE}", address=HOSTILE),
    ):
        assert "<script>alert" not in page.content.decode()
        assert "<img" not in page.content.decode()
        assert field(Page(page.content.decode()), "address")["value"] == HOSTILE


# --- only from our own page -----------------------------------------------------------------------


def test_a_form_that_another_site_sends_is_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(CELL, SAID).status_code == 403
    page = Page(strict.get(CELL).content.decode())
    token = field(page, "csrfmiddlewaretoken")["value"]
    assert strict.post(CELL, SAID | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert (
        strict.post(CELL, SAID | {"csrfmiddlewaretoken": token, "text": "short"}).status_code == 200
    )
    assert (
        strict.post(
            CELL, SAID | {"csrfmiddlewaretoken": token}, headers={"Origin": "http://evil.example"}
        ).status_code
        == 403
    )
    assert Suggestion.objects.count() == 0
    assert strict.post(CELL, SAID | {"csrfmiddlewaretoken": token}).status_code == 303
    assert Suggestion.objects.count() == 1


def test_the_form_given_back_can_be_sent_again():
    strict = Client(enforce_csrf_checks=True)
    token = field(Page(strict.get(CELL).content.decode()), "csrfmiddlewaretoken")["value"]
    again = Page(
        strict.post(CELL, SAID | {"csrfmiddlewaretoken": token, "text": "short"}).content.decode()
    )
    token = field(again, "csrfmiddlewaretoken")["value"]
    assert strict.post(CELL, SAID | {"csrfmiddlewaretoken": token}).status_code == 303


def test_a_reader_whose_browser_keeps_no_cookie_hears_what_to_do_and_has_the_text_back():
    cookieless = Client(enforce_csrf_checks=True)
    answer = cookieless.post(
        CELL, SAID | {"text": "Ada <b>is</b> slower."}, headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    said = words_of(text)
    assert "That was not taken" in said and "Allow this site’s cookie, then go back" in said
    assert "What you wrote: Ada <b>is</b> slower." in said
    assert "<b>is</b>" not in text
    assert Page(text).find("a", href=CELL)
    assert Page(text).find("link", rel="stylesheet")


def test_what_another_site_sends_is_not_shown_as_words_of_ours():
    cookieless = Client(enforce_csrf_checks=True)
    for headers in ({"Origin": "http://evil.example"}, {}):
        answer = cookieless.post(CELL, SAID, headers=headers)
        assert answer.status_code == 403
        assert SAID["text"] not in answer.content.decode()


def test_an_editor_whose_browser_keeps_no_cookie_hears_the_same():
    answer = Client(enforce_csrf_checks=True).post(
        "/admin/login/", {"username": "eve", "password": "x"}
    )
    assert answer.status_code == 403
    assert "Allow this site’s cookie" in words_of(answer.content.decode())
    assert Page(answer.content.decode()).find("a", href="/admin/")


# --- how much is kept -----------------------------------------------------------------------------


def test_what_the_editors_cannot_read_is_given_back(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_OF_ONE", 2)
    assert [send().status_code for _ in range(3)] == [303, 303, 503]
    response = send()
    page = Page(response.content.decode())
    said = "The editors have more suggestions than they can read at the moment; your text is below, copy it and come back."
    assert said in words_of(page.outer("problems"))
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


def test_a_reader_with_several_errors_to_report_is_not_limited():
    assert (suggestions.OFTEN.most, suggestions.OFTEN.seconds) == (20, 3_600)


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
    suggestion(comparison="small")
    FormerAddress.objects.create(slug="small", successor="tiny")
    assert send().status_code == 503


def test_without_the_database_the_text_is_given_back(monkeypatch, caplog):
    def away(*_):
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
        with CaptureQueriesContext(connection) as asked:
            assert send().status_code == 303
        return len(asked)

    send()
    one = queries()
    for _ in range(30):
        suggestion()
    assert queries() == one
    with CaptureQueriesContext(connection) as asked:
        get(CELL)
    assert len(asked) <= 1


# --- ways there and back --------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "@1/"])
@pytest.mark.parametrize("page", ["", "cell/speed/ada/", "-/claims/speed/ada/"])
def test_links_lead_there_and_back_to_the_same_view(place, page):
    view = f"/tiny/{place}{page}?use=race&w=ease:4"
    (link,) = {e["href"] for e in Page(html(view)).find("a") if "/suggest/" in e.get("href", "")}
    there = get(link, 302).headers["Location"] if place or page else link
    about = {"criterion": "speed", "option": "ada"} if page else {}
    release = {"release": "1"} if place else {}
    assert urlsplit(there).path == HERE
    assert dict(parse_qsl(urlsplit(there).query)) == about | release | {
        "use": "race",
        "w": "ease:4",
    }
    back = {e["href"] for e in Page(html(there)).find("a")}
    assert f"/tiny/{place}?use=race&w=ease:4" in back
    assert (f"/tiny/{place}cell/speed/ada/?use=race&w=ease:4" in back) == bool(page)


def test_the_release_that_was_looked_at_is_kept():
    publish(title="Again")
    assert send(CELL + "&release=1").status_code == 303
    assert send(CELL).status_code == 303
    assert send(CELL + "&release=9").status_code == 303
    assert [s.release for s in Suggestion.objects.order_by("pk")] == [1, 2, 2]
    page = Page(html(CELL + "&release=1"))
    assert "You are reading release 1" in page.text
    assert page.find("form", method="post")[0]["action"] == CELL + "&release=1"


def test_a_script_may_put_any_selection_into_the_cells_link():
    response = get("/tiny/suggest/speed/ada/?off=cost&q=a%20b", 302)
    assert response.headers["Location"] == CELL + "&off=cost&q=a%20b"
    assert Client().post("/tiny/suggest/speed/ada/", SAID).status_code == 405
    assert Client().post("/tiny/@1/suggest/", SAID).status_code == 405


def test_own_keys_are_no_part_of_the_selection():
    words = words_of(html(CELL + "&release=1&sent=1&use=race"))
    assert "could not be used" not in words
    assert "“colour” means nothing here" in words_of(html(CELL + "&colour=red"))


def test_a_draft_has_no_link_to_it():
    staff = Client()
    staff.force_login(User.objects.create_superuser("eve"))
    worlds.draft()
    for place in ("", "cell/speed/ada/"):
        assert "/suggest/" not in staff.get(f"/tiny/@draft/{place}").content.decode()
    assert staff.get("/tiny/@draft/suggest/").headers["Location"] == HERE


def rename():
    draft = Comparison.objects.filter(slug="tiny").first() or worlds.draft()
    draft.slug = "small"
    draft.save()
    draft.renamed.create(kind="comparison", old="tiny", new="small")
    publishing.publish(draft, "eve", "Renamed.")


def test_a_renamed_comparison_is_followed_with_what_was_written():
    suggestion()
    rename()
    assert get(CELL, 301).headers["Location"] == CELL.replace("tiny", "small")
    response = send()
    assert (response.status_code, response.headers["Location"]) == (
        308,
        CELL.replace("tiny", "small"),
    )
    assert Client().post(CELL, SAID, follow=True).status_code == 200
    assert list(Suggestion.objects.order_by("pk").values_list("comparison", flat=True)) == [
        "tiny",
        "small",
    ]
    assert Suggestion.objects.of("small").count() == 2


# --- no part of any draft -------------------------------------------------------------------------


def test_publishing_and_the_draft_do_not_see_it():
    draft = worlds.draft()
    before = drafts.read_draft(draft).digest
    suggestion(criterion="speed", option="ada")
    assert drafts.read_draft(draft).digest == before
    assert Suggestion not in {
        relation.related_model for relation in Comparison._meta.related_objects
    }


def test_it_outlives_its_comparison(root):
    row = suggestion(criterion="speed", option="ada")
    draft = worlds.draft()
    clear(draft)
    draft.delete()
    assert Suggestion.objects.get() == row
    assert root.get(change(row)).status_code == 200
    lost = suggestion(comparison="never-was", criterion="speed", option="ada")
    assert root.get(change(lost)).status_code == 200


# --- what the database refuses --------------------------------------------------------------------


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


# --- in the admin ---------------------------------------------------------------------------------


def member(group):
    user = User.objects.create_user(group or "zed", is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def root():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


LIST = reverse("admin:comparison_suggestion_changelist")


def change(row):
    return reverse("admin:comparison_suggestion_change", args=[row.pk])


@pytest.mark.parametrize(
    ("group", "may"),
    [("Writer", {"view", "change"}), ("Editor", {"view", "change", "delete"}), ("", set())],
    ids=["writer", "editor", "no group"],
)
def test_who_may_what(group, may):
    row, client = suggestion(), member(group)
    held = [
        name for name in User.objects.get().get_all_permissions() if name.endswith("_suggestion")
    ]
    assert {name.removeprefix("comparison.").removesuffix("_suggestion") for name in held} == may
    assert client.get(LIST).status_code == (200 if "view" in may else 403)
    assert client.get(change(row)).status_code == (200 if "view" in may else 403)
    client.post(change(row), {"state": "declined", "remark": "Checked."})
    row.refresh_from_db()
    assert row.state == ("declined" if "change" in may else "new")
    client.post(reverse("admin:comparison_suggestion_delete", args=[row.pk]), {"post": "yes"})
    assert Suggestion.objects.exists() == ("delete" not in may)


def test_nobody_adds_or_rewords_one(root):
    row = suggestion()
    assert root.get(reverse("admin:comparison_suggestion_add")).status_code == 403
    root.post(
        change(row),
        {
            "state": "taken-up",
            "remark": "",
            "text": "Reworded by somebody.",
            "address": "https://evil.example/",
        },
    )
    row.refresh_from_db()
    assert (row.state, row.text, row.address) == ("taken-up", SAID["text"], "")


def test_the_list_is_newest_first_filtered_and_searched(root):
    old = suggestion(
        text="The older of the two.", sent_at=timezone.now() - timedelta(days=2), state="declined"
    )
    new = suggestion(text="The newer of the two.", criterion="speed", option="ada")
    suggestion(text="Of another comparison.", comparison="other")
    page = root.get(f"{LIST}?comparison=tiny").content.decode()
    assert page.index(change(new)) < page.index(change(old))
    assert "speed of ada" in page and "the whole comparison" in page
    assert "Of another" not in page
    assert change(new) not in root.get(f"{LIST}?state__exact=declined").content.decode()
    found = root.get(f"{LIST}?q=newer").content.decode()
    assert change(new) in found and change(old) not in found


@pytest.mark.parametrize(
    ("action", "state"), [("mark_taken_up", "taken-up"), ("mark_declined", "declined")]
)
def test_several_are_marked_at_once(action, state):
    rows = [suggestion(), suggestion(), suggestion()]
    editor = member("Editor")
    editor.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows[:2]]})
    assert [s.state for s in Suggestion.objects.order_by("pk")] == [state, state, "new"]


def test_somebody_who_only_looks_has_no_actions():
    user = User.objects.create_user("vic", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_suggestion"))
    client = Client()
    client.force_login(user)
    row = suggestion()
    client.post(LIST, {"action": "mark_declined", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.state == "new"


def test_its_page_leads_to_the_cell_and_to_the_drafts_row(root):
    criterion = worlds.draft().criteria.get(slug="speed")
    row = suggestion(criterion="speed", option="ada")
    links = {e.get("href") for e in Page(root.get(change(row)).content.decode()).find("a")}
    assert {"/tiny/cell/speed/ada/", "/tiny/@1/cell/speed/ada/"} <= links
    assert reverse("admin:comparison_criterion_change", args=[criterion.pk]) in links
    rename()
    links = {e.get("href") for e in Page(root.get(change(row)).content.decode()).find("a")}
    assert reverse("admin:comparison_criterion_change", args=[criterion.pk]) in links
    whole = {e.get("href") for e in Page(root.get(change(suggestion())).content.decode()).find("a")}
    assert {"/tiny/", "/tiny/@1/"} <= whole


def test_hostile_text_is_text_in_the_admin(root):
    row = suggestion(
        text=HOSTILE + " javascript:alert(1) https://evil.example/",
        contact=HOSTILE,
        address="https://evil.example/\"'><b>",
    )
    for address in (LIST, change(row)):
        page = root.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    links = [
        e
        for e in Page(root.get(change(row)).content.decode()).find("a")
        if "evil" in e.get("href", "")
    ]
    assert [e["href"] for e in links] == [row.address]  # the one in the text is no link
    assert links[0]["rel"] == "noopener noreferrer nofollow"


def test_an_address_that_is_none_of_the_web_is_no_link():
    shown = SuggestionAdmin.source(None, Suggestion(address="javascript:alert(1)"))
    assert shown == "javascript:alert(1)"
    assert SuggestionAdmin.source(None, Suggestion()) == "–"


def test_the_comparisons_page_says_how_many_are_new(root):
    suggestion()
    suggestion(state="declined")
    suggestion(comparison="former")
    FormerAddress.objects.create(slug="former", successor="tiny")
    draft = worlds.draft()
    page = Page(
        root.get(reverse("admin:comparison_comparison_change", args=[draft.pk])).content.decode()
    )
    assert "Suggestions of readers (2 new)" in page.text
    (link,) = [e["href"] for e in page.find("a") if "/suggestion/?" in e.get("href", "")]
    assert "3 suggestions" in words_of(root.get(link).content.decode())


def test_the_list_asks_no_more_for_more_rows(root, django_assert_max_num_queries):
    for _ in range(40):
        suggestion(criterion="speed", option="ada")
    with django_assert_max_num_queries(10):
        root.get(LIST)


def test_the_page_of_the_list_holds_nothing_that_the_policy_blocks(root):
    for address in (LIST, change(suggestion())):
        assert not re.search(r"<[^>]*\s(style|on\w+)=", root.get(address).content.decode())
