"""A new database gets its tables at once, an older one by one migration after the other: both have
the same in the end.
"""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE_BY_ONE = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
connection.create_file()
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
executor.migrate([one for one in executor.loader.graph.leaf_nodes() if "squashed" not in one[1]])
assert len(MigrationRecorder(connection).applied_migrations()) > 40
"""


def run(folder, *command):
    """Run a program on a SQLite database in a folder; return the file."""
    file = folder / "site.sqlite3"
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{file}",
        "VAR_DIR": str(folder),
    }
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    told = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    return file


def tables(file):
    """Return every table, index and trigger as SQLite keeps it, the parts of a table in the order
    of the alphabet.
    """
    with closing(sqlite3.connect(file)) as database:
        made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql <> ''")
        return {
            (kind, name): sorted(re.findall(r"\w+", sql)) if kind == "table" else sql
            for kind, name, sql in made
        }


def test_a_database_that_is_not_there_is_made(tmp_path):
    """Django's own checks of the database come first, and would find none."""
    made = tables(run(tmp_path, "manage.py", "migrate", "--verbosity=0"))
    assert {("table", "comparison_release"), ("trigger", "release_no_update")} <= made.keys()


@pytest.mark.skipif("SOAK" not in os.environ, reason="takes 15 s: make soak")
def test_at_once_or_one_by_one_the_tables_are_the_same(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "old").mkdir()
    new = run(tmp_path / "new", "manage.py", "migrate", "--verbosity=0")
    old = run(tmp_path / "old", "-c", ONE_BY_ONE)
    assert tables(new) == tables(old)
