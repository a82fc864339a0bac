"""backup: the database -> one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparison.publishing.backups.writing import write_backup


class Command(BaseCommand):
    help = (
        "Writes everything that the database holds, drafts, releases, former addresses, "
        "suggestions and accounts, to one compressed file, as it is at one moment; editors "
        "may go on saving. The file is there whole or not at all, and only its owner can read it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for example evenhand-2026-12-01.backup")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            written = write_backup(path)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}). Choose another place; what was "
                "there is as it was."
            ) from error
        releases = written.rows["comparison.release"]
        self.stdout.write(
            f"{path}: {releases:,} {'release' if releases == 1 else 'releases'}, "
            f"{sum(written.rows.values()):,} rows in all, {path.stat().st_size:,} bytes"
        )
        for release in written.damaged:
            self.stderr.write(
                f"Warning: {release} is not what its digest says. It is in the backup as it is."
            )
