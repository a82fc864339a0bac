"""Whether what the site leans on answers: looked at beside the requests, by one look at a time.

However many ask, and however long a look hangs, nobody waits for it longer than a blink, and no
second one is begun meanwhile.
"""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
KEPT = 2.0  # seconds that an answer holds
LONGEST = 2.0  # seconds after which a look is taken to hang
BLINK = 0.2  # seconds that somebody who asks waits for a look
SILENT = "does not answer"


class Probe:
    """One thing that is looked at. look: returns where it answers rightly, raises where not."""

    def __init__(self, name: str, look: Callable[[], object]) -> None:
        self.name = name
        self._look = look
        self._lock = threading.Lock()
        self._known_at: float | None = None
        self._problem = ""
        self._began: float | None = None  # None = nobody is looking
        self._ended = threading.Event()

    def problem(self) -> str:
        """Return what is wrong with it, in two or three words; an empty text where nothing is."""
        with self._lock:
            now = time.monotonic()
            is_old = self._known_at is None or now - self._known_at > KEPT
            begins = is_old and self._began is None
            if begins:
                self._began, self._ended = now, threading.Event()
                threading.Thread(target=self._run, name=f"look at {self.name}", daemon=True).start()
            ended, waits = self._ended, begins or self._known_at is None
        if waits:
            ended.wait(BLINK)
        with self._lock:
            if self._known_at is None:
                return SILENT
            hangs = self._began is not None and time.monotonic() - self._began > LONGEST
            return SILENT if hangs else self._problem

    def _run(self) -> None:
        problem = ""
        try:
            self._look()
        # each kind of database and cache has errors of its own
        except Exception as error:
            problem = SILENT
            log.warning("The %s does not answer: %s", self.name, type(error).__name__)
        with self._lock:
            self._problem, self._known_at, self._began = problem, time.monotonic(), None
            self._ended.set()
