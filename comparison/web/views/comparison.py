"""The comparison's own page, its regions and its cells."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.core.query import has_capitals
from comparison.core.selection import is_form
from comparison.pages import robots
from comparison.pages.comparison.cell import cell_page
from comparison.pages.comparison.controls import PUSHING
from comparison.pages.comparison.criterion_page import criterion_page
from comparison.pages.comparison.head import head_of
from comparison.pages.comparison.page import comparison_page, parts_page
from comparison.pages.comparison.use_case_page import use_case_page
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import BRIEFLY, page_response, region_response
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import no_such_page, show, show_region
from comparison.web.comparison_request import ComparisonRequest
from comparison.web.regions import INSIDE, region_of
from comparison.web.routing.renamed import within


def _was_passed_on(query: str) -> bool:
    """Return whether a link says on which release it was made, as those do that the page gives."""
    return query.startswith("from=") or "&from=" in query


@of_comparison(is_passed_on=_was_passed_on)
def comparison(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees one comparison, whole, under the selection that the address spells."""
    query = comparison_request.query
    if (is_form(query) or has_capitals(query)) and not comparison_request.notes:
        return HttpResponseRedirect(within(comparison_request.view.address))
    page = comparison_page(comparison_request.view, comparison_request.ageing)
    html = render("comparison/page.html", page=page)
    is_for_many = not (query or comparison_request.draft)
    return page_response(request, html, comparison_request, page.robots, is_for_many=is_for_many)


@of_comparison(whole=False, public=BRIEFLY)
def region(
    request: HttpRequest, comparison_request: ComparisonRequest, region: str
) -> HttpResponse:
    """A visitor's page gets one part of itself anew, with the parts that follow from it."""
    html, canonical = region_of(comparison_request.view, region)
    header = "HX-Push-Url" if region in PUSHING else "HX-Replace-Url"
    # The page has set its address before it asked; told the same again, the browser would do that
    # work twice.
    is_known = request.META["QUERY_STRING"] == canonical.partition("?")[2]
    headers = {} if region in INSIDE or is_known else {header: canonical}
    return region_response(request, html, comparison_request, headers)


@of_comparison(whole=False, tells_newest=True, public=BRIEFLY)
def newest(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor's pinned page hears which release is the newest: the page itself never changes."""
    page = head_of(comparison_request.view)
    return show_region(request, comparison_request, "comparison/newest.html", page)


@of_comparison()
def parts(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees every part of the margin in one table, to add up again by hand."""
    page = parts_page(comparison_request.view)
    return show(request, comparison_request, "comparison/parts_page.html", page, robots.PART)


@of_comparison()
def cell(
    request: HttpRequest, comparison_request: ComparisonRequest, criterion: str, option: str
) -> HttpResponse:
    """A visitor sees everything behind one cell, as a page of its own."""
    page = cell_page(comparison_request.view, criterion, option)
    return show(request, comparison_request, "comparison/cell_page.html", page, robots.PART)


@of_comparison(whole=False)
def claims(
    request: HttpRequest, comparison_request: ComparisonRequest, criterion: str, option: str
) -> HttpResponse:
    """A visitor's page gets everything behind one cell, for the panel beside the matrix."""
    page = cell_page(comparison_request.view, criterion, option)
    return show_region(request, comparison_request, "comparison/regions/claims.html", page)


@of_comparison()
def criterion(
    request: HttpRequest, comparison_request: ComparisonRequest, criterion: str
) -> HttpResponse:
    """A visitor sees what every option is like on one criterion, the best first."""
    page = criterion_page(comparison_request.view, criterion)
    return show(request, comparison_request, "comparison/criterion_page.html", page, robots.PART)


@of_comparison(whole=False)
def cells(
    request: HttpRequest, comparison_request: ComparisonRequest, criterion: str
) -> HttpResponse:
    """A visitor's page gets the same, for the panel beside the matrix."""
    page = criterion_page(comparison_request.view, criterion)
    return show_region(request, comparison_request, "comparison/criterion.html", page)


@of_comparison()
def use_case(
    request: HttpRequest, comparison_request: ComparisonRequest, use_case: str
) -> HttpResponse:
    """A visitor sees what one use case is like, and what each source advises for it."""
    page = use_case_page(comparison_request.view, use_case)
    return show(request, comparison_request, "comparison/use_case_page.html", page, robots.PART)


@of_comparison(whole=False)
def use_case_region(
    request: HttpRequest, comparison_request: ComparisonRequest, use_case: str
) -> HttpResponse:
    """A visitor's page gets the same, for the line of the plot that was opened."""
    page = use_case_page(comparison_request.view, use_case)
    return show_region(request, comparison_request, "comparison/use_case.html", page)


@of_comparison(tells_newest=True)  # what leads nowhere today may lead somewhere tomorrow
def elsewhere(
    request: HttpRequest, comparison_request: ComparisonRequest, rest: str
) -> HttpResponse:
    """A visitor whose link names no part of an existing comparison gets the comparison, and a
    sentence that says so.
    """
    return no_such_page(request, comparison_request)
