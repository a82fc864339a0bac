"""check_releases: what the database and the published files say differently."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparison.publishing.store import withheld_following
from comparison.publishing.store.differences import (
    DAMAGED,
    DAMAGED_ROW,
    ONLY_FILE,
    OTHER,
    differences,
)


class Command(BaseCommand):
    help = (
        "Reads every release in the database and as a file, and says which differ: missing "
        "here or there, damaged, or another one under the same number. Changes nothing. "
        "What is only in the database, or damaged as a file, a server writes anew by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        if lost := len(withheld_following.lost()):
            self.stderr.write(
                f"The database does not know {lost:,} decisions to withhold something, which hold "
                "on this server. manage.py restore_releases brings them into it."
            )
        if not found:
            self.stdout.write("Every release is the same in the database and as a file.")
            return
        width = max(len(one.slug) for one in found)
        for one in found:
            self.stdout.write(f"{one.slug:{width}}  release {one.number:>4}  {one.what}")
        if any(one.what in (ONLY_FILE, OTHER) for one in found):
            raise CommandError(
                "Nothing more is published of these comparisons until that is decided. If the "
                "database was set back by mistake, put the right one back. Else bring what the "
                "files have into it: manage.py restore_releases. Or set those files aside: "
                "manage.py restore_releases --take-database"
            )
        if any(one.what in (DAMAGED, DAMAGED_ROW) for one in found):
            raise CommandError(
                "What is damaged in the database is read from its file where that is whole. Put a "
                "backup of the database back, or the file of a release that is damaged in both."
            )
