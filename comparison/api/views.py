"""What programs ask for: the view's files, a whole release, and the read-only API under `/api/v1/`.

Plain views. The API is eight addresses that only read, and what they answer is made elsewhere
already; a library would bring a second way to write a view, to parse a selection and to describe a
type, and is worth that on the day the API writes. Every answer may be read from any other site
(CORS), carries a strong ETag, and errors are `application/problem+json` (RFC 9457) of stable types,
each explained on `/api/`. Nothing here decides, words or counts.
"""

import hashlib
import re
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.utils.cache import get_conditional_response

from comparison.api import openapi
from comparison.api.problems import Refused, for_programs, only, whole_number
from comparison.api.schemas import SLUG
from comparison.core.selection import Note
from comparison.publishing import published_lists
from comparison.publishing import releases as releases_of_readers
from comparison.rendering.addresses import Home, address_of
from comparison.rendering.jinja import render
from comparison.sharing import csv_file, exports, json_file, markdown_file
from comparison.sharing.json_file import as_text
from comparison.web.caches.http_cache import page_response, region_response
from comparison.web.comparison_address import of_comparison
from comparison.web.comparison_request import ComparisonRequest, origin_of

JSON = "application/json"
MOST_ON_A_PAGE = 100
USUAL_ON_A_PAGE = 50
# a value of the wrong kind; a name that has gone is only noted
WRONG = frozenset({"bad-value", "too-long"})


def _answer(
    request: HttpRequest,
    comparison_request: ComparisonRequest,
    body: bytes,
    kind: str,
    **headers: str,
) -> HttpResponse:
    """Return an answer that follows from (release, canonical query, address), as the page's regions
    do.
    """
    return region_response(request, body, comparison_request, {"Content-Type": kind, **headers})


def _tagged(request: HttpRequest, value: Any, **headers: str) -> HttpResponseBase:
    """Return an answer that is of no single release, with a tag of what it says."""
    body = as_text(value)
    response = region_response(request, body, None, {"Content-Type": JSON, **headers})
    response["ETag"] = (
        f'"{hashlib.sha256(body).hexdigest()[:32]}{response.get("Content-Encoding", "")}"'
    )
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@for_programs
@of_comparison(whole=False, leaves_page=True)
def view(request: HttpRequest, comparison_request: ComparisonRequest, form: str) -> HttpResponse:
    """A program, or a visitor's spreadsheet, gets exactly what the page of the same query shows."""
    slug, table = comparison_request.slug, exports.table_of(comparison_request)
    headers = json_file.link_to_newest(comparison_request, f"view_{form}")
    if form == "csv":
        place = "draft" if comparison_request.draft else f"release-{comparison_request.number}"
        headers["Content-Disposition"] = f'attachment; filename="{slug}-{place}.csv"'
        body, kind = csv_file.to_csv(table), "text/csv; charset=utf-8; header=present"
    elif form == "md":
        body, kind = markdown_file.to_markdown(table), "text/markdown; charset=utf-8; variant=GFM"
    else:
        body, kind = as_text(json_file.view_tree(table)), JSON
    return _answer(request, comparison_request, body, kind, **headers)


