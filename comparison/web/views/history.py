"""The pages on what has changed, release by release."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from comparison.core.selection import Note
from comparison.pages.history.changes import changes_page, is_backward, releases_page, span_of
from comparison.pages.view import View
from comparison.publishing import releases as published_releases
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_pages import show
from comparison.web.comparison_request import ComparisonRequest, refuse_withheld, value_of


@of_comparison()
def changes(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A visitor sees every release: who published it, why, and how much changed."""
    return _releases(request, comparison_request)


@of_comparison()
def changes_between(
    request: HttpRequest, comparison_request: ComparisonRequest, span: str
) -> HttpResponse:
    """A visitor sees what changed between two releases, and what that did to each use case's
    result.
    """
    numbers = span_of(span, comparison_request.number)
    if isinstance(numbers, Note):
        return _releases(request, comparison_request, numbers)
    refuse_withheld(comparison_request, numbers)
    both = published_releases.several(comparison_request.release, numbers)
    if len(both) < 2:
        return _releases(request, comparison_request, Note("span-unpublished"))
    notes = (Note("span-backward"),) if is_backward(span) else ()
    view = _noted(comparison_request.view, notes)
    return show(
        request,
        comparison_request,
        "history/changes_between.html",
        changes_page(view, both[numbers[0]], both[numbers[1]]),
    )


def _releases(
    request: HttpRequest, comparison_request: ComparisonRequest, *notes: Note
) -> HttpResponse:
    page = releases_page(_noted(comparison_request.view, notes), value_of(request, "before"))
    return show(request, comparison_request, "history/changes.html", page)


def _noted(view: View, notes: tuple[Note, ...]) -> View:
    """Return a view with notes on the rest of its address before those on its query."""
    return replace(view, link=replace(view.link, notes=(*notes, *view.link.notes)))
