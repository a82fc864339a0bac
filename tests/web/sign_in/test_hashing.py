"""Passwords are hashed one at a time, behind all other work, and kept as Django keeps them."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import PriorityQueue

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password

from comparison import settings as ours
from comparison.web.sign_in import hashing


@pytest.fixture(autouse=True)
def hashers(settings):
    settings.PASSWORD_HASHERS = ours.PASSWORD_HASHERS


@pytest.fixture
def seen(monkeypatch):
    """Where each was hashed: the thread, its niceness, and how many at once."""
    seen, at_once, lock = [], [0], threading.Lock()

    def encode(self, password, salt, iterations=None):
        with lock:
            at_once[0] += 1
        nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        seen.append((threading.get_ident(), nice, at_once[0]))
        with lock:
            at_once[0] -= 1
        return f"pbkdf2_sha256$1${salt}${password}"

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", encode)
    return seen


def test_what_django_has_kept_is_checked_and_what_is_kept_is_djangos():
    kept = PBKDF2PasswordHasher().encode("seven kettles", "salt", 1)
    assert check_password("seven kettles", kept) and not check_password("eight kettles", kept)
    assert PBKDF2PasswordHasher().verify("seven kettles", make_password("seven kettles"))
    assert check_password("seven kettles", make_password("seven kettles", hasher="scrypt"))


def test_of_those_that_wait_whoever_has_tried_least_goes_first(monkeypatch):
    is_at_work, is_free = threading.Event(), threading.Event()
    hashed, arrived = [], threading.Semaphore(0)

    class Noted(PriorityQueue):
        def put(self, one):
            super().put(one)
            arrived.release()

    def encode(self, password, salt, iterations=None):
        hashed.append(password)
        is_at_work.set()
        is_free.wait()
        return f"pbkdf2_sha256$1${salt}${password}"

    def sent(password, tries):
        with hashing.after(tries):
            make_password(password)

    monkeypatch.setattr(hashing, "_waiting", Noted())
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", encode)
    with ThreadPoolExecutor(4) as threads:
        for password, tries in (("at work", 0), ("guess 9", 9), ("guess 8", 8), ("hers", 1)):
            threads.submit(sent, password, tries)
            arrived.acquire()
            is_at_work.wait()  # the first, before the others come
        is_free.set()
    assert hashed == ["at work", "hers", "guess 8", "guess 9"]


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere threads have one niceness.")
def test_one_at_a_time_and_behind_all_others(seen):
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make_password, map(str, range(40))))
    (thread, nice, at_once), *others = set(seen)
    assert len(seen) == 40 and others == []
    assert thread != threading.get_ident() and at_once == 1
    assert nice == min(19, mine + hashing.STEPS) or nice == hashing.STEPS
    assert os.getpriority(os.PRIO_PROCESS, 0) == mine
