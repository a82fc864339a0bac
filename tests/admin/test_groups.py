"""Who may change groups gives nobody, and so nor themselves, what they may not."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from tests.admin.drinks import logged_in, member

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:auth_group_changelist"), reverse("admin:auth_group_add")


def _group(name: str, *codenames: str) -> Group:
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def _form(group: Group) -> str:
    return reverse("admin:auth_group_change", args=[group.pk])


def _names(group: Group) -> set[str]:
    return {one.codename for one in group.permissions.all()}


@pytest.fixture
def groupers() -> Group:
    return _group("Groupers", "add_group", "view_group", "change_group", "delete_group")


@pytest.fixture
def grouper(groupers: Group) -> Client:
    eve = member("eve", "Editor")
    eve.groups.add(groupers)
    return logged_in(eve)


def test_who_changes_groups_gives_none_what_they_may_not(grouper: Client, groupers: Group) -> None:
    before, key = _names(groupers), Permission.objects.get(codename="delete_user").pk
    for address, name in ((_form(groupers), "Groupers"), (ADD, "Mighty")):
        answer = grouper.post(address, {"name": name, "permissions": [key]})
        assert answer.status_code == 200, address
        assert "not one of the available choices" in answer.content.decode()
    assert _names(groupers) == before and not Group.objects.filter(name="Mighty").exists()
    may = Permission.objects.get(codename="change_cell").pk
    assert grouper.post(ADD, {"name": "Few", "permissions": [may]}).status_code == 302
    assert _names(Group.objects.get(name="Few")) == {"change_cell"}


def test_a_group_that_may_more_is_changed_and_deleted_by_none_who_may_less(grouper: Client) -> None:
    mighty = _group("Mighty", "delete_user")
    sent: dict[str, Any] = {"name": "Meek", "permissions": []}
    assert grouper.post(_form(mighty), sent).status_code == 403
    delete = reverse("admin:auth_group_delete", args=[mighty.pk])
    assert grouper.post(delete, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [mighty.pk], "post": "yes"}
    assert grouper.post(LIST, chosen).status_code == 403
    assert _names(Group.objects.get(name="Mighty")) == {"delete_user"}


def test_a_superuser_gives_all(root: Client) -> None:
    mighty = _group("Mighty")
    key = Permission.objects.get(codename="delete_user").pk
    sent = {"name": "Mighty", "permissions": [key]}
    assert root.post(_form(mighty), sent).status_code == 302
    assert _names(mighty) == {"delete_user"}
