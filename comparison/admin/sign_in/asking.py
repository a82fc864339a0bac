"""The two pages that ask for a second factor: for a code, or to set one up first. What somebody was
about to do waits there, with what they had typed.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from comparison.admin.frame import of_the_site
from comparison.rendering.qr_code import drawn
from comparison.web.refusals import Typed, on_the_way, typed_in
from comparison.web.sign_in.half_way import note_of
from comparison.web.sign_in.second_factor import (
    NewKey,
    is_asked_on_publishing,
    is_set_up,
    new_key,
)

TO_SIGN_IN = "Your password is right. This site asks everybody for a code as well."
TO_PUBLISH = "This asks for a second factor, so that a stolen password is not enough."
NOT_YET = f"{TO_PUBLISH} Set yours up here; then you go on. Nothing has been done yet."


@dataclass(frozen=True, slots=True)
class CodePage:
    """All that the page reads that asks for a code."""

    why: str  # it is asked for
    refusal: str  # of the code before, or nothing
    half_way: str  # the note of who has given a password; empty for who is signed in
    on_the_way: Typed  # to where, and with what


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """All that the page reads on which a second factor is set up."""

    why: str  # it is asked for; empty where nobody asks
    refusal: str  # of the code before, or nothing
    key: NewKey  # to be taken into an app
    picture: SafeString  # the same, for a camera
    half_way: str  # the note of who has given a password; empty for who is signed in
    on_the_way: Typed  # to where, and with what


def ask_on_signing_in(request: HttpRequest, user: Any) -> HttpResponse:
    """Ask somebody whose password is right for a code, or to set up where it comes from."""
    note, typed = note_of(user), on_the_way(request)
    if is_set_up(user):
        return code_page(request, note, typed)
    return set_up_page(request, user, note, typed, why=TO_SIGN_IN)


def ask_on_publishing(request: HttpRequest) -> HttpResponse | None:
    """Return the page that stands before publishing, and all that is like it, where somebody has
    given no code yet; None where nothing is asked. What was sent waits there.
    """
    if not is_asked_on_publishing(request.user):
        return None
    typed = typed_in(request) or Typed(request.get_full_path(), ())
    if is_set_up(request.user):
        return code_page(request, "", typed, why=TO_PUBLISH, status=403)
    return set_up_page(request, request.user, "", typed, why=NOT_YET, status=403)


def code_page(
    request: HttpRequest,
    note: str,
    typed: Typed,
    *,
    why: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page that asks for a code."""
    page = CodePage(why, refusal, note, typed)
    return of_the_site(request, "sign_in/code.html", "Your code", page, status=status)


def set_up_page(
    request: HttpRequest,
    user: Any,
    note: str,
    typed: Typed,
    *,
    key: str = "",
    why: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page on which a second factor is set up. key: one that was shown already."""
    shown = new_key(user, key)
    picture = SafeString(drawn(shown.link, "The key as a picture, for the camera of your app"))
    page = SetUpPage(why, refusal, shown, picture, note, typed)
    title = "Set up your second factor"
    return of_the_site(request, "sign_in/set_up.html", title, page, status=status)
