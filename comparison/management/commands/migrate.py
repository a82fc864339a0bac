"""migrate: Django's own, one process at a time."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from comparison.publishing import releases
from comparison.publishing.database_lock import one_at_a_time
from comparison.publishing.sqlite import base as sqlite
from comparison.publishing.store import folder

_LOST = (
    "and {} holds what was published from it. A new database would begin again at release 1, so "
    "none is made. Put the old one back, or restore a backup; or make a database of what was "
    "published: manage.py restore_releases"
)


class Command(migrate.Command):
    help = (
        "Updates the database's tables to what this version of the site needs. Two "
        "processes that start at the same moment "
        "take turns: the second finds nothing left to do."
    )

    stealth_options = ("anew",)  # of commands that know what they begin with

    def execute(self, *args: Any, **options: Any) -> Any:
        """Make the file first: Django's checks of the database already open it."""
        connection = connections[options["database"]]
        if not options.pop("anew", False):
            _refuse_a_lost_database(connection)
        if isinstance(connection, sqlite.DatabaseWrapper):
            _make_file(connection)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time(self.stderr.write, options["database"]):
            super().handle(*args, **options)


def _refuse_a_lost_database(connection: BaseDatabaseWrapper) -> None:
    """Make none anew from which something was published: one that is gone, or empty."""
    file = connection.file if isinstance(connection, sqlite.DatabaseWrapper) else None
    if file is None and connection.vendor == "sqlite":  # in memory: it is always new
        return
    if not releases.are_there():
        return
    name = file or f"The database {connection.settings_dict['NAME']}"
    if file and not file.exists():
        raise CommandError(f"{name} is not there, {_LOST.format(folder.place())}")
    if not connection.introspection.table_names():
        raise CommandError(f"{name} is empty, {_LOST.format(folder.place())}")


def _make_file(connection: sqlite.DatabaseWrapper) -> None:
    """Make the database where there is none."""
    try:
        connection.create_file()
    except OSError as error:
        raise CommandError(
            f"{connection.file} cannot be made ({error.strerror}). Make its folder writable."
        ) from error
