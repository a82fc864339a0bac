"""The pages that belong to no comparison."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparison.pages import robots
from comparison.pages.analysis.method import method_page
from comparison.pages.hub import HubPage
from comparison.publishing import published_lists
from comparison.rendering.addresses import address_of
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import build, page_response, region_response
from comparison.web.caches.hub_entries import entries_of
from comparison.web.comparison_request import value_of, words_of

PER_PAGE = 20


def _hub(request: HttpRequest) -> HubPage:
    q = words_of(request, "q")
    found = published_lists.found(q, value_of(request, "page"), build(), PER_PAGE)
    return HubPage(
        q=q,
        entries=entries_of(found.comparisons),
        total=found.total,
        number=found.number,
        previous=_hub_address(q, found.number - 1) if found.number > 1 else "",
        following=_hub_address(q, found.number + 1) if found.number < found.pages else "",
    )


def _hub_address(q: str, number: int = 1) -> str:
    query = ({"q": q} if q else {}) | ({"page": number} if number > 1 else {})
    return address_of("hub", query=urlencode(query))


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """A visitor sees every comparison, and can look for one."""
    page = _hub(request)
    return page_response(
        request, render("hub/page.html", page=page), None, robots.VIEW if page.q else ""
    )


@require_safe
def hub_region(request: HttpRequest) -> HttpResponse:
    """The hub's list gets replaced while somebody types."""
    page = _hub(request)
    address = {"HX-Replace-Url": _hub_address(page.q)}
    return region_response(
        request, render("hub/regions/comparisons.html", page=page), None, address
    )


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """A visitor reads how a recommendation comes about, and adds an example up again."""
    return page_response(request, render("analysis/method.html", page=method_page()), None)
