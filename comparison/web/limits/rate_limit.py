"""How often one sender may do one thing: counted for a short while, by a keyed hash of their
address, by all processes together: in Redis where CACHE_URL names one that answers, else in the
database.

Guards against floods, and is never in anybody's way: where both are away or slow, a process
counts by itself, and a sender who is not known is let through. No address is kept: what is counted
is a hash under the site's secret, another one in every stretch of time.
"""

import ipaddress
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from comparison.models import Count
from comparison.web.limits.patient_writing import written

log = logging.getLogger(__name__)
NETWORK = 64  # bits of an IPv6 address that one sender has: the rest they choose as they like
SITE = 48  # bits that one organisation has, which may be given 65,536 networks
MOST_KEPT_HERE = 10_000  # counts of a process by itself
PASSED_OVER = 2.0  # seconds for which a Redis that did not answer is not asked again


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of one thing from one sender, in each stretch of so many seconds."""

    name: str
    most: int
    seconds: int

    def wait(self, sender: str) -> int:
        """Count one more of a sender; return the seconds until it is taken, 0 = it is taken now."""
        return self.count(sender)[1]

    def count(self, sender: str) -> tuple[int, int]:
        """Count one more of a sender; return how many it is, and the seconds until it is taken."""
        if not sender:
            return 1, 0
        key, gone = self._key(sender)
        try:
            count = _one_more(key, self.seconds, self.seconds - gone)
        # each kind of store has errors of its own, and none is worth a reader's text
        except Exception as error:
            log.warning(
                "No store answers; %s is counted in each process: %s",
                self.name,
                type(error).__name__,
            )
            count = _here.one_more(key)
        return count, self.seconds - gone if count > self.most else 0

    def give_back(self, sender: str) -> None:
        """Count one less: what was counted was none of what is limited."""
        if not sender:
            return
        key, _ = self._key(sender)
        _here.one_less(key)
        try:
            _one_less(key)
        except Exception:
            log.debug("No store answers; %s is not given back.", self.name)

    def _key(self, sender: str) -> tuple[str, int]:
        stretch, gone = divmod(int(time.time()), self.seconds)
        key = salted_hmac(
            f"comparison.web.rate_limit.{self.name}",
            f"{stretch} {sender}",
            algorithm="sha256",
        ).hexdigest()
        return key, gone


class _Here:
    """Counts of this process alone, for as long as no store answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: OrderedDict[str, int] = OrderedDict()

    def one_more(self, key: str) -> int:
        with self._lock:
            count = self._counts[key] = self._counts.pop(key, 0) + 1
            if len(self._counts) > MOST_KEPT_HERE:
                self._counts.popitem(last=False)
            return count

    def one_less(self, key: str) -> None:
        with self._lock:
            if key in self._counts:
                self._counts[key] = max(0, self._counts[key] - 1)


_here = _Here()


class _Silence:
    """For how long Redis is passed over: those who write take turns, and with one that hangs each
    would hold up all who come after.
    """

    def __init__(self) -> None:
        self._until = 0.0

    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def begin(self) -> None:
        self._until = time.monotonic() + PASSED_OVER


_silence = _Silence()


def _is_shared() -> bool:
    """Return whether all processes have one cache, and it is not known to be silent."""
    is_redis = str(settings.CACHES["default"]["BACKEND"]).endswith("RedisCache")
    return is_redis and _silence.is_over()


def _one_more(key: str, seconds: int, left: int) -> int:
    if _is_shared():
        try:
            cache.add(key, 0, timeout=seconds)
            return cache.incr(key)
        except Exception as error:
            _silence.begin()
            log.warning("Redis does not answer; the database counts: %s", type(error).__name__)

    def write() -> str:
        now = datetime.now(UTC)
        count = Count.objects.one_more(key, datetime.fromtimestamp(now.timestamp() + left, UTC))
        if count == 1:  # a new stretch, or a new sender: a time to put away what is over
            Count.objects.over(now).delete()
        return str(count)

    return int(written(write))


def _one_less(key: str) -> None:
    if _is_shared():
        try:
            cache.decr(key)
            return
        except Exception as error:
            log.debug("Redis has no such count: %s", type(error).__name__)

    def write() -> str:
        Count.objects.one_less(key)
        return ""

    written(write)


def sender_of(request: HttpRequest) -> str:
    """Return the network that a request comes from, or an empty text where that is not known."""
    return network_of(request.META)


def neighbours_of(request: HttpRequest) -> str:
    """Return the networks beside the one that a request comes from, as one; an empty text where one
    sender has no more than one.
    """
    network = sender_of(request)
    if ":" not in network:
        return ""
    return str(ipaddress.IPv6Network(network).supernet(new_prefix=SITE))


def network_of(environ: Mapping[str, Any]) -> str:
    """Return the network that a request comes from, as its environ says.

    Behind a proxy that is the last entry of X-Forwarded-For, which the proxy itself has written;
    all others may be invented.
    """
    written = environ.get("HTTP_X_FORWARDED_FOR" if settings.BEHIND_PROXY else "REMOTE_ADDR", "")
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
