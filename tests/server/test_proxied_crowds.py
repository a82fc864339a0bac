"""Readers behind the documented proxy, beside as many slow clients as the machine takes, up to
10,000 (`make soak`): heads and forms byte by byte, and those who send nothing.
"""

import itertools
import os
import resource
import shutil
import subprocess
import time

import pytest

from tests.conftest import started
from tests.proxy import ANY_CERTIFICATE, HOST, HOW, ask, nginx, proxied
from tests.server.crowds import Crowd, at, kinds

pytestmark = [
    pytest.mark.skipif("SOAK" not in os.environ, reason="It takes minutes: make soak."),
    pytest.mark.skipif(nginx() is None, reason=HOW),
]
SLUG = "fastapi-vs-django"
MOST = int(os.environ.get("SLOW_CLIENTS", "10000"))
OF_KIND = {"bodies": min(MOST, 2_000), "heads": MOST, "idle": MOST}
READERS, SPARE = 300, 500  # files that a process needs beside those of its clients
KILOBYTES = 100  # that the proxy may take for each slow client


@pytest.fixture(scope="module")
def proxy(prepared, tmp_path_factory):
    """The proxy's port and its process."""
    folder = tmp_path_factory.mktemp("proxied")
    shutil.copytree(prepared, folder / "var")
    with started(folder / "var", BEHIND_PROXY="1", ALLOWED_HOSTS=HOST) as address:
        server = int(address.rpartition(":")[2])
        with proxied(folder, [server, server]) as port:
            yield port, int((folder / "pid").read_text())


def over_tls(plain):
    return ANY_CERTIFICATE.wrap_socket(plain, server_hostname=HOST)


def kilobytes(process):
    """Return what a process and those that it has started take together."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(process), "--ppid", str(process)],
        capture_output=True,
        text=True,
    )
    return sum(map(int, told.stdout.split()))


@pytest.mark.parametrize("kind", OF_KIND)
def test_slow_clients_of_the_proxy_hold_nobody_up(proxy, kind):
    port, process = proxy
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(OF_KIND[kind], files - SPARE)
    addresses = itertools.cycle([f"/{SLUG}/", f"/{SLUG}/-/results/?w=orm:4", "/", "/healthz"])
    for address in itertools.islice(addresses, 4):
        assert ask(port, address)[0].status == 200
    before, took, statuses = kilobytes(process), [], set()
    with Crowd(port, kinds(SLUG)[kind], count, over_tls):
        for address in itertools.islice(addresses, READERS):
            begun = time.perf_counter()
            statuses.add(ask(port, address)[0].status)
            took.append(time.perf_counter() - begun)
        more = kilobytes(process) - before
    print(
        f"\n{count} slow {kind} at the proxy (asked for: {OF_KIND[kind]}): 99 % of {READERS} "
        f"readers within {at(0.99, took) * 1_000:.0f} ms; {more // 1_024} MB more there"
    )
    assert statuses == {200}
    assert at(0.99, took) < 1
    assert more < count * KILOBYTES + 10_240
