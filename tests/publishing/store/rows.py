"""Rows of releases, altered behind the back of everything that protects them: as a failing disk
does, or an older copy of the database.
"""

from django.db import connection

TABLE = "comparison_release"


def unprotected(statement, values=()):
    """Run a statement on the table of releases, which refuses it otherwise."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def spoil(number, document):
    """Let the documents of all releases of a number be another text."""
    unprotected(f"UPDATE {TABLE} SET document = %s WHERE number = %s", [document, number])


def lose(condition):
    """Take rows away."""
    unprotected(f"DELETE FROM {TABLE} WHERE {condition}")
