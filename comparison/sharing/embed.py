"""A recommendation on other people's pages: the small page that may be framed, and oEmbed, by which
their programs find it.

Nothing else of the site may be framed. The page needs no script, sets no cookie, and names the
release that it shows; it follows the newest release at `/<comparison>/embed/` and stays as it is at
`/<comparison>/@<release>/embed/`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.rendering.addresses import Home, joined
from comparison.rendering.jinja import render
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show
from comparison.web.comparison_request import ComparisonRequest, value_of

THEMES = ("light", "dark")  # anything else follows the reader's system
WIDTH, HEIGHT = 640, 420  # pixels; the page fits its frame, and scrolls where the frame is lower
PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630
FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>'
)
POLICY = settings.CONTENT_SECURITY_POLICY.replace(
    "frame-ancestors 'none'", "frame-ancestors *"
).replace("script-src 'self'", "script-src 'none'")


@dataclass(frozen=True, kw_only=True)
class EmbedPage(ResultPage):
    """The recommendation in a frame."""

    theme: str  # light or dark, as its address says; auto: as the reader's system is set


def address(page: ResultPage, *, pinned: bool, theme: str = "") -> str:
    """Return the whole address of a view's embed."""
    home = Home(page.slug, str(page.release) if pinned else "")
    query = joined(page.share.query, f"theme={theme}" if theme else "")
    return home.address_of("embed", query=query, origin=page.share.origin)


def frame(
    page: ResultPage,
    *,
    pinned: bool,
    width: str = "100%",
    height: int = HEIGHT,
    theme: str = "",
) -> str:
    """Return the HTML that shows a view on another page."""
    source = address(page, pinned=pinned, theme=theme)
    return str(FRAME.format(source, f"{page.heading.title} · Evenhand", width, height))


def in_frames(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let other sites frame what a view answers, also where there is nothing to show."""

    @xframe_options_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: str, **named: str) -> HttpResponse:
        try:
            response = view(request, *args, **named)
        except Http404:
            response = HttpResponse(render("sharing/embed_missing.html"), status=404)
        response["Content-Security-Policy"] = POLICY
        return response

    return answer


@in_frames
@of_comparison(shows_drafts=False, leaves_page=True)
def embed(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor of another site sees the recommendation in a frame there. Of a draft, the newest
    release's.
    """
    theme = value_of(request, "theme")
    page = EmbedPage(
        **vars(result_page(comparison_request.view)), theme=theme if theme in THEMES else "auto"
    )
    return show(request, comparison_request, "sharing/embed.html", page, robots.PART)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let programs of other origins read an answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
