"""The parts of a page that have an address of their own: what htmx asks for, and what each answer
carries besides.
"""

from functools import lru_cache

from comparison.pages.comparison import structured_data
from comparison.rendering.jinja import render
from comparison.web.comparison_request import Asked

KEPT_RESULTS = 4096  # answers of the region that is asked for most, about 8 kB each
LONGEST_KEPT = 2_000  # characters of a query
# What a region's answer carries besides the region itself; htmx puts each in its place.
REGIONS: dict[str, tuple[str, ...]] = {
    "results": (),
    "parts": (),
    "flips": (),
    "rows": ("shown", "results"),
    "musts": ("rows", "shown", "results"),
    "said": ("musts", "rows", "shown", "results", "meta", "sources"),
    "case": ("rows", "shown", "results", "meta", "said", "sources"),
}
# opened in place: the page's address stays, and so does its head
INSIDE = frozenset({"parts", "flips"})
WITH_MATRIX = REGIONS.keys() - INSIDE - {"results"}


def region_of(asked: Asked, name: str) -> tuple[bytes, str]:
    """Return a region's HTML, encoded, and the page's canonical address. The one that is asked for
    most is kept.
    """
    if name == "results" and not asked.draft and len(asked.query) <= LONGEST_KEPT:
        return _kept_results(asked)
    return _region(asked, name)


def _region(asked: Asked, name: str) -> tuple[bytes, str]:
    wide = name in WITH_MATRIX
    page = asked.page(
        with_controls=wide, with_matrix=wide, every_part=name == "parts", with_flips=name == "flips"
    )
    html = render(f"comparison/regions/{name}.html", page=page)
    if companions := REGIONS[name]:
        html += render("comparison/companions.html", page=page, companions=companions)
    if name not in INSIDE:
        html += render("comparison/changed.html", page=page, ranking=structured_data.ranking)
    return html.encode(), page.canonical


@lru_cache(maxsize=KEPT_RESULTS)
def _kept_results(asked: Asked) -> tuple[bytes, str]:
    return _region(asked, "results")
