"""A reader's write that holds up no other reader: it is given two seconds, in a thread of its own,
and one at a time. Whoever comes while it is stuck, or within two seconds after, is told at once.
Nothing is kept of what took longer: who sent it was told so.
"""

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

PATIENCE = 2.0  # seconds
TURN = 0.25  # seconds in which one that is not stuck has ended
REST = 2.0  # seconds in which nothing is tried after one was stuck


class TookTooLong(Exception):
    """Nothing could be written within the time that a reader is kept waiting."""


class _Attempt:
    """One write, until it has ended or been given up."""

    def __init__(self, write: Callable[[], str]) -> None:
        self.write = write
        self.result = ""
        self.error: Exception | None = None
        self.ended = threading.Event()
        self.is_given_up = False

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":  # before the transaction, which waits at once
                    cursor.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE:.0f}")
                with transaction.atomic(using=connection.alias):
                    if connection.vendor == "postgresql":
                        cursor.execute(f"SET LOCAL statement_timeout = {1000 * PATIENCE:.0f}")
                    self.result = self.write()
                    if self.is_given_up:
                        transaction.set_rollback(True, using=connection.alias)
        except Exception as error:  # told to whoever waits for it
            self.error = error
        finally:
            self.ended.set()

    def run_alone(self) -> None:
        """Run in a thread that has a connection of its own, and closes it."""
        try:
            self.run()
        finally:
            connection.close()
            _one_at_a_time.release()


_one_at_a_time = threading.Lock()
_rests = {"until": 0.0}  # by the clock that is never set


def written(write: Callable[[], str]) -> str:
    """Return what a write returns, and raise what it raises; TookTooLong where it is stuck."""
    begun = time.monotonic()
    if begun < _rests["until"] or not _one_at_a_time.acquire(timeout=TURN):
        raise TookTooLong
    attempt = _Attempt(write)
    start(attempt)
    in_time = attempt.ended.wait(PATIENCE)
    attempt.is_given_up = not in_time
    # a database that is held says so itself when the time is nearly over
    if not in_time or (attempt.error and time.monotonic() - begun > PATIENCE / 2):
        _rests["until"] = time.monotonic() + REST
    if not in_time:
        raise TookTooLong
    if attempt.error:
        raise attempt.error
    return attempt.result


def start(attempt: _Attempt) -> None:
    threading.Thread(target=attempt.run_alone, daemon=True, name="patient-writing").start()


def start_here(attempt: _Attempt) -> None:
    """Run it at once, on the connection of whoever asks: for tests within a transaction."""
    attempt.run()
    _one_at_a_time.release()
