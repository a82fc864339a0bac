"""`python -m comparison.server`: granian, with one socket for all its workers.

Each worker's own socket, granian's way, would lose the connections that wait at it when it ends.
With one they wait for whoever is there: a reload, a worker that is replaced and one that is killed
fail no request but those that a killed one had begun. Imports no Django: each worker does, so that
a reload brings new code.
"""

import argparse
import multiprocessing
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from granian._granian import ListenerSpec
from granian._internal import load_target
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from comparison.server.granian_log import configuration
from comparison.server.wake_up import WakeUp

APPLICATION = "comparison.asgi:application"
BACKLOG = 16_384  # connections that wait to be taken
CONNECTIONS = 8_192  # that a worker has at a time
HEAD_IN = 5_000  # milliseconds in which the head of a request has to be there
LOOK_EVERY = 10  # seconds between two looks at the workers' memory
# Seconds: in a reload the new worker has the first to start before the old one ends; what that one
# has begun it finishes within the second.
STARTING, ENDING = 3.5, 20
# Workers that end so often within so many seconds never start: then the site is given up.
MOST_FAILURES, WITHIN = 10, 30
MEGABYTE = 1024 * 1024


class Server(MPServer):
    """Granian's own, but for the socket and for what a worker does with signals while it starts."""

    def __init__(
        self, host: str, port: int, *, workers: int, megabytes: int, log_format: str
    ) -> None:
        super().__init__(
            APPLICATION,
            host,
            port,
            interface=Interfaces.ASGINL,
            loop=Loops.asyncio,
            workers=workers,
            websockets=False,
            backlog=BACKLOG,
            backpressure=CONNECTIONS,
            http1_settings=HTTP1Settings(header_read_timeout=HEAD_IN),
            log_level=LogLevels.warning,
            log_dictconfig=configuration(log_format),
            respawn_failed_workers=True,
            respawn_interval=STARTING,
            rss_sample_interval=LOOK_EVERY,
            rss_samples=2,
            workers_kill_timeout=ENDING,
        )
        self._megabytes = megabytes
        self.main_loop_interrupt: Any = WakeUp()
        self._failures: deque[float] = deque(maxlen=MOST_FAILURES)

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        # not given above, where it would warn of what sockets of their own lose
        self.workers_rss = self._megabytes * MEGABYTE
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]

    def _respawn_workers(self, workers: Any, *args: Any, **options: Any) -> None:
        for worker in workers:
            if self.interrupt_signal:  # the end does not wait for a reload
                return
            super()._respawn_workers([worker], *args, **options)
        # Granian would give the whole site up where a worker ends twice in five seconds.
        now = time.monotonic()
        self._failures.append(now)
        if len(self._failures) < MOST_FAILURES or now - self._failures[0] > WITHIN:
            self.respawned_wrks.clear()

    def _init_shared_socket(self) -> None:
        shared: Any = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._ssp, self._shd, self._sfd = None, shared, shared.get_fd()
        self._sso = socket.socket(fileno=shared.get_fd())
        self._sso.listen(self.backlog)

    def shutdown(self, exit_code: int = 0) -> None:
        if self.interrupt_signal:
            # a worker that heard of the end before this process did not fail
            self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]

    def application(self) -> Callable[..., Any]:
        """Return the application; in a worker that starts.

        Until it can be told to stop, it is ended by the signal itself. Ctrl+C reaches all at once,
        and is left to the first process, which then tells the workers.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if self.interrupt_signal:  # it came a moment before
            os._exit(0)
        return load_target(APPLICATION)


@contextmanager
def named_by(file: Path | None) -> Iterator[None]:
    """Keep the number of this process in a file as long as it serves, where that can be written."""
    first = os.getpid()
    if file:
        with suppress(OSError):
            file.write_text(f"{first}\n", encoding="ascii")
    try:
        yield
    finally:
        if file and os.getpid() == first:  # not in a worker that ends
            with suppress(OSError):
                file.unlink()


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m comparison.server")
    parser.add_argument("--host", required=True)
    for name in ("--port", "--workers", "--megabytes"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--log-format", default="text")
    parser.add_argument("--pid-file", type=Path)
    options = vars(parser.parse_args())
    pid_file = options.pop("pid_file")
    # what a worker is given cannot be sent to a process that starts from nothing
    multiprocessing.set_start_method("fork")
    server = Server(options.pop("host"), options.pop("port"), **options)
    with named_by(pid_file):
        server.serve(target_loader=server.application, wrap_loader=False)


if __name__ == "__main__":
    main()
