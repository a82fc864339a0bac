"""Which addresses take a form: all others answer 405, and read nothing of what was sent."""

import pytest
from django.test import Client

from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db
STALE = {"csrf": "a" * 32}  # a cookie that the site never gave


class Unreadable:
    """What a client sends that never ends: reading it would hold a thread."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("what was sent was read")

    readline = read


def sent_to(address, method="POST"):
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(STALE)
    return client.generic(
        method,
        address,
        **{"wsgi.input": Unreadable()},
        CONTENT_LENGTH="20000",
        CONTENT_TYPE="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_what_is_sent_to_a_page_is_refused_unread_and_before_its_token_is_looked_for(tiny, method):
    for address in [*ADDRESSES, "/", "/method/", "/feed.xml", "/robots.txt", "/oembed"]:
        answer = sent_to(address, method)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), address
        assert answer["Content-Security-Policy"] and answer["X-Frame-Options"] == "DENY"
        assert "Set-Cookie" not in answer and b"only read" in answer.content


@pytest.mark.parametrize("address", ["/tiny/suggest/", "/admin/login/", "/admin/"])
def test_what_takes_a_form_looks_for_its_token(tiny, address):
    with pytest.raises(AssertionError, match="was read"):
        sent_to(address)
