"""Clients who hold a server up: they connect and send nothing, or a head or a form byte by byte.
And readers beside them, by the clock.
"""

import http.client
import resource
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

STALE = f"Cookie: csrf={'a' * 32}"  # one that the site never gave
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20000"


def _form(address: str) -> str:
    return f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{STALE}\r\n{FORM}\r\n\r\ntext="


def kinds(slug: str) -> dict[str, list[str]]:
    """Return what each kind of slow client sends before it becomes slow."""
    return {
        "bodies": [_form(f"/{slug}/suggest/"), _form("/admin/login/"), _form(f"/{slug}/")],
        "heads": ["GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "],
        "idle": [""],
    }


class Crowd:
    """So many slow clients at once, for the length of a `with`; who is sent away comes again.
    spoken: what becomes of a connection before anything is sent, for example TLS.
    """

    def __init__(
        self,
        port: int,
        beginnings: list[str],
        count: int,
        spoken: Callable[[socket.socket], socket.socket] = lambda plain: plain,
    ) -> None:
        self.port, self.beginnings, self.count = port, beginnings, count
        self._spoken = spoken
        self._over = threading.Event()
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def __enter__(self) -> "Crowd":
        self._sockets = [self._connect(number) for number in range(self.count)]
        self._thread = threading.Thread(target=self._drip)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for one in self._sockets:
            one.close()

    def _connect(self, number: int) -> socket.socket:
        one = self._spoken(socket.create_connection(("127.0.0.1", self.port), timeout=60))
        one.sendall(self.beginnings[number % len(self.beginnings)].encode())
        return one

    def _drip(self) -> None:
        while not self._over.wait(1.0):
            for number, one in enumerate(self._sockets):
                try:
                    if self.beginnings != [""]:
                        one.sendall(b"a")
                except OSError:
                    one.close()
                    with suppress(OSError):
                        self._sockets[number] = self._connect(number)
                if self._over.is_set():
                    return


def asked(port: int, address: str, connection: http.client.HTTPConnection | None = None) -> float:
    """Return how many seconds an answer took, over a connection of its own unless one is given."""
    begun = time.perf_counter()
    mine = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    mine.request("GET", address)
    answer = mine.getresponse()
    answer.read()
    if connection is None:
        mine.close()
    assert answer.status == 200, (address, answer.status)
    return time.perf_counter() - begun


def at(share: float, seconds: list[float]) -> float:
    """Return the time within which such a share was answered."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]
