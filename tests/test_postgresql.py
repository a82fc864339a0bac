"""The same promises on PostgreSQL: a cluster of its own, started for these tests and
thrown away.
"""

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from comparison.publishing.content_files.content_export import export_folder
from tests import worlds
from tests.conftest import environment_of, started
from tests.killed import OF_EDITORS, check_killed
from tests.outages import OF_READERS, answer, refused, wait_until
from tests.rivals import CONTESTS
from tests.several_processes import (
    ROOT,
    check_contest,
    check_edits,
    check_prepared,
    hold_contests,
    prepare_at_once,
)

HOW = (
    "PostgreSQL is not here: install it (on Debian: apt install postgresql) to run these tests too."
)


def binaries():
    """Return the folder of PostgreSQL's own programs, or None."""
    told = (
        subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        if shutil.which("pg_config")
        else None
    )
    folders = [Path(told.stdout.strip())] if told and told.returncode == 0 else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(program).parent for name in ("initdb",) if (program := shutil.which(name))]
    return next(
        (
            folder
            for folder in folders
            if (folder / "initdb").exists() and (folder / "postgres").exists()
        ),
        None,
    )


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """The address of a cluster that nobody else uses. PostgreSQL refuses to run as root: there it
    runs as `postgres`.
    """
    folder = binaries()
    if folder is None:
        pytest.skip(HOW)
    pytest.importorskip(
        "psycopg",
        reason="PostgreSQL's driver is not installed: pip install -r requirements-scale.txt",
    )
    place = Path(os.path.realpath(tmp_path_factory.mktemp("pg")))
    # A socket's path may have a hundred characters, and the other user has to reach it.
    home = Path("/tmp") / f"evenhand-pg-{os.getpid()}"
    home.mkdir(mode=0o755)
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command):
        with (place / "said").open("a") as output:
            done = subprocess.run(
                [*as_user, *map(str, command)],
                stdout=output,
                stderr=output,
                cwd="/tmp",
                check=False,
            )
        assert done.returncode == 0, (place / "said").read_text()

    try:
        run(
            folder / "initdb",
            "-D",
            home / "data",
            "-U",
            "evenhand",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--no-instructions",
        )
        options = (
            f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c "
            "full_page_writes=off -c max_connections=40"
        )
        run(
            folder / "pg_ctl",
            "-D",
            home / "data",
            "-w",
            "-t",
            "30",
            "-l",
            home / "log",
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgres://evenhand@127.0.0.1:{port}/"
        finally:
            run(folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def database(postgresql, name):
    import psycopg

    with psycopg.connect(f"{postgresql}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{postgresql}{name}"


@pytest.fixture(scope="module")
def contests(postgresql, tmp_path_factory):
    """What came of every contest on PostgreSQL."""
    return hold_contests(
        VAR_DIR=str(tmp_path_factory.mktemp("rivals")), DATABASE_URL=database(postgresql, "rivals")
    )


@pytest.mark.parametrize("contest", CONTESTS)
def test_several_at_once_get_numbers_or_a_clear_refusal(contests, contest):
    check_contest(contest, contests[contest])


def test_of_many_saves_at_once_each_is_kept_or_refused(contests):
    check_edits(contests["edit"])


# in a soak, beside those of every run
IN_A_SOAK = [
    "models",
    "web/sign_in/test_sessions.py",
    "publishing/test_former_addresses.py",
    "web/views/test_suggestions.py",
    "web/views/test_suggestions_kept.py",
    "admin/test_suggestions.py",
    "admin/grid/test_cells.py",
    "admin/grid/test_panel.py",
    "publishing/editorial/test_reviews.py",
    "publishing/editorial/test_schedules.py",
    "publishing/test_shared_links.py",
    "publishing/editorial/test_withholding.py",
    "publishing/draft/test_deleting.py",
    "publishing/draft/test_discarding.py",
    "admin/test_history.py",
    "admin/test_accounts.py",
    "admin/test_confinement.py::test_no_form_takes_a_row_of_another_comparison",
    "admin/test_sign_in.py::test_a_thousand_guesses_from_twenty_addresses_are_few_tries",
    "admin/test_first_administrator.py",
    "web/sign_in/test_second_factor.py",
    "admin/test_suggestions_taken.py",
]
# in every run: what the database itself refuses and keeps, publishing, and one of each kind of page
THERE_TOO = [
    "publishing/editorial/test_reviews.py::test_the_database_keeps_every_step_as_it_was",
    "publishing/editorial/test_withholding.py::test_the_database_refuses_to_change_or_delete_a_decision",
    "publishing/editorial/test_schedules.py::test_it_is_published_to_the_second_and_once",
    "models/test_rows.py",
    "models/test_releases.py",
    "publishing/test_publish.py",
    "publishing/backups/test_backups.py::test_what_comes_back_is_what_was_there",
    "publishing/backups/test_backups.py::test_the_site_goes_on_after_it",
    "publishing/backups/test_backups.py::test_releases_still_refuse_to_change_afterwards",
    "admin/test_saved_meanwhile.py",
    "publishing/content_files/test_content_round_trip.py::test_import_publish_and_export_give_the_same_bytes",
    "web/views/test_comparison.py::test_the_page_shows_the_leader_its_margin_and_every_part",
    "web/test_pinned.py::test_the_page_as_it_was_is_what_was_shared",
    "web/views/test_hub.py::test_the_hub_is_searched_by_words",
    "web/test_strange_addresses.py::test_raw_bytes_in_a_query_are_answered",
    "web/views/test_comparison.py::test_a_warm_readers_request_makes_at_most_one_query",
    "publishing/store/test_follower.py",
    "publishing/store/test_publication.py",
    "publishing/store/test_differences.py",
    "web/test_without_the_database.py",
    "web/test_drafts_shown.py::test_staff_see_the_draft_on_the_readers_own_page",
]


@pytest.mark.parametrize("name", [*THERE_TOO, *IN_A_SOAK])
def test_what_is_run_on_the_other_database_is_there(name):
    path, _, test = name.partition("::")
    found = ROOT / "tests" / path
    assert found.exists()
    assert not test or f"def {test}(" in found.read_text(encoding="utf-8")


def test_what_holds_on_sqlite_holds_on_postgresql(postgresql, tmp_path):
    """Migrations, constraints, triggers, publishing and the reader's pages: the very tests, on the
    other database.
    """
    held = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *[
                f"tests/{name}"
                for name in [*THERE_TOO, *(IN_A_SOAK if os.environ.get("SOAK") else ())]
            ],
            "-p",
            "no:cacheprovider",
            "--tb=short",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"{postgresql}evenhand",
            "VAR_DIR": str(tmp_path),
            "PYTEST_ADDOPTS": "-k 'not at_once'",
        },
        capture_output=True,
        text=True,
        timeout=900,  # however slow the machine is
    )
    assert held.returncode == 0, held.stdout[-6000:] + held.stderr[-2000:]


def test_two_processes_that_start_at_once_on_a_new_postgresql_database_both_succeed(
    postgresql, tmp_path
):
    export_folder(worlds.tiny(), tmp_path / "content")
    check_prepared(
        prepare_at_once(
            tmp_path / "content", tmp_path / "var", DATABASE_URL=database(postgresql, "start")
        )
    )


def test_a_backup_of_either_database_is_restored_on_the_other(postgresql, tmp_path):
    export_folder(worlds.tiny(), tmp_path / "content")
    there = {"DATABASE_URL": database(postgresql, "moved"), "VAR_DIR": str(tmp_path / "there")}
    here = {"DATABASE_URL": f"sqlite:///{tmp_path / 'here.sqlite3'}", "VAR_DIR": str(tmp_path)}
    back = {"DATABASE_URL": f"sqlite:///{tmp_path / 'back.sqlite3'}", "VAR_DIR": str(tmp_path)}

    def manage(where, *commands):
        done = subprocess.run(
            [sys.executable, "-m", "tests.commands", *commands],
            cwd=ROOT,
            env={**os.environ, "CONTENT_DIR": str(tmp_path / "content"), **where},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(name):
        return gzip.decompress((tmp_path / name).read_bytes()).splitlines()[1:-1]

    first, second = tmp_path / "first", tmp_path / "second"
    manage(here, "prepare", f"backup {first}")
    # while somebody else writes, and what is written next has a number of its own
    said = manage(there, f"restore {first}", f"backup {second}", "moments")
    assert "1 releases" in said
    assert said.strip().endswith("[0, 0, 1]")
    manage(back, f"restore {second}")
    assert rows("first") == rows("second")
    assert b'"comparison.release"' in b"".join(rows("first"))


def _restored(postgresql, name, prepared, var, *slugs):
    """Return the address of a database that has what another left as files; slugs: only those."""
    address = database(postgresql, name)
    shutil.copytree(prepared, var)
    for path in var.glob("evenhand.sqlite3*"):
        path.unlink()
    restored = subprocess.run(
        [sys.executable, "manage.py", "restore_releases", *slugs],
        cwd=ROOT,
        env=environment_of(var) | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert "release 1 is in the database again" in restored.stdout, restored.stderr
    return address


@pytest.mark.skipif("KILLS" not in os.environ, reason="takes a minute: see make soak")
def test_a_killed_save_or_publication_leaves_all_of_it_or_nothing(postgresql, prepared, tmp_path):
    var = tmp_path / "var"
    address = _restored(postgresql, "killed", prepared, var)
    environment = environment_of(var) | {"DATABASE_URL": address}
    check_killed(OF_EDITORS, int(os.environ["KILLS"]), tmp_path / "scratch", environment)


def test_of_a_frozen_database_no_reader_hears_and_its_releases_come_from_the_files(
    postgresql, prepared, tmp_path
):
    """The database is new: what it lacks it gets from the files that another one left."""
    var = tmp_path / "var"
    address = _restored(postgresql, "frozen", prepared, var, "python-app-servers")
    with started(var, DATABASE_URL=address) as site:
        wait_until(site, "ready")
        editor = {"Cookie": f"session={'a' * 32}"}  # who asks the database who that is
        answer(f"{site}/admin/", headers=editor)  # a connection is kept from now on
        with frozen(address):
            wait_until(site, "degraded")
            status, seconds, body = answer(f"{site}/admin/", headers=editor)
            assert status == 503 and b"The database does not answer" in body
            assert seconds < 20  # as long as the network waits, without an end
            until = time.monotonic() + (60 if "SOAK" in os.environ else 0)
            while not refused(site) and time.monotonic() < until:
                time.sleep(0.2)
            assert refused(site) == {}
            assert max(answer(site + one)[1] for one in OF_READERS) < 5  # seconds, not sixty
        wait_until(site, "ready")


@contextmanager
def frozen(address):
    """Stop every process of a cluster where it stands, as a host does that hangs."""
    import psycopg

    with psycopg.connect(address) as connection:
        told = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        parents = {int(pid): int(parent) for pid, parent in map(str.split, told.splitlines())}
        first = parents[connection.info.backend_pid]
    whole = [first, *(pid for pid, parent in parents.items() if parent == first)]
    _tell(whole, signal.SIGSTOP)
    try:
        yield
    finally:
        _tell(whole, signal.SIGCONT)


def _tell(processes, what):
    for pid in processes:
        with suppress(ProcessLookupError):  # a connection that has ended meanwhile
            os.kill(pid, what)
