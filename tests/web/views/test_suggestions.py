"""A reader suggests a source or reports an error; editors read it. What is sent is bounded, kept as
text, and no draft's part.
"""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comparison.models import Suggestion
from tests import worlds
from tests.suggesting import CELL, HERE, SAID, field, rename, send, suggestion, written_in
from tests.tools import PAYLOAD, Page, get, html, publish, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tiny():
    """The tiny world as release 1."""
    return publish()


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
    ("query", "message"),
    [
        (
            "criterion=nope",
            (
                "The criterion that the link names does not exist here, or not any more. So "
                "this is about"
            ),
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
def test_an_unknown_name_is_said_kindly(query, message):
    words = words_of(html(f"{HERE}?{query}"))
    assert message in words
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
    for name in ("text", "proposed", "address", "quote", "contact"):
        assert page.find("label", **{"for": name})
        assert field(page, name)["aria-describedby"] in ids


def test_the_page_says_what_is_kept():
    words = words_of(html(HERE))
    assert (
        "What is kept: what you write here, when, about which cell, and which release you read."
        in words
    )
    assert "Neither your network address nor your browser is kept." in words
    of_editors = {"id", "state", "remark", "decided_at", "has_made_row"}
    of_editors |= {"into_source", "into_claim", "into_cell"}
    columns = {column.name for column in Suggestion._meta.get_fields()} - of_editors
    assert columns == {
        "comparison",
        "release",
        "criterion",
        "option",
        "text",
        "proposed",
        "address",
        "quote",
        "contact",
        "sent_at",
    }


def test_the_page_is_the_same_for_everybody_and_what_is_sent_is_answered_to_one():
    for address in (CELL, f"{HERE}?sent=1"):
        response = get(address)
        assert response.headers["Cache-Control"].startswith("public, ")
        assert not response.cookies and "Cookie" not in response.headers["Vary"]
        get(address, 304, **{"If-None-Match": response.headers["ETag"]})
    assert send(text="short").headers["Cache-Control"] == "private, no-store"


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
    ("name", "value", "message"),
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
def test_a_refused_field_is_told_beside_it_and_above_and_everything_typed_stays(
    name, value, message
):
    response = send(CELL + "&use=race", **{name: value})
    assert response.status_code == 200
    assert Suggestion.objects.count() == 0
    page = Page(response.content.decode())
    summary = Page(page.outer("problems"))
    assert (summary.elements[0]["role"], summary.elements[0]["tabindex"]) == ("alert", "-1")
    assert "autofocus" in summary.elements[0]
    assert [e["href"] for e in summary.find("a")] == [f"#{name}"]
    assert message in summary.text and message in words_of(page.outer(f"{name}-problem"))
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
        send(text=PAYLOAD, address=PAYLOAD, contact=PAYLOAD * 9),
        send(f"{HERE}?option={PAYLOAD}", address=PAYLOAD),
    ):
        assert "<script>alert" not in page.content.decode()
        assert "<img" not in page.content.decode()
        assert field(Page(page.content.decode()), "address")["value"] == PAYLOAD


# --- ways there and back --------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "@1/"])
@pytest.mark.parametrize("page", ["", "cell/speed/ada/", "-/claims/speed/ada/"])
def test_links_lead_there_and_back_to_the_same_view(place, page):
    view = f"/tiny/{place}{page}?use=race&w=ease:4"
    # at its foot a cell's page has one about the whole comparison, too
    form = "/suggest/speed/ada/" if page else "/suggest/"
    (link,) = {e["href"] for e in Page(html(view)).find("a") if form in e.get("href", "")}
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
