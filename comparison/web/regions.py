"""The parts of a page that have an address of their own: what htmx asks for, and what each answer
carries besides.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from comparison.pages.comparison import controls
from comparison.pages.comparison.page import (
    ResultRegion,
    comparison_page,
    flips_page,
    parts_page,
    result_region,
)
from comparison.pages.view import View
from comparison.rendering.jinja import render
from comparison.web.comparison_request import ComparisonRequest
from comparison.web.http_cache import COMPRESS
from comparison.web.kept_answers import KeptAnswers

BESIDE = 1_000  # bytes that a kept answer takes besides its body and two spellings of the query
KEPT_RESULTS = 32_000_000  # bytes; an answer takes about 3,000 compressed, 27,000 where not
# What a region's answer carries besides the region itself; htmx puts each in its place.
REGIONS: dict[str, tuple[str, ...]] = {
    "results": (),
    "parts": (),
    "flips": (),
    "rows": ("row_count", "results"),
    "must_haves": ("rows", "row_count", "results"),
    "statements": ("must_haves", "rows", "row_count", "results", "meta", "use_cases", "sources"),
    "case": ("rows", "row_count", "results", "meta", "use_cases", "statements", "sources"),
}
# what regions were called before: their addresses go on answering
FORMER_NAMES = {"said": "statements", "musts": "must_haves"}
# opened in place: the page's address stays, and so does its head
INSIDE = frozenset(REGIONS.keys() - set(controls.REGIONS))
RECORDS: dict[str, Callable[[View], ResultRegion]] = {
    "results": result_region,
    "parts": parts_page,
    "flips": flips_page,
}


class Asked(NamedTuple):
    """What a region's answer is a function of."""

    comparison_request: ComparisonRequest  # release, query and host
    encoding: str  # that its body is compressed in


class Answer(NamedTuple):
    """What is sent, and the page's address that belongs to it."""

    body: bytes  # compressed
    canonical: str  # with the canonical query


def size_of(asked: Asked, answer: Answer) -> int:
    """Return how many bytes a kept answer takes."""
    return len(answer.body) + len(answer.canonical) + len(asked.comparison_request.query) + BESIDE


kept_results: KeptAnswers[Asked, Answer] = KeptAnswers(KEPT_RESULTS, size_of)


def region_of(comparison_request: ComparisonRequest, name: str, encoding: str) -> Answer:
    """Return a region's HTML, compressed, and the page's canonical address. The one that is asked
    for most is kept.
    """
    if name != "results" or comparison_request.draft:
        return _region(comparison_request.view, name, encoding)
    asked = Asked(comparison_request, encoding)
    answer = kept_results.get(asked)
    if answer is None:
        # of a copy: what is kept by the request shall not keep its view besides
        answer = _region(replace(comparison_request).view, name, encoding)
        kept_results.put(asked, answer)
    return answer


def _region(view: View, name: str, encoding: str) -> Answer:
    page = RECORDS.get(name, comparison_page)(view)
    html = render(f"comparison/regions/{name}.html", page=page)
    if companions := REGIONS[name]:
        html += render("comparison/further_regions.html", page=page, companions=companions)
    if name not in INSIDE:
        html += render("comparison/head_after_change.html", page=page)
    return Answer(COMPRESS[encoding](html.encode()), page.canonical)
