"""The table of the README that says who may what is what every address of the admin does, for each
kind of visitor, whether it is opened or something is sent there.

An address that is not in the table fails: it belongs into it.
"""

import re
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from comparison.models import Comparison, Release
from comparison.models.accounts import ROLES
from tests.admin.every_address import ALL, LOOKED_AT, filled
from tests.house import ROOT
from tests.suggesting import suggestion

pytestmark = pytest.mark.django_db

HEAD = "| address | nobody | no role | Writer | Editor | Administrator | superuser |"
VISITORS = [cell.strip() for cell in HEAD.strip("|").split("|")][1:]
QUERIES = {
    "autocomplete": "?app_label=comparison&model_name=cell&field_name=criterion&term=a",
}
Line = tuple[list[str], dict[str, str]]  # names of addresses, what each visitor may


def documented() -> list[Line]:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").split(HEAD)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        first, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        rows.append((re.findall("`([^`]+)`", first), dict(zip(VISITORS, cells, strict=True))))
    return rows


def of_name(name: str) -> list[Line]:
    """Return the rows of the table that are of an address: those that name it most closely."""
    fitting = [(len(one), row) for row in documented() for one in row[0] if fnmatchcase(name, one)]
    closest = max((length for length, _ in fitting), default=0)
    return [row for length, row in fitting if length == closest]


@pytest.mark.parametrize("name", sorted({name for name, _ in ALL}))
def test_every_address_stands_in_the_table_once(name: str) -> None:
    assert len(of_name(name)) == 1, f"{name}: say in the README, under Accounts, who may what there"


def test_the_table_names_no_address_that_is_not_there() -> None:
    names = {name for name, _ in ALL}
    for row in documented():
        for one in row[0]:
            assert any(fnmatchcase(name, one) for name in names), one


def _client(visitor: str) -> Client:
    client = Client(raise_request_exception=False)
    if visitor == "superuser":
        client.force_login(User.objects.create_superuser("root"))
    elif visitor != "nobody":
        user = User.objects.create_user(visitor, is_staff=True)
        user.groups.set(Group.objects.filter(name=visitor))
        client.force_login(user)
    return client


def _may(client: Client, address: str) -> str:
    """Return what a visitor may at an address, in the table's words. What is sent is taken back."""
    answers = []
    for send in (client.get, client.post):
        before, cookies = transaction.savepoint(), client.cookies.copy()
        answers.append(send(address))
        client.cookies = cookies
        transaction.savepoint_rollback(before)
    refused = [answer.status_code in (403, 405) for answer in answers]
    if all(answer.headers.get("Location", "").startswith("/admin/login/") for answer in answers):
        return "login"
    assert all(answer.status_code < 500 for answer in answers), address
    return {(False, False): "yes", (False, True): "look", (True, True): "-"}.get(
        (refused[0], refused[1]), "send"
    )


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_does_what_the_table_says(
    visitor: str, released: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what a page says is for other tests
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    suggestion(comparison=released.slug)
    client = _client(visitor)
    Group.objects.get_or_create(name="Guests")
    wrong = {}
    for name, route in LOOKED_AT:
        address = filled(route, released) + QUERIES.get(name, "")
        does, said = _may(client, address), of_name(name)[0][1][visitor]
        if does != said:
            wrong[address] = f"{does}, and not {said}"
    assert wrong == {}
    assert Release.objects.count() == 1


def test_the_roles_are_what_they_are_after_every_start(db: Any) -> None:
    from django.core.management import call_command

    writer = Group.objects.get(name="Writer")
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    writer.permissions.set(Group.objects.get(name="Administrator").permissions.all())
    call_command("migrate", verbosity=0)
    after = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    assert after == before
    assert set(after) == set(ROLES)
