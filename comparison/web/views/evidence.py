"""The pages on what the sources say."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comparison.core.selection import spell
from comparison.pages.comparison import structured_data
from comparison.pages.evidence import decision_tree
from comparison.pages.evidence.freshness import freshness_page
from comparison.pages.evidence.search import search_page
from comparison.pages.evidence.sources import source_entries, source_page
from comparison.rendering.jinja import render
from comparison.web.comparison_request import Asked, ask, value_of
from comparison.web.draft_view import shows_drafts
from comparison.web.http_cache import page_response, region_response
from comparison.web.views.comparison import _no_such_page
from comparison.web.views.hub import _words


def _evidence_page(
    request: HttpRequest, asked: Asked, template: str, *, with_flips: bool = False, **shown: Any
) -> HttpResponse:
    """Return one page about the evidence, with the comparison's own head around it."""
    page = asked.page(with_controls=False, with_matrix=False, with_flips=with_flips)
    return page_response(request, render(template, page=page, **shown), asked, page.robots)


@require_safe
@shows_drafts
def sources(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees who is quoted, what each sells, and how their statements held."""
    asked = ask(request, slug, release)
    return _evidence_page(
        request, asked, "evidence/sources.html", entries=source_entries(asked.scored)
    )


@require_safe
@shows_drafts
def source(
    request: HttpRequest, slug: str, source: str, release: str | None = None
) -> HttpResponse:
    """A visitor sees one source, whole."""
    asked = ask(request, slug, release)
    asked.follow(request, source=source)
    found = source_page(asked.scored, source)
    if found is None:
        return _no_such_page(request, asked, "sources/{}/", source=source)
    return _evidence_page(request, asked, "evidence/source.html", source=found)


@require_safe
@shows_drafts
def section(
    request: HttpRequest, slug: str, section: str, release: str | None = None
) -> HttpResponse:
    """A visitor sees everything that the sources state on one subject."""
    asked = ask(request, slug, release)
    found = asked.scored.sections.get(section)
    if found is None:
        return _no_such_page(request, asked)
    told = structured_data.of_questions(asked) if section == "questions" else None
    return _evidence_page(request, asked, "evidence/section.html", section=found, linked=told)


@require_safe
@shows_drafts
def section_region(
    request: HttpRequest, slug: str, section: str, release: str | None = None
) -> HttpResponse:
    """A visitor's page gets the statements of a section that was opened."""
    asked = ask(request, slug, release)
    found = asked.scored.sections.get(section)
    if found is None:
        return _no_such_page(request, asked)
    html = render(
        "evidence/statements.html",
        section=found,
        base=asked.scored.base,
        query=asked.scored.query,
    )
    return region_response(request, html, asked, {})


@require_safe
@shows_drafts
def tree(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor answers one question at a time."""
    asked = ask(request, slug, release)
    found = decision_tree.tree_page(asked.scored, asked.selection)
    return (
        _evidence_page(request, asked, "evidence/tree.html", tree=found)
        if found
        else _no_such_page(request, asked)
    )


@require_safe
@shows_drafts
def samples(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees complete programs side by side."""
    asked = ask(request, slug, release)
    topics = asked.scored.samples
    return (
        _evidence_page(request, asked, "evidence/samples.html", topics=topics)
        if topics
        else _no_such_page(request, asked)
    )


@require_safe
@shows_drafts
def search(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor looks for words in everything that the comparison holds."""
    asked = ask(request, slug, release)
    words = _words(value_of(request, "find"))
    # the form keeps the selection
    carried = parse_qsl(spell(asked.release.document, asked.selection))
    return _evidence_page(
        request,
        asked,
        "evidence/search.html",
        found=search_page(asked.scored, words),
        carried=carried,
    )


@require_safe
@shows_drafts
def freshness(request: HttpRequest, slug: str, release: str | None = None) -> HttpResponse:
    """A visitor sees how old the checks are, and what rests on one source or on none."""
    asked = ask(request, slug, release)
    today = timezone.localdate()
    of_today = replace(asked, query=f"{asked.query}&{today}")  # the page is another one tomorrow
    page = asked.page(with_controls=False, with_matrix=False)
    html = render("evidence/freshness.html", page=page, found=freshness_page(asked.scored, today))
    return page_response(request, html, of_today, page.robots)
