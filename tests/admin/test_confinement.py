"""Who edits some comparisons alone sees, changes and finds nothing of any other, at whatever
address, with whatever key.
"""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison.models import Comparison, Confinement, Criterion, Release, Suggestion
from comparison.models.accounts import seen_by
from comparison.models.rows import Row
from comparison.publishing import publish
from tests import worlds
from tests.admin.every_address import LOOKED_AT, filled, is_tried, row_of
from tests.admin.filled_form import send, sent_by
from tests.suggesting import suggestion

pytestmark = pytest.mark.django_db

MARK = "Quicksilver"  # stands in every text of the other comparison
KINDS = [kind for kind in apps.get_models() if issubclass(kind, Row)]
WITH_PAGES = [kind for kind in KINDS if admin.site.is_registered(kind) and is_tried(kind)]
# what names no comparison, and shows the same to everybody
FOR_EVERYBODY = {"index", "login", "logout", "jsi18n", "app_list", "no-name"}


def _mark_every_text(comparison: Comparison) -> None:
    """Write the mark into every text of a draft."""
    for kind in (Comparison, *KINDS):
        way = "pk" if kind is Comparison else kind.way_to_comparison()
        texts = [
            field.name
            for field in kind._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.SlugField)
            and not field.choices
            and (field.max_length or 999) > 80
        ]
        rows = kind._base_manager.filter(**{way: comparison.pk})
        keys = list(rows.values_list("pk", flat=True))
        marked = {name: Concat(F(name), Value(MARK)) for name in texts}
        if marked:
            kind._base_manager.filter(pk__in=keys).update(**marked)


def _tree(**changes: Any) -> dict[str, Any]:
    """Return a tree with a row of every kind, whose former addresses are nobody else's."""
    tree = worlds.full_tree(**changes)
    return tree | {"renamed": [one for one in tree["renamed"] if one["kind"] != "comparison"]}


@pytest.fixture
def mine() -> Comparison:
    comparison = worlds.draft(_tree(slug="mine"))
    publish.publish(comparison, "ada", "First.")
    return comparison


@pytest.fixture
def theirs(mine: Comparison) -> Comparison:
    comparison = worlds.draft(_tree(slug="theirs", title=f"{MARK}?"))
    publish.publish(comparison, "ada", MARK)
    _mark_every_text(comparison)
    suggestion(comparison="theirs", text=f"{MARK} is faster.")
    return comparison


