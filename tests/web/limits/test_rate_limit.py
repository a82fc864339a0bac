"""How often one sender may do one thing, counted by all processes together; with the store away
each counts by itself.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import RequestFactory

from comparison.models import Count
from comparison.web.limits import rate_limit
from comparison.web.limits.rate_limit import Limit, sender_of
from tests.redis_server import HOW, is_here, redis_server

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
LIMIT = Limit("tests", most=2, seconds=3_600)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Set the limiter's clock; it stands in the middle of a stretch of time."""

    def set_to(seconds):
        monkeypatch.setattr(
            "comparison.web.limits.rate_limit.time",
            SimpleNamespace(time=lambda: seconds, monotonic=lambda: seconds),
        )

    monkeypatch.setattr(rate_limit, "_silence", rate_limit._Silence())
    set_to(1_800_001_800.0)
    return set_to


def test_so_many_are_taken_and_the_next_waits_for_the_next_stretch():
    assert [LIMIT.wait("192.0.2.1") for _ in range(4)] == [0, 0, 1_800, 1_800]
    assert LIMIT.wait("192.0.2.2") == 0  # each sender is counted alone
    assert Limit("others", most=2, seconds=3_600).wait("192.0.2.1") == 0  # and each thing


def test_after_the_stretch_it_is_taken_again(clock):
    assert [LIMIT.wait("192.0.2.1") for _ in range(3)][-1] == 1_800
    clock(1_800_003_600.0)
    assert LIMIT.wait("192.0.2.1") == 0


def test_what_was_no_try_in_vain_is_given_back():
    for _ in range(9):
        assert LIMIT.wait("192.0.2.1") == 0
        LIMIT.give_back("192.0.2.1")


def test_nothing_of_the_sender_is_kept_and_what_is_over_goes(clock):
    LIMIT.wait("192.0.2.1")
    (row,) = Count.objects.all()
    assert "192.0.2.1" not in row.key and row.number == 1
    Count.objects.update(until="2020-01-01T00:00:00Z")
    LIMIT.wait("192.0.2.1")
    assert Count.objects.count() == 1  # it is counted on
    LIMIT.wait("192.0.2.2")
    assert Count.objects.exclude(key=row.key).count() == Count.objects.count() == 1


@pytest.mark.parametrize("broken", ["add", "incr"])
def test_where_a_cache_breaks_the_database_counts(monkeypatch, caplog, broken):
    def breaks(*given, **more):
        raise ConnectionError("It does not answer.")

    monkeypatch.setattr(rate_limit, "_is_shared", lambda: True)
    monkeypatch.setattr(cache, broken, breaks)
    sender = f"192.0.2.{len(broken)}"
    assert [bool(LIMIT.wait(sender)) for _ in range(4)] == [False, False, True, True]
    assert Count.objects.get().number == 4
    assert "the database counts" in caplog.text


def test_a_redis_that_did_not_answer_is_asked_again_after_a_moment(monkeypatch, settings, clock):
    asked = []

    def hangs(*given, **more):
        asked.append(given)
        raise TimeoutError("It does not answer.")

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    monkeypatch.setattr(rate_limit, "cache", SimpleNamespace(add=hangs, decr=hangs))
    assert [bool(LIMIT.wait("192.0.2.1")) for _ in range(3)] == [False, False, True]
    LIMIT.give_back("192.0.2.1")
    assert len(asked) == 1 and Count.objects.get().number == 2
    clock(1_800_001_800.0 + rate_limit.PASSED_OVER)
    LIMIT.wait("192.0.2.1")
    assert len(asked) == 2


def test_where_no_store_answers_each_process_counts_by_itself(monkeypatch, caplog):
    def breaks(write):
        raise OperationalError("database is locked")

    monkeypatch.setattr(rate_limit, "written", breaks)
    assert [bool(LIMIT.wait("192.0.2.8")) for _ in range(3)] == [False, False, True]
    assert "tests is counted in each process" in caplog.text
    LIMIT.give_back("192.0.2.8")
    LIMIT.give_back("192.0.2.8")
    assert LIMIT.wait("192.0.2.8") == 0


@pytest.mark.parametrize(
    ("behind", "remote", "forwarded", "sender"),
    [
        pytest.param(False, "192.0.2.1", None, "192.0.2.1", id="the address itself"),
        pytest.param(
            False,
            "192.0.2.1",
            "198.51.100.7",
            "192.0.2.1",
            id="what anybody can write is not believed",
        ),
        pytest.param(
            True,
            "127.0.0.1",
            "203.0.113.9, 198.51.100.7",
            "198.51.100.7",
            id="what the proxy wrote",
        ),
        pytest.param(True, "127.0.0.1", "198.51.100.7:4711", "198.51.100.7", id="with a port"),
        pytest.param(
            True, "127.0.0.1", "[2001:db8::1]:4711", "2001:db8::/64", id="IPv6 with a port"
        ),
        pytest.param(
            False, "2001:db8::ffff:1", None, "2001:db8::/64", id="IPv6: all that one sender has"
        ),
        pytest.param(False, "::ffff:192.0.2.1", None, "192.0.2.1", id="IPv4 in IPv6"),
        pytest.param(True, "127.0.0.1", None, "", id="a proxy that says nothing"),
        pytest.param(True, "127.0.0.1", "unknown", "", id="no address"),
        pytest.param(False, "", None, "", id="a socket of this machine"),
    ],
)
def test_the_sender_is_who_the_server_or_its_proxy_says(
    settings, behind, remote, forwarded, sender
):
    settings.BEHIND_PROXY = behind
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert sender_of(RequestFactory().post("/", REMOTE_ADDR=remote, **headers)) == sender


def test_a_sender_that_is_not_known_is_not_limited():
    assert [LIMIT.wait("") for _ in range(9)] == [0] * 9


# --- Redis ----------------------------------------------------------------------------------------

COUNT = """
import django
django.setup()
from comparison.web.limits.rate_limit import Limit
print([bool(Limit("tests", most=2, seconds=10**9).wait("192.0.2.1")) for _ in range(3)])
"""


def count_through(address):
    """Count three in a process of its own, as a worker does; a limit of two. Fails where
    it hangs.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "CACHE_URL": address,
        "LOG_LEVEL": "CRITICAL",
    }
    finished = subprocess.run(
        [sys.executable, "-c", COUNT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    """A Redis of these tests alone: its process and its address."""
    if not is_here():
        pytest.skip(HOW)
    client = pytest.importorskip(
        "redis", reason="Redis's client is not installed: pip install -r requirements-scale.txt"
    )
    with redis_server(tmp_path_factory.mktemp("redis")) as (process, port):
        assert client.Redis(port=port).ping()
        yield process, f"rediscache://127.0.0.1:{port}/0"


def test_redis_counts_for_all_processes(redis):
    # a busy machine does not make it one that hangs
    patient = f"{redis[1]}?socket_timeout=60&socket_connect_timeout=60"
    assert count_through(patient) == "[False, False, True]"
    assert count_through(patient) == "[True, True, True]"


def test_a_redis_that_hangs_or_is_gone_refuses_nobody_too_early(redis):
    process, address = redis
    process.send_signal(signal.SIGSTOP)
    assert count_through(address) == "[False, False, True]"
    process.send_signal(signal.SIGCONT)
    process.kill()
    process.wait()
    assert count_through(address) == "[False, False, True]"
