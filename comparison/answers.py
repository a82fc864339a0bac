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


def tag(request: HttpRequest, release: Published) -> str:
    """Return the strong ETag of an answer: a function of release, address, host, build and encoding alone."""
    key = f"{build()} {release.digest} {release.number} {request.scheme} {request.get_host()} {request.get_full_path()}"
    return '"' + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32] + _encoding(request) + '"'


def not_modified(request: HttpRequest, release: Published, *, private: bool = False) -> HttpResponse | None:
    """Return the short answer where the visitor has this very page already, before anything is rendered."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if private or not known or tag(request, release) not in known:
        return None
    return _kept(request, HttpResponseNotModified(), release, private)


def page_response(request: HttpRequest, html: str, release: Published | None, *, private: bool = False) -> HttpResponse:
    """Return a whole page, compressed as the browser accepts it."""
    body, encoding = html.encode(), _encoding(request)
    response = HttpResponse(COMPRESS[encoding](body))
    if encoding:
        response["Content-Encoding"] = encoding
    return _kept(request, response, release, private)


def region_response(
    request: HttpRequest, html: str, release: Published | None, headers: dict[str, str], *, private: bool = False
) -> HttpResponse:
    """Return a region: small enough to go as it is, and never indexed as a page."""
    response = HttpResponse(html, headers=headers | {"X-Robots-Tag": "noindex"})
    return _kept(request, response, release, private)


def _kept(request: HttpRequest, response: HttpResponse, release: Published | None, private: bool) -> HttpResponse:
    response["Cache-Control"] = PRIVATE if private else PUBLIC
    response["Vary"] = "Accept-Encoding"
    if release is not None and not private:
        response["ETag"] = tag(request, release)
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = {part.partition(";")[0].strip() for part in request.META.get("HTTP_ACCEPT_ENCODING", "").split(",")}
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")
