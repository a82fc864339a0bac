"""Readers, each with a selection of their own, for minutes (`make soak`): half as many as can be
answered break nothing, and leave memory and open files what they are; of twice as many, whoever
is not answered is told when to come again, and all is well afterwards.
"""

import csv
import http.client
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import started
from tests.server import open_loop
from tests.server.crowds import asked, at

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="It takes minutes: make soak.")
MINUTES = float(os.environ.get("LOAD_MINUTES", "3"))  # at half of the peak; a third above it
READERS, WARM = 4, 5  # at once, and for so many seconds, while the peak is measured
MEGABYTES, GROWTH = 120, 1.05  # over the start; from the middle of the time to its end
FILES = 8  # that a moment may differ from another by
SLUGS = ("fastapi-vs-django", "python-app-servers")


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("load") / "var"
    shutil.copytree(prepared, folder)
    with started(folder, BEHIND_PROXY="1") as address:  # readers of many networks
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


def told(what, answers):
    print(
        f"\n{what}: {dict(answers.statuses)}, broken {dict(answers.broken)}, "
        f"{answers.passed_over} passed over; 99 % within {at(0.99, answers.seconds):.2f} s"
    )


def test_minutes_at_half_of_the_peak_and_at_twice_leave_the_site_well(site):
    criteria = {slug: criteria_of(site, slug) for slug in SLUGS}
    assert all(len(known) > 5 for known in criteria.values())
    process = worker_of(site)
    start = state_of(process)
    open_loop.peak(site, criteria, READERS, WARM)  # pages are made for the first time
    peak = open_loop.peak(site, criteria, READERS, WARM)
    print(f"\npeak: {peak:.0f} answers a second")

    halves, states = [], []
    for _ in range(2):
        halves.append(open_loop.level(site, criteria, peak / 2, MINUTES * 30))
        states.append(state_of(process))
        told("half of it", halves[-1])
    print(f"megabytes and files: {start}, then {states}")
    for answers in halves:
        assert set(answers.statuses) <= {200, 302}
        assert not answers.broken and not answers.passed_over
    (middle, end) = states
    assert end[0] - start[0] <= MEGABYTES
    assert end[0] <= middle[0] * GROWTH
    assert end[1] <= middle[1] + FILES

    above = open_loop.level(site, criteria, peak * 2, MINUTES * 20)
    told("twice as many", above)
    assert set(above.statuses) <= {200, 302, 503}
    assert not above.wordless and not above.broken
    assert above.statuses[200] >= above.statuses.total() * 0.2  # it goes on answering

    well = [asked(site, f"/{SLUGS[0]}/-/results/?w=orm:{number % 6}") for number in range(60)]
    assert at(0.99, well) < 1
    end = time.monotonic() + 60
    while state_of(process)[1] > middle[1] + FILES:  # connections that are closing
        assert time.monotonic() < end, "its files stay open"
        time.sleep(0.5)
    print(f"afterwards: {state_of(process)}")
    assert worker_of(site) == process  # it was not replaced
