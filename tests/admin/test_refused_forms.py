"""Whatever form of the admin is refused, for whatever reason, the answer is a page of the admin and
holds what was typed.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from comparison.models import Comparison, Confinement
from comparison.publishing import publish
from tests import worlds
from tests.admin.filled_form import send, sent_by
from tests.suggesting import suggestion

pytestmark = pytest.mark.django_db
WORDS = "Words that took an hour"
OF_ONE = "/admin/comparison/comparison/1/"
# each form of our own, and one of each of Django's: the field in which somebody types for an hour
FORMS = {
    f"{OF_ONE}publish/": "note",
    f"{OF_ONE}step-by-step/question/": "title",
    f"{OF_ONE}copy/": "title",
    f"{OF_ONE}grid/matrix/1/": "words-1",
    f"{OF_ONE}change/": "summary",
    "/admin/comparison/comparison/from-table/": "paste",
    "/admin/comparison/comparison/new/step-by-step/": "title",
    "/admin/comparison/suggestion/1/change/": "remark",
    "/admin/comparison/source/add/?comparison=1": "title",
    "/admin/comparison/option/1/change/": "line",
}


def _signed_out(client: Client, typed: dict[str, Any]) -> None:
    del client.cookies["session"]


def _without_a_role(client: Client, typed: dict[str, Any]) -> None:
    User.objects.get(username="eve").groups.clear()


def _out_of_service(client: Client, typed: dict[str, Any]) -> None:
    User.objects.filter(username="eve").update(is_active=False)


def _of_yesterday(client: Client, typed: dict[str, Any]) -> None:
    typed["csrfmiddlewaretoken"] = ["x" * 64]


def _too_large(client: Client, typed: dict[str, Any]) -> None:
    typed["more"] = ["x" * 3_000_000]


REASONS = (_signed_out, _without_a_role, _out_of_service, _of_yesterday, _too_large)


@pytest.fixture
def eve() -> Client:
    publish.publish(worlds.draft(), "ada", "First.")
    Comparison.objects.update(summary="Another one, so that there is something to publish.")
    suggestion()
    user = User.objects.create_user("eve", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    client.force_login(user)
    return client


def _is_kept(response: Any) -> bool:
    html = response.content.decode()
    is_of_the_admin = "/static/admin/" in html and "All comparisons</a>" not in html.split("<h1")[0]
    return response.status_code in (400, 403, 404) and is_of_the_admin and WORDS in html


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__[1:])
def test_what_was_typed_into_any_form_comes_back(
    reason: Callable[[Client, dict[str, Any]], None], eve: Client
) -> None:
    filled = {address: sent_by(eve, address) for address in FORMS}
    lost = []
    for number, (address, field) in enumerate(FORMS.items()):
        assert field in filled[address], (address, sorted(filled[address]))
        typed = filled[address] | {field: [WORDS]}
        if number == 0 or reason in (_of_yesterday, _too_large):
            reason(eve, typed)
        response = send(eve, address, typed)
        if not _is_kept(response):
            lost.append((address, response.status_code))
    assert lost == []


def test_who_was_confined_to_another_comparison_meanwhile_keeps_what_was_typed(eve: Client) -> None:
    filled = {address: sent_by(eve, address) for address in FORMS}
    other = worlds.draft(worlds.tiny_tree(slug="other"))
    user = User.objects.get(username="eve")
    Confinement.objects.create(user=user).comparisons.set([other])
    lost = []
    for address, field in FORMS.items():
        response = send(eve, address, filled[address] | {field: [WORDS]})
        if not (_is_kept(response) or WORDS in response.content.decode()):
            lost.append((address, response.status_code))
    assert lost == []
    assert Comparison.objects.get(slug="tiny").options.filter(line=WORDS).count() == 0
