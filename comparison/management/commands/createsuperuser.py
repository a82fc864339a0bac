"""createsuperuser: Django's own, by which no password is chosen that the site's rules refuse."""

import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

GIVEN = "DJANGO_SUPERUSER_PASSWORD"


def _asked(prompt: str = "") -> str:
    """Ask as Django does, but for whether the rules shall be passed by: they shall not."""
    return "n" if prompt.startswith("Bypass") else input(prompt)


class Command(createsuperuser.Command):
    help = (
        "Makes an account that may do everything, or asks for what is missing to make it; its "
        "password has to keep the site's rules. “manage.py account” makes one with a role."
    )

    def handle(self, *args: Any, **options: Any) -> str | None:
        vars(createsuperuser)["input"] = _asked
        if not options["interactive"] and GIVEN in os.environ:
            name = options["username"] or os.environ.get("DJANGO_SUPERUSER_USERNAME", "")
            try:
                validate_password(os.environ[GIVEN], User(username=name))
            except ValidationError as refused:
                raise CommandError(f"{GIVEN}: {' '.join(refused.messages)}") from refused
        return super().handle(*args, **options)
