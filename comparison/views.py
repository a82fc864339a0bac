"""One function per address: read, decide, show. What a request asks for is parsed once; the rest is other rooms' work."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from comparison import exports
from comparison.answers import not_modified, page_response, region_response
from comparison.asking import DRAFT, INSIDE, Asked, ask, may_see_draft, region_of, value_of
from comparison.core.alterations import alterations
from comparison.core.decision import as_json, certainty_of, decide
from comparison.core.query import has_capitals
from comparison.core.selection import Note, Selection, is_form, settings, spell
from comparison.models import Release
from comparison.moved import within
from comparison.pages import message, robots
from comparison.pages.analysis.method import method_page
from comparison.pages.analysis.sensitivity import sensitivity_page
from comparison.pages.analysis.why_not import why_not_page
from comparison.pages.comparison import structured_data
from comparison.pages.comparison.cell import evidence_of
from comparison.pages.evidence import decision_tree
from comparison.pages.evidence.freshness import freshness_page
from comparison.pages.evidence.search import search_page
from comparison.pages.evidence.sources import source_entries, source_page
from comparison.pages.history.changes import changes_page, is_backward, releases_page, span_of
from comparison.pages.hub import HubPage, hub_entry
from comparison.pages.scored_release import read
from comparison.publishing import drafts
from comparison.publishing import releases as published_releases
from comparison.rendering.jinja import render

PER_PAGE = 20
LONGEST_NEXT = 5_000  # characters of the address to return to: quoted within another, each may become three
PUSHING = frozenset({"musts", "case"})  # a step back makes sense after these

View = Callable[..., HttpResponse]


def _shows_drafts(view: View) -> View:
    """Let a view answer for a draft that is not whole yet: an editor sees what is missing instead of a broken page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except drafts.Unpublishable as error:
            page = message.MessagePage("The draft cannot be shown yet", str(error), (("Back to the admin", "/admin/"),))
            return HttpResponse(render("message.html", page=page), headers={"Cache-Control": "private, no-store"})

    return answer


@require_safe
@_shows_drafts
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
    told = structured_data.dataset(asked.reading, page.share.origin)
    html = render("comparison/page.html", page=page, dataset=told, ranking=structured_data.ranking)
    return page_response(request, html, asked, page.robots)


