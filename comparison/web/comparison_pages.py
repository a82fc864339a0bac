"""Answers that several views of a comparison give: a page with the comparison's head, and the page
for a path that leads to none.
"""

import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from comparison.core.document.slugs import NameKind
from comparison.core.selection import NAMED_BY, Note
from comparison.pages.comparison.head import Head
from comparison.pages.comparison.page import ComparisonPage, comparison_page
from comparison.rendering.addresses import Home
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import page_response, region_response
from comparison.web.comparison_request import KEY_OF, ComparisonRequest

# what opens a part of a page in place -> the page that has an address of its own
PAGE_OF = {"claims": "cell", "cells": "criterion", "use_case_region": "use_case"}
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


def show(
    request: HttpRequest,
    comparison_request: ComparisonRequest,
    template: str,
    page: Head | None,
    robots: str = "",
) -> HttpResponse:
    """Return a page of a comparison; where there is none, as `no_such_page` says. robots: what
    search engines are told where the page's own record says nothing.
    """
    if page is None:
        return no_such_page(request, comparison_request)
    html = render(template, page=page)
    return page_response(request, html, comparison_request, page.robots or robots)


def show_region(
    request: HttpRequest,
    comparison_request: ComparisonRequest,
    template: str,
    page: object | None,
) -> HttpResponse:
    """Return what a page opens in place; where there is nothing, as `no_such_page` says."""
    if page is None:
        return no_such_page(request, comparison_request)
    return region_response(request, render(template, page=page), comparison_request, {})


def no_such_page(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """Return the whole comparison for a path that leads to none of its pages, with a note for every
    name that it has not. The note on what was withdrawn leads to the page that was asked for.
    """
    match = request.resolver_match
    name = (match and match.url_name) or ""
    named = {part: slug for part, slug in (match.kwargs if match else {}).items() if part in KEY_OF}
    page = _page_without(comparison_request, PAGE_OF.get(name, name), **named)
    return show(request, comparison_request, "comparison/page.html", page)


def _page_without(comparison_request: ComparisonRequest, name: str, **named: str) -> ComparisonPage:
    view, document = comparison_request.view, comparison_request.release.document
    there = {
        NameKind.CRITERION: (*document.names.criteria, *document.names.texts),
        NameKind.OPTION: document.names.options,
        NameKind.SOURCE: document.names.sources,
        NameKind.USE_CASE: document.names.use_cases,
    }
    missing = []
    for part, slug in named.items():
        key = KEY_OF[part]
        kind = NAMED_BY[key]
        if document.names.present(kind, slug) not in there[kind]:
            missing.append(Note("unknown-name", key, slug if _SLUG.fullmatch(slug) else ""))
    notes = (*missing, Note("no-page"), *view.link.notes)
    page = comparison_page(
        replace(view, link=replace(view.link, notes=notes)), comparison_request.ageing
    )
    can_be_named = all(map(_SLUG.fullmatch, named.values()))
    lines = [
        replace(
            line,
            address=Home(page.slug, str(line.release)).address_of(name, **named),
            asks_page=True,
        )
        if line.kind == "withdrawn" and can_be_named
        else line
        for line in page.notes[: len(missing)]
    ]
    return replace(page, notes=(*lines, *page.notes[len(missing) :]), dataset=None)
