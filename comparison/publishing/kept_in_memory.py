"""What a process keeps in memory, up to so many bytes: what was asked for last. Knows nothing of
what it keeps, and is only for what never becomes wrong, because it is made of a release.

What is made of something else that is kept has that as its owner, and goes with it: what is counted
is then all that is held.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

BESIDE = 500  # bytes that an entry takes besides its key's texts and its value


class _Entry(NamedTuple):
    value: Any
    size: int  # bytes
    owner: Hashable | None


class KeptInMemory:
    """The things asked for last, of no more bytes than `most` together. None is no value."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self.entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self.owned: dict[Hashable, set[Hashable]] = {}
        self.lock = threading.RLock()

    def get(self, key: Hashable) -> Any:
        """Return what is kept under a key, or None; it and its owner were asked for last then."""
        with self.lock:
            entry = self.entries.get(key)
            if entry is None:
                return None
            if entry.owner is not None:
                self.entries.move_to_end(entry.owner)
            self.entries.move_to_end(key)
            return entry.value

    def put(self, key: Hashable, value: Any, size: int, owner: Hashable | None = None) -> Any:
        """Keep a value, and return what is kept: of two threads that made it, the first one's.

        size: bytes, roughly; what is larger than all is not kept. owner: the key of what it is made
        of; where that is kept no longer, neither is this.
        """
        dropped: list[_Entry] = []  # freed once the lock is, which other threads wait for
        with self.lock:
            if there := self.entries.get(key):
                return there.value
            if size + BESIDE > self.most or (owner is not None and owner not in self.entries):
                return value
            self.entries[key] = _Entry(value, size + BESIDE, owner)
            self.bytes += size + BESIDE
            if owner is not None:
                self.owned.setdefault(owner, set()).add(key)
                self.entries.move_to_end(owner)
                self.entries.move_to_end(key)
            while self.bytes > self.most:
                self._drop(next(iter(self.entries)), dropped)
        return value

    def grow(self, key: Hashable, size: int) -> None:
        """Count so many bytes more for what is kept under a key, if it still is."""
        dropped: list[_Entry] = []
        with self.lock:
            if entry := self.entries.get(key):
                self.entries[key] = entry._replace(size=entry.size + size)
                self.bytes += size
                while self.bytes > self.most:
                    self._drop(next(iter(self.entries)), dropped)

    def drop(self, key: Hashable) -> None:
        """Keep no longer what stands under a key, nor what is made of it."""
        dropped: list[_Entry] = []
        with self.lock:
            if key in self.entries:
                self._drop(key, dropped)

    def _drop(self, key: Hashable, dropped: list[_Entry]) -> None:
        for of_it in self.owned.pop(key, ()):
            self._drop(of_it, dropped)
        entry = self.entries.pop(key)
        self.bytes -= entry.size
        if entry.owner in self.owned:
            self.owned[entry.owner].discard(key)
        dropped.append(entry)

    def forget(self) -> None:
        with self.lock:
            self.entries.clear()
            self.owned.clear()
            self.bytes = 0

    def __iter__(self) -> Iterator[Hashable]:
        """Return the keys of all that is kept."""
        with self.lock:
            return iter(list(self.entries))
