"""The pages on what would be otherwise."""

from django.http import HttpRequest, HttpResponse

from comparison.pages.analysis.sensitivity import sensitivity_page
from comparison.pages.analysis.why_not import why_not_page
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show
from comparison.web.comparison_request import ComparisonRequest


@of_comparison()
def sensitivity(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees who would lead if one thing were otherwise."""
    page = sensitivity_page(comparison_request.view)
    return show(request, comparison_request, "analysis/sensitivity.html", page)


@of_comparison()
def why(request: HttpRequest, comparison_request: ComparisonRequest, option: str) -> HttpResponse:
    """A visitor sees why an option does not lead, and what would put it first."""
    page = why_not_page(comparison_request.view, option)
    return show(request, comparison_request, "analysis/why.html", page)
