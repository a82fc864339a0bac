"""account: somebody who signs in to the admin, in one of the three roles."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comparison.models.accounts import ADMINISTRATOR, EDITOR, ROLES, administrators


class Command(BaseCommand):
    help = (
        "Makes an account for the admin and asks for its password. The first one is an "
        "Administrator, who makes all others in the admin; later ones are Editors, unless --role "
        "says otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="with which somebody signs in; asked for")
        parser.add_argument("--role", choices=ROLES, help="what the account may")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"] or (EDITOR if administrators().exists() else ADMINISTRATOR)
        try:
            name = (options["name"] or input("Name to sign in with: ")).strip()
            user = User(username=name, is_staff=True)
            user.full_clean(exclude=("password",))
            user.set_password(_password(user))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except (EOFError, KeyboardInterrupt) as stopped:
            raise CommandError("No account was made.") from stopped
        with transaction.atomic():
            user.save()
            user.groups.add(Group.objects.get(name=role))
        self.stdout.write(f"{name} may sign in at /admin/, as {role}.")


def _password(user: User) -> str:
    """Return a password that was typed twice and is good enough. ValidationError otherwise."""
    password = getpass("Password: ")
    validate_password(password, user)
    if getpass("The same again: ") != password:
        raise ValidationError("The two are not the same.")
    return password
