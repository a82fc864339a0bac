"""Readers beside a crowd that holds the server up, and beside what is dear, by the clock
(`make soak`): a real server of one process, and no proxy before it.
"""

import http.client
import itertools
import os
import random
import threading
import time
from contextlib import closing, contextmanager, suppress

import pytest

from tests.conftest import serving
from tests.server.crowds import Crowd, asked, at, kinds
from tests.tools import Page

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="It takes minutes: make soak.")
SLUG = "fastapi-vs-django"
CROWD, READERS, SECONDS = 2_000, 300, 15
GREEDY = 4
SIZE = (30, 120)  # options and criteria of the large comparison


@pytest.fixture(scope="module")
def port(prepared, tmp_path_factory):
    with serving(prepared, tmp_path_factory.mktemp("crowds") / "var", "tests.server.large") as at:
        number = int(at.rpartition(":")[2])
        for address in (f"/{SLUG}/", "/large/", static(number)):
            asked(number, address)
        yield number


def static(port):
    """Return the address of the style sheet."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", f"/{SLUG}/")
        page = Page(connection.getresponse().read().decode())
    return page.find("link", rel="stylesheet")[0]["href"]


@pytest.mark.parametrize("kind", kinds(SLUG))
def test_two_thousand_slow_clients_hold_nobody_up(port, kind):
    addresses = itertools.cycle([f"/{SLUG}/", f"/{SLUG}/-/results/?w=orm:4", static(port), "/"])
    with Crowd(port, kinds(SLUG)[kind], CROWD):
        took = [asked(port, next(addresses)) for _ in range(READERS)]
    told(f"{CROWD} slow {kind}", took)
    assert at(0.99, took) < 1


DEAR = {
    "sensitivity": lambda chance: (
        f"/large/sensitivity/?w=criterion-{chance.randrange(120)}:{chance.randrange(6)}"
    ),
    "sources": lambda chance: (
        f"/large/sources/source-{chance.randrange(9)}/?w=criterion-{chance.randrange(120)}:2"
    ),
    "sets of options": lambda chance: (
        "/large/?options=" + ",".join(f"option-{number}" for number in chance.sample(range(30), 12))
    ),
    "pictures": lambda chance: (
        f"/{SLUG}/-/card.png?w=orm:{chance.randrange(6)},async:{chance.randrange(6)}"
    ),
    "exports": lambda chance: "/large/release.json",
}


@contextmanager
def greedy(port, dear):
    """Let some ask for what is dear, again and again."""
    over, chances = threading.Event(), [random.Random(seed) for seed in range(GREEDY)]
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=120) for _ in chances]

    def ask(chance, connection):
        while not over.is_set():
            with suppress(OSError, http.client.HTTPException):
                connection.request("GET", dear(chance))
                connection.getresponse().read()

    threads = [
        threading.Thread(target=ask, args=both) for both in zip(chances, connections, strict=True)
    ]
    for thread in threads:
        thread.start()
    yield
    over.set()
    for thread, connection in zip(threads, connections, strict=True):
        thread.join()
        connection.close()


@pytest.mark.parametrize("dear", DEAR)
def test_nobody_waits_for_the_dear_pages_of_others(port, dear):
    style, toggles, files = static(port), [], []
    mine = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked(port, DEAR[dear](random.Random(GREEDY)))  # there is such a page
    with greedy(port, DEAR[dear]):
        time.sleep(1)
        end = time.monotonic() + SECONDS
        for number in itertools.count():
            switch = (
                f"/{SLUG}/-/results/?w=orm:{number % 6},async:{number // 6 % 6},admin:{number % 5}"
            )
            toggles.append(asked(port, switch, mine))
            files.append(asked(port, style, mine))
            if time.monotonic() > end:
                break
    mine.close()
    told(f"toggles beside {dear}", toggles)
    told(f"files beside {dear}", files)
    assert at(0.99, toggles) < 0.2
    assert at(0.99, files) < 0.05


def told(what, took):
    middle, most = at(0.5, took) * 1_000, at(0.99, took) * 1_000
    print(f"\n{what}: {len(took)} answers, median {middle:.0f} ms, 99 % within {most:.0f} ms")
