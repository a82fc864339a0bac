"""How often somebody may try to sign in before they wait a few minutes: counted before a password
is looked at, for each account from each address, for each address, and for each organisation that
has many of IPv6; a code, for each account
from each address, and for each account.

Nobody is locked out: an account can always be signed in to from an address that has not tried in
vain. Signing in is no try in vain. Who guesses codes knows the password already; while they do, a
recovery code still lets the account's owner in.
"""

import unicodedata
from typing import Any

from django.http import HttpRequest

from comparison.publishing.events import tell
from comparison.web.limits.rate_limit import Limit, neighbours_of, sender_of

OF_ACCOUNT = Limit("sign-in to an account", most=5, seconds=300)
OF_ADDRESS = Limit("sign-in from an address", most=50, seconds=300)  # an office is one address
OF_NEIGHBOURS = Limit("sign-in from neighbours", most=100, seconds=300)
OF_CODE = Limit("codes of an account from an address", most=5, seconds=300)
# three of a million codes are right at a time: a guesser needs months, and is in the log
OF_CODES = Limit("codes of an account", most=10, seconds=600)
NOT_KNOWN = "unknown"  # all whose address is not known count as one
LONGEST_NAME = 254  # characters; Django takes fewer


def count_try(request: HttpRequest) -> tuple[int, int]:
    """Count one more try; return how many its sender has made lately, and the seconds until one is
    taken, 0 = it is taken now.
    """
    sender, pair = _who(request)
    wait = OF_ACCOUNT.wait(pair)
    tries = 0
    for limit, who in ((OF_ADDRESS, sender), (OF_NEIGHBOURS, neighbours_of(request))):
        if not wait:
            number, wait = limit.count(who)
            tries = max(tries, number)
    if wait:
        tell("sign-in refused", network=sender, seconds=wait)
    return tries, wait


def not_in_vain(request: HttpRequest) -> None:
    """Count a try that was none in vain no longer."""
    sender, pair = _who(request)
    OF_ACCOUNT.give_back(pair)
    OF_ADDRESS.give_back(sender)
    OF_NEIGHBOURS.give_back(neighbours_of(request))


def wait_before_code(request: HttpRequest, user: Any, *, is_recovery: bool = False) -> int:
    """Count one more code of an account; return the seconds until one is looked at, 0 = now."""
    sender, name = _sender(request), user.get_username()
    wait = OF_CODE.wait(f"{sender} {name}")
    if not wait and not is_recovery:
        wait = OF_CODES.wait(name)
    if wait:
        tell("second factor refused", account=name, network=sender, seconds=wait)
    return wait


def code_not_in_vain(request: HttpRequest, user: Any, *, is_recovery: bool = False) -> None:
    """Count a code that was right no longer."""
    sender, name = _sender(request), user.get_username()
    OF_CODE.give_back(f"{sender} {name}")
    if not is_recovery:
        OF_CODES.give_back(name)


def wait_before_password(request: HttpRequest, user: Any) -> int:
    """Count one more password of who is signed in already, as a try to sign in from there; return
    the seconds until one is looked at, 0 = now.
    """
    sender = _sender(request)
    wait = OF_ACCOUNT.wait(_pair(sender, user.get_username()))
    if wait:
        tell("password refused", account=user.get_username(), network=sender, seconds=wait)
    return wait


def password_not_in_vain(request: HttpRequest, user: Any) -> None:
    """Count a password that was right no longer."""
    OF_ACCOUNT.give_back(_pair(_sender(request), user.get_username()))


def _pair(sender: str, name: str) -> str:
    # Django's form looks this spelling up, whichever of them was typed
    return f"{sender} {unicodedata.normalize('NFKC', name).strip().casefold()}"


def _who(request: HttpRequest) -> tuple[str, str]:
    sender = _sender(request)
    typed = request.POST.get("username", "").strip()[:LONGEST_NAME]
    return sender, _pair(sender, typed)


def _sender(request: HttpRequest) -> str:
    return sender_of(request) or NOT_KNOWN
