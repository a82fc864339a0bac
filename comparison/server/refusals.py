"""What the server itself answers, before Django hears of a request: too slow, too large, too much
at once. In words that say what to do, with the headers that every answer of the site has.
"""

import logging
import time
from dataclasses import dataclass, field

from django.conf import settings

from comparison.web.caches.http_cache import PRIVATE
from comparison.web.security_headers import NO_PAGE_ASKS_FOR

log = logging.getLogger(__name__)
Headers = list[tuple[str, str]]
BETWEEN_LINES = 60.0  # seconds between two lines of the log on one kind of refusal


@dataclass(slots=True)
class Refusal:
    """One kind of it. `told` and `since` are the log's own."""

    status: int
    words: str
    headers: tuple[tuple[str, str], ...] = ()
    count: int = field(default=0, init=False)  # since the last line
    told: float = field(default=float("-inf"), init=False)  # when that was

    def log(self, place: str) -> None:
        """Write a line, once a minute at most."""
        self.count += 1
        if time.monotonic() - self.told >= BETWEEN_LINES:
            log.warning("Answered %s to %s requests, %s.", self.status, self.count, place)
            self.told, self.count = time.monotonic(), 0


TOO_SLOW = Refusal(
    408,
    "What you sent did not arrive in ten seconds, so nothing of it was kept. Go back: what you "
    "wrote is still there. Send it again, where the connection is better if you can.\n",
    (("Connection", "close"),),
)
TOO_LARGE = Refusal(
    413,
    "What you sent is larger than is taken here, so nothing of it was kept. Go back: what you "
    "wrote is still there. Shorten it, or send it in parts; a file may have 5 MB.\n",
)
TOO_MANY = Refusal(
    503,
    "Too much is being sent at this moment, so nothing of it was kept. Go back: what you wrote is "
    "still there. Send it again in a moment.\n",
    (("Retry-After", "10"),),
)
BROKEN_OFF = Refusal(
    400,
    "What you sent broke off, or could not be read, so nothing of it was kept. Go back: what you "
    "wrote is still there. Send it again.\n",
    (("Connection", "close"),),
)
NO_TURN = Refusal(
    503,
    "More is asked at this moment than can be worked out. Your selection is in the address: try "
    "again in a few seconds.\n",
    (("Retry-After", "5"),),
)
BROKEN = Refusal(500, "Something broke on our side. Try again in a moment.\n")


def headers_of(refusal: Refusal) -> Headers:
    """Return all headers of a refusal."""
    return [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(refusal.words.encode()))),
        ("Cache-Control", PRIVATE),
        *refusal.headers,
        *_safety(),
    ]


def _safety() -> Headers:
    """Return the headers that Django's middleware sets on every other answer."""
    safety = {
        "Content-Security-Policy": settings.CONTENT_SECURITY_POLICY,
        "Permissions-Policy": NO_PAGE_ASKS_FOR,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    if settings.SECURE_HSTS_SECONDS:
        safety["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}"
            + "; includeSubDomains" * settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
            + "; preload" * settings.SECURE_HSTS_PRELOAD
        )
    return list(safety.items())
