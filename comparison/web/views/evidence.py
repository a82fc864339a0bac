"""The pages on what the sources say."""

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comparison.pages.comparison import structured_data
from comparison.pages.comparison.head import head_of
from comparison.pages.comparison.page import result_page
from comparison.pages.evidence.decision_tree import tree_page
from comparison.pages.evidence.freshness import freshness_page
from comparison.pages.evidence.samples import sample_topics
from comparison.pages.evidence.search import search_page
from comparison.pages.evidence.sections import sections_of
from comparison.pages.evidence.sources import source_entries, source_page
from comparison.rendering.jinja import render
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import no_such_page, show
from comparison.web.comparison_request import ComparisonRequest, words_of
from comparison.web.http_cache import region_response


@of_comparison()
def sources(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees who is quoted, what each sells, and how their statements held."""
    view = comparison_request.view
    return show(
        request,
        comparison_request,
        "evidence/sources.html",
        head_of(view),
        entries=source_entries(view.scored),
    )


@of_comparison()
def source(
    request: HttpRequest, comparison_request: ComparisonRequest, source: str
) -> HttpResponse:
    """A visitor sees one source, whole."""
    view = comparison_request.view
    whole = source_page(view.scored, source)
    if whole is None:
        return no_such_page(request, comparison_request, "sources/{}/", source=source)
    return show(request, comparison_request, "evidence/source.html", head_of(view), source=whole)


@of_comparison()
def section(
    request: HttpRequest, comparison_request: ComparisonRequest, section: str
) -> HttpResponse:
    """A visitor sees everything that the sources state on one subject."""
    view = comparison_request.view
    whole = sections_of(view.scored).get(section)
    if whole is None:
        return no_such_page(request, comparison_request)
    has_questions = section == "questions" and not view.link.draft
    return show(
        request,
        comparison_request,
        "evidence/section.html",
        head_of(view),
        section=whole,
        linked=structured_data.of_questions(view.scored) if has_questions else None,
    )


@of_comparison(whole=False)
def section_region(
    request: HttpRequest, comparison_request: ComparisonRequest, section: str
) -> HttpResponse:
    """A visitor's page gets the statements of a section that was opened."""
    scored = comparison_request.scored
    whole = sections_of(scored).get(section)
    if whole is None:
        return no_such_page(request, comparison_request)
    html = render("evidence/statements.html", section=whole, home=scored.home, query=scored.query)
    return region_response(request, html, comparison_request, {})


@of_comparison()
def tree(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor answers one question at a time."""
    view = comparison_request.view
    answered = tree_page(view)
    if answered is None:
        return no_such_page(request, comparison_request)
    return show(request, comparison_request, "evidence/tree.html", result_page(view), tree=answered)


@of_comparison()
def samples(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees complete programs side by side."""
    view = comparison_request.view
    topics = sample_topics(view.scored)
    if not topics:
        return no_such_page(request, comparison_request)
    return show(request, comparison_request, "evidence/samples.html", head_of(view), topics=topics)


@of_comparison()
def search(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor looks for words in everything that the comparison holds."""
    view = comparison_request.view
    return show(
        request,
        comparison_request,
        "evidence/search.html",
        head_of(view),
        found=search_page(view.scored, words_of(request, "find"), view.query),
        carried=parse_qsl(view.query),  # the form keeps the selection
    )


@of_comparison(is_daily=True)
def freshness(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees how old the checks are, and what rests on one source or on none."""
    view, today = comparison_request.view, comparison_request.day or timezone.localdate()
    return show(
        request,
        comparison_request,
        "evidence/freshness.html",
        head_of(view),
        found=freshness_page(view.scored, today),
    )
