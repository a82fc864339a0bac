"""restore_releases: published files -> the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comparison.publishing import former_addresses
from comparison.publishing.store.differences import Undecided, restore, take_database


class Command(BaseCommand):
    help = (
        "Brings releases into the database that it lacks and the published files have, after it "
        "was lost or set back to an earlier day; a comparison without a draft gets one. Makes "
        "the database where there is none. Nothing that is there is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slugs", nargs="*", metavar="SLUG", help="which comparisons; all if none is named"
        )
        parser.add_argument(
            "--take-database",
            action="store_true",
            help="the other way round: what the database does not know is published no more; "
            "its files are kept, under names that begin with .aside",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = options["slugs"]
        if options["take_database"]:
            done = [f"{path} was set aside" for path in take_database(slugs)]
        else:
            if hasattr(connection, "create_file"):
                connection.create_file()
            call_command("migrate", anew=True, verbosity=0, stdout=self.stdout, stderr=self.stderr)
            try:
                done = list(restore(slugs))
            except (Undecided, former_addresses.Taken) as undecided:
                raise CommandError(str(undecided)) from undecided
        if options["take_database"]:
            done = [*done, "Every server has files of its own: say the same on each other one."]
        for line in done or ["There was nothing to restore."]:
            self.stdout.write(line)
