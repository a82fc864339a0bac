"""What is wrong with the layout of a page, as layout.js measures it."""

from pathlib import Path

from playwright.sync_api import Page

MEASURE = (Path(__file__).parent / "layout.js").read_text()


def faults(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with the page as it stands at some widths, all that opens being open;
    each fault once.
    """
    page.evaluate(
        "document.querySelectorAll('details:not(.more)').forEach((part) => { part.open = true; })"
    )
    widths_of: dict[str, list[int]] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for fault in page.evaluate(MEASURE):
            widths_of.setdefault(fault, []).append(width)
    return [f"{', '.join(map(str, widths))} px: {fault}" for fault, widths in widths_of.items()]
