"""Answers of comparisons, kept in memory for whoever asks the same again: those asked for last, up
to so many bytes. What is kept is bytes and headers alone, never a release or a view.

An answer's tag is a function of all that it is a function of, so it is kept under its tag; what was
answered before is found without parsing the query.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comparison.publishing.kept_in_memory import KeptInMemory
from comparison.web.caches.http_cache import tag
from comparison.web.comparison_request import ComparisonRequest

LARGEST = 8  # of all that there is room for, one answer takes no more than this part


class _Answer(NamedTuple):
    headers: tuple[tuple[str, str], ...]
    body: bytes


answers = KeptInMemory(settings.MEMORY // 4)


def key_of(
    request: HttpRequest, comparison_request: ComparisonRequest, encoding: str
) -> tuple[str, str]:
    """Return what an answer is kept under: its tag if it were compressed as well as may be, and the
    query as it was sent, which headers may repeat. encoding: the best that is accepted.
    """
    whole = tag(request, comparison_request, encoding)
    return whole, request.META.get("QUERY_STRING", "")


def answer_again(key: tuple[str, str]) -> HttpResponse | None:
    """Return what was answered before, or None."""
    kept: _Answer | None = answers.get(key)
    return HttpResponse(kept.body, headers=dict(kept.headers)) if kept else None


def keep(key: tuple[str, str], response: HttpResponse) -> None:
    """Keep an answer that carries a tag: one without is no function of its request alone."""
    body = response.content
    if response.status_code == 200 and "ETag" in response and not response.cookies:
        size = len(body) + len(key[1]) + sum(map(len, response.headers.values()))
        if size * LARGEST <= answers.most:
            answers.put(key, _Answer(tuple(response.headers.items()), body), size)
