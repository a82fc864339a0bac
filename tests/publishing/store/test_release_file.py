"""A release as a file: the same bytes each time, and what was altered in them is noticed."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from comparison.core.document.searched_words import searched_words
from comparison.publishing import publish
from comparison.publishing.store.release_file import (
    Damaged,
    Head,
    Whole,
    digest_of,
    head_of,
    to_bytes,
    whole_of,
)
from tests import worlds


@pytest.fixture
def whole():
    document = worlds.full()
    text = publish.to_json(document)
    head = Head(
        slug="full",
        number=3,
        title="Café ↔ naïve\u2028?",
        digest=digest_of(text),
        editor="eve",
        note="Now.\nAnd then.",
        published_at=datetime(2026, 12, 1, 7, 0, 0, 123, tzinfo=UTC),
        changed={"cell": {"added": 2}},
        former=("old",),
        words=searched_words(document),
    )
    return Whole(head, text, {"matrix": "<p>1</p>\n"}, {"option": {"x": ["X", 2]}})


def test_what_is_written_is_read_and_the_head_can_be_read_alone(whole):
    content = to_bytes(whole)
    read = whole_of(content)
    assert replace(read, head=replace(read.head, rest="")) == whole
    assert head_of(content) == read.head
    assert head_of(content[: len(content) // 2]) == read.head
    assert to_bytes(whole) == content == to_bytes(read)


def test_no_altered_byte_makes_another_release_of_it(whole):
    content = to_bytes(whole)
    read = whole_of(content)
    refused = 0
    for place in range(0, len(content), 7):
        altered = bytearray(content)
        altered[place] ^= 0xFF
        for reading, right in ((whole_of, read), (head_of, read.head)):
            try:
                assert reading(bytes(altered)) == right  # as in the time that gzip notes
            except Damaged:
                refused += 1
    assert refused > len(content) / 7


@pytest.mark.parametrize("part", [0, 1, 30, 0.2, 0.5, 0.9, -1])
def test_a_file_that_was_cut_is_damaged(whole, part):
    content = to_bytes(whole)
    with pytest.raises(Damaged):
        whole_of(content[: int(part * len(content)) if isinstance(part, float) else part])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Ada", b"Ida"),  # in the document
        (b'"prose"', b'"prosE"'),
        (b"eve", b"eva"),  # in the head
        (b"evenhand release 1", b"evenhand release 2"),
    ],
)
def test_what_was_altered_and_packed_again_is_noticed(whole, before, after):
    whole = replace(whole, document=(text := '{"name":"Ada"}'))
    whole = replace(whole, head=replace(whole.head, digest=digest_of(text)))
    text = gzip.decompress(to_bytes(whole))
    assert before in text
    with pytest.raises(Damaged):
        whole_of(gzip.compress(text.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"editor"', b'"author"'),
        (b'{"slug"', b'["slug"'),
        (b'"words":[', b'"wordS":['),
        (b"2026-12-01", b"2026-13-01"),
        (b'"former":["old"]', b'"former":12345678'),
    ],
)
def test_a_head_that_is_none_of_ours_is_damaged_whatever_its_digest(whole, before, after):
    _, head, rest = gzip.decompress(to_bytes(whole)).split(b"\n", 2)
    assert before in head
    head = head.replace(before, after) + b"\n"
    first = f"evenhand release 1 {hashlib.sha256(head).hexdigest()}\n".encode()
    for read in (head_of, whole_of):
        with pytest.raises(Damaged):
            read(gzip.compress(first + head + rest))


def test_a_document_of_another_digest_is_noticed_though_the_file_is_whole(whole):
    with pytest.raises(Damaged, match="another digest than was published"):
        whole_of(to_bytes(replace(whole, document="{}")))
