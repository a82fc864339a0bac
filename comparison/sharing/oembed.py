"""oEmbed (https://oembed.com, version 1.0): a link to a view -> the HTML that shows it
elsewhere.
"""

from urllib.parse import parse_qsl, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from comparison.pages.comparison.page import ResultPage, result_page
from comparison.pages.comparison.wording import in_words
from comparison.publishing import releases
from comparison.rendering.addresses import address_of
from comparison.sharing.embed import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    THEMES,
    WIDTH,
    frame,
    height_of,
    open_to_all,
)
from comparison.web.comparison_request import (
    ComparisonRequest,
    IsWithheld,
    called_by,
    is_of_draft,
    origin_of,
    value_of,
)
from comparison.web.routing.nearly_right import meant
from comparison.web.withheld import STATUS, as_withheld, words_of


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """A program that was given a link to a view gets the HTML that shows it."""
    form = value_of(request, "format") or "json"
    # 501 is oEmbed's word for its other format; what is no format at all is the sender's mistake
    if form != "json":
        return _refused(501 if form == "xml" else 400, "Only format=json is given here.")
    try:
        comparison_request, theme = _meant_by(request, value_of(request, "url"))
    except IsWithheld as withheld:
        words = words_of(withheld)
        return as_withheld(request, _refused(STATUS, f"{words.what} {words.reason}"))
    except Http404 as error:
        return _refused(404, str(error))
    page = result_page(comparison_request.view)
    most_width, most_height = _limit(request, "maxwidth"), _limit(request, "maxheight")
    width, height = min(WIDTH, most_width or WIDTH), height_of(page)
    height = min(height, most_height or height)
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": in_words(page).sentence,
        "provider_name": "Evenhand",
        "provider_url": address_of("hub", origin=page.share.origin),
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": frame(
            page, pinned=comparison_request.pinned, width=str(width), height=height, theme=theme
        ),
    }
    if (most_width or PICTURE_WIDTH) >= PICTURE_WIDTH and (
        most_height or PICTURE_HEIGHT
    ) >= PICTURE_HEIGHT:
        answer |= {
            "thumbnail_url": picture_address(page),
            "thumbnail_width": PICTURE_WIDTH,
            "thumbnail_height": PICTURE_HEIGHT,
        }
    return open_to_all(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def picture_address(page: ResultPage) -> str:
    """Return the whole address of a view's preview picture."""
    return page.home.address_of("picture", query=page.share.query, origin=page.share.origin)


def _meant_by(request: HttpRequest, url: str) -> tuple[ComparisonRequest, str]:
    """Return what a link to a comparison asks for, and the colours it wants. Http404 says what is
    wrong with it.
    """
    if not url:
        raise Http404("Name a page in url=.")
    origin = origin_of(request)
    try:
        parts = urlsplit(url)
        path, query = meant(parts.path, parts.query) or (parts.path, parts.query)
        match = resolve(path)
    except (Resolver404, ValueError):
        raise Http404("There is no such page here.") from None
    own = {urlsplit(address).netloc.lower() for address in (origin, called_by(request))}
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in own:
        raise Http404("That page is not of this site.")
    slug, named = match.kwargs.get("slug", ""), match.kwargs.get("release")
    newest = releases.current(slug) if slug else None
    if newest is None and (act := releases.why_all_withheld(slug)):
        raise IsWithheld(act)
    if newest is None:
        raise Http404("That page shows no comparison that has been published.")
    release = newest
    if named is not None and not is_of_draft(named):
        number = int(named) if named.isascii() and named.isdigit() and len(named) < 9 else 0
        pinned = releases.several(newest, (number,)).get(number)
        if pinned is None and (act := releases.why_withheld(newest, number)):
            raise IsWithheld(act, newest)
        if pinned is None:
            raise Http404("That release was never published.")
        release = pinned
    theme = dict(parse_qsl(query)).get("theme", "")
    named = None if is_of_draft(named) else named
    comparison_request = ComparisonRequest(
        newest.slug,
        release.number,
        release.digest,
        newest.number,
        query,
        origin,
        named,
        release=release,
    )
    return comparison_request, theme if theme in THEMES else ""


def _limit(request: HttpRequest, key: str) -> int | None:
    """Return a size that the program gives as the most it can show; what is no size is no limit."""
    given = value_of(request, key)
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    return number or None


def _refused(status: int, why: str) -> HttpResponse:
    return open_to_all(JsonResponse({"error": why}, status=status))
