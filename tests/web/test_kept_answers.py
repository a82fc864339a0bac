"""Answers kept in memory: the ones asked for last, up to so many bytes."""

from dataclasses import replace

from comparison.web.kept_answers import KeptAnswers
from comparison.web.regions import BESIDE, Answer, Asked, size_of
from tests import worlds
from tests.requests import requested

FIRST = requested(worlds.tiny_tree(), "off=cost")
SIZE = len("off=cost") + len(b"body") + len("/tiny/?off=cost") + BESIDE


def asked(query: str) -> Asked:
    return Asked(replace(FIRST, query=query), "br")


def answer(body: bytes = b"body") -> Answer:
    return Answer(body, "/tiny/?off=cost")


def kept_after(kept: KeptAnswers[Asked, Answer], *queries: str) -> set[str]:
    return {query for query in queries if kept.get(asked(query))}


def test_an_answer_comes_back_for_the_same_request_and_encoding_alone():
    kept = KeptAnswers(SIZE, size_of)
    kept.put(asked("off=cost"), answer())
    assert kept.get(Asked(replace(FIRST), "br")) == answer()
    assert kept.get(Asked(FIRST, "gzip")) is None
    assert kept.get(asked("off=ease")) is None


def test_what_was_not_asked_for_longest_makes_room():
    kept = KeptAnswers(2 * SIZE, size_of)
    kept.put(asked("off=cost"), answer())
    kept.put(asked("off=ease"), answer())
    kept.get(asked("off=cost"))
    kept.put(asked("off=both"), answer())
    assert kept_after(kept, "off=cost", "off=ease", "off=both") == {"off=cost", "off=both"}
    assert kept.bytes == 2 * SIZE


def test_an_answer_larger_than_all_there_is_room_for_is_not_kept():
    kept = KeptAnswers(2 * SIZE, size_of)
    kept.put(asked("off=cost"), answer(b"x" * 3 * SIZE))
    assert (kept_after(kept, "off=cost"), kept.bytes) == (set(), 0)


def test_an_answer_that_two_threads_made_counts_once():
    kept = KeptAnswers(2 * SIZE, size_of)
    kept.put(asked("off=cost"), answer())
    kept.put(asked("off=cost"), answer())
    assert (kept_after(kept, "off=cost"), kept.bytes) == ({"off=cost"}, SIZE)
