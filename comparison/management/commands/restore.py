"""restore: one file -> the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comparison.publishing.backups.backup_file import Damaged
from comparison.publishing.backups.restoring import NotEmpty, read_backup, restore
from comparison.publishing.store import follower, listing, withheld_following


class Command(BaseCommand):
    help = (
        "Puts what `backup` wrote into the database, of whichever kind: SQLite to PostgreSQL "
        "and back too. The whole file is read and compared first; then everything arrives, or "
        "nothing. A database that is not empty is left alone, unless --replace says that all "
        "that is there may go. Everybody signs in again."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="delete what is in the database before"
        )
        parser.add_argument(
            "--check", action="store_true", help="only read the file, and say what it holds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            if options["check"]:
                contents = read_backup(path)
            else:
                if hasattr(connection, "create_file"):  # it may be gone
                    connection.create_file()
                call_command(
                    "migrate", anew=True, verbosity=0, stdout=self.stdout, stderr=self.stderr
                )
                contents = restore(path, replace=options["replace"])
                follower.forget()
                follower.look()
                if count := withheld_following.restore():
                    self.stderr.write(
                        f"Warning: it did not hold {count:,} decisions to withhold something, or "
                        "to show it again, which this server knows. They still hold."
                    )
        except Damaged as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        except NotEmpty as error:
            raise CommandError(
                f"{error} Nothing was changed. With --replace all of it goes, and the backup "
                "takes its place."
            ) from error
        self.stdout.write(
            f"{path}, made at {contents.made_at}: {len(contents.digests):,} releases, "
            f"{sum(contents.rows.values()):,} rows in all, every digest right"
            f"{'' if options['check'] else '; all of it is in the database now'}"
        )
        if lost := [] if options["check"] else sorted(listing.known() - contents.digests.keys()):
            self.stderr.write(
                f"Warning: readers have seen {len(lost):,} releases that it does not hold. They "
                "are still shown; nothing is published over them. See manage.py check_releases"
            )
        for release in contents.damaged:
            self.stderr.write(f"Warning: {release} was damaged already when the backup was made.")
