"""The link by which a new site gets its first administrator: good for a day, once, and only while
there is none. No password is shipped, and none is printed.
"""

import secrets
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from comparison.models.accounts import ADMINISTRATOR, administrators
from comparison.models.sign_in import FirstLink, digest_of
from comparison.rendering.addresses import address_of

VALID = timedelta(hours=24)


class NotTaken(Exception):
    """The link is no such link, too old, was used, or there is an administrator."""


def is_needed() -> bool:
    """Return whether nobody is there who could let others in."""
    return not administrators().exists()


def new_link(origin: str) -> str:
    """Return a new link. origin: scheme and host. What was printed before still works: of several
    servers that start each prints its own.
    """
    token = secrets.token_hex(20)
    FirstLink.objects.filter(until__lt=timezone.now()).delete()
    FirstLink.objects.create(digest=digest_of(token), until=timezone.now() + VALID)
    return address_of("admin:first_administrator", origin=origin, query=f"link={token}")


def is_good(token: str) -> bool:
    """Return whether a link still leads somewhere."""
    now = timezone.now()
    kept = FirstLink.objects.filter(digest=digest_of(token), until__gt=now)
    return is_needed() and kept.exists()


def take(token: str, user: User) -> None:
    """Make somebody the first administrator; NotTaken where the link is good no more."""
    with transaction.atomic():
        list(FirstLink.objects.select_for_update())  # of two at once the second waits here
        if not is_good(token):
            raise NotTaken
        FirstLink.objects.all().delete()
        user.is_staff = True
        user.save()
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
