"""The pages on what would be otherwise."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparison.pages.analysis.sensitivity import sensitivity_page
from comparison.pages.analysis.why_not import why_not_page
from comparison.web.comparison_request import ask
from comparison.web.draft_view import shows_drafts
from comparison.web.views.comparison import _no_such_page
from comparison.web.views.evidence import _evidence_page


@require_safe
@shows_drafts
def sensitivity(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees who would lead if one thing were otherwise."""
    asked = ask(request, slug, release)
    found = sensitivity_page(asked.scored, asked.selection)
    return _evidence_page(
        request, asked, "analysis/sensitivity.html", with_flips=True, sensitivity=found
    )


@require_safe
@shows_drafts
def why(request: HttpRequest, slug: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor sees why an option does not lead, and what would put it first."""
    asked = ask(request, slug, release)
    asked.follow(request, option=option)
    found = why_not_page(asked.scored, asked.selection, option)
    if found is None:
        return _no_such_page(request, asked, "why/{}/", option=option)
    return _evidence_page(request, asked, "analysis/why.html", why=found)
