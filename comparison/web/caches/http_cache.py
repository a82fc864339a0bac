"""HTML -> HTTP: tags for caches, compression, who may keep an answer. Never looks at
what is shown.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.encoding import iri_to_uri

from comparison.core.query import untracked
from comparison.pages.robots import PART, VIEW
from comparison.web.comparison_request import ComparisonRequest, origin_of

LARGE = 200_000  # bytes
# What is large says much again and again: a quarter of the work makes it a seventh longer.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5 if len(body) < LARGE else 3),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}
# For an answer that is compressed once and sent to many: an eighth smaller, for a fifth of a
# second. Of what is larger, most of the eighth.
COMPRESS_WELL = COMPRESS | {
    "br": lambda body: brotli.compress(body, quality=11 if len(body) < LARGE else 10)
}
SMALL = 1_000  # bytes; there is next to nothing to gain below
# What follows the newest release is asked for again: by browsers each time, by caches on the way
# for many at once after some seconds. These may go on with what they have while they ask, for a
# second, so that a new release is everywhere within five; and for a day while no server answers.
# "must-revalidate" would forbid both.
ON_THE_WAY = "s-maxage=4, stale-while-revalidate=1, stale-if-error=86400"
PUBLIC = f"public, max-age=0, {ON_THE_WAY}"
# A region stays in the browser that fetched it while a press becomes a click (static/js/ahead.js),
# and while somebody goes there and back.
BRIEFLY = f"public, max-age=5, {ON_THE_WAY}"
# what names its release and says nothing of later ones is the same for ever
PINNED = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"


@cache
def build() -> str:
    """Return a digest of the code and templates that make the pages: a new version never answers
    "not modified" wrongly.
    """
    whole = hashlib.sha256()
    for folder in (
        settings.ROOT / "comparison",
        settings.ROOT / "templates",
        settings.ROOT / "static",
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".py", ".html", ".txt", ".css", ".js", ".svg"}:
                whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def tag(request: HttpRequest, comparison_request: ComparisonRequest, encoding: str = "") -> str:
    """Return the strong ETag of an answer: a function of release, newest release, what is withheld,
    address, host, build and encoding alone.
    """
    parts = (
        build(),
        comparison_request.digest,
        f"{comparison_request.number} of {comparison_request.newest}",
        f"without {comparison_request.withheld}",
        str(comparison_request.day or ""),
        comparison_request.origin,
        request.META.get("HTTP_HOST", ""),
        request.path,
    )
    key = " ".join((*parts, comparison_request.query))
    return (
        '"' + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32] + encoding + '"'
    )


def not_modified(
    request: HttpRequest,
    comparison_request: ComparisonRequest,
    *,
    whole: bool = False,
    is_compressed: bool = True,
    public: str = PUBLIC,
) -> HttpResponse | None:
    """Return the short answer where the visitor has this very answer already, before anything is
    rendered; with the headers for caches of the long one.

    whole: a page, which is always compressed where it may be; else what may be too small for it.
    is_compressed: it is another one for who accepts another encoding. public: how long caches keep
    the long one.
    """
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if comparison_request.draft or not known:
        return None
    for encoding in {encoding_of(request), "" if not whole else encoding_of(request)}:
        mine = tag(request, comparison_request, encoding)
        if mine in known:
            headers = {"Vary": "Accept-Encoding"} if is_compressed else {}
            return _kept(HttpResponseNotModified(headers=headers), mine, public=public)
    return None


def page_response(
    request: HttpRequest,
    html: str,
    comparison_request: ComparisonRequest | None,
    robots: str = "",
    *,
    is_for_many: bool = False,
) -> HttpResponse:
    """Return a whole page, compressed as the browser accepts it.

    comparison_request: None for pages that are not of one comparison. robots: what its head says to
    search engines; they find the page under this very address unless its head or its query says
    otherwise. is_for_many: most readers ask for it, so it is worth more work to compress.
    """
    encoding = encoding_of(request)
    compress = COMPRESS_WELL if is_for_many else COMPRESS
    response = HttpResponse(compress[encoding](html.encode()))
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    if robots or (comparison_request and untracked(request.META.get("QUERY_STRING", ""))):
        response["X-Robots-Tag"] = robots or VIEW
    elif comparison_request or not request.META.get("QUERY_STRING"):
        # found under this very address
        response["Link"] = f'<{iri_to_uri(origin_of(request) + request.path)}>; rel="canonical"'
    return _kept(
        response,
        tag(request, comparison_request, encoding) if comparison_request else "",
        private=comparison_request is not None and comparison_request.draft,
    )


def region_response(
    request: HttpRequest,
    html: str | bytes,
    comparison_request: ComparisonRequest | None,
    headers: dict[str, str],
) -> HttpResponse:
    """Return a region: a small one goes as it is, and none is indexed as a page."""
    body = html if isinstance(html, bytes) else html.encode()
    encoding = encoding_of(request) if len(body) > SMALL else ""
    response = HttpResponse(COMPRESS[encoding](body), headers=headers | {"X-Robots-Tag": PART})
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    return _kept(
        response,
        tag(request, comparison_request, encoding) if comparison_request else "",
        private=comparison_request is not None and comparison_request.draft,
    )


def _kept(
    response: HttpResponse, tag: str, private: bool = False, public: str = PUBLIC
) -> HttpResponse:
    response["Cache-Control"] = PRIVATE if private else public
    if tag and not private:
        response["ETag"] = tag
    return response


def encoding_of(request: HttpRequest) -> str:
    """Return the best encoding that the browser accepts; one that it refuses with `q=0` is not
    used.
    """
    accepted = set()
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            accepted.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")
