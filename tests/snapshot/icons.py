"""Draws the site's icons from static/img/icon.svg: `make icons`. Browsers and telephones ask for
them by these names at the top of the site, without being told.
"""

import re
import struct
from pathlib import Path

import resvg_py

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = ROOT / "static" / "top"
IN_FAVICON = (16, 32, 48)


def drawn(svg: str, size: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))


def favicon(svg: str) -> bytes:
    """Return an icon file that holds each size as a PNG."""
    pictures = [drawn(svg, size) for size in IN_FAVICON]
    head, at = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in zip(IN_FAVICON, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)


def icons() -> dict[str, bytes]:
    """Return every icon by its name."""
    svg = (ROOT / "static" / "img" / "icon.svg").read_text(encoding="utf-8")
    # telephones cut the corners themselves
    square = re.sub(r' rx="\d+"', "", svg, count=1)
    return {
        "favicon.ico": favicon(svg),
        "apple-touch-icon.png": drawn(square, 180),
        "icon-192.png": drawn(svg, 192),
        "icon-512.png": drawn(svg, 512),
    }


if __name__ == "__main__":
    TOP.mkdir(exist_ok=True)
    for name, picture in icons().items():
        (TOP / name).write_bytes(picture)
        print(f"{name}: {len(picture):,} bytes")
