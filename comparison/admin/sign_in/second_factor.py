"""The page about one's own second factor: whether there is one, new recovery codes, and removing
it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters

from comparison.admin.frame import of_the_site
from comparison.admin.sign_in.second_step import codes_page, look_at
from comparison.publishing.events import tell
from comparison.rendering.addresses import address_of
from comparison.web.limits.rate_limit import sender_of
from comparison.web.refusals import Typed
from comparison.web.sign_in import second_factor
from comparison.web.sign_in.sessions import end_others

WHO = {
    second_factor.OFF: "This site asks nobody for one who has not set one up.",
    second_factor.PUBLISHING: "This site asks for one before anything is published.",
    second_factor.EVERYBODY: "This site asks everybody for one who signs in.",
}


@dataclass(frozen=True, slots=True)
class SecondFactorPage:
    """All that the page reads."""

    who: str  # is asked for one on this site
    is_set_up: bool  # for this account
    since: datetime | None  # when it was set up
    codes_left: int  # recovery codes
    refusal_of_codes: str  # why there are no new ones just now, or nothing
    refusal_of_removal: str  # why it was not removed just now, or nothing


def page(request: HttpRequest) -> HttpResponse:
    """What somebody's second factor is, and what they can do with it."""
    return _show(request)


@sensitive_post_parameters()
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once, for whoever gives a code."""
    if request.method != "POST":
        return _back()
    _, refusal = look_at(request, request.user, request.POST.get("code", ""))
    if refusal:
        return _show(request, refusal_of_codes=refusal)
    shown = second_factor.new_codes(request.user)
    tell("recovery codes made", account=request.user.get_username(), network=sender_of(request))
    return codes_page(request, shown, Typed(address_of("admin:second_factor"), ()))


@sensitive_post_parameters()
def remove(request: HttpRequest) -> HttpResponse:
    """The second factor is gone, for whoever gives their password and a code."""
    if request.method != "POST":
        return _back()
    user: Any = request.user
    _, refusal = look_at(request, user, request.POST.get("code", ""), with_password=True)
    if refusal:
        return _show(request, refusal_of_removal=refusal)
    second_factor.remove(user)
    end_others(user, but=request.session.session_key)
    tell("second factor removed", account=user.get_username(), network=sender_of(request))
    messages.success(request, "Your second factor is removed: your password alone lets you in.")
    return _back()


def _show(
    request: HttpRequest, *, refusal_of_codes: str = "", refusal_of_removal: str = ""
) -> HttpResponse:
    key = second_factor.key_of(request.user)
    record = SecondFactorPage(
        who=WHO[settings.SECOND_FACTOR],
        is_set_up=key is not None,
        since=key.created_at if key else None,
        codes_left=second_factor.codes_left(request.user),
        refusal_of_codes=refusal_of_codes,
        refusal_of_removal=refusal_of_removal,
    )
    return of_the_site(request, "sign_in/second_factor.html", "Second factor", record)


def _back() -> HttpResponse:
    return HttpResponseRedirect(address_of("admin:second_factor"))
