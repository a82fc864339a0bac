"""What `make run` starts, as processes: slow clients hold nobody up, a worker that is killed is
replaced, and Ctrl+C ends the whole.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from comparison.publishing.content_files.content_export import export_folder
from tests import worlds
from tests.server.crowds import Crowd, kinds

SOAK = "SOAK" in os.environ
ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300  # seconds after which something is taken to have failed, however slow the machine


def until(server: subprocess.Popen[bytes], happened: Callable[[], object], what: str) -> None:
    """Wait until something has happened; fail with its name where it never does, or the server has
    ended.
    """
    end = time.monotonic() + LONGEST
    while not happened():
        assert server.poll() is None and time.monotonic() < end, what
        time.sleep(0.05)


def children(pid: int) -> set[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return {
        int(line.split()[0])
        for line in told.splitlines()
        if "resource_tracker" not in line and "<defunct>" not in line
    }


def status(port: int) -> int | None:
    """Return the status of the hub, asked for over a connection of its own; None where nobody
    answers.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@contextmanager
def served(folder, workers, **more):
    """Serve the tiny world from a folder. more: other settings."""
    export_folder(worlds.tiny(), folder / "content")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"VAR_DIR": str(folder / "var"), "CONTENT_DIR": str(folder / "content")}
    environment = {**os.environ, **places, "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "said").open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | more,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until(
            server,
            lambda: status(port) == 200 and len(children(server.pid)) == workers,
            "the server starts",
        )
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.mark.parametrize("workers", [1, 2] if SOAK else [2])
def test_a_killed_worker_is_replaced_and_ctrl_c_ends_the_server(tmp_path, workers):
    with served(tmp_path, workers) as (server, port):
        assert (tmp_path / f"var/server-{port}.pid").read_text() == f"{server.pid}\n"
        # two of these would hold the threads of a server that reads in them
        with Crowd(port, kinds("tiny")["bodies"], 40):
            assert status(port) == 200
        gone: set[int] = set()
        for _ in range(2):  # the second moments after the first
            known = children(server.pid) - gone
            os.kill(max(known), signal.SIGKILL)
            gone.add(max(known))
            until(
                server,
                lambda: len(children(server.pid) - gone) == workers,
                "the killed worker is replaced",
            )
        until(server, lambda: status(port) == 200, "the site answers again")
        assert server.poll() is None
        for _ in range(20):  # signals close together
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=LONGEST) == 0, (tmp_path / "said").read_text()
        assert not children(server.pid)
        assert not (tmp_path / f"var/server-{port}.pid").exists()


@contextmanager
def load(port):
    """Ask again and again, four at a time; yield what came of it."""
    over, answers = threading.Event(), []

    def ask():
        while not over.is_set():
            answers.append(status(port))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    yield answers
    over.set()
    for thread in threads:
        thread.join()


@pytest.mark.skipif(not SOAK, reason="A reload takes seconds: make soak.")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_reload_fails_no_request(tmp_path, workers):
    with served(tmp_path, workers) as (server, port), load(port) as answers:
        before = children(server.pid)
        server.send_signal(signal.SIGHUP)
        until(
            server,
            lambda: len(now := children(server.pid)) == workers and not now & before,
            "all workers are new",
        )
    assert set(answers) == {200} and len(answers) > 100


@pytest.mark.skipif(not SOAK, reason="Memory is looked at every ten seconds: make soak.")
def test_a_worker_that_takes_too_much_memory_is_replaced_and_fails_no_request(tmp_path):
    with served(tmp_path, 2, WORKER_MEMORY="50") as (server, port), load(port) as answers:
        before = children(server.pid)
        until(server, lambda: not children(server.pid) & before, "all workers are new")
    assert set(answers) == {200} and len(answers) > 100


@pytest.mark.skipif(not SOAK, reason="Several starts: make soak.")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", [1, 4])
def test_it_ends_at_once_however_many_workers_are_starting(tmp_path, workers, sign):
    with served(tmp_path, workers) as (server, _):
        # the terminal tells all of them, and whoever manages services the first alone
        tell = os.killpg if sign is signal.SIGINT else os.kill
        tell(server.pid, sign)
        assert server.wait(timeout=10) == 0
        assert not children(server.pid)
