"""migrate: Django's own, one process at a time."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from comparison.publishing import releases
from comparison.publishing.database_lock import one_at_a_time
from comparison.publishing.sqlite import base as sqlite
from comparison.publishing.store import folder


class Command(migrate.Command):
    help = (
        "Updates the database's tables to what this version of the site needs. Two "
        "processes that start at the same moment "
        "take turns: the second finds nothing left to do."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if isinstance(connection, sqlite.DatabaseWrapper):
            _make_file(connection)
        with one_at_a_time(self.stderr.write, options["database"]):
            super().handle(*args, **options)


def _make_file(connection: sqlite.DatabaseWrapper) -> None:
    """Make the database where there never was one. One that is gone is not made anew."""
    if connection.file and not connection.file.exists() and releases.are_there():
        raise CommandError(
            f"{connection.file} is not there, and {folder.place()} holds what was published from "
            "it. A new database would begin again at release 1, so none is made. Put the file "
            "back, or restore a backup; or make a database of what was published: "
            "manage.py restore_releases"
        )
    try:
        connection.create_file()
    except OSError as error:
        raise CommandError(
            f"{connection.file} cannot be made ({error.strerror}). Make its folder writable."
        ) from error
