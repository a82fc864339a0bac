"""What a client sends, read whole before any thread is held for it.

Bounded in size and in time, and together, too: by how many are read at once, how many bytes they
hold, and how many of these one sender has. What is long waits on disk.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import IO, Any

from comparison.server.environ import Scope, header_of
from comparison.server.lanes import Gone
from comparison.web.refusals import LARGEST_GIVEN_BACK

Receive = Callable[[], Awaitable[dict[str, Any]]]

SECONDS = 10.0  # in which all of it has to be there
OF_A_READER = 64_000  # bytes; the longest suggestion takes 36,000
# of an editor: files of 5 MB, and forms that are refused with what was typed
OF_AN_EDITOR = LARGEST_GIVEN_BACK + 1_000_000
IN_MEMORY = 1_000_000  # bytes; what is longer waits on disk
MOST_READ = 4_096  # bodies at a time
MOST_BYTES = 128_000_000  # of all bodies together
MOST_OF_ONE = MOST_BYTES // 2  # of one sender


class TooLarge(Exception):
    """More was sent than is taken."""


class TooSlow(Exception):
    """What was sent did not arrive in time."""


class TooMany(Exception):
    """Too much is being sent at this moment, by all or by this sender."""


class BrokenOff(Gone):
    """What was sent has no end, or its parts cannot be told apart."""


class Bodies:
    """What is being sent at this moment."""

    def __init__(self) -> None:
        self._count = 0
        self._held: Counter[str] = Counter()  # bytes, by sender

    async def read(self, scope: Scope, receive: Receive, sender: str, most: int) -> "Body":
        """Return what a client sends. Raises TooLarge, TooSlow, TooMany or BrokenOff.

        What is too large is read to its end, and thrown away, so that the client hears why: one
        that is cut off hears nothing.
        """
        length = header_of(scope, b"content-length")
        told = int(length) if length.isdecimal() else 0
        if self._count >= MOST_READ:
            raise TooMany
        if told > most and header_of(scope, b"expect"):
            raise TooLarge
        self._count += 1
        body = Body(self, sender)
        try:
            async with asyncio.timeout(SECONDS):
                await _read_into(body, receive, told, most)
        except TimeoutError:
            body.close()
            raise TooSlow from None
        except BaseException:
            body.close()
            raise
        finally:
            self._count -= 1
        body.file.seek(0)
        return body

    def hold(self, sender: str, count: int) -> None:
        """Count bytes of a sender. Raises TooMany."""
        if self._held.total() + count > MOST_BYTES or self._held[sender] + count > MOST_OF_ONE:
            raise TooMany
        self._held[sender] += count

    def drop(self, sender: str, count: int) -> None:
        """Count bytes of a sender as gone."""
        self._held[sender] -= count
        if not self._held[sender]:
            del self._held[sender]


class Body:
    """What one client sent."""

    def __init__(self, bodies: Bodies, sender: str) -> None:
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.length = 0
        self._bodies, self._sender = bodies, sender

    def add(self, part: bytes) -> None:
        """Keep more of it. Raises TooMany."""
        self._bodies.hold(self._sender, len(part))
        self.length += len(part)
        self.file.write(part)

    def close(self) -> None:
        """Throw it away."""
        self.file.close()
        self._bodies.drop(self._sender, self.length)
        self.length = 0


async def _read_into(body: Body, receive: Receive, told: int, most: int) -> None:
    total, more, is_too_large = 0, True, told > most
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BrokenOff
        part, more = message.get("body", b""), message.get("more_body", False)
        total += len(part)
        is_too_large |= total > most
        if part and not is_too_large:
            body.add(part)
    if is_too_large:
        raise TooLarge
