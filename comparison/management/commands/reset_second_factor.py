"""reset_second_factor: for whoever has lost telephone and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from comparison.publishing.events import tell
from comparison.web.sign_in.second_factor import remove
from comparison.web.sign_in.sessions import end_others


class Command(BaseCommand):
    help = (
        "Takes the second factor away from an account whose owner has lost telephone and recovery "
        "codes, and signs them out everywhere. Make sure first that it is they who ask: after it "
        "the password alone lets somebody in. It is in the log."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the account signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account named {name}.")
        if not remove(user):
            raise CommandError(f"{name} has no second factor.")
        end_others(user)
        tell("second factor removed", account=name, by="command line")
        self.stdout.write(
            f"{name} has no second factor any more and is signed out. The password alone lets them "
            "in; they set up a new one under “Second factor”."
        )
