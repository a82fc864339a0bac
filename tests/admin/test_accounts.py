"""Who manages accounts makes nobody mightier than themselves, takes over no mightier account, and
never leaves the site without somebody who manages accounts.
"""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from comparison.models import Confinement
from comparison.publishing.draft.draft_writing import clear
from comparison.web.sign_in.first_link import is_needed
from tests import worlds
from tests.admin.filled_form import send, sent_by

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-for-tests-7"


def _account(name: str, role: str = "", **columns: Any) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **columns)
    user.groups.set(Group.objects.filter(name=role))
    return user


def _client(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _form(account: User) -> str:
    return reverse("admin:auth_user_change", args=[account.pk])


def _save(client: Client, account: User, **changes: Any) -> Any:
    """Return the answer to an account's form that is sent with some fields changed; None: without
    the field.
    """
    filled = sent_by(client, _form(account), "user_form") | {
        name: value if isinstance(value, list) else [str(value)] for name, value in changes.items()
    }
    left_out = [name for name, value in changes.items() if value is None]
    return send(client, _form(account), {k: v for k, v in filled.items() if k not in left_out})


def _key(role: str) -> str:
    return str(Group.objects.get(name=role).pk)


@pytest.fixture
def ada() -> User:
    return _account("ada", "Administrator")


def test_an_administrator_makes_an_account_that_may_sign_in_and_gives_it_a_role(ada: User) -> None:
    client = _client(ada)
    sent = {"username": "wim", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("admin:auth_user_add"), sent)
    wim = User.objects.get(username="wim")
    assert answer["Location"] == _form(wim)
    assert (wim.is_staff, wim.is_superuser) == (True, False)
    assert _save(client, wim, groups=_key("Writer")).status_code == 302
    assert User.objects.get(pk=wim.pk).has_perm("comparison.change_cell")
    assert Client().login(username="wim", password=PASSWORD)


def test_an_administrator_makes_no_superuser_and_gives_no_permission_by_itself(ada: User) -> None:
    client = _client(ada)
    mighty = Permission.objects.get(codename="change_permission")
    guests = Group.objects.create(name="Mighty")
    guests.permissions.add(mighty)
    for account in (ada, _account("eve", "Editor")):
        html = client.get(_form(account)).content.decode()
        assert 'name="is_superuser"' not in html and 'name="user_permissions"' not in html
        roles = [_key(group.name) for group in account.groups.all()]
        wrong = {"is_superuser": "on", "user_permissions": mighty.pk}
        _save(client, account, **wrong)
        refused = _save(client, account, groups=[*roles, str(guests.pk)])
        assert "Select a valid choice" in refused.content.decode()
        account = User.objects.get(pk=account.pk)
        assert not account.is_superuser
        assert not account.user_permissions.exists()
        assert guests not in account.groups.all()
    new = {"username": "zed", "password1": PASSWORD, "password2": PASSWORD, "is_superuser": "on"}
    client.post(reverse("admin:auth_user_add"), new)
    assert not User.objects.get(username="zed").is_superuser


@pytest.mark.parametrize("is_active", [True, False], ids=["in service", "out of service"])
@pytest.mark.parametrize("might", ["superuser", "a permission more"])
def test_an_account_that_may_more_is_not_taken_over(might: str, is_active: bool, ada: User) -> None:
    root = _account("root", is_superuser=might == "superuser", is_active=is_active)
    if might != "superuser":
        root.user_permissions.add(Permission.objects.get(codename="delete_user"))
    client = _client(ada)
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {"password1": f"{PASSWORD}8", "password2": f"{PASSWORD}8"}
    assert client.get(_form(root)).status_code == 200  # to look at
    sent = {"username": "root", "is_active": "on", "is_staff": "on", "email": "me@example.org"}
    assert client.post(_form(root), sent).status_code == 403
    assert client.post(password, new).status_code == client.get(password).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[root.pk])).status_code == 403
    stored = User.objects.get(pk=root.pk)
    assert (stored.password, stored.is_active, stored.email) == (root.password, is_active, "")


@pytest.mark.parametrize(
    "lost", [{"groups": None}, {"is_active": None}, {"is_staff": None}], ids=str
)
def test_the_last_account_that_manages_accounts_stays(lost: dict[str, Any], ada: User) -> None:
    client = _client(ada)
    _account("eve", "Editor")
    _account("out", "Administrator", is_active=False)
    refused = _save(client, ada, **lost)
    assert refused.status_code == 200
    assert "the last account that manages accounts" in refused.content.decode()
    _account("ida", "Administrator")
    assert _save(client, ada, **lost).status_code == 302


def test_no_account_is_without_a_password(ada: User) -> None:
    """Nobody signs in here by anything else, so the last one would be shut out."""
    client, without = _client(ada), {"usable_password": "false", "unset-password": "1"}
    ida = _account("ida", "Administrator")
    address = reverse("admin:auth_user_password_change", args=[ida.pk])
    assert "unset-password" not in client.get(address).content.decode()
    assert "This field is required" in client.post(address, without).content.decode()
    client.post(reverse("admin:auth_user_add"), without | {"username": "zed"})
    assert not User.objects.filter(username="zed").exists()
    assert Client().login(username="ida", password=PASSWORD)
    new = {"password1": f"{PASSWORD}8", "password2": f"{PASSWORD}8"}
    assert client.post(address, new)["Location"] == _form(ida)
    assert Client().login(username="ida", password=f"{PASSWORD}8")


