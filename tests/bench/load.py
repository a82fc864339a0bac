"""Answers a second, against a bare view of as many bytes, and the memory of the process that gives
them.

Each address is asked in turns with the bare view, so that a busy machine slows both. The toggle
region is asked in three ways: five hundred links of which every one was asked before (the site
keeps such answers in memory), five changes of one reader after another, and selections that are
never asked twice, so that nothing kept can answer. The whole page is asked in the last way alone.
"""

import select
import socket
import time
from collections.abc import Iterator
from itertools import cycle, islice

from tests.bench.lines import print_line
from tests.bench.selections import never_twice, of_readers
from tests.bench.server import Server, fetch, request_bytes

ROUNDS, SECONDS, CONNECTIONS, CHANGES = 9, 1.0, 8, 5
LINKS = 500


def measure_toggle(port: int, slug: str, asked_before: float, never: float) -> None:
    """The region that comes after a toggle; both budgets are shares of the bare view's rate."""
    address = f"/{slug}/-/results/?"
    known = list(islice(of_readers(slug, 1), LINKS))
    measure(
        f"toggle, {slug}",
        len(fetch(port, address + known[0], "")[0]),
        {
            "asked before": cycle([address + query for query in known]),
            "five changes": (address + query for query in of_readers(slug, CHANGES)),
            "never twice": (address + query for query in never_twice(slug)),
        },
        {"asked before": f"at least {asked_before}", "never twice": f"at least {never}"},
        port,
    )


def measure_page(port: int, slug: str, never: float) -> None:
    """The whole page, for selections that nobody had before."""
    queries = never_twice(slug, seed=4)
    address = f"/{slug}/?"
    measure(
        f"whole page, {slug}",
        len(fetch(port, address + next(queries), "")[0]),
        {"never twice": (address + query for query in queries)},
        {"never twice": f"at least {never}"},
        port,
    )


def measure_memory(slugs: tuple[str, ...], most: float) -> None:
    """The memory of a server's process that answered many requests, against one that only ever
    answered the bare view.
    """
    used = {}
    for name in ("bare", "site"):
        with Server() as server:
            for slug in slugs:
                addresses = ["/bare/20000/"] if name == "bare" else _of_a_visit(slug)
                _throughput(server.port, map(request_bytes, cycle(addresses)), 5 * SECONDS)
            used[name] = server.megabytes()
    print_line("memory of a process after load, bare view, MB", [used["bare"]], "", "{:.0f}")
    print_line("memory of a process after load, site, MB", [used["site"]], "", "{:.0f}")
    print_line("  / bare", [used["site"] / used["bare"]], f"at most {most}")


def _of_a_visit(slug: str) -> list[str]:
    pages = (f"/{slug}/?{query}" for query in islice(never_twice(slug), LINKS))
    toggles = (f"/{slug}/-/results/?{query}" for query in islice(of_readers(slug, 5), LINKS))
    return [address for pair in zip(pages, toggles, strict=True) for address in pair]


def measure(
    name: str,
    size: int,
    asked: dict[str, Iterator[str]] | dict[str, Iterator[bytes]],
    budgets: dict[str, str],
    port: int,
) -> None:
    """Print answers a second of each way of asking, and their share of a bare view's of as many
    bytes. asked: addresses, or whole requests.
    """
    ways: dict[str, Iterator[bytes]] = {
        way: (one if isinstance(one, bytes) else request_bytes(one) for one in each)
        for way, each in asked.items()
    }
    ways["bare"] = cycle([request_bytes(f"/bare/{size}/")])
    for requests in ways.values():
        _throughput(port, requests, 5 * SECONDS)  # warm up
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS):
        for way in list(ways)[:: 1 if turn % 2 else -1]:
            rates[way].append(_throughput(port, ways[way], SECONDS))
    bare = rates.pop("bare")
    print_line(f"bare view, {size} bytes, requests/s", bare, "", "{:.0f}")
    for way, rate in rates.items():
        print_line(f"{name}, {way}, requests/s", rate, "", "{:.0f}")
        shares = [mine / other for mine, other in zip(rate, bare, strict=True)]
        print_line("  / bare", shares, budgets.get(way, ""))


def _throughput(port: int, requests: Iterator[bytes], seconds: float) -> float:
    """Return answers a second over a few connections, each with one request under way at a time."""
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    waiting: dict[int, tuple[socket.socket, int, bytearray]] = {}
    poll = select.poll()
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection, select.POLLIN)
        connection.sendall(next(requests))
        waiting[connection.fileno()] = (connection, -1, bytearray())
    answered, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for number, _ in poll.poll(1000):
            connection, expected, got = waiting[number]
            got += connection.recv(262144)
            if expected < 0 and (end := got.find(b"\r\n\r\n")) >= 0:
                head = bytes(got[:end]).lower()
                if not head.startswith((b"http/1.1 200", b"http/1.1 304")):
                    raise RuntimeError(head.decode())
                if head.startswith(b"http/1.1 304"):
                    head += b"\r\ncontent-length: 0"
                position = head.index(b"content-length:")
                expected = (
                    end
                    + 4
                    + int(
                        head[
                            position + 15 : head.find(b"\r\n", position)
                            if head.find(b"\r\n", position) > 0
                            else None
                        ]
                    )
                )
            if 0 <= expected <= len(got):
                answered += 1
                connection.sendall(next(requests))
                expected, got = -1, bytearray()
            waiting[number] = (connection, expected, got)
    rate = answered / (time.perf_counter() - begun)
    for connection in connections:
        connection.close()
    return rate
