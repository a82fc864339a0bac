"""System checks that stop a wrongly set-up site at its start. They repair nothing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register("evenhand")
def secret_is_long(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse a secret that can be guessed."""
    if len(settings.SECRET_KEY) < 32 and not settings.DEBUG:
        return [
            Error(
                "SECRET_KEY is shorter than 32 characters.",
                hint="Use a long random text.",
                id="evenhand.E001",
            )
        ]
    return []


@register("evenhand")
def debug_is_off_in_public(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse DEBUG on a site that answers to any host."""
    if settings.DEBUG and "*" in settings.ALLOWED_HOSTS:
        return [
            Error("DEBUG is on and every host is allowed.", hint="Set DEBUG=0.", id="evenhand.E002")
        ]
    return []


@register("evenhand")
def https_or_local(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Warn when a site without HTTPS answers to more than this machine."""
    local = {"localhost", "127.0.0.1", "[::1]", "testserver"}
    if not settings.HTTPS and not set(settings.ALLOWED_HOSTS) <= local:
        return [
            Warning(
                "HTTPS is off and other machines may call.",
                hint="Set HTTPS=1 behind a proxy with TLS.",
                id="evenhand.W001",
            )
        ]
    return []
