"""A view as it is passed on: every form of it that can be copied, and its pinned link as a code for
cameras.

The page itself holds the two links alone, which follow every change. All else is fetched when
somebody wants it, so that it is of the very result on the screen and costs the others nothing.
Words are the templates'.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from comparison.pages import robots
from comparison.pages.comparison.page import ComparisonPage
from comparison.pages.comparison.wording import in_words
from comparison.rendering.jinja import render
from comparison.rendering.qr_code import code_of
from comparison.sharing.embed import frame
from comparison.sharing.markdown_file import as_text
from comparison.web.comparison_request import DRAFT, Asked, ask
from comparison.web.http_cache import not_modified, page_response, region_response


@dataclass(frozen=True, slots=True)
class Copies:
    """A view in each form that can be copied."""

    sentence: str
    markdown: str
    live: str  # HTML that shows the view on another page and follows the newest release
    pinned: str  # the same, which stays as it is
    code: Markup  # SVG; empty where the link is too long for one


def copies_of(page: ComparisonPage) -> Copies:
    """Return every form of a view that can be copied."""
    return Copies(
        sentence=in_words(page).sentence,
        markdown=_table(page),
        live=frame(page, pinned=False),
        pinned=frame(page, pinned=True),
        code=code_of(page.share.pinned),
    )


def _table(page: ComparisonPage) -> str:
    """Return the overall scores as a table in Markdown, with the verdict above it and the link
    below.
    """
    # the best first, then as on the page
    by_rank = {bar.option.slug: at for at, bar in enumerate(page.results.bars)}
    totals = sorted(page.totals, key=lambda total: by_rank.get(total.option.slug, len(by_rank)))
    scores = (
        (total.option.name, total.score + (" (excluded)" if total.excluded else ""))
        for total in totals
    )
    rows = "".join(f"| {as_text(name)} | {score} |\n" for name, score in scores)
    said = as_text(in_words(page).sentence)
    source = f"From <{page.share.pinned}>, {as_text(page.heading.licence)}"
    return f"{said}\n\n| Option | Overall score, 0 to 10 |\n| --- | ---: |\n{rows}\n{source}\n"


@require_safe
def share(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees every form in which this view can be passed on, ready to select. Of a draft,
    the newest release's.
    """
    asked = _asked(request, slug, release)
    if unchanged := not_modified(request, asked, whole=True):
        return unchanged
    page = asked.page(with_controls=False, with_matrix=False)
    return page_response(
        request,
        render("sharing/share.html", page=page, copies=copies_of(page)),
        asked,
        page.robots or robots.PART,
    )


@require_safe
def copies(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor's page gets the forms of its view, when they are asked for."""
    asked = _asked(request, slug, release)
    if unchanged := not_modified(request, asked):
        return unchanged
    page = asked.page(with_controls=False, with_matrix=False)
    return region_response(
        request, render("sharing/copies.html", page=page, copies=copies_of(page)), asked, {}
    )


@require_safe
def code(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor's printed page carries its pinned link as a code; an empty picture where the link
    is too long for one.
    """
    asked = _asked(request, slug, release)
    if unchanged := not_modified(request, asked):
        return unchanged
    page = asked.page(with_controls=False, with_matrix=False)
    empty = '<svg class="qr" viewBox="0 0 1 1"></svg>'
    drawn = str(code_of(page.share.pinned) or empty).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )
    return region_response(request, drawn, asked, {"Content-Type": "image/svg+xml"})


def _asked(request: HttpRequest, slug: str, release: str | None) -> Asked:
    return ask(request, slug, None if release == DRAFT else release)
