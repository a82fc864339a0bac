"""Environment variables, each as the kind of value that a setting wants.

What cannot be used stops the start with one sentence: which variable, and what to set it to. Never
says what was set, which may hold a password, and never takes a misspelt word for a no.
"""

import logging
from collections.abc import Callable, Sequence
from math import inf
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/secrets/key works for every variable
SWITCHES = dict.fromkeys(("1", "true", "on", "ok", "y", "yes"), True) | dict.fromkeys(
    ("0", "false", "off", "n", "no", ""), False
)


def text(name: str, default: str) -> str:
    """Return a variable as it is, or what is in the file that it names."""
    try:
        return str(env.str(name, default=default))
    except (OSError, ValueError):
        raise ImproperlyConfigured(
            f"{name}_FILE cannot be used. Set it to a file that can be read, or leave it out."
        ) from None


def switch(name: str, *, default: bool) -> bool:
    """Return a yes or no; an empty text is a no."""
    return bool(
        _typed(name, "yes" if default else "no", lambda word: SWITCHES[word.lower()], "1 or 0")
    )


def whole_number(name: str, default: int) -> int:
    """Return a number of seconds, or of something else that is counted."""
    return int(_typed(name, str(default), int, "a whole number"))


def seconds(name: str, default: float) -> float:
    """Return a length of time, which may have decimals."""
    return float(_typed(name, str(default), _not_negative, "a number of seconds"))


def one_of(name: str, default: str, words: Sequence[str]) -> str:
    """Return one of several words."""
    return str(_typed(name, default, dict(zip(words, words, strict=True)).__getitem__, _or(words)))


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone."""
    return str(_typed(name, default, ZoneInfo, "a name like Europe/Vienna"))


def log_level(name: str, default: str) -> int:
    """Return a severity as the logging module counts it."""
    levels = "DEBUG, INFO, WARNING, ERROR or CRITICAL"
    return int(_typed(name, default, logging.getLevelNamesMapping().__getitem__, levels))


def database(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings of a database, from its address."""
    return dict(
        _typed(name, default, _database, "sqlite:///path or postgres://user:password@host/name")
    )


def cache(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings of a cache, from its address."""
    return dict(
        _typed(name, default, env.cache_url_config, "locmemcache:// or rediscache://host:6379/0")
    )


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _not_negative(written: str) -> float:
    number = float(written)
    if not 0 <= number < inf:
        raise ValueError("less than nothing, or no end")
    return number


def _database(address: str) -> dict[str, Any]:
    if urlsplit(address).scheme not in env.DB_SCHEMES:
        raise ValueError("no kind of database that there is")
    return dict(env.db_url_config(address))


def _typed(name: str, default: str, kind: Callable[[str], Any], possible: str) -> Any:
    given = text(name, default)
    try:
        return kind(given)
    except (ValueError, KeyError, OSError, ImproperlyConfigured):
        raise ImproperlyConfigured(
            f"{name} cannot be used. Set it to {possible}, or leave it out."
        ) from None
