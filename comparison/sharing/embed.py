"""A recommendation on other people's pages: the small page that may be framed, and oEmbed, by which
their programs find it.

Nothing else of the site may be framed. The page needs no script, sets no cookie, and names the
release that it shows; it follows the newest release at `/<comparison>/embed/` and stays as it is at
`/<comparison>/@<release>/embed/`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from math import ceil

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.comparison.wording import in_words
from comparison.rendering.addresses import Home, joined
from comparison.rendering.font_metrics import BOLD, PLAIN, SERIF, drawable, height_in_lines, width
from comparison.rendering.jinja import day, parted, render
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show
from comparison.web.comparison_request import ComparisonRequest, IsWithheld, value_of
from comparison.web.security_headers import OPEN_TO_ALL
from comparison.web.withheld import as_withheld, words_of

THEMES = ("light", "dark")  # anything else follows the reader's system
WIDTH = 640  # pixels
NARROWEST = 300  # pixels of a frame that is as high as its page
# of the sizes in embed.css, in pixels; letters of the reader's system may be wider than ours
MARGINS, LARGE, TITLE, TEXT, SMALL, WIDER = 36, 32, 18.4, 16, 14.4, 1.12
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
    height: int = 0,
    theme: str = "",
) -> str:
    """Return the HTML that shows a view on another page. height: 0 for as much as it takes."""
    source = address(page, pinned=pinned, theme=theme)
    title = f"{page.heading.title} · Evenhand"
    return str(FRAME.format(source, title, width, height or height_of(page)))


def height_of(page: ResultPage) -> int:
    """Return how many pixels high a frame has to be for all that it shows, however narrow it is.

    Each term is one part of the page, from above; what a text takes is counted in its lines.
    """
    words, results = in_words(page), page.results
    room = NARROWEST - MARGINS

    def high(text: str, face: str, size: float, leading: float = 1.45, beside: int = 0) -> float:
        # where the page lets a long word be broken, a blank takes a hair more
        words = drawable(parted(text, " "))
        return height_in_lines(words, face, size * WIDER, room - beside) * size * leading

    # a mark is as wide as the letter, and the bars leave the names the rest
    names = [
        high(
            f"M{bar.option.name}{' excluded' if bar.state != 'verified' else ''}",
            PLAIN,
            16,
            1.45,
            110,
        )
        for bar in results.bars
    ]
    published, checked = day(page.published), day(page.heading.checked or page.published)
    released = f"Release {page.release}, the newest, {published}, checked {checked}"
    height = (
        54  # the margins of the page, and a line to spare
        + (high(page.heading.title, SERIF, TITLE, 1.2) + 18)
        + 74 * min(len(page.notes), 4)
        + (high(words.head, SERIF, LARGE, 1.2) + 10)
        + high(words.case + ".", PLAIN, SMALL)
        + (high(words.altered, BOLD, TEXT) + 5 if words.altered else 0)
        + (sum(names) + 3.2 * len(names) + 10 if names else 0)
        + (SMALL * 1.45 if results.more_bars else 0)
        + (high(words.margin, BOLD, TEXT) + 38 if words.margin else 0)
        + (0 if width(words.margin + words.label, BOLD, TEXT * WIDER) < room - 16 else TEXT * 1.45)
        + (SMALL * 1.45 if results.evidence else 0)
        + (high(released, PLAIN, SMALL) + 10)
        + high(f"Change what matters, on Evenhand, {page.heading.licence}", PLAIN, TEXT)
    )
    return ceil(height / 10) * 10


def in_frames(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let other sites frame what a view answers, also where there is nothing to show."""

    @xframe_options_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: str, **named: str) -> HttpResponse:
        try:
            response = view(request, *args, **named)
        except IsWithheld as withheld:
            words = words_of(withheld, request.META.get("QUERY_STRING", ""))
            html = render("sharing/embed_withheld.html", page=words)
            response = as_withheld(request, HttpResponse(html))
        except Http404:
            response = HttpResponse(render("sharing/embed_missing.html"), status=404)
        response["Content-Security-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = OPEN_TO_ALL
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
