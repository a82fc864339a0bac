"""What `make run` starts, as processes: slow clients hold nobody up, a worker that is killed is
replaced, and Ctrl+C ends the whole.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from comparison.publishing.content_files.content_export import export_folder
from tests import worlds
from tests.server.crowds import Crowd, kinds

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


@pytest.mark.parametrize("workers", [1, 2] if "SOAK" in os.environ else [2])
def test_a_killed_worker_is_replaced_and_ctrl_c_ends_the_server(tmp_path, workers):
    export_folder(worlds.tiny(), tmp_path / "content")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"VAR_DIR": str(tmp_path / "var"), "CONTENT_DIR": str(tmp_path / "content")}
    environment = {**os.environ, **places, "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    with (tmp_path / "said").open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        until(
            server,
            lambda: status(port) == 200 and len(children(server.pid)) == workers,
            "the server starts",
        )
        # two of these would hold the threads of a server that reads in them
        with Crowd(port, kinds("tiny")["bodies"], 40):
            assert status(port) == 200
        first = min(children(server.pid))
        os.kill(first, signal.SIGKILL)
        until(
            server,
            lambda: len(children(server.pid) - {first}) == workers,
            "the killed worker is replaced",
        )
        until(server, lambda: status(port) == 200, "the site answers again")
        assert server.poll() is None
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=LONGEST) == 0, (tmp_path / "said").read_text()
        assert not children(server.pid)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
