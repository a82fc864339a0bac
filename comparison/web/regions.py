"""The parts of a page that have an address of their own: what htmx asks for, and what each answer
carries besides.
"""

from collections.abc import Callable

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


def region_of(view: View, name: str) -> tuple[str, str]:
    """Return a region's HTML, and the page's canonical address."""
    page = RECORDS.get(name, comparison_page)(view)
    html = render(f"comparison/regions/{name}.html", page=page)
    if companions := REGIONS[name]:
        html += render("comparison/further_regions.html", page=page, companions=companions)
    if name not in INSIDE:
        html += render("comparison/head_after_change.html", page=page)
    return html, page.canonical
