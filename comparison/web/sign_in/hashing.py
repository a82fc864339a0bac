"""Passwords are hashed one at a time, by a thread that steps back behind all others: hashing takes
a quarter of a second of a processor, and whoever reads meanwhile goes first. What is kept of a
password is what Django keeps.
"""

import contextlib
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import PBKDF2PasswordHasher

STEPS = 5  # of niceness: a third of what others get, so that signing in still takes no long


class PatientHasher(PBKDF2PasswordHasher):
    """Django's own, elsewhere."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        work = super().encode
        return _one_at_a_time.submit(work, password, salt, iterations).result()


def _step_back() -> None:
    """Let the thread go after others; where that cannot be, it works as they do."""
    if sys.platform == "linux":  # elsewhere it would be the whole process
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STEPS)


_one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="hashing", initializer=_step_back)
