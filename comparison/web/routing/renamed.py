"""A comparison that was renamed: whoever opens an address that it had is sent to the one that it
has, for ever.

Raised by `comparison_request.py`, which knows; answered by `nearly_right.py`, once for every view.
A link that names a release which came out under the old address is no such case: it goes on showing
that release.
"""

from django.utils.http import MAX_URL_REDIRECT_LENGTH


class Moved(Exception):
    """What was asked for has another address now. The message is that address."""


def within(address: str, most: int = MAX_URL_REDIRECT_LENGTH) -> str:
    """Return an address that may be redirected to: Django refuses a longer one. No choice of a
    reader's fills as much.

    What the query holds beyond is left out, from a whole pair on.
    """
    return (
        address
        if len(address) <= most
        else address[:most].rpartition("&")[0] or address.partition("?")[0]
    )


def address_now(path: str, old: str, new: str) -> str | None:
    """Return the path with its first part that is the old slug replaced; None where none is. The
    query goes along.
    """
    steps, mark, query = path.partition("?")
    parts = steps.split("/")
    if old not in parts:
        return None
    parts[parts.index(old)] = new
    return "/".join(parts) + mark + query
