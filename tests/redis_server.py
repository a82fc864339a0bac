"""A Redis of a test's own, and a line to it that may take long, or be cut."""

import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.proxy import free_port

HOW = "Redis is not here: install it (on Debian: apt install redis-server) to run these tests too."


def is_here() -> bool:
    return shutil.which("redis-server") is not None


@contextmanager
def redis_server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run one that keeps nothing; yield its process and its port."""
    port = free_port()
    options = f"--port {port} --bind 127.0.0.1 --save  --appendonly no --dir {folder}".split(" ")
    process = subprocess.Popen(
        ["redis-server", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ready to accept connections" in line:
                break
        else:
            raise RuntimeError("Redis did not start.\n" + "".join(lines))
        yield process, port
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
        process.stdout.close()


class Line:
    """A line to a port, for the length of a `with`: every answer takes so many seconds."""

    def __init__(self, port: int) -> None:
        self.to, self.port, self.seconds = port, free_port(), 0.0

    def __enter__(self) -> "Line":
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    def mend(self) -> None:
        """Let everybody connect."""
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    def cut(self) -> None:
        """End what is connected, and let nobody connect."""
        _end(self._listener)
        self._thread.join()
        self._listener.close()
        for one in self._open:
            _end(one)

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
                self._open += near, far
                for ends in ((near, far, 0), (far, near, 1)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, is_answer: int) -> None:
        """Carry what comes until either ends; each socket is closed where it is read."""
        with here, suppress(OSError):
            while carried := here.recv(65_536):
                time.sleep(self.seconds * is_answer)
                there.sendall(carried)
        _end(there)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