@for_programs
@of_comparison(whole=False, leaves_page=True)
def release_file(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A program gets a whole release: everything that the comparison holds."""
    return _whole_release(request, comparison_request)


def _whole_release(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    newest = json_file.link_to_newest(comparison_request, "release_file")
    body = as_text(json_file.release_tree(comparison_request))
    return _answer(request, comparison_request, body, JSON, **newest)


def _refuse_another_release(comparison_request: ComparisonRequest) -> None:
    """Raise Refused where the address names a release that was never published: a reader gets the
    newest, but a program what it asked for or nothing.
    """
    if comparison_request.named is None:
        return
    number = whole_number({"number": comparison_request.named}, "number", 999_999_999)
    if comparison_request.number != number:
        is_damaged = number and releases_of_readers.is_damaged(comparison_request.release, number)
        what = "cannot be read now" if is_damaged else "was never published"
        newest = f"Release {number} {what}. The newest is {comparison_request.newest}."
        raise Refused("no-such-release", newest, (("number", "names no release"),))


def _address(request: HttpRequest, name: str, query: str = "", **named: str | int) -> str:
    """Return the whole address of a part of the API."""
    return address_of(f"api:{name}", query=query, origin=origin_of(request), **named)


def _addresses_of(request: HttpRequest, slug: str, number: int) -> dict[str, str]:
    """Return where a release is found: whole, as a decision, and as readers see it."""
    page = Home(slug, str(number)).address_of("comparison", origin=origin_of(request))
    return {
        "document": _address(request, "release", slug=slug, release=number),
        "decision": _address(request, "decision_of_release", slug=slug, release=number),
        "page": page,
    }


def _next(address: str | None) -> dict[str, str]:
    return {"Link": f'<{address}>; rel="next"'} if address else {}


@for_programs
def comparisons(request: HttpRequest) -> HttpResponseBase:
    """A program gets every comparison by slug, a page at a time.

    A page begins `after` a slug instead of having a number: it is as quick at any depth, and a
    comparison published meanwhile shifts nothing.
    """
    given = only(request, "after", "limit")
    limit, after = (
        whole_number(given, "limit", MOST_ON_A_PAGE) or USUAL_ON_A_PAGE,
        given.get("after", ""),
    )
    if "after" in given and not re.fullmatch(SLUG, after):
        raise Refused(
            "wrong-parameter", "after has to be a comparison's slug.", (("after", "is no slug"),)
        )
    rows = published_lists.comparisons(after, limit + 1)
    items = [
        {
            "slug": listed.slug,
            "title": listed.title,
            "release": listed.number,
            "published_at": listed.published_at.isoformat(),
            "comparison": _address(request, "comparison", slug=listed.slug),
        }
        for listed in rows[:limit]
    ]
    following = (
        _address(request, "comparisons", f"limit={limit}&after={items[-1]['slug']}")
        if len(rows) > limit
        else None
    )
    return _tagged(request, {"comparisons": items, "next": following}, **_next(following))


@for_programs
@of_comparison(whole=False, leaves_page=True)
def comparison(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A program gets what a comparison's newest release holds by name: everything that a query may
    name.
    """
    only(request)
    slug, release = comparison_request.slug, comparison_request.release
    document = release.document
    body = {
        "slug": slug,
        "title": document.title,
        "topic": document.topic,
        "question": document.question,
        "summary": document.summary,
        "release": json_file.release_record(release) | _addresses_of(request, slug, release.number),
        "releases": _address(request, "releases", slug=slug),
        "decision": _address(request, "decision", slug=slug),
        "options": [
            {
                "slug": option.slug,
                "name": option.name,
                "line": option.line,
                **json_file.option_facts(option),
                "parts": [part.option for part in option.parts],
                "compared": option.slug in document.names.compared,
            }
            for option in document.options
        ],
        "criteria": [
            {
                "slug": criterion.slug,
                "name": criterion.name,
                "group": criterion.group,
                "kind": criterion.kind.value,
                "importance": criterion.importance if criterion.is_scored else None,
                "must_have": criterion.must is not None,
            }
            for criterion in document.criteria
        ],
        "use_cases": [
            {"slug": case.slug, "name": case.name, "family": case.family}
            for case in document.use_cases
        ],
        "default_use_case": document.default_use_case,
        **json_file.credit(document.licence, comparison_request.scored.sources),
    }
    return _answer(request, comparison_request, as_text(body), JSON)


@for_programs
@of_comparison(whole=False, leaves_page=True)
def releases(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A program gets every release of a comparison, newest first, a page at a time."""
    given = only(request, "before", "limit")
    limit, before = (
        whole_number(given, "limit", MOST_ON_A_PAGE) or USUAL_ON_A_PAGE,
        whole_number(given, "before", 999_999_999),
    )
    slug, newest = comparison_request.slug, comparison_request.newest
    rows = published_lists.releases_of(comparison_request.release, before or newest + 1, limit + 1)
    items = [
        {name: row[name] for name in ("number", "digest", "editor", "note")}
        | {"published_at": row["published_at"].isoformat()}
        | _addresses_of(request, slug, row["number"])
        for row in rows[:limit]
    ]
    last = items[-1]["number"] if items else 0
    following = (
        _address(request, "releases", f"limit={limit}&before={last}", slug=slug)
        if len(rows) > limit
        else None
    )
    body = {"comparison": slug, "newest": newest, "releases": items, "next": following}
    return _answer(request, comparison_request, as_text(body), JSON, **_next(following))


@for_programs
@of_comparison(whole=False, leaves_page=True)
def release(request: HttpRequest, comparison_request: ComparisonRequest) -> HttpResponse:
    """A program gets one release, whole."""
    only(request)
    _refuse_another_release(comparison_request)
    return _whole_release(request, comparison_request)


@for_programs
@of_comparison(whole=False, leaves_page=True)
def decision(
    request: HttpRequest, comparison_request: ComparisonRequest, *, beside_page: bool = False
) -> HttpResponse:
    """A program gets the decision for a page's query, with its exact numbers.

    A name that has gone is left out and noted, so that an old address still answers; a value of the
    wrong kind is refused. beside_page: the address is the page's with a file behind it, which
    readers pass on as they do the page's: a value of the wrong kind, and a release that was never
    published, are noted, too. There the ranked options are listed once more, as they always were.
    """
    if not beside_page:
        _refuse_another_release(comparison_request)
        _refuse_wrong_values(comparison_request)
    tree = json_file.decision_tree(comparison_request)
    if beside_page:
        options = tree["decision"]["options"]
        tree["decision"]["ranked"] = [option for option in options if option["rank"] is not None]
    name = "data" if beside_page else "api:decision"
    newest = json_file.link_to_newest(comparison_request, name)
    return _answer(request, comparison_request, as_text(tree), JSON, **newest)


def _refuse_wrong_values(comparison_request: ComparisonRequest) -> None:
    notes = comparison_request.notes
    if wrong := tuple((note.key, _wrong(note)) for note in notes if note.kind in WRONG):
        raise Refused("wrong-parameter", "A part of the query could not be read.", wrong)


def _wrong(note: Note) -> str:
    words = "is too long" if note.kind == "too-long" else "could not be read"
    return f"{words}: {note.value}" if note.value else words


@for_programs
def description(request: HttpRequest) -> HttpResponseBase:
    """A program gets the API's description."""
    only(request)
    return _tagged(request, openapi.description())


@for_programs
def about(request: HttpRequest) -> HttpResponseBase:
    """A visitor reads what the API offers."""
    return page_response(request, render("api/page.html", page=openapi.page()), None)


@for_programs
def nothing(request: HttpRequest) -> HttpResponseBase:
    """A program whose address names no part of the API hears where its description is."""
    raise Refused(
        "no-such-address",
        "The API has no such address. /api/ lists those it has; none ends with a slash.",
    )
