"""Several people at once on one database, each in a thread: what each was told, and what is there afterwards.

Run as a program on a database of its own (`python -m tests.rivals publish`), because a release, once stored, cannot be
taken out again. Prints one JSON object.
"""

import json
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 2
RIVALS = 3


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all acts at the same moment and return what became of each: "done: ...", "refused: ..." or "broke: ..."."""
    from django.db import connection

    from comparison.publishing import Unpublishable

    told: list[str] = [""] * len(acts)
    start = threading.Barrier(len(acts))

    def run(at: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            told[at] = f"done: {acts[at]()}"
        except (Unpublishable, FileExistsError) as refusal:
            told[at] = f"refused: {refusal}"
        except Exception as error:
            told[at] = f"broke: {error!r}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def compete(contest: str) -> list[list[str]]:
    """Hold one contest and return what everybody was told, round by round."""
    from comparison import publishing
    from comparison.content_files import export_folder, import_folder
    from comparison.models import Comparison
    from tests import worlds

    folder = export_folder(worlds.tiny(title="Imported"), Path(tempfile.mkdtemp()))

    def publish() -> str:
        return str(publishing.publish(Comparison.objects.get(slug="tiny"), "eve", "Now.").number)

    def bring_in() -> str:
        return str(import_folder(folder, replace=True).slug)

    def revert() -> str:
        return str(publishing.revert("tiny", 1, "eve").number)

    if contest == "import":
        return [at_once(*[lambda: import_folder(folder).slug] * RIVALS)]
    worlds.draft(worlds.tiny_tree(title="Written"))
    publish()
    acts = {"publish": [publish] * RIVALS, "mixed": [publish, bring_in, publish], "revert": [publish, revert] * 2}
    return [at_once(*acts[contest]) for _ in range(ROUNDS)]


def main(contest: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    told = compete(contest)

    from comparison.models import Comparison, Release
    from comparison.publishing import read_draft

    draft = read_draft(Comparison.objects.get(slug="tiny"))
    releases = [
        {"number": release.number, "title": release.title, "digest": release.digest, "document": release.document}
        for release in Release.objects.order_by("number")
    ]
    print(json.dumps({"told": told, "releases": releases, "problems": [str(found.problem) for found in draft.problems]}))


if __name__ == "__main__":
    main(sys.argv[1])
