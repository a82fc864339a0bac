"""A view that answers for a draft, whole or not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from comparison.pages import message
from comparison.publishing import drafts
from comparison.rendering.jinja import render

View = Callable[..., HttpResponse]


def shows_drafts(view: View) -> View:
    """Let a view answer for a draft that is not whole yet: an editor sees what is missing instead
    of a broken page.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except drafts.Unpublishable as error:
            page = message.MessagePage(
                "The draft cannot be shown yet", str(error), (("Back to the admin", "/admin/"),)
            )
            return HttpResponse(
                render("message.html", page=page), headers={"Cache-Control": "private, no-store"}
            )

    return answer
