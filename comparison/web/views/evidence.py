"""The pages on what the sources say."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comparison.pages.evidence.decision_tree import tree_page
from comparison.pages.evidence.figures import figure_page, figures_page
from comparison.pages.evidence.freshness import freshness_page
from comparison.pages.evidence.options import options_page
from comparison.pages.evidence.samples import samples_page
from comparison.pages.evidence.search import search_page
from comparison.pages.evidence.section import section_page, statements_page
from comparison.pages.evidence.sources import source_page, sources_page
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show, show_region
from comparison.web.comparison_request import ComparisonRequest, words_of


@of_comparison()
def sources(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees who is quoted, what each sells, and how their statements held."""
    page = sources_page(comparison_request.view)
    return show(request, comparison_request, "evidence/sources.html", page)


@of_comparison()
def source(
    request: HttpRequest, comparison_request: ComparisonRequest, source: str
) -> HttpResponse:
    """A visitor sees one source, whole."""
    page = source_page(comparison_request.view, source)
    return show(request, comparison_request, "evidence/source.html", page)


@of_comparison()
def section(
    request: HttpRequest, comparison_request: ComparisonRequest, section: str
) -> HttpResponse:
    """A visitor sees everything that the sources state on one subject."""
    page = section_page(comparison_request.view, section)
    return show(request, comparison_request, "evidence/section.html", page)


@of_comparison(whole=False)
def section_region(
    request: HttpRequest, comparison_request: ComparisonRequest, section: str
) -> HttpResponse:
    """A visitor's page gets the statements of a section that was opened."""
    page = statements_page(comparison_request.scored, section)
    return show_region(request, comparison_request, "evidence/statements.html", page)


@of_comparison()
def options(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees what the options are."""
    page = options_page(comparison_request.view)
    return show(request, comparison_request, "evidence/options.html", page)


@of_comparison()
def figures(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees every figure whole, and how figures are read."""
    page = figures_page(comparison_request.view)
    return show(request, comparison_request, "evidence/figures.html", page)


@of_comparison(whole=False)
def figure_region(
    request: HttpRequest, comparison_request: ComparisonRequest, figure: str
) -> HttpResponse:
    """A visitor's page gets the plot of a figure that was opened."""
    page = figure_page(comparison_request.scored, figure)
    return show_region(request, comparison_request, "comparison/figure.html", page)


@of_comparison()
def tree(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor answers one question at a time."""
    page = tree_page(comparison_request.view)
    return show(request, comparison_request, "evidence/tree.html", page)


@of_comparison()
def samples(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees complete programs side by side."""
    page = samples_page(comparison_request.view)
    return show(request, comparison_request, "evidence/samples.html", page)


@of_comparison()
def search(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor looks for words in everything that the comparison holds."""
    page = search_page(comparison_request.view, words_of(request, "find"))
    return show(request, comparison_request, "evidence/search.html", page)


@of_comparison(is_daily=True)
def freshness(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees how old the checks are, and what rests on one source or on none."""
    today = comparison_request.day or timezone.localdate()
    page = freshness_page(comparison_request.view, today)
    return show(request, comparison_request, "evidence/freshness.html", page)
