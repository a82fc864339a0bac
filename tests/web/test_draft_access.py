"""Who reads a draft at `@draft/`: whoever may look at the comparison in the admin, and nobody else
at any address below.
"""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import URLPattern

from comparison.models import Comparison, Option
from comparison.publishing import publish
from comparison.urls import of_a_comparison
from tests import worlds

pytestmark = pytest.mark.django_db

MARK = "Quicksilver"  # stands in the draft alone
NAMED = {
    "criterion": "rate-limits",
    "option": "swift",
    "source": "agency",
    "section": "costs",
    "figure": "latency",
    "use_case": "first-product",
    "region": "results",
    "span": "1..2",
}
PLACES = [str(pattern.pattern) for pattern in of_a_comparison]
# passed on: of the newest release
PUBLIC = ("-/card.png", "-/qr.svg", "embed/", "share/", "-/share/copies/", "suggest/")
# parts of a page, and what is read by programs or within another page
NO_PAGES = ("-/", "embed/", "release.json")


def _filled(place: str) -> str:
    """Return a path of the URL map with something that exists in the place of each name."""
    for name, value in NAMED.items():
        place = re.sub(rf"<(\w+:)?{name}>", value, place)
    assert "<" not in place, f"{place}: say in NAMED what stands there"
    return place


def _person(*permissions: str, staff: bool = True) -> Client:
    user = User.objects.create_user("pat", is_staff=staff)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=permissions, content_type__app_label="comparison")
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def drafted() -> Comparison:
    """A comparison with one release, and a draft in which an option has another name."""
    comparison = worlds.draft(worlds.full_tree())
    publish.publish(comparison, "ada", "First.")
    Option.objects.filter(comparison=comparison, slug="swift").update(name=MARK)
    return comparison


def _shows_the_draft(response: Any) -> bool:
    return MARK.encode() in response.content


def _answers(client: Client) -> dict[str, Any]:
    """Return what a person gets at every address of the draft."""
    return {place: client.get(f"/full/@draft/{_filled(place)}") for place in PLACES}


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_readers_are_led_to_signing_in_and_get_nothing_in_the_place_of_a_draft(
    is_signed_in: bool, drafted: Comparison
) -> None:
    for place, response in _answers(
        _person("view_comparison", staff=False) if is_signed_in else Client()
    ).items():
        assert response.status_code == (403 if place.startswith(NO_PAGES) else 302), place
        assert not _shows_the_draft(response), place
        if not place.startswith("suggest/"):  # which leads everybody to the same form
            assert not response.headers.get("Cache-Control", "").startswith("public"), place


def test_staff_without_the_permission_hear_which_one_is_missing(drafted: Comparison) -> None:
    for place, response in _answers(_person()).items():
        assert not _shows_the_draft(response), place
        if place.startswith("suggest/"):
            assert response.status_code == 302, place
        else:
            assert response.status_code == 403, place
            assert "no-store" in response["Cache-Control"], place
            assert b"Can view comparison" in response.content, place


@pytest.mark.parametrize("permission", ["view_comparison", "change_comparison"])
def test_who_may_see_the_comparison_sees_its_draft_and_nothing_keeps_it(
    permission: str, drafted: Comparison
) -> None:
    answers = _answers(_person(permission))
    assert _shows_the_draft(answers[""])
    for place, response in answers.items():
        if place.startswith(PUBLIC):
            assert not _shows_the_draft(response), place
        else:
            assert response.status_code == 200, place
            assert "no-store" in response["Cache-Control"], place
            assert "ETag" not in response, place


def test_an_account_out_of_service_sees_no_draft(drafted: Comparison) -> None:
    client = _person("view_comparison")
    User.objects.update(is_active=False)
    assert client.get("/full/@draft/").status_code == 302


def test_an_unfinished_draft_breaks_no_address(drafted: Comparison) -> None:
    Option.objects.update(name="")
    for place, response in _answers(_person("view_comparison")).items():
        assert response.status_code < 500, place


def test_every_address_is_walked() -> None:
    assert all(isinstance(pattern, URLPattern) for pattern in of_a_comparison)
