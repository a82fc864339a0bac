"""Who works when: lanes of a few threads each, and a fair waiting line before each.

A request that waits holds no thread. Senders take turns, so that one who asks for much waits for
their own; where the line is full, it is they who are sent away. Whoever leaves while they wait is
not worked for. All but the work itself happens in the one thread of the event loop.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

SHORT = 0.1  # seconds; whoever waits no longer is not watched for leaving, which costs more


class Full(Exception):
    """The line is full, and whoever has most in it waits for nothing more."""


class Gone(Exception):
    """The client has left."""


class Place:
    """A request that waits."""

    __slots__ = ("leaving", "sender", "since", "turn", "watch")

    def __init__(self, sender: str, leaving: Callable[[], Awaitable[None]], since: float) -> None:
        self.sender, self.leaving, self.since = sender, leaving, since
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.watch: asyncio.Future[None] | None = None  # of its client's leaving

    def end_watch(self) -> None:
        """Look no longer whether its client leaves."""
        if self.watch:
            self.watch.cancel()

    def end(self, error: Exception | None) -> None:
        """End the waiting: it is its turn, or never will be."""
        self.end_watch()
        if self.turn.done():
            return
        if error:
            self.turn.set_exception(error)
        else:
            self.turn.set_result(None)


class Lane:
    """A few threads, and who waits for them."""

    def __init__(self, name: str, *, threads: int, ahead: int, most_waiting: int) -> None:
        """ahead: how many more are handed to the threads than these can work on: where the work is
        short, a thread has its next before it asks for it.
        """
        self.name, self.most_waiting = name, most_waiting
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.waiting = 0  # how many
        self._free = threads + ahead
        self._lines: OrderedDict[str, deque[Place]] = OrderedDict()  # by sender, next one first
        self._is_looking = False

    def take(self) -> bool:
        """Take a place at the threads if one is free; return whether it was."""
        if not self._free:
            return False
        self._free -= 1
        return True

    async def turn(self, sender: str, leaving: Callable[[], Awaitable[None]]) -> None:
        """Wait for a place at the threads, and take it. Raises Full, and Gone where the client
        leaves meanwhile.

        leaving: comes back when it does; not called for whoever waits a moment only.
        """
        if self.waiting >= self.most_waiting:
            self._make_room(sender)
        loop = asyncio.get_running_loop()
        place = Place(sender, leaving, loop.time())
        self._lines.setdefault(sender, deque()).append(place)
        self.waiting += 1
        if not self._is_looking:
            self._is_looking = True
            loop.call_later(SHORT, self._look_after_them)
        try:
            await place.turn
        except asyncio.CancelledError:
            place.end_watch()
            if place.turn.cancelled():
                self._forget(place)
            elif not place.turn.exception():
                self.release()  # the turn had come, and nobody is there to take it
            raise

    def release(self) -> None:
        """Give a place at the threads back: it goes to whose turn it is."""
        while self._lines:
            sender, line = self._lines.popitem(last=False)
            place = line.popleft()
            self.waiting -= 1
            if line:
                self._lines[sender] = line  # behind all others
            if not place.turn.done():  # else its request was given up a moment ago
                place.end(None)
                return
        self._free += 1

    def _make_room(self, sender: str) -> None:
        """Send away the last of whoever has most waiting, where that is more than this sender would
        have.
        """
        greedy = max(self._lines.values(), key=len)
        if len(greedy) <= len(self._lines.get(sender, ())) + 1:
            raise Full
        greedy.pop().end(Full())
        self.waiting -= 1

    def _look_after_them(self) -> None:
        """Watch those who wait long for their leaving, as long as anybody waits."""
        loop = asyncio.get_running_loop()
        self._is_looking = bool(self._lines)
        if not self._is_looking:
            return
        for line in self._lines.values():
            for place in line:
                if not place.watch and loop.time() - place.since >= SHORT:
                    place.watch = loop.create_task(self._watch(place))
        loop.call_later(SHORT, self._look_after_them)

    async def _watch(self, place: Place) -> None:
        await place.leaving()
        self._forget(place)
        place.watch = None
        place.end(Gone())

    def _forget(self, place: Place) -> None:
        line = self._lines.get(place.sender)
        if line is None or place not in line:
            return  # taken out of it meanwhile
        line.remove(place)
        self.waiting -= 1
        if not line:
            del self._lines[place.sender]
