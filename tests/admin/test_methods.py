"""Every address of the admin, asked by every method of HTTP: none breaks, none changes anything for
who may nothing, and what takes none of them says which it takes.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client

from comparison.models import Comparison
from comparison.web import refusals
from tests.admin.every_address import LOOKED_AT, filled
from tests.suggesting import suggestion

pytestmark = pytest.mark.django_db
TO_FORMS = ("HEAD", "POST")  # GET is HEAD with a body, and is opened in test_roles.py
OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) \W(?!django_session|comparison_count)(\w+)")


@contextmanager
def what_is_written() -> Iterator[list[str]]:
    """Gather the tables that are written, but for sessions and what limits count."""
    tables: list[str] = []

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        tables.extend(match[2] for match in WRITES.finditer(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield tables


def _refused(client: Client, address: str, method: str) -> str:
    """Return what is wrong with an answer, or nothing."""
    with what_is_written() as tables:
        answer = client.generic(method, address, secure=False)
    if answer.status_code >= 500:
        return f"{method} {address}: {answer.status_code}"
    taken = answer.headers.get("Allow", "").split(", ")
    if answer.status_code == 405 and (method in taken or taken == [""]):
        return f"{method} {address}: says that it takes {taken}"
    if method in OTHERS and answer.status_code != 405:
        return f"{method} {address}: {answer.status_code}"
    return f"{method} {address}: writes {tables}" if tables else ""


@pytest.fixture
def addresses(released: Comparison, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    # what a page says is for other tests
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(refusals, "render_to_string", lambda *page: "")
    suggestion(comparison=released.slug)
    return [filled(route, released) for _, route in LOOKED_AT]


def test_who_may_nothing_changes_nothing_by_any_method(addresses: list[str]) -> None:
    client = Client(raise_request_exception=False)
    user = User.objects.create_user("nobody", is_staff=True)
    wrong = []
    client.force_login(user)
    for address in addresses:
        wrong += [_refused(client, address, method) for method in (*TO_FORMS, *OTHERS)]
        if address.endswith("/logout/"):
            client.force_login(user)
    assert list(filter(None, wrong)) == []


def test_what_no_form_sends_does_nothing_whoever_sends_it(addresses: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root"))
    wrong = [_refused(client, address, method) for address in addresses for method in OTHERS]
    assert list(filter(None, wrong)) == []
