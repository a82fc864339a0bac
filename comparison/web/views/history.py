"""The pages on what has changed, release by release."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparison.core.selection import Note
from comparison.pages.history.changes import changes_page, is_backward, releases_page, span_of
from comparison.publishing import releases as published_releases
from comparison.rendering.jinja import render
from comparison.web.comparison_request import Asked, ask, value_of
from comparison.web.draft_view import shows_drafts
from comparison.web.http_cache import not_modified, page_response


@require_safe
@shows_drafts
def changes(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every release: who published it, why, and how much changed."""
    asked = ask(request, slug, release)
    return not_modified(request, asked, whole=True) or _releases_page(request, asked)


@require_safe
@shows_drafts
def changes_between(
    request: HttpRequest, slug: str, span: str, release: str | None = None
) -> HttpResponse:
    """A visitor sees what changed between two releases, and what that did to each use case's
    verdict.
    """
    asked = ask(request, slug, release)
    if unchanged := not_modified(request, asked, whole=True):
        return unchanged
    numbers = span_of(span, asked.number)
    if isinstance(numbers, Note):
        return _releases_page(request, asked, numbers)
    found = published_releases.several(asked.release, numbers)
    if len(found) < 2:
        return _releases_page(request, asked, Note("span-unpublished"))
    note = (Note("span-backward"),) if is_backward(span) else ()
    page = asked.page(note, with_controls=False, with_matrix=False)
    between = changes_page(found[numbers[0]], found[numbers[1]], asked.scored.base)
    return page_response(
        request,
        render("history/changes_between.html", page=page, found=between),
        asked,
        page.robots,
    )


def _releases_page(request: HttpRequest, asked: Asked, *notes: Note) -> HttpResponse:
    page = asked.page(notes, with_controls=False, with_matrix=False)
    found = releases_page(asked.release, asked.scored.base, value_of(request, "before"))
    return page_response(
        request, render("history/changes.html", page=page, found=found), asked, page.robots
    )
