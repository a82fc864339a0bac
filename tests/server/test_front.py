"""The front as a server asks it: the application's own answers, in lanes, and its own refusals."""

import asyncio
import threading
from concurrent.futures import Executor, Future

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from comparison.server import bodies, refusals
from comparison.server.environ import WAITED
from comparison.server.front import Front
from comparison.server.which_lane import SIZES, Name, Size
from tests.server.asgi import BROKEN_OFF, ask, scope_of

FORM = (b"content-type", b"application/x-www-form-urlencoded")


def answer(front, *given, sent=b""):
    return asyncio.run(ask(front, scope_of(*given), sent))


def echo(status="200 OK", headers=(), parts=(b"",), closed=None):
    """Return an application that notes its environs and always answers the same."""
    environs = []

    class Parts(list):
        def close(self):
            environs.append("closed")

    def application(environ, start_response):
        environs.append(environ | {"sent": environ["wsgi.input"].read()})
        start_response(status, list(headers))
        return Parts(parts)

    return Front(application), environs


def test_an_answer_is_handed_on_as_it_is():
    headers = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Name", "café")]
    front, environs = echo("418 Teapot", headers, [b"short", b" and stout"])
    answered = answer(front, b"/")
    assert (answered.status, answered.body) == (418, b"short and stout")
    assert answered.headers == [
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
        (b"X-Name", b"caf\xe9"),
    ]
    assert environs[-1] == "closed"
    assert environs[0][WAITED] >= 0


def test_a_long_answer_streams_and_holds_no_thread_meanwhile(monkeypatch):
    monkeypatch.setattr("comparison.server.front.AT_ONCE", 10)
    closed = []

    class File:
        def __iter__(self):
            yield from [b"x" * 6] * 5

        def close(self):
            closed.append(threading.current_thread().name)

    def application(environ, start_response):
        start_response("200 OK", [])
        return File()

    answered = answer(Front(application), b"/")
    assert [len(part) for part in answered.parts] == [12, 12, 6]
    assert [name.partition("_")[0] for name in closed] == ["reading"]


def test_an_application_that_breaks_is_a_kind_answer(caplog):
    def application(environ, start_response):
        raise ValueError("division")

    answered = answer(Front(application), b"/")
    assert answered.status == 500 and b"our side" in answered.body
    assert "division" in caplog.text and b"division" not in answered.body


def test_what_is_sent_is_there_whole_where_a_form_is_taken_and_unread_elsewhere():
    front, environs = echo()
    answer(front, b"/tiny/suggest/", "POST", FORM, sent=b"text=abc")
    assert (environs[0]["sent"], environs[0]["CONTENT_LENGTH"]) == (b"text=abc", "8")
    length = (b"content-length", b"8")
    answer(front, b"/tiny/", "POST", FORM, length, sent=b"text=abc")
    assert environs[2]["sent"] == b"" and "CONTENT_LENGTH" not in environs[2]


def test_what_is_too_large_too_slow_or_too_much_is_refused_in_words(monkeypatch):
    front, environs = echo()
    large = answer(front, b"/tiny/suggest/", "POST", FORM, sent=b"x" * 64_001)
    assert large.status == 413 and b"Shorten it" in large.body
    assert answer(front, b"/admin/x/", "POST", FORM, sent=b"x" * 64_001).status == 200
    broken_off = answer(front, b"/tiny/suggest/", "POST", FORM, sent=BROKEN_OFF)
    assert broken_off.status == 400 and b"Send it again" in broken_off.body
    monkeypatch.setattr(bodies, "SECONDS", 0.0)
    assert answer(front, b"/tiny/suggest/", "POST", FORM, sent=None).status == 408
    monkeypatch.setattr(bodies, "MOST_READ", 0)
    many = answer(front, b"/tiny/suggest/", "POST", FORM, sent=b"x")
    assert many.status == 503 and many.header("retry-after") == ["10"]
    assert [one if one == "closed" else one["PATH_INFO"] for one in environs] == [
        "/admin/x/",
        "closed",
    ]


