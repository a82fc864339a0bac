"""The documented nginx before two servers: one that is killed fails no request, one that hangs
holds nobody, and what may be kept is kept.
"""

import json
import signal
import subprocess
import threading
import time

import pytest

from tests.proxy import HOST, HOW, ask, configuration, free_port, nginx, proxied, stand_ins

pytestmark = pytest.mark.skipif(nginx() is None, reason=HOW)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """The proxy's port, and the two servers behind it; what waits long waits a second."""
    folder = tmp_path_factory.mktemp("proxy")
    with (
        stand_ins() as (ports, processes),
        proxied(
            folder, ports, proxy_read_timeout="1s", proxy_send_timeout="1s", max_fails="1"
        ) as port,
    ):
        yield port, processes, folder


def told(port, path, **headers):
    response, body = ask(port, path, **headers)
    assert response.status == 200, path
    return json.loads(body), response


def logged(folder, path, count=1):
    """Return the newest line of a path, once there are so many: nginx answers, then writes."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        lines = map(json.loads, (folder / "evenhand.log").read_text().splitlines())
        found = [line for line in lines if line["path"] == path]
        if len(found) >= count:
            return found[-1]
        time.sleep(0.01)
    raise AssertionError(f"{path} is not in the log")


def test_nginx_takes_the_configuration(tmp_path):
    file = configuration(tmp_path, [free_port(), free_port()], free_port())
    done = subprocess.run([nginx(), "-t", "-c", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_the_site_hears_what_it_trusts_and_nothing_that_was_made_up(two):
    made_up = {"X_Forwarded_For": "6.6.6.6", "X_Forwarded_Proto": "http", "X_Request_ID": "x" * 20}
    answer, response = told(two[0], "/", **made_up)
    heard = answer["headers"]
    assert (heard["x-forwarded-for"], heard["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert heard["host"] == HOST
    assert response.headers.get_all("X-Request-ID") == [heard["x-request-id"]]
    assert heard["x-request-id"] != "x" * 20


def test_what_may_be_kept_is_kept_once_for_each_encoding(two):
    first, _ = told(two[0], "/kept/a", Accept_Encoding="gzip, deflate, br")
    again, _ = told(two[0], "/kept/a", Accept_Encoding="br;q=1.0, *;q=0.5")
    assert (first["headers"]["accept-encoding"], again) == ("br", first)
    other, _ = told(two[0], "/kept/a", Accept_Encoding="gzip")
    assert other["headers"]["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/private", {}),
        ("/kept/cookie", {}),
        ("/kept/b", {"Cookie": "__Host-session=abc"}),
        ("/admin/kept/", {}),
    ],
)
def test_what_may_not_be_kept_is_asked_for_each_time(two, path, headers):
    ids = {told(two[0], path, **headers)[0]["headers"]["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


def test_a_style_of_another_version_is_asked_of_the_other_server(two):
    assert {told(two[0], f"/static/{number}.css")[0]["server"] for number in range(4)} == {"second"}


def test_the_log_has_no_query(two):
    told(two[0], "/kept/log?use=very-own-choice")
    assert logged(two[2], "/kept/log")["request"]
    assert "very-own-choice" not in (two[2] / "evenhand.log").read_text()


def test_a_server_that_hangs_and_one_that_is_killed_fail_no_request(two):
    port, (first, second), folder = two
    told(port, "/kept/stale")
    first.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    assert {told(port, f"/hung/{number}")[0]["server"] for number in range(6)} == {"second"}
    assert time.monotonic() - began < 10
    first.send_signal(signal.SIGCONT)
    failed, ended = [], threading.Event()

    def read():
        while not ended.is_set():
            response, _ = ask(port, "/killed")
            if response.status != 200:
                failed.append(response.status)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    first.kill()
    first.wait()
    for number in range(50):
        told(port, f"/after/{number}")
    ended.set()
    for reader in readers:
        reader.join()
    assert failed == []
    second.kill()
    second.wait()
    # it was kept for a second, and waiting for the one that hung took one
    assert told(port, "/kept/stale")[0]["server"] in ("first", "second")
    assert logged(folder, "/kept/stale", count=2)["cache"] == "STALE"
    assert ask(port, "/never-kept")[0].status == 502
