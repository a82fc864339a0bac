"""Python's collector of garbage, put off while something large is built, and told to leave alone
what stays.

It walks everything that is alive each time enough has been added, and finds nothing where all of it
is wanted: half the time of reading a large folder went there, and a process with many releases
stood still for up to a second. What stays is freed all the same once nobody refers to it: it only
must not refer to itself in a circle.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Made = TypeVar("Made")
MANY = 5_000  # objects that are worth the work


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Hold the collector of this process for a block of a few seconds. Blocks may overlap in
    threads: the first that ends lets it run again.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def made_to_stay(make: Callable[P, Made], *given: P.args, **named: P.kwargs) -> Made:
    """Return what a function makes, and let the collector pass it over from now on, if it is large.

    What is garbage by then is collected before: passed over, it would stay for ever. That takes
    some milliseconds, because all that is older is passed over already.
    """
    if not gc.isenabled():  # within a block of the like, which does it at its end
        return make(*given, **named)
    with garbage_collection_paused():
        made = make(*given, **named)
        if gc.get_count()[0] > MANY:
            gc.collect()
            gc.freeze()
    return made
