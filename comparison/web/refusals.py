"""What an editor sees when the admin refuses something: a page of the admin, with what they had
typed.

Nothing is ever saved here. What was typed comes back only to a form of this site, and is taken only
when it is sent again
with a valid token: another site could have had it sent to be shown here as the editor's own.
"""

import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    RawPostDataException,
    UnreadablePostError,
)
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from comparison.publishing.store import follower
from comparison.rendering.addresses import address_of
from comparison.web.comparison_request import called_by

AGAIN = "Press the button to send it again. Until then nothing of it is saved."
CARRIED = "typed:"  # before the name of a field that waits until its editor has signed in
NEVER_SHOWN = ("password", "csrfmiddlewaretoken")
OF_CODES = ("admin:login", "admin:second_factor")  # pages, with those below: passwords, codes, keys
COUNTED = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")
OF_OURS = ("seen", "since", "carried", "opened", "scope", "do")  # fields that nobody types into
LARGEST_GIVEN_BACK = 10_000_000  # bytes, to editors alone


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field as it was sent."""

    name: str  # as the form calls it
    value: str  # as it was sent

    @property
    def is_text(self) -> bool:
        """Words that somebody may want back; not a key, a tick or the form's own counting."""
        is_own = self.name.startswith("_") or self.name.endswith(COUNTED) or self.name in OF_OURS
        return not is_own and self.value != "on" and any(letter.isalpha() for letter in self.value)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor had sent, and where to."""

    address: str  # that it was sent to
    fields: tuple[TypedField, ...]  # all that may be shown again


@dataclass(frozen=True, slots=True)
class Refusal:
    """All that the page reads."""

    title: str  # of the page, in a few words
    text: str  # why it is refused, and what to do
    links: tuple[tuple[str, str], ...]  # ways on: words and address
    typed: Typed | None = None  # what was sent; None where there is nothing to give back
    may_resend: bool = False  # the same may be taken when it is sent again


def is_of_editors(request: HttpRequest) -> bool:
    """Return whether an address belongs to the admin."""
    return request.path.startswith(address_of("admin:index"))


def typed_in(request: HttpRequest) -> Typed | None:
    """Return what a form of this site sent; None for another site's, for one with a password, and
    where nothing was sent. A code and a key are in none of it; what waits beside them is.
    """
    if request.method != "POST" or not is_own(request):
        return None
    pairs = _sent(request)
    if request.path.startswith(tuple(map(address_of, OF_CODES))):
        return _carried(pairs)
    if any("password" in name for name, _ in pairs):
        return None
    fields = tuple(TypedField(name, value) for name, value in pairs if name not in NEVER_SHOWN)
    return Typed(request.get_full_path(), fields) if fields else None


def carried_in(request: HttpRequest) -> Typed | None:
    """Return what waited on the page where an editor signed in."""
    return _carried([(name, value) for name, values in request.POST.lists() for value in values])


def _carried(sent: list[tuple[str, str]]) -> Typed | None:
    fields = tuple(
        TypedField(name.removeprefix(CARRIED), value)
        for name, value in sent
        if name.startswith(CARRIED)
    )
    return Typed(dict(sent).get("next", ""), fields) if fields else None


def on_the_way(request: HttpRequest) -> Typed:
    """Return where somebody who signs in was going, and what they had typed, if anything."""
    given = request.POST if request.method == "POST" else request.GET
    return carried_in(request) or Typed(given.get("next", ""), ())


def go_on(request: HttpRequest, typed: Typed, title: str) -> HttpResponse:
    """Lead whoever has signed in to where they were going; what they had typed is given back, to be
    sent again.
    """
    address = typed.address
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if not typed.fields or not is_ours or not address.startswith(address_of("admin:index")):
        return HttpResponseRedirect(address if is_ours else address_of("admin:index"))
    words = f"Here is what you had typed. {AGAIN}"
    return refuse(request, 200, Refusal(title, words, (home(),), typed, may_resend=True))


def refuse(request: HttpRequest, status: int, refusal: Refusal) -> HttpResponse:
    """Return the page of a refusal. Without a database it knows nobody, and shows less
    around it.
    """
    context: dict[str, Any] = {"title": refusal.title, "page": refusal}
    try:
        if follower.is_late():
            raise OperationalError("It would only be waited for.")
        html = render_to_string(
            "admin/refusal.html", {**admin.site.each_context(request), **context}, request
        )
    except (DatabaseError, InterfaceError) as error:
        follower.note_away(error)
        html = render_to_string(
            "admin/refusal.html",
            {"site_header": admin.site.site_header, "is_popup": True, **context},
            None,
        )
    return HttpResponse(html, status=status, headers={"Cache-Control": "private, no-store"})


def sign_in_and_go_on(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Show the page for signing in, on which what was typed waits."""
    shown = copy.copy(request)
    shown.method = "GET"  # nobody has tried to sign in yet
    response: HttpResponse = admin.site.login(
        shown, {"app_path": address_of("admin:login"), "next": typed.address, "typed": typed}
    )
    response.status_code = 403
    return response


def home() -> tuple[str, str]:
    """Return the link to the admin's first page."""
    return "Home of the admin", address_of("admin:index")


def is_own(request: HttpRequest) -> bool:
    """Return whether the browser says that a form of this site was sent."""
    try:
        own = called_by(request)
    except DisallowedHost:
        return False
    origin = request.headers.get("Origin")
    if origin:
        return origin == own
    return request.headers.get("Referer", "").startswith(address_of("hub", origin=own))


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field that was sent, also of a form that Django does not read: too many fields,
    or too large.
    """
    try:
        if request.POST:
            return [(name, value) for name, values in request.POST.lists() for value in values]
        return _fields_of(_body(request))
    except (SuspiciousOperation, UnreadablePostError, RawPostDataException):
        return []


def _body(request: HttpRequest) -> bytes:
    """Return what was sent; more than anybody may send is read for editors alone."""
    try:
        return request.body
    except RequestDataTooBig:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        is_editor = hasattr(request, "user") and admin.site.has_permission(request)
        return request.read(length) if is_editor and length <= LARGEST_GIVEN_BACK else b""


def _fields_of(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
