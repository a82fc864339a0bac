"""What the two pages send: a code, by which somebody is signed in or goes on, and a key with its
first code.
"""

from dataclasses import dataclass
from typing import Any

import django_otp
from django.contrib import admin, auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from comparison.admin.frame import of_the_site
from comparison.admin.sign_in.asking import code_page, set_up_page
from comparison.publishing.events import tell
from comparison.rendering.addresses import address_of
from comparison.web.limits.rate_limit import sender_of
from comparison.web.limits.sign_in_limit import code_not_in_vain, wait_before_code
from comparison.web.operation.account_events import METHOD
from comparison.web.refusals import Typed, go_on, on_the_way, sign_in_and_go_on
from comparison.web.sign_in import second_factor
from comparison.web.sign_in.half_way import account_of
from comparison.web.sign_in.sessions import end_others

WRONG = (
    "That code was not right, or it was used already. A code of the app holds for half a minute: "
    "wait for the next one, and see that your telephone’s clock is right."
)
WRONG_PASSWORD = "That is not your password. It is the one that you sign in with."  # noqa: S105
TOO_OLD = "The key was shown too long ago. Here is a new one: take it into your app anew."
GO_ON = "Your code was right"


@dataclass(frozen=True, slots=True)
class CodesPage:
    """All that the page reads that shows recovery codes, once."""

    codes: tuple[str, ...]  # each good once
    on_the_way: Typed  # to where, and with what


def second_step(request: HttpRequest) -> HttpResponse:
    """The answer to a code: who has given a password is signed in, who is signed in goes on."""
    note, typed = request.POST.get("half_way", ""), on_the_way(request)
    user = _whose(request, note)
    if user is None or request.method != "POST":
        return _from_the_beginning(request, typed)
    device, refusal = look_at(request, user, request.POST.get("code", ""))
    if refusal:
        return code_page(request, note, typed, refusal=refusal)
    method = "recovery code" if second_factor.is_recovery(device) else "code"
    if not note and method == "code":  # of a recovery code it is told already
        tell("second factor used", account=user.get_username(), network=sender_of(request))
    _enter(request, user, device, f"password and {method}")
    return go_on(request, typed, GO_ON)


@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """A new key, as a picture and as text; the first code of it sets the second factor up."""
    note, typed = request.POST.get("half_way", ""), on_the_way(request)
    user = _whose(request, note)
    if user is None:
        return _from_the_beginning(request, typed)
    if second_factor.is_set_up(user):
        return code_page(request, note, typed) if note else _overview()
    if request.method != "POST":
        return set_up_page(request, user, note, typed)
    key = second_factor.key_in(request.POST.get("key", ""), user)
    device, refusal = _first_code(request, user, key, with_password=not note)
    if refusal:
        return set_up_page(request, user, note, typed, key=key, refusal=refusal)
    codes = second_factor.new_codes(user)
    _enter(request, user, device, "password and code")
    end_others(user, but=request.session.session_key)
    tell("second factor set up", account=user.get_username(), network=sender_of(request))
    return codes_page(request, codes, typed)


def codes_page(request: HttpRequest, codes: tuple[str, ...], typed: Typed) -> HttpResponse:
    """Return the page that shows new recovery codes, and never again. It leads to this site alone:
    whoever mails a link chooses where it says that it goes on.
    """
    if not url_has_allowed_host_and_scheme(typed.address, allowed_hosts=None):
        typed = Typed(address_of("admin:index"), ())
    page = CodesPage(codes, typed)
    return of_the_site(request, "sign_in/recovery_codes.html", "Your recovery codes", page)


def look_at(
    request: HttpRequest, user: Any, code: str, *, with_password: bool = False
) -> tuple[Any, str]:
    """Return the device that takes a code and no words, or None and why it is refused."""
    is_recovery = not second_factor.is_from_a_telephone(code)
    if wait := wait_before_code(request, user, is_recovery=is_recovery):
        return None, in_minutes(wait)
    if with_password and not user.check_password(request.POST.get("password", "")):
        return _failed(request, user, WRONG_PASSWORD)
    device = second_factor.accepted(user, code)
    if device is None:
        return _failed(request, user, WRONG)
    code_not_in_vain(request, user, is_recovery=is_recovery)
    if is_recovery:
        left = second_factor.codes_left(user)
        tell("recovery code used", account=user.get_username(), left=left)
    return device, ""


def in_minutes(wait: int) -> str:
    """Return how long somebody has to wait, in words."""
    minutes = -(-wait // 60)
    return (
        "There were too many codes that were not right. This one was not looked at: wait "
        f"{minutes} minute{'' if minutes == 1 else 's'}, then try again."
    )


def _first_code(
    request: HttpRequest, user: Any, key: str, *, with_password: bool
) -> tuple[Any, str]:
    """As look_at, for the first code of a new key. A session that was left open is not enough to
    set one up: it takes the password, too.
    """
    if not key:
        return None, TOO_OLD
    if wait := wait_before_code(request, user):
        return None, in_minutes(wait)
    if with_password and not user.check_password(request.POST.get("password", "")):
        return _failed(request, user, WRONG_PASSWORD)
    device = second_factor.set_up(user, key, request.POST.get("code", ""))
    if device is None:
        return _failed(request, user, WRONG)
    code_not_in_vain(request, user)
    return device, ""


def _failed(request: HttpRequest, user: Any, why: str) -> tuple[None, str]:
    """Return no device and why, and tell the log: it may be a guess."""
    tell("second factor failed", account=user.get_username(), network=sender_of(request))
    return None, why


def _whose(request: HttpRequest, note: str) -> Any:
    if note:
        return account_of(note)
    return request.user if admin.site.has_permission(request) else None


def _enter(request: HttpRequest, user: Any, device: Any, method: str) -> None:
    """Let the session be one with a second factor: another one than before."""
    if request.user.is_authenticated and request.user.pk == user.pk:
        django_otp.login(request, device)
        request.session.cycle_key()
        return
    request.META[METHOD] = method
    user.otp_device = device  # which django-otp writes into the session
    auth.login(request, user)


def _from_the_beginning(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Ask for the password again: it was given too long ago, or never."""
    if typed.fields:
        return sign_in_and_go_on(request, typed)
    return HttpResponseRedirect(address_of("admin:login"))


def _overview() -> HttpResponse:
    return HttpResponseRedirect(address_of("admin:second_factor"))
