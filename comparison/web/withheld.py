"""What a visitor sees in the place of what is withheld for legal reasons: 451 (RFC 7725), why in
the words of the administrator who decided it, and what can still be read.

Nothing of what is withheld is said here, not its title either.
"""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from comparison.core.query import untracked
from comparison.pages.message import MessagePage
from comparison.pages.robots import PART
from comparison.rendering.addresses import Home, address_of
from comparison.rendering.jinja import day, render
from comparison.web.comparison_request import IsWithheld, origin_of

STATUS = 451
TITLE = "Withheld for legal reasons"
# shared caches keep it for as long as other answers, so that what is shown again is there at once
CACHING = "public, max-age=0, s-maxage=4"


class Words(NamedTuple):
    """What is said of something that is withheld."""

    what: str  # is withheld, and since when
    reason: str  # as the administrator gave it
    instead: tuple[str, str] | None  # words and address of what can be read; None = nothing of it


def words_of(withheld: IsWithheld, query: str = "", origin: str = "") -> Words:
    """Return what is said. query: a reader's selection, which goes along to what can be read.
    origin: scheme and host, for an address that leaves the site.
    """
    act, newest = withheld.act, withheld.newest
    what = f"Release {act.number} of this comparison" if act.number else "This comparison"
    instead = None
    if newest:
        home = Home(newest.slug).address_of("comparison", query=query, origin=origin)
        instead = (f"Release {newest.number}, the newest that can be read", home)
    since = f"{what} has been withheld since {day(act.at.date())}."
    return Words(since, act.reason, instead)


def withheld_page(request: HttpRequest, withheld: IsWithheld) -> HttpResponse:
    """A visitor reads why something is withheld, and what can be read instead."""
    words = words_of(withheld, untracked(request.META.get("QUERY_STRING", "")))
    ways = (words.instead, ("All comparisons", address_of("hub")))
    text = f"{words.what}\n\n{words.reason}"
    html = render("message.html", page=MessagePage(TITLE, text, tuple(filter(None, ways))))
    return as_withheld(request, HttpResponse(html))


def as_withheld(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer with the status and headers of what is withheld."""
    response.status_code = STATUS
    response["Cache-Control"] = CACHING
    response["X-Robots-Tag"] = PART
    response["Link"] = f'<{address_of("hub", origin=origin_of(request))}>; rel="blocked-by"'
    return response
