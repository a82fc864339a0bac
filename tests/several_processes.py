"""Several processes at once on one database: how they are started, and what must be true after."""

import hashlib
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from comparison.core.document.schema import Document, plain
from tests import worlds
from tests.rivals import EDITORS, EDITS, ROUNDS

ROOT = Path(__file__).resolve().parent.parent


def prepare_at_once(content, var, processes=2, **environment):
    """Get one site ready in several processes at the same moment; return what each ended with, and
    what it said.
    """
    environment = {
        **os.environ,
        # plain static files: compressing them is not what this is about
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "VAR_DIR": str(var),
        "CONTENT_DIR": str(content),
        **environment,
    }
    command = [sys.executable, "manage.py", "prepare"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) for _ in range(processes)]
    ends = [process.communicate() for process in both]
    return [(process.returncode, *told) for process, told in zip(both, ends, strict=True)]


def check_prepared(ends):
    assert [code for code, _, _ in ends] == [0, 0], ends
    lines = "".join(out for _, out, _ in ends).splitlines()
    assert sorted(lines) == ["tiny: imported as a draft", "tiny: release 1 is published"], ends
    assert not [words for _, _, words in ends if "Traceback" in words or "Warning" in words], ends


def hold_contests(**environment):
    """Hold every contest of `rivals.py` on a database of its own and return what came of them."""
    held = subprocess.run(
        [sys.executable, "-m", "tests.rivals"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "LOG_LEVEL": "CRITICAL",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=600,  # however slow the machine is
    )
    assert held.returncode == 0, held.stderr
    return json.loads(held.stdout.splitlines()[-1])


def check_contest(contest, outcome):
    """Check what must be true after any contest, on any database."""
    told = [words for round_ in outcome["told"] for words in round_]
    assert not [words for words in told if not words.startswith(("done: ", "refused: "))], told
    assert all(any(words.startswith("done: ") for words in round_) for round_ in outcome["told"])
    assert outcome["problems"] == []
    if contest == "import":
        assert sorted(words.split(":")[0] for words in told) == ["done", "refused", "refused"]
        assert {words for words in told if words[0] == "r"} == {
            "refused: There is a draft of import already."
        }
        assert outcome["releases"] == []
        return
    numbers = [release["number"] for release in outcome["releases"]]
    assert numbers == list(range(1, len(numbers) + 1))
    accepted = sorted(
        int(words.removeprefix("done: "))
        for words in told
        if words.removeprefix("done: ").isdigit()
    )
    assert accepted == numbers[1:]  # the first was there before
    already = ("Nothing has changed since release", "just now", "Nothing is due.")
    assert all(
        any(words in told_ for words in already) for told_ in told if told_.startswith("refused")
    ), told
    if contest in ("publish", "due"):  # all three publish one draft: it becomes one release a round
        assert [sorted(words.split(":")[0] for words in round_) for round_ in outcome["told"]] == [
            ["done", "refused", "refused"]
        ] * len(outcome["told"])
    for before, after in pairwise(outcome["releases"]):
        assert before["digest"] != after["digest"]
    titles = ("Written", "Imported", *(f"Written {round_}" for round_ in range(ROUNDS)))
    for release in outcome["releases"]:
        assert hashlib.sha256(release["document"].encode()).hexdigest() == release["digest"]
        document = plain(Document.model_validate_json(release["document"]))
        assert document in [worlds.tiny_tree(slug=contest, title=title) for title in titles]


def check_edits(edits):
    """Assert that every save was taken or refused in words, and none put back unseen."""
    assert set(edits["told"]) == {"done: all"}, edits["told"]
    assert len(edits["taken"]) + len(edits["refused"]) == EDITORS * EDITS
    assert edits["changes"] == len(edits["taken"]) >= EDITS
    assert edits["text"] in edits["taken"]
