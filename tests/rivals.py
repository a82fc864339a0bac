"""Several people at once on one database, each in a thread: what each was told, and what is there
afterwards.

Run as a program on a database of its own (`python -m tests.rivals`), because a release, once
stored, cannot be taken out again. Prints one JSON object.
"""

import json
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 2
RIVALS = 3


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


CONTESTS = ("publish", "mixed", "revert", "import")


def compete(contest: str) -> dict[str, Any]:
    """Hold one contest on a comparison of its name: what everybody was told, round by round, and
    what is there then.
    """
    from comparison.models import Comparison, Release
    from comparison.publishing import drafts
    from comparison.publishing import publish as publishing
    from comparison.publishing.content_files.content_export import export_folder
    from comparison.publishing.content_files.content_import import import_folder
    from tests import worlds

    folder = export_folder(worlds.tiny(slug=contest, title="Imported"), Path(tempfile.mkdtemp()))

    def publish() -> str:
        return str(publishing.publish(Comparison.objects.get(slug=contest), "eve", "Now.").number)

    def revert() -> str:
        return str(publishing.revert(contest, 1, "eve").number)

    def bring_in() -> str:
        return import_folder(folder, replace=True).slug

    if contest == "import":
        told = [at_once(*[lambda: import_folder(folder).slug] * RIVALS)]
    else:
        worlds.draft(worlds.tiny_tree(slug=contest, title="Written"))
        publish()
        others = {"publish": publish, "mixed": bring_in, "revert": revert}
        told = []
        for round_ in range(ROUNDS):
            Comparison.objects.filter(slug=contest).update(title=f"Written {round_}")
            told.append(at_once(publish, others[contest], publish))
    draft = drafts.read_draft(Comparison.objects.get(slug=contest))
    return {
        "told": told,
        "releases": list(
            Release.objects.of(contest).order_by("number").values("number", "digest", "document")
        ),
        "problems": [str(problem.problem) for problem in draft.problems],
    }


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps({contest: compete(contest) for contest in CONTESTS}))


if __name__ == "__main__":
    main()
