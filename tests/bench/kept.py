"""What is asked again and again, or dear to make: answers a second against a bare view of as many
bytes; and what a process keeps, in megabytes and in the time that it stands still.
"""

import gc
import time
from collections.abc import Iterator
from itertools import combinations, cycle, islice

from django.test import Client

from comparison.core.document.schema import Document
from comparison.publishing import publish, releases
from tests.bench.lines import LARGE, print_line
from tests.bench.load import measure
from tests.bench.selections import never_twice
from tests.bench.server import Server, fetch, request_bytes
from tests.worlds import large_tree

SHIPPED = "fastapi-vs-django"
OPTION_SETS, PINNED = 64, 200
WORDS = ("async", "orm", "speed", "test", "type", "django", "fast", "admin", "data", "cost")
# asked before: address, share of the bare view
PAGES = {
    "hub": ("/", 0.4),
    "page": (f"/{SHIPPED}/?off=orm", 0.6),
    "cell page": (f"/{SHIPPED}/cell/orm/django/", 0.4),
    "source page": (f"/{LARGE}/sources/source-0/", 0.4),
    "section": (f"/{SHIPPED}/costs/", 0.4),
    "picture": (f"/{SHIPPED}/-/card.png", 0.4),
}


def measure_pages(port: int) -> None:
    """Pages that were asked for before, "not modified", and dear ones under new selections."""
    for name, (address, share) in PAGES.items():
        body = fetch(port, address, "")[0]
        measure(name, len(body), {"asked before": cycle([address])}, _least(share), port)
    known = request_bytes(PAGES["page"][0], more=f"If-None-Match: {_tag(port)}\r\n")
    measure("not modified", 0, {"asked before": cycle([known])}, _least(0.8), port)
    searches = [f"/{SHIPPED}/search/?find={a}+{b}" for a, b in combinations(WORDS, 2)]
    selections = zip(cycle(searches), never_twice(SHIPPED), strict=False)
    _new(port, "search", (f"{search}&{query}" for search, query in selections), 0.2)
    for slug in (SHIPPED, LARGE):
        asked = (f"/{slug}/sensitivity/?{query}" for query in never_twice(slug))
        _new(port, f"sensitivity, {slug}", asked, 0.05)


def measure_kept() -> None:
    """The memory of a process after 64 choices of options of the large comparison, and after 200
    releases of it by name; and how long the collector stops it at most.
    """
    sets = [f"/{LARGE}/?options={options}" for options in islice(_choices(), OPTION_SETS)]
    _growth(f"memory for {OPTION_SETS} choices of options, MB", sets)
    slug = "many-releases"
    for number in range(PINNED):
        tree = large_tree(12, 40, claims_per_cell=5, slug=slug, seed=number)
        publish.append(Document.model_validate(tree), "bench", f"Release {number + 1}.")
    pinned = [f"/{slug}/@{number}/-/results/" for number in range(1, PINNED + 1)]
    _growth(f"memory for {PINNED} pinned releases, MB", pinned)
    client, pauses, begun = Client(HTTP_HOST="localhost"), [0.0], [0.0]

    def watch(phase: str, _: object) -> None:
        if phase == "start":
            begun[0] = time.perf_counter()
        else:
            pauses.append(1000 * (time.perf_counter() - begun[0]))

    client.get("/method/")
    gc.collect()
    gc.freeze()
    gc.callbacks.append(watch)
    for address in (*sets, *pinned):
        client.get(address)
    gc.collect()
    gc.callbacks.remove(watch)
    releases.memory.forget()
    print_line("longest pause of the collector, ms", [max(pauses)], "at most 50 ms", "{:.0f}")


def _choices() -> Iterator[str]:
    options = [f"option-{number}" for number in range(30)]
    return map(",".join, combinations(options, 28))


def _growth(name: str, addresses: list[str]) -> None:
    with Server() as server:
        fetch(server.port, f"/{SHIPPED}/", "br")
        before = server.megabytes()
        for address in addresses:
            fetch(server.port, address, "br")
        print_line(name, [server.megabytes() - before], "at most 300 MB", "{:.0f}")


def _new(port: int, name: str, addresses: Iterator[str], share: float) -> None:
    size = len(fetch(port, next(addresses), "")[0])
    measure(name, size, {"never twice": addresses}, _least(share, "never twice"), port)


def _least(share: float, way: str = "asked before") -> dict[str, str]:
    return {way: f"at least {share}"}


def _tag(port: int) -> str:
    head = fetch(port, PAGES["page"][0], "")[1].decode()
    lines = (line.partition(": ") for line in head.split("\r\n"))
    return next(value for name, _, value in lines if name.lower() == "etag")
