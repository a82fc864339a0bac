"""Answers that are kept in memory, up to so many bytes: those asked for last. Knows nothing of what
they say, and is only for what never becomes wrong: the answer to a request of a release.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)  # what an answer is a function of
Answer = TypeVar("Answer")


class KeptAnswers(Generic[Key, Answer]):
    """The answers asked for last, of no more bytes than `most` together."""

    def __init__(self, most: int, size: Callable[[Key, Answer], int]) -> None:
        """size: how many bytes an answer and its key take."""
        self.most = most
        self.size = size
        self.bytes = 0
        self.answers: OrderedDict[Key, Answer] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        with self.lock:
            answer = self.answers.get(key)
            if answer is not None:
                self.answers.move_to_end(key)
            return answer

    def put(self, key: Key, answer: Answer) -> None:
        with self.lock:
            if key in self.answers:  # another thread was asked the same at the same time
                return
            self.answers[key] = answer
            self.bytes += self.size(key, answer)
            while self.bytes > self.most:
                self.bytes -= self.size(*self.answers.popitem(last=False))

    def forget(self) -> None:
        with self.lock:
            self.answers.clear()
            self.bytes = 0
