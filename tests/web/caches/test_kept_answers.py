"""Answers kept in memory: the same again for the same request, another one for any other."""

import gc
import weakref

import pytest

from comparison.publishing import releases
from comparison.web.caches import kept_answers
from comparison.web.comparison_request import ComparisonRequest
from tests.tools import get, publish
from tests.web.tiny_addresses import ADDRESSES

pytestmark = pytest.mark.django_db
OF_TINY = [address for address in ADDRESSES if address != "/"]


@pytest.fixture
def undecided(monkeypatch):
    """From now on no view can be made: whatever is answered comes from memory."""

    def never(_):
        raise AssertionError("decided a second time")

    return lambda: monkeypatch.setattr(ComparisonRequest, "view", property(never))


@pytest.mark.parametrize("address", OF_TINY)
def test_what_was_answered_before_is_answered_again_to_the_byte(tiny, undecided, address):
    first = get(address, **{"Accept-Encoding": "br"})
    undecided()
    again = get(address, **{"Accept-Encoding": "br"})
    assert again.content == first.content
    for header in ("ETag", "Cache-Control", "Content-Encoding", "Link", "HX-Replace-Url"):
        assert again.headers.get(header) == first.headers.get(header), header


@pytest.mark.parametrize(
    "other",
    [
        {"Accept-Encoding": "gzip"},
        {"Host": "127.0.0.1"},
        {"query": "?off=ease"},
        {"query": "?utm_source=x"},  # found under another address, and not looked for under this
    ],
    ids=["encoding", "host", "query", "counted click"],
)
def test_another_request_is_answered_anew(tiny, undecided, other):
    get("/tiny/", **{"Accept-Encoding": "br"})
    undecided()
    query = other.get("query", "")
    headers = {"Accept-Encoding": "br"} | {k: v for k, v in other.items() if k != "query"}
    get(f"/tiny/{query}", 500, **headers)


def test_a_new_release_is_answered_anew(tiny):
    get("/tiny/")
    publish(title="Second")
    assert "Second" in get("/tiny/").content.decode()


def test_a_draft_and_a_link_that_says_where_it_was_made_are_not_kept(tiny):
    publish(title="Second")
    kept_answers.answers.forget()
    get("/tiny/?from=1")
    assert list(kept_answers.answers) == []


def test_what_is_kept_holds_no_release(tiny):
    for address in OF_TINY:
        get(address)
    release = weakref.ref(releases.current("tiny").document)
    gc.disable()
    try:
        releases.memory.forget()
        assert release() is None
    finally:
        gc.enable()
    assert list(kept_answers.answers)


def test_one_answer_does_not_push_out_all_others(tiny, monkeypatch):
    monkeypatch.setattr(kept_answers.answers, "most", 8 * len(get("/tiny/").content))
    kept_answers.answers.forget()
    get("/tiny/")
    get("/tiny/-/results/")
    assert len(list(kept_answers.answers)) == 1
