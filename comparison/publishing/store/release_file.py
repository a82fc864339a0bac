"""One release as the bytes of a file, and back; whatever was altered in them is noticed.

Three parts, packed together: a line with the digest of what follows, the head, and the whole: what
was rendered at publishing, and the document's JSON text exactly as in the database. The head can be
read alone, without unpacking the rest; the digest of the rest stands in it.
"""

import gzip
import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

FORMAT = "evenhand release 1"
LONGEST_HEAD = 1 << 22  # bytes, unpacked; a head that is longer is none of ours


class Damaged(Exception):
    """These bytes are no release as it was written. The message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Head:
    """What lists, feeds and searches need of a release."""

    slug: str  # under which it came out
    number: int
    title: str
    digest: str  # SHA-256 of the document's text
    editor: str
    note: str
    published_at: datetime
    changed: dict[str, dict[str, int]] | None  # None = published before this was kept
    former: tuple[str, ...]  # addresses that the comparison had before
    words: tuple[str, ...]  # by which it is found
    rest: str = ""  # SHA-256 of all that follows; filled in when it is written


@dataclass(frozen=True, slots=True)
class Whole:
    """A release, whole."""

    head: Head
    document: str  # its JSON text
    prose: dict[str, str]  # its Markdown as HTML
    # what earlier releases had and this one has not; None = published before this was kept
    withdrawn: dict[str, Any] | None


def digest_of(text: str) -> str:
    """Return what tells a text from all others."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_bytes(release: Whole) -> bytes:
    """Return a release as it is written: the same bytes for the same release, whenever."""
    rendered = _line({"prose": release.prose, "withdrawn": release.withdrawn})
    rest = rendered + release.document.encode()
    head = replace(release.head, rest=hashlib.sha256(rest).hexdigest())
    written = asdict(head) | {"published_at": head.published_at.astimezone(UTC).isoformat()}
    line = _line(written)
    return gzip.compress(_first(line) + line + rest, compresslevel=6, mtime=0)


def head_of(content: bytes) -> Head:
    """Return the head alone, checked; the rest is not looked at. content: the beginning of a file,
    as far as the head reaches, or all of it.
    """
    unpacker = zlib.decompressobj(wbits=31)
    text, packed = b"", content
    while text.count(b"\n", 0, LONGEST_HEAD) < 2:
        try:
            more = unpacker.decompress(packed, 8_192)
        except zlib.error as error:
            raise Damaged("it cannot be unpacked") from error
        text, packed = text + more, unpacker.unconsumed_tail
        if not more or len(text) > LONGEST_HEAD:
            raise Damaged("it ends before its head does")
    return _head(text)


def whole_of(content: bytes) -> Whole:
    """Return a release, every part of it checked. Raises Damaged."""
    try:
        text = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged("it cannot be unpacked") from error
    head = _head(text)
    rest = text.split(b"\n", 2)[-1]
    if hashlib.sha256(rest).hexdigest() != head.rest:
        raise Damaged("it has another digest than its head says")
    rendered, _, document = rest.partition(b"\n")
    if hashlib.sha256(document).hexdigest() != head.digest:
        raise Damaged("its document has another digest than was published")
    read = json.loads(rendered)
    return Whole(head, document.decode(), read["prose"], read["withdrawn"])


def _head(text: bytes) -> Head:
    first, line, *_ = [*text.split(b"\n", 2), b""]
    if first + b"\n" != _first(line + b"\n"):
        raise Damaged("its head was altered")
    try:
        read = json.loads(line)
        read["published_at"] = datetime.fromisoformat(read["published_at"])
        return Head(**read | {"former": tuple(read["former"]), "words": tuple(read["words"])})
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged("its head is none of ours") from error


def _first(line: bytes) -> bytes:
    """Return the line before the head: what this file is, and the digest of its head."""
    return f"{FORMAT} {hashlib.sha256(line).hexdigest()}\n".encode()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
