"""Lines of the log: what brings a fault back is in them, what somebody sent is not, and a fault
that goes on is told once a minute.
"""

import io
import json
import logging

import pytest
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.test import RequestFactory

from comparison.web.operation.log_lines import Console, Current, Lines, current


@pytest.fixture
def written():
    """A log of its own, and what stands in it."""
    handler = Console()
    handler.setStream(io.StringIO())
    log = logging.getLogger("tests.log_lines")
    log.propagate, log.handlers = False, [handler]

    class Written:
        def __init__(self):
            self.log, self.handler = log, handler

        def as_form(self, form):
            handler.setFormatter(Lines(form))
            return self

        @property
        def text(self):
            return handler.stream.getvalue()

        @property
        def lines(self):
            return self.text.splitlines()

    yield Written().as_form("text")
    log.handlers = []


@pytest.fixture
def asked():
    """Answer a request, as far as the lines know."""
    tokens = []

    def put(request):
        tokens.append(current.set(Current("abcdef12", request)))

    yield put
    for token in reversed(tokens):
        current.reset(token)


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_has_time_level_logger_and_request(written, asked):
    asked(None)
    written.log.warning("Three %s.", "things", extra={"fields": {"user": "eve", "note": "a b"}})
    time, level, logger, request, rest = written.text.split(" ", 4)
    assert (len(time), time[10], time[-1]) == (24, "T", "Z")
    assert (level, logger, request) == ("WARNING", "tests.log_lines", "[abcdef12]")
    assert rest == 'Three things. user=eve note="a b"\n'


def test_as_json_each_line_is_an_object(written, asked):
    asked(None)
    written.as_form("json").log.warning("Two\nlines.", extra={"fields": {"ms": 12}})
    line = json.loads(written.text)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "WARNING",
        "logger": "tests.log_lines",
        "request": "abcdef12",
        "message": "Two\\nlines.",
        "ms": 12,
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_says_what_was_asked_and_nothing_that_was_sent(written, asked, form):
    request = RequestFactory().post("/tiny/", {"password": "open-sesame", "csrf": "tok-4711"})
    request.COOKIES["session"] = "cookie-0815"
    assert request.POST
    request.META |= {"comparison.query": "use=x&w=speed:5", "comparison.release": "tiny @3"}
    asked(request)
    error = raised(ValueError("open-sesame and tok-4711 with cookie-0815\nforged line"))
    written.as_form(form).log.error("Broke.", exc_info=error)
    for secret in ("open-sesame", "tok-4711", "cookie-0815"):
        assert secret not in written.text
    for told in ("/tiny/", "POST", "use=x&w=speed:5", "tiny @3", "abcdef12", "ValueError"):
        assert told in written.text
    assert "test_log_lines.py" in written.text  # the stack
    assert not any(line.startswith("forged") for line in written.lines)


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x00", "\u2028", "\x85"])
def test_nobody_begins_a_line_of_their_own_or_steers_a_terminal(written, sign):
    written.log.warning("before%safter", sign, extra={"fields": {"path": f"/x{sign}y"}})
    assert len(written.lines) == 1
    assert sign not in written.text.rstrip("\n")


def test_an_outage_is_one_line_however_many_meet_it(written):
    for number in range(50):
        error = raised(OperationalError(f"connection refused {number}\nDETAIL: Key (x)=(typed)"))
        written.log.error("Internal Server Error: /%s", number, exc_info=error)
    assert len(written.lines) == 1
    assert "OperationalError" in written.text
    assert "typed" not in written.text


def test_one_fault_is_told_once_and_another_beside_it(written):
    for _ in range(3):
        written.log.error("Broke.", exc_info=raised(KeyError("a")))
    written.log.error("Broke.", exc_info=raised(ZeroDivisionError("b")))
    assert [written.text.count(name) for name in ("KeyError: ", "ZeroDivisionError: ")] == [1, 1]


def test_a_host_that_is_not_ours_is_told_once_and_without_a_stack(written):
    log = logging.getLogger("django.security.DisallowedHost")
    handlers, log.handlers, log.propagate = log.handlers, [written.handler], False
    try:
        for number in range(20):
            error = raised(DisallowedHost(f"Invalid HTTP_HOST header: 'h{number}'."))
            log.error(str(error), exc_info=error)
    finally:
        log.handlers, log.propagate = handlers, True
    assert len(written.lines) == 1


def test_after_a_minute_it_is_said_how_often_it_came(written):
    def meet(at, words="Away."):
        record = written.log.makeRecord("x", logging.ERROR, "", 0, words, (), None)
        record.created = at
        written.handler.emit(record)

    for second in (0, 1, 2, 61):
        meet(1_000_000 + second)
    assert [line.partition("Away.")[2] for line in written.lines] == ["", " times_since=2"]
    meet(1_000_062)
    meet(1_000_200, "Another.")
    assert written.lines[2].endswith("Away. times_since=1")  # nothing more came of it
    assert len(written.lines) == 4
    meet(1_000_300)
    assert written.lines[-1].endswith("Away.")


def test_how_often_it_came_is_told_of_no_request(written, asked, rf):
    def meet(at, words):
        record = written.log.makeRecord("x", logging.ERROR, "", 0, words, (), None)
        record.created = at
        written.handler.emit(record)

    for second in (0, 1):
        meet(1_000_000 + second, "Away.")
    asked(rf.get("/tiny/"))
    meet(1_000_200, "Another.")
    summary, other = written.lines[-2:]
    assert summary.endswith("ERROR x Away. times_since=1")
    assert "[abcdef12]" in other and "path=/tiny/" in other


def test_what_is_no_fault_is_told_each_time(written):
    written.log.setLevel(logging.INFO)
    for _ in range(3):
        written.log.info("Published.")
    assert len(written.lines) == 3