@require_safe
@_shows_drafts
def region(request: HttpRequest, slug: str, region: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets one part of itself anew, with the parts that follow from it."""
    asked = ask(request, slug, release)
    if unchanged := not_modified(request, asked):
        return unchanged
    html, canonical = region_of(asked, region)
    address = {} if region in INSIDE else {"HX-Push-Url" if region in PUSHING else "HX-Replace-Url": canonical}
    return region_response(request, html, asked, address)


@require_safe
@_shows_drafts
def parts(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every part of the margin in one table, to add up again by hand."""
    asked = ask(request, slug, release)
    page = asked.page(with_matrix=False, every_part=True)
    return page_response(request, render("comparison/parts.html", page=page), asked, page.robots or robots.PART)


@require_safe
@_shows_drafts
def cell(request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor sees everything behind one cell, as a page of its own."""
    asked = ask(request, slug, release)
    asked.follow(request, criterion=criterion, option=option)
    evidence = evidence_of(asked.reading, criterion, option)
    if evidence is None:
        return _no_such_page(request, asked, "cell/{}/{}/", criterion=criterion, option=option)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return page_response(request, render("comparison/cell.html", page=page), asked, page.robots or robots.PART)


@require_safe
@_shows_drafts
def claims(request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets everything behind one cell, for the panel beside the matrix."""
    asked = ask(request, slug, release)
    asked.follow(request, criterion=criterion, option=option)
    evidence = evidence_of(asked.reading, criterion, option)
    if evidence is None:
        return _no_such_page(request, asked, "cell/{}/{}/", criterion=criterion, option=option)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return region_response(request, render("comparison/regions/claims.html", page=page), asked, {})


@require_safe
@_shows_drafts
def data(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A program gets the release, the canonical selection, what was dropped, and the decision."""
    asked = ask(request, slug, release)
    reading, selection = asked.reading, asked.selection
    wanted = settings(reading.document, selection)
    found = decide(reading.matrix, wanted.weights, requirements=wanted.requirements, dormant=wanted.dormant)
    verdict = as_json(found)
    response = JsonResponse(
        {
            "comparison": slug,
            "release": asked.release.number,
            **exports.newest_of(asked),
            "digest": asked.release.digest,
            "selection": spell(reading.document, selection),
            "notes": exports.notes_of(asked),
            "altered": exports.altered_tree(alterations(reading.document, selection)),
            "decision": verdict | {"ranked": [option for option in verdict["options"] if option["rank"] is not None]},
            "certainty": as_json(certainty_of(found, reading.backing)),
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "private, no-store" if asked.draft else "public, max-age=0, must-revalidate"
    response["X-Robots-Tag"] = robots.PART
    for name, value in exports.link_to_newest(asked, f"/{slug}/-/data.json").items():
        response[name] = value
    return response


# --- what the sources say, page by page ------------------------------------------------------------------------------


def _evidence_page(request: HttpRequest, asked: Asked, template: str, *, with_flips: bool = False, **shown: Any) -> HttpResponse:
    """Return one page about the evidence, with the comparison's own head around it."""
    page = asked.page(with_controls=False, with_matrix=False, with_flips=with_flips)
    return page_response(request, render(f"comparison/{template}.html", page=page, **shown), asked, page.robots)


@require_safe
@_shows_drafts
def sources(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees who is quoted, what each sells, and how their statements held."""
    asked = ask(request, slug, release)
    return _evidence_page(request, asked, "sources", entries=source_entries(asked.reading))


@require_safe
@_shows_drafts
def source(request: HttpRequest, slug: str, source: str, release: str | None = None) -> HttpResponse:
    """A visitor sees one source, whole."""
    asked = ask(request, slug, release)
    asked.follow(request, source=source)
    found = source_page(asked.reading, source)
    if found is None:
        return _no_such_page(request, asked, "sources/{}/", source=source)
    return _evidence_page(request, asked, "source", source=found)


@require_safe
@_shows_drafts
def section(request: HttpRequest, slug: str, section: str, release: str | None = None) -> HttpResponse:
    """A visitor sees everything that the sources state on one subject."""
    asked = ask(request, slug, release)
    found = asked.reading.sections.get(section)
    if found is None:
        return _no_such_page(request, asked)
    told = structured_data.of_questions(asked) if section == "questions" else None
    return _evidence_page(request, asked, "section", section=found, linked=told)


@require_safe
@_shows_drafts
def section_region(request: HttpRequest, slug: str, section: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets the statements of a section that was opened."""
    asked = ask(request, slug, release)
    found = asked.reading.sections.get(section)
    if found is None:
        return _no_such_page(request, asked)
    html = render("comparison/statements.html", section=found, base=asked.reading.base, query=asked.reading.query)
    return region_response(request, html, asked, {})


@require_safe
@_shows_drafts
def tree(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor answers one question at a time."""
    asked = ask(request, slug, release)
    found = decision_tree.tree_page(asked.reading, asked.selection)
    return _evidence_page(request, asked, "tree", tree=found) if found else _no_such_page(request, asked)


@require_safe
@_shows_drafts
def samples(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees complete programs side by side."""
    asked = ask(request, slug, release)
    topics = asked.reading.samples
    return _evidence_page(request, asked, "samples", topics=topics) if topics else _no_such_page(request, asked)


@require_safe
@_shows_drafts
def search(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor looks for words in everything that the comparison holds."""
    asked = ask(request, slug, release)
    words = _words(value_of(request, "find"))
    carried = parse_qsl(spell(asked.release.document, asked.selection))  # the form keeps the selection
    return _evidence_page(request, asked, "search", found=search_page(asked.reading, words), carried=carried)


@require_safe
@_shows_drafts
def sensitivity(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees who would lead if one thing were otherwise."""
    asked = ask(request, slug, release)
    found = sensitivity_page(asked.reading, asked.selection)
    return _evidence_page(request, asked, "sensitivity", with_flips=True, sensitivity=found)


@require_safe
@_shows_drafts
def why(request: HttpRequest, slug: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor sees why an option does not lead, and what would put it first."""
    asked = ask(request, slug, release)
    asked.follow(request, option=option)
    found = why_not_page(asked.reading, asked.selection, option)
    if found is None:
        return _no_such_page(request, asked, "why/{}/", option=option)
    return _evidence_page(request, asked, "why", why=found)


@require_safe
@_shows_drafts
def freshness(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees how old the checks are, and what rests on one source or on none."""
    asked = ask(request, slug, release)
    today = timezone.localdate()
    of_today = replace(asked, query=f"{asked.query}&{today}")  # the page is another one tomorrow
    page = asked.page(with_controls=False, with_matrix=False)
    html = render("comparison/freshness.html", page=page, found=freshness_page(asked.reading, today))
    return page_response(request, html, of_today, page.robots)


# --- what has changed, release by release ----------------------------------------------------------------------------


@require_safe
@_shows_drafts
def changes(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every release: who published it, why, and how much changed."""
    asked = ask(request, slug, release)
    return not_modified(request, asked, whole=True) or _releases_page(request, asked)


@require_safe
@_shows_drafts
def changes_between(request: HttpRequest, slug: str, span: str, release: str | None = None) -> HttpResponse:
    """A visitor sees what changed between two releases, and what that did to each use case's verdict."""
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
    between = changes_page(found[numbers[0]], found[numbers[1]], asked.reading.base)
    return page_response(request, render("comparison/changes_between.html", page=page, found=between), asked, page.robots)


def _releases_page(request: HttpRequest, asked: Asked, *notes: Note) -> HttpResponse:
    page = asked.page(notes, with_controls=False, with_matrix=False)
    found = releases_page(asked.release, asked.reading.base, value_of(request, "before"))
    return page_response(request, render("comparison/changes.html", page=page, found=found), asked, page.robots)


@require_safe
@_shows_drafts
def elsewhere(request: HttpRequest, slug: str, rest: str = "", release: str | None = None) -> HttpResponse:
    """A visitor whose link names no part of an existing comparison gets the comparison, and a sentence that says so."""
    return _no_such_page(request, ask(request, slug, release))


def _no_such_page(request: HttpRequest, asked: Asked, place: str = "", **named: str) -> HttpResponse:
    page = asked.page_without(place, **named)
    return page_response(request, render("comparison/page.html", page=page, ranking=structured_data.ranking), asked, page.robots)


# --- the hub ---------------------------------------------------------------------------------------------------------


def _words(text: str) -> str:
    """Return what was typed into a search: one line, without what cannot be printed, of bearable length."""
    return " ".join("".join(c for c in text if c.isprintable()).split())[:80]


def _hub(request: HttpRequest) -> HubPage:
    q = _words(value_of(request, "q"))
    found = Release.objects.newest().about(q).order_by("title", "slug").values_list("slug", "number")
    shown = Paginator(found, PER_PAGE).get_page(value_of(request, "page"))
    releases = [release for slug, number in shown if (release := published_releases.pinned(slug, number))]
    return HubPage(
        q=q,
        entries=tuple(hub_entry(read(release, Selection())) for release in releases),
        total=shown.paginator.count,
        number=shown.number,
        previous=_hub_address(q, shown.previous_page_number()) if shown.has_previous() else "",
        following=_hub_address(q, shown.next_page_number()) if shown.has_next() else "",
    )


def _hub_address(q: str, number: int = 1) -> str:
    asked = ({"q": q} if q else {}) | ({"page": number} if number > 1 else {})
    return "/?" + urlencode(asked) if asked else "/"


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """A visitor sees every comparison, and can look for one."""
    page = _hub(request)
    return page_response(request, render("hub/page.html", page=page), None, robots.VIEW if page.q else "")


@require_safe
def hub_region(request: HttpRequest) -> HttpResponse:
    """The hub's list gets replaced while somebody types."""
    page = _hub(request)
    address = {"HX-Replace-Url": _hub_address(page.q)}
    return region_response(request, render("hub/regions/comparisons.html", page=page), None, address)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """A visitor reads how a recommendation comes about, and adds an example up again."""
    return page_response(request, render("hub/method.html", page=method_page()), None)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address on pages that name no icon."""
    return HttpResponseRedirect(static("img/icon.svg"))
