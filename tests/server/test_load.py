"""Readers by the thousand, each with a selection of their own, for minutes (`make soak`): nothing
breaks, memory and open files stay what they are.
"""

import csv
import http.client
import os
import random
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import serving

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="It takes minutes: make soak.")
MINUTES = float(os.environ.get("LOAD_MINUTES", "3"))
READERS = 4  # at once
MEGABYTES, GROWTH = 120, 1.05  # over the start; from the middle of the time to its end
SLUGS = ("fastapi-vs-django", "python-app-servers")
PAGES = ("", "-/results/", "-/view.json", "sensitivity/", "sources/", "-/card.png", "freshness/")
WEIGHTS = (20, 60, 4, 2, 6, 4, 4)


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    with serving(prepared, tmp_path_factory.mktemp("load") / "var") as address:
        yield int(address.rpartition(":")[2])


def worker_of(port):
    """Return the process that answers: of those with this port, the one begun last."""
    found = subprocess.run(
        ["pgrep", "-n", "-f", f"comparison.server.*--port {port} "], capture_output=True, text=True
    )
    return int(found.stdout)


def state_of(process):
    """Return its megabytes and how many files it has open."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    pss = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return pss / 1_024, len(os.listdir(f"/proc/{process}/fd"))


def criteria_of(port, slug):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/{slug}/-/view.csv")
    text = connection.getresponse().read().decode("utf-8-sig")
    connection.close()
    records = csv.DictReader(text.splitlines())
    return [record["slug"] for record in records if record["record"] == "criterion"]


def selection(chance, criteria):
    weights = ",".join(
        f"{slug}:{chance.randrange(6)}" for slug in chance.sample(criteria, chance.randrange(1, 6))
    )
    return f"?w={weights}&off={chance.choice(criteria)}"


def test_minutes_of_readers_leave_memory_and_files_as_they_are(site):
    process = worker_of(site)
    criteria = {slug: criteria_of(site, slug) for slug in SLUGS}
    assert all(len(known) > 5 for known in criteria.values())
    start, over = state_of(process), threading.Event()
    came: Counter[int] = Counter()

    def read(seed):
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", site, timeout=60)
        while not over.is_set():
            slug, page = chance.choice(SLUGS), chance.choices(PAGES, WEIGHTS)[0]
            connection.request("GET", f"/{slug}/{page}{selection(chance, criteria[slug])}")
            answer = connection.getresponse()
            answer.read()
            came[answer.status] += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    time.sleep(MINUTES * 30)
    middle = state_of(process)
    time.sleep(MINUTES * 30)
    end = state_of(process)
    over.set()
    for thread in threads:
        thread.join()
    print(f"\n{came.total()} answers {dict(came)}; megabytes and files: {start}, {middle}, {end}")
    assert worker_of(site) == process  # it was not replaced
    assert set(came) <= {200, 302}
    assert end[0] - start[0] <= MEGABYTES
    assert end[0] <= middle[0] * GROWTH
    assert end[1] <= middle[1] + READERS
