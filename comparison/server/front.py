"""The front: an ASGI application that lets a WSGI one work in lanes of threads.

A request is looked at in the event loop; what it sends is read there, whole; then it waits for its
turn in its lane. Whoever leaves meanwhile is not worked for. The answer is the WSGI application's,
unaltered, and streams part by part.
"""

import asyncio
import io
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from comparison.server import refusals, which_lane
from comparison.server.bodies import (
    OF_A_READER,
    OF_AN_EDITOR,
    Bodies,
    BrokenOff,
    Receive,
    TooLarge,
    TooMany,
    TooSlow,
)
from comparison.server.environ import WAITED, Environ, Scope, environ_of
from comparison.server.lanes import Full, Gone, Lane
from comparison.server.refusals import Headers, Refusal
from comparison.server.which_lane import SIZES, Name
from comparison.web.limits.rate_limit import network_of
from comparison.web.routing.methods import READING

log = logging.getLogger(__name__)
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

AT_ONCE = 1_000_000  # bytes of a streaming answer that are made before the first is sent
READINGS = 64  # readings that were made a short while ago, and are likely to be there still
WHY = {
    TooLarge: refusals.TOO_LARGE,
    TooSlow: refusals.TOO_SLOW,
    TooMany: refusals.TOO_MANY,
    BrokenOff: refusals.BROKEN_OFF,
    Full: refusals.NO_TURN,
}


@dataclass(slots=True)
class Answer:
    """What the application answers, as far as it is made."""

    status: int
    headers: Headers
    begun: bytes
    rest: Iterator[bytes] | None  # None where all of it is there
    close: Callable[[], None]


class Front:
    """Lets a WSGI application answer what an ASGI server is asked."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._bodies = Bodies()
        self._lanes = {
            name: Lane(name, threads=size.threads, ahead=size.ahead, most_waiting=size.most_waiting)
            for name, size in SIZES.items()
        }
        self._readings: OrderedDict[tuple[str, ...], None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("Only HTTP is answered here.")
        body = None
        try:
            environ = environ_of(scope, io.BytesIO(), None)
            path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
            place = which_lane.place_of(path)
            if place.takes_forms and scope["method"] not in READING:
                is_editors = place.lane in (Name.EDITING, Name.SIGNING_IN)
                most = OF_AN_EDITOR if is_editors else OF_A_READER
                body = await self._bodies.read(scope, receive, network_of(environ), most)
                environ |= {"wsgi.input": body.file, "CONTENT_LENGTH": str(body.length)}
            await self._work(scope, receive, send, environ, path, place)
        except (TooLarge, TooSlow, TooMany, BrokenOff, Full) as error:
            await _refuse(send, WHY[type(error)], scope["method"])
        except Gone:
            log.debug("The client left.")
        finally:
            if body:
                body.close()

    async def _work(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        environ: Environ,
        path: str,
        place: which_lane.Place,
    ) -> None:
        """Wait for a turn, and answer."""
        query = scope["query_string"]
        name = which_lane.lane_of(place, scope["method"], query)
        reading = which_lane.reading_of(path, query) if name is Name.READING else ()
        if reading and reading not in self._readings:
            name = Name.DEAR
        lane, environ[WAITED] = self._lanes[name], time.perf_counter()
        if not lane.take():
            await lane.turn(network_of(environ), partial(_until_gone, receive))
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(lane.pool, answer_of, self._application, environ)
        finally:
            lane.release()
        if reading:
            self._remember(reading)
        await _send(send, lane, answer)

    def _remember(self, reading: tuple[str, ...]) -> None:
        self._readings[reading] = None
        self._readings.move_to_end(reading)
        if len(self._readings) > READINGS:
            self._readings.popitem(last=False)


def answer_of(application: Application, environ: Environ) -> Answer:
    """Return what an application answers; in a lane's thread."""
    environ[WAITED] = (time.perf_counter() - environ[WAITED]) * 1_000
    told: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        told[:] = [(int(status[:3]), headers)]

    try:
        parts = application(environ, start_response)
        close = getattr(parts, "close", lambda: None)
        rest = iter(parts)
        if getattr(parts, "streaming", not isinstance(parts, list | tuple)):
            begun, is_all = _some(rest)
        else:
            begun, is_all = b"".join(rest), True
        if is_all:
            close()
    except Exception:
        log.exception("The application could not answer.")
        broken = refusals.BROKEN
        headers = refusals.headers_of(broken)
        return Answer(broken.status, headers, broken.words.encode(), None, lambda: None)
    ((status, headers),) = told
    return Answer(status, headers, begun, None if is_all else rest, close)


def _some(parts: Iterator[bytes]) -> tuple[bytes, bool]:
    """Return about so many bytes of an answer, and whether these are the last."""
    taken, size = [], 0
    for part in parts:
        taken.append(part)
        size += len(part)
        if size >= AT_ONCE:
            return b"".join(taken), False
    return b"".join(taken), True


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, lane: Lane, answer: Answer) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    part, rest = answer.begun, answer.rest
    loop = asyncio.get_running_loop()
    try:
        while rest is not None:
            # who reads slowly holds no thread meanwhile
            await send({"type": "http.response.body", "body": part, "more_body": True})
            part, is_all = await loop.run_in_executor(lane.pool, _some, rest)
            if is_all:
                rest = None
    finally:
        if answer.rest is not None:
            await loop.run_in_executor(lane.pool, answer.close)
    await send({"type": "http.response.body", "body": part})


async def _refuse(send: Send, refusal: Refusal, method: str) -> None:
    refusal.log(f"{method} requests")
    headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in refusals.headers_of(refusal)
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.words.encode()})
