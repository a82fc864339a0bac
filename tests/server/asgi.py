"""An ASGI server that asks once."""

import asyncio
from dataclasses import dataclass
from typing import Any

from comparison.server.front import Front


@dataclass
class Answered:
    """What came of it."""

    status: int
    headers: list[tuple[bytes, bytes]]
    parts: list[bytes]  # as they were sent

    @property
    def body(self) -> bytes:
        return b"".join(self.parts)

    def header(self, name: str) -> list[str]:
        return [value.decode() for key, value in self.headers if key.decode().lower() == name]


def scope_of(target: bytes, method: str = "GET", *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """Return the scope of a request. target: path and query, as they are sent."""
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "raw_path": path,
        "query_string": query,
        "headers": [(b"host", b"testserver"), *headers],
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.1", "4711"),
    }


BROKEN_OFF = b"broken off"


async def ask(front: Front, scope: dict[str, Any], sent: bytes | None = b"") -> Answered:
    """Ask, and return the answer. sent: None for what never comes, BROKEN_OFF for what ends
    half-way.
    """
    answered = Answered(0, [], [])
    left = [{"type": "http.request", "body": sent, "more_body": False}] * (sent is not None)
    if sent is BROKEN_OFF:
        left = [{"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.Event().wait()
        return left.pop()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answered.status, answered.headers = message["status"], message["headers"]
        else:
            answered.parts.append(message["body"])

    await front(scope, receive, send)
    return answered
