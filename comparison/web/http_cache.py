"""HTML -> HTTP: tags for caches, compression of whole pages, who may keep an answer. Never looks at
what is shown.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from comparison.core.query import untracked
from comparison.pages.robots import PART, VIEW
from comparison.web.comparison_request import ComparisonRequest

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}
SMALL = 20_000  # bytes; the answer to a toggle is a quarter of that
PUBLIC = "public, max-age=0, must-revalidate"
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
    """Return the strong ETag of an answer: a function of release, newest release, address, host,
    build and encoding alone.
    """
    parts = (
        build(),
        comparison_request.digest,
        f"{comparison_request.number} of {comparison_request.newest}",
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
    request: HttpRequest, comparison_request: ComparisonRequest, *, whole: bool = False
) -> HttpResponse | None:
    """Return the short answer where the visitor has this very answer already, before anything is
    rendered.

    whole: a page, which may be compressed; else a region, which is not.
    """
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if comparison_request.draft or not known:
        return None
    for encoding in {_encoding(request), "" if not whole else _encoding(request)}:
        mine = tag(request, comparison_request, encoding)
        if mine in known:
            return _kept(HttpResponseNotModified(), mine)
    return None


def page_response(
    request: HttpRequest, html: str, comparison_request: ComparisonRequest | None, robots: str = ""
) -> HttpResponse:
    """Return a whole page, compressed as the browser accepts it.

    comparison_request: None for pages that are not of one comparison. robots: what its head says to
    search engines; they find the page under this very address unless its head or its query says
    otherwise.
    """
    encoding = _encoding(request)
    response = HttpResponse(COMPRESS[encoding](html.encode()))
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    if robots or (comparison_request and untracked(request.META.get("QUERY_STRING", ""))):
        response["X-Robots-Tag"] = robots or VIEW
    elif comparison_request:
        # found under this very address
        response["Link"] = f'<{comparison_request.origin}{request.path}>; rel="canonical"'
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
    encoding = _encoding(request) if len(body) > SMALL else ""
    response = HttpResponse(COMPRESS[encoding](body), headers=headers | {"X-Robots-Tag": PART})
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    return _kept(
        response,
        tag(request, comparison_request, encoding) if comparison_request else "",
        private=comparison_request is not None and comparison_request.draft,
    )


def _kept(response: HttpResponse, tag: str, private: bool = False) -> HttpResponse:
    response["Cache-Control"] = PRIVATE if private else PUBLIC
    if tag and not private:
        response["ETag"] = tag
    return response


def _encoding(request: HttpRequest) -> str:
    """Return the best encoding that the browser accepts; one that it refuses with `q=0` is not
    used.
    """
    accepted = set()
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            accepted.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")
