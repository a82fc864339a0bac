"""What caches may keep: tags that follow what is shown, answers that are not sent again, and how
they are compressed.
"""

import gzip

import brotli
import pytest

from comparison.web.caches.http_cache import build
from tests.tools import (
    get,
    publish,
)
from tests.web.tiny_addresses import ADDRESSES, ADDRESSES_OF_REGIONS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_answer_sets_no_cookie_and_does_not_vary_by_one(tiny, address):
    response = get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    caching = response.headers["Cache-Control"]
    if "@1" in address:
        assert caching == "public, max-age=31536000, immutable"
    else:
        kept = 5 if address in ADDRESSES_OF_REGIONS else 0
        assert caching.startswith(f"public, max-age={kept}, s-maxage=4, stale-while-revalidate=1,")
        assert "stale-if-error=86400" in caching
        assert "must-revalidate" not in caching  # it would forbid the two before


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/"])
def test_an_unchanged_answer_is_not_sent_again(tiny, address):
    first, second = get(address), get(address)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    again = get(address, 304, **{"If-None-Match": first.headers["ETag"]})
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_new_release_another_query_and_another_encoding_have_other_tags(tiny):
    tags = [
        get(address).headers["ETag"]
        for address in ("/tiny/", "/tiny/?off=cost", "/tiny/@1/", "/tiny/-/results/")
    ]
    tags.append(get("/tiny/", **{"Accept-Encoding": "br"}).headers["ETag"])
    publish(title="Second")
    tags.append(get("/tiny/").headers["ETag"])
    assert len(set(tags)) == len(tags)
    get("/tiny/", 200, **{"If-None-Match": tags[0]})


def test_the_tag_follows_the_build(tiny, monkeypatch):
    before = get("/tiny/").headers["ETag"]
    monkeypatch.setattr("comparison.web.caches.http_cache.build", lambda: "another")
    assert get("/tiny/").headers["ETag"] != before
    assert len(build()) == 16


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_compressed_as_the_browser_takes_it(tiny, accepted, encoding, unpack):
    plain, packed = get("/tiny/"), get("/tiny/", **{"Accept-Encoding": accepted})
    assert packed.headers.get("Content-Encoding") == encoding
    assert unpack(packed.content) == plain.content
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("region", ["results", "rows"])
def test_what_a_toggle_asks_for_is_compressed_too(tiny, region):
    address = f"/tiny/-/{region}/?off=ease"
    plain = get(address)
    for _ in range(2):  # the second one comes from memory
        packed = get(address, **{"Accept-Encoding": "br"})
        assert packed.headers["Content-Encoding"] == "br"
        assert brotli.decompress(packed.content) == plain.content
        assert packed.headers["ETag"] != plain.headers["ETag"]
        again = get(
            address, 304, **{"Accept-Encoding": "br", "If-None-Match": packed.headers["ETag"]}
        )
        assert not again.content


def test_an_encoding_that_is_refused_is_not_used(tiny):
    assert (
        "Content-Encoding" not in get("/tiny/", **{"Accept-Encoding": "br;q=0, gzip;q=0"}).headers
    )
