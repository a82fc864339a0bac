"""A process that is killed at any moment while it writes a whole draft: by the command that imports
a folder, by the upload of a .zip in the admin, by the command that takes a table; or while an
editor saves a row, or publishes.

Run as a program, on a copy of a prepared site: it prints what stood in the database after each
kill. Each process that is killed is one of its own, forked from this one, so that a round costs no
start.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.admin.filled_form import FilledForm

IMPORTS = ("import_content", "upload", "new_comparison", "publish")
OF_EDITORS = ("save", "publish_page")  # the pages of the admin
STEPS = ("publish", *OF_EDITORS)  # each round goes on from the one before
SLUG = "python-app-servers"
ROOT = Path(__file__).resolve().parent.parent
LATER = 1.5  # a kill may come so many times as late as the end of a run
MOST_TRIES = 5  # for each kill; the others end before it comes


def check_killed(ways: Sequence[str], rounds: int, scratch: Path, environment: Any) -> None:
    """Assert that no kill leaves anything between before and after, nor anything broken."""
    seed = random.SystemRandom().randrange(10**6)
    scratch.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(rounds), str(seed), str(scratch), *ways],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=3600,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    outcomes = json.loads(run.stdout.splitlines()[-1])
    kills = Counter(one["way"] for one in outcomes if one["killed"])
    assert kills == dict.fromkeys(ways, rounds)
    wrong = [one for one in outcomes if one["is_before"] == one["is_after"] or one["faults"]]
    assert wrong == [], f"seed {seed}: {wrong[:3]}"
    finished = [one for one in outcomes if not one["killed"]]
    assert [one for one in finished if not one["is_after"]] == [], f"seed {seed}"
    killed = Counter(
        (one["way"], "before" if one["is_before"] else "after") for one in outcomes if one["killed"]
    )
    print(f"seed {seed}; killed {kills.total()} of {len(outcomes)}: {dict(killed)}")


def main(rounds: int, seed: int, scratch: Path, *ways: str) -> None:
    """Kill so many processes of each way, and print what was found after each, and after those that
    ended before.
    """
    from django.test import Client

    chance = random.Random(seed)
    if set(ways) & set(IMPORTS):
        _write_versions(scratch)
    client = Client(SERVER_NAME="127.0.0.1")
    _sign_in(client)
    outcomes = []
    for way in ways:
        run = _runs(way, scratch, client)
        # not killed: how long it takes, and what is right after it
        right, lasts = {}, 0.0
        for number in range(2):
            _, lasts = _fork(run(number), None)
            right[number] = _state(way, number)
        kills = 0
        for round_ in range(MOST_TRIES * rounds):
            # the version that does not stand there, or a table under an address of its own
            is_there = way != "new_comparison" and _state(way, 0) == right[0]
            number = round_ + 2 if way == "new_comparison" else int(is_there)
            work, before = run(number), _state(way, number)
            killed, seconds = _fork(work, chance.uniform(0, LATER * lasts))
            lasts = lasts if killed else (lasts + seconds) / 2  # the machine has other things to do
            after = _state(way, number)
            expected = _next(before) if way in STEPS else right[number % 2]
            outcomes.append(
                {
                    "way": way,
                    "killed": killed,
                    "is_before": after == before,
                    "is_after": after == expected,
                    "faults": _faults(),
                }
            )
            kills += killed
            if kills == rounds:
                break
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

    eve = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("eve")
    client.force_login(eve)


def _runs(way: str, scratch: Path, client: Any) -> Callable[[int], Callable[[], None]]:
    """Return what does the work of a round. What leads to it is done before: only the last step is
    killed.
    """
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.db.models import F

    from comparison.admin.addresses import admin_address
    from comparison.models import Comparison, Option
    from comparison.publishing.publish import publish

    def filled(address: str, form: str, **typed: str) -> dict[str, Any]:
        return FilledForm(client.get(address).content.decode(), form).sent | typed

    def sends(address: str, fields: dict[str, Any]) -> Callable[[], None]:
        def send() -> None:
            assert client.post(address, fields).status_code == 302

        return send

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

        def publish_page() -> Callable[[], None]:
            Comparison.objects.filter(slug=SLUG).update(
                title=f"Published {time.monotonic_ns()} times", version=F("version") + 1
            )
            address = admin_address(Comparison, "publish", Comparison.objects.get(slug=SLUG).pk)
            return sends(address, filled(address, "publish_form", note="Now.", reason="So."))

        def save() -> Callable[[], None]:
            address = admin_address(Option, "change", _row().pk)
            line = f"Saved at {time.monotonic_ns()}"
            return sends(address, filled(address, "option_form", line=line))

        if way in OF_EDITORS:
            return {"save": save, "publish_page": publish_page}[way]()
        return {
            "publish": publish_it,
            "import_content": import_content,
            "upload": upload,
            "new_comparison": new_comparison,
        }[way]

    return run


def _fork(work: Callable[[], None], after: float | None) -> tuple[bool, float]:
    """Do the work in a process of its own, killed after so many seconds; return whether it was, and
    how long it took.
    """
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    begun, child = time.monotonic(), os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            work()
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    ends = os.pidfd_open(child)
    select.select([ends], [], [], after)
    seconds = time.monotonic() - begun
    os.kill(child, signal.SIGKILL)  # not waited for yet, so it is nobody else's number
    os.close(ends)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work failed by itself")
    _wait_for_the_database()
    return os.WIFSIGNALED(status), seconds


def _wait_for_the_database() -> None:
    """Return when PostgreSQL has ended what a process had asked for that is there no more: its
    commit may still be under way.
    """
    from django.db import connection

    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    until = time.monotonic() + 60
    while connection.vendor == "postgresql" and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)


def _state(way: str, number: int) -> Any:
    """Return all that the draft of a round says, None where there is none; of what is published the
    number; of a row its version, how many lines its history and the editors' log have of it, and
    whether the last says what the row does.
    """
    from django.contrib.admin.models import LogEntry

    from comparison.models import Comparison, Option, Release, history
    from comparison.publishing.draft.draft_rows import tree_of

    if way in ("publish", "publish_page"):
        return [Release.objects.latest_number(SLUG)]
    if way == "save":
        row = _row()
        lines = history.lines_of(Option).filter(id=row.pk).order_by("history_id")
        says = [change[2] for line in lines for change in line.history_changes]
        entries = LogEntry.objects.filter(content_type__model="option", object_id=str(row.pk))
        return [row.version, len(lines), entries.count(), row.line in (says[-1:] or [row.line])]
    slug = f"table-{number}" if way == "new_comparison" else SLUG
    comparison = Comparison.objects.filter(slug=slug).first()
    if comparison is None:
        return None
    tree, _ = tree_of(comparison)
    return json.dumps(tree | {"slug": ""}, sort_keys=True, default=str)


def _row() -> Any:
    """Return the row that is saved."""
    from comparison.models import Option

    return Option.objects.filter(comparison__slug=SLUG).order_by("pk").first()


def _next(before: list[Any]) -> list[Any]:
    """Return what a step leaves of what stood there before: each number one higher."""
    return [one if one is True else one + 1 for one in before]


def _faults() -> list[str]:
    """Return what is broken in the database, whoever wrote it."""

    def all_of() -> Iterator[str]:
        from django.db import connection

        from comparison.models import Release
        from comparison.publishing import releases
        from comparison.publishing.store import differences, folder
        from comparison.publishing.store.release_file import digest_of

        checks = ("integrity_check", "foreign_key_check") if connection.vendor == "sqlite" else ()
        for check in checks:
            with connection.cursor() as cursor:
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
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
