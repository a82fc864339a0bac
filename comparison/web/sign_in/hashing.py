"""Passwords are hashed one at a time, by a thread that steps back behind all others: hashing takes
a quarter of a second of a processor, and whoever reads meanwhile goes first. Of those that wait,
the one whose sender has tried least goes first, so that nobody waits for who guesses. What is kept
of a password is what Django keeps.
"""

import contextlib
import itertools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from queue import PriorityQueue

from django.contrib.auth.hashers import PBKDF2PasswordHasher

STEPS = 5  # of niceness: a third of what others get, so that signing in still takes no long
tries: ContextVar[int] = ContextVar("tries", default=0)  # of the sender, lately


@dataclass(order=True, slots=True)
class _Hash:
    """One password that waits for its turn."""

    tries: int
    number: int  # of two with as many, the first
    work: Callable[[], str] = field(compare=False)
    result: "Future[str]" = field(compare=False)


class PatientHasher(PBKDF2PasswordHasher):
    """Django's own, elsewhere."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        work = partial(super().encode, password, salt, iterations)
        result: Future[str] = Future()
        _waiting.put(_Hash(tries.get(), next(_numbers), work, result))
        _one_at_a_time.submit(_hash_one)
        return result.result()


@contextlib.contextmanager
def after(number: int) -> Iterator[None]:
    """Let what is hashed within the block wait for whoever has tried less often. number: tries."""
    before = tries.set(number)
    try:
        yield
    finally:
        tries.reset(before)


def _hash_one() -> None:
    first = _waiting.get_nowait()  # there is one for each that was submitted
    try:
        first.result.set_result(first.work())
    except BaseException as error:  # told to whoever waits for it
        first.result.set_exception(error)


def _step_back() -> None:
    """Let the thread go after others; where that cannot be, it works as they do."""
    if sys.platform == "linux":  # elsewhere it would be the whole process
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STEPS)


_waiting: "PriorityQueue[_Hash]" = PriorityQueue()
_numbers = itertools.count()
_one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="hashing", initializer=_step_back)
