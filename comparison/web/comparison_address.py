"""What every address of a comparison does before its view: find the release, parse the query,
follow what was renamed, let staff see drafts, answer "not modified". One decorator, applied to
each; and a sibling for an address that takes a form.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comparison.core.query import name_of
from comparison.pages import message, robots
from comparison.publishing import releases, shared_links
from comparison.publishing.drafts import Unpublishable
from comparison.publishing.inspection import MOST_LINES
from comparison.publishing.preview_links import PreviewOver
from comparison.rendering.addresses import Home, address_of
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import PINNED, PRIVATE, PUBLIC, encoding_of, not_modified
from comparison.web.caches.kept_answers import answer_again, keep, key_of
from comparison.web.comparison_request import (
    DRAFT,
    KEY_OF,
    ComparisonRequest,
    IsWithheld,
    ask,
    is_of_draft,
    may_see_draft,
    value_of,
)
from comparison.web.routing.problem_addresses import broken_lines
from comparison.web.routing.renamed import Moved, within

NOT_WHOLE = "The draft has problems, so it is no whole file yet."
# characters of the address to return to: quoted within another, each may become three
LONGEST_NEXT = 5_000
WITHIN_ADMIN = settings.CONTENT_SECURITY_POLICY.replace(
    "frame-ancestors 'none'", "frame-ancestors 'self'"
)
# view(request, comparison_request, *what else the path names)
ComparisonView = Callable[..., HttpResponse]


def of_comparison(
    *,
    whole: bool = True,
    shows_drafts: bool = True,
    leaves_page: bool = False,
    tells_newest: bool = False,
    is_daily: bool = False,
    is_compressed: bool = True,
    public: str = PUBLIC,
    is_passed_on: Callable[[str], bool] | None = None,
) -> Callable[[ComparisonView], ComparisonView]:
    """Let a view of a ComparisonRequest answer an address of a comparison: GET and HEAD alone.

    whole: it answers a page, else a region or a file. shows_drafts: of a draft, else the newest
    release's. leaves_page: a file, a frame or an answer for programs: what a draft lacks is for its
    own caller to say. tells_newest: it says, where it is pinned, what was published since; all
    others are the same for ever. is_daily: it is another one tomorrow. is_compressed: its answer
    follows the encodings that are accepted. public: how long caches keep what is not pinned.
    is_passed_on: whether a query says that its link is passed on, or was; counted, of nobody.

    What was answered before is answered again from memory, unless the link says on which release it
    was made: then other releases have a say, and may be out of reach.
    """

    def decorated(view: ComparisonView) -> ComparisonView:
        @require_safe
        @wraps(view)
        def answer(
            request: HttpRequest, slug: str, release: str | None = None, **named: str
        ) -> HttpResponse:
            try:
                asks_draft = is_of_draft(release) and not shows_drafts
                is_page = whole and not leaves_page
                if release == DRAFT and (led := _to_sign_in(request, slug, is_page=is_page)):
                    return led
                comparison_request = ask(request, slug, None if asks_draft else release)
                request.META["comparison.release"] = comparison_request.shown
                if is_passed_on and is_passed_on(comparison_request.query):
                    _count(request, comparison_request)
                if not tells_newest:
                    comparison_request = comparison_request.alone
                if is_daily:
                    comparison_request = replace(comparison_request, day=timezone.localdate())
                is_for_ever = comparison_request.pinned and not (tells_newest or is_daily)
                # what a draft's address says follows who asks, also where it is no draft
                caching = PRIVATE if is_of_draft(release) else PINNED if is_for_ever else public
                if not KEY_OF.keys().isdisjoint(named):
                    comparison_request.follow(
                        request, **{part: named[part] for part in KEY_OF if part in named}
                    )
                known = not_modified(
                    request,
                    comparison_request,
                    whole=whole,
                    is_compressed=is_compressed,
                    public=caching,
                )
                if known:
                    return known
                if comparison_request.draft:
                    if leaves_page and comparison_request.problems:
                        raise Unpublishable(NOT_WHOLE, comparison_request.problems)
                    return _of_draft(view(request, comparison_request, **named), comparison_request)
                encoding = encoding_of(request) if is_compressed else ""
                key = key_of(request, comparison_request, encoding)
                if before := answer_again(key):
                    return before
                response = _cached(view(request, comparison_request, **named), caching)
                if comparison_request.selection.made_on is None:
                    keep(key, response)
                return response
            except Unpublishable as error:
                if leaves_page:
                    raise
                return _unfinished(request, error)
            except PreviewOver as over:
                if leaves_page:
                    raise Http404(str(over)) from over
                return _over(over)

        return answer

    return decorated


def _to_sign_in(request: HttpRequest, slug: str, *, is_page: bool) -> HttpResponse | None:
    """Lead whoever asks for a draft, and is no editor, to signing in: what is published would be
    taken for it. None for editors. A part of a page and a file are refused; that a comparison is
    withheld is said to everybody.
    """
    if may_see_draft(request.user, slug):
        return None
    if releases.current(slug) is None and (act := releases.why_all_withheld(slug)):
        raise IsWithheld(act)
    if not is_page:
        raise PermissionDenied("A draft is shown to editors: sign in with an account for it.")
    led = redirect_to_login(within(request.get_full_path(), LONGEST_NEXT))
    led["Cache-Control"] = PRIVATE
    return led


def _cached(response: HttpResponse, caching: str) -> HttpResponse:
    """Say how long caches keep an answer that has a tag; any other says so itself."""
    if "ETag" in response:
        response["Cache-Control"] = caching
    return response


def of_form(view: ComparisonView) -> ComparisonView:
    """Let a view of a ComparisonRequest answer an address that takes a form: GET, HEAD and POST.

    Its query names the release, and a draft's is the newest one's. The form before it is filled in
    is a page like others; what is sent is answered anew.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, slug: str) -> HttpResponse:
        release = name_of(value_of(request, "release"))
        try:
            named = None if is_of_draft(release) else release or None
            comparison_request = ask(request, slug, named)
        except Moved as moved:
            # the comparison was renamed while somebody wrote: what they wrote goes along
            if request.method == "POST":
                return HttpResponsePermanentRedirect(within(str(moved)), preserve_request=True)
            raise
        known = not_modified(request, comparison_request) if request.method != "POST" else None
        return known or view(request, comparison_request)

    return answer


