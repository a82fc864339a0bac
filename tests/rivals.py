"""Several people at once on one database, each in a thread: what each was told, and what is there
afterwards.

Run as a program on a database of its own (`python -m tests.rivals`), because a release, once
stored, cannot be taken out again. Prints one JSON object.
"""

import json
import os
import tempfile
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

ROUNDS = 2
RIVALS = 3
EDITORS = 8
EDITS = int(os.environ.get("EDITS", "3"))  # of each; 25 in `make soak`


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all acts at the same moment and return what became of each: "done: ...", "refused: ..." or
    "broke: ...".
    """
    from django.db import connection

    from comparison.publishing.drafts import Unpublishable

    told: list[str] = [""] * len(acts)
    start = threading.Barrier(len(acts))

    def run(index: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            told[index] = f"done: {acts[index]()}"
        except (Unpublishable, FileExistsError) as refusal:
            told[index] = f"refused: {refusal}"
        except Exception as error:
            told[index] = f"broke: {error!r}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


CONTESTS = ("publish", "mixed", "revert", "import", "due")


def compete(contest: str) -> dict[str, Any]:
    """Hold one contest on a comparison of its name: what everybody was told, round by round, and
    what is there then.
    """
    from django.contrib.auth.models import User
    from django.utils import timezone

    from comparison.models import Comparison, Release, Schedule
    from comparison.publishing import drafts
    from comparison.publishing import publish as publishing
    from comparison.publishing.content_files.content_export import export_folder
    from comparison.publishing.content_files.content_import import import_folder
    from comparison.publishing.drafts import Unpublishable
    from comparison.publishing.editorial import schedules
    from tests import worlds

    User.objects.get_or_create(username="clock", is_superuser=True)
    folder = export_folder(worlds.tiny(slug=contest, title="Imported"), Path(tempfile.mkdtemp()))

    def publish() -> str:
        return str(publishing.publish(Comparison.objects.get(slug=contest), "eve", "Now.").number)

    def revert() -> str:
        return str(publishing.revert(contest, 1, "eve").number)

    def bring_in() -> str:
        return import_folder(folder, replace=True).slug

    def set_time() -> None:
        comparison = Comparison.objects.get(slug=contest)
        seen, later = drafts.read_draft(comparison).digest, timezone.now() + timedelta(hours=1)
        schedule = schedules.set_time(comparison, "clock", later, "Now.", seen)
        Schedule.objects.filter(pk=schedule.pk).update(due=timezone.now())

    def publish_due() -> str:
        for outcome in schedules.publish_due():
            return str(outcome.release)
        raise Unpublishable("Nothing is due.")

    if contest == "import":
        told = [at_once(*[lambda: import_folder(folder).slug] * RIVALS)]
    else:
        worlds.draft(worlds.tiny_tree(slug=contest, title="Written"))
        publish()
        others = {"publish": publish, "mixed": bring_in, "revert": revert}
        told = []
        for round_ in range(ROUNDS):
            Comparison.objects.filter(slug=contest).update(title=f"Written {round_}")
            if contest == "due":
                set_time()
                told.append(at_once(*[publish_due] * RIVALS))
            else:
                told.append(at_once(publish, others[contest], publish))
    draft = drafts.read_draft(Comparison.objects.get(slug=contest))
    return {
        "told": told,
        "releases": list(
            Release.objects.of(contest).order_by("number").values("number", "digest", "document")
        ),
        "problems": [str(problem.problem) for problem in draft.problems],
    }


def edit_one_cell() -> dict[str, Any]:
    """Let editors open and save the form of one cell, round after round, each with words of their
    own: which were taken, which were refused, and what the cell is then.
    """
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from comparison.models import Cell
    from tests import worlds
    from tests.admin.filled_form import sent_by

    cell = Cell.objects.filter(criterion__comparison=worlds.draft(worlds.tiny_tree(slug="edit")))[0]
    address = reverse("admin:comparison_cell_change", args=[cell.pk])
    root = User.objects.create_superuser("root")
    before, taken, refused = cell.version, [], []

    def edit(editor: int) -> str:
        client = Client(HTTP_HOST="localhost")
        client.force_login(root)
        for turn in range(EDITS):
            words = f"Editor {editor}, turn {turn}."
            answer = client.post(address, sent_by(client, address) | {"text": words})
            {302: taken, 200: refused}[answer.status_code].append(words)
        return "all"

    told = at_once(*[partial(edit, editor) for editor in range(EDITORS)])
    cell.refresh_from_db()
    return {
        "told": told,
        "taken": taken,
        "refused": refused,
        "changes": cell.version - before,
        "text": cell.text,
    }


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    contests = {contest: compete(contest) for contest in CONTESTS}
    print(json.dumps(contests | {"edit": edit_one_cell()}))


if __name__ == "__main__":
    main()
