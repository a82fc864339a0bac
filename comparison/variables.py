"""Environment variables, each as the kind of value that a setting wants.

What cannot be used stops the start with one sentence: which variable, and what to set it to. Never
says what was set, which may hold a password, and never takes a misspelt word for a no.
"""

import logging
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from math import inf
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/secrets/key works for every variable
_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
_ORIGIN = re.compile(r"https?://([\w*-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?")
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


def is_given(name: str) -> bool:
    """Return whether somebody has set a variable, to whatever."""
    return name in env.ENVIRON or f"{name}_FILE" in env.ENVIRON


def whole_number(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """Return a number of seconds, or of something else that is counted. Nothing written is none
    chosen.
    """
    possible = f"a whole number, {least} or more" if least else "a whole number"
    possible += f", {most} at most" if most < 10**9 else ""
    return int(
        _typed(name, str(default), lambda text: _counted(text or default, least, most), possible)
    )


def hosts(name: str, default: Sequence[str]) -> list[str]:
    """Return the names that a site answers to."""
    names = "host names with commas, without https:// and without a path"
    return list(_typed(name, ",".join(default), lambda text: _each(text, _HOST), names))


def origins(name: str) -> list[str]:
    """Return the beginnings of addresses, scheme and host, of other sites."""
    return list(_typed(name, "", lambda text: _each(text, _ORIGIN), "https://host, with commas"))


def origin(name: str) -> str:
    """Return scheme and host of an address, or nothing. What follows the host is refused: the site
    lies at the top of its host.
    """
    return str(_typed(name, "", lambda text: "".join(_each(text, _ORIGIN)), "https://host"))


def seconds(name: str, default: float) -> float:
    """Return a length of time, which may have decimals."""
    return float(_typed(name, str(default), _not_negative, "a number of seconds"))


def one_of(name: str, default: str, words: Sequence[str]) -> str:
    """Return one of several words."""
    return str(_typed(name, default, dict(zip(words, words, strict=True)).__getitem__, _or(words)))


def error_service(name: str) -> str:
    """Return where errors are sent, or nothing."""
    found = str(_typed(name, "", _error_service, "https://key@host/number"))
    if found:
        _need(name, "sentry_sdk")
    return found


def contact(name: str) -> str:
    """Return the address of somebody to write to, as a link, or nothing."""
    return str(_typed(name, "", _contact, "an email address or https://..."))


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone."""
    return str(_typed(name, default, ZoneInfo, "a name like Europe/Vienna"))


def log_level(name: str, default: str) -> int:
    """Return a severity as the logging module counts it."""
    levels = "DEBUG, INFO, WARNING, ERROR or CRITICAL"
    return int(_typed(name, default, logging.getLevelNamesMapping().__getitem__, levels))


def database(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings of a database, from its address."""
    forms = "sqlite:///path or postgres://user:password@host/name"
    found = dict(_typed(name, default, _database, forms))
    if found["ENGINE"] == "django.db.backends.postgresql":
        _need(name, "psycopg")
    return found


def cache(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings of a cache, from its address."""
    found = dict(_typed(name, default, _cache, "locmemcache:// or rediscache://host:6379/0"))
    if found["BACKEND"].endswith("RedisCache"):
        _need(name, "redis")
    return found


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _not_negative(written: str) -> float:
    number = float(written)
    if not 0 <= number < inf:
        raise ValueError("less than nothing, or no end")
    return number


def _counted(written: str | int, least: int, most: int) -> int:
    number = int(written)
    if not least <= number <= most:
        raise ValueError("too few or too many")
    return number


def _each(written: str, form: re.Pattern[str]) -> list[str]:
    each = [one.strip() for one in written.split(",") if one.strip()]
    if not all(map(form.fullmatch, each)):
        raise ValueError("not what is asked for")
    _ = [urlsplit(one).port for one in each]  # ValueError where there is none such
    return [one.rstrip("/") for one in each]


def _database(address: str) -> dict[str, Any]:
    kind = urlsplit(address).scheme
    if kind not in ("sqlite", "postgres", "postgresql", "pgsql"):
        raise ValueError("no kind of database that this site knows")
    found = dict(env.db_url_config(address))
    # in memory each process would have one of its own
    if found["NAME"] in ("", ":memory:"):
        raise ValueError("a database without a name")
    return found


def _cache(address: str) -> dict[str, Any]:
    kind = urlsplit(address).scheme
    _ = urlsplit(address).port  # ValueError where there is none such
    if kind not in ("locmemcache", "rediscache", "redis", "rediss"):
        raise ValueError("no kind of cache that this site knows")
    if kind != "locmemcache" and not urlsplit(address).hostname:
        raise ValueError("a cache at no host")
    return dict(env.cache_url_config(address))


def _error_service(address: str) -> str:
    if address and not re.fullmatch(r"https?://[0-9a-z]+@[\w.:-]+(/[\w-]+)*/[0-9]+", address):
        raise ValueError("no address of such a service")
    return address


def _contact(written: str) -> str:
    link = f"mailto:{written}" if "@" in written and ":" not in written else written
    if link and not re.fullmatch(r"(mailto:[^\s@]+@[\w.-]+|https://\S+)", link):
        raise ValueError("nowhere to write to")
    return link


def _need(name: str, driver: str) -> None:
    if find_spec(driver) is None:
        raise ImproperlyConfigured(
            f"{name} needs a package that is not installed ({driver}). Install it: "
            "pip install -r requirements-scale.txt"
        )


def _typed(name: str, default: str, kind: Callable[[str], Any], possible: str) -> Any:
    given = text(name, default).strip()  # a file ends with a line end
    try:
        return kind(given)
    except (ValueError, KeyError, OSError, ImproperlyConfigured):
        raise ImproperlyConfigured(
            f"{name} cannot be used. Set it to {possible}, or leave it out."
        ) from None