@pytest.mark.parametrize("spelled", ["{}", "0{}", " {}"])
def test_ones_own_password_is_changed_by_who_knows_it(spelled: str, ada: User) -> None:
    new, key = f"{PASSWORD}8", spelled.format(ada.pk)
    address = reverse("admin:auth_user_password_change", args=[key])
    answer = _client(ada).post(address, {"password1": new, "password2": new})
    assert answer["Location"] == reverse("admin:password_change")
    assert Client().login(username="ada", password=PASSWORD)


def test_who_guesses_an_old_password_at_an_open_session_has_five_tries(ada: User) -> None:
    client, new = _client(ada), f"{PASSWORD}8"
    address = reverse("admin:password_change")
    wrong = {"old_password": "no", "new_password1": new, "new_password2": new}
    assert [client.post(address, wrong).status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.post(address, wrong | {"old_password": PASSWORD}).status_code == 429
    assert Client().login(username="ada", password=PASSWORD)


def test_who_has_no_password_is_nobody_to_take_over(ada: User) -> None:
    ida, client = _account("ida", "Administrator"), _client(ada)
    ida.set_unusable_password()
    ida.save()
    refused = _save(client, ada, is_active=None)
    assert "the last account that manages accounts" in refused.content.decode()
    ada.set_unusable_password()
    ada.save()
    assert is_needed()  # a link for the first administrator leads in


def test_a_superuser_does_not_delete_the_last_one_either() -> None:
    root = _account("root", is_superuser=True)
    client, address = _client(root), reverse("admin:auth_user_delete", args=[root.pk])
    client.post(address, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), chosen)
    assert User.objects.filter(pk=root.pk).exists()


def test_the_roles_themselves_are_changed_by_nobody() -> None:
    client, role = _client(_account("root", is_superuser=True)), Group.objects.get(name="Writer")
    address = reverse("admin:auth_group_change", args=[role.pk])
    assert client.post(address, {"name": "Scribe", "permissions": []}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [role.pk], "post": "yes"}
    client.post(reverse("admin:auth_group_changelist"), chosen)
    assert Group.objects.filter(pk=role.pk, name="Writer").exists()


def test_an_account_is_given_some_comparisons_alone_and_all_again(ada: User) -> None:
    one, eve, client = worlds.draft(), _account("eve", "Editor"), _client(ada)
    assert "every comparison" in client.get(reverse("admin:auth_user_changelist")).content.decode()
    unticked = _save(client, eve, comparisons=one.pk)
    assert "Tick this" in unticked.content.decode()
    assert _save(client, eve, comparisons=one.pk, only_chosen="on").status_code == 302
    assert list(Confinement.objects.get(user=eve).comparisons.all()) == [one]
    clear(one)
    one.delete()
    assert "no comparison" in client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert _save(client, eve, first_name="Eve").status_code == 302
    assert not Confinement.objects.get(user=eve).comparisons.exists()  # still none, and not all
    assert _save(client, eve, only_chosen=None).status_code == 302
    assert not Confinement.objects.exists()
    refused = _save(client, ada, only_chosen="on")
    assert "manages every comparison" in refused.content.decode()


def test_a_writer_deletes_one_row_and_not_all_of_a_kind_at_one_click(drinks: Any) -> None:
    rows = drinks.options.all()
    listed = reverse("admin:comparison_option_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [one.pk for one in rows]}
    for role, offered in (("Writer", False), ("Editor", True)):
        client = _client(_account(role, role))
        assert ("delete_selected" in client.get(listed, follow=True).content.decode()) == offered
        answer = client.post(f"{listed}?comparison__id__exact={drinks.pk}", chosen)
        assert (b'name="post"' in answer.content or b"Cannot delete" in answer.content) == offered
    one = reverse("admin:comparison_component_delete", args=[drinks.components.all()[0].pk])
    assert _client(User.objects.get(username="Writer")).get(one).status_code == 200


def test_the_command_makes_an_administrator_first_and_then_editors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed: list[str] = []
    monkeypatch.setattr("comparison.management.commands.account.getpass", lambda _: typed.pop(0))
    for name, role, given in (
        ("ada", "Administrator", []),
        ("eve", "Editor", []),
        ("wim", "Writer", ["--role", "Writer"]),
    ):
        typed[:] = [PASSWORD, PASSWORD]
        out = StringIO()
        call_command("account", name, *given, stdout=out)
        assert f"as {role}" in out.getvalue()
        account = User.objects.get(username=name)
        assert [group.name for group in account.groups.all()] == [role]
        assert (account.is_staff, account.is_superuser) == (True, False)
    for passwords in (["short"], [PASSWORD, "another"]):
        typed[:] = passwords
        with pytest.raises(CommandError):
            call_command("account", "zed")
    assert not User.objects.filter(username="zed").exists()