class Held:
    """An application whose answers wait until they are let go."""

    def __init__(self):
        self.begun, self.go = [], threading.Event()

    def __call__(self, environ, start_response):
        self.begun.append(environ["PATH_INFO"] + "?" + environ["QUERY_STRING"])
        if "sensitivity" in self.begun[-1] or "options" in self.begun[-1]:
            self.go.wait(60)
        start_response("200 OK", [])
        return [b"done"]


def test_dear_pages_wait_for_each_other_and_nobody_waits_for_them():
    async def test():
        held = Held()
        front = Front(held)
        dear = [
            asyncio.ensure_future(ask(front, scope_of(target)))
            for target in (b"/tiny/sensitivity/", b"/tiny/?options=a,b", b"/tiny/?options=a,c")
        ]
        for target in (b"/tiny/", b"/static/x.css", b"/admin/", b"/healthz"):
            assert (await ask(front, scope_of(target))).body == b"done"
        begun = [one for one in held.begun if "sensitivity" in one or "options" in one]
        assert begun == ["/tiny/sensitivity/?"] and len(held.begun) == 5
        held.go.set()
        assert [answered.status for answered in await asyncio.gather(*dear)] == [200] * 3

    asyncio.run(test())


def test_a_reading_that_was_made_waits_for_no_other():
    async def test():
        held = Held()
        front = Front(held)
        held.go.set()
        await ask(front, scope_of(b"/tiny/?options=a,b"))
        held.go.clear()
        dear = asyncio.ensure_future(ask(front, scope_of(b"/tiny/sensitivity/")))
        again = asyncio.ensure_future(ask(front, scope_of(b"/tiny/-/results/?options=a,b")))
        while len(held.begun) < 3:
            await asyncio.sleep(0.001)
        held.go.set()
        await asyncio.gather(dear, again)

    asyncio.run(test())


def test_where_too_many_wait_the_last_hears_when_to_come_back(monkeypatch):
    monkeypatch.setitem(SIZES, Name.DEAR, Size(threads=1, ahead=0, most_waiting=1))

    async def test():
        held = Held()
        front = Front(held)
        first = [
            asyncio.ensure_future(ask(front, scope_of(b"/tiny/sensitivity/"))) for _ in range(2)
        ]
        await asyncio.sleep(0)
        refused = await ask(front, scope_of(b"/tiny/sensitivity/"))
        assert refused.status == 503 and refused.header("retry-after") == ["5"]
        assert b"try again" in refused.body
        held.go.set()
        await asyncio.gather(*first)

    asyncio.run(test())


@pytest.mark.django_db
@pytest.mark.parametrize("https", [False, True])
def test_a_refusal_has_the_headers_that_every_answer_has(published, settings, https):
    settings.SECURE_HSTS_SECONDS = 31_536_000 if https else 0
    page = Client().get("/method/", secure=https)
    mine = dict(refusals.headers_of(refusals.NO_TURN))
    own = {"Content-Type", "Content-Length", "Cache-Control", "Retry-After"}
    of_a_page = {"X-Request-ID", "Server-Timing", "Location", "Vary", "ETag", "Link"}
    safety = {name: value for name, value in page.headers.items() if name not in own | of_a_page}
    assert {name: value for name, value in mine.items() if name not in own} == {
        name: value for name, value in safety.items() if not name.startswith("X-Robots")
    }


class Here(Executor):
    """Threads that are this one, which alone sees what a test has in the database."""

    def submit(self, work, *given):
        done = Future()
        done.set_result(work(*given))
        return done


@pytest.mark.django_db
def test_the_site_answers_through_it_as_without_it(published):
    front = Front(WSGIHandler())
    for lane in front._lanes.values():
        lane.pool = Here()
    for target in (b"/tiny/?off=ease", b"/tiny/%ff/", b"/nowhere", b"/tiny", b"/%00", b"/method/"):
        direct = Client().get(target.decode())
        answered = answer(front, target)
        assert (answered.status, answered.body) == (direct.status_code, direct.content), target
        assert len(answered.header("content-security-policy")) == 1