def _unfinished(request: HttpRequest, error: Unpublishable) -> HttpResponse:
    """Return what an editor sees of a draft that is not whole yet: what is missing, each with the
    field where it is mended, for who may.
    """
    back = ("Back to the admin", address_of("admin:index"))
    shown = error.problems[:MOST_LINES]
    left_out = len(error.problems) - len(shown)
    words = "These keep it from being shown and from being published."
    if left_out:
        words += f" Only the first are here: there are {left_out:,} more."
    page = message.MessagePage(
        "The draft cannot be shown yet", words, (back,), broken_lines(request, shown)
    )
    return HttpResponse(render("message.html", page=page), headers={"Cache-Control": PRIVATE})


def _over(over: PreviewOver) -> HttpResponse:
    """Return what somebody sees whose link to a draft shows nothing any more, or never did."""
    newest = releases.current(over.slug)
    way = (
        ("The comparison as it is published", Home(newest.slug).path)
        if newest
        else ("All comparisons", address_of("hub"))
    )
    title = "This preview has ended" if over.was_one else "There is no such preview"
    page = message.MessagePage(title, str(over), (way,))
    headers = {"Cache-Control": PRIVATE, "X-Robots-Tag": robots.VIEW}
    status = 410 if over.was_one else 404
    return HttpResponse(render("message.html", page=page), status=status, headers=headers)


def _of_draft(response: HttpResponse, comparison_request: ComparisonRequest) -> HttpResponse:
    """Let nobody find what shows a draft; and let the admin, and it alone, show it beside a
    form.
    """
    response["X-Robots-Tag"] = robots.VIEW
    if comparison_request.until is None:
        response["Content-Security-Policy"] = WITHIN_ADMIN
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _count(request: HttpRequest, comparison_request: ComparisonRequest) -> None:
    if request.method == "GET" and not comparison_request.draft:
        shared_links.note(comparison_request.slug, comparison_request.query)
