"""Python's collector of garbage, put off while something large is built.

It walks everything that is alive each time enough has been added, and finds nothing where all of it
is wanted: half the time of reading a large folder went there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
