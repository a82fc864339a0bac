"""HTML -> HTTP: tags for caches, compression of whole pages, who may keep an answer. Never looks at what is shown."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from comparison.publishing import Published

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}
PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"


@cache
def build() -> str:
    """Return a digest of the code and templates that make the pages: a new version never answers "not modified" wrongly."""
    whole = hashlib.sha256()
    for folder in (Path(__file__).parent, settings.ROOT / "templates", settings.ROOT / "static"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
                whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def tag(request: HttpRequest, release: Published, encoding: str = "") -> str:
    """Return the strong ETag of an answer: a function of release, address, host, build and encoding alone."""
    asked = request.META
    parts = (build(), release.digest, str(release.number), request.scheme or "", asked.get("HTTP_HOST", ""), request.path)
    key = " ".join((*parts, asked.get("QUERY_STRING", "")))
    return '"' + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32] + encoding + '"'


def not_modified(request: HttpRequest, release: Published, *, whole: bool = False, private: bool = False) -> HttpResponse | None:
    """Return the short answer where the visitor has this very answer already, before anything is rendered.

    whole: a page, which may be compressed; else a region, which is not.
    """
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if private or not known:
        return None
    mine = tag(request, release, _encoding(request) if whole else "")
    return _kept(HttpResponseNotModified(), mine) if mine in known else None


def page_response(request: HttpRequest, html: str, release: Published | None, *, private: bool = False) -> HttpResponse:
    """Return a whole page, compressed as the browser accepts it."""
    encoding = _encoding(request)
    response = HttpResponse(COMPRESS[encoding](html.encode()))
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    return _kept(response, tag(request, release, encoding) if release else "", private)


def region_response(
    request: HttpRequest, html: str | bytes, release: Published | None, headers: dict[str, str], *, private: bool = False
) -> HttpResponse:
    """Return a region: small enough to go as it is, and never indexed as a page."""
    response = HttpResponse(html, headers=headers | {"X-Robots-Tag": "noindex"})
    return _kept(response, tag(request, release) if release else "", private)


def _kept(response: HttpResponse, tag: str, private: bool = False) -> HttpResponse:
    response["Cache-Control"] = PRIVATE if private else PUBLIC
    if tag and not private:
        response["ETag"] = tag
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = {part.partition(";")[0].strip() for part in request.META.get("HTTP_ACCEPT_ENCODING", "").split(",")}
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")
