"""How often one sender may do one thing: counted in the cache, for a short while, by a keyed hash
of their address.

Guards against floods, and is never in anybody's way: where the cache is dead or slow, or a sender
is not known, all is let through. No address is kept: what is counted is a hash under the site's
secret, another one in every stretch of time.
"""

import ipaddress
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)
NETWORK = 64  # bits of an IPv6 address that one sender has: the rest they choose as they like


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of one thing from one sender, in each stretch of so many seconds."""

    name: str
    most: int
    seconds: int

    def wait(self, sender: str) -> int:
        """Count one more of a sender; return the seconds until it is taken, 0 = it is taken now."""
        if not sender:
            return 0
        stretch, gone = divmod(int(time.time()), self.seconds)
        key = salted_hmac(
            f"comparison.web.rate_limit.{self.name}", f"{stretch} {sender}", algorithm="sha256"
        ).hexdigest()
        try:
            cache.add(key, 0, timeout=self.seconds)
            count = cache.incr(key)
        # each kind of cache has errors of its own, and none is worth a reader's text
        except Exception:
            log.exception("The cache does not answer; %s is not limited.", self.name)
            return 0
        return self.seconds - gone if count > self.most else 0


def sender_of(request: HttpRequest) -> str:
    """Return the network that a request comes from, or an empty text where that is not known.

    Behind a proxy that is the last entry of X-Forwarded-For, which the proxy itself has written;
    all others may be invented.
    """
    written = request.META.get(
        "HTTP_X_FORWARDED_FOR" if settings.BEHIND_PROXY else "REMOTE_ADDR", ""
    )
    try:
        address = ipaddress.ip_address(_without_port(written.rpartition(",")[2].strip()))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.version == 6:
        return str(ipaddress.ip_network((int(address), NETWORK), strict=False))
    return str(address)


def _without_port(written: str) -> str:
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written
