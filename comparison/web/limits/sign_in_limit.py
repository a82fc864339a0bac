"""How often somebody may try to sign in before they wait a few minutes: counted before a password
is looked at, for each account from each address, and for each address.

Nobody is locked out: an account can always be signed in to from an address that has not tried in
vain. Signing in is no try in vain.
"""

from django.http import HttpRequest

from comparison.publishing.events import tell
from comparison.web.limits.rate_limit import Limit, sender_of

OF_ACCOUNT = Limit("sign-in to an account", most=5, seconds=300)
OF_ADDRESS = Limit("sign-in from an address", most=50, seconds=300)  # an office is one address


def wait_before_trying(request: HttpRequest) -> int:
    """Count one more try; return the seconds until one is taken, 0 = it is taken now."""
    sender, pair = _who(request)
    wait = OF_ACCOUNT.wait(pair) or OF_ADDRESS.wait(sender)
    if wait:
        tell("sign-in refused", network=sender, seconds=wait)
    return wait


def not_in_vain(request: HttpRequest) -> None:
    """Count a try that was none in vain no longer."""
    sender, pair = _who(request)
    OF_ACCOUNT.give_back(pair)
    OF_ADDRESS.give_back(sender)


def _who(request: HttpRequest) -> tuple[str, str]:
    sender = sender_of(request)
    name = request.POST.get("username", "").strip().casefold()
    return sender, f"{sender} {name}" if sender else ""
