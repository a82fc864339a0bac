"""Every kind of page, from a small phone to a wide desk: no word is broken, nothing is cut off or on top of something else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import serving

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "layout.js").read_text()
SOAK = "SOAK" in os.environ  # `make soak`: every page at every width
WIDTHS = (320, 360, 584, 768, 1024, 1280, 1920, 2560)
FEWER = WIDTHS if SOAK else (320, 768, 1280)

OF_A_COMPARISON = (
    "", "parts/", "sources/", "search/?q=async", "sensitivity/", "freshness/", "changes/", "share/", "suggest/", "embed/",
)  # fmt: skip
FRAMEWORKS = (
    *OF_A_COMPARISON, "cell/performance/fastapi/", "sources/practitioner/", "tree/", "samples/", "why/fastapi/",
    "suggest/orm/django/", "architecture/", "?off=orm&must=async-support,admin-panel&options=fastapi,django",
)  # fmt: skip
SERVERS = (*OF_A_COMPARISON, "why/uwsgi/", "@1/") if SOAK else ("", "sensitivity/", "parts/")
NAMED = (*OF_A_COMPARISON, "cell/throughput/swift/", "sources/agency/", "tree/", "why/whole/", "changes/1..2/", "samples/")
MANY = (*OF_A_COMPARISON, "why/option-3/") if SOAK else ("", "share/", "sensitivity/")
FIVE = ("", "parts/")
NOWHERE = "/no-such-page/"
ALONE = ("/", "/method/", "/api/", NOWHERE)

KINDS = {
    **{f"frameworks {path or 'page'}": f"/fastapi-vs-django/{path}" for path in FRAMEWORKS},
    **{f"servers {path or 'page'}": f"/python-app-servers/{path}" for path in SERVERS},
    **{f"long names {path or 'page'}": f"/long-names/{path}" for path in NAMED},
    **{f"many options {path or 'page'}": f"/many-options/{path}" for path in MANY},
    **{f"five options {path or 'page'}": f"/five-options/{path}" for path in FIVE},
    **{f"alone {path}": path for path in ALONE},
}


@pytest.fixture(scope="module")
def laid_out(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the real content, and comparisons with many options and with names that are hard to place."""
    folder = tmp_path_factory.mktemp("layout") / "var"
    with serving(prepared, folder, "tests.hard_to_place") as address:
        yield address


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_no_word_is_broken_and_nothing_overlaps(page: Page, laid_out: str, complaints: list[str], path: str) -> None:
    page.goto(laid_out + path)
    if path == NOWHERE:
        complaints.clear()  # the browser reports that page's status
    main = path.count("/") == 2 and "?" not in path and path not in ALONE
    assert faults(page, WIDTHS if main else FEWER) == []


def faults(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with the page as it stands at some widths, all that opens being open; each fault once."""
    page.evaluate("document.querySelectorAll('details:not(.more)').forEach((part) => { part.open = true; })")
    found: dict[str, list[int]] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for fault in page.evaluate(MEASURE):
            found.setdefault(fault, []).append(width)
    return [f"{', '.join(map(str, at))} px: {fault}" for fault, at in found.items()]
