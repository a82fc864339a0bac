"""The production server for the bench, and requests to it over a plain socket."""

import socket
import subprocess
import time
from pathlib import Path

from comparison.management.commands.serve import server_command

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """The production server with one worker, on a free port, for the length of a `with`."""

    port: int

    def __enter__(self) -> "Server":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = port = probe.getsockname()[1]
        self.process = subprocess.Popen(server_command("127.0.0.1", port), cwd=ROOT)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                fetch(port, "/bare/10/", "")
            except (OSError, RuntimeError):
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("The server did not start.")

    def megabytes(self) -> float:
        """Return the memory of the worker, the largest process of the server."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
        )
        processes = [map(int, line.split()) for line in listed.stdout.splitlines()]
        own = self.process.pid
        return max(size for pid, parent, size in processes if own in (pid, parent)) / 1024

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def fetch(port: int, path: str, encoding: str) -> tuple[bytes, bytes]:
    """Return body and head of an answer; RuntimeError unless it is 200."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request_bytes(path, encoding, "close"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"200 OK" not in head.split(b"\r\n")[0]:
        raise RuntimeError(f"{path}: {head.decode()}")
    return body, head


def request_bytes(path: str, encoding: str = "", keep: str = "keep-alive", more: str = "") -> bytes:
    """Return a GET request as it goes over the wire. more: header lines, each with its end."""
    more += f"Accept-Encoding: {encoding}\r\n" if encoding else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}Connection: {keep}\r\n\r\n".encode()
