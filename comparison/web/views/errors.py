"""What somebody sees whose request is refused, leads nowhere, or breaks: readers a page of theirs,
editors one of the admin.

Editors get back what they had typed. Nothing is kept here.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from comparison.pages import message
from comparison.publishing.store import follower, refused_writes
from comparison.rendering.addresses import address_of
from comparison.rendering.jinja import render
from comparison.web.caches.http_cache import PRIVATE
from comparison.web.comparison_request import CannotBeReadNow, IsWithheld
from comparison.web.refusals import (
    Refusal,
    home,
    is_of_editors,
    refuse,
    sign_in_and_go_on,
    typed_in,
)
from comparison.web.withheld import withheld_page

KEPT = "Nothing was saved. What you had typed stands below: copy what you need."
LOST = "Nothing was saved. Go back: your browser may still have what you had typed."
ACTIONS = {
    "changelist": "view",
    "history": "view",
    "add": "add",
    "change": "change",
    "delete": "delete",
}


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A visitor hears that what they sent is too large or cannot be read, and that they still have
    it.
    """
    if is_of_editors(request) and not isinstance(exception, DisallowedHost):
        return _unreadable_form(request, exception)
    page = message.MessagePage(
        "That could not be read",
        (
            "What was sent is too large, or not what a form sends. Nothing of it was kept. Go "
            "back: what you wrote is still there."
        ),
        (_all_comparisons(),),
    )
    return HttpResponse(
        render("message.html", page=page), status=400, headers={"Cache-Control": PRIVATE}
    )


def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An editor whose browser kept no cookie hears why a form was not taken, what to do, and what
    they had typed. No form of readers asks for one.
    """
    typed = typed_in(request)
    if typed and _is_signed_out(request):
        return sign_in_and_go_on(request, typed)
    what = (
        "A form is taken only together with this site’s cookie, which shows that no other "
        "site sent it. Your browser sent "
        "none, or one that does not belong to this form: it may be older than your signing "
        "in. Allow this site’s cookie. "
    )
    text = what + (
        "Nothing was saved. Look at what you had typed, and send it again." if typed else LOST
    )
    links = (("The form anew", request.get_full_path()), home())
    return refuse(request, 403, Refusal("That was not taken", text, links, typed, may_resend=True))


def denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A member of staff hears which permission is missing, and who can give it."""
    typed = typed_in(request) if is_of_editors(request) else None
    missing = str(exception or "") or _permission_of(request)
    text = f"{missing} An administrator can give it to you.{f' {KEPT}' if typed else ''}"
    return refuse(
        request,
        403,
        Refusal("Your account may not do this", text, (home(), _all_comparisons()), typed),
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A visitor hears that there is no such page, and where to go."""
    if is_of_editors(request):
        typed = typed_in(request)
        text = (
            "What it was about may have been deleted, or imported "
            f"anew.{f' {KEPT}' if typed else ''}"
        )
        return refuse(request, 404, Refusal("There is no such page", text, (home(),), typed))
    if isinstance(exception, IsWithheld):
        return withheld_page(request, exception)
    if isinstance(exception, CannotBeReadNow):
        return _not_now(
            "This cannot be read now",
            "It was published, and is damaged where it is kept. Try again later.",
            (_all_comparisons(),),
        )
    page = message.MessagePage(
        "There is no such page",
        "The address names no comparison that has been published.",
        (_all_comparisons(),),
    )
    return HttpResponse(render("message.html", page=page), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A visitor hears that something broke on our side, and that nothing of theirs is lost."""
    if follower.means_away(sys.exc_info()[1]):
        return _without_database(request)
    if is_of_editors(request):
        typed = typed_in(request)
        text = "Nothing was saved. " + (
            "You can send it again in a moment." if typed else "Try again in a moment."
        )
        links = (home(),) if typed else (("Try again", request.get_full_path()), home())
        return refuse(
            request,
            500,
            Refusal("Something broke on our side", text, links, typed, may_resend=True),
        )
    page = message.MessagePage(
        "Something broke on our side",
        "Nothing of yours is lost: your selection is in the address. Try again in a moment.",
        (("Try again", request.get_full_path()),),
    )
    return HttpResponse(render("message.html", page=page), status=500)


def without_waiting(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a middleware that tells editors at once what they would hear after waiting for a
    database that does not answer.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if follower.is_late() and is_of_editors(request):
            return _without_database(request)
        return get_response(request)

    return answer


def _without_database(request: HttpRequest) -> HttpResponse:
    """Return what somebody sees who needs the database while it does not answer. It is told in the
    log once, and not for each request.
    """
    if error := sys.exc_info()[1]:
        follower.note_away(error)
    if is_of_editors(request):
        typed = typed_in(request)
        text = "Nobody can sign in or save now. Readers see everything that is published. " + (
            "Nothing was saved: what you had typed stands below. Send it again in a moment, or "
            "copy what you need."
            if typed
            else "Try again in a moment."
        )
        links = (home(),) if typed else (("Try again", request.get_full_path()), home())
        title = (
            "The database cannot be written"
            if refused_writes.are_there()
            else "The database does not answer"
        )
        page = Refusal(title, text, links, typed, may_resend=True)
        response = refuse(request, 503, page)
    else:
        words = "Everything that is published can be read. Try again in a moment."
        links = (("Try again", request.get_full_path()), _all_comparisons())
        return _not_now("This cannot be done now", words, links)
    return _for_a_while(response)


def _not_now(title: str, words: str, links: tuple[tuple[str, str], ...]) -> HttpResponse:
    """Return what a reader sees of something that will be there again."""
    html = render("message.html", page=message.MessagePage(title, words, links))
    return _for_a_while(HttpResponse(html, status=503, headers={"Cache-Control": PRIVATE}))


def _for_a_while(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = "10"
    vars(response)["_has_been_logged"] = True  # Django would add a trace for each request
    return response


def _all_comparisons() -> tuple[str, str]:
    """Return the way to the front page."""
    return ("All comparisons", address_of("hub"))


# --- editors --------------------------------------------------------------------------------------


def _unreadable_form(request: HttpRequest, exception: Exception) -> HttpResponse:
    typed = typed_in(request)
    if isinstance(exception, TooManyFieldsSent):
        what = "The form has more fields than are taken at once. "
    elif isinstance(exception, RequestDataTooBig):
        what = (
            "The form holds more text than is taken at once. Shorten the longest field, or "
            "save it in parts. "
        )
    elif request.method == "POST":
        what = "What was sent is not what a form of this page sends. "
    else:
        text = (
            "The address asks for something that this page does not have, such as a filter. "
            "Begin again from its list."
        )
        return refuse(request, 400, Refusal("That could not be read", text, (home(),)))
    return refuse(
        request,
        400,
        Refusal("That could not be read", what + (KEPT if typed else LOST), (home(),), typed),
    )


def _is_signed_out(request: HttpRequest) -> bool:
    try:
        return not admin.site.has_permission(request)
    except (DatabaseError, InterfaceError):
        return False


def _permission_of(request: HttpRequest) -> str:
    """Say which permission an admin's page asks for, as its address names it."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    *noun, action = (name or "").split("_")
    if action in ACTIONS and len(noun) > 1:
        return f"It needs the permission “Can {ACTIONS[action]} {' '.join(noun[1:])}”."
    if action in ("publish", "again"):
        return "It needs the permission “Can publish a comparison”."
    return "It needs a permission that your account does not have."
