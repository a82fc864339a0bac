"""A process that is killed while it writes a whole draft, a row or a release leaves what was before
or what comes after.
"""

import os
import shutil

import pytest

from tests.conftest import environment_of
from tests.killed import IMPORTS, OF_EDITORS, check_killed

ROUNDS = int(os.environ.get("KILLS", "0"))  # of each way

pytestmark = pytest.mark.skipif(not ROUNDS, reason="takes minutes: see make soak")


def test_a_killed_import_leaves_the_draft_before_or_after_and_nothing_between(prepared, tmp_path):
    folder = shutil.copytree(prepared, tmp_path / "var")
    temporary = tmp_path / "temporary"  # a killed upload leaves what it had unpacked
    temporary.mkdir()
    environment = environment_of(folder) | {"TMPDIR": str(temporary)}
    check_killed(IMPORTS, ROUNDS, tmp_path / "scratch", environment)
    print(f"{len(list(temporary.iterdir()))} temporary folders were left to the system")


def test_a_killed_save_leaves_a_row_its_version_and_its_history_together(prepared, tmp_path):
    """And publishing leaves a release and its file, or neither. So on PostgreSQL, in
    `test_postgresql.py`.
    """
    folder = shutil.copytree(prepared, tmp_path / "var")
    check_killed(OF_EDITORS, ROUNDS, tmp_path / "scratch", environment_of(folder))
