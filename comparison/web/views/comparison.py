"""The comparison's own page, its regions and its cells."""

from dataclasses import replace

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_safe

from comparison.core.alterations import alterations
from comparison.core.decision import as_json, certainty_of, decide
from comparison.core.query import has_capitals
from comparison.core.selection import is_form, settings, spell
from comparison.pages import robots
from comparison.pages.comparison import structured_data
from comparison.pages.comparison.cell import evidence_of
from comparison.rendering.jinja import render
from comparison.sharing import exports, json_file
from comparison.web.comparison_request import DRAFT, Asked, ask, may_see_draft
from comparison.web.draft_view import shows_drafts
from comparison.web.http_cache import not_modified, page_response, region_response
from comparison.web.regions import INSIDE, region_of
from comparison.web.renamed import within

# characters of the address to return to: quoted within another, each may become three
LONGEST_NEXT = 5_000
PUSHING = frozenset({"musts", "case"})  # a step back makes sense after these


@require_safe
@shows_drafts
def comparison(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees one comparison, whole, under the selection that the address spells."""
    if release == DRAFT and not may_see_draft(request.user):
        return redirect_to_login(within(request.get_full_path(), LONGEST_NEXT))
    asked = ask(request, slug, release)
    if unchanged := not_modified(request, asked, whole=True):
        return unchanged
    page = asked.page()
    if (is_form(asked.query) or has_capitals(asked.query)) and not asked.notes:
        return HttpResponseRedirect(within(page.canonical))
    told = structured_data.dataset(asked.scored, page.share.origin)
    html = render("comparison/page.html", page=page, dataset=told, ranking=structured_data.ranking)
    return page_response(request, html, asked, page.robots)


@require_safe
@shows_drafts
def region(
    request: HttpRequest, slug: str, region: str, release: str | None = None
) -> HttpResponse:
    """A visitor's page gets one part of itself anew, with the parts that follow from it."""
    asked = ask(request, slug, release)
    if unchanged := not_modified(request, asked):
        return unchanged
    html, canonical = region_of(asked, region)
    address = (
        {}
        if region in INSIDE
        else {"HX-Push-Url" if region in PUSHING else "HX-Replace-Url": canonical}
    )
    return region_response(request, html, asked, address)


@require_safe
@shows_drafts
def parts(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every part of the margin in one table, to add up again by hand."""
    asked = ask(request, slug, release)
    page = asked.page(with_matrix=False, every_part=True)
    return page_response(
        request, render("comparison/parts.html", page=page), asked, page.robots or robots.PART
    )


@require_safe
@shows_drafts
def cell(
    request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None
) -> HttpResponse:
    """A visitor sees everything behind one cell, as a page of its own."""
    asked = ask(request, slug, release)
    asked.follow(request, criterion=criterion, option=option)
    evidence = evidence_of(asked.scored, criterion, option)
    if evidence is None:
        return _no_such_page(request, asked, "cell/{}/{}/", criterion=criterion, option=option)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return page_response(
        request, render("comparison/cell.html", page=page), asked, page.robots or robots.PART
    )


@require_safe
@shows_drafts
def claims(
    request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None
) -> HttpResponse:
    """A visitor's page gets everything behind one cell, for the panel beside the matrix."""
    asked = ask(request, slug, release)
    asked.follow(request, criterion=criterion, option=option)
    evidence = evidence_of(asked.scored, criterion, option)
    if evidence is None:
        return _no_such_page(request, asked, "cell/{}/{}/", criterion=criterion, option=option)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return region_response(request, render("comparison/regions/claims.html", page=page), asked, {})


@require_safe
@shows_drafts
def data(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A program gets the release, the canonical selection, what was dropped, and the decision."""
    asked = ask(request, slug, release)
    scored, selection = asked.scored, asked.selection
    wanted = settings(scored.document, selection)
    found = decide(
        scored.matrix, wanted.weights, requirements=wanted.requirements, dormant=wanted.dormant
    )
    verdict = as_json(found)
    response = JsonResponse(
        {
            "comparison": slug,
            "release": asked.release.number,
            **json_file.newest_of(asked),
            "digest": asked.release.digest,
            "selection": spell(scored.document, selection),
            "notes": json_file.notes_of(asked),
            "altered": exports.altered_tree(alterations(scored.document, selection)),
            "decision": verdict
            | {"ranked": [option for option in verdict["options"] if option["rank"] is not None]},
            "certainty": as_json(certainty_of(found, scored.backing)),
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = (
        "private, no-store" if asked.draft else "public, max-age=0, must-revalidate"
    )
    response["X-Robots-Tag"] = robots.PART
    for name, value in json_file.link_to_newest(asked, f"/{slug}/-/data.json").items():
        response[name] = value
    return response


@require_safe
@shows_drafts
def elsewhere(
    request: HttpRequest, slug: str, rest: str = "", release: str | None = None
) -> HttpResponse:
    """A visitor whose link names no part of an existing comparison gets the comparison, and a
    sentence that says so.
    """
    return _no_such_page(request, ask(request, slug, release))


def _no_such_page(
    request: HttpRequest, asked: Asked, place: str = "", **named: str
) -> HttpResponse:
    page = asked.page_without(place, **named)
    return page_response(
        request,
        render("comparison/page.html", page=page, ranking=structured_data.ranking),
        asked,
        page.robots,
    )
