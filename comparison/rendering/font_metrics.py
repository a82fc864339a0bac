"""How wide a text is in the pictures' fonts, and how it is made to fit: smaller, on more lines, at
last cut short.

Reads advance widths out of the font files and nothing else: kerning would take off a hair, so a
text that fits here fits.
"""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "fonts"
SERIF, PLAIN, BOLD = "besley", "libre-franklin-400", "libre-franklin-650"
STAND_IN = "dejavu-sans"
# drawn for what no font has: a letter that is missing must be seen to be missing
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
MORE = "\N{HORIZONTAL ELLIPSIS}"


@cache
def _widths(face: str) -> dict[str, float]:
    """Return the width of every character that a font has, in ems. Source: OpenType 1.9, head,
    hhea, hmtx, cmap format 4.
    """
    font = (FOLDER / f"{face}.ttf").read_bytes()
    tables = {}
    for index in range(int.from_bytes(font[4:6], "big")):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[name] = offset
    (em,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    glyphs: dict[int, int] = {}
    for index in range(int.from_bytes(font[tables[b"cmap"] + 2 : tables[b"cmap"] + 4], "big")):
        (offset,) = struct.unpack_from(">I", font, tables[b"cmap"] + 8 + 8 * index)
        glyphs |= _format_4(font, tables[b"cmap"] + offset)
    return {
        chr(code): struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * min(glyph, count - 1))[0]
        / em
        for code, glyph in glyphs.items()
        if glyph
    }


def _format_4(font: bytes, begin: int) -> dict[int, int]:
    form, _, _, twice = struct.unpack_from(">HHHH", font, begin)
    if form != 4:
        return {}
    ends, starts, deltas, ranges = (
        begin + 14 + (2 if row else 0) + row * twice for row in range(4)
    )
    glyphs = {}
    for place in range(0, twice, 2):
        (end,), (start,) = (
            struct.unpack_from(">H", font, ends + place),
            struct.unpack_from(">H", font, starts + place),
        )
        (delta,), (skip,) = (
            struct.unpack_from(">H", font, deltas + place),
            struct.unpack_from(">H", font, ranges + place),
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = (
                struct.unpack_from(">H", font, ranges + place + skip + 2 * (code - start))[0]
                if skip
                else code
            )
            glyphs[code] = (glyph + delta) & 0xFFFF if glyph else 0
    return glyphs


def drawable(text: str) -> str:
    """Return the text on one line, with a mark for each character that no font of ours has."""
    known = (_widths(SERIF).keys() & _widths(PLAIN).keys() & _widths(BOLD).keys()) | _widths(
        STAND_IN
    ).keys()
    return "".join(c if c in known else UNKNOWN for c in " ".join(text.split()))


def width(text: str, face: str, size: float) -> float:
    """Return the width of a drawable text in pixels at a size in pixels."""
    own, other = _widths(face), _widths(STAND_IN)
    return size * sum(own.get(c) or other.get(c, 1.0) for c in text)


def cut(text: str, face: str, size: float, room: float) -> str:
    """Return the text, or as much of its beginning as fits with three dots behind it."""
    if width(text, face, size) <= room:
        return text
    while text and width(text + MORE, face, size) > room:
        text = text[:-1]
    return text.rstrip() + MORE


def lines(text: str, face: str, size: float, room: float, most: int) -> list[str]:
    """Return the text on at most so many lines; a word that is too long for one, and what is too
    much, is cut short.
    """
    words, rows = text.split(), [""]
    while words:
        longer = f"{rows[-1]} {words[0]}".strip()
        if width(longer, face, size) <= room or not rows[-1]:
            rows[-1] = longer
            words.pop(0)
        elif len(rows) < most:
            rows.append("")
        else:
            rows[-1] += " " + " ".join(words)
            break
    return [cut(line, face, size, room) for line in rows]


def height_in_lines(text: str, face: str, size: float, room: float) -> int:
    """Return how many lines a drawable text takes where nothing is cut: a word that is too long for
    one goes on in the next.
    """
    rows, used, blank = 1, 0.0, width(" ", face, size)
    for word in text.split():
        if used and used + blank + width(word, face, size) <= room:
            used += blank + width(word, face, size)
            continue
        rows, used = (rows + 1, 0.0) if used else (rows, used)
        for letter in word:
            step = width(letter, face, size)
            rows, used = (rows + 1, step) if used + step > room else (rows, used + step)
    return rows if text.strip() else 0


def largest(text: str, face: str, sizes: tuple[int, ...], room: float) -> int | None:
    """Return the first size at which the text fits on one line, or None."""
    return next((size for size in sizes if width(text, face, size) <= room), None)
