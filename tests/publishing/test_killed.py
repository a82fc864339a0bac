"""A process that is killed while it writes a whole draft leaves the one before or the one after."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from tests.conftest import ROOT, environment_of
from tests.killed import WAYS

ROUNDS = int(os.environ.get("KILLS", "0"))  # of each way


@pytest.mark.skipif(not ROUNDS, reason="takes minutes: see make soak")
def test_a_killed_import_leaves_the_draft_before_or_after_and_nothing_between(prepared, tmp_path):
    seed = random.SystemRandom().randrange(10**6)
    folder, scratch = shutil.copytree(prepared, tmp_path / "var"), tmp_path / "scratch"
    scratch.mkdir()
    temporary = tmp_path / "temporary"  # a killed upload leaves what it had unpacked
    temporary.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(ROUNDS), str(seed), str(scratch)],
        cwd=ROOT,
        env=environment_of(folder) | {"TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=3600,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    outcomes = json.loads(run.stdout.splitlines()[-1])
    assert Counter(one["way"] for one in outcomes) == dict.fromkeys(WAYS, ROUNDS)
    wrong = [one for one in outcomes if one["is_before"] == one["is_after"] or one["faults"]]
    assert wrong == [], f"seed {seed}"
    finished = [one for one in outcomes if not one["killed"]]
    assert [one for one in finished if not one["is_after"]] == [], f"seed {seed}"
    killed = Counter(
        (one["way"], "before" if one["is_before"] else "after") for one in outcomes if one["killed"]
    )
    print(f"seed {seed}; killed {sum(killed.values())} of {len(outcomes)}: {dict(killed)}")
    print(f"{len(list(temporary.iterdir()))} temporary folders were left to the system")
    assert sum(killed.values()) > len(outcomes) / 2
