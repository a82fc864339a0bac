"""How much work something is, for tests of what must be done in a moment, on any machine and
however busy it is.
"""

import time
from collections.abc import Callable


def effort(work: Callable[[], object]) -> float:
    """Return the work as a multiple of counting to a million, which takes a common machine about
    0.03 s.

    Both are counted in this thread's own time on the processor: waiting for other programs is not
    in it.
    """
    begun = time.thread_time()
    work()
    taken = time.thread_time() - begun
    return taken / min(_counting() for _ in range(3))


def _counting() -> float:
    begun = time.thread_time()
    for _ in range(1_000_000):
        pass
    return time.thread_time() - begun