def _editor(*comparisons: Comparison, role: str = "Editor") -> Client:
    user = User.objects.create_user(f"eve-{role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    Confinement.objects.create(user=user).comparisons.set(comparisons)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _everything(comparison: Comparison) -> dict[str, list[Any]]:
    """Return every row of a comparison, as it is stored."""
    ways = {Comparison: "pk"} | {kind: kind.way_to_comparison() for kind in KINDS}
    return {
        kind.__name__: list(
            kind._base_manager.filter(**{way: comparison.pk}).order_by("pk").values()
        )
        for kind, way in ways.items()
    }


def test_no_address_of_the_admin_shows_or_takes_anything_of_another_comparison(
    mine: Comparison, theirs: Comparison
) -> None:
    client, before, wrong = _editor(mine), _everything(theirs), []
    for name, route in LOOKED_AT:
        address = filled(route, theirs)
        if name == "logout":
            continue
        names_a_row = str(theirs.pk) in address.split("/") or "/change/" in address
        for answer in (client.get(address), client.post(address, {"post": "yes", "state": "new"})):
            shows = MARK.encode() in answer.content or answer.status_code >= 500
            opens = names_a_row and name not in FOR_EVERYBODY and answer.status_code == 200
            if shows or opens:
                wrong.append((address, answer.status_code))
    assert wrong == []
    assert _everything(theirs) == before
    assert Release.objects.filter(slug="theirs").count() == 1
    assert Suggestion.objects.filter(comparison="theirs", state="new").count() == 1


def test_no_form_takes_a_row_of_another_comparison(mine: Comparison, theirs: Comparison) -> None:
    client, before = _editor(mine), _everything(theirs)
    for kind in WITH_PAGES:
        own, name = row_of(kind, mine), f"comparison_{kind._meta.model_name}"
        change = reverse(f"admin:{name}_change", args=[own.pk])
        add = reverse(f"admin:{name}_add") + f"?comparison={mine.pk}"
        relations = [
            field
            for field in (*kind._meta.concrete_fields, *kind._meta.many_to_many)
            if field.is_relation
        ]
        for address in (change, add):
            filled_in = sent_by(client, address, f"{kind._meta.model_name}_form")
            filled_in |= {"slug": ["never-there-before"]} if address == add else {}
            for field in relations:
                foreign, count = row_of(field.related_model, theirs), kind._base_manager.count()
                send(client, address, filled_in | {field.name: [str(foreign.pk)]})
                assert kind._base_manager.count() == count, (address, field.name)
                own = kind._base_manager.get(pk=own.pk)
                now = getattr(own, field.name)
                named = list(now.all()) if field.many_to_many else [now]
                assert foreign not in named, (address, field.name)
    assert _everything(theirs) == before


def test_searches_for_a_row_and_lists_by_another_comparisons_key_find_nothing(
    mine: Comparison, theirs: Comparison
) -> None:
    client = _editor(mine)
    query = "app_label=comparison&model_name=cell&field_name=criterion&term="
    found = client.get(f"/admin/autocomplete/?{query}&of={theirs.pk}").json()["results"]
    assert found == []
    every = client.get(f"/admin/autocomplete/?{query}").json()["results"]
    assert len(every) == Criterion.objects.filter(comparison=mine).count()
    for kind in WITH_PAGES:
        for only in (f"{kind.way_to_comparison()}__id__exact={theirs.pk}", "everywhere=1"):
            address = reverse(f"admin:comparison_{kind._meta.model_name}_changelist")
            answer = client.get(f"{address}?{only}", follow=True)
            assert MARK not in answer.content.decode(), address


def test_the_draft_of_another_is_refused_and_that_of_ones_own_is_shown(
    mine: Comparison, theirs: Comparison
) -> None:
    client = _editor(mine)
    assert client.get("/mine/@draft/").status_code == 200
    for address in ("/theirs/@draft/", "/theirs/@draft/sources/", "/theirs/@draft/-/view.json"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "edits other comparisons" in answer.content.decode()
    assert client.get("/theirs/").status_code == 200  # as every reader


def test_who_edits_some_begins_no_other_and_may_put_a_folder_in_the_place_of_their_own(
    mine: Comparison, theirs: Comparison
) -> None:
    client = _editor(mine)
    for page in ("new", "guided", "from_table", "add"):
        assert client.get(reverse(f"admin:comparison_comparison_{page}")).status_code == 403
    assert client.get(reverse("admin:comparison_comparison_upload")).status_code == 200
    copying = reverse("admin:comparison_comparison_copy", args=[mine.pk])
    assert client.get(copying).status_code == 403


def test_where_the_last_comparison_is_gone_nothing_is_left_rather_than_all(
    mine: Comparison, theirs: Comparison
) -> None:
    client = _editor()
    home = client.get("/admin/").content.decode()
    assert MARK not in home and "/comparison/comparison/" in home
    assert (
        client.get(reverse("admin:comparison_comparison_change", args=[mine.pk])).status_code == 302
    )


@pytest.mark.parametrize("role", ["Administrator", "superuser"])
def test_nothing_confines_who_manages_accounts(
    role: str, mine: Comparison, theirs: Comparison
) -> None:
    user = User.objects.create_user("ada", is_staff=True, is_superuser=role == "superuser")
    user.groups.set(Group.objects.filter(name=role))
    Confinement.objects.create(user=user).comparisons.add(mine)
    with seen_by(User.objects.get(pk=user.pk)):
        assert Comparison.objects.count() == 2
        assert user.has_perm("comparison.add_comparison")


def test_who_asks_is_forgotten_after_the_request(mine: Comparison, theirs: Comparison) -> None:
    _editor(mine).get("/admin/")
    assert Comparison.objects.count() == 2


def test_no_list_asks_the_database_more_often(mine: Comparison, theirs: Comparison) -> None:
    free = User.objects.create_user("fay", is_staff=True)
    free.groups.add(Group.objects.get(name="Editor"))
    client = Client()
    client.force_login(free)
    confined = _editor(mine)
    for kind in (Comparison, *WITH_PAGES):
        address = reverse(f"admin:comparison_{kind._meta.model_name}_changelist")
        if kind is not Comparison:
            address += f"?{kind.way_to_comparison()}__id__exact={mine.pk}"
        counts = []
        for one in (client, confined):
            one.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert one.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[1] <= counts[0], (address, counts)
