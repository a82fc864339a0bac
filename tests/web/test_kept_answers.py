"""Answers kept in memory: the ones asked for last, up to so many bytes."""

from dataclasses import replace

from comparison.web.kept_answers import BESIDE, Answer, KeptAnswers, Key
from tests import worlds
from tests.requests import requested

FIRST = requested(worlds.tiny_tree(), "off=cost")
SIZE = len("off=cost") + len(b"body") + len("/tiny/?off=cost") + BESIDE


def key(query: str) -> Key:
    return Key(replace(FIRST, query=query), "br")


def answer(body: bytes = b"body") -> Answer:
    return Answer(body, "/tiny/?off=cost")


def kept_after(kept: KeptAnswers, *queries: str) -> set[str]:
    return {query for query in queries if kept.get(key(query))}


def test_an_answer_comes_back_for_the_same_request_and_encoding_alone():
    kept = KeptAnswers(SIZE)
    kept.put(key("off=cost"), answer())
    assert kept.get(Key(replace(FIRST), "br")) == answer()
    assert kept.get(Key(FIRST, "gzip")) is None
    assert kept.get(key("off=ease")) is None


def test_what_was_not_asked_for_longest_makes_room():
    kept = KeptAnswers(2 * SIZE)
    kept.put(key("off=cost"), answer())
    kept.put(key("off=ease"), answer())
    kept.get(key("off=cost"))
    kept.put(key("off=both"), answer())
    assert kept_after(kept, "off=cost", "off=ease", "off=both") == {"off=cost", "off=both"}
    assert kept.bytes == 2 * SIZE


def test_an_answer_larger_than_all_there_is_room_for_is_not_kept():
    kept = KeptAnswers(2 * SIZE)
    kept.put(key("off=cost"), answer(b"x" * 3 * SIZE))
    assert (kept_after(kept, "off=cost"), kept.bytes) == (set(), 0)


def test_an_answer_that_two_threads_made_counts_once():
    kept = KeptAnswers(2 * SIZE)
    kept.put(key("off=cost"), answer())
    kept.put(key("off=cost"), answer())
    assert (kept_after(kept, "off=cost"), kept.bytes) == ({"off=cost"}, SIZE)
