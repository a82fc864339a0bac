"""What the admin refuses is said inside the admin, and what was typed comes back to the editor, and
to nobody else.
"""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

from comparison.models import Cell, Comparison
from tests import worlds
from tests.admin.filled_form import FilledForm, send, sent_by
from tests.tools import Page

pytestmark = pytest.mark.django_db

OWN = "http://testserver"
WORDS = "Words that took\nan hour & <b>more</b>"
AS_SENT = WORDS.replace("\n", "\r\n")  # as browsers send line ends
PASSWORD = "a-long-password-for-tests-7"


@pytest.fixture
def tiny() -> Comparison:
    return worlds.draft()


def _member(group: str = "Editor") -> User:
    user = User.objects.create_user(f"member-{group}", password=PASSWORD, is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def _client(group: str = "Editor", **options: Any) -> Client:
    client = Client(enforce_csrf_checks=True, headers={"Origin": OWN}, **options)
    client.force_login(_member(group))
    return client


def _form_of(row: Any) -> str:
    return reverse(f"admin:comparison_{row._meta.model_name}_change", args=[row.pk])


def _typing(client: Client, address: str, field: str = "note") -> dict[str, list[str]]:
    """Return what an editor is about to send: the form as it was opened, with an hour's work in one
    field.
    """
    return sent_by(client, address, "cell_form") | {field: [AS_SENT]}


def _is_of_the_admin(response: Any) -> str:
    """Assert that an answer looks like the admin, leads back into it, and is kept by nobody; return
    its HTML.
    """
    html: str = response.content.decode()
    assert 'id="content-main"' in html
    assert 'href="/admin/"' in html
    assert 'href="/static/admin/' in html
    assert "no-store" in response["Cache-Control"]
    return html


def _given_back(response: Any) -> list[str]:
    """Return the texts that stand in the page for the editor to read."""
    html = _is_of_the_admin(response)
    return html.split('class="typed"')[1].split("<textarea")[1:] if 'class="typed"' in html else []


def _has_words(response: Any) -> bool:
    return any(
        "Words that took" in text and "&amp; &lt;b&gt;more" in text
        for text in _given_back(response)
    )


def _pressed(client: Client, response: Any) -> Any:
    """Return the answer to sending again what a page of a refusal holds."""
    html = response.content.decode()
    address = (
        html.split('action="', 2)[-1]
        if 'id="resend"' not in html
        else html.split('id="resend"')[0].rsplit('action="', 1)[1]
    )
    return send(client, address.split('"')[0], FilledForm(html, "resend").sent)


def _note(cell: Cell) -> str:
    return Cell.objects.get(pk=cell.pk).note


# --- the form's token -----------------------------------------------------------------------------


@pytest.mark.parametrize("gone", ["cookie", "field", "both wrong"])
def test_a_form_without_its_token_comes_back_with_what_was_typed_and_is_saved_when_sent_again(
    gone: str, tiny: Comparison
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed = _typing(client, _form_of(cell)) | {"_continue": ["Save"]}
    if gone == "cookie":
        del client.cookies["csrf"]
    elif gone == "field":
        del typed["csrfmiddlewaretoken"]
    else:
        typed["csrfmiddlewaretoken"] = ["x" * 64]
    before = _note(cell)
    refused = send(client, _form_of(cell), typed)
    assert refused.status_code == 403
    assert _has_words(refused)
    assert _note(cell) == before
    assert _pressed(client, refused).status_code == 302
    assert _note(cell).replace("\r\n", "\n") == WORDS


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", f"{OWN}.elsewhere.example"])
def test_what_another_site_sends_is_neither_saved_nor_shown(origin: str, tiny: Comparison) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed = _typing(client, _form_of(cell))
    before = _note(cell)
    for left_out in ((), ("csrfmiddlewaretoken",)):
        forged = {name: values for name, values in typed.items() if name not in left_out}
        refused = send(client, _form_of(cell), forged, headers={"Origin": origin})
        assert refused.status_code == 403
        assert "Words that took" not in _is_of_the_admin(refused)
    assert _note(cell) == before


# --- signed out while typing ----------------------------------------------------------------------


@pytest.mark.parametrize("is_cookie_gone", [False, True])
def test_who_was_signed_out_while_typing_signs_in_and_goes_on(
    is_cookie_gone: bool, tiny: Comparison
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed = _typing(client, _form_of(cell))
    before = _note(cell)
    del client.cookies["session"]
    if is_cookie_gone:
        del client.cookies["csrf"]
    refused = send(client, _form_of(cell), typed)
    assert refused.status_code == 403
    assert _has_words(refused)
    signing_in = FilledForm(refused.content.decode(), "login-form").sent
    wrong = send(
        client, "/admin/login/", signing_in | {"username": "member-Editor", "password": "wrong"}
    )
    signing_in = FilledForm(wrong.content.decode(), "login-form").sent
    again = send(
        client, "/admin/login/", signing_in | {"username": "member-Editor", "password": PASSWORD}
    )
    assert _has_words(again)
    assert PASSWORD not in again.content.decode()
    assert _note(cell) == before
    assert _pressed(client, again).status_code == 302
    assert _note(cell).replace("\r\n", "\n") == WORDS


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/admin/", "/tiny/", "/adminer/"]
)
def test_what_waited_is_sent_to_the_admin_alone(address: str, tiny: Comparison) -> None:
    _member()
    client = Client()
    sent = {"username": "member-Editor", "password": PASSWORD, "next": address, "typed:note": "x"}
    assert b'id="resend"' not in client.post("/admin/login/", sent).content


def test_signing_out_twice_and_signing_in_without_typing_are_as_ever(tiny: Comparison) -> None:
    client = Client()
    assert client.post("/admin/logout/")["Location"] == "/admin/"
    _member()
    sent = {"username": "member-Editor", "password": PASSWORD, "next": "/admin/comparison/cell/"}
    assert client.post("/admin/login/", sent)["Location"] == "/admin/comparison/cell/"


def test_the_address_for_signing_out_signs_nobody_out_and_says_how(tiny: Comparison) -> None:
    client = _client()
    response = client.get("/admin/logout/")
    assert response.status_code == 405
    assert "POST" in response["Allow"]
    assert 'action="/admin/logout/"' in _is_of_the_admin(response)
    assert client.get("/admin/").status_code == 200


# --- too much, and not to be read -----------------------------------------------------------------


def test_too_many_fields_are_refused_inside_the_admin_and_given_back(tiny: Comparison) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    refused = send(
        client,
        _form_of(cell),
        _typing(client, _form_of(cell)) | {f"more-{number}": "x" for number in range(1_000)},
    )
    assert refused.status_code == 400
    assert _has_words(refused)


@pytest.mark.parametrize("size", [3_000_000, 30_000_000])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_too_much_text_is_given_back_to_editors_within_reason(
    is_signed_in: bool, size: int, tiny: Comparison
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed = _typing(client, _form_of(cell)) | {"text": ["x" * size]}
    if not is_signed_in:
        del client.cookies["session"]
    refused = send(client, _form_of(cell), typed)
    assert refused.status_code == 400
    assert _has_words(refused) == (is_signed_in and size < 10_000_000)


@pytest.mark.parametrize(
    "address",
    [
        "cell/?criterion__comparison__id__exact=99999999999999999999",
        "cell/?option__id__exact=abc",
        "cell/?criterion__comparison__id__exact=99999999999999999999&e=1",
        "cell/?secret=1",
        "cell/?q=%00",
        "cell/?text=%00",
        "cell/?p=99999999999999999999",
        "cell/?o=99999999999999999999",
        "cell/99999999999999999999/change/",
        "cell/%00/change/",
        "cell/add/?criterion=abc",
        "cell/add/?criterion=99999999999999999999",
        "cell/add/?criterion=%00",
        "cell/add/?option=abc&score=abc",
        "cell/add/?_changelist_filters=criterion__comparison__id__exact%3D99999999999999999999",
        "criterion/add/?comparison=99999999999999999999",
        "criterion/add/?comparison=%C2%B2",
        "usecase/add/?must=abc,99999999999999999999",
        "release/?published_at__year=99999999999999999999",
        "release/?published_at__year=2024&published_at__month=13",
        "nothing/",
        "cell/?" + "&".join(f"k{number}=1" for number in range(1_001)),
    ],
    ids=lambda address: address[:60],
)
def test_no_address_of_the_admin_breaks(address: str, tiny: Comparison) -> None:
    client = _client()
    client.raise_request_exception = False
    response = client.get(f"/admin/comparison/{address}", follow=True)
    assert response.status_code < 500
    if response.status_code >= 400:
        _is_of_the_admin(response)


@pytest.mark.parametrize("of", ["9" * 20, "abc", "%00", "%C2%B2", ""])
def test_no_search_for_a_row_breaks(of: str, tiny: Comparison) -> None:
    client = _client()
    client.raise_request_exception = False
    query = f"app_label=comparison&model_name=cell&field_name=criterion&term=a&of={of}"
    assert client.get(f"/admin/autocomplete/?{query}").status_code == 200


# --- what is no longer there, and what may not be -------------------------------------------------


def test_a_row_that_was_deleted_meanwhile_gives_the_text_back(tiny: Comparison) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed, address = _typing(client, _form_of(cell)), _form_of(cell)
    Cell.objects.all().delete()
    refused = send(client, address, typed)
    assert refused.status_code == 404
    assert _has_words(refused)


def test_a_permission_that_was_withdrawn_meanwhile_gives_the_text_back_and_is_named(
    tiny: Comparison,
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed, address = _typing(client, _form_of(cell)), _form_of(cell)
    (group,) = User.objects.get().groups.all()
    group.permissions.clear()
    refused = send(client, address, typed)
    assert refused.status_code == 403
    assert _has_words(refused)
    assert "Can change cell" in _is_of_the_admin(refused)


def test_a_role_that_was_taken_meanwhile_signs_out_and_keeps_the_text(tiny: Comparison) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    typed, address = _typing(client, _form_of(cell)), _form_of(cell)
    User.objects.get().groups.clear()
    asked = send(client, address, typed)
    assert asked.status_code == 403
    assert _has_words(asked)
    assert Page(asked.content.decode()).find("input", name="password")


@pytest.mark.parametrize(
    "broken", [IntegrityError("UNIQUE"), OperationalError("disk is full"), RuntimeError("secret")]
)
def test_what_cannot_be_saved_comes_back_and_is_saved_when_sent_again(
    broken: Exception, tiny: Comparison
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    client.raise_request_exception = False
    typed = _typing(client, _form_of(cell))
    with patch.object(Cell, "save", side_effect=broken):
        refused = send(client, _form_of(cell), typed)
    assert refused.status_code in (409, 500, 503)
    assert _has_words(refused)
    assert "secret" not in refused.content.decode()
    assert _pressed(client, refused).status_code == 302
    assert _note(cell).replace("\r\n", "\n") == WORDS


def test_a_page_that_breaks_while_the_database_is_away_still_gives_the_text_back(
    tiny: Comparison,
) -> None:
    client, cell = _client(), Cell.objects.all()[0]
    client.raise_request_exception = False
    typed = _typing(client, _form_of(cell))
    with patch(
        "django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("away")
    ):
        refused = send(client, _form_of(cell), typed)
    assert refused.status_code == 503
    assert "The database does not answer" in refused.content.decode()
    assert "Words that took" in refused.content.decode()


def test_a_password_is_never_given_back(tiny: Comparison) -> None:
    client = _client()
    sent = {
        "old_password": PASSWORD,
        "new_password1": "another-long-one-8",
        "new_password2": "another-long-one-8",
    }
    refused = send(client, "/admin/password_change/", sent)
    assert refused.status_code == 403
    assert "another-long-one-8" not in _is_of_the_admin(refused)


@pytest.mark.parametrize("group", ["Writer", ""])
def test_every_refused_page_says_which_permission_is_missing(group: str, tiny: Comparison) -> None:
    client = _client(group)
    publish = reverse("admin:comparison_comparison_publish", args=[tiny.pk])
    permissions = (
        {"/admin/auth/user/": "Can view user"}
        if group
        else {_form_of(Cell.objects.all()[0]): "Can change cell"}
    )
    for address, permission in permissions.items():
        refused = client.get(address)
        assert refused.status_code == 403
        assert permission in _is_of_the_admin(refused)
    client.get("/admin/password_change/")
    refused = send(
        client, publish, {"csrfmiddlewaretoken": client.cookies["csrf"].value, "note": AS_SENT}
    )
    assert refused.status_code == 403
    assert _has_words(refused)


def test_who_signs_in_with_an_address_of_another_site_comes_to_the_home() -> None:
    _member()
    sent = {"username": "member-Editor", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert Client().post("/admin/login/", sent)["Location"] == "/admin/"
