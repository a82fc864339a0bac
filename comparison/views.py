"""One function per address: read, decide, show. What a request asks for is parsed once; the rest is other rooms' work."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_safe

from comparison import pages, publishing, reader
from comparison.answers import not_modified, page_response, region_response
from comparison.core.decision import decide
from comparison.core.selection import Note, Selection, is_form, parse, settings, spell
from comparison.models import Release
from comparison.reading import Reading, read, render

DRAFT = "draft"
PER_PAGE = 20
# What a region's answer carries besides the region itself: small ones that the page shows elsewhere.
SMALL = ("leader", "totals", "columns", "counts", "share", "announce")
REGIONS: dict[str, tuple[str, ...]] = {
    "results": SMALL,
    "rows": ("shown", "results", *SMALL),
    "musts": ("rows", "shown", "results", *SMALL),
    "case": ("rows", "shown", "results", *SMALL),
    "parts": (),
}
PUSHING = {"musts", "case"}  # a step back makes sense after these


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a comparison, read: the release, the selection, what had to be dropped, and where it was asked."""

    release: publishing.Published
    newest: int
    selection: Selection
    notes: tuple[Note, ...]
    pinned: bool
    draft: bool
    origin: str

    @property
    def reading(self) -> Reading:
        return read(self.release, self.selection)

    def page(self, **wanted: bool) -> pages.ComparisonPage:
        return reader.page_of(
            self.reading,
            self.selection,
            self.notes,
            newest=self.newest,
            pinned=self.pinned,
            draft=self.draft,
            origin=self.origin,
            **wanted,
        )


View = Callable[..., HttpResponse]


def _shows_drafts(view: View) -> View:
    """Let a view answer for a draft that is not whole yet: an editor sees what is missing instead of a broken page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except publishing.Unpublishable as error:
            page = pages.MessagePage("The draft cannot be shown yet", str(error), (("Back to the admin", "/admin/"),))
            return HttpResponse(render("message.html", page=page), headers={"Cache-Control": "private, no-store"})

    return answer


def _ask(request: HttpRequest, slug: str, release: str | None) -> Asked:
    """Return what a request asks of a comparison. A release that was never published becomes the newest, with a note."""
    draft = release == DRAFT and request.user.is_staff  # type: ignore[union-attr]
    found = publishing.draft_as_release(slug) if draft else publishing.current(slug)
    if found is None:
        raise Http404(slug)
    newest, notes = found.number, ()
    if release is not None and not draft:
        named = publishing.pinned(slug, int(release)) if release.isascii() and release.isdigit() and len(release) < 9 else None
        found, notes = named or found, () if named else (Note("no-release", "release", release if release.isalnum() else ""),)
    selection, dropped = parse(found.document, request.META.get("QUERY_STRING", ""))
    return Asked(
        release=found,
        newest=newest,
        selection=selection,
        notes=notes + dropped,
        pinned=release is not None and not notes,
        draft=draft,
        origin=f"{request.scheme}://{request.get_host()}",
    )


@require_safe
@_shows_drafts
def comparison(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees one comparison, whole, under the selection that the address spells."""
    if release == DRAFT and not request.user.is_staff:  # type: ignore[union-attr]
        return redirect_to_login(request.get_full_path())
    asked = _ask(request, slug, release)
    if unchanged := not_modified(request, asked.release, private=asked.draft):
        return unchanged
    page = asked.page()
    if is_form(request.META["QUERY_STRING"]) and not asked.notes:
        return HttpResponseRedirect(page.canonical)
    return page_response(request, render("comparison/page.html", page=page), asked.release, private=asked.draft)


