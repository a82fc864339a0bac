"""A process that is killed at any moment while it writes a whole draft: by the command that imports
a folder, by the upload of a .zip in the admin, by the command that takes a table; or while it
publishes one.

Run as a program, on a copy of a prepared site: it prints what stood in the database after each
kill. Each process that is killed is one of its own, forked from this one, so that a round costs no
start.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.admin.filled_form import FilledForm

WAYS = ("import_content", "upload", "new_comparison", "publish")
SLUG = "python-app-servers"
ROOT = Path(__file__).resolve().parent.parent
LATER = 1.1  # a kill may come so many times as late as the end of the slowest run


def main(rounds: int, seed: int, scratch: Path) -> None:
    """Kill so many processes of each way, and print what was found after each."""
    from django.test import Client

    chance = random.Random(seed)
    _write_versions(scratch)
    client = Client(SERVER_NAME="127.0.0.1")
    _sign_in(client)
    outcomes = []
    for way in WAYS:
        run = _runs(way, scratch, client)
        # not killed: how long it takes, and what is right after it
        right, longest = {}, 0.0
        for number in range(2):
            begun = time.monotonic()
            _fork(run(number), None)
            longest = max(longest, time.monotonic() - begun)
            right[number] = _state(way, number)
        for round_ in range(rounds):
            # the version that does not stand there, or a table under an address of its own
            is_there = way != "new_comparison" and _state(way, 0) == right[0]
            number = round_ + 2 if way == "new_comparison" else int(is_there)
            before = _state(way, number)
            killed = _fork(run(number), chance.uniform(0, LATER * longest))
            after = _state(way, number)
            outcomes.append(
                {
                    "way": way,
                    "killed": killed,
                    "is_before": after == before,
                    "is_after": after == (before + 1 if way == "publish" else right[number % 2]),
                    "faults": _faults(),
                }
            )
    print(json.dumps(outcomes))


def _write_versions(scratch: Path) -> None:
    """Write two versions of a content folder, as folders and as .zips, and a table. The second
    differs in nearly every row.
    """
    from comparison.core.document.schema import plain
    from comparison.core.document.validation import examine
    from comparison.publishing.content_files.content_export import files_of
    from comparison.publishing.content_files.content_import import read_folder
    from comparison.publishing.content_files.content_zip import to_zip
    from comparison.publishing.inspection import today

    first = read_folder(ROOT / "content" / SLUG)
    tree = plain(first)
    for name in ("points", "costs", "popularity", "stories"):
        tree[name] = tree.get(name, [])[1:]  # a row that goes, and comes again
    for criterion in tree["criteria"]:
        criterion["name"] += " (2)"
        for cell in criterion["cells"].values():
            cell["text"] = f"{cell['text'][:290]} (2)"
    second, problems = examine(tree, today())
    assert second is not None, problems[:3]
    for number, document in enumerate((first, second)):
        folder = scratch / str(number) / SLUG
        for name, text in files_of(document).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (scratch / f"{number}.zip").write_bytes(to_zip(document))
    head = "\t".join(["Feature", *(f"Option {n}" for n in range(30))])
    cells = "\t".join(["yes", "no[1]", "12 ms"] * 10)
    lines = [head, *(f"Line {n}\t{cells}" for n in range(60))]
    (scratch / "table.tsv").write_text("\n".join(lines), encoding="utf-8")


def _sign_in(client: Any) -> None:
    from django.contrib.auth.models import User

    client.force_login(User.objects.get(is_superuser=True))


def _runs(way: str, scratch: Path, client: Any) -> Callable[[int], Callable[[], None]]:
    """Return what does the work of a round."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from comparison.models import Comparison
    from comparison.publishing.publish import publish

    def run(number: int) -> Callable[[], None]:
        def import_content() -> None:
            call_command("import_content", str(scratch / str(number % 2) / SLUG), replace=True)

        def new_comparison() -> None:
            table = str(scratch / "table.tsv")
            call_command("new_comparison", f"table-{number}", "--from", table)

        def upload() -> None:
            content = (scratch / f"{number % 2}.zip").read_bytes()
            file = SimpleUploadedFile(f"{SLUG}.zip", content)
            address = "/admin/comparison/comparison/upload/"
            page = client.post(address, {"file": file}).content.decode()
            sent = FilledForm(page, "upload_form").sent | {"replace": "1"}
            assert client.post(address, sent).status_code == 302

        def publish_it() -> None:
            draft = Comparison.objects.get(slug=SLUG)
            draft.title = f"Published {time.monotonic_ns()} times"
            draft.save()
            publish(draft, "eve", "Now.")

        return {
            "publish": publish_it,
            "import_content": import_content,
            "upload": upload,
            "new_comparison": new_comparison,
        }[way]

    return run


def _fork(work: Callable[[], None], after: float | None) -> bool:
    """Do the work in a process of its own, killed after so many seconds; say whether it was."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            work()
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work failed by itself")
    return os.WIFSIGNALED(status)


def _state(way: str, number: int) -> Any:
    """Return all that the draft of a round says, None where there is none; of what is published the
    number.
    """
    from comparison.models import Comparison, Release
    from comparison.publishing.draft.draft_rows import tree_of

    if way == "publish":
        return Release.objects.latest_number(SLUG)
    slug = f"table-{number}" if way == "new_comparison" else SLUG
    comparison = Comparison.objects.filter(slug=slug).first()
    if comparison is None:
        return None
    tree, _ = tree_of(comparison)
    return json.dumps(tree | {"slug": ""}, sort_keys=True, default=str)


def _faults() -> list[str]:
    """Return what is broken in the database, whoever wrote it."""

    def all_of() -> Iterator[str]:
        from django.db import connection

        from comparison.models import Release
        from comparison.publishing import releases
        from comparison.publishing.store import differences, folder
        from comparison.publishing.store.release_file import digest_of

        with connection.cursor() as cursor:
            for check in ("integrity_check", "foreign_key_check"):
                cursor.execute(f"PRAGMA {check}")
                yield from (str(row) for row in cursor.fetchall() if row != ("ok",))
        # the next process sees files and database say the same, and nothing half done is left
        releases.forget()
        newest = releases.current(SLUG)
        if newest is None or newest.number != Release.objects.latest_number(SLUG):
            yield "readers do not see the newest release"
        yield from (f"{one.slug} @{one.number}: {one.what}" for one in differences.differences())
        yield from (f"{path} is left" for path in folder.place().rglob("*.pending"))
        for release in Release.objects.all():
            if digest_of(release.document) != release.digest:
                yield f"{release} has another digest"

    return list(all_of())


if __name__ == "__main__":
    import django

    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
