"""Errors, told to Sentry where SENTRY_DSN names one, and to nobody where it does not.

What is sent is what the log says of an error: stack, method, path and the request's name. Never a
cookie, a header, a body, a query, a user, a local variable, or what somebody typed.
"""

import time
from typing import Any

from django.conf import settings

from comparison.web.operation.log_lines import (
    current,
    is_outage,
    without_preview_links,
    without_what_was_sent,
)

ONCE_IN = 60.0  # seconds in which an outage is sent once
NOTHING: Any = {"mode": "off"}
_sent_at = {"outage": 0.0}


def start(dsn: str, **more: Any) -> None:
    """Begin to send. more: options of the client, for tests."""
    import sentry_sdk
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import ignore_logger

    for name in ("django.security.DisallowedHost", "django.security.csrf"):
        ignore_logger(name)
    sentry_sdk.init(
        dsn=dsn,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        data_collection={
            "user_info": False,
            "cookies": NOTHING,
            "http_headers": {"request": NOTHING},
            "http_bodies": [],
            "url_query_params": NOTHING,
            "database_query_data": False,
            "stack_frame_variables": False,
        },
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        before_send=told,  # type: ignore[arg-type]
        **more,
    )


def told(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is sent of an event; None where nothing is."""
    error = (hint.get("exc_info") or (None, None, None))[1]
    if error is not None and is_outage(error):
        now = time.monotonic()
        if _sent_at["outage"] and now - _sent_at["outage"] < ONCE_IN:
            return None
        _sent_at["outage"] = now
    for name in ("request", "user", "extra", "breadcrumbs", "server_name", "modules"):
        event.pop(name, None)
    now_answered = current.get()
    if now_answered:
        asked = now_answered.request
        url = settings.SITE_URL + without_preview_links(asked.path_info)
        event["request"] = {"method": asked.method, "url": url}
        event.setdefault("tags", {})["request"] = now_answered.id
    for one in (event.get("exception") or {}).get("values", []):
        one["value"] = without_what_was_sent(str(one.get("value", "")), now_answered)
    if "logentry" in event:  # the words, without what was put into them
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    return event
