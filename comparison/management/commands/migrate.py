"""migrate: Django's own, one process at a time."""

from typing import Any

from django.core.management.commands import migrate

from comparison.publishing.database_lock import one_at_a_time


class Command(migrate.Command):
    help = (
        "Updates the database's tables to what this version of the site needs. Two "
        "processes that start at the same moment "
        "take turns: the second finds nothing left to do."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time(self.stderr.write, options["database"]):
            super().handle(*args, **options)
