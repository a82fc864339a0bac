"""What wakes the first process: an event that takes no lock, because signals set it.

A handler runs between any two steps of the main thread, also between those of another handler: two
signals close together would wait for each other for ever at a lock of `threading.Event`.
"""

import os
import select
from contextlib import suppress


class WakeUp:
    """As `threading.Event`, as far as granian uses it. Set means that its pipe holds something."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        for end in (self._read, self._write):
            os.set_blocking(end, False)

    def set(self) -> None:
        with suppress(BlockingIOError):  # it is full, and so set
            os.write(self._write, b"!")

    def clear(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self._read, 4_096):
                pass

    def is_set(self) -> bool:
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> bool:
        """Return whether it is set, at the latest after so many seconds."""
        return bool(select.select([self._read], [], [], timeout)[0])
