"""A link -> a QR code as SVG, for paper and cameras. Knows nothing of what the link leads to."""

from functools import lru_cache

import segno
from markupsafe import Markup

LONGEST = 800  # characters of a link; more would make a code that no camera reads off paper
QUIET = 4  # modules left free around a code (ISO/IEC 18004, 5.3.8)
# fixed: to try all eight, as the standard advises, takes five times as long, and every reader reads
# each
MASK = 3


@lru_cache(maxsize=256)
def code_of(link: str) -> Markup:
    """Return a link as a QR code, dark on light in every colour scheme; empty where the link is too
    long for one.
    """
    return drawn(link, "Pinned link as a QR code")


def drawn(link: str, title: str) -> Markup:
    """Return the same with a title of its own, kept nowhere: a link may be a secret."""
    if len(link.encode()) > LONGEST:
        return Markup()
    code = segno.make(link, error="m", boost_error=False, mask=MASK, micro=False)
    svg = code.svg_inline(
        border=QUIET,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass="qr-code",
        lineclass=None,
        title=title,
    )
    return Markup(svg)  # noqa: S704  (numbers, and a title that is ours)
