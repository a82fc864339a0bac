"""Safe by default: what a wrongly set-up site is told at its start."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from comparison import checks

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a-long-random-text-that-nobody-can-guess-0123456789"
READ = (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DEBUG",
    "HTTPS",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CACHE_URL",
    "BEHIND_PROXY",
    "VAR_DIR",
    "CONN_MAX_AGE",
    "MEMORY_MB",
    "TIME_ZONE",
    "LOG_LEVEL",
)


@pytest.fixture
def load(monkeypatch):
    """Read the settings as a fresh start would, with nothing in the environment but what
    is given.
    """

    def read(**environment):
        for name in READ:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "comparison" / "settings.py"), run_name="settings")

    return read


def test_a_missing_secret_stops_the_start_and_says_what_to_set(load):
    with pytest.raises(
        ImproperlyConfigured, match=r"SECRET_KEY is not set\. Set it to a long random text"
    ):
        load()


def test_the_sentence_reaches_whoever_starts_it():
    environment = {name: value for name, value in os.environ.items() if name not in READ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment | {"DJANGO_SETTINGS_MODULE": "comparison.settings"},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is not set. Set it to a long random text")
    assert done.stderr.count("\n") == 1  # and no stack trace


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("CACHE_URL", "redsi://cache.example:6379/0", "locmemcache:// or rediscache://host:6379/0"),
        ("CACHE_URL", "cache.example:6379", "locmemcache:// or rediscache://host:6379/0"),
        (
            "DATABASE_URL",
            "postgre://eve:very-secret@db.example/evenhand",
            "sqlite:///path or postgres://user:password@host/name",
        ),
        ("DATABASE_URL", "db.example", "sqlite:///path or postgres://user:password@host/name"),
        ("CONN_MAX_AGE", "ten minutes", "a whole number"),
        ("HTTPS", "maybe", "1 or 0"),
        ("DEBUG", "2", "1 or 0"),
        ("BEHIND_PROXY", "nginx", "1 or 0"),
        ("TIME_ZONE", "Mars", "a name like Europe/Vienna"),
        ("TIME_ZONE", "../etc/passwd", "a name like Europe/Vienna"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ("SECRET_KEY_FILE", "/nowhere/key", "a file that can be read"),
    ],
)
def test_a_misspelt_variable_stops_the_start_and_says_what_to_set(load, name, value, advice):
    with pytest.raises(
        ImproperlyConfigured, match=rf"^{name} cannot be used\. Set it to {re.escape(advice)}"
    ) as fault:
        load(**{"SECRET_KEY": SECRET} | {name: value})
    assert "secret@" not in str(fault.value)


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("1", True), ("on", True), ("True", True), ("0", False), ("no", False), ("", False)],
)
def test_yes_and_no_are_spelled_in_many_ways(load, value, is_on):
    assert load(SECRET_KEY=SECRET, HTTPS=value)["HTTPS"] is is_on


def test_the_defaults_are_safe(load):
    values = load(SECRET_KEY=SECRET)
    assert values["DEBUG"] is False
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["CSRF_COOKIE_SECURE"] is True
    assert values["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert values["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert values["SECURE_SSL_REDIRECT"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "SECURE_PROXY_SSL_HEADER" not in values
    assert "unsafe" not in values["CONTENT_SECURITY_POLICY"]
    assert values["CONTENT_SECURITY_POLICY"].startswith("default-src 'none'")


def test_choices_come_from_the_environment(load, tmp_path):
    values = load(
        SECRET_KEY=SECRET,
        HTTPS="0",
        ALLOWED_HOSTS="a.example,b.example",
        VAR_DIR=str(tmp_path),
        BEHIND_PROXY="1",
    )
    assert values["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert values["SESSION_COOKIE_SECURE"] is False
    assert values["DATABASES"]["default"]["NAME"] == str(tmp_path / "evenhand.sqlite3")
    assert values["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_secret_may_stand_in_a_file(load, tmp_path):
    (tmp_path / "key").write_text(SECRET)
    assert load(SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == SECRET


def test_postgresql_and_redis_are_a_matter_of_two_addresses(load):
    values = load(
        SECRET_KEY=SECRET,
        DATABASE_URL="postgres://eve:x@db.example:5433/evenhand",
        CACHE_URL="rediscache://cache.example:6379/0",
    )
    database = values["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
    )
    assert "init_command" not in database.get("OPTIONS", {})
    assert "redis" in values["CACHES"]["default"]["BACKEND"].lower()


# --- checks ---------------------------------------------------------------------------------------


def ids(check):
    return [message.id for message in check(None)]


@pytest.mark.parametrize(
    ("secret", "debug", "expected"),
    [("short", False, ["evenhand.E001"]), (SECRET, False, []), ("short", True, [])],
)
def test_a_secret_that_can_be_guessed_is_refused(settings, secret, debug, expected):
    settings.SECRET_KEY, settings.DEBUG = secret, debug
    assert ids(checks.secret_is_long) == expected


@pytest.mark.parametrize(
    ("debug", "hosts", "expected"),
    [(True, ["*"], ["evenhand.E002"]), (False, ["*"], []), (True, ["localhost"], [])],
)
def test_debug_in_public_is_refused(settings, debug, hosts, expected):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, hosts
    assert ids(checks.debug_is_off_in_public) == expected


@pytest.mark.parametrize(
    ("https", "hosts", "expected"),
    [
        (False, ["example.org"], ["evenhand.W001"]),
        (False, ["localhost", "127.0.0.1"], []),
        (True, ["example.org"], []),
    ],
)
def test_plain_http_in_public_is_warned_of(settings, https, hosts, expected):
    settings.HTTPS, settings.ALLOWED_HOSTS = https, hosts
    assert ids(checks.https_or_local) == expected


def test_every_check_says_what_to_do(settings):
    settings.SECRET_KEY, settings.DEBUG, settings.ALLOWED_HOSTS, settings.HTTPS = (
        "x",
        False,
        ["*"],
        False,
    )
    messages = [*checks.secret_is_long(None), *checks.https_or_local(None)]
    settings.DEBUG = True
    messages += checks.debug_is_off_in_public(None)
    assert len(messages) == 3
    assert all(message.hint for message in messages)
