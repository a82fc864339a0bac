"""Who signed in and out, who tried in vain, who has another password, and who may do what from now
on: events for the log. Whose role has changed is signed out elsewhere.

Changes nothing else. A name that was typed in vain is told only where there is such an account: it
may be a password in the wrong field.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.http import HttpRequest

from comparison.publishing.events import tell
from comparison.web.limits.rate_limit import sender_of
from comparison.web.operation.log_lines import current
from comparison.web.sign_in.sessions import end_others

METHOD = "comparison.method"  # in a request's META: by what somebody signs in
RIGHTS = ("is_active", "is_staff", "is_superuser")


def connect() -> None:
    """Listen for all of them."""
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _sign_in_failed),
    ):
        signal.connect(receiver, dispatch_uid=f"events.{receiver.__name__}")
    pre_save.connect(_rights_before, sender=User, dispatch_uid="events.rights_before")
    post_save.connect(_rights_after, sender=User, dispatch_uid="events.rights_after")
    post_save.connect(_password_changed, sender=User, dispatch_uid="events.password_changed")
    for kind in (User, Group):
        pre_delete.connect(_deleted, sender=kind, dispatch_uid=f"events.deleted_{kind.__name__}")
    for roles in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_roles_changed, sender=roles, dispatch_uid=f"events.{roles.__name__}")


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    method = request.META.get(METHOD, "password")
    tell("sign-in", user=user.get_username(), method=method, network=sender_of(request))


def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        tell("sign-out", user=user.get_username(), network=sender_of(request))


def _sign_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    name = str(credentials.get("username", ""))
    known = get_user_model().objects.filter(username=name).exists()
    network = sender_of(request) if request else ""
    tell("sign-in failed", account=name if known else "unknown", network=network)


def _rights_before(instance: User, update_fields: Any = None, **_: Any) -> None:
    """Keep with a row that is saved what it was allowed; signing in saves none of that."""
    is_asked = instance.pk and (update_fields is None or set(RIGHTS) & set(update_fields))
    before = User.objects.filter(pk=instance.pk).values(*RIGHTS).first() if is_asked else None
    instance.__dict__["_rights_before"] = before or ({} if update_fields is None else None)


def _rights_after(instance: User, **_: Any) -> None:
    before = instance.__dict__.pop("_rights_before", None)
    if before is None:
        return
    changed = [right for right in RIGHTS if getattr(instance, right) != before.get(right, False)]
    for right in changed:
        what = right.removeprefix("is_")
        tell("role change", account=instance.get_username(), **{what: getattr(instance, right)})
    if changed and before:
        _end_sessions_of([instance])


def _password_changed(instance: User, created: bool, **_: Any) -> None:
    """Tell of another password; one that is only hashed anew, on signing in, is the same."""
    # Django's own mark of a password that was set and is being saved
    if created or instance.__dict__.get("_password") is None:
        return
    tell("password changed", account=instance.get_username(), **_by())


def _deleted(instance: User | Group, **_: Any) -> None:
    """Tell of an account that goes, or of a group, with which its members lose what it gave."""
    if isinstance(instance, User):
        tell("account deleted", account=instance.get_username(), **_by())
    else:
        tell("group deleted", group=instance.name, **_by())
        _end_sessions_of(instance.user_set.all())


def _by() -> dict[str, str]:
    """Return who does what is done now, where that is known."""
    user = getattr(now.request, "user", None) if (now := current.get()) else None
    return {"user": user.get_username()} if user is not None and user.is_authenticated else {}


def _roles_changed(
    instance: Any, action: str, model: Any, pk_set: set[int] | None, **_: Any
) -> None:
    """Tell of groups and permissions that somebody, or a group, was given or lost."""
    if isinstance(instance, Group) and model is Permission and current.get() is None:
        return  # our own two groups, after a migration
    if action == "pre_clear":
        tell("role change", of=str(instance), kind=model._meta.verbose_name, all="taken")
    elif action in ("post_add", "post_remove") and pk_set:
        names = ", ".join(sorted(str(role) for role in model.objects.filter(pk__in=pk_set)))
        given = "given" if action == "post_add" else "taken"
        tell("role change", of=str(instance), kind=model._meta.verbose_name, **{given: names})
    else:
        return
    if isinstance(instance, User):
        _end_sessions_of([instance])
    elif model is User:  # a group, or a permission, was given to them
        _end_sessions_of(User.objects.filter(pk__in=pk_set) if pk_set else instance.user_set.all())


def _end_sessions_of(users: Iterable[User]) -> None:
    """End the sessions of whose role changed, but the one in which it is done."""
    session = getattr(now.request, "session", None) if (now := current.get()) else None
    own = session.session_key if session else None
    for user in users:
        end_others(user, but=own)
