"""A verdict on other people's pages: the small page that may be framed, and oEmbed, by which their programs find it.

Nothing else of the site may be framed. The page needs no script, sets no cookie, and names the release that it shows; it
follows the newest release at `/<comparison>/embed/` and stays as it is at `/<comparison>/@<release>/embed/`.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.page import ComparisonPage
from comparison.pages.comparison.wording import in_words
from comparison.publishing import releases
from comparison.rendering.jinja import render
from comparison.web.comparison_request import DRAFT, Asked, ask, value_of
from comparison.web.http_cache import not_modified, page_response
from comparison.web.nearly_right import meant

THEMES = ("light", "dark")  # anything else follows the reader's system
WIDTH, HEIGHT = 640, 420  # pixels; the page fits its frame, and scrolls where the frame is lower
PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630
FRAME = Markup('<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>')
POLICY = settings.CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace(
    "script-src 'self'", "script-src 'none'"
)


def address(page: ComparisonPage, *, pinned: bool) -> str:
    """Return the whole address of a view's embed."""
    base = f"/{page.slug}/@{page.release}/embed/" if pinned else f"/{page.slug}/embed/"
    return page.share.origin + base + (f"?{page.share.query}" if page.share.query else "")


def frame(page: ComparisonPage, *, pinned: bool, width: str = "100%", height: int = HEIGHT, theme: str = "") -> str:
    """Return the HTML that shows a view on another page."""
    source = address(page, pinned=pinned)
    if theme:
        source += ("&" if page.share.query else "?") + f"theme={theme}"
    return str(FRAME.format(source, f"{page.heading.title} · Evenhand", width, height))


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor of another site sees the recommendation in a frame there. Of a draft, the newest release's."""
    try:
        asked = ask(request, slug, None if release == DRAFT else release).alone
    except Http404:
        response = HttpResponse(render("embed/missing.html"), status=404)
        response["Content-Security-Policy"] = POLICY
        return response
    response = not_modified(request, asked, whole=True) or _embedded(request, asked)
    response["Content-Security-Policy"] = POLICY
    return response


def _embedded(request: HttpRequest, asked: Asked) -> HttpResponse:
    page = asked.page(with_controls=False, with_matrix=False)
    theme = value_of(request, "theme")
    html = render("embed/page.html", page=page, theme=theme if theme in THEMES else "auto")
    return page_response(request, html, asked, page.robots or robots.PART)


# --- oEmbed (https://oembed.com, version 1.0) ------------------------------------------------------------------------


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """A program that was given a link to a view gets the HTML that shows it."""
    form = value_of(request, "format") or "json"
    if form != "json":  # 501 is oEmbed's word for its other format; what is no format at all is the sender's mistake
        return _refused(501 if form == "xml" else 400, "Only format=json is given here.")
    try:
        asked, theme = _asked_for(request, value_of(request, "url"))
    except Http404 as error:
        return _refused(404, str(error))
    page = asked.page(with_controls=False, with_matrix=False)
    most_width, most_height = _limit(request, "maxwidth"), _limit(request, "maxheight")
    width, height = min(WIDTH, most_width or WIDTH), min(HEIGHT, most_height or HEIGHT)
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": in_words(page).sentence,
        "provider_name": "Evenhand",
        "provider_url": page.share.origin + "/",
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": frame(page, pinned=asked.pinned, width=str(width), height=height, theme=theme),
    }
    if (most_width or PICTURE_WIDTH) >= PICTURE_WIDTH and (most_height or PICTURE_HEIGHT) >= PICTURE_HEIGHT:
        answer |= {
            "thumbnail_url": picture_address(page),
            "thumbnail_width": PICTURE_WIDTH,
            "thumbnail_height": PICTURE_HEIGHT,
        }
    return _open(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def picture_address(page: ComparisonPage) -> str:
    """Return the whole address of a view's preview picture."""
    return f"{page.share.origin}{page.base}-/card.png" + (f"?{page.share.query}" if page.share.query else "")


def _asked_for(request: HttpRequest, url: str) -> tuple[Asked, str]:
    """Return what a link to a comparison asks for, and the colours it wants. Http404 says what is wrong with it."""
    if not url:
        raise Http404("Name a page in url=.")
    origin = f"{request.scheme}://{request.get_host()}"
    try:
        parts = urlsplit(url)
        path, query = meant(parts.path, parts.query) or (parts.path, parts.query)
        found = resolve(path)
    except (Resolver404, ValueError):
        raise Http404("There is no such page here.") from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.get_host().lower():
        raise Http404("That page is not of this site.")
    slug, named = found.kwargs.get("slug", ""), found.kwargs.get("release")
    newest = releases.current(slug) if slug else None
    if newest is None:
        raise Http404("That page shows no comparison that has been published.")
    release = newest
    if named is not None and named != DRAFT:
        number = int(named) if named.isascii() and named.isdigit() and len(named) < 9 else 0
        pinned = releases.several(newest, (number,)).get(number)
        if pinned is None:
            raise Http404("That release was never published.")
        release = pinned
    theme = dict(parse_qsl(query)).get("theme", "")
    named = None if named == DRAFT else named
    asked = Asked(newest.slug, release.number, release.digest, newest.number, query, origin, named, release=release)
    return asked, theme if theme in THEMES else ""


def _limit(request: HttpRequest, key: str) -> int | None:
    """Return a size that the program gives as the most it can show; what is no size is no limit."""
    given = value_of(request, key)
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    return number or None


def discovery(page: ComparisonPage) -> str:
    """Return the whole address at which programs find how to show a view: the page's head names it."""
    query = urlencode({"url": page.share.origin + page.canonical, "format": "json"})
    return f"{page.share.origin}/oembed?{query}"


def _refused(status: int, why: str) -> HttpResponse:
    return _open(JsonResponse({"error": why}, status=status))


def _open(response: HttpResponse) -> HttpResponse:
    """Let programs of other origins read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
