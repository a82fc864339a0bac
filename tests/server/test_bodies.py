"""What is sent is read whole, within a size and a time; what is refused holds nothing."""

import asyncio

import pytest

from comparison.server import bodies
from comparison.server.bodies import Bodies, TooLarge, TooMany, TooSlow
from comparison.server.lanes import Gone


def sending(*parts, then=None):
    """Return what gives the parts of a body, and afterwards what `then` does."""
    left = list(parts)

    async def receive():
        if left:
            part = left.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(left or then)}
        return await then()

    return receive


async def leave():
    return {"type": "http.disconnect"}


async def drip():
    await asyncio.Event().wait()


@pytest.fixture
def read():
    """Read what is sent; what was read is closed when the test ends."""
    bodies_read = []

    def read(receive, most=100, store=None, sender="192.0.2.1", **headers):
        scope = {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}

        async def whole():
            return await (store or Bodies()).read(scope, receive, sender, most)

        bodies_read.append(asyncio.run(whole()))
        return bodies_read[-1]

    yield read
    for body in bodies_read:
        body.close()


def test_a_body_is_read_whole_whatever_its_parts(read):
    body = read(sending(b"text=", b"", b"a longer text"))
    assert (body.file.read(), body.length) == (b"text=a longer text", 18)
    assert read(sending(b"")).length == 0


def test_what_is_long_waits_on_disk(read, monkeypatch):
    monkeypatch.setattr(bodies, "IN_MEMORY", 10)
    assert not read(sending(b"x" * 10)).file._rolled
    body = read(sending(b"x" * 50, b"y"))
    assert body.file._rolled and body.file.read() == b"x" * 50 + b"y"


def test_what_is_too_large_is_refused_when_its_end_is_read(read):
    sent = [b"x" * 60] * 3
    ended = []

    async def end():
        ended.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    with pytest.raises(TooLarge):
        read(sending(*sent, then=end))
    assert ended
    with pytest.raises(TooLarge):
        read(sending(b"x"), **{"content-length": "101"})


def test_whoever_asks_before_sending_hears_at_once_that_it_is_too_large(read):
    with pytest.raises(TooLarge):
        read(None, **{"content-length": "101", "expect": "100-continue"})


def test_what_does_not_arrive_in_time_is_refused(read, monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS", 0.01)
    store = Bodies()
    with pytest.raises(TooSlow):
        read(sending(b"x", then=drip), store=store)
    assert store._held == {} and store._count == 0


def test_whoever_leaves_is_forgotten(read):
    store = Bodies()
    with pytest.raises(Gone):
        read(sending(b"x", then=leave), store=store)
    assert store._held == {} and store._count == 0


def test_one_sender_cannot_fill_the_room_of_all(read, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_BYTES", 100)
    monkeypatch.setattr(bodies, "MOST_OF_ONE", 50)
    store = Bodies()
    first = read(sending(b"x" * 40), store=store)
    with pytest.raises(TooMany):
        read(sending(b"x" * 20), store=store)
    read(sending(b"x" * 40), store=store, sender="192.0.2.2")
    first.close()
    read(sending(b"x" * 40), store=store)
    with pytest.raises(TooMany):
        read(sending(b"x" * 40), store=store, sender="192.0.2.3")


def test_only_so_many_are_read_at_once(read, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_READ", 0)
    with pytest.raises(TooMany):
        read(sending(b"x"))
