"""SVG -> PNG, in a process of its own: the renderer keeps Python's lock while it works, and no page
may wait for a picture.

The process starts with the first picture, reads one drawing after the other from a pipe, and ends
when the pipe is closed. Run as a program, this file is that process; it knows nothing of Django.
One drawing at a time; whoever waits for a turn says how long. Rendered by resvg-py, with the fonts
beside this file and no others, so that every machine draws the same.
"""

import atexit
import os
import select
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

FONTS = sorted((Path(__file__).resolve().parent / "fonts").glob("*.ttf"))
LONGEST = 5.0  # seconds; a picture takes a twentieth of one
SIZE_BYTES = 4

busy = threading.BoundedSemaphore(1)
_process: "subprocess.Popen[bytes] | None" = None


class CannotDraw(Exception):
    """Another drawing is under way, or the process did not answer in time."""


def draw(svg: str, *, patience: float = 0) -> bytes:
    """Return the drawing as PNG. CannotDraw where another one is still under way after so many
    seconds, and where none comes in time.
    """
    if not busy.acquire(timeout=patience):
        raise CannotDraw
    try:
        return _answer(svg.encode())
    except OSError as error:
        close()
        raise CannotDraw from error
    except CannotDraw:
        close()
        raise
    finally:
        busy.release()


def close() -> None:
    """End the process; the next drawing starts another."""
    global _process
    if _process is not None:
        _process.kill()
        for pipe in (_process.stdin, _process.stdout):
            with suppress(OSError):  # what it was to read is of no use any more
                pipe.close()  # type: ignore[union-attr]
        _process.wait()
        _process = None


atexit.register(close)


def _answer(svg: bytes) -> bytes:
    global _process
    if _process is None or _process.poll() is not None:
        close()
        command = [sys.executable, "-I", str(Path(__file__).resolve())]
        # our own file
        _process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    assert _process.stdin
    _process.stdin.write(len(svg).to_bytes(SIZE_BYTES, "big") + svg)
    _process.stdin.flush()
    size = int.from_bytes(_read(_process, SIZE_BYTES), "big")
    if not size:
        raise CannotDraw
    return _read(_process, size)


def _read(process: "subprocess.Popen[bytes]", size: int) -> bytes:
    assert process.stdout
    pipe, got = process.stdout.fileno(), b""
    while len(got) < size:
        ready, _, _ = select.select([pipe], [], [], LONGEST)
        piece = os.read(pipe, size - len(got)) if ready else b""
        if not piece:
            raise CannotDraw
        got += piece
    return got


def _serve() -> None:
    import resvg_py

    fonts = [str(path) for path in FONTS]
    while head := sys.stdin.buffer.read(SIZE_BYTES):
        svg = sys.stdin.buffer.read(int.from_bytes(head, "big")).decode()
        try:
            png = bytes(
                resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)
            )
        except ValueError:
            png = b""
        sys.stdout.buffer.write(len(png).to_bytes(SIZE_BYTES, "big") + png)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
