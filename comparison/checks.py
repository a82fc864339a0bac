"""System checks that stop a wrongly set-up site at its start. They repair nothing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register("evenhand")
def secret_is_long(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse a secret that can be guessed."""
    if settings.DEBUG:
        return []
    hint = "Use a long random text."
    if len(settings.SECRET_KEY) < 32:
        return [Error("SECRET_KEY is shorter than 32 characters.", hint=hint, id="evenhand.E001")]
    if len(set(settings.SECRET_KEY)) < 8:
        words = "SECRET_KEY is made of fewer than 8 different characters."
        return [Error(words, hint=hint, id="evenhand.E001")]
    return []


@register("evenhand")
def debug_is_off_in_public(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Refuse DEBUG on a site that answers to more than this machine: its pages show settings."""
    if settings.DEBUG and not set(settings.ALLOWED_HOSTS) <= LOCAL:
        words = "DEBUG is on and other machines may call."
        hint = "Set DEBUG=0, or leave ALLOWED_HOSTS out."
        return [Error(words, hint=hint, id="evenhand.E002")]
    return []


@register("evenhand")
def https_or_local(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Warn when a site without HTTPS answers to more than this machine."""
    if not settings.HTTPS and not set(settings.ALLOWED_HOSTS) <= LOCAL:
        return [
            Warning(
                "HTTPS is off and other machines may call.",
                hint="Set HTTPS=1 behind a proxy with TLS.",
                id="evenhand.W001",
            )
        ]
    return []


@register("evenhand", deploy=True)
def ready_for_the_public(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Name what a site in public still lacks, for `manage.py check --deploy`."""
    lacks = [
        (
            not settings.SITE_URL,
            "SITE_URL is not set: feeds and links name whatever host a request asked for.",
            "Set SITE_URL=https://your.host.",
        ),
        (
            not settings.BEHIND_PROXY,
            "BEHIND_PROXY is off: behind a proxy all readers count as one.",
            "Set BEHIND_PROXY=1 behind a proxy that sets X-Forwarded-Proto and X-Forwarded-For.",
        ),
        (
            settings.HTTPS and not settings.HSTS_IS_DECIDED,
            "HSTS holds for this host alone, and nobody has said that it shall.",
            "Set HSTS_SUBDOMAINS=1 where every host below it has TLS, else HSTS_SUBDOMAINS=0.",
        ),
        (
            settings.SECURE_HSTS_PRELOAD and not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
            "HSTS_PRELOAD is on without HSTS_SUBDOMAINS: browsers\u2019 lists refuse that.",
            "Set HSTS_SUBDOMAINS=1 as well, or HSTS_PRELOAD=0.",
        ),
    ]
    lacks += _of_signing_in()
    wanted = [(words, hint) for is_lacking, words, hint in lacks if is_lacking]
    return [Warning(words, hint=hint, id="evenhand.W002") for words, hint in wanted]


def _of_signing_in() -> list[tuple[bool, str, str]]:
    return [
        (
            settings.SECOND_FACTOR == "off",
            "SECOND_FACTOR is off: whoever gets hold of a password may publish.",
            "Set SECOND_FACTOR=publishing, or SECOND_FACTOR=everybody.",
        ),
        (
            not settings.SESSION_IDLE_MINUTES,
            "SESSION_IDLE_MINUTES is 0: whoever leaves a computer stays signed in on it.",
            "Set SESSION_IDLE_MINUTES=60, or to what suits your editors.",
        ),
    ]
