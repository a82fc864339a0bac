"""Two real servers on one database behind the documented proxy, under load (`make soak`): one is
killed, one hangs, each is replaced in turn, and no reader hears of it.
"""

import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress

import pytest

from comparison.management.commands.serve import server_command
from tests.conftest import environment_of
from tests.proxy import HOST, HOW, ROOT, ask, free_port, nginx, proxied, wait_until_open

pytestmark = [
    pytest.mark.skipif("SOAK" not in os.environ, reason="Two real servers: make soak."),
    pytest.mark.skipif(nginx() is None, reason=HOW),
]
READERS, SECONDS = 8, 8


class Site:
    """One server, with a folder of its own."""

    def __init__(self, prepared, folder, database):
        shutil.copytree(prepared, folder)
        self.port = free_port()
        own = {"DATABASE_URL": f"sqlite:///{database}", "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1"}
        self.environment = environment_of(folder) | own
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            server_command("127.0.0.1", self.port),
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_open(self.port, self.process)

    def send(self, sign):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)

    def end(self, sign=signal.SIGKILL):
        if sign == signal.SIGTERM:
            self.process.terminate()
        else:
            self.send(sign)
        self.process.wait(timeout=60)


class Load:
    """Readers who ask again and again for pages that nobody has asked for before."""

    def __init__(self, port):
        self.port, self.answers, self.ended = port, [], threading.Event()
        self.readers = [threading.Thread(target=self._read, args=(n,)) for n in range(READERS)]

    def _read(self, reader):
        number = 0
        while not self.ended.is_set():
            number += 1
            began = time.monotonic()
            query = f"w=orm:{number % 6}&q=r{reader}n{number}t{time.time_ns()}"
            response, _ = ask(self.port, f"/fastapi-vs-django/-/results/?{query}")
            self.answers.append((response.status, time.monotonic() - began))

    def __enter__(self):
        for reader in self.readers:
            reader.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for reader in self.readers:
            reader.join()

    def check(self, what):
        statuses = [status for status, _ in self.answers]
        longest = max(seconds for _, seconds in self.answers)
        print(f"{what}: {len(statuses)} answers, the longest after {longest:.2f} s")
        assert set(statuses) == {200}, (what, {one: statuses.count(one) for one in set(statuses)})
        assert longest < 10, what


@pytest.fixture
def site(prepared, tmp_path):
    """The proxy's port, and both servers."""
    shutil.copy(prepared / "evenhand.sqlite3", tmp_path / "shared.sqlite3")
    servers = []
    try:
        for name in ("one", "two"):
            servers.append(Site(prepared, tmp_path / name, tmp_path / "shared.sqlite3"))
        with proxied(tmp_path, [server.port for server in servers]) as port:
            yield port, servers
    finally:
        for server in servers:
            server.send(signal.SIGKILL)


def test_no_reader_hears_of_a_server_that_is_killed_hangs_or_is_replaced(site):
    port, (first, second) = site
    with Load(port) as load:
        time.sleep(SECONDS / 2)
        first.end()
        time.sleep(SECONDS)
    load.check("killed")
    first.start()
    with Load(port) as load:
        time.sleep(SECONDS / 2)
        second.send(signal.SIGSTOP)
        time.sleep(2 * SECONDS)
        second.send(signal.SIGCONT)
        time.sleep(SECONDS)  # the proxy finds that it is back
    load.check("hung")
    with Load(port) as load:
        for server in (first, second):
            server.end(signal.SIGTERM)
            server.start()
            time.sleep(SECONDS)
    load.check("replaced in turn")
    with Load(port) as load:
        time.sleep(SECONDS / 2)
        first.process.send_signal(signal.SIGHUP)
        time.sleep(SECONDS)
    load.check("reloaded")
