"""Accounts: the roles by name, and which comparisons an account edits where these are not all.

Who is confined to some comparisons sees no draft row of any other, whichever page asks: what draft
rows are read by (`DraftManager`) leaves them out while `seen_by` says who asks. Nobody who asks is
the site itself: commands, publishing for readers, threads. What belongs to a row that somebody
reached is not looked at again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE
from django.contrib.auth.models import User
from django.db import models

WRITER, EDITOR, ADMINISTRATOR = "Writer", "Editor", "Administrator"
ROLES = (WRITER, EDITOR, ADMINISTRATOR)
MANAGES_ACCOUNTS = "auth.change_user"

_who_asks: ContextVar[Any] = ContextVar("who_asks", default=None)


class Confinement(models.Model):
    """An account that edits some comparisons alone. Without this row it edits all; where its last
    comparison was deleted it edits none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="confinement"
    )
    comparisons = models.ManyToManyField("comparison.Comparison", related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} edits some comparisons alone"


def administrators() -> models.QuerySet[User]:
    """Return the accounts that manage accounts and can sign in."""
    of_role = models.Q(is_superuser=True) | models.Q(groups__name=ADMINISTRATOR)
    without_password = models.Q(password="") | models.Q(password__startswith=UNUSABLE)
    return (
        User.objects.filter(of_role, is_active=True, is_staff=True)
        .exclude(without_password)
        .distinct()
    )


def confinement_of(user: Any) -> Confinement | None:
    """Return what confines an account; None where it edits every comparison. Who manages accounts
    could set themselves free, so nothing confines them.
    """
    confinement: Confinement | None = getattr(user, "confinement", None)
    if confinement is None or user.is_superuser or user.has_perm(MANAGES_ACCOUNTS):
        return None
    return confinement


def edits(user: Any, comparison: Any) -> bool:
    """Return whether a comparison is one of those that an account edits."""
    confinement = confinement_of(user)
    if confinement is None:
        return True
    chosen = Confinement.comparisons.through._default_manager.filter(confinement=confinement)
    return chosen.filter(comparison_id=comparison.pk).exists()


@contextmanager
def seen_by(user: Any) -> Iterator[None]:
    """Let draft rows be those that an account edits, until the end of the block."""
    before = _who_asks.set(confinement_of(user))
    try:
        yield
    finally:
        _who_asks.reset(before)


def comparisons_within_reach() -> Any:
    """Return the keys of the comparisons of who asks, as a part of a query; None: all of them."""
    confinement = _who_asks.get()
    if confinement is None:
        return None
    chosen = Confinement.comparisons.through._default_manager.filter(confinement=confinement)
    return chosen.values("comparison_id")


class DraftManager(models.Manager[Any]):
    """Reads the draft rows that who asks edits."""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        within = comparisons_within_reach()
        return rows if within is None else rows.filter(**{f"{_way_from(self.model)}__in": within})


def _way_from(model: Any) -> str:
    """Return how a query leads from a row to its comparison, which is its own."""
    return model.way_to_comparison() if hasattr(model, "way_to_comparison") else "pk"
