"""What search engines may open, and where everything begins: `robots.txt` and `sitemap.xml`.

A comparison has more views than any crawler could read, one for each selection, and all say the
same in another light. The view without a selection is what is found; programs that show a link's
preview may open every view.
"""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparison.publishing import published_lists
from comparison.rendering.addresses import address_of, form_of
from comparison.web.comparison_request import origin_of

# They open what somebody has sent, once, and ask robots.txt before.
PREVIEWS = (
    "Twitterbot",
    "facebookexternalhit",
    "LinkedInBot",
    "Slackbot",
    "Discordbot",
    "WhatsApp",
    "TelegramBot",
    "redditbot",
)
# What they leave alone beside the pages that nobody looks for: every address that begins so.
CLOSED = ("/*?", "/-/", "/*/-/", "/*/@")
NOT_LOOKED_FOR = ("share", "embed", "lead")
OPEN = ("/?page=",)

# Django's class takes no argument where it runs.
if TYPE_CHECKING:
    _OfPages = Sitemap[str]
    _OfComparisons = Sitemap[tuple[str, datetime]]
else:
    _OfPages = _OfComparisons = Sitemap


class Pages(_OfPages):
    """What stands beside the comparisons."""

    def items(self) -> list[str]:
        return ["hub", "method", "api:about"]

    def location(self, item: str) -> str:
        return address_of(item)


class Comparisons(_OfComparisons):
    """Every comparison under the address that it has now; its pages of evidence are linked from
    there.
    """

    limit = 1_000  # so that a page of it takes no longer than one of a comparison

    def items(self) -> list[tuple[str, datetime]]:
        return published_lists.days()

    def location(self, item: tuple[str, datetime]) -> str:
        return address_of("comparison", slug=item[0])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]


def of_this_site(sitemap_view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return one of Django's views of a sitemap, which takes the site's address from the request,
    with the address that this site has.
    """

    @require_safe
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        scheme, host = origin_of(request).split("://")
        called = {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme, "wsgi.url_scheme": scheme}
        shown = copy(request)
        shown.META = shown.environ = request.META | called  # type: ignore[attr-defined]
        return sitemap_view(shown, **named)

    return answer


SITEMAPS = {"pages": Pages, "comparisons": Comparisons}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A crawler reads what it may open."""
    admin = address_of("admin:index")
    lines = [
        *(f"User-agent: {name}" for name in PREVIEWS),
        f"Disallow: {admin}",
        "",
        "User-agent: *",
        *(f"Allow: {place}" for place in OPEN),
        f"Allow: {form_of('picture', slug='*')}$",
        f"Disallow: {admin}",
        *(f"Disallow: {place}" for place in CLOSED),
        *(f"Disallow: {form_of(name, slug='*')}" for name in NOT_LOOKED_FOR),
        "",
        f"Sitemap: {address_of('sitemap_index', origin=origin_of(request))}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Who found a hole reads whom to tell (RFC 9116), where SECURITY_CONTACT names somebody."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No contact for security is set.")
    # it may be kept for half a year, and is another one each day
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {address_of('security', origin=origin_of(request))}",
        "Preferred-Languages: en",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