@require_safe
@_shows_drafts
def region(request: HttpRequest, slug: str, region: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets one part of itself anew, with the small parts that follow from it."""
    if region not in REGIONS:
        return elsewhere(request, slug)
    asked = _ask(request, slug, release)
    if unchanged := not_modified(request, asked.release, private=asked.draft):
        return unchanged
    page = asked.page(with_matrix=region in ("rows", "musts", "case"), every_part=region == "parts")
    html = render(f"comparison/regions/{region}.html", page=page)
    if companions := REGIONS[region]:
        html += render("comparison/companions.html", page=page, companions=companions)
    address = {} if region == "parts" else {"HX-Push-Url" if region in PUSHING else "HX-Replace-Url": page.canonical}
    return region_response(request, html, asked.release, address, private=asked.draft)


@require_safe
@_shows_drafts
def parts(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every part of the margin in one table, to add up again by hand."""
    asked = _ask(request, slug, release)
    page = asked.page(with_matrix=False, every_part=True)
    return page_response(request, render("comparison/parts.html", page=page), asked.release, private=asked.draft)


@require_safe
@_shows_drafts
def cell(request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor sees everything behind one cell, as a page of its own."""
    asked = _ask(request, slug, release)
    evidence = reader.evidence_of(asked.reading, criterion, option)
    if evidence is None:
        return elsewhere(request, slug)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return page_response(request, render("comparison/cell.html", page=page), asked.release, private=asked.draft)


@require_safe
@_shows_drafts
def claims(request: HttpRequest, slug: str, criterion: str, option: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets everything behind one cell, for the panel beside the matrix."""
    asked = _ask(request, slug, release)
    evidence = reader.evidence_of(asked.reading, criterion, option)
    if evidence is None:
        return elsewhere(request, slug)
    page = replace(asked.page(with_matrix=False), evidence=evidence)
    return region_response(request, render("comparison/regions/claims.html", page=page), asked.release, {}, private=asked.draft)


@require_safe
@_shows_drafts
def data(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A program gets the release, the canonical selection, what was dropped, and the decision."""
    asked = _ask(request, slug, release)
    reading, selection = asked.reading, asked.selection
    wanted = settings(reading.document, selection)
    verdict = asdict(decide(reading.matrix, wanted.weights, requirements=wanted.requirements))
    response = JsonResponse(
        {
            "comparison": slug,
            "release": asked.release.number,
            "newest": asked.newest,
            "digest": asked.release.digest,
            "selection": spell(reading.document, selection),
            "notes": [asdict(note) for note in asked.notes],
            "decision": verdict | {"ranked": [option for option in verdict["options"] if option["rank"] is not None]},
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "private, no-store" if asked.draft else "public, max-age=0, must-revalidate"
    return response


@require_safe
def elsewhere(request: HttpRequest, slug: str, rest: str = "") -> HttpResponse:
    """A visitor whose link names no part of an existing comparison gets the comparison, and a sentence that says so."""
    asked = replace(_ask(request, slug, None), notes=(Note("no-page"),))
    return page_response(request, render("comparison/page.html", page=asked.page()), asked.release)


# --- the hub ---------------------------------------------------------------------------------------------------------


def _hub(request: HttpRequest) -> pages.HubPage:
    q = " ".join("".join(c for c in request.GET.get("q", "") if c.isprintable()).split())[:80]
    found = Release.objects.newest().about(q).order_by("title", "slug").values_list("slug", "number")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    releases = [release for slug, number in shown if (release := publishing.pinned(slug, number))]
    link = "?q={}&page={}" if q else "?page={1}"
    return pages.HubPage(
        q=q,
        entries=tuple(reader.hub_entry(read(release, Selection())) for release in releases),
        total=shown.paginator.count,
        number=shown.number,
        previous=link.format(q, shown.previous_page_number()) if shown.has_previous() else "",
        following=link.format(q, shown.next_page_number()) if shown.has_next() else "",
    )


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """A visitor sees every comparison, and can look for one."""
    return page_response(request, render("hub/page.html", page=_hub(request)), None)


@require_safe
def hub_region(request: HttpRequest) -> HttpResponse:
    """The hub's list gets replaced while somebody types."""
    page = _hub(request)
    address = {"HX-Replace-Url": f"/?q={page.q}" if page.q else "/"}
    return region_response(request, render("hub/regions/comparisons.html", page=page), None, address)


# --- when something is missing ---------------------------------------------------------------------------------------


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A visitor hears that there is no such page, and where to go."""
    page = pages.MessagePage(
        "There is no such page",
        "The address names no comparison that has been published.",
        (("All comparisons", "/"),),
    )
    return HttpResponse(render("message.html", page=page), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A visitor hears that something broke on our side, and that nothing of theirs is lost."""
    page = pages.MessagePage(
        "Something broke on our side",
        "Nothing of yours is lost: your selection is in the address. Try again in a moment.",
        (("Try again", request.get_full_path()),),
    )
    return HttpResponse(render("message.html", page=page), status=500)
