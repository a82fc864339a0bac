"""A verdict on other people's pages: the small page that may be framed, and oEmbed, by which their
programs find it.

Nothing else of the site may be framed. The page needs no script, sets no cookie, and names the
release that it shows; it follows the newest release at `/<comparison>/embed/` and stays as it is at
`/<comparison>/@<release>/embed/`.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.page import ComparisonPage
from comparison.rendering.jinja import render
from comparison.web.comparison_request import DRAFT, Asked, ask, value_of
from comparison.web.http_cache import not_modified, page_response

THEMES = ("light", "dark")  # anything else follows the reader's system
WIDTH, HEIGHT = 640, 420  # pixels; the page fits its frame, and scrolls where the frame is lower
PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630
FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>'
)
POLICY = settings.CONTENT_SECURITY_POLICY.replace(
    "frame-ancestors 'none'", "frame-ancestors *"
).replace("script-src 'self'", "script-src 'none'")


def address(page: ComparisonPage, *, pinned: bool) -> str:
    """Return the whole address of a view's embed."""
    base = f"/{page.slug}/@{page.release}/embed/" if pinned else f"/{page.slug}/embed/"
    return page.share.origin + base + (f"?{page.share.query}" if page.share.query else "")


def frame(
    page: ComparisonPage,
    *,
    pinned: bool,
    width: str = "100%",
    height: int = HEIGHT,
    theme: str = "",
) -> str:
    """Return the HTML that shows a view on another page."""
    source = address(page, pinned=pinned)
    if theme:
        source += ("&" if page.share.query else "?") + f"theme={theme}"
    return str(FRAME.format(source, f"{page.heading.title} · Evenhand", width, height))


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor of another site sees the recommendation in a frame there. Of a draft, the newest
    release's.
    """
    try:
        asked = ask(request, slug, None if release == DRAFT else release).alone
    except Http404:
        response = HttpResponse(render("sharing/embed_missing.html"), status=404)
        response["Content-Security-Policy"] = POLICY
        return response
    response = not_modified(request, asked, whole=True) or _embedded(request, asked)
    response["Content-Security-Policy"] = POLICY
    return response


def _embedded(request: HttpRequest, asked: Asked) -> HttpResponse:
    page = asked.page(with_controls=False, with_matrix=False)
    theme = value_of(request, "theme")
    html = render("sharing/embed.html", page=page, theme=theme if theme in THEMES else "auto")
    return page_response(request, html, asked, page.robots or robots.PART)


def _open(response: HttpResponse) -> HttpResponse:
    """Let programs of other origins read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
