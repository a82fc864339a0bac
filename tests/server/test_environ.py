"""What an ASGI server says of a request is what a WSGI application is told."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest

from comparison.server.environ import environ_of
from tests.server.asgi import scope_of


def environ(target=b"/", *headers):
    return environ_of(scope_of(target, "GET", *headers), io.BytesIO(b"sent"), None)


def test_who_asks_whom_and_how_stands_in_its_places():
    told = environ(b"/tiny/?off=ease")
    assert [told[name] for name in ("REMOTE_ADDR", "REMOTE_PORT")] == ["192.0.2.1", "4711"]
    assert [told[name] for name in ("SERVER_NAME", "SERVER_PORT")] == ["127.0.0.1", "8000"]
    assert (told["SERVER_PROTOCOL"], told["wsgi.url_scheme"]) == ("HTTP/1.1", "http")
    assert told["HTTP_HOST"] == "testserver" and "CONTENT_LENGTH" not in told


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        (b"/tiny/", "/tiny/"),
        (b"/caf%C3%A9/", "/café/"),
        (b"/%ff/", "/%FF/"),  # no UTF-8: as Django writes it
        (b"/a%00b/", "/a\0b/"),
        (b"/a%2Fb%5C/", "/a/b\\/"),
        (b"/+%2B/", "/++/"),
    ],
)
def test_a_path_is_read_from_its_bytes(sent, path):
    assert WSGIRequest(environ(sent)).path == path


def test_a_query_is_handed_on_as_it_is():
    query = b"q=%FF&off=a%00b&" + b"x" * 8_000
    assert environ(b"/?" + query)["QUERY_STRING"] == query.decode()


def test_headers_that_come_twice_are_joined_cookies_in_their_own_way():
    told = environ(
        b"/", (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-a", b"1"), (b"x-a", b"caf\xe9")
    )
    assert (told["HTTP_COOKIE"], told["HTTP_X_A"]) == ("a=1; b=2", "1,café")


def test_a_header_cannot_pass_for_another():
    told = environ(b"/", (b"x_forwarded_for", b"203.0.113.9"), (b"content-type", b"text/plain"))
    assert "HTTP_X_FORWARDED_FOR" not in told
    assert told["CONTENT_TYPE"] == "text/plain" and "HTTP_CONTENT_TYPE" not in told
