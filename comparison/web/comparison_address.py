"""What every address of a comparison does before its view: find the release, parse the query,
follow what was renamed, let staff see drafts, answer "not modified". One decorator, applied to
each.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comparison.pages import message
from comparison.publishing.drafts import Unpublishable
from comparison.rendering.addresses import address_of
from comparison.rendering.jinja import render
from comparison.web.comparison_request import DRAFT, KEY_OF, ask
from comparison.web.http_cache import PRIVATE, not_modified

# view(request, comparison_request, *what else the path names)
ComparisonView = Callable[..., HttpResponse]


def of_comparison(
    *,
    whole: bool = True,
    shows_drafts: bool = True,
    stays: bool = False,
    is_daily: bool = False,
    for_programs: bool = False,
) -> Callable[[ComparisonView], ComparisonView]:
    """Let a view of a ComparisonRequest answer an address of a comparison: GET and HEAD alone.

    whole: it answers a page, else a region or a file. shows_drafts: of a draft, else the newest
    release's. stays: where it is pinned, it tells nothing of later releases. is_daily: it is
    another one tomorrow. for_programs: who calls the view says himself what a draft lacks.
    """

    def decorated(view: ComparisonView) -> ComparisonView:
        @require_safe
        @wraps(view)
        def answer(
            request: HttpRequest, slug: str, release: str | None = None, **named: str
        ) -> HttpResponse:
            try:
                wanted = ask(
                    request, slug, None if release == DRAFT and not shows_drafts else release
                )
                wanted = wanted.alone if stays else wanted
                wanted = replace(wanted, day=timezone.localdate()) if is_daily else wanted
                if not KEY_OF.keys().isdisjoint(named):
                    wanted.follow(
                        request, **{part: named[part] for part in KEY_OF if part in named}
                    )
                return not_modified(request, wanted, whole=whole) or view(request, wanted, **named)
            except Unpublishable as error:
                if for_programs:
                    raise
                return _unfinished(error)

        return answer

    return decorated


def _unfinished(error: Unpublishable) -> HttpResponse:
    """Return what an editor sees of a draft that is not whole yet: what is missing."""
    back = ("Back to the admin", address_of("admin:index"))
    page = message.MessagePage("The draft cannot be shown yet", str(error), (back,))
    return HttpResponse(render("message.html", page=page), headers={"Cache-Control": PRIVATE})
