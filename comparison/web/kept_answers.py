"""Answers that are kept in memory, up to so many bytes: those asked for last. Knows nothing of what
they say, and only keeps what never becomes wrong: the answer to a request of a release.
"""

import threading
from collections import OrderedDict
from typing import NamedTuple

from comparison.web.comparison_request import ComparisonRequest

BESIDE = 1_000  # bytes that a kept answer takes besides its body and its two spellings of the query


class Key(NamedTuple):
    """What an answer is a function of."""

    comparison_request: ComparisonRequest  # release, query and host
    encoding: str  # that its body is compressed in


class Answer(NamedTuple):
    """What is sent, and the page's address that belongs to it."""

    body: bytes  # compressed
    canonical: str  # with the canonical query


class KeptAnswers:
    """The answers asked for last, of no more bytes than `most` together."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self.kept: OrderedDict[Key, Answer] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        with self.lock:
            answer = self.kept.get(key)
            if answer:
                self.kept.move_to_end(key)
            return answer

    def put(self, key: Key, answer: Answer) -> None:
        with self.lock:
            if key in self.kept:  # another thread was asked the same at the same time
                return
            self.kept[key] = answer
            self.bytes += _size(key, answer)
            while self.bytes > self.most:
                self.bytes -= _size(*self.kept.popitem(last=False))


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + len(answer.canonical) + len(key.comparison_request.query) + BESIDE
